/** The web server against requests that no browser makes: malformed addresses, doubled slashes, halves, and far too many. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openServer, type Server, type ServerOptions } from '../../src/serve/server.ts';

let folder: string;
const servers: Server[] = [];
const sockets: Socket[] = [];
const stumbles: unknown[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-serve-'));
  mkdirSync(join(folder, 'calais', '2026-11'), { recursive: true });
  for (const page of ['index.html', 'calais/index.html', 'calais/2026-11/index.html'])
    writeFileSync(join(folder, page), `<p>${page}</p>`);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await server.close();
  stumbles.length = 0;
  rmSync(folder, { recursive: true });
});

async function serve(options: Partial<ServerOptions> = {}): Promise<number> {
  const onDefect = (error: unknown): void => void stumbles.push(error);
  const server = await openServer(folder, { port: 0, host: '127.0.0.1', clock: Date, onDefect, ...options });
  servers.push(server);
  return Number(new URL(server.url).port);
}

interface Answer {
  readonly status: number | undefined;
  readonly location: string | undefined;
  readonly body: string;
  readonly type: string | undefined;
}

/** As written: `fetch` would tidy the address first. */
function get(port: number, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          location: response.headers.location,
          type: response.headers['content-type'],
          body,
        }),
      );
    });
    asked.on('error', reject).end();
  });
}

test.each([
  '/%',
  '/%ff',
  '/%E0%A4%A',
  '/calais/%',
  '/calais/%zz/',
  '/%00',
  '/calais%2findex.html',
  '/..%2f..%2fetc%2fpasswd',
  '/%252e%252e/',
  '/%5cevil.example',
  `/${'a/'.repeat(2_000)}`,
])('there is nothing at %s', async (path) => {
  expect(await get(await serve(), path)).toMatchObject({ status: 404, location: undefined });
  expect(stumbles).toEqual([]);
});

test('a calendar is served as one', async () => {
  writeFileSync(join(folder, 'calais', 'calendar.ics'), 'BEGIN:VCALENDAR\r\n');
  expect(await get(await serve(), '/calais/calendar.ics')).toMatchObject({
    status: 200,
    type: 'text/calendar; charset=utf-8',
  });
});

test('a percent sign that stands for a letter is that letter', async () => {
  expect(await get(await serve(), '/%63alais/')).toMatchObject({ status: 200, body: '<p>calais/index.html</p>' });
});

describe('a folder without its slash leads to the folder, on this host', () => {
  test.each([
    ['/calais', '/calais/'],
    ['//calais', '/calais/'],
    ['///calais', '/calais/'],
    ['//calais/', '/calais/'],
    ['/calais//2026-11', '/calais/2026-11/'],
    ['//calais//2026-11//', '/calais/2026-11/'],
    ['//', '/'],
    ['/calais//index.html', '/calais/index.html'],
  ])('%s', async (path, location) => {
    expect(await get(await serve(), path)).toMatchObject({ status: 301, location });
  });

  test.each(['//evil.example', '//evil.example/', '//evil.example/calais', '/\\evil.example/', '//calais/../..//'])(
    '%s leads nowhere else',
    async (path) => {
      const { status, location } = await get(await serve(), path);
      expect(location ?? '/').toMatch(/^\/(?![/\\])/);
      expect([301, 400, 404]).toContain(status);
    },
  );
});

test('what fails while a page is made is told to the program, not to whoever asked', async () => {
  const broken = (): never => {
    throw new Error('the disk is on fire');
  };
  const port = await serve({ watch: { health: broken, metrics: broken } });
  const answer = await get(port, '/healthz');
  expect(answer.status).toBe(500);
  expect(answer.body).not.toContain('fire');
  expect(stumbles).toMatchObject([{ message: 'the disk is on fire' }]);
});

/** Resolves with all that came when the server hangs up. */
function say(port: number, words: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(words));
    sockets.push(socket);
    let said = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      said += text;
    });
    socket.on('error', () => undefined).on('close', () => resolve(said));
  });
}

test.each([
  ['half a head', 'GET / HTTP/1.1\r\nHost: news.example\r\nX-Slow: '],
  ['half a body', 'POST / HTTP/1.1\r\nHost: news.example\r\nContent-Length: 100\r\n\r\nhalf'],
  ['nothing at all', ''],
])('who sends %s is not waited for', async (_what, words) => {
  const port = await serve({ patience: { headMs: 100, requestMs: 200, idleMs: 300 } });
  expect(await say(port, words)).not.toMatch(/^HTTP\/1\.1 200/);
});

test('more connections at once than there is room for are turned away, and the others are served', async () => {
  const port = await serve({ patience: { connections: 2 } });
  const first = connect(port, '127.0.0.1');
  const second = connect(port, '127.0.0.1');
  sockets.push(first, second);
  await Promise.all([first, second].map((one) => new Promise((resolve) => one.once('connect', resolve))));
  expect(await say(port, 'GET / HTTP/1.1\r\nHost: news.example\r\n\r\n')).toBe('');
  const closed = new Promise((resolve) => first.once('close', resolve));
  first.end('GET / HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n\r\n');
  first.resume();
  await closed;
  expect((await get(port, '/')).status).toBe(200);
});
