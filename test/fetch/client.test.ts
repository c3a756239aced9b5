import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { openNetwork } from '../../src/fetch/client.ts';
import type { IpAddress } from '../../src/fetch/names.ts';
import type { Fetched, NetworkLimits } from '../../src/model.ts';
import { type Partner, type Script, startPartner } from '../partner/server.ts';
import { ask, limits, now, stillClock, userAgent } from './network.ts';

const partners: Partner[] = [];
afterEach(async () => {
  await Promise.all(partners.splice(0).map((partner) => partner.close()));
});

async function partnerWith(script: Script): Promise<Partner> {
  const partner = await startPartner(script);
  partners.push(partner);
  return partner;
}

function network(part: Partial<NetworkLimits> = {}, resolve?: (name: string) => Promise<readonly IpAddress[]>) {
  return openNetwork({ ...limits, ...part }, userAgent, stillClock, resolve === undefined ? {} : { resolve });
}

const codeOf = (fetched: Fetched): string => (fetched.kind === 'failed' ? fetched.problem.code : fetched.kind);
const textOf = (fetched: Fetched): string => (fetched.kind === 'fresh' ? Buffer.from(fetched.body).toString() : '');
const whyOf = (fetched: Fetched): string => (fetched.kind === 'failed' ? fetched.problem.happened : fetched.kind);

describe('an answer', () => {
  test('brings body, hash, type, validators and hints, and the address without its secrets', async () => {
    const partner = await partnerWith({
      '/feed': {
        body: '<rss/>',
        headers: {
          'Content-Type': 'application/rss+xml; charset=utf-8',
          ETag: 'W/"a b"',
          'Last-Modified': 'yesterday',
          'Cache-Control': 'max-age=600',
        },
      },
    });
    const fetched = await network().fetch(ask(`${partner.url.replace('//', '//user:secret@')}/feed?a=b#top`));
    expect(fetched).toEqual({
      kind: 'fresh',
      url: `${partner.url}/feed?a=b`,
      body: Buffer.from('<rss/>'),
      bodyHash: createHash('sha256').update('<rss/>').digest('hex').slice(0, 32),
      contentType: 'application/rss+xml; charset=utf-8',
      validators: { etag: 'W/"a b"', lastModified: 'yesterday' },
      hints: { maxAgeMs: 600_000, retryAfterMs: undefined },
      trail: [],
      marks: { address: '127.0.0.1', tlsIssuer: undefined, software: undefined },
    });
  });

  test('tells which software gave it', async () => {
    const partner = await partnerWith({ '/feed': { body: '<rss/>', headers: { Server: 'nginx/1.2 (Debian)' } } });
    expect(await network().fetch(ask(`${partner.url}/feed`))).toMatchObject({
      marks: { software: 'nginx/1.2 (Debian)' },
    });
  });

  test('asks with these headers and no others', async () => {
    const partner = await partnerWith({ '/feed': '<rss/>' });
    await network().fetch(ask(`${partner.url.replace('//', '//user:secret@')}/feed`));
    const [request] = partner.requests;
    const names = request?.rawHeaders.filter((_, index) => index % 2 === 0);
    expect(names).toEqual(['Host', 'User-Agent', 'Accept', 'Accept-Encoding', 'Connection']);
    expect(request).toMatchObject({ method: 'GET', path: '/feed' });
    expect(request?.headers).toMatchObject({
      host: partner.url.slice('http://'.length),
      'user-agent': userAgent,
      accept: expect.stringMatching(/^application\/atom\+xml/),
      'accept-encoding': 'gzip, br',
      connection: 'close',
    });
  });

  test('a contact in any letters still makes a header', async () => {
    const partner = await partnerWith({ '/feed': '<rss/>' });
    const named = openNetwork(limits, 'relais/0 (+https://قناة.example/\r\nX: y)', stillClock);
    expect(codeOf(await named.fetch(ask(`${partner.url}/feed`)))).toBe('fresh');
    expect(partner.requests[0]?.headers).not.toHaveProperty('x');
  });

  test('an empty body is an answer', async () => {
    const partner = await partnerWith({ '/feed': '' });
    expect(await network().fetch(ask(`${partner.url}/feed`))).toMatchObject({ kind: 'fresh', body: Buffer.alloc(0) });
  });
});

describe('validators', () => {
  test.each([
    ['"abc"', 'Sat, 01 Mar 2025 03:00:00 GMT'],
    ['W/"a,b;c"', undefined],
    ['unquoted', 'last Tuesday, 25:61'],
    ['"caf\u00e9 \u00ff"', undefined], // Latin-1 as it came off the wire
    ['"tab\tinside"', undefined],
    [undefined, 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ])('%j and %j go out as they came in', async (etag, lastModified) => {
    const headers = {
      ...(etag === undefined ? {} : { ETag: etag }),
      ...(lastModified === undefined ? {} : { 'Last-Modified': lastModified }),
    };
    const partner = await partnerWith({ '/feed': [{ body: '<rss/>', headers }, { status: 304 }] });
    const net = network();
    const first = await net.fetch(ask(`${partner.url}/feed`));
    const validators = first.kind === 'fresh' ? first.validators : { etag: 'none', lastModified: 'none' };
    const second = await net.fetch(ask(`${partner.url}/feed`, { validators }));
    expect(second).toMatchObject({ kind: 'unchanged', how: '304', validators: { etag, lastModified } });
    expect(partner.requests[1]?.headers['if-none-match']).toBe(etag);
    expect(partner.requests[1]?.headers['if-modified-since']).toBe(lastModified);
  });

  test('but never an ETag of *, which any text would match', async () => {
    const partner = await partnerWith({ '/feed': { body: '<rss/>', headers: { ETag: '*' } } });
    const net = network();
    const first = await net.fetch(ask(`${partner.url}/feed`));
    expect(first).toMatchObject({ kind: 'fresh', validators: { etag: undefined } });
  });

  test('a 304 renews the ones it names', async () => {
    const partner = await partnerWith({
      '/feed': { status: 304, headers: { ETag: '"2"', 'Cache-Control': 'max-age=60' } },
    });
    const old = { etag: '"1"', lastModified: 'then' };
    expect(await network().fetch(ask(`${partner.url}/feed`, { validators: old }))).toEqual({
      kind: 'unchanged',
      how: '304',
      url: `${partner.url}/feed`,
      validators: { etag: '"2"', lastModified: 'then' },
      hints: { maxAgeMs: 60_000, retryAfterMs: undefined },
      trail: [],
    });
  });

  test('a 200 without any drops the old ones', async () => {
    const partner = await partnerWith({ '/feed': '<rss/>' });
    const validators = { etag: '"1"', lastModified: 'then' };
    expect(await network().fetch(ask(`${partner.url}/feed`, { validators }))).toMatchObject({
      kind: 'fresh',
      validators: { etag: undefined, lastModified: undefined },
    });
  });

  test('what no header can carry is not sent, and a 304 then makes no sense', async () => {
    const partner = await partnerWith({ '/feed': { status: 304 } });
    const validators = { etag: '"a"\r\nX-Evil: 1', lastModified: '\u0436' };
    expect(codeOf(await network().fetch(ask(`${partner.url}/feed`, { validators })))).toBe('fetch/unexpected-status');
    expect(Object.keys(partner.requests[0]?.headers ?? {})).not.toContain('x-evil');
  });
});

test('the same bytes again are nothing new, but their validators are', async () => {
  const partner = await partnerWith({
    '/feed': [
      { body: '<rss/>', headers: { ETag: '"1"' } },
      { body: '<rss/>', headers: { ETag: '"2"' } },
      '<rss></rss>',
    ],
  });
  const net = network();
  const first = await net.fetch(ask(`${partner.url}/feed`));
  const bodyHash = first.kind === 'fresh' ? first.bodyHash : '';
  expect(await net.fetch(ask(`${partner.url}/feed`, { bodyHash }))).toMatchObject({
    kind: 'unchanged',
    how: 'same-body',
    validators: { etag: '"2"' },
  });
  expect(codeOf(await net.fetch(ask(`${partner.url}/feed`, { bodyHash })))).toBe('fresh');
});

describe('status', () => {
  test.each([
    [203, {}, 'fresh'],
    [204, {}, 'fetch/unexpected-status'],
    [206, {}, 'fetch/unexpected-status'],
    [302, {}, 'fetch/unexpected-status'],
    [304, {}, 'fetch/unexpected-status'],
    [400, {}, 'fetch/unexpected-status'],
    [401, {}, 'fetch/not-allowed'],
    [403, {}, 'fetch/not-allowed'],
    [404, {}, 'fetch/not-found'],
    [410, {}, 'fetch/gone'],
    [429, {}, 'fetch/server-error'],
    [429, { 'Retry-After': '60' }, 'fetch/told-to-wait'],
    [451, {}, 'fetch/not-allowed'],
    [500, {}, 'fetch/server-error'],
    [503, {}, 'fetch/server-error'],
    [503, { 'Retry-After': '60' }, 'fetch/told-to-wait'],
    [503, { 'Retry-After': 'soon' }, 'fetch/server-error'],
    [599, {}, 'fetch/server-error'],
    [799, {}, 'fetch/unexpected-status'],
  ])('%i %j is %s', async (status, headers, code) => {
    const partner = await partnerWith({ '/feed': { status, headers, body: status === 304 ? '' : 'a page' } });
    const fetched = await network().fetch(ask(`${partner.url}/feed`));
    expect(codeOf(fetched)).toBe(code);
    if (fetched.kind === 'failed') {
      expect(fetched.problem.subject).toEqual({});
      expect(fetched.problem.happened).toContain(`${status}`);
    }
  });

  test('the body of an error is not read', async () => {
    const partner = await partnerWith({
      '/feed': (_request, response) => {
        response.writeHead(500);
        const more = (): void => void (response.destroyed || response.write('x'.repeat(60_000), more));
        more();
      },
    });
    expect(codeOf(await network({ wireBytes: 10 }).fetch(ask(`${partner.url}/feed`)))).toBe('fetch/server-error');
  });

  test.each([
    [429, '60', 60_000],
    [503, 'Sat, 01 Mar 2025 04:00:00 GMT', 3_600_000],
    [500, '60', 60_000],
    [403, '60', 60_000],
    [429, '0', undefined],
    [429, '99999999999', 7 * 24 * 3_600_000],
  ])('%i with Retry-After %s: wait %s', async (status, wait, retryAfterMs) => {
    const partner = await partnerWith({ '/feed': { status, headers: { 'Retry-After': wait } } });
    const fetched = await network().fetch(ask(`${partner.url}/feed`));
    expect(fetched.hints.retryAfterMs).toBe(retryAfterMs);
  });
});

test('requests to one host are spaced by the clock that was passed in', async () => {
  const partner = await partnerWith({ '/feed': '<rss/>' });
  let time = now;
  const waits: number[] = [];
  const clock = {
    now: () => time,
    wait: async (ms: number) => {
      waits.push(ms);
      time += ms;
    },
  };
  const net = openNetwork({ ...limits, spacingMs: 2_000 }, userAgent, clock);
  await Promise.all([1, 2, 3].map(() => net.fetch(ask(`${partner.url}/feed`))));
  expect(waits).toEqual([2_000, 2_000]);
  expect(partner.requests).toHaveLength(3);
});

describe('hosts that share an address', () => {
  /** Names lead where the test says; the gap is a second. */
  async function arrivals(hosts: readonly (readonly [host: string, ...addresses: string[]])[]): Promise<number[]> {
    const partner = await partnerWith({ '/feed': '<rss/>' });
    let time = now;
    const clock = {
      now: () => time,
      wait: async (ms: number) => {
        time += ms;
      },
    };
    const resolve = async (name: string) =>
      (hosts.find(([host]) => host === name) ?? []).slice(1).map((address) => ({ address, family: 4 }));
    const net = openNetwork({ ...limits, allow: ['127.0.0.0/8'], spacingMs: 1_000 }, userAgent, clock, { resolve });
    const starts: number[] = [];
    for (const [host] of hosts) {
      await net.fetch(ask(`${partner.url.replace('127.0.0.1', host)}/feed`));
      starts.push(time - now);
    }
    return starts;
  }

  test('wait for each other, whatever their names', async () => {
    const there = '127.0.0.1';
    expect(
      await arrivals([
        ['a.example.org', there],
        ['b.example.net', there],
      ]),
    ).toEqual([0, 1_000]);
  });

  test('also where they share one of several', async () => {
    expect(
      await arrivals([
        ['a.example.org', '127.0.0.1', '127.0.0.2'],
        ['b.example.net', '127.0.0.3', '127.0.0.2', '127.0.0.1'],
      ]),
    ).toEqual([0, 1_000]);
  });

  test('others do not', async () => {
    expect(
      await arrivals([
        ['a.example.org', '127.0.0.1'],
        ['b.example.net', '127.0.0.2'],
      ]),
    ).toEqual([0, 0]);
  });

  test('nor do ports of a private address', async () => {
    const partners = [await partnerWith({ '/': '<rss/>' }), await partnerWith({ '/': '<rss/>' })];
    const waits: number[] = [];
    const clock = { now: () => now, wait: async (ms: number) => void waits.push(ms) };
    const net = openNetwork({ ...limits, spacingMs: 1_000 }, userAgent, clock);
    for (const { url } of partners) await net.fetch(ask(url));
    expect(waits).toEqual([]);
  });
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('%i is followed', async (status) => {
    const partner = await partnerWith({
      '/old/feed': { status, headers: { Location: '../new?x=1#y' } },
      '/new': '<rss/>',
    });
    const fetched = await network().fetch(ask(`${partner.url}/old/feed`));
    expect(fetched).toMatchObject({ kind: 'fresh', url: `${partner.url}/new?x=1` });
    expect(partner.requests.flatMap(({ headers }) => [headers.cookie, headers.referer])).toEqual(
      Array(4).fill(undefined),
    );
  });

  // RFC 9110 §13.1: they are compared with what is at this address now.
  test.each([
    ['the end of the way', '/c', [undefined, undefined, '"1"'], 'unchanged'],
    ['the address asked', undefined, ['"1"', undefined, undefined], 'fresh'],
    ['a hop that says it is as before', '/b', [undefined, '"1"'], 'unchanged'],
    ['an address that is not on the way', '/d', [undefined, undefined, undefined], 'fresh'],
    ['nowhere', 'no address', [undefined, undefined, undefined], 'fresh'],
  ])('validators go only where they came from: %s', async (_name, bodyPath, expected, kind) => {
    const partner = await startPartner((request, response) => {
      const next = request.url === '/a' ? '/b' : request.url === '/b' ? '/c' : undefined;
      const isAsBefore = request.headers['if-none-match'] !== undefined && request.url !== '/a';
      if (isAsBefore) response.writeHead(304).end();
      else if (next === undefined) response.end('<rss/>');
      else response.writeHead(302, { Location: next }).end();
    });
    partners.push(partner);
    const validators = { etag: '"1"', lastModified: 'then' };
    const bodyUrl = bodyPath?.startsWith('/') ? partner.url + bodyPath : bodyPath;
    const fetched = await network().fetch(ask(`${partner.url}/a#x`, { validators, bodyUrl }));
    expect(partner.requests.map(({ headers }) => headers['if-none-match'])).toEqual(expected);
    expect(fetched).toMatchObject({ kind, url: partner.url + (partner.requests.at(-1)?.path ?? '') });
  });

  test('a 304 of an address that got no validators is none', async () => {
    const partner = await partnerWith({ '/a': { status: 302, headers: { Location: '/b' } }, '/b': { status: 304 } });
    const validators = { etag: '"1"', lastModified: undefined };
    expect(codeOf(await network().fetch(ask(`${partner.url}/a`, { validators })))).toBe('fetch/unexpected-status');
  });

  test('to another host, which has its own turn', async () => {
    const there = await partnerWith({ '/feed': 'there' });
    const here = await partnerWith({ '/feed': { status: 302, headers: { Location: `${there.url}/feed` } } });
    const net = network({ parallel: 1 });
    const both = await Promise.all([net.fetch(ask(`${here.url}/feed`)), net.fetch(ask(`${there.url}/feed`))]);
    expect(both.map(textOf)).toEqual(['there', 'there']);
    expect(there.requests[0]?.headers.host).toBe(there.url.slice(7));
  });

  test('and is spaced like any other request to that host', async () => {
    const there = await partnerWith({ '/feed': 'there' });
    const here = await partnerWith({ '/feed': { status: 302, headers: { Location: `${there.url}/feed` } } });
    const waits: number[] = [];
    const clock = { now: () => now, wait: async (ms: number) => void waits.push(ms) };
    const net = openNetwork({ ...limits, spacingMs: 2_000 }, userAgent, clock);
    await net.fetch(ask(`${there.url}/feed`));
    expect(textOf(await net.fetch(ask(`${here.url}/feed`)))).toBe('there');
    expect(waits).toEqual([2_000]);
  });

  test('a redirect within one host needs no second turn', async () => {
    const partner = await partnerWith({ '/a': { status: 301, headers: { Location: '/b' } }, '/b': 'arrived' });
    const waits: number[] = [];
    const clock = { now: () => now, wait: async (ms: number) => void waits.push(ms) };
    const net = openNetwork({ ...limits, spacingMs: 2_000 }, userAgent, clock);
    expect(textOf(await net.fetch(ask(`${partner.url}/a`)))).toBe('arrived');
    expect(waits).toEqual([]);
  });

  test('two hosts that send to each other do not wait for each other for ever', async () => {
    const hosts: Partner[] = [];
    const script = (other: number): Script => ({
      '/a': (_request, response) => void response.writeHead(302, { Location: `${hosts[other]?.url}/b` }).end(),
      '/b': 'arrived',
    });
    hosts.push(await partnerWith(script(1)), await partnerWith(script(0)));
    const net = network({ parallel: 2 });
    const both = await Promise.all(hosts.map(({ url }) => net.fetch(ask(`${url}/a`))));
    expect(both.map(textOf)).toEqual(['arrived', 'arrived']);
  });

  test('leave a trail, whatever the answer', async () => {
    const there = await partnerWith({ '/c': ['<rss/>', '<rss/>', { status: 304 }] });
    const here = await partnerWith({
      '/a': { status: 308, headers: { Location: 'b#x' } },
      '/b': { status: 302, headers: { Location: `${there.url.replace('http:', 'HTTP:')}/x/../c` } },
    });
    const net = network();
    const trail = [
      { status: 308, to: `${here.url}/b` },
      { status: 302, to: `${there.url}/c` },
    ];
    const first = await net.fetch(ask(`${here.url}/a`));
    expect(first).toMatchObject({ kind: 'fresh', url: `${there.url}/c`, trail });
    const bodyHash = first.kind === 'fresh' ? first.bodyHash : '';
    expect(await net.fetch(ask(`${here.url}/a`, { bodyHash }))).toMatchObject({ how: 'same-body', trail });
    const validators = { etag: '"1"', lastModified: undefined };
    const bodyUrl = `${there.url}/c`;
    expect(await net.fetch(ask(`${here.url}/a`, { validators, bodyUrl }))).toMatchObject({ how: '304', trail });
  });

  test('that ask us to wait are followed, and the wait is kept for the next visit', async () => {
    const partner = await partnerWith({
      '/a': { status: 307, headers: { Location: '/b', 'Retry-After': '7200' } },
      '/b': { status: 302, headers: { Location: '/c', 'Retry-After': '60' } },
      '/c': { body: '<rss/>', headers: { 'Cache-Control': 'max-age=60' } },
    });
    expect(await network().fetch(ask(`${partner.url}/a`))).toMatchObject({
      kind: 'fresh',
      hints: { maxAgeMs: 60_000, retryAfterMs: 7_200_000 },
    });
  });

  test.each([
    ['', 'fetch/unexpected-status'],
    [' ', 'fetch/unexpected-status'],
    ['#top', 'fetch/too-many-redirects'],
    ['?', 'fetch/too-many-redirects'],
    ['//', 'fetch/bad-redirect'],
    ['http:', 'fetch/too-many-redirects'],
  ])('to %j: %s', async (location, code) => {
    const partner = await partnerWith({
      '/feed': (_request, response) => void response.writeHead(302, { Location: location }).end(),
      '/feed?': '<rss/>',
    });
    expect(codeOf(await network().fetch(ask(`${partner.url}/feed`)))).toBe(code);
  });

  test.each([
    [[301], 'fetch/gone'],
    [[308, 301], 'fetch/gone'],
    [[302], 'fetch/not-found'],
    [[301, 307], 'fetch/not-found'],
    [[303, 308], 'fetch/not-found'],
  ])('%j to what is gone for good: %s', async (statuses, code) => {
    const hops = statuses.map((status, at) => [`/${at}`, { status, headers: { Location: `/${at + 1}` } }]);
    const partner = await partnerWith({ ...Object.fromEntries(hops), [`/${statuses.length}`]: { status: 410 } });
    const fetched = await network().fetch(ask(`${partner.url}/0`));
    expect(codeOf(fetched)).toBe(code);
    expect(whyOf(fetched)).toContain('410 Gone');
  });

  test('send no name and password on', async () => {
    const partner = await partnerWith({ '/b': '<rss/>' });
    const here = await partnerWith({
      '/a': { status: 302, headers: { Location: `${partner.url.replace('//', '//user:secret@')}/b` } },
    });
    const fetched = await network().fetch(ask(`${here.url}/a`));
    expect(JSON.stringify([fetched, partner.requests])).not.toMatch(/secret|authorization/i);
    expect(codeOf(fetched)).toBe('fresh');
  });

  test('five are followed, the sixth is not', async () => {
    const step = (hop: number) => ({ status: 302, headers: { Location: `/${hop + 1}` } });
    const script = Object.fromEntries(Array.from({ length: 7 }, (_, hop) => [`/${hop}`, step(hop)]));
    const partner = await partnerWith({ ...script, '/7': 'end' });
    expect(codeOf(await network().fetch(ask(`${partner.url}/2`)))).toBe('fresh');
    expect(codeOf(await network().fetch(ask(`${partner.url}/1`)))).toBe('fetch/too-many-redirects');
    expect(partner.requests).toHaveLength(6 + 6);
  });

  test('a loop is cut where it closes', async () => {
    const partner = await partnerWith({
      '/a': { status: 302, headers: { Location: '/b' } },
      '/b': { status: 302, headers: { Location: '/a' } },
    });
    expect(codeOf(await network().fetch(ask(`${partner.url}/a`)))).toBe('fetch/too-many-redirects');
    expect(partner.requests).toHaveLength(2);
  });

  test.each([
    ['http://10.0.0.1/', 'fetch/refused-address'],
    ['http://[::1]/', 'fetch/refused-address'],
    ['http://[::ffff:127.0.0.1]/', 'fetch/refused-address'],
    ['http://2852039166/latest/meta-data/', 'fetch/refused-address'], // 169.254.169.254
    ['http://1.1.1.1:25/', 'fetch/refused-address'],
    ['http://inner.example/', 'fetch/refused-address'],
    ['file:///etc/passwd', 'fetch/bad-redirect'],
    ['gopher://127.0.0.1/', 'fetch/bad-redirect'],
  ])('to %s: %s', async (location, code) => {
    const partner = await partnerWith({ '/feed': { status: 301, headers: { Location: location } } });
    const inner = async (): Promise<IpAddress[]> => [{ address: '192.168.1.1', family: 4 }];
    expect(codeOf(await network({}, inner).fetch(ask(`${partner.url}/feed`)))).toBe(code);
  });

  test('time spent on one hop is gone for the next', async () => {
    const partner = await partnerWith({
      '/a': (_request, response) => void setTimeout(() => response.writeHead(302, { Location: '/b' }).end(), 350),
      '/b': (_request, response) => void setTimeout(() => response.end('late'), 350),
    });
    const fetched = await network({ totalMs: 600 }).fetch(ask(`${partner.url}/a`));
    expect(codeOf(fetched)).toBe('fetch/timeout');
    expect(partner.requests).toHaveLength(2);
  });
});

describe('told to stop', () => {
  const stopped = (signal: AbortSignal) => (error: unknown) => error === signal.reason;

  test('a look-up, a wait for a turn and a request are given up, and are nobody’s failure', async () => {
    const stop = new AbortController();
    let asked = (): void => {};
    const hangs = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const partner = await partnerWith({ '/hangs': () => asked(), '/next': '<rss/>' });
    const resolve = (): Promise<never> => new Promise(() => {});
    const net = network({ totalMs: 60_000 }, resolve);
    const all = [`${partner.url}/hangs`, `${partner.url}/next`, 'http://news.example.org/'].map((url) =>
      net.fetch(ask(url), stop.signal).catch(stopped(stop.signal)),
    );
    await hangs;
    stop.abort();
    expect(await Promise.all(all)).toEqual([true, true, true]);
    expect(await net.fetch(ask(`${partner.url}/next`), stop.signal).catch(stopped(stop.signal))).toBe(true);
    expect(partner.requests).toHaveLength(1);
    expect(codeOf(await net.fetch(ask(`${partner.url}/next`)))).toBe('fresh');
  });

  test('an answer on its way is taken in', async () => {
    const stop = new AbortController();
    const partner = await partnerWith({
      '/feed': (_request, response) => {
        stop.abort();
        setTimeout(() => response.end('<rss/>'), 50);
      },
    });
    expect(textOf(await network().fetch(ask(`${partner.url}/feed`), stop.signal))).toBe('<rss/>');
  });
});

describe('the guard', () => {
  const answering =
    (...addresses: string[]) =>
    async (): Promise<IpAddress[]> =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  test('localhost is refused although its name says nothing, and open when its address is allowed', async () => {
    const partner = await partnerWith({ '/feed': '<rss/>' });
    const url = partner.url.replace('127.0.0.1', 'localhost');
    const refused = await network({ allow: [] }).fetch(ask(`${url}/feed`));
    expect(codeOf(refused)).toBe('fetch/refused-address');
    expect(whyOf(refused)).toContain('localhost: 127.0.0.1 is this machine');
    expect(partner.requests).toHaveLength(0);
    expect(codeOf(await network({ allow: ['127.0.0.1', '::1'] }).fetch(ask(`${url}/feed`)))).toBe('fresh');
  });

  test.each(['127.0.0.1', '127.1', '0x7f000001', '2130706433', '0177.0.0.1', '[::ffff:127.0.0.1]', '[::]', '0.0.0.0'])(
    '%s without an allow list is refused',
    async (host) => {
      const partner = await partnerWith({ '/feed': '<rss/>' });
      const url = partner.url.replace('127.0.0.1', host);
      expect(codeOf(await network({ allow: [] }).fetch(ask(`${url}/feed`)))).toBe('fetch/refused-address');
      expect(partner.requests).toHaveLength(0);
    },
  );

  test('one bad answer among good ones refuses the name', async () => {
    const resolve = answering('127.0.0.1', '10.0.0.1');
    expect(whyOf(await network({}, resolve).fetch(ask('http://news.example.org/')))).toContain('10.0.0.1');
  });

  test('the connection goes to the address that was checked, and the name is asked for once', async () => {
    const partner = await partnerWith({ '/feed': '<rss/>' });
    let lookUps = 0;
    const resolve = async (): Promise<IpAddress[]> => {
      lookUps += 1;
      return [{ address: lookUps === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
    };
    const url = partner.url.replace('127.0.0.1', 'news.example.org');
    expect(codeOf(await network({}, resolve).fetch(ask(`${url}/feed`)))).toBe('fresh');
    expect(partner.requests[0]?.headers.host).toBe(url.slice('http://'.length));
    expect(lookUps).toBe(1);
  });

  test('a name with two addresses works when the first is dead', async () => {
    const partner = await partnerWith({ '/feed': '<rss/>' });
    const url = partner.url.replace('127.0.0.1', 'news.example.org');
    const net = network({ allow: ['127.0.0.0/8', '::1'] }, answering('127.0.0.2', '127.0.0.1'));
    expect(codeOf(await net.fetch(ask(`${url}/feed`)))).toBe('fresh');
  });

  test.each([
    [['1.1.1.1', '10.0.0.1'], '10.0.0.1'],
    [['10.0.0.1', '1.1.1.1'], '10.0.0.1'],
    [['2606:4700::1111', '::ffff:10.0.0.1'], '::ffff:10.0.0.1'],
    [['1.1.1.1', '::1'], '::1'],
    [['fe80::1%2'], 'fe80::1%2'],
    [['64:ff9b::7f00:1'], 'NAT64'],
    [['2002:7f00:1::'], '6to4'],
    [['127.0.0.1\u0000'], 'not an address'],
  ])('a name that leads to %j is refused', async (addresses, why) => {
    const fetched = await network({ allow: [] }, answering(...addresses)).fetch(ask('http://news.example.org/'));
    expect(codeOf(fetched)).toBe('fetch/refused-address');
    expect(whyOf(fetched)).toContain(why);
  });

  test('a name without addresses', async () => {
    expect(whyOf(await network({}, answering()).fetch(ask('http://news.example.org/')))).toContain('name not found');
  });

  test.each(['ftp://news.example.org/', 'file:///etc/passwd', 'news.example.org', ''])(
    '%j is not asked',
    async (url) => {
      expect(codeOf(await network().fetch(ask(url)))).toBe('fetch/refused-address');
    },
  );
});
