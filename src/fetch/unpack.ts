/** The names of content codings (RFC 9110 §8.4.1) become the steps that take them off, in the order to apply them. */
import { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { stopped } from './failure.ts';
import { type Headers, headerText } from './hints.ts';

/** What we offer; others are taken off when they come all the same. */
export const acceptEncoding = 'gzip, br';

const mostLayers = 2;

/** How one coding is taken off. */
export interface Unpacker {
  /**
   * A step for bytes as they come, for one use. Brotli has none: its decoder fills a window (RFC 7932 §9.1), of 16 MiB at the
   * most, before it gives out a byte; and done in one of Node's threads, each of these keeps that memory for itself.
   */
  readonly open?: () => Duplex;
  /** All at once, on our own thread: a twentieth of a second for the largest. @throws zlib's errors; see `isExcess` */
  readonly whole: (packed: Uint8Array, mostBytes: number) => Uint8Array;
}

type Whole = (packed: Uint8Array, options: { readonly maxOutputLength: number; readonly chunkSize: number }) => Buffer;

/** In one piece: what is put together of many takes twice the memory. Of a piece that is not filled the system gives nothing. */
function wholeBy(unpack: Whole): Unpacker['whole'] {
  return (packed, mostBytes) => unpack(packed, { maxOutputLength: mostBytes, chunkSize: mostBytes + 1 });
}

/** True where `whole` stopped because more than the most came out. */
export function isExcess(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}

const gunzip: Unpacker = { open: () => zlib.createGunzip(), whole: wholeBy(zlib.gunzipSync) };

/** Undefined takes off nothing; the two last ones are charsets that end up in the wrong header. */
const unpackers: ReadonlyMap<string, Unpacker | undefined> = new Map<string, Unpacker | undefined>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  [
    'deflate',
    {
      open: () => Duplex.from(inflateEither),
      whole: wholeBy((packed, options) => (isZlib(packed) ? zlib.inflateSync : zlib.inflateRawSync)(packed, options)),
    },
  ],
  ['br', { whole: wholeBy(zlib.brotliDecompressSync) }],
  ...zstd(),
  ['identity', undefined],
  ['', undefined],
  ['utf-8', undefined],
  ['utf8', undefined],
]);

/**
 * The steps for a body: transfer codings were put on last, and among content codings the last named.
 * @throws Stopped with fetch/bad-answer for codings that we do not know, or more than two
 */
export function unpackersFor(headers: Headers, host: string): readonly Unpacker[] {
  const names = [...listIn(headers, 'content-encoding'), ...listIn(headers, 'transfer-encoding')];
  const codings = names.filter((name) => name !== 'chunked');
  const unknown = codings.find((name) => !unpackers.has(name));
  if (unknown !== undefined)
    throw stopped('fetch/bad-answer', `packed in a way we did not offer: ${unknown} (${host})`);
  const wanted = codings.map((name) => unpackers.get(name)).filter((one) => one !== undefined);
  if (wanted.length > mostLayers) throw stopped('fetch/bad-answer', `packed ${wanted.length} times over (${host})`);
  return wanted.reverse();
}

function listIn(headers: Headers, name: string): readonly string[] {
  const list = headerText(headers, name);
  return list === undefined ? [] : list.split(',').map((one) => one.trim().toLowerCase());
}

/**
 * `deflate` is zlib's format by RFC 9110 §8.4.1.2, and raw deflate by the habit of some servers. The first byte tells:
 * its low four bits are 8 in zlib's (RFC 1950 §2.2), which in raw deflate only an odd stored block would have.
 */
function isZlib(packed: Uint8Array): boolean {
  return ((packed[0] ?? 0) & 0x0f) === 8;
}

async function* inflateEither(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done === true) return;
  const inflate = isZlib(first.value) ? zlib.createInflate() : zlib.createInflateRaw();
  const feeding = pipeline(async function* () {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => pieces };
  }, inflate);
  feeding.catch(() => {}); // what goes wrong is read from the other end
  yield* inflate;
}

/** RFC 8878, where the runtime has it. RFC 9659: no window larger than 8 MiB, for the memory it takes. */
function zstd(): (readonly [string, Unpacker])[] {
  const { createZstdDecompress, zstdDecompressSync, constants } = zlib as typeof zlib & {
    createZstdDecompress?: (options: object) => Duplex;
    zstdDecompressSync?: (packed: Uint8Array, options: object) => Buffer;
    constants: { ZSTD_d_windowLogMax?: number };
  };
  const parameter = constants.ZSTD_d_windowLogMax;
  if (createZstdDecompress === undefined || zstdDecompressSync === undefined || parameter === undefined) return [];
  const params = { [parameter]: 23 };
  const whole = wholeBy((packed, options) => zstdDecompressSync(packed, { ...options, params }));
  return [['zstd', { open: () => createZstdDecompress({ params }), whole }]];
}
