/** A response as it comes off the wire becomes its unpacked bytes and their hash, or stops at a cap. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stopped } from './failure.ts';
import { headerText } from './hints.ts';
import { unpackersFor } from './unpack.ts';

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
  /** For the wording of Problems. */
  readonly host: string;
}

/** Headers, chunk sizes and the like: where there is more of that, nothing else is meant. */
const mostFraming = 1_048_576;

/**
 * Reads a body to its end. Never holds more than the caps allow, whatever the compression ratio and however small the
 * pieces.
 * @throws Stopped with fetch/too-large or fetch/bad-answer; any error of a socket or of zlib as it is
 */
export async function readBody(response: IncomingMessage, { caps, onProgress, host }: Reading): Promise<Body> {
  const { wireBytes, unpackedBytes } = caps;
  const announced = Number(headerText(response.headers, 'content-length') ?? 0);
  if (announced > wireBytes) throw tooLarge(announced, 'announced', wireBytes, host);
  const unpackers = unpackersFor(response.headers, host);
  const { socket } = response;
  let arrived = 0;
  response.on('data', (piece: Uint8Array) => {
    onProgress();
    arrived += piece.length;
    if (arrived > wireBytes) response.destroy(tooLarge(arrived, 'or more', wireBytes, host));
    else if (socket.bytesRead - arrived > mostFraming)
      response.destroy(stopped('fetch/bad-answer', `more marks of chunks than text in them (${host})`));
  });
  const words = unpackers.length > 0 ? 'or more when unpacked' : 'or more';
  const excess = (came: number): Error => tooLarge(came, words, unpackedBytes, host);
  // A gauge between two layers: a bomb inside a bomb must not keep the inner one busy either.
  const layers = unpackers.flatMap((layer, at) => (at === 0 ? [layer] : [gauge(unpackedBytes, excess), layer]));
  const store = openStore(unpackedBytes, excess);
  try {
    await pipeline([response, ...layers, store.sink]);
  } catch (error) {
    // Nothing at all is no packed text, and yet what many servers send for an empty one.
    if (arrived > 0 || !response.complete) throw error;
  }
  const bytes = store.bytes();
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 32) };
}

/** Lets bytes through up to a limit. */
function gauge(limit: number, excess: (came: number) => Error): Transform {
  let came = 0;
  return new Transform({
    transform(piece: Uint8Array, _encoding, done) {
      came += piece.length;
      if (came > limit) done(excess(came));
      else done(null, piece);
    },
  });
}

/** ES2024, of which our target's types do not know. */
interface GrowingBuffer extends ArrayBuffer {
  resize(bytes: number): void;
}
const Growing = ArrayBuffer as unknown as new (bytes: number, options: { maxByteLength: number }) => GrowingBuffer;

const firstRoom = 65_536;

/**
 * One growing piece of memory. A list of pieces would cost a hundred times their bytes where each has but one, and what
 * is thrown away here is given back at once: the collector of garbage would let several bodies pile up.
 */
function openStore(limit: number, excess: (came: number) => Error): { sink: Writable; bytes(): Uint8Array } {
  const room = new Growing(Math.min(firstRoom, limit), { maxByteLength: limit });
  let length = 0;
  const sink = new Writable({
    write(piece: Uint8Array, _encoding, done) {
      const end = length + piece.length;
      if (end > limit) return done(excess(end));
      if (end > room.byteLength) room.resize(Math.min(limit, Math.max(end, room.byteLength * 2)));
      new Uint8Array(room, length, piece.length).set(piece);
      length = end;
      done();
    },
    destroy(error, done) {
      if (error !== null) room.resize(0);
      done(error);
    },
  });
  const bytes = (): Uint8Array => {
    room.resize(length);
    return Buffer.from(room, 0, length);
  };
  return { sink, bytes };
}

function tooLarge(came: number, words: string, cap: number, host: string): Error {
  return stopped(
    'fetch/too-large',
    `${size(came, Math.ceil)} ${words}, and we take ${size(cap, Math.round)} (${host})`,
  );
}

/** Rounded so that what came never looks as small as the cap. */
function size(count: number, round: (number: number) => number): string {
  const [unit, name] = count >= 1_048_576 ? [1_048_576, 'MiB'] : [1_024, 'KiB'];
  return `${round((count / unit) * 100) / 100} ${name}`;
}
