/** Requests as bytes on a socket: the plain ones are answered at once, all others by node; and nobody can tell which was which. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainAsk } from '../../src/serve/quick.ts';
import { openServer, type Server } from '../../src/serve/server.ts';

const host = 'Host: news.example\r\n';
const ask = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\n${host}${more}\r\n`;

let folder: string;
let server: Server;
const sockets: Socket[] = [];
const defects: unknown[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relais-quick-'));
  for (const name of ['one', 'two']) writeFileSync(join(folder, `${name}.txt`), name);
  server = await openServer(folder, {
    port: 0,
    host: '127.0.0.1',
    clock: Date,
    onDefect: (error) => defects.push(error),
  });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close();
  rmSync(folder, { recursive: true });
  expect(defects.splice(0)).toEqual([]);
});

/** What comes back for these bytes, sent one after the other, until so many answers are there or the server hangs up. */
function say(chunks: readonly (string | Buffer)[], answers: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    sockets.push(socket);
    let said = '';
    const next = [...chunks];
    const go = (): void => {
      const chunk = next.shift();
      if (chunk !== undefined) socket.write(chunk, () => setImmediate(go));
    };
    socket.setNoDelay(true).setEncoding('latin1').on('connect', go);
    socket.on('data', (text: string) => {
      said += text;
      if (
        (said.match(/HTTP\/1\.1 /g) ?? []).length >= answers &&
        /\r\n\r\n/.test(said.slice(said.lastIndexOf('HTTP/1.1')))
      )
        setTimeout(() => resolve(said), 20);
    });
    socket.on('error', () => undefined).on('close', () => resolve(said));
  });
}
const bodies = (said: string): string[] =>
  [...said.matchAll(/\r\n\r\n(?:\w+\r\n)?(one|two)/g)].map((found) => found[1] ?? '');

describe('what is plain', () => {
  test.each([
    ask('/'),
    ask('/calais/feed.xml', 'If-None-Match: "a", W/"b"\r\nAccept-Encoding: gzip\r\nConnection: keep-alive\r\n'),
    ask('/a', 'User-Agent: reader/1.0 (+https://x.example/)\r\n').replace('GET', 'HEAD'),
  ])('%j', (request) => {
    expect(plainAsk(Buffer.from(request))).toMatchObject({ path: /^\w+ (\S+)/.exec(request)?.[1] });
  });

  test.each([
    ['another method', ask('/').replace('GET', 'POST')],
    ['a query', ask('/search/?q=a')],
    ['an escape', ask('/%61')],
    ['an older protocol', ask('/').replace('1.1', '1.0')],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a body', ask('/', 'Content-Length: 3\r\n')],
    ['a body in pieces', ask('/', 'Transfer-Encoding: chunked\r\n')],
    ['a field twice', ask('/', 'If-None-Match: "a"\r\nif-none-match: "b"\r\n')],
    ['a field that goes on', ask('/', 'X: a\r\n b\r\n')],
    ['a field without a name', ask('/', ': a\r\n')],
    ['a space before the colon', ask('/', 'Content-Length : 3\r\n')],
    ['ends of lines of another kind', ask('/', 'X: a\nContent-Length: 3\r\n')],
    ['a wish to end', ask('/', 'Connection: close\r\n')],
    ['a part', ask('/', 'Range: bytes=0-1\r\n')],
    ['two at once', ask('/one.txt') + ask('/two.txt')],
    ['half of one', ask('/').slice(0, -2)],
    ['one and a half', `${ask('/')}GET`],
    ['letters that are none', ask('/', 'X: \xff\r\n')],
    ['a very long one', ask('/', `X: ${'a'.repeat(5_000)}\r\n`)],
    ['nothing', ''],
  ])('and not %s', (_what, request) => {
    expect(plainAsk(Buffer.from(request, 'latin1'))).toBeUndefined();
  });
});

test('one after the other on one connection, plain and not, each has its own answer in order', async () => {
  const said = await say(
    [ask('/one.txt'), ask('/two.txt'), ask('/one.txt?x'), ask('/two.txt'), ask('/one.txt', 'Connection: close\r\n')],
    5,
  );
  expect(bodies(said)).toEqual(['one', 'two', 'one', 'two', 'one']);
  expect(said.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(5);
  expect(said.match(/^Referrer-Policy: no-referrer/gim)).toHaveLength(5);
});

test.each([1, 3, 7, 64])('in pieces of %i bytes', async (size) => {
  const text = ask('/one.txt') + ask('/two.txt');
  const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    text.slice(at * size, (at + 1) * size),
  );
  expect(bodies(await say(pieces, 2))).toEqual(['one', 'two']);
});

test('two in one piece are two answers, and a body is no request', async () => {
  expect(bodies(await say([ask('/one.txt') + ask('/two.txt')], 2))).toEqual(['one', 'two']);
  const inside = ask('/two.txt');
  const post = `POST /one.txt HTTP/1.1\r\n${host}Content-Length: ${inside.length}\r\n\r\n`;
  const said = await say([post, inside, ask('/one.txt', 'Connection: close\r\n')], 9);
  expect(bodies(said)).toEqual(['one']);
  expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(2);
});

test('what is malformed is refused as node does', async () => {
  expect(await say(['GET / HTTP/1.1\r\n\r\n'], 1)).toMatch(/^HTTP\/1\.1 400 /);
  expect(await say(['\x16\x03\x01\x02\x00\x01\x00'], 1)).toMatch(/^HTTP\/1\.1 400 /);
  expect(await say([ask('/one.txt', 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n')], 1)).toMatch(
    /^HTTP\/1\.1 400 /,
  );
});

test('who asks and hangs up its own side is answered, and the connection ends', async () => {
  const said = await new Promise<string>((resolve) => {
    const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', allowHalfOpen: true });
    sockets.push(socket);
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.on('end', () => resolve(text)).end(ask('/one.txt'));
  });
  expect(bodies(said)).toEqual(['one']);
});

test('an answer that nobody takes is not followed by others', async () => {
  writeFileSync(join(folder, 'large.txt'), 'x'.repeat(4_000_000));
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  sockets.push(socket);
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.pause();
  const before = process.memoryUsage().arrayBuffers;
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => socket.write(ask('/large.txt'), resolve));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40_000_000);
});
