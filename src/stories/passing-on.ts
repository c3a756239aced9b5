/**
 * Sentences by which groups pass a text on: "We republish below the statement by X:". A deed, a text, whose it is; between
 * them only words that change nothing, so that "we publish a reply to the statement by X" says nothing of X.
 */
import { foldWords } from './folding.ts';

/** By language. Phrases are parted by `|`, single words by spaces. */
interface PassingTable {
  readonly deeds: string;
  /** The same in everyday words, which count only where a line begins. */
  readonly openers?: string;
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
      we have received and publish | reposting | republishing | the following`,
    openers: 'below is | here is | this is | sharing',
    texts: `statement | text | report | article | post | piece | communique | call | call for action | appeal | open letter |
      press release | press statement | update | message | leaflet | testimony`,
    of: `by | from | of | is by | is from | was written by | was published by | was first published by | was first published on |
      was originally published by | was originally published on | published by | published on | written by | first published by |
      first published on`,
    from: 'from',
    between: 'the this a an their following below here full new latest recent short urgent important',
    whole: 'first ran on | first ran at',
  },
  {
    deeds: `nous relayons | nous publions | nous republions | nous reproduisons | nous partageons | nous diffusons |
      nous reprenons | nous transmettons | nous faisons suivre | nous avons reçu et publions`,
    openers: 'voici | on relaie | on partage | on diffuse',
    texts: `texte | communiqué | communiqué de presse | déclaration | appel | article | lettre ouverte | tribune | tract |
      témoignage | compte rendu | message | manifeste`,
    of: 'de | du | des | d | publié par | publié sur | paru sur | écrit par | rédigé par',
    between: 'le la l un une ce cet cette ci dessous suivant suivante ici dernier dernière nouveau nouvel nouvelle',
  },
  {
    deeds: `wir dokumentieren | dokumentieren wir | wir spiegeln | spiegeln wir | wir veröffentlichen | veröffentlichen wir |
      wir verbreiten | verbreiten wir | wir teilen | teilen wir | wir übernehmen | wir reposten`,
    openers: 'im folgenden | hier | es folgt',
    texts: `erklärung | text | beitrag | artikel | aufruf | bericht | mitteilung | pressemitteilung | presseerklärung |
      statement | stellungnahme | offenen brief | offener brief | redebeitrag`,
    of: 'von | vom | der | des | aus',
    between: `einen eine ein den der die das diesen diese dieses hier folgenden folgende folgendes aktuelle aktuellen neue neuen
      wichtige`,
    whole: `gespiegelt von | wurde zuerst auf | wurde zuerst bei | wurde zuerst von | wurde ursprünglich auf | wurde ursprünglich bei |
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
      condividiamo | diffondiamo | riportiamo | riproduciamo | rilanciamo`,
    openers: 'di seguito | ecco',
    texts: `comunicato | comunicato stampa | testo | articolo | appello | lettera aperta | dichiarazione | contributo |
      volantino`,
    of: 'di | del | della | dei | delle | dello | dell | da | dal | dalla | scritto da | pubblicato da | pubblicato su',
    from: 'da | dal | dalla',
    between: 'il lo la l un una uno questo questa quest seguente qui sotto',
  },
  {
    deeds: `wij delen | we delen | wij publiceren | we publiceren | wij herplaatsen | we herplaatsen | wij plaatsen |
      we plaatsen`,
    openers: 'hieronder',
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

const sentences = tables.map(({ deeds, openers, texts, of, from, between }) => ({
  deeds: phrasesOf(deeds).filter(isSaid),
  openers: phrasesOf(openers ?? '').filter(isSaid),
  texts: phrasesOf(texts).filter(isSaid),
  of: phrasesOf(of),
  from: phrasesOf(from ?? '').filter(isSaid),
  between: new Set(foldWords(between)),
}));

const wholes = tables.flatMap(({ whole }) => phrasesOf(whole ?? '').filter(isSaid)).sort((a, b) => b.length - a.length);

/** Words between a deed and a text. */
const mostBetween = 4;

/** All that such a sentence begins with, wherever it stands. */
export const passingOn: readonly Words[] = [...sentences.flatMap(({ deeds }) => deeds), ...wholes];
/** First words of those that begin a line. */
export const lineOpeners: ReadonlySet<string> = new Set(
  sentences.flatMap(({ openers }) => openers.flatMap(([first]) => first ?? [])),
);

/** First words of all. */
export const passingWords: ReadonlySet<string> = new Set([
  ...lineOpeners,
  ...passingOn.flatMap(([first]) => first ?? []),
]);

/**
 * The sentence that some words begin with.
 * @param words of a line, folded, from where it may begin. @param isLineStart true where the line begins with them
 * @returns how many words it has before the name of whose the text is
 */
export function passingOnIn(words: Words, isLineStart: boolean): number | undefined {
  for (const { deeds, openers, texts, of, from, between } of sentences) {
    const deed = lengthAt(deeds, words, 0) ?? (isLineStart ? lengthAt(openers, words, 0) : undefined);
    if (deed === undefined) continue;
    let next = deed;
    for (let skipped = 0; skipped < mostBetween && between.has(words[next] ?? ''); skipped++) next++;
    const text = lengthAt(texts, words, next);
    const whose = lengthAt(text === undefined ? from : of, words, next + (text ?? 0));
    if (whose !== undefined) return next + (text ?? 0) + whose;
  }
  return lengthAt(wholes, words, 0);
}

function lengthAt(phrases: readonly Words[], words: Words, at: number): number | undefined {
  return phrases.find((phrase) => phrase.every((word, offset) => words[at + offset] === word))?.length;
}
