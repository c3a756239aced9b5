/**
 * HTML to plain text in one pass of a tokeniser, and plain text to a beginning of it. Nothing here makes markup safe:
 * that is normalise/clean-html.ts.
 */
import { readMarkup, silenceIn, silentElements } from './markup.ts';

/** Elements after which a reader would see a new line. */
const blocks: ReadonlySet<string> = new Set(
  'address article aside blockquote br dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table td th tr ul'.split(
    ' ',
  ),
);

/**
 * The text that a reader of this HTML sees: entities decoded, white space folded, one paragraph a line.
 * Linear in the length of the input.
 */
export function htmlToText(html: string): string {
  if (!html.includes('<') && !html.includes('&')) return foldSpace(html);
  const silence = silenceIn(html, silentElements);
  const lines = openLines();
  readMarkup(html, {
    text(text) {
      if (!silence.holds()) lines.add(text);
    },
    open(name, _attributes, at) {
      if (!silence.opened(name, at)) lines.tag(name);
    },
    close(name) {
      if (!silence.closed(name)) lines.tag(name);
    },
  });
  return lines.end();
}

/** Text and tags in the order they are met, and at the end the lines that a reader sees. */
export interface Lines {
  add(text: string): void;
  /** The same of a text in which no white space is but single spaces. */
  addFolded(text: string): void;
  tag(name: string): void;
  end(): string;
}

/** @param broken stands behind a line that is broken by one `br`, and so is the end of no block */
export function openLines(broken = '\n'): Lines {
  const lines: string[] = [];
  let line = '';
  let isFolded = true;
  let between = '';
  const breakLine = (end: string): void => {
    const folded = isFolded ? line.trim() : foldSpace(line);
    if (folded !== '') lines.push(between, folded);
    if (lines.length > 0) between = folded === '' ? '\n' : end;
    line = '';
    isFolded = true;
  };
  return {
    add(text) {
      line += text;
      isFolded = false;
    },
    addFolded(text) {
      if (text.startsWith(' ') && line.endsWith(' ')) isFolded = false;
      line += text;
    },
    tag(name) {
      if (blocks.has(name)) breakLine(name === 'br' ? broken : '\n');
    },
    end() {
      breakLine('');
      return lines.join('');
    },
  };
}

/** One line: runs of white space, no-break spaces included, become one space. */
export function foldSpace(text: string): string {
  return (unfolded.test(text) ? text.replace(unfoldedRuns, ' ') : text).trim();
}
/** All white space that is not one plain space already. */
const unfoldedRuns = /[^\S ]\s*| \s+/g;
/** White space other than a single space between words. (Two spaces first: half the time.) */
const unfolded = / {2}|[\t-\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;

/**
 * The beginning of a text, cut after a whole word.
 * @param words at most this many
 * @param characters at most this many, for texts without spaces
 * @returns the text itself where it is short enough, otherwise its beginning and `…`
 */
export function cutAtWord(text: string, words: number, characters = words * 12): string {
  const line = foldSpace(text);
  let end = 0;
  let count = 0;
  for (const match of line.matchAll(/\S+/g)) {
    const wordEnd = match.index + match[0].length;
    if (count === words || (wordEnd > characters && count > 0)) break;
    end = wordEnd;
    count++;
  }
  if (end >= line.length && line.length <= characters) return line;
  // One word longer than the limit is cut inside, never through a surrogate pair.
  const cut = end > characters ? [...line.slice(0, characters)].slice(0, -1).join('') : line.slice(0, end);
  return `${cut.replace(/[\s,;:·–—-]+$/u, '')}…`;
}

/** Number of words a person would count, in scripts with spaces. */
export function countWords(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(/[\p{L}\p{N}]+/gu)) count++;
  return count;
}
