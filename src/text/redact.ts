/**
 * Words on their way to a person, a log, the database or the site → the same without the maintainer's secrets. A server
 * that was asked with a secret sends it back as it likes: escaped for addresses, markup or JSON, in base64, or cut.
 */
import type { Secret } from '../model.ts';
import { type Layer, layersOf } from './layers.ts';
import { parseUrl } from './url.ts';

/** Shorter values would take ordinary words apart. */
const shortest = 4;
/** From so many characters on, a value is one also inside a word, in other case, and without its end. */
const sure = 8;

/**
 * @param secrets longest first
 * @param shown what stands in place of a value
 * @returns a function whose cost grows with the text alone, whatever is in it; it gives the text itself where no secret is
 */
export function redactor(
  secrets: readonly Secret[],
  shown: (name: string) => string = (name) => `\${${name}}`,
): (text: string) => string {
  const hunts = secrets.flatMap(({ name, value }) =>
    secretPartsOf(value)
      .filter((part) => part.length >= shortest)
      .map((part) => hunt(part, shown(name))),
  );
  if (hunts.length === 0) return (text) => text;
  return (text) => {
    let clean: Cleaned = { text, layers: layersOf(text) };
    for (const hide of hunts) clean = hide(clean);
    return clean.text;
  };
}

/**
 * What of a value is not to be seen. Of a whole address everybody knows the beginning; what was escaped to stand in an
 * address is a secret without its escapes too.
 */
function secretPartsOf(value: string): readonly string[] {
  const url = /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value) ? parseUrl(value) : undefined;
  const parts =
    url === undefined
      ? [value]
      : [
          `${url.pathname}${url.search}${url.hash}`,
          url.password,
          ...[...url.searchParams.values()].filter((one) => one.length >= sure),
        ];
  return [...new Set(parts.flatMap((part) => layersOf(part).map(({ text }) => text)))];
}

interface Cleaned {
  readonly text: string;
  readonly layers: readonly Layer[];
}

/** Of the text as it is written; `end` is exclusive. */
interface Span {
  readonly start: number;
  readonly end: number;
}

function hunt(value: string, shown: string): (before: Cleaned) => Cleaned {
  const isSure = value.length >= sure;
  const wanted = folded(value, isSure);
  const pieces = base64Pieces(value);
  return (before) => {
    const spelled = before.layers.flatMap((layer) => spansIn(layer, wanted, isSure));
    const text = hideBase64(without(before.text, spelled, shown), pieces, shown);
    return text === before.text ? before : { text, layers: layersOf(text) };
  };
}

function without(text: string, spans: readonly Span[], shown: string): string {
  let clean = '';
  let done = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < done) continue;
    clean += text.slice(done, start) + shown;
    done = end;
  }
  return clean + text.slice(done);
}

// ── spelled out ──────────────────────────────────────────────────────────────────────────────────

/** As compared: forms write + for a space, and hosts have no capitals. As long as it was. */
function folded(text: string, foldsCase: boolean): string {
  const plain = text.replaceAll('+', ' ');
  return foldsCase ? plain.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase()) : plain;
}

function spansIn({ text, origin }: Layer, wanted: string, isSure: boolean): Span[] {
  const spans: Span[] = [];
  const searched = folded(text, isSure);
  const head = wanted.slice(0, sure);
  for (let at = searched.indexOf(head); at !== -1; at = searched.indexOf(head, at + 1)) {
    const end = endOf(searched, at, wanted, isSure);
    if (end !== undefined) spans.push({ start: origin(at), end: origin(end) });
  }
  return spans;
}

/** Where a secret ends that begins here; undefined where none does. */
function endOf(text: string, start: number, wanted: string, isSure: boolean): number | undefined {
  const length = sharedLength(text, start, wanted);
  if (length === wanted.length) return isSure || isApart(text, start, start + length) ? start + length : undefined;
  return length >= sure ? endOfCut(text, start + length) : undefined;
}

function sharedLength(text: string, start: number, wanted: string): number {
  let length = 0;
  while (length < wanted.length && text[start + length] === wanted[length]) length++;
  return length;
}

/** Whoever cuts a text leaves an ellipsis or nothing behind it, and perhaps the beginning of an escape. */
function endOfCut(text: string, at: number): number | undefined {
  const broken = /^(?:%[0-9a-f]?|&[#0-9a-z]{0,8}|\\u?[0-9a-f]{0,3}|)(?=$|…|\.\.\.)/i.exec(text.slice(at, at + 20));
  return broken === null ? undefined : at + broken[0].length;
}

/** No letter or digit on either side. */
function isApart(text: string, start: number, end: number): boolean {
  const isWord = /[\p{L}\p{N}]/u;
  return !isWord.test(text.slice(Math.max(0, start - 1), start)) && !isWord.test(text.slice(end, end + 1));
}

// ── in base64 ────────────────────────────────────────────────────────────────────────────────────

/** Shorter pieces may stand in any base64. */
const shortestPiece = 8;

/** What the value becomes in base64 whatever stands around it: a piece for each of the three places it may begin at. */
function base64Pieces(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const pieces = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });
  const inAddresses = pieces.map((piece) => piece.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([...pieces, ...inAddresses])].filter((piece) => piece.length >= shortestPiece);
}

/** Takes away all of the base64 that holds a piece: what stands beside it belongs to it. */
function hideBase64(text: string, pieces: readonly string[], shown: string): string {
  const found = pieces.filter((piece) => text.includes(piece));
  if (found.length === 0) return text;
  return text.replace(/[A-Za-z0-9+/_-]{8,}={0,2}/g, (run) =>
    found.some((piece) => run.includes(piece)) ? shown : run,
  );
}
