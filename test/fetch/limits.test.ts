import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import zlib, { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openAuthorities } from '../../src/fetch/authority.ts';
import { openBudget } from '../../src/fetch/budget.ts';
import { openNetwork } from '../../src/fetch/client.ts';
import { type Exchanged, exchange } from '../../src/fetch/exchange.ts';
import type { Timing } from '../../src/fetch/watch.ts';
import type { Fetched, NetworkLimits } from '../../src/model.ts';
import { selfSigned } from '../partner/certificate.ts';
import { type Answer, type Partner, startBarePartner, startPartner } from '../partner/server.ts';
import { ask, limits, now, stillClock, userAgent } from './network.ts';

const partners: Partner[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  await Promise.all(partners.splice(0).map((partner) => partner.close()));
});

async function fetchFrom(answer: Answer, part: Partial<NetworkLimits> = {}): Promise<Fetched> {
  const partner = await startPartner({ '/feed': answer });
  partners.push(partner);
  return openNetwork({ ...limits, ...part }, userAgent, stillClock).fetch(ask(`${partner.url}/feed`));
}

async function fetchBare(speak: (socket: Socket) => void, part: Partial<NetworkLimits> = {}): Promise<Fetched> {
  const partner = await startBarePartner(speak);
  partners.push(partner);
  return openNetwork({ ...limits, ...part }, userAgent, stillClock).fetch(ask(`${partner.url}/feed`));
}

/** One exchange with limits of time that `openNetwork` does not offer to set. */
function exchangeWith({ url: address }: Partner, timing: Timing): Promise<Exchanged> {
  const url = new URL(address);
  const addresses = [{ address: url.hostname, family: 4 }];
  const route = {
    kind: 'direct',
    name: url.hostname,
    port: Number(url.port),
    isSecure: false,
    addresses,
    shared: [],
  } as const;
  const context = openAuthorities()(undefined);
  return exchange(
    { url, route, headers: ['Host', url.host], context, leftMs: 4_000, signal: undefined },
    { caps: limits, timing, budget: openBudget() },
  );
}

const codeOf = (fetched: Fetched): string => (fetched.kind === 'failed' ? fetched.problem.code : fetched.kind);
const whyOf = (fetched: Fetched): string => (fetched.kind === 'failed' ? fetched.problem.happened : fetched.kind);
const textOf = (fetched: Fetched): string =>
  fetched.kind === 'fresh' ? Buffer.from(fetched.body).toString() : whyOf(fetched);

function fileWith(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'relais-'));
  folders.push(folder);
  const file = join(folder, 'authority.pem');
  writeFileSync(file, content);
  return file;
}

async function startSecure(certificate: { key: string; cert: string }): Promise<Partner> {
  const server = createServer(certificate, (_request, response) => response.end('<rss/>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const partner: Partner = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    wishRequests: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  partners.push(partner);
  return partner;
}

const text = '<rss><channel><title>News from the border</title></channel></rss>'.repeat(100);

describe('packed bodies', () => {
  test.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['deflate', deflateRawSync(text, { level: 0 })],
    ['br', brotliCompressSync(text)],
    ['identity', Buffer.from(text)],
    ['utf-8', Buffer.from(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['deflate, gzip', gzipSync(deflateRawSync(text))],
    ['identity, gzip', gzipSync(text)],
    ['gzip', Buffer.concat([gzipSync(text.slice(0, 500)), gzipSync(text.slice(500))])], // two members are one text
  ])('%s', async (coding, body) => {
    expect(textOf(await fetchFrom({ body, headers: { 'Content-Encoding': coding } }))).toBe(text);
  });

  test.skipIf('createZstdDecompress' in zlib)('zstd where the runtime has none', async () => {
    const fetched = await fetchFrom({ body: 'x', headers: { 'Content-Encoding': 'zstd' } });
    expect(whyOf(fetched)).toContain('in a way we did not offer: zstd');
  });

  test.runIf('createZstdDecompress' in zlib)('zstd where the runtime has it', async () => {
    const body = (zlib as unknown as { zstdCompressSync(text: string): Buffer }).zstdCompressSync(text);
    expect(textOf(await fetchFrom({ body, headers: { 'Content-Encoding': 'zstd' } }))).toBe(text);
    expect(codeOf(await fetchFrom({ body: body.subarray(0, 20), headers: { 'Content-Encoding': 'zstd' } }))).toBe(
      'fetch/cut-off',
    );
  });

  test.each([
    ['Content-Encoding twice', 'Content-Encoding: gzip\r\nContent-Encoding: br', brotliCompressSync(gzipSync(text))],
    ['as a transfer coding', 'Transfer-Encoding: gzip, chunked', gzipSync(text)],
    ['both', 'Content-Encoding: deflate\r\nTransfer-Encoding: gzip, chunked', gzipSync(deflateSync(text))],
  ])('%s', async (_name, headers, packed) => {
    const isChunked = headers.includes('chunked');
    const fetched = await fetchBare((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\n`);
      if (isChunked) socket.write(`${packed.length.toString(16)}\r\n`);
      socket.write(packed);
      socket.end(isChunked ? '\r\n0\r\n\r\n' : '');
    });
    expect(textOf(fetched)).toBe(text);
  });

  test.each(['gzip', 'deflate', 'br', 'gzip, br'])(
    'nothing at all, said to be %s, is an empty text',
    async (coding) => {
      const headers = { 'Content-Encoding': coding };
      expect(textOf(await fetchFrom({ body: '', headers }))).toBe('');
      expect(textOf(await fetchFrom((_request, response) => response.writeHead(200, headers).end()))).toBe('');
    },
  );

  test('nothing at all, and not whole either', async () => {
    const headers = 'Content-Encoding: gzip\r\nContent-Length: 10';
    const fetched = await fetchBare((socket) => socket.end(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\n`));
    expect(codeOf(fetched)).toBe('fetch/cut-off');
  });

  // RFC 1952 §2.2 has nothing but members in a gzip file; zeros are what tapes were filled up with.
  test.each([
    ['zeros', Buffer.alloc(512), text],
    ['a comment', Buffer.from('<!-- served from a cache -->'), 'answered with something'],
    ['half a member', gzipSync(text).subarray(0, 20), 'stopped in the middle'],
  ])('gzip with %s behind it', async (_name, more, beginning) => {
    const body = Buffer.concat([gzipSync(text), more]);
    const fetched = await fetchFrom({ body, headers: { 'Content-Encoding': 'gzip' } });
    expect(textOf(fetched).slice(0, beginning.length)).toBe(beginning);
  });

  test('in small pieces', async () => {
    for (const [coding, body] of [
      ['gzip', gzipSync(text)],
      ['deflate', deflateRawSync(text)],
    ] as const) {
      const answer: Answer = (_request, response) => {
        response.writeHead(200, { 'Content-Encoding': coding });
        for (const byte of body) response.write(Buffer.from([byte]));
        response.end();
      };
      expect(textOf(await fetchFrom(answer))).toBe(text);
    }
  });

  test.each([
    ['compress', Buffer.from('x'), 'compress'],
    ['gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(text))), '3 times'],
    ['gzip', Buffer.from(text), 'damaged'],
    ['br', Buffer.from(text), 'damaged'],
    ['deflate', Buffer.from(text), 'damaged'],
  ])('%s that is not: fetch/bad-answer', async (coding, body, why) => {
    const fetched = await fetchFrom({ body, headers: { 'Content-Encoding': coding } });
    expect(codeOf(fetched)).toBe('fetch/bad-answer');
    expect(whyOf(fetched)).toContain(why);
  });

  test.each([
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
  ])('%s without its end: fetch/cut-off', async (coding, whole) => {
    const body = whole.subarray(0, whole.length - 9);
    expect(codeOf(await fetchFrom({ body, headers: { 'Content-Encoding': coding } }))).toBe('fetch/cut-off');
  });
});

describe('caps', () => {
  const { wireBytes, unpackedBytes } = limits;

  test('a body as large as the cap is taken, a byte more is not', async () => {
    expect(codeOf(await fetchFrom({ body: Buffer.alloc(wireBytes, 'x') }))).toBe('fresh');
    const fetched = await fetchFrom({ body: Buffer.alloc(wireBytes + 1, 'x') });
    expect(codeOf(fetched)).toBe('fetch/too-large');
    expect(whyOf(fetched)).toContain('64.01 KiB or more, and we take 64 KiB');
  });

  test('what is announced too large is not read, and both sizes are named', async () => {
    const fetched = await fetchFrom((_request, response) => {
      response.writeHead(200, { 'Content-Length': 50 * 1_048_576 }).write('<rss>');
    });
    expect(whyOf(fetched)).toContain('50 MiB announced, and we take 64 KiB');
  });

  test('a body that never ends is stopped at the cap', async () => {
    let sent = 0;
    const fetched = await fetchFrom((_request, response) => {
      const piece = Buffer.alloc(8_192, 'x');
      const more = (): void => {
        if (response.destroyed) return;
        sent += piece.length;
        response.write(piece, more);
      };
      more();
    });
    expect(codeOf(fetched)).toBe('fetch/too-large');
    expect(whyOf(fetched)).toMatch(/ \d+(\.\d+)? KiB or more, and we take 64 KiB/);
    expect(sent).toBeGreaterThan(wireBytes);
  });

  test.each([
    ['gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['deflate', (bytes: Buffer) => deflateSync(bytes)],
    ['deflate', (bytes: Buffer) => deflateRawSync(bytes)],
    ['br', (bytes: Buffer) => brotliCompressSync(bytes)],
  ])('a bomb in %s costs its cap', async (coding, pack) => {
    const fetched = await fetchFrom({
      body: pack(Buffer.alloc(4 * 1_048_576)),
      headers: { 'Content-Encoding': coding },
    });
    expect(codeOf(fetched)).toBe('fetch/too-large');
    expect(whyOf(fetched)).toMatch(/\d\d\d(?:\.\d+)? KiB or more when unpacked, and we take 256 KiB/);
  });

  test('a bomb in an odd shell does not fill the memory before the next one', async () => {
    const body = deflateRawSync(gzipSync(Buffer.alloc(64 * 1_048_576), { level: 0 }));
    const fetched = await fetchFrom(
      { body, headers: { 'Content-Encoding': 'gzip, deflate' } },
      { wireBytes: 1_048_576 },
    );
    expect(codeOf(fetched)).toBe('fetch/too-large');
  });

  test('a body in chunks of a byte is all chunks: it is not read to its end', async () => {
    let sent = 0;
    const fetched = await fetchBare(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
        const piece = '1\r\nx\r\n'.repeat(2_000);
        const more = (): void => {
          if (socket.destroyed) return;
          sent += 2_000;
          socket.write(piece, more);
        };
        more();
      },
      { wireBytes: 4 * 1_048_576, unpackedBytes: 4 * 1_048_576 },
    );
    expect(codeOf(fetched)).toBe('fetch/bad-answer');
    expect(sent).toBeLessThan(2 * 1_048_576);
  });

  test('a bomb in a bomb is stopped at the inner shell', async () => {
    const inner = gzipSync(randomBytes(unpackedBytes)); // larger than the cap although its content is not
    const body = gzipSync(Buffer.concat([inner, Buffer.alloc(8 * 1_048_576)]));
    const headers = { 'Content-Encoding': 'gzip, gzip' };
    const fetched = await fetchFrom({ body, headers }, { wireBytes: 16 * 1_048_576 });
    expect(codeOf(fetched)).toBe('fetch/too-large');
  });

  test('a packed body exactly as large as the cap is taken', async () => {
    const headers = { 'Content-Encoding': 'gzip' };
    expect(codeOf(await fetchFrom({ body: gzipSync(Buffer.alloc(unpackedBytes)), headers }))).toBe('fresh');
    expect(codeOf(await fetchFrom({ body: gzipSync(Buffer.alloc(unpackedBytes + 1)), headers }))).toBe(
      'fetch/too-large',
    );
  });
});

describe('time', () => {
  const dripping = (beginning: string, drop: string) => (socket: Socket) => {
    socket.write(beginning);
    const drip = setInterval(() => socket.write(drop), 20);
    socket.on('close', () => clearInterval(drip));
  };

  test.each([
    ['no answer at all', () => {}, 'after 0.2 s'],
    ['headers that drip', dripping('HTTP/1.1 200 OK\r\nX: ', 'x'), 'after 0.2 s'],
    ['informational answers for ever', dripping('', 'HTTP/1.1 100 Continue\r\n\r\n'), 'after 0.2 s'],
    ['a body that drips', dripping('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n', 'x'), 'not finished after 0.2 s'],
    ['a body that drips without a length', dripping('HTTP/1.1 200 OK\r\n\r\n', 'x'), 'not finished after 0.2 s'],
  ])('%s is fetch/timeout', async (_name, speak, why) => {
    const begun = performance.now();
    const fetched = await fetchBare(speak, { totalMs: 200 });
    expect(codeOf(fetched)).toBe('fetch/timeout');
    expect(whyOf(fetched)).toContain(why);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  test('informational answers as fast as they can come are cut', async () => {
    const fetched = await fetchBare((socket) => {
      const hint = 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n'.repeat(100);
      const more = (): void => void (socket.destroyed || socket.write(hint, more));
      more();
    });
    expect(codeOf(fetched)).toBe('fetch/bad-answer');
    expect(whyOf(fetched)).toContain('announces');
  });

  test('a handshake that never begins', async () => {
    const partner = await startBarePartner(() => {});
    partners.push(partner);
    const net = openNetwork({ ...limits, totalMs: 150 }, userAgent, stillClock);
    const fetched = await net.fetch(ask(partner.url.replace('http:', 'https:')));
    expect(codeOf(fetched)).toBe('fetch/timeout');
    expect(whyOf(fetched)).toContain('0.2 s');
  });

  test('a limit of a phase that is shorter than the one before', async () => {
    const partner = await startBarePartner((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nx'));
    partners.push(partner);
    const begun = performance.now();
    const exchanged = await exchangeWith(partner, {
      connectMs: 4_000,
      firstByteMs: 2_000,
      idleMs: 50,
      totalMs: 4_000,
    });
    expect(exchanged).toMatchObject({ problem: { happened: expect.stringContaining('nothing more came for 0.1 s') } });
    expect(performance.now() - begun).toBeLessThan(1_500);
  });

  test('a name server that never answers', async () => {
    const net = openNetwork({ ...limits, totalMs: 200 }, userAgent, stillClock, {
      resolve: () => new Promise(() => {}),
    });
    expect(codeOf(await net.fetch(ask('http://news.example.org/')))).toBe('fetch/timeout');
  });

  test.each([
    ['firstByteMs', () => {}, 'connected, but no answer after 0.1 s'],
    [
      'idleMs',
      (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx'),
      'nothing more came for 0.1 s',
    ],
  ] as const)('%s has a limit of its own', async (limit, speak, why) => {
    const partner = await startBarePartner(speak);
    partners.push(partner);
    const timing = { connectMs: 4_000, firstByteMs: 4_000, idleMs: 4_000, totalMs: 4_000, [limit]: 100 };
    const exchanged = await exchangeWith(partner, timing);
    expect(exchanged).toMatchObject({ kind: 'failed', problem: { happened: expect.stringContaining(why) } });
  });

  test('a steady slow body is no idle one', async () => {
    const partner = await startPartner((_request, response) => {
      let left = 10;
      const drip = setInterval(() => {
        response.write('x');
        left -= 1;
        if (left > 0) return;
        clearInterval(drip);
        response.end();
      }, 60);
    });
    partners.push(partner);
    const timing = { connectMs: 4_000, firstByteMs: 4_000, idleMs: 400, totalMs: 4_000 };
    const exchanged = await exchangeWith(partner, timing);
    expect(exchanged.kind === 'answer' && exchanged.content?.take().toString()).toBe('xxxxxxxxxx');
  });
});

describe('half answers and no answers', () => {
  const head = 'HTTP/1.1 200 OK\r\n';
  test.each<readonly [string, (socket: Socket) => void, string]>([
    ['shorter than its Content-Length', (s) => s.end(`${head}Content-Length: 100\r\n\r\n<rss>`), 'fetch/cut-off'],
    [
      'chunked without the last chunk',
      (s) => s.end(`${head}Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n`),
      'fetch/cut-off',
    ],
    [
      'chunked, cut inside a chunk',
      (s) => s.end(`${head}Transfer-Encoding: chunked\r\n\r\n50\r\n<rss>`),
      'fetch/cut-off',
    ],
    [
      'reset in the middle',
      (s) => s.write(`${head}Content-Length: 100\r\n\r\n<rss>`, () => s.resetAndDestroy()),
      'fetch/cut-off',
    ],
    [
      'reset, no length',
      (s) => s.write(`${head}\r\n<rss>`, () => setTimeout(() => s.resetAndDestroy(), 50)),
      'fetch/cut-off',
    ],
    [
      'chunk of a wrong size',
      (s) => s.end(`${head}Transfer-Encoding: chunked\r\n\r\nxyz\r\n<rss>\r\n`),
      'fetch/bad-answer',
    ],
    [
      'chunk extensions without end',
      (s) => s.end(`${head}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(100_000)}\r\n<\r\n0\r\n\r\n`),
      'fetch/bad-answer',
    ],
    [
      'trailers beyond measure',
      (s) =>
        s.end(
          `${head}Transfer-Encoding: chunked\r\n\r\n1\r\n<\r\n0\r\n${`X: ${'y'.repeat(100)}\r\n`.repeat(1_000)}\r\n`,
        ),
      'fetch/bad-answer',
    ],
    [
      'a chunk larger than numbers',
      (s) => s.end(`${head}Transfer-Encoding: chunked\r\n\r\n${'f'.repeat(40)}\r\n<rss>`),
      'fetch/bad-answer',
    ],
    [
      'cookies beyond measure',
      (s) => s.end(`${head}${'Set-Cookie: a=b\r\n'.repeat(5_000)}\r\n<rss/>`),
      'fetch/bad-answer',
    ],
    ['lines that end in half', (s) => s.end('HTTP/1.1 200 OK\nX: y\n\n<rss/>'), 'fetch/bad-answer'],
    ['a folded header', (s) => s.end(`${head}X: a\r\n b\r\nContent-Length: 6\r\n\r\n<rss/>`), 'fetch/bad-answer'],
    ['a blank in a header name', (s) => s.end(`${head}X y: z\r\n\r\n<rss/>`), 'fetch/bad-answer'],
    ['an escape in a header', (s) => s.end(`${head}Location: /\u001b[31m\r\n\r\n<rss/>`), 'fetch/bad-answer'],
    ['HTTP/2 without asking', (s) => s.end('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 'fetch/bad-answer'],
    ['an answer before the request', (s) => s.end('\0\0\x12\x04\0\0\0\0\0'), 'fetch/bad-answer'],
    ['ICY', (s) => s.end('ICY 200 OK\r\n\r\n<rss/>'), 'fetch/bad-answer'],
    [
      'two answers',
      (s) => s.end(`${head}Content-Length: 6\r\n\r\n<rss/>${head}Content-Length: 4\r\n\r\nevil`),
      'fresh',
    ],
    ['HTTP/1.0 that says more', (s) => s.end('HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\n<rss/>'), 'fetch/cut-off'],
    ['closed without a word', (s) => s.end(), 'fetch/unreachable'],
    ['reset without a word', (s) => s.resetAndDestroy(), 'fetch/unreachable'],
    ['closed within its headers', (s) => s.end(`${head}Content-Ty`), 'fetch/unreachable'],
    ['not HTTP', (s) => s.end('SSH-2.0-OpenSSH_9.2\r\n'), 'fetch/bad-answer'],
    ['a page without headers', (s) => s.end('<html><body>hello</body></html>'), 'fetch/bad-answer'],
    ['headers beyond measure', (s) => s.end(`${head}X: ${'x'.repeat(40_000)}\r\n\r\n`), 'fetch/bad-answer'],
    ['headers without end', (s) => s.end(head + 'X: y\r\n'.repeat(20_000)), 'fetch/bad-answer'],
    ['two lengths', (s) => s.end(`${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n<rss>`), 'fetch/bad-answer'],
    [
      'a length and chunks',
      (s) => s.end(`${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
      'fetch/bad-answer',
    ],
    ['a length that is none', (s) => s.end(`${head}Content-Length: five\r\n\r\n<rss>`), 'fetch/bad-answer'],
    ['a negative length', (s) => s.end(`${head}Content-Length: -5\r\n\r\n<rss>`), 'fetch/bad-answer'],
    ['NUL in a header', (s) => s.end(`${head}X: a\0b\r\n\r\n<rss>`), 'fetch/bad-answer'],
    ['a status of letters', (s) => s.end('HTTP/1.1 abc\r\n\r\n'), 'fetch/bad-answer'],
    [
      'another protocol',
      (s) => s.end('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nxxxx'),
      'fetch/bad-answer',
    ],
    // and what is whole
    ['ended by closing', (s) => s.end(`${head}\r\n<rss/>`), 'fresh'],
    ['HTTP/1.0', (s) => s.end('HTTP/1.0 200 OK\r\n\r\n<rss/>'), 'fresh'],
    ['chunked', (s) => s.end(`${head}Transfer-Encoding: chunked\r\n\r\n6\r\n<rss/>\r\n0\r\n\r\n`), 'fresh'],
    ['with more after the end', (s) => s.end(`${head}Content-Length: 6\r\n\r\n<rss/>and more`), 'fresh'],
    [
      'after a hint',
      (s) => s.end(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${head}Content-Length: 6\r\n\r\n<rss/>`),
      'fresh',
    ],
  ])('%s', async (_name, speak, code) => {
    const fetched = await fetchBare(speak, { totalMs: 2_000 });
    expect(codeOf(fetched)).toBe(code);
    if (fetched.kind === 'fresh') expect(textOf(fetched)).toBe('<rss/>');
    else expect(whyOf(fetched)).toContain('127.0.0.1');
  });

  test('nobody listens', async () => {
    const partner = await startPartner({});
    await partner.close();
    const fetched = await openNetwork(limits, userAgent, stillClock).fetch(ask(partner.url));
    expect(codeOf(fetched)).toBe('fetch/unreachable');
    expect(whyOf(fetched)).toContain('connection refused (127.0.0.1:');
  });

  test('a name nobody knows', async () => {
    const unknown = (): Promise<never> =>
      Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
    const net = openNetwork(limits, userAgent, stillClock, { resolve: unknown });
    expect(whyOf(await net.fetch(ask('https://news.example.org/')))).toContain('name not found (news.example.org)');
  });
});

describe('TLS', () => {
  test.each([undefined, '0'])(
    'a certificate that nobody vouches for is refused, with the check switched off (%s) too',
    async (off) => {
      let asked = 0;
      const server = createServer(selfSigned(new Date(now)), (_request, response) => {
        asked += 1;
        response.end('<rss/>');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      if (off !== undefined) vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', off);
      const fetched = await openNetwork(limits, userAgent, stillClock).fetch(ask(`https://127.0.0.1:${port}/feed`));
      vi.unstubAllEnvs();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      expect(codeOf(fetched)).toBe('fetch/tls');
      expect(whyOf(fetched)).toContain('self-signed');
      expect(asked).toBe(0);
    },
  );

  test.each([
    ['expired', { years: [-9, -1] }, 'expired'],
    ['from the future', { years: [1, 9] }, 'not valid yet'],
    ['made out to another', { address: '127.0.0.2' }, 'another name'],
    ['good', { address: '127.0.0.1', organisation: 'A Trust' }, '<rss/>'],
  ] as const)('with an authority of its own, one that is %s', async (_name, made, said) => {
    const { key, cert } = selfSigned(new Date(), made as Parameters<typeof selfSigned>[1]);
    const partner = await startSecure({ key, cert });
    const authorityFile = fileWith(cert);
    const net = openNetwork(limits, userAgent, stillClock);
    const fetched = await net.fetch(ask(partner.url, { authorityFile }));
    expect(textOf(fetched)).toContain(said);
    if (said === '<rss/>') expect(fetched).toMatchObject({ marks: { address: '127.0.0.1', tlsIssuer: 'A Trust' } });
    else expect(codeOf(fetched)).toBe('fetch/tls');
    expect(codeOf(await net.fetch(ask(partner.url)))).toBe('fetch/tls'); // nobody else believes it
  });

  test('a name is asked for in the handshake, and the certificate must be made out to it', async () => {
    const { key, cert } = selfSigned(new Date(), { name: 'news.example.org' });
    const names: unknown[] = [];
    const server = createServer({ key, cert }, (request, response) => {
      names.push((request.socket as TLSSocket).servername);
      response.end('<rss/>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    partners.push({
      url: '',
      requests: [],
      wishRequests: [],
      close: () => new Promise((resolve) => server.close(() => resolve())),
    });
    const net = openNetwork(limits, userAgent, stillClock, {
      resolve: async () => [
        { address: '127.0.0.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    });
    const authorityFile = fileWith(cert);
    const at = (host: string): string => `https://${host}:${(server.address() as AddressInfo).port}/`;
    expect(textOf(await net.fetch(ask(at('news.example.org'), { authorityFile })))).toBe('<rss/>');
    expect(textOf(await net.fetch(ask(at('News.Example.Org.'), { authorityFile })))).toBe('<rss/>');
    expect(textOf(await net.fetch(ask(at('other.example.org'), { authorityFile })))).toContain('another name');
    expect(names).toEqual(['news.example.org', 'news.example.org']);
  });

  test('an issuer without an organisation is known by its name', async () => {
    const { key, cert } = selfSigned(new Date(), { address: '127.0.0.1' });
    const partner = await startSecure({ key, cert });
    const fetched = await openNetwork(limits, userAgent, stillClock).fetch(
      ask(partner.url, { authorityFile: fileWith(cert) }),
    );
    expect(fetched).toMatchObject({ marks: { tlsIssuer: 'a test partner' } });
  });

  test.each([
    ['/nowhere/at/all.pem', 'no such file'],
    [() => fileWith('hello'), 'no certificate in it'],
    [() => fileWith('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'), 'damaged'],
    [() => tmpdir(), tmpdir()],
  ])('an authority that cannot be read: %s', async (file, why) => {
    const { key, cert } = selfSigned(new Date(), { address: '127.0.0.1' });
    const partner = await startSecure({ key, cert });
    const authorityFile = typeof file === 'string' ? file : file();
    const fetched = await openNetwork(limits, userAgent, stillClock).fetch(ask(partner.url, { authorityFile }));
    expect(codeOf(fetched)).toBe('fetch/authority');
    expect(whyOf(fetched)).toContain(why);
  });

  test('a server that does not speak it', async () => {
    const partner = await startPartner({ '/feed': '<rss/>' });
    partners.push(partner);
    const net = openNetwork(limits, userAgent, stillClock);
    expect(codeOf(await net.fetch(ask(`${partner.url.replace('http:', 'https:')}/feed`)))).toBe('fetch/bad-answer');
  });
});

test('nothing is left open: every connection is closed, every timer stopped', async () => {
  const sockets = new Set<Socket>();
  const partner = await startPartner((request, response) => {
    sockets.add(request.socket);
    if (request.url === '/error') response.writeHead(500).write('and the rest never comes');
    else if (request.url === '/large') response.writeHead(200, { 'Content-Length': 1e9 }).write('x');
    else if (request.url === '/away') response.writeHead(302, { Location: 'ftp://x/' }).write('x');
    else if (request.url === '/slow') response.writeHead(200).write('x');
    else response.end('<rss/>');
  });
  partners.push(partner);
  await openNetwork({ ...limits, totalMs: 200 }, userAgent, stillClock).fetch(ask(`${partner.url}/slow`));
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const timersBefore = timers();
  const net = openNetwork(limits, userAgent, stillClock);
  for (const path of ['/', '/error', '/large', '/away']) await net.fetch(ask(partner.url + path));
  await Promise.all(
    [...sockets].map((socket) => socket.destroyed || new Promise((resolve) => socket.once('close', resolve))),
  );
  expect(sockets.size).toBe(5);
  expect(timers()).toBeLessThanOrEqual(timersBefore);
});

describe('a picture', () => {
  async function fetchPicture(answer: Answer, part: Partial<NetworkLimits> = {}): Promise<[Fetched, Partner]> {
    const partner = await startPartner({ '/sea.jpg': answer });
    partners.push(partner);
    const network = openNetwork({ ...limits, ...part }, userAgent, stillClock);
    return [await network.fetch({ ...ask(`${partner.url}/sea.jpg`), what: 'picture' }), partner];
  }

  test('is asked for in the kinds that we can show', async () => {
    const [fetched, { requests }] = await fetchPicture({ body: 'x' });
    expect(codeOf(fetched)).toBe('fresh');
    expect(requests[0]?.headers.accept).toBe('image/jpeg, image/png, image/webp, image/gif, */*;q=0.1');
  });

  test('has bounds of its own, also where feeds may be larger, and tighter ones where feeds have them', async () => {
    const large = { body: randomBytes(9_000_000) };
    const wide = { wireBytes: 20_000_000, unpackedBytes: 20_000_000 };
    expect(codeOf(await fetchFrom(large, wide))).toBe('fresh');
    expect(codeOf((await fetchPicture(large, wide))[0])).toBe('fetch/too-large');
    expect(codeOf((await fetchPicture({ body: randomBytes(3_000) }, { wireBytes: 2_000 }))[0])).toBe('fetch/too-large');
  });
});
