/**
 * JSON as broken programs write it to the value that was meant: control characters in strings, commas too many or too few,
 * comments, single quotation marks, names without them, and a document that stops in the middle. Used only where
 * JSON.parse refuses. One pass, linear.
 */

/** Deeper nesting is no feed; the reader calls itself for each level. */
const maxDepth = 100;

/** What was made of it. */
export interface LooseJson {
  readonly value: unknown;
  /** It stops in the middle. Of lists the elements that are whole are kept. */
  readonly isCut: boolean;
}

/** @returns undefined for what cannot be meant as JSON */
export function readLooseJson(text: string): LooseJson | undefined {
  const reading: Reading = { text, at: 0 };
  const value = readValue(reading, 0);
  if (value === nothing || reading.isSenseless) return undefined;
  skipSpace(reading);
  return { value, isCut: reading.isCut === true };
}

interface Reading {
  readonly text: string;
  at: number;
  isCut?: boolean;
  isSenseless?: boolean;
}

/** No value: the text has ended, or makes no sense. */
const nothing = Symbol('nothing');

const words: Readonly<Record<string, unknown>> = { true: true, false: false, null: null, NaN: null, undefined: null };
const number = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy;
const bareWord = /[\w$-]+/y;
const space = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;

function readValue(reading: Reading, depth: number): unknown {
  skipSpace(reading);
  const first = reading.text[reading.at];
  if (first === undefined) return ended(reading);
  if (depth > maxDepth) return senseless(reading);
  if (first === '{') return readObject(reading, depth);
  if (first === '[') return readList(reading, depth);
  if (first === '"' || first === "'") return readString(reading, first);
  const digits = take(reading, number);
  if (digits !== undefined) return Number(digits);
  const word = take(reading, bareWord);
  return word !== undefined && Object.hasOwn(words, word) ? words[word] : senseless(reading);
}

/** A member whose value is not whole is left out, but for lists: they have dropped what is not whole themselves. */
function readObject(reading: Reading, depth: number): unknown {
  const object: Record<string, unknown> = Object.create(null);
  reading.at++;
  for (;;) {
    if (closes(reading, '}')) return object;
    const first = reading.text[reading.at];
    const name =
      first === '"' || first === "'" ? readString(reading, first) : (take(reading, bareWord) ?? senseless(reading));
    skipSpace(reading);
    if (reading.text[reading.at] === ':') reading.at++;
    else if (reading.at < reading.text.length) senseless(reading);
    const value = readValue(reading, depth + 1);
    if (typeof name === 'string' && value !== nothing && (reading.isCut !== true || Array.isArray(value)))
      object[name] = value;
    if (reading.isCut || reading.isSenseless) return object;
  }
}

function readList(reading: Reading, depth: number): unknown {
  const list: unknown[] = [];
  reading.at++;
  for (;;) {
    if (closes(reading, ']')) return list;
    const value = readValue(reading, depth + 1);
    if (reading.isCut || reading.isSenseless) return list;
    list.push(value);
  }
}

/** Passes over commas, however many. @returns true behind the closing bracket, or where the text ends */
function closes(reading: Reading, bracket: string): boolean {
  for (;;) {
    skipSpace(reading);
    const character = reading.text[reading.at];
    if (character === undefined) ended(reading);
    if (character === undefined || character === bracket) {
      reading.at++;
      return true;
    }
    if (character !== ',') return false;
    reading.at++;
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '', f: '' };

function readString(reading: Reading, quote: string): unknown {
  const { text } = reading;
  let out = '';
  let from = ++reading.at;
  for (; reading.at < text.length; reading.at++) {
    const character = text[reading.at];
    if (character === quote) return out + text.slice(from, reading.at++);
    if (character !== '\\') continue;
    out += text.slice(from, reading.at++);
    const escaped = text[reading.at] ?? '';
    const hex = escaped === 'u' ? /^[\da-f]{4}/i.exec(text.slice(reading.at + 1, reading.at + 5))?.[0] : undefined;
    out += hex === undefined ? (escapes[escaped] ?? escaped) : String.fromCharCode(Number.parseInt(hex, 16));
    if (hex !== undefined) reading.at += 4;
    from = reading.at + 1;
  }
  return ended(reading);
}

function skipSpace(reading: Reading): void {
  take(reading, space);
}

function take(reading: Reading, shape: RegExp): string | undefined {
  shape.lastIndex = reading.at;
  const found = shape.exec(reading.text)?.[0];
  reading.at += found?.length ?? 0;
  return found;
}

function ended(reading: Reading): typeof nothing {
  reading.isCut = true;
  return nothing;
}

function senseless(reading: Reading): typeof nothing {
  reading.isSenseless = true;
  return nothing;
}
