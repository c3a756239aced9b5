/**
 * Something new in a list or group of a YAML file, as text put in at its place: every other byte stays, with comments, blank lines
 * and order. (To print the tree again would wrap lines and move comments all over the file.)
 */
import { isMap, isSeq, type Node, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Path } from './places.ts';

/** Where new lines go, and how they are written there. */
export type Opening =
  /** On lines of their own, `indent` spaces in. */
  | { readonly kind: 'lines'; readonly offset: number; readonly indent: number }
  /** Between brackets; `isFirst` where nothing, or a comma, stands before. */
  | { readonly kind: 'brackets'; readonly offset: number; readonly isFirst: boolean };

/** A file that `readYaml` takes. */
export interface YamlText {
  readonly text: string;
  /** The end of its lines. */
  readonly newline: '\n' | '\r\n';
}

/** @param text without a byte order mark */
export function yamlText(text: string): YamlText {
  return { text, newline: /\r\n/.test(text) ? '\r\n' : '\n' };
}

/**
 * The end of the list, or group, at a path; or below its name, where nothing stands after that.
 * @returns undefined where nothing is at that path, or something else
 */
export function endOf({ text }: YamlText, path: Path): Opening | undefined {
  const document = parseDocument(text, { schema: 'core', uniqueKeys: false, logLevel: 'silent' });
  if (path.length === 0 && document.contents === null) return { kind: 'lines', offset: text.length, indent: 0 };
  let node: unknown = document.contents;
  let name: Node | undefined;
  for (const step of path) {
    const pair: Pair | undefined = isMap(node)
      ? node.items.find(({ key }) => String((key as { source?: string } | null)?.source ?? key) === String(step))
      : undefined;
    if (pair === undefined) return undefined;
    name = pair.key as Node;
    node = pair.value;
  }
  if (isSeq(node) || isMap(node)) return endOfCollection(text, node);
  const isEmpty = node === null || (node as { value?: unknown; source?: string }).source === '';
  const start = name?.range?.[0];
  if (!isEmpty || start === undefined) return undefined;
  return below(text, start, columnOf(text, start));
}

function endOfCollection(text: string, node: YAMLSeq | YAMLMap): Opening | undefined {
  const [start, end] = node.range ?? [0, 0];
  if (node.flow === true) {
    const offset = text.lastIndexOf(isSeq(node) ? ']' : '}', end - 1);
    const before = text.slice(start, offset).replace(/#.*$/gm, '').trimEnd();
    const at = /#[^\n]*$/.test(text.slice(start, offset)) ? offset : start + text.slice(start, offset).trimEnd().length;
    return { kind: 'brackets', offset: at, isFirst: /[,[{]$/.test(before) };
  }
  const indent = columnOf(text, start);
  return { kind: 'lines', offset: afterLines(text, lastOf(text, node), indent), indent };
}

/** Below a name after which nothing stands yet. */
function below(text: string, start: number, column: number): Opening {
  return { kind: 'lines', offset: afterLines(text, start, column), indent: column + 2 };
}

/** The offset of the last sign of the last thing in it; the ranges of lists and groups hold the remarks below them too. */
function lastOf(text: string, node: Node): number {
  let last: Node = node;
  while ((isSeq(last) || isMap(last)) && last.flow !== true) {
    const item: unknown = last.items.at(-1);
    const { key, value } = isSeq(last) ? { key: item, value: item } : (item as Pair);
    const next = ((value as Node | null)?.range ? value : key) as Node | null;
    if (!next?.range) break;
    last = next;
  }
  const [start, end] = last.range ?? [0, 0];
  return Math.max(start, start + text.slice(start, end).trimEnd().length - 1);
}

/** The end of the line of an offset, and of the remarks below it that stand further in: they speak of what is above them. */
function afterLines(text: string, offset: number, indent: number): number {
  let end = endOfLine(text, offset);
  while (end < text.length) {
    const [, blanks = '', sign] = /^([ ]*)(\S?)/.exec(text.slice(end, endOfLine(text, end))) ?? [];
    if (sign !== '#' || blanks.length <= indent) break;
    end = endOfLine(text, end);
  }
  return end;
}

/** Behind the line break, or the end of the text. */
function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** The text with lines put in at an opening for lines. */
export function withLines({ text, newline }: YamlText, offset: number, lines: readonly string[]): string {
  const before = text.slice(0, offset);
  const isOpen = before !== '' && !before.endsWith('\n');
  return `${before}${isOpen ? newline : ''}${lines.join(newline)}${newline}${text.slice(offset)}`;
}
