/**
 * A text → the same without the counters that programs write under it ("12 comments. 68 views"): they change with every
 * visit and say nothing that anybody wrote. Only what is nothing but a counter goes; a number in a sentence is the text's.
 */

/**
 * What programs count, beside or behind the number. Not here are words that reports count too: votes, hits, and
 * "Zugriffe", which are raids as well.
 */
const counted: ReadonlySet<string> = new Set(
  [
    'comment comments view views viewed pageviews read reads reader readers visit visits like likes share shares shared',
    'reply replies response responses reaction reactions retweets boosts download downloads favorites favourites plays',
    'commentaire commentaires vue vues lu lue lus lecture lectures visite visites partage partages partagé réponse',
    'réponses réaction réactions téléchargements consultations consulté aime',
    'kommentar kommentare aufruf aufrufe gelesen ansicht ansichten angesehen antwort antworten besuche besucher geteilt',
    'klicks gefällt',
    'comentario comentarios vista vistas visita visitas visto lectura lecturas leído leídos respuesta respuestas',
    'compartido visualizaciones descargas gusta',
    'commento commenti visualizzazione visualizzazioni lettura letture letto risposta risposte condivisioni piace',
    'comentário comentários visualização visualizações leitura leituras lido resposta respostas partilhas curtidas',
    'reactie reacties weergave weergaven bekeken opmerkingen antwoorden gedeeld',
    'yorum görüntülenme görüntüleme okunma beğeni',
    'σχόλιο σχόλια προβολή προβολές αναγνώσεις',
    'комментарий комментария комментариев просмотр просмотра просмотров ответов прочтений',
    'تعليق تعليقات مشاهدة مشاهدات قراءة قراءات زيارة زيارات مشاركة مشاركات',
    'نظر نظرات دیدگاه دیدگاه‌ها بازدید',
  ]
    .join(' ')
    .split(' '),
);

/** What stands there in place of a number while there is none, and the words around it. */
const none: ReadonlySet<string> = new Set(
  'no leave aucun aucune laisser keine schreibe hinterlassen sin deja nessun lascia sem geen'.split(' '),
);
const around: ReadonlySet<string> = new Set(
  [
    'and this post page article has been was time times so far yet total a of',
    'et cet cette page a été fois j’aime un',
    'und dieser beitrag artikel diese seite wurde mal bisher mir einen',
    'y este artículo esta página ha sido vez veces me en',
    'e questo articolo questa pagina è stato stata volta volte mi',
    'este artigo foi vezes',
    'dit bericht is keer en',
    'kez defa ve φορές και раз раза и مرة مرات و بار',
  ]
    .join(' ')
    .split(' '),
);

/** Counters are shorter. */
const longestCounter = 80;
/** As many lines of text may stand behind or between them, such as tags and links to share. */
const mostBehind = 3;

const sentenceEnds = /[.!?…](?=\s|$)|[|·•‧;»«]|\s[–—-]\s/u;

/**
 * Takes counters off the last lines of a text.
 * @param text as `htmlToText` gives it, one paragraph a line
 */
export function withoutCounters(text: string): string {
  const lines = text.split('\n');
  let behind = 0;
  for (let at = lines.length - 1; at >= 0 && behind <= mostBehind; at--) {
    const parts = (lines[at] ?? '').split(sentenceEnds);
    const rest = parts.filter((part) => !isCounter(part));
    if (rest.length === parts.length) behind++;
    else lines[at] = rest.map((part) => part.trim()).join(' ');
  }
  return lines.filter((line) => line.trim() !== '').join('\n');
}

/** True for a text that is nothing but counters. */
export function areCounters(text: string): boolean {
  return withoutCounters(text.trim()) === '';
}

/** True where there is a number of something counted, and no word but those. */
function isCounter(part: string): boolean {
  if (part.length > longestCounter) return false;
  const tokens =
    part
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll("'", '’')
      .match(/\p{N}+(?:[.,’\u00a0\u202f ]\p{N}+)*[km]?(?!\p{L})|[\p{L}\p{M}\u200c’]+/gu) ?? [];
  let hasNumber = false;
  let hasName = false;
  for (const token of tokens) {
    if (/^\p{N}/u.test(token) || none.has(token)) hasNumber = true;
    else if (counted.has(token)) hasName = true;
    else if (!around.has(token)) return false;
  }
  return hasNumber && hasName;
}
