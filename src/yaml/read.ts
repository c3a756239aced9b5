/**
 * YAML text → a plain value and the place of everything in it, or its syntax errors. YAML 1.2 core, so `lang: no` is
 * Norwegian; no aliases, anchors, tags, directives, merge keys or second documents: they save a maintainer nothing
 * here, and each is a way to make a small file cost minutes or to hide what is in it.
 */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Locate, Place } from './places.ts';
import * as syntax from './syntax.ts';

/** A syntax error in words; `line` and `column` 1-based. */
interface SyntaxFault extends Place {
  readonly text: string;
}

type YamlRead =
  | { readonly kind: 'value'; readonly value: unknown; readonly locate: Locate }
  | { readonly kind: 'errors'; readonly errors: readonly SyntaxFault[] };

/** Offsets of a value and of the key in front of it, as a tree of the same shape as the value: large files have many. */
interface Spot {
  readonly key: number | undefined;
  value: number;
  /** What is in a list or map. */
  below: Map<string | number, Spot> | undefined;
}

/** A complaint at an offset of the text. */
type Complaint = readonly [offset: number, text: string];

/** @param text the file; a byte order mark is ignored */
export function readYaml(text: string): YamlRead {
  const source = text.replace(/^\ufeff/, '');
  const lines = syntax.linesOf(source);
  const beforehand = syntax.tabFault(lines) ?? syntax.depthFault(lines);
  if (beforehand !== undefined) return { kind: 'errors', errors: [beforehand] };
  const counter = new LineCounter();
  const options = {
    lineCounter: counter,
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  } as const;
  const parsed = parseAllDocuments(source, { ...options, version: '1.2', schema: 'core' });
  const documents: readonly Document[] = 'empty' in parsed ? [] : parsed;
  const complaints = documents.flatMap((document) => [
    ...forbidden(document, source, counter),
    ...broken(document, lines, counter),
  ]);
  const second = documents[1];
  if (second !== undefined)
    complaints.push([
      Math.max(0, source.lastIndexOf('---', offsetOf(second.contents, source.length))),
      syntax.secondDocument,
    ]);
  if (complaints.length > 0) return { kind: 'errors', errors: firstOfEachLine(complaints, counter) };
  const top: Spot = { key: undefined, value: offsetOf(documents[0]?.contents, 0), below: undefined };
  return { kind: 'value', value: toPlain(documents[0]?.contents, top), locate: locatorIn(top, counter) };
}

/** A broken line makes the parser stumble several times; the first stumble says most. */
function firstOfEachLine(complaints: readonly Complaint[], counter: LineCounter): readonly SyntaxFault[] {
  const byLine = new Map<number, SyntaxFault>();
  for (const [offset, text] of complaints) {
    const place = placeOf(counter, offset);
    if (!byLine.has(place.line)) byLine.set(place.line, { ...place, text });
  }
  return [...byLine.values()].toSorted((one, other) => one.line - other.line);
}

/** What YAML knows and Relais does not take. */
function forbidden(document: Document, source: string, counter: LineCounter): readonly Complaint[] {
  const found: Complaint[] = [];
  if (document.directives?.yaml.explicit === true) found.push([Math.max(0, source.indexOf('%YAML')), syntax.directive]);
  visit(document, {
    Node: (_, node) => {
      const offset = offsetOf(node);
      if (isAlias(node)) {
        found.push([offset, syntax.alias(restOfLine(source, offset))]);
        return;
      }
      const { anchor } = node as { readonly anchor?: string };
      if (anchor !== undefined) found.push([source.lastIndexOf(`&${anchor}`, offset), syntax.anchor(anchor)]);
      if (node.tag !== undefined) {
        const last = source.lastIndexOf('!', offset - 1);
        const start = source.startsWith('!!', last - 1) ? last - 1 : last;
        found.push([start, syntax.tag(source.slice(start).split(/\s/, 1)[0] ?? '')]);
      }
      if (isMap(node)) found.push(...wrongKeys(node, document.errors.length === 0, counter));
    },
  });
  return found;
}

/** @param isWhole false where the parser had to guess, so that odd keys are of its making */
function wrongKeys(map: YAMLMap, isWhole: boolean, counter: LineCounter): readonly Complaint[] {
  const seen = new Map<string, number>();
  return map.items.flatMap(({ key }): readonly Complaint[] => {
    const offset = offsetOf(key as Node, offsetOf(map));
    if (!isScalar(key) || key.value === '__proto__') return isWhole ? [[offset, syntax.notAKey]] : [];
    const first = seen.get(keyText(key));
    if (first !== undefined) return [[offset, syntax.twice(keyText(key), placeOf(counter, first).line)]];
    seen.set(keyText(key), offset);
    return [];
  });
}

/** The parser's own errors, each at the place a person has to look at. */
function broken(document: Document, lines: readonly string[], counter: LineCounter): readonly Complaint[] {
  const unclosedAt = openingOf(document);
  const judged = new Set<number>();
  const complaints = document.errors.flatMap((error): readonly Complaint[] => {
    const place = placeOf(counter, error.pos[0]);
    // What follows an open bracket, or another stumble on the same line, is the parser losing its way.
    if (judged.has(place.line) || (unclosedAt !== undefined && error.pos[0] > unclosedAt)) return [];
    judged.add(place.line);
    const { text, line } = syntax.sentenceFor(error, place.line, lines);
    const blanks = /^\s*/.exec(lines[line - 1] ?? '')?.[0].length ?? 0;
    const isMoved = line !== place.line || place.column <= blanks;
    return [[isMoved ? (counter.lineStarts[line - 1] ?? 0) + blanks : error.pos[0], text]];
  });
  return unclosedAt === undefined ? complaints : [...complaints, [unclosedAt, syntax.neverClosed]];
}

/** Where the first quotation mark or bracket stands that has no other end; the parser only says where it noticed. */
function openingOf(document: Document): number | undefined {
  const error = document.errors.find(({ message }) => /^(Missing closing|Flow )/.test(message));
  if (error === undefined) return undefined;
  let latest = error.pos[0];
  visit(document, {
    Node: (_, node) => {
      const isQuoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
      const opens = error.message.startsWith('Missing') ? isQuoted : isCollection(node) && node.flow === true;
      if (opens && offsetOf(node) < error.pos[0]) latest = offsetOf(node);
    },
  });
  return latest;
}

function toPlain(node: unknown, spot: Spot): unknown {
  if (isScalar(node)) return node.value;
  if (isSeq(node)) {
    const spots = new Map<string | number, Spot>();
    spot.below = spots;
    return node.items.map((item, index) => {
      const below: Spot = { key: undefined, value: offsetOf(item as Node, spot.value), below: undefined };
      spots.set(index, below);
      return toPlain(item, below);
    });
  }
  if (!isMap(node)) return null;
  const plain: Record<string, unknown> = {};
  const spots = new Map<string | number, Spot>();
  spot.below = spots;
  for (const { key, value } of node.items) {
    const keyOffset = offsetOf(key as Node);
    const name = keyText(key);
    const below: Spot = { key: keyOffset, value: offsetOf(value as Node | null, keyOffset), below: undefined };
    spots.set(name, below);
    plain[name] = toPlain(value, below);
    // A value that is not written has no place of its own: its key stands for it.
    if (plain[name] === null) below.value = keyOffset;
  }
  return plain;
}

/** As written, so that a section called 2009 is not a number. */
function keyText(key: unknown): string {
  if (!isScalar(key)) return '';
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}

function locatorIn(top: Spot, counter: LineCounter): Locate {
  return (path, at) => {
    let spot = top;
    for (const step of path) {
      const below = spot.below?.get(step);
      if (below === undefined) return placeOf(counter, spot.value);
      spot = below;
    }
    return placeOf(counter, at === 'key' ? (spot.key ?? spot.value) : spot.value);
  };
}

function offsetOf(node: Node | null | undefined, otherwise = 0): number {
  return node?.range?.[0] ?? otherwise;
}

function placeOf(counter: LineCounter, offset: number): Place {
  const { line, col } = counter.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function restOfLine(source: string, offset: number): string {
  return source.slice(offset).split(/\r?\n/, 1)[0] ?? '';
}
