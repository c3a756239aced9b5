/**
 * Rulings on stories as lines of text: what `relais rule export` writes and `import` reads, and what a ruling is called by.
 *
 *     2026-11-23T12:00:00.000Z same https://harbour.example/1 https://copies.example/2 # the town's name was changed
 *     2026-11-24T09:30:00.000Z alias harbour.example/feed "Harbour Watch Collective"
 *
 * One ruling a line: when it was made (it may be left out), the ruling as it is typed, and after ` # ` why. A word with a
 * space, a quotation mark or a backslash in it, or one that begins with #, stands in quotation marks, as JSON writes it. Empty
 * lines and lines that begin with # say nothing.
 */
import type { Instant } from '../model.ts';
import type { StoryRuling } from '../story-plan.ts';

export interface WrittenRuling {
  readonly ruling: StoryRuling;
  /** Undefined where the line does not say when. */
  readonly at: Instant | undefined;
  /** '' for none. */
  readonly because: string;
}

/** What is wrong with a line, the first being 1. */
export interface LineFault {
  readonly line: number;
  readonly words: string;
}

/** A ruling as it is typed: `same https://harbour.example/1 https://copies.example/2`. */
export function rulingLine(ruling: StoryRuling): string {
  const [first, second] = objectsOf(ruling);
  return `${ruling.kind} ${quoted(first)} ${quoted(second)}`;
}

/** What it is about, in the order in which it is typed. */
export function objectsOf(ruling: StoryRuling): readonly [string, string] {
  if (ruling.kind === 'original') return [ruling.item, ruling.group];
  return ruling.kind === 'alias' ? [ruling.group, ruling.name] : [ruling.a, ruling.b];
}

function quoted(word: string): string {
  return /^[^\s"\\#\p{C}][^\s"\\\p{C}]*$/u.test(word) ? word : JSON.stringify(word);
}

const head = `# Rulings of the maintainer on stories, one a line: when, what, and after # why.
#   same A B · different A B · original ITEM GROUP · alias GROUP NAME
# relais rule import FILE  takes them in; those that stand already are left alone.
`;

/** The whole file, by date and then by the alphabet: the same rulings make the same file, whatever their numbers. */
export function writeRulings(rulings: readonly WrittenRuling[]): string {
  const lines = rulings.map(({ ruling, at, because }) => {
    const why = because === '' ? '' : ` # ${because.replace(/\s+/g, ' ')}`;
    return `${at === undefined ? '' : `${new Date(at).toISOString()} `}${rulingLine(ruling)}${why}\n`;
  });
  return `${head}${lines.sort().join('')}`;
}

/** Reads such a file. @returns its rulings with the lines they stand in, and everything that is wrong */
export function readRulings(text: string): {
  readonly rulings: readonly (WrittenRuling & { readonly line: number })[];
  readonly faults: readonly LineFault[];
} {
  const rulings: (WrittenRuling & { line: number })[] = [];
  const faults: LineFault[] = [];
  for (const [at, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = at + 1;
    if (/^\s*(#|$)/.test(written)) continue;
    const read = readLine(written);
    if (typeof read === 'string') faults.push({ line, words: read });
    else rulings.push({ ...read, line });
  }
  return { rulings, faults };
}

function readLine(written: string): WrittenRuling | string {
  const { words, because, rest } = wordsIn(written);
  if (rest !== '') return 'a quotation mark is not closed, or what stands in it is not written as in JSON';
  const isDated = /^\d{4}-/.test(words[0] ?? '');
  const at = isDated ? Date.parse(words[0] ?? '') : undefined;
  if (at !== undefined && Number.isNaN(at))
    return 'there is no such date; write it as 2026-11-23T12:00:00Z, or leave it out';
  const [kind, first, second, ...others] = isDated ? words.slice(1) : words;
  if (first === undefined || second === undefined || others.length > 0)
    return 'a ruling has three words, as in  same A B;  a name with a space in it stands in quotation marks';
  const ruling = rulingOf(kind, first, second);
  return ruling === undefined ? 'a ruling begins with same, different, original or alias' : { ruling, at, because };
}

function rulingOf(kind: string | undefined, first: string, second: string): StoryRuling | undefined {
  if (kind === 'same' || kind === 'different') return { kind, a: first, b: second };
  if (kind === 'original') return { kind, item: first, group: second };
  return kind === 'alias' ? { kind, group: first, name: second } : undefined;
}

/** @returns the words, what stands after ` # `, and what could not be read */
function wordsIn(written: string): {
  readonly words: readonly string[];
  readonly because: string;
  readonly rest: string;
} {
  const word = /\s*(?:#\s*(.*)$|("(?:[^"\\]|\\.)*")(?=\s|$)|([^\s"#]\S*))/y;
  const words: string[] = [];
  const line = written.trimEnd();
  while (word.lastIndex < line.length) {
    const from = word.lastIndex;
    const found = word.exec(line);
    if (found === null) return { words, because: '', rest: line.slice(from) };
    const [, because, inMarks, plain] = found;
    if (because !== undefined) return { words, because, rest: '' };
    const read = plain ?? unquoted(inMarks ?? '');
    if (read === undefined) return { words, because: '', rest: line.slice(from) };
    words.push(read);
  }
  return { words, because: '', rest: '' };
}

function unquoted(json: string): string | undefined {
  try {
    return JSON.parse(json) as string;
  } catch {
    return undefined;
  }
}
