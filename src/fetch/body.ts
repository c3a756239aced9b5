/** A response as it comes off the wire becomes its unpacked bytes and their hash, or stops at a cap. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Duplex, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Share, smallBytes } from './budget.ts';
import { type Collector, giveBack, openCollector } from './collect.ts';
import { stopped } from './failure.ts';
import { headerText } from './hints.ts';
import { isExcess, type Unpacker, unpackersFor } from './unpack.ts';
import type { Watch } from './watch.ts';

export interface Caps {
  readonly wireBytes: number;
  readonly unpackedBytes: number;
}

export interface Body {
  /** What it says; empty once it is let go. To be asked for once: many a body is known by its hash. */
  readonly take: () => Uint8Array;
  /** The first 32 hexadecimal digits of the SHA-256 of it. */
  readonly hash: string;
  /** Gives the memory back. To be done in any case, and harmless when repeated. */
  readonly letGo: () => void;
}

interface Reading {
  readonly caps: Caps;
  /** Of the memory that all bodies have together; whoever calls ends it where the reading fails. */
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
 * pieces; where there is no room for more, the server waits with us.
 * @throws Stopped with fetch/too-large or fetch/bad-answer; any error of a socket or of zlib as it is
 */
export async function readBody(response: IncomingMessage, reading: Reading): Promise<Body> {
  const { caps, share, watch, host } = reading;
  const { wireBytes, unpackedBytes } = caps;
  const { headers, socket } = response;
  const announced = Number(headerText(headers, 'content-length') ?? 0);
  if (announced > wireBytes) throw tooLarge(announced, 'announced', wireBytes, host);
  const layers = unpackersFor(headers, host);
  const words = layers.length > 0 ? 'or more when unpacked' : 'or more';
  const excess = (came: number): Error => tooLarge(came, words, unpackedBytes, host);
  let arrived = 0;
  response.on('data', (piece: Uint8Array) => {
    watch.progress();
    arrived += piece.length;
    if (arrived > wireBytes) response.destroy(tooLarge(arrived, 'or more', wireBytes, host));
    else if (socket.bytesRead - arrived > mostFraming)
      response.destroy(stopped('fetch/bad-answer', `more marks of chunks than text in them (${host})`));
  });
  const room = (bytes: number): Promise<void> | undefined => {
    const wait = share.need(bytes);
    return wait === undefined ? undefined : watch.suspended(wait);
  };
  const steps = stepsOf(layers, unpackedBytes, excess);
  const collector =
    steps === undefined
      ? openCollector({ limit: wireBytes, excess: (came) => tooLarge(came, 'or more', wireBytes, host), room })
      : openCollector({ limit: unpackedBytes, excess, room });
  try {
    await pipeline([response, ...(steps ?? []), collector.sink]);
  } catch (error) {
    // Nothing at all is no packed text, and yet what many servers send for an empty one.
    if (arrived > 0 || !response.complete) throw error;
  }
  const { look, take, letGo } =
    steps === undefined && arrived > 0
      ? await watch.suspended(unpackWhole(collector, layers, { share, limit: unpackedBytes, excess }))
      : collector;
  const body = look();
  share.settle(body.length);
  return {
    take,
    hash: createHash('sha256').update(body).digest('hex').slice(0, 32),
    letGo() {
      letGo();
      share.settle(0);
    },
  };
}

/** Steps for the bytes as they come; undefined where a layer can be taken off only at once. */
function stepsOf(
  layers: readonly Unpacker[],
  limit: number,
  excess: (came: number) => Error,
): readonly Duplex[] | undefined {
  const openers = layers.map(({ open }) => open).filter((open) => open !== undefined);
  if (openers.length < layers.length) return undefined;
  // A gauge between two layers: a bomb inside a bomb must not keep the inner one busy either.
  return openers.flatMap((open, at) => (at === 0 ? [open()] : [gauge(limit, excess), open()]));
}

/**
 * Unpacks a body that is here as a whole. A small one has room; which ones are small shows only when they turn out larger, and
 * these begin anew when there is room for the largest.
 */
async function unpackWhole(
  packed: Collector,
  layers: readonly Unpacker[],
  { share, limit, excess }: { readonly share: Share; readonly limit: number; readonly excess: (came: number) => Error },
): Promise<Omit<Collector, 'sink'>> {
  const unpackTo = (most: number): Uint8Array =>
    layers.reduce((bytes, { whole }, at) => {
      const unpacked = whole(bytes, most);
      if (at > 0) giveBack(bytes);
      return unpacked;
    }, packed.look());
  const unpack = async (): Promise<Uint8Array> => {
    try {
      return unpackTo(Math.min(smallBytes, limit));
    } catch (error) {
      if (!isExcess(error) || limit <= smallBytes) throw error;
      await share.need(limit);
      return unpackTo(limit);
    }
  };
  try {
    const bytes = await unpack();
    return { look: () => bytes, take: () => bytes, letGo: () => giveBack(bytes) };
  } catch (error) {
    throw isExcess(error) ? excess(limit + 1) : error;
  } finally {
    packed.letGo();
  }
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
