/**
 * Most requests that a site gets are alike: a feed reader's, a few plain lines, for a file that is kept. These are answered as they
 * come from the socket, at a third of the price of node's own objects for them; every connection on which anything else is said
 * (another method, a query, a body, half a request, two at once, what has to be made or read first) is node's from then on, with
 * that request and all that follow.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Instant } from '../model.ts';
import type { Answer, Ask } from './file-answer.ts';

interface QuickOptions {
  /** Undefined or a promise where it is not to be had at once. */
  readonly answer: (ask: Ask) => Answer | Promise<Answer> | undefined;
  readonly now: () => Instant;
  /** A connection on which nothing comes, or nothing is taken, ends after so long. */
  readonly idleMs: number;
  /** The same before its first request. */
  readonly headMs: number;
}

/** Longer requests are not plain. */
const longestHead = 4_096;
/** A browser or feed reader says the same words each time: heads, and how many of them, that are known again by their bytes. */
const longestKnown = 1_024;
const mostKnown = 256;
const reasons = { 200: 'OK', 301: 'Moved Permanently', 304: 'Not Modified', 410: 'Gone' } as const;

/** @param server that is listened with; its own way of taking connections stays behind this one */
export function answerQuickly(server: Server, { answer, now, idleMs, headMs }: QuickOptions): { close: () => void } {
  const own = server.listeners('connection');
  const askOf = remembering(plainAsk);
  const open = new Set<Socket>();
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    const end = (): void => void socket.destroy();
    const finish = (): void => void socket.end(); // node leaves it open for answers that are still to come
    const forget = (): void => void open.delete(socket);
    const handOver = (chunk: Buffer): void => {
      socket.removeListener('data', read).removeListener('error', end).removeListener('timeout', end);
      socket.removeListener('end', finish).removeListener('close', forget).setTimeout(0);
      forget();
      socket.pause();
      for (const listener of own) listener.call(server, socket);
      socket.unshift(chunk);
      socket.resume();
    };
    const read = (chunk: Buffer): void => {
      const ask = askOf(chunk);
      const found = ask === undefined ? undefined : answer(ask);
      if (found === undefined || found instanceof Promise) handOver(chunk);
      else if (!send(socket, found, dateOf(now()))) socket.pause().once('drain', () => socket.resume());
      else if (socket.timeout !== idleMs) socket.setTimeout(idleMs);
    };
    socket.setNoDelay(true).setTimeout(headMs);
    socket.on('data', read).on('error', end).on('timeout', end).on('end', finish).on('close', forget);
  });
  return {
    close() {
      for (const socket of open) socket.destroy();
    },
  };
}

function remembering(read: (chunk: Buffer) => Ask | undefined): (chunk: Buffer) => Ask | undefined {
  const known = new Map<string, Ask>();
  return (chunk) => {
    if (chunk.length > longestKnown) return read(chunk);
    const text = chunk.toString('latin1');
    const before = known.get(text);
    if (before !== undefined) return before;
    const ask = read(chunk);
    if (ask === undefined) return undefined;
    if (known.size >= mostKnown) known.clear();
    known.set(text, ask);
    return ask;
  };
}

/** @returns false where the reader takes it more slowly than it is sent */
function send(socket: Socket, { status, headers, body }: Answer, date: string): boolean {
  let head = `HTTP/1.1 ${status} ${reasons[status]}\r\n`;
  for (let at = 0; at < headers.length; at += 2) head += `${headers[at]}: ${headers[at + 1]}\r\n`;
  head += `Date: ${date}\r\nConnection: keep-alive\r\n\r\n`;
  if (body === undefined) return socket.write(head, 'latin1');
  socket.cork();
  socket.write(head, 'latin1');
  const isTaken = socket.write(body);
  socket.uncork();
  return isTaken;
}

let second = 0;
let written = '';

/** As HTTP has it, written once a second. */
function dateOf(instant: Instant): string {
  const time = Math.floor(instant / 1_000);
  if (time !== second) {
    second = time;
    written = new Date(time * 1_000).toUTCString();
  }
  return written;
}

/** A request in its plainest form, RFC 9112 §3 and §5: no field goes on in a second line, and nothing stands behind it. */
const plain = /^(GET|HEAD) (\/[\w./-]*) HTTP\/1\.1\r\n(?:[A-Za-z0-9-]+:[\t\x20-\x7e]*\r\n)+\r\n$/;
/** What these say is for node to judge. */
const notPlain =
  /\n(?:content-length|transfer-encoding|expect|upgrade|range|if-range|if-match|if-unmodified-since|te|trailer):|\nconnection:(?![\t ]*keep-alive[\t ]*\r)/;

/** @returns undefined where a chunk is not exactly one plain request */
export function plainAsk(chunk: Buffer): Ask | undefined {
  if (chunk.length > longestHead) return undefined;
  const text = chunk.toString('latin1');
  const [, method, path] = plain.exec(text) ?? [];
  if (path === undefined) return undefined;
  const lower = text.toLowerCase();
  if (notPlain.test(lower)) return undefined;
  const values = wanted.map((name) => fieldIn(text, lower, name));
  if (values.includes('twice')) return undefined;
  const [host, acceptEncoding, ifNoneMatch, ifModifiedSince] = values;
  if (host === undefined) return undefined;
  return { path, query: '', isHead: method === 'HEAD', acceptEncoding, ifNoneMatch, ifModifiedSince };
}

const wanted = ['\nhost:', '\naccept-encoding:', '\nif-none-match:', '\nif-modified-since:'];

/** @param lower the same in small letters. @returns the value of a field, trimmed; `twice` where there are two */
function fieldIn(text: string, lower: string, name: string): string | undefined {
  const at = lower.indexOf(name);
  if (at === -1) return undefined;
  const start = at + name.length;
  if (lower.includes(name, start)) return 'twice';
  return text.slice(start, text.indexOf('\r', start)).trim();
}
