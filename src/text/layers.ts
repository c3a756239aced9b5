/**
 * A text → the same with its escapes read, one layer after the other: what was escaped for an address, then for markup,
 * then for JSON, says in one of the layers what it is. Every place in a layer is known in the text as it was written.
 */

export interface Layer {
  readonly text: string;
  /** Where the character at this index begins in the text as written. */
  readonly origin: (index: number) => number;
}

/** Nobody escapes a thing more often by mistake. */
const mostLayers = 5;

/** @returns the text itself, then each layer below; no more where there is nothing left to read */
export function layersOf(text: string): readonly Layer[] {
  const layers: Layer[] = [{ text, origin: (index) => index }];
  while (layers.length < mostLayers) {
    const above = layers.at(-1);
    const below = above && read(above);
    if (below === undefined) break;
    layers.push(below);
  }
  return layers;
}

/** One character each: percent-encoded (RFC 3986 §2.1, bytes as RFC 3629 puts them together), of HTML, of JSON. */
const escapes = new RegExp(
  [
    '%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}',
    '&#x0{0,9}([0-9a-f]{1,6});|&#0{0,9}(\\d{1,7});|&(amp|lt|gt|quot|apos);',
    '\\\\u([0-9a-f]{4})|\\\\(["\'\\\\/])',
  ].join('|'),
  'gi',
);
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const utf8 = new TextDecoder();

function read({ text, origin }: Layer): Layer | undefined {
  const pieces: string[] = [];
  /** Where escapes end: in the layer below, and in this one. */
  const below: number[] = [];
  const here: number[] = [];
  let length = 0;
  let done = 0;
  for (const match of text.matchAll(escapes)) {
    const plain = text.slice(done, match.index);
    const character = characterOf(match);
    pieces.push(plain, character);
    length += plain.length + character.length;
    done = match.index + match[0].length;
    below.push(length);
    here.push(done);
  }
  if (pieces.length === 0) return undefined;
  pieces.push(text.slice(done));
  return { text: pieces.join(''), origin: (index) => origin(placeOf(index, below, here, text)) };
}

function characterOf([written, sixteens, tens, name, unit, itself]: RegExpExecArray): string {
  if (sixteens !== undefined) return ofCode(Number.parseInt(sixteens, 16));
  if (tens !== undefined) return ofCode(Number(tens));
  if (name !== undefined) return named[name.toLowerCase()] ?? '';
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  if (itself !== undefined) return itself;
  if (written.length === 3) return String.fromCharCode(Number.parseInt(written.slice(1), 16));
  return utf8.decode(Buffer.from(written.replaceAll('%', ''), 'hex'));
}

function ofCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

/** An index between two escapes is as far from the one before in both; one inside an escape's character is where that begins. */
function placeOf(index: number, below: readonly number[], here: readonly number[], text: string): number {
  let [low, high] = [0, below.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((below[middle] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  const last = low - 1;
  const place = last < 0 ? index : (here[last] ?? 0) + index - (below[last] ?? 0);
  return Math.min(place, text.length);
}
