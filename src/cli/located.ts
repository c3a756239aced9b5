/** The line of a maintainer's file that a problem speaks of, with a mark under the place: what is wrong is seen at a glance. */
import { readFileSync, statSync } from 'node:fs';
import type { Problem } from '../problems.ts';
import { terminalLine } from '../text/safe.ts';
import { colour, problemLines } from './print.ts';
import { widthOf } from './width.ts';

/** Of a larger file no line is shown. */
const maxBytes = 1024 * 1024;
/** Signs of a line that are shown around the place. */
const before = 40;
const shownSigns = 76;
/** Terminals show the signs of these lines from right to left: what stands below another sign is not to be known. */
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;
/** What may be a password stays in the file: outputs of cron are mailed. */
const mayBeSecret = /((?:\/\/[^\s/@:]*:|\b(?:key|token|pass\w*|secret|auth|sig\w*)=))[^\s@&"'#]+/gi;

/** The desk's: what stands there in the place of its hash. */
const isPassword = /(\bpassw\w*["']?\s*:\s+)(?!\$\{)[^,}#\s](?:[^,}#]*[^,}#\s])?/gi;

/** Prints problems with the lines they speak of; each file is read once. */
export function locatedLines(): (one: Problem) => string {
  const files = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const known = files.get(file) ?? read(file);
    files.set(file, known);
    return known;
  };
  return (one) => {
    const { file, line, column } = one.subject;
    const [first = '', ...rest] = problemLines(one).split('\n');
    if (file === undefined || line === undefined || column === undefined) return [first, ...rest].join('\n');
    const written = linesOf(file)[line - 1];
    const shown = written === undefined ? [] : markedLine(written, line, column);
    return [first, ...shown, ...rest].join('\n');
  };
}

function read(file: string): readonly string[] {
  try {
    if (statSync(file).size > maxBytes) return [];
    return readFileSync(file, 'utf8')
      .replace(/^\ufeff/, '')
      .split(/\r?\n/);
  } catch {
    return []; // gone since it was read: the sentence is enough
  }
}

/**
 * The line as it is written, cut where it is long, and below it the mark.
 * @param column 1-based, in UTF-16 units
 */
export function markedLine(written: string, line: number, column: number): string[] {
  const hide = (whole: string, name: string): string => name.padEnd(whole.length, '*');
  const hidden = written.replace(mayBeSecret, hide).replace(isPassword, hide);
  const from = Math.max(0, column - 1 - before);
  const cut = hidden.slice(from, from + shownSigns);
  const start = from === 0 ? '' : '…';
  const end = from + shownSigns < hidden.length ? '…' : '';
  const left = safe(hidden.slice(from, column - 1));
  const gutter = `${String(line).padStart(6)} | `;
  const code = `${colour('dim', gutter)}${start}${safe(cut)}${end}`;
  if (rightToLeft.test(cut)) return [code];
  const length = Math.max(1, Math.min(tokenAt(hidden, column - 1), from + shownSigns - (column - 1)));
  const width = widthOf(safe(hidden.slice(column - 1, column - 1 + length)));
  const blanks = ' '.repeat(widthOf(start + left));
  return [
    code,
    `${colour('dim', `${' '.repeat(gutter.length - 2)}| `)}${blanks}${colour('red', '^'.repeat(Math.max(1, width)))}`,
  ];
}

/** A tab is one column wide here, so that the mark stands below its place. */
function safe(text: string): string {
  return terminalLine(text.replaceAll('\t', ' '));
}

/** The length of the word, the name, or the text in quotation marks that begins there. */
function tokenAt(text: string, start: number): number {
  const rest = text.slice(start);
  const quoted = /^"(?:[^"\\]|\\.)*"|^'(?:[^']|'')*'/.exec(rest);
  return (quoted ?? /^[^\s,\]}#]+?(?=:?(?:\s|$|[,\]}#]))/.exec(rest))?.[0].length ?? 1;
}
