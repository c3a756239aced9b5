/**
 * Sentences by which groups pass a text on: "We republish below the statement by X:". A deed, a text, whose it is; between
 * them only words that change nothing, so that "we publish a reply to the statement by X" says nothing of X.
 */
import { foldWords } from './folding.ts';

/** By language. Phrases are parted by `|`, single words by spaces. */
interface PassingTable {
  readonly deeds: string;
  /** What is passed on; in words that could mean the thing itself ("the analysis of X", which we share) it is left out. */
  readonly texts: string;
  /** Before whose it is; '' where nothing need stand there. */
  readonly of: string;
  /** The same straight after the deed, without a text. */
  readonly from?: string;
  readonly between: string;
  /** Said as a whole before the name. */
  readonly whole?: string;
}

const tables: readonly PassingTable[] = [
  {
    deeds: `we repost | we are reposting | we republish | we are republishing | we crosspost | we reproduce | we share |
      we are sharing | we publish | we are publishing | we forward | we document | we received and publish |
      we have received and publish | reposting | republishing | sharing | the following | below is | here is | this is`,
    texts: `statement | text | report | article | post | piece | communique | call | call for action | appeal | open letter |
      press release | press statement | update | message | leaflet | testimony`,
    of: `by | from | of | is by | is from | was written by | was published by | was first published by | was first published on |
      was originally published by | was originally published on | published by | published on | written by | first published by |
      first published on`,
    from: 'from',
    between: 'the this a an their following below here full new latest recent short urgent important',
  },
  {
    deeds: `nous relayons | nous publions | nous republions | nous reproduisons | nous partageons | nous diffusons |
      nous reprenons | nous transmettons | nous faisons suivre | nous avons reçu et publions | on relaie | on partage |
      on diffuse | voici`,
    texts: `texte | communiqué | communiqué de presse | déclaration | appel | article | lettre ouverte | tribune | tract |
      témoignage | compte rendu | message | manifeste`,
    of: 'de | du | des | d | publié par | publié sur | paru sur | écrit par | rédigé par',
    between: 'le la l un une ce cet cette ci dessous suivant suivante ici dernier dernière nouveau nouvel nouvelle',
  },
  {
    deeds: `wir dokumentieren | dokumentieren wir | wir spiegeln | spiegeln wir | wir veröffentlichen | veröffentlichen wir |
      wir verbreiten | verbreiten wir | wir teilen | teilen wir | wir übernehmen | wir reposten | im folgenden | hier |
      es folgt`,
    texts: `erklärung | text | beitrag | artikel | aufruf | bericht | mitteilung | pressemitteilung | presseerklärung |
      statement | stellungnahme | offenen brief | offener brief | redebeitrag`,
    of: 'von | vom | der | des | aus',
    between: `einen eine ein den die das diesen diese dieses hier folgenden folgende folgendes aktuelle aktuellen neue neuen
      wichtige`,
    whole: `wurde zuerst auf | wurde zuerst bei | wurde zuerst von | wurde ursprünglich auf | wurde ursprünglich bei |
      wurde ursprünglich von | wurde erstmals auf | wurde erstmals von`,
  },
  {
    deeds: `compartimos | reproducimos | publicamos | republicamos | difundimos | recogemos | reenviamos |
      recibimos y publicamos | recibimos y difundimos | os dejamos`,
    texts: `comunicado | texto | artículo | llamamiento | llamado | convocatoria | manifiesto | nota de prensa |
      carta abierta | declaración | crónica | mensaje`,
    of: 'de | del | publicado por | publicado en | escrito por',
    between: 'el la los las un una este esta siguiente aquí a continuación último última nuevo nueva',
  },
  {
    deeds: `partilhamos | compartilhamos | reproduzimos | publicamos | republicamos | divulgamos | difundimos |
      recebemos e publicamos | recebemos e divulgamos | transcrevemos`,
    texts: `comunicado | texto | artigo | apelo | manifesto | nota de imprensa | carta aberta | declaração | convocatória |
      mensagem`,
    of: 'de | do | da | dos | das | publicado por | publicado em | publicado no | publicado na | escrito por',
    between: 'o a os as um uma este esta seguinte aqui abaixo em baixo novo nova',
  },
  {
    deeds: `riceviamo e pubblichiamo | riceviamo e diffondiamo | pubblichiamo | ripubblichiamo | riprendiamo |
      condividiamo | diffondiamo | riportiamo | riproduciamo | rilanciamo | di seguito | ecco`,
    texts: `comunicato | comunicato stampa | testo | articolo | appello | lettera aperta | dichiarazione | contributo |
      volantino`,
    of: 'di | del | della | dei | delle | dello | dell | da | dal | dalla | scritto da | pubblicato da | pubblicato su',
    from: 'da | dal | dalla',
    between: 'il lo la l un una uno questo questa quest seguente qui sotto',
  },
  {
    deeds: `wij delen | we delen | wij publiceren | we publiceren | wij herplaatsen | we herplaatsen | wij plaatsen |
      we plaatsen | hieronder`,
    texts: 'verklaring | tekst | artikel | oproep | bericht | open brief | persbericht | statement',
    of: 'van | geschreven door | gepubliceerd door',
    between: 'de het een deze dit hieronder onderstaande volgende hier nieuwe',
  },
  {
    deeds: `αναδημοσιεύουμε | δημοσιεύουμε | κοινοποιούμε | μοιραζόμαστε | λάβαμε και δημοσιεύουμε | ακολουθεί |
      παραθέτουμε`,
    texts: 'κείμενο | ανακοίνωση | κάλεσμα | άρθρο | ανοιχτή επιστολή | δελτίο τύπου',
    of: 'του | της | των | από',
    from: 'από',
    between: 'το τη την ένα μια αυτό αυτή παρακάτω ακόλουθο ακόλουθη εδώ η',
  },
  {
    deeds: 'نعيد نشر | ننشر | نشارك | نشارككم | ننقل | ننقل إليكم',
    texts: 'بيان | نص | مقال | نداء | رسالة مفتوحة',
    of: ' | من | عن | صادر عن',
    between: 'هذا هذه أدناه هنا',
    whole: `نشر هذا المقال أولا على | نشر هذا المقال أولا في | نشر هذا النص أولا على | نشر هذا النص أولا في |
      نشر المقال أولا على | نشر النص أولا على`,
  },
  {
    deeds: 'بازنشر',
    texts: 'بیانیه | متن | مقاله | فراخوان | گزارش',
    of: ' | از',
    between: 'این',
    whole: 'نخستین بار در | اولین بار در',
  },
  {
    deeds: '',
    texts: '',
    of: '',
    between: '',
    whole: `bu yazı | bu metin | bu haber | bu makale | bu yazı ilk olarak | bu metin ilk olarak | bu haber ilk olarak |
      bu makale ilk olarak`,
  },
];

type Words = readonly string[];

/** The longest first. */
function phrasesOf(written: string): readonly Words[] {
  return written
    .split('|')
    .map(foldWords)
    .sort((a, b) => b.length - a.length);
}

const isSaid = (words: Words): boolean => words.length > 0;

const deeds = tables.map(({ deeds, texts, of, from, between }) => ({
  deeds: phrasesOf(deeds).filter(isSaid),
  texts: phrasesOf(texts).filter(isSaid),
  of: phrasesOf(of),
  from: phrasesOf(from ?? '').filter(isSaid),
  between: new Set(foldWords(between)),
}));

const wholes = tables.flatMap(({ whole }) => phrasesOf(whole ?? '').filter(isSaid)).sort((a, b) => b.length - a.length);

/** Words between a deed and a text. */
const mostBetween = 4;

/** All that such a sentence begins with. */
export const passingOn: readonly Words[] = [...deeds.flatMap((table) => table.deeds), ...wholes];

const firstWords: ReadonlySet<string> = new Set(passingOn.flatMap(([first]) => first ?? []));

/**
 * The sentence that begins at a token.
 * @param words of a line, folded
 * @returns how many words it has before the name of whose the text is
 */
export function passingOnAt(words: Words, at: number): number | undefined {
  if (!firstWords.has(words[at] ?? '')) return undefined;
  for (const table of deeds) {
    const deed = lengthAt(table.deeds, words, at);
    if (deed === undefined) continue;
    let next = at + deed;
    for (let skipped = 0; skipped < mostBetween && table.between.has(words[next] ?? ''); skipped++) next++;
    const text = lengthAt(table.texts, words, next);
    const of = lengthAt(text === undefined ? table.from : table.of, words, next + (text ?? 0));
    if (of !== undefined) return next + (text ?? 0) + of - at;
  }
  return lengthAt(wholes, words, at);
}

function lengthAt(phrases: readonly Words[], words: Words, at: number): number | undefined {
  return phrases.find((phrase) => phrase.every((word, offset) => words[at + offset] === word))?.length;
}
