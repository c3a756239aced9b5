/** A response as it comes off the wire becomes its unpacked bytes and their hash, or stops at a cap. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Duplex, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Share, smallBytes } from './budget.ts';
import { type Collector, openCollector } from './collect.ts';
import { stopped } from './failure.ts';
import { headerText } from './hints.ts';
import { runsAhead, unpackersFor } from './unpack.ts';
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
  const layers = layersOf(unpackersFor(headers, host), reading);
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
  const isUnpackedLater = runsAhead(headers);
  const collector = isUnpackedLater
    ? openCollector({ limit: wireBytes, excess: (came) => tooLarge(came, 'or more', wireBytes, host), room })
    : openCollector({ limit: unpackedBytes, excess: layers.excess, room });
  try {
    await pipeline([response, ...(isUnpackedLater ? [] : layers.open()), collector.sink]);
  } catch (error) {
    // Nothing at all is no packed text, and yet what many servers send for an empty one.
    if (arrived > 0 || !response.complete) throw error;
  }
  const { bytes, letGo } =
    isUnpackedLater && arrived > 0
      ? await watch.suspended(unpackAlone(collector, layers, { share, limit: unpackedBytes }))
      : collector;
  const body = bytes();
  share.settle(body.length);
  return {
    bytes: body,
    hash: createHash('sha256').update(body).digest('hex').slice(0, 32),
    letGo() {
      letGo();
      share.settle(0);
    },
  };
}

interface Layers {
  /** The steps, each for one use. */
  open(): readonly Duplex[];
  readonly excess: (came: number) => Error;
}

function layersOf(makers: readonly (() => Duplex)[], { caps, host }: Reading): Layers {
  const limit = caps.unpackedBytes;
  const words = makers.length > 0 ? 'or more when unpacked' : 'or more';
  const excess = (came: number): Error => tooLarge(came, words, limit, host);
  // A gauge between two layers: a bomb inside a bomb must not keep the inner one busy either.
  const open = (): readonly Duplex[] =>
    makers.flatMap((make, at) => (at === 0 ? [make()] : [gauge(limit, excess), make()]));
  return { open, excess };
}

/**
 * Unpacks a body that is here as a whole, of a kind that takes memory beside our own: nobody else does meanwhile. Small
 * ones need no more than that; which ones are not shows only when they turn out larger, and these begin anew in their turn.
 */
async function unpackAlone(
  packed: Collector,
  layers: Layers,
  { share, limit }: { readonly share: Share; readonly limit: number },
): Promise<Collector> {
  const tooSmall = new Error('more than a small body');
  const unpackTo = (most: number): Promise<Collector> =>
    share.alone(async () => {
      const excess = most < limit ? () => tooSmall : layers.excess;
      const collector = openCollector({ limit: most, excess, room: () => undefined });
      await pipeline([Readable.from([packed.bytes()]), ...layers.open(), collector.sink]);
      return collector;
    });
  try {
    return await unpackTo(Math.min(smallBytes, limit)).catch(async (error: unknown) => {
      if (error !== tooSmall) throw error;
      await share.need(limit);
      return await unpackTo(limit);
    });
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
