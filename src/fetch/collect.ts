/** Pieces of a body become one growing piece of memory, which is given back when its owner says so. */
import { Writable } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';

/** ES2024, of which our target's types do not know. */
interface GrowingBuffer extends ArrayBuffer {
  resize(bytes: number): void;
}
const Growing = ArrayBuffer as unknown as new (bytes: number, options: { maxByteLength: number }) => GrowingBuffer;

const firstRoom = 65_536;

interface Rules {
  /** Bytes at the most. */
  readonly limit: number;
  /** What to fail with where more come. */
  readonly excess: (came: number) => Error;
  /** Asked before the memory grows. @returns undefined where it may at once */
  readonly room: (bytes: number) => Promise<void> | undefined;
}

export interface Collector {
  /** Where the pieces go. While it waits for room, so does whoever sends them. */
  readonly sink: Writable;
  /** What has come. */
  bytes(): Uint8Array;
  /** Gives the memory back; what `bytes` returned is empty then. */
  letGo(): void;
}

/**
 * Gives the memory of bytes back at once; they are empty then. What is sent to a port that is closed belongs to nobody.
 * @param bytes alone in their memory
 */
export function giveBack(bytes: Uint8Array): void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.postMessage(undefined, [bytes.buffer as ArrayBuffer]);
  port1.close();
}

/**
 * A list of pieces would cost a hundred times their bytes where each has but one. And what is thrown away here is given
 * back at once: the collector of garbage would let several bodies pile up.
 */
export function openCollector({ limit, excess, room }: Rules): Collector {
  const memory = new Growing(0, { maxByteLength: limit });
  let length = 0;
  const add = (piece: Uint8Array): void => {
    new Uint8Array(memory, length, piece.length).set(piece);
    length += piece.length;
  };
  const letGo = (): void => memory.resize(0);
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
      const wait = room(size);
      if (wait === undefined) grow();
      else wait.then(grow).catch(done);
    },
    destroy(error, done) {
      if (error !== null) letGo();
      done(error);
    },
  });
  const bytes = (): Uint8Array => {
    memory.resize(length);
    return Buffer.from(memory, 0, length);
  };
  return { sink, bytes, letGo };
}
