/** The names of content codings (RFC 9110 §8.4.1) become the steps that take them off, in the order to apply them. */
import { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { stopped } from './failure.ts';
import { type Headers, headerText } from './hints.ts';

/** What we offer; others are taken off when they come all the same. */
export const acceptEncoding = 'gzip, br';

const mostLayers = 2;

/** Undefined takes off nothing; the two last ones are charsets that end up in the wrong header. */
const makers: ReadonlyMap<string, (() => Duplex) | undefined> = new Map<string, (() => Duplex) | undefined>([
  ['gzip', () => zlib.createGunzip()],
  ['x-gzip', () => zlib.createGunzip()],
  ['deflate', () => Duplex.from(inflateEither)],
  ['br', () => zlib.createBrotliDecompress()],
  ...zstd(),
  ['identity', undefined],
  ['', undefined],
  ['utf-8', undefined],
  ['utf8', undefined],
]);

/**
 * The steps for a body: transfer codings were put on last, and among content codings the last named.
 * @returns what makes each of them
 * @throws Stopped with fetch/bad-answer for codings that we do not know, or more than two
 */
export function unpackersFor(headers: Headers, host: string): readonly (() => Duplex)[] {
  const codings = codingsIn(headers);
  const unknown = codings.find((name) => !makers.has(name));
  if (unknown !== undefined)
    throw stopped('fetch/bad-answer', `packed in a way we did not offer: ${unknown} (${host})`);
  const wanted = codings.map((name) => makers.get(name)).filter((make) => make !== undefined);
  if (wanted.length > mostLayers) throw stopped('fetch/bad-answer', `packed ${wanted.length} times over (${host})`);
  return wanted.reverse();
}

/**
 * True where a step unpacks more than is taken from it, and keeps it: Brotli fills its window (RFC 7932 §9.1), of 16 MiB
 * at the most, before it gives out a byte.
 */
export function runsAhead(headers: Headers): boolean {
  return codingsIn(headers).includes('br');
}

function codingsIn(headers: Headers): readonly string[] {
  const names = [...listIn(headers, 'content-encoding'), ...listIn(headers, 'transfer-encoding')];
  return names.filter((name) => name !== 'chunked');
}

function listIn(headers: Headers, name: string): readonly string[] {
  const list = headerText(headers, name);
  return list === undefined ? [] : list.split(',').map((one) => one.trim().toLowerCase());
}

/**
 * `deflate` is zlib's format by RFC 9110 §8.4.1.2, and raw deflate by the habit of some servers. The first byte tells:
 * its low four bits are 8 in zlib's (RFC 1950 §2.2), which in raw deflate only an odd stored block would have.
 */
async function* inflateEither(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done === true) return;
  const isZlib = ((first.value[0] ?? 0) & 0x0f) === 8;
  const inflate = isZlib ? zlib.createInflate() : zlib.createInflateRaw();
  const feeding = pipeline(async function* () {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => pieces };
  }, inflate);
  feeding.catch(() => {}); // what goes wrong is read from the other end
  yield* inflate;
}

/** RFC 8878, where the runtime has it. RFC 9659: no window larger than 8 MiB, for the memory it takes. */
function zstd(): (readonly [string, () => Duplex])[] {
  const { createZstdDecompress, constants } = zlib as typeof zlib & {
    createZstdDecompress?: (options: object) => Duplex;
    constants: { ZSTD_d_windowLogMax?: number };
  };
  const parameter = constants.ZSTD_d_windowLogMax;
  if (createZstdDecompress === undefined || parameter === undefined) return [];
  return [['zstd', () => createZstdDecompress({ params: { [parameter]: 23 } })]];
}
