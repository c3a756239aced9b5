/** Pieces of a body become one growing piece of memory, which is given back when its owner says so. */
import { Writable } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import { smallBytes } from './budget.ts';

/** ES2024, of which our target's types do not know. */
interface GrowingBuffer extends ArrayBuffer {
  readonly maxByteLength: number;
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
  /** What has come, to be looked at before it is let go: then the same memory takes another body. */
  look(): Uint8Array;
  /** The same in memory that no other body takes; empty once it is let go. To be asked for once. */
  take(): Uint8Array;
  /** Gives the memory back; harmless when repeated. */
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
 * Memory that bodies have let go of, for the next: to have the system take it and give other in its place costs more than to fill it,
 * and most bodies are small, or are not looked at once their hash is known.
 */
const spare: GrowingBuffer[] = [];
const mostSpare = 16;

/**
 * A list of pieces would cost a hundred times their bytes where each has but one. And what is thrown away here is given
 * back at once: the collector of garbage would let several bodies pile up.
 */
export function openCollector({ limit, excess, room }: Rules): Collector {
  let memory = spareOf(limit) ?? new Growing(0, { maxByteLength: limit });
  let granted = 0; // of it, as far as there was room
  let length = 0;
  let taken: Uint8Array | undefined;
  const add = (piece: Uint8Array): void => {
    new Uint8Array(memory, length, piece.length).set(piece);
    length += piece.length;
  };
  const letGoOfMemory = (): void => {
    if (memory.byteLength > smallBytes || spare.length >= mostSpare) memory.resize(0);
    else if (memory.byteLength > 0) spare.push(memory);
    memory = nothing;
    granted = 0;
    length = 0;
  };
  const letGo = (): void => {
    letGoOfMemory();
    if (taken !== undefined) giveBack(taken);
    taken = undefined;
  };
  const sink = new Writable({
    write(piece: Uint8Array, _encoding, done) {
      const end = length + piece.length;
      if (end > limit) return done(excess(end));
      if (end <= granted) {
        add(piece);
        return done();
      }
      const size = Math.min(limit, Math.max(end, granted * 2, firstRoom));
      const grow = (): void => {
        if (sink.destroyed) return;
        if (size > memory.byteLength) memory.resize(size);
        granted = size;
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
  const look = (): Uint8Array => Buffer.from(memory, 0, length);
  const take = (): Uint8Array => {
    if (memory.byteLength > smallBytes) {
      memory.resize(length); // there is no room for two
      return look();
    }
    taken = Buffer.from(Uint8Array.from(look()).buffer);
    letGoOfMemory();
    return taken;
  };
  return { sink, look, take, letGo };
}

/** In the place of what was let go. */
const nothing = new Growing(0, { maxByteLength: 0 });

/** Memory can grow to the limit that it was made with, and no further. */
function spareOf(limit: number): GrowingBuffer | undefined {
  const at = spare.findLastIndex(({ maxByteLength }) => maxByteLength === limit);
  return at < 0 ? undefined : spare.splice(at, 1)[0];
}
