/** A response as it comes off the wire becomes its unpacked bytes and their hash, or stops at a cap. */
import { createHash } from 'node:crypto';
import { type Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { stopped } from './failure.ts';
import { type Headers, headerText } from './hints.ts';

export interface Caps {
  readonly wireBytes: number;
  readonly unpackedBytes: number;
}

export interface Body {
  readonly bytes: Uint8Array;
  /** The first 32 hexadecimal digits of the SHA-256 of `bytes`. */
  readonly hash: string;
}

interface Reading {
  readonly caps: Caps;
  /** Called for every piece that arrives. */
  readonly onProgress: () => void;
  /** Ends the reading from outside. */
  readonly signal: AbortSignal;
  /** For the wording of Problems. */
  readonly host: string;
}

const mostLayers = 2;

/** Content codings (RFC 9110 §8.4.1); the two last ones are charsets that end up in the wrong header. */
const decoders: ReadonlyMap<string, (() => Transform) | undefined> = new Map([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['deflate', () => inflateEither()],
  ['br', () => createBrotliDecompress()],
  ['identity', undefined],
  ['', undefined],
  ['utf-8', undefined],
  ['utf8', undefined],
]);

/**
 * Reads a body to its end. Never holds more than the caps allow, whatever the compression ratio.
 * @throws Stopped with fetch/too-large or fetch/bad-answer; any error of a socket or of zlib as it is
 */
export async function readBody(response: Readable, headers: Headers, reading: Reading): Promise<Body> {
  const { caps, onProgress, signal, host } = reading;
  const announced = Number(headerText(headers, 'content-length') ?? 0);
  if (announced > caps.wireBytes) {
    throw stopped('fetch/too-large', `${bytes(announced)}, and we take ${bytes(caps.wireBytes)} (${host})`);
  }
  const layers = unpackers(headers, host);
  const wire = gauge(caps.wireBytes, `more than ${bytes(caps.wireBytes)} (${host})`, onProgress);
  const tooMuch = `more than ${bytes(caps.unpackedBytes)}${layers.length > 0 ? ' when unpacked' : ''} (${host})`;
  const pieces: Uint8Array[] = [];
  const hash = createHash('sha256');
  const sink = new Writable({
    write(piece: Uint8Array, _encoding, done) {
      pieces.push(piece);
      hash.update(piece);
      done();
    },
  });
  // A gauge after every layer: a bomb inside a bomb must not keep the inner one busy either.
  const gauged = layers.flatMap((layer) => [layer, gauge(caps.unpackedBytes, tooMuch)]);
  const stages = gauged.length > 0 ? gauged : [gauge(caps.unpackedBytes, tooMuch)];
  await pipeline([response, wire, ...stages, sink], { signal });
  return { bytes: Buffer.concat(pieces), hash: hash.digest('hex').slice(0, 32) };
}

/** The decoders in the order to apply them: the last coding named was put on last. */
function unpackers(headers: Headers, host: string): Transform[] {
  const names = (headerText(headers, 'content-encoding') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const unknown = names.find((name) => !decoders.has(name));
  if (unknown !== undefined)
    throw stopped('fetch/bad-answer', `packed in a way we did not offer: ${unknown} (${host})`);
  const makers = names.map((name) => decoders.get(name)).filter((make) => make !== undefined);
  if (makers.length > mostLayers) throw stopped('fetch/bad-answer', `packed ${makers.length} times over (${host})`);
  return makers.reverse().map((make) => make());
}

/** Lets bytes through up to a limit. */
function gauge(limit: number, tooMuch: string, onProgress?: () => void): Transform {
  let seen = 0;
  return new Transform({
    transform(piece: Uint8Array, _encoding, done) {
      seen += piece.length;
      onProgress?.();
      if (seen > limit) done(stopped('fetch/too-large', tooMuch));
      else done(null, piece);
    },
  });
}

/**
 * `deflate` is zlib's format by RFC 9110 §8.4.1.2, and raw deflate by the habit of some servers. The first byte tells:
 * its low four bits are 8 in zlib's (RFC 1950 §2.2), which in raw deflate only an odd stored block would have.
 */
function inflateEither(): Transform {
  let inner: Transform | undefined;
  const open = (first: number, outer: Transform): Transform =>
    ((first & 0x0f) === 8 ? createInflate() : createInflateRaw())
      .on('data', (piece: Uint8Array) => outer.push(piece))
      .on('error', (error) => outer.destroy(error));
  return new Transform({
    transform(piece: Uint8Array, encoding, done) {
      inner ??= open(piece[0] ?? 0, this);
      inner.write(piece, encoding, () => done());
    },
    flush(done) {
      if (inner === undefined) done();
      else inner.once('end', done).end();
    },
    destroy(error, done) {
      inner?.destroy();
      done(error);
    },
  });
}

function bytes(count: number): string {
  const [size, unit] = count >= 1_048_576 ? [count / 1_048_576, 'MiB'] : [count / 1_024, 'KiB'];
  return `${Math.round(size * 10) / 10} ${unit}`;
}
