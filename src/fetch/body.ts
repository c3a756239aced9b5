/** A response as it comes off the wire becomes its unpacked bytes and their hash, or stops at a cap. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Share } from './budget.ts';
import { stopped } from './failure.ts';
import { headerText } from './hints.ts';
import { unpackersFor } from './unpack.ts';
import type { Watch } from './watch.ts';

export interface Caps {
  readonly wireBytes: number;
  readonly unpackedBytes: number;
}

export interface Body {
  readonly bytes: Uint8Array;
  /** The first 32 hexadecimal digits of the SHA-256 of `bytes`. */
  readonly hash: string;
  /** Gives the memory back; `bytes` is empty then. To be done in any case, and harmless when repeated. */
  readonly letGo: () => void;
}

interface Reading {
  readonly caps: Caps;
  /** Of the memory that all bodies have together; settled where the reading fails. */
  readonly share: Share;
  /** Told of every piece that arrives, and of waits for memory. */
  readonly watch: Pick<Watch, 'progress' | 'suspended'>;
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
export async function readBody(response: IncomingMessage, reading: Reading): Promise<Body> {
  const { caps, watch, host } = reading;
  const { wireBytes, unpackedBytes } = caps;
  const announced = Number(headerText(response.headers, 'content-length') ?? 0);
  if (announced > wireBytes) throw tooLarge(announced, 'announced', wireBytes, host);
  const unpackers = unpackersFor(response.headers, host);
  const { socket } = response;
  let arrived = 0;
  response.on('data', (piece: Uint8Array) => {
    watch.progress();
    arrived += piece.length;
    if (arrived > wireBytes) response.destroy(tooLarge(arrived, 'or more', wireBytes, host));
    else if (socket.bytesRead - arrived > mostFraming)
      response.destroy(stopped('fetch/bad-answer', `more marks of chunks than text in them (${host})`));
  });
  const words = unpackers.length > 0 ? 'or more when unpacked' : 'or more';
  const excess = (came: number): Error => tooLarge(came, words, unpackedBytes, host);
  // A gauge between two layers: a bomb inside a bomb must not keep the inner one busy either.
  const layers = unpackers.flatMap((layer, at) => (at === 0 ? [layer] : [gauge(unpackedBytes, excess), layer]));
  const store = openStore(excess, reading);
  try {
    await pipeline([response, ...layers, store.sink]);
  } catch (error) {
    // Nothing at all is no packed text, and yet what many servers send for an empty one.
    if (arrived > 0 || !response.complete) throw error;
  }
  const bytes = store.bytes();
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 32), letGo: store.letGo };
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

interface Store {
  readonly sink: Writable;
  /** What has come, once all has. */
  bytes(): Uint8Array;
  readonly letGo: () => void;
}

/**
 * One growing piece of memory. A list of pieces would cost a hundred times their bytes where each has but one, and what
 * is thrown away here is given back at once: the collector of garbage would let several bodies pile up.
 *
 * Where there is no room to grow, the server waits with us: a sink that is not done pauses the socket.
 */
function openStore(excess: (came: number) => Error, { caps, share, watch }: Reading): Store {
  const limit = caps.unpackedBytes;
  const memory = new Growing(0, { maxByteLength: limit });
  let length = 0;
  const add = (piece: Uint8Array): void => {
    new Uint8Array(memory, length, piece.length).set(piece);
    length += piece.length;
  };
  const letGo = (): void => {
    memory.resize(0);
    share.settle(0);
  };
  const sink = new Writable({
    write(piece: Uint8Array, _encoding, done) {
      const end = length + piece.length;
      if (end > limit) return done(excess(end));
      if (end <= memory.byteLength) {
        add(piece);
        return done();
      }
      const size = Math.min(limit, Math.max(end, memory.byteLength * 2, firstRoom));
      const grow = (): void => {
        if (sink.destroyed) return;
        memory.resize(size);
        add(piece);
        done();
      };
      const wait = share.need(size);
      if (wait === undefined) grow();
      else watch.suspended(wait).then(grow).catch(done);
    },
    destroy(error, done) {
      if (error !== null) letGo();
      done(error);
    },
  });
  const bytes = (): Uint8Array => {
    memory.resize(length);
    share.settle(length);
    return Buffer.from(memory, 0, length);
  };
  return { sink, bytes, letGo };
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
