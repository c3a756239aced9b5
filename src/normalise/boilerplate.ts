/**
 * What blogging software writes under a text to the text alone: the footer by which WordPress names the blog, and the
 * "read more" that ends a beginning. A footer that names somebody else stays: it travelled with the text and is the best
 * evidence of who wrote it.
 */
import type { SafeHtml } from '../model.ts';
import { footerSource, longestFooter } from '../text/footers.ts';
import { removeParagraph } from '../text/safe-html.ts';

/** Links to the whole text. Followed by nothing but arrows and dots, unless the row says that a title may follow. */
const moreLinks: readonly { readonly words: string; readonly mayHaveTitle?: true }[] = [
  { words: 'continue reading', mayHaveTitle: true },
  { words: 'keep reading' },
  { words: 'read more' },
  { words: 'read more of this post' },
  { words: 'read the rest of this entry' },
  { words: 'read the full article' },
  { words: 'lire la suite', mayHaveTitle: true },
  { words: 'continuer la lecture', mayHaveTitle: true },
  { words: 'lire plus' },
  { words: 'en savoir plus' },
  { words: 'weiterlesen', mayHaveTitle: true },
  { words: 'mehr lesen' },
  { words: 'seguir leyendo', mayHaveTitle: true },
  { words: 'sigue leyendo', mayHaveTitle: true },
  { words: 'continuar leyendo', mayHaveTitle: true },
  { words: 'leer más' },
  { words: 'continua a leggere', mayHaveTitle: true },
  { words: 'leggi tutto' },
  { words: 'continuar a ler', mayHaveTitle: true },
  { words: 'continue lendo', mayHaveTitle: true },
  { words: 'ler mais' },
  { words: 'leia mais' },
  { words: 'lees verder', mayHaveTitle: true },
  { words: 'verder lezen', mayHaveTitle: true },
  { words: 'lees meer' },
  { words: 'devamını oku' },
  { words: 'διαβάστε περισσότερα' },
  { words: 'συνεχίστε την ανάγνωση' },
  { words: 'اقرأ المزيد' },
  { words: 'متابعة القراءة', mayHaveTitle: true },
  { words: 'ادامه مطلب' },
  { words: 'ادامه خواندن', mayHaveTitle: true },
];

/** How a line begins that may be one of them: with its first letter, or with what hangs on it. */
const mayBeMore = new RegExp(
  `^(?:[${[...new Set(moreLinks.map(({ words }) => words.charAt(0)))].join('')}]|[^\\p{L}\\p{N}])`,
  'iu',
);

/** WordPress.com's reblog button counts what it left out: `View original post 1,013 more words`. */
const reblogTails: readonly string[] = [
  'more words',
  'more word',
  'mots de plus',
  'weitere wörter',
  'weitere worte',
  'woorden meer',
  'palabras más',
  'altre parole',
  'mais palavras',
  'palavras a mais',
  'más palabras',
  'ακόμη λέξεις',
  'περισσότερες λέξεις',
  'kelime daha',
  'sözcük daha',
  'كلمة أخرى',
  'كلمات أخرى',
  'واژه دیگر',
  'واژهٔ دیگر',
];

/** Marks of a cut inside brackets. */
const cuts: readonly string[] = ['[…]', '[...]', '(…)', '(...)', '[. . .]'];

/** What one of them ends with: most texts end with something else, and need no more than a look. */
const lastSigns: ReadonlySet<string | undefined> = new Set(
  [...moreLinks.map(({ words }) => words), ...reblogTails, ...cuts].map((words) => words.at(-1)),
);

/** Lines at the end that are looked at: a footer and a read-more stand there together at most. */
const tailLines = 3;

/**
 * Takes the footer that names this source, and a closing paragraph that is only a link to the whole text, off the end.
 * @param text what a reader sees of the HTML
 * @param ownNames gives names by which the source is known: configured, its feed's title, its hosts
 * @returns the HTML without them, and whether its end shows that it is only a beginning
 */
export function stripBoilerplate(
  html: SafeHtml,
  text: string,
  ownNames: () => readonly string[],
): { html: SafeHtml; isExcerpt: boolean } {
  let own: ReadonlySet<string> | undefined;
  const isOwn = (name: string): boolean => {
    own ??= new Set(ownNames().flatMap(spellings));
    return spellings(name).some((spelling) => own?.has(spelling));
  };
  let kept = html;
  let isExcerpt = false;
  const tail = text.split('\n').slice(-tailLines).reverse();
  for (const line of tail) {
    if (line.length > longestFooter) {
      isExcerpt ||= endsCut(line);
      break;
    }
    const named = footerSource(line);
    if (named !== undefined && !isOwn(named)) continue; // stays, and more may stand before it
    if (named === undefined && !isMoreLink(line)) {
      isExcerpt ||= endsCut(line);
      break;
    }
    if (named === undefined) isExcerpt = true;
    kept = removeParagraph(kept, line);
  }
  return { html: kept, isExcerpt };
}

/** True where the last sign is none of those: then the rest need not be looked at. */
function endsOtherwise(text: string): boolean {
  const last = text.trimEnd().at(-1)?.toLowerCase();
  return last !== undefined && !lastSigns.has(last) && !hung.test(last);
}

/** True where the end of a text says that there is more elsewhere. `…` alone says so only to one who knows it is a summary. */
export function endsCut(text: string): boolean {
  if (endsOtherwise(text)) return false;
  const end = bare(text.slice(-longestFooter));
  if (cuts.some((mark) => end.endsWith(mark))) return true;
  if (
    reblogTails.some((words) => end.endsWith(words) && /\d[\d.,\u00a0\u202f ]{0,8}$/.test(end.slice(0, -words.length)))
  )
    return true;
  return moreLinks.some(
    ({ words }) => end.endsWith(words) && /(?:…|\.\.\.|\]|\))\s?$/u.test(end.slice(0, -words.length)),
  );
}

function isMoreLink(line: string): boolean {
  if (!mayBeMore.test(line)) return false;
  const words = bare(line)
    .replace(/^[\s([…]+/u, '')
    .replace(/[\s)\]….]+$/u, '');
  return moreLinks.some(
    (row) =>
      words.startsWith(row.words) &&
      (words.length === row.words.length ||
        (row.mayHaveTitle === true && words.charAt(row.words.length) === ' ' && !/[.!?]$/.test(line))),
  );
}

const hung = /[\s→»›>←«‹:”"“]/u;
const hungAtEnd = /[\s→»›>←«‹:”"“]+$/u;

/** Lower case without the arrows and colons that themes hang on such links. */
function bare(text: string): string {
  return text.toLowerCase().trim().replace(hungAtEnd, '');
}

/** A name as compared: folded; and without what feeds append to a blog's title (`Name » Topic`). */
function spellings(name: string): string[] {
  const fold = (text: string): string =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/^www\./, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const [first = ''] = name.split(/ [»›|–—:-] | » |: /u, 1);
  return [...new Set([fold(name), fold(first)])].filter((spelling) => spelling !== '');
}
