/** Published files as a browser, a reader program and a proxy ask for them: packed, conditionally, and while they change. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodingFor } from '../../src/serve/encoding.ts';
import { openServer, type Server, type ServerOptions } from '../../src/serve/server.ts';
import { openSiteFiles } from '../../src/serve/site-files.ts';

const page = `<!DOCTYPE html><title>News</title>${'<p>The same words again and again.</p>'.repeat(200)}`;
const changed = Date.UTC(2026, 10, 20, 7, 0, 5);

let folder: string;
const servers: Server[] = [];
const defects: unknown[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-files-'));
  mkdirSync(join(folder, 'calais'));
  put('calais/index.html', page);
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  expect(defects.splice(0)).toEqual([]);
  rmSync(folder, { recursive: true });
});

/** As a publication does: laid beside, then renamed. */
function put(path: string, content: string | Buffer, at = changed): void {
  writeFileSync(join(folder, 'new'), content);
  utimesSync(join(folder, 'new'), at / 1_000, at / 1_000);
  renameSync(join(folder, 'new'), join(folder, path));
}

async function serve(options: Partial<ServerOptions> = {}): Promise<number> {
  const onDefect = (error: unknown): void => void defects.push(error);
  const server = await openServer(folder, { port: 0, host: '127.0.0.1', clock: Date, onDefect, ...options });
  servers.push(server);
  return Number(new URL(server.url).port);
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path, headers, method }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    asked.on('error', reject).end();
  });
}

describe('packing', () => {
  test.each([
    ['br', 'gzip, deflate, br', brotliDecompressSync],
    ['gzip', 'gzip, deflate', gunzipSync],
    ['gzip', 'br;q=0, *', gunzipSync],
  ])('%s for a browser that says %s', async (encoding, accepted, unpack) => {
    const port = await serve();
    for (const _ of ['packed for this one', 'kept']) {
      const answer = await ask(port, '/calais/', { 'Accept-Encoding': accepted });
      expect(answer.headers).toMatchObject({ 'content-encoding': encoding, vary: 'Accept-Encoding' });
      expect(unpack(answer.body).toString()).toBe(page);
      expect(answer.headers['content-length']).toBe(String(answer.body.length));
      expect(answer.body.length).toBeLessThan(page.length / 10);
    }
  });

  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['identity', 'identity'],
    ['deflate', 'identity'],
    ['gzip;q=0', 'identity'],
    ['*;q=0', 'identity'],
    ['gzip;q=0.5, identity', 'identity'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['br;q=0.2, gzip;q=0.9', 'gzip'],
    ['*', 'br'],
    ['gzip, br', 'br'],
    [';;,,q=', 'identity'],
    [`${'a,'.repeat(2_000)}gzip`, 'gzip'],
  ])('%j is answered %s', (header, encoding) => {
    expect(encodingFor(header)).toBe(encoding);
  });

  test('is left out where it would make a file larger, and for pictures', async () => {
    put('tiny.txt', 'x');
    put('photo.jpg', Buffer.alloc(5_000));
    const port = await serve();
    for (const path of ['/tiny.txt', '/photo.jpg']) {
      const { headers } = await ask(port, path, { 'Accept-Encoding': 'br, gzip' });
      expect(headers['content-encoding']).toBeUndefined();
    }
    expect((await ask(port, '/photo.jpg')).headers.vary).toBeUndefined();
  });

  test('of a hundred who ask at once, each gets the whole', async () => {
    const port = await serve();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        ask(port, '/calais/', { 'Accept-Encoding': at % 2 === 0 ? 'gzip' : 'br' }),
      ),
    );
    for (const { body, headers } of answers) {
      const unpacked = headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : gunzipSync(body);
      expect(unpacked.toString()).toBe(page);
    }
  });
});

describe('who has it already', () => {
  test('is told so by tag, by each encoding’s own, and nothing is sent', async () => {
    const port = await serve();
    const tags = new Set<unknown>();
    for (const encoding of ['identity', 'gzip', 'br']) {
      const first = await ask(port, '/calais/', { 'Accept-Encoding': encoding });
      tags.add(first.headers.etag);
      const again = await ask(port, '/calais/', {
        'Accept-Encoding': encoding,
        'If-None-Match': `"other", W/${String(first.headers.etag)}`,
      });
      expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0) });
      for (const name of ['etag', 'cache-control', 'vary', 'last-modified'])
        expect(again.headers[name]).toBe(first.headers[name]);
      expect(again.headers['content-encoding']).toBeUndefined();
    }
    expect(tags.size).toBe(3);
  });

  test('is told so by date; where a tag is named too, the date counts for nothing', async () => {
    const port = await serve();
    const at = async (headers: Record<string, string>): Promise<number | undefined> =>
      (await ask(port, '/calais/', headers)).status;
    const { headers } = await ask(port, '/calais/');
    expect(headers['last-modified']).toBe(new Date(changed).toUTCString());
    const since = (ms: number): string => new Date(changed + ms).toUTCString();
    expect(await at({ 'If-Modified-Since': since(0) })).toBe(304);
    expect(await at({ 'If-Modified-Since': since(60_000) })).toBe(304);
    expect(await at({ 'If-Modified-Since': since(-60_000) })).toBe(200);
    expect(await at({ 'If-Modified-Since': 'the day before yesterday' })).toBe(200);
    expect(await at({ 'If-Modified-Since': since(0), 'If-None-Match': '"of another file"' })).toBe(200);
  });

  test('gets what has changed at once, also within the same second and of the same length', async () => {
    const port = await serve();
    const { headers } = await ask(port, '/calais/');
    put('calais/index.html', page.replace('same', 'sane'));
    const answer = await ask(port, '/calais/', { 'If-None-Match': String(headers.etag) });
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toContain('sane');
    rmSync(join(folder, 'calais', 'index.html'));
    expect((await ask(port, '/calais/', { 'If-None-Match': String(headers.etag) })).status).toBe(404);
  });
});

test('a withdrawn text is gone, whatever a browser has of it, and is asked for again each time', async () => {
  mkdirSync(join(folder, 'story', 'abc'), { recursive: true });
  put('story/abc/index.html', '<head><meta name="relais-state" content="withdrawn"></head>It was taken back.');
  const port = await serve();
  const first = await ask(port, '/story/abc/');
  expect(first).toMatchObject({ status: 410, headers: { 'cache-control': 'no-cache' } });
  expect(first.body.toString()).toContain('taken back');
  expect((await ask(port, '/story/abc/', { 'If-None-Match': String(first.headers.etag) })).status).toBe(410);
});

test('a question that is led to its folder is not lost on the way', async () => {
  const { headers } = await ask(await serve(), '/calais?q=a&b=%22');
  expect(headers.location).toBe('/calais/?q=a&b=%22');
});

test('only the head is asked for', async () => {
  const answer = await ask(await serve(), '/calais/', {}, 'HEAD');
  expect(answer).toMatchObject({ status: 200, headers: { 'content-length': String(Buffer.byteLength(page)) } });
  expect(answer.body).toHaveLength(0);
});

test('nothing is to be had in another way, nor under a hidden name', async () => {
  mkdirSync(join(folder, '.relais-part'));
  writeFileSync(join(folder, '.relais-part', 'index.html'), 'a draft');
  const port = await serve();
  for (const path of ['/.relais-part/', '/.relais-part/index.html', '/calais/../.relais-part/index.html'])
    expect((await ask(port, path)).status).toBe(404);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    expect((await ask(port, '/calais/', {}, method)).status).toBe(404);
});

test('every answer keeps readers private, and a path may have its own age', async () => {
  put('calais/feed.xml', '<rss/>');
  const port = await serve({
    maxAgeOf: (path) => (path.startsWith('/calais/') ? 77 : 300),
    linksOf: (path) => (path.endsWith('.xml') ? '<https://hub.example/>; rel="hub"' : undefined),
  });
  for (const [path, status] of [
    ['/calais/', 200],
    ['/calais', 301],
    ['/nothing', 404],
  ] as const) {
    const answer = await ask(port, path);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' });
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['set-cookie']).toBeUndefined();
  }
  const feed = await ask(port, '/calais/feed.xml');
  expect(feed.headers).toMatchObject({ 'cache-control': 'max-age=77', link: '<https://hub.example/>; rel="hub"' });
  expect((await ask(port, '/calais/')).headers.link).toBeUndefined();
});

test('what is kept takes no more room than it may, and what is asked for stays', () => {
  for (let at = 0; at < 40; at++) put(`${at}.txt`, `${at} `.repeat(1_000));
  symlinkSync('0.txt', join(folder, 'link.txt'));
  const files = openSiteFiles(folder, 20_000);
  const bodyOf = (path: string): Buffer | undefined => {
    const found = files.find(path);
    return found?.kind === 'file' ? found.file.whole.body : undefined;
  };
  const first = bodyOf('/0.txt');
  for (let at = 1; at < 40; at++) {
    expect(bodyOf(`/${at}.txt`)?.toString()).toBe(`${at} `.repeat(1_000));
    expect(bodyOf('/0.txt')).toBe(first); // the very same bytes: they were not read again
  }
  expect(bodyOf('/link.txt')?.equals(first ?? Buffer.alloc(0))).toBe(true);
});
