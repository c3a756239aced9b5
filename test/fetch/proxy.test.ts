import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openNetwork } from '../../src/fetch/client.ts';
import type { Fetched, FetchRequest, NetworkLimits } from '../../src/model.ts';
import { selfSigned } from '../partner/certificate.ts';
import { type FakeProxy, startHttpProxy, startSocksProxy } from '../partner/proxy.ts';
import { type Partner, type Script, startBarePartner, startPartner } from '../partner/server.ts';
import { ask, limits, now, stillClock, userAgent } from './network.ts';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

function closing<T extends { close(): Promise<unknown> }>(one: T): T {
  open.push(one);
  return one;
}

const kinds = [
  ['HTTP', startHttpProxy],
  ['SOCKS5', startSocksProxy],
] as const;

async function partnerWith(script: Script): Promise<Partner> {
  return closing(await startPartner(script));
}

/** The resolver must never be asked. */
const resolve = vi.fn(async () => [{ address: '127.0.0.1', family: 4 }]);

function fetchBy(
  proxy: Pick<FakeProxy, 'url'>,
  url: string,
  part: Partial<NetworkLimits> = {},
  request: Partial<FetchRequest> = {},
): Promise<Fetched> {
  const { url: _, ...rest } = request;
  return openNetwork({ ...limits, allow: [], proxy: proxy.url, ...part }, userAgent, stillClock, { resolve }).fetch(
    ask(url, rest),
  );
}

const codeOf = (fetched: Fetched): string => (fetched.kind === 'failed' ? fetched.problem.code : fetched.kind);
const whyOf = (fetched: Fetched): string => (fetched.kind === 'failed' ? fetched.problem.happened : fetched.kind);
const textOf = (fetched: Fetched): string =>
  fetched.kind === 'fresh' ? Buffer.from(fetched.body).toString() : whyOf(fetched);

describe.each(kinds)('through %s', (kind, start) => {
  test('names go to the proxy and never to a resolver', async () => {
    const partner = await partnerWith({ '/feed': '<rss/>' });
    const proxy = closing(await start((target) => (target === 'news.example.org:80' ? partner.url : undefined)));
    const fetched = await fetchBy(proxy, 'http://news.example.org/feed?a=b');
    expect(textOf(fetched)).toBe('<rss/>');
    expect(fetched).toMatchObject({ marks: { address: undefined } });
    expect(proxy.asked).toEqual([kind === 'HTTP' ? 'GET http://news.example.org/feed?a=b' : 'news.example.org:80']);
    expect(partner.requests[0]).toMatchObject({ path: '/feed?a=b', headers: { host: 'news.example.org' } });
    expect(Object.keys(partner.requests[0]?.headers ?? {})).not.toContain('proxy-authorization');
    expect(resolve).not.toHaveBeenCalled();
  });

  test('.onion names too, in a tunnel: what knows them by HTTP does nothing but connect', async () => {
    const partner = await partnerWith({ '/feed': '<rss/>' });
    const proxy = closing(await start((target) => (target === 'abc.onion:80' ? partner.url : undefined)));
    expect(textOf(await fetchBy(proxy, 'http://abc.onion/feed'))).toBe('<rss/>');
    expect(proxy.asked).toEqual([kind === 'HTTP' ? 'CONNECT abc.onion:80' : 'abc.onion:80']);
  });

  test('the proxy of a source goes before that of all', async () => {
    const partner = await partnerWith({ '/feed': '<rss/>' });
    const proxy = closing(await start(() => partner.url));
    const dead = { url: 'http://127.0.0.1:9' };
    const fetched = await fetchBy(dead, 'http://abc.onion/feed', {}, { proxy: proxy.url });
    expect(textOf(fetched)).toBe('<rss/>');
  });

  test('encrypted in a tunnel, and the certificate is checked against the name', async () => {
    const { key, cert } = selfSigned(new Date(now), { name: 'news.example.org', organisation: 'A Trust' });
    const server = createServer({ key, cert }, (_request, response) => response.end('<rss/>'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    closing({ close: () => new Promise((done) => server.close(done)) });
    const there = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const proxy = closing(await start(() => there));
    const folder = mkdtempSync(join(tmpdir(), 'relais-'));
    closing({ close: async () => rmSync(folder, { recursive: true }) });
    const authorityFile = join(folder, 'partner.pem');
    writeFileSync(authorityFile, cert);
    const good = await fetchBy(proxy, 'https://news.example.org/', {}, { authorityFile });
    expect(textOf(good)).toBe('<rss/>');
    expect(good).toMatchObject({ marks: { address: undefined, tlsIssuer: 'A Trust' } });
    const end = Date.UTC(new Date(now).getUTCFullYear() + 5, 0);
    expect(good).toMatchObject({ certificateUntil: end });
    expect(proxy.asked).toEqual([`${kind === 'HTTP' ? 'CONNECT ' : ''}news.example.org:443`]);
    expect(whyOf(await fetchBy(proxy, 'https://other.example.org/', {}, { authorityFile }))).toContain('another name');
    expect(codeOf(await fetchBy(proxy, 'https://news.example.org/'))).toBe('fetch/tls');
  });

  test.each([
    ['http://10.0.0.1/', 'a private network'],
    ['http://[::1]/', 'this machine'],
    ['http://2130706433/', 'this machine'],
    ['http://localhost/', 'this machine'],
    ['http://a.localhost/', 'this machine'],
    ['https://169.254.169.254/latest/', 'keys'],
    ['http://news.example.org:25/', 'port 25'],
    ['http://1.1.1.1:6379/', 'port 6379'],
  ])('%s is refused all the same', async (url, why) => {
    const proxy = closing(await start(() => undefined));
    const fetched = await fetchBy(proxy, url);
    expect(codeOf(fetched)).toBe('fetch/refused-address');
    expect(whyOf(fetched)).toContain(why);
    expect(proxy.asked).toEqual([]);
  });

  test('what the settings open is open', async () => {
    const partner = await partnerWith({ '/': '<rss/>' });
    const proxy = closing(await start(() => partner.url));
    expect(codeOf(await fetchBy(proxy, 'http://10.1.2.3:99/', { allow: ['10.1.2.0/24'] }))).toBe('fresh');
    expect(codeOf(await fetchBy(proxy, 'http://news.example.org:9000/', { ports: [9000] }))).toBe('fresh');
  });

  test('redirects are followed through it, each under the same check', async () => {
    const partner = await partnerWith({
      '/a': { status: 301, headers: { Location: 'http://other.example.org/b' } },
      '/b': { status: 302, headers: { Location: 'http://10.0.0.1/c' } },
    });
    const proxy = closing(await start(() => partner.url));
    expect(whyOf(await fetchBy(proxy, 'http://news.example.org/a'))).toContain('10.0.0.1');
    expect(proxy.asked).toHaveLength(2);
  });

  test('a host that the proxy does not find is the host’s matter', async () => {
    const proxy = closing(await start(() => undefined));
    const fetched = await fetchBy(proxy, 'https://news.example.org/');
    expect(codeOf(fetched)).toBe('fetch/unreachable');
    expect(whyOf(fetched)).toContain('news.example.org');
  });

  test('nobody listens there: the proxy is named, its password is not', async () => {
    const proxy = await start(() => undefined);
    await proxy.close();
    const url = proxy.url.replace('//', '//relay:s3cret@');
    const fetched = await fetchBy({ url }, 'https://news.example.org/');
    expect(codeOf(fetched)).toBe('fetch/proxy');
    expect(whyOf(fetched)).toContain(`connection refused (${proxy.url.split('//')[1]})`);
    expect(JSON.stringify(fetched)).not.toContain('s3cret');
  });

  test.each(['https://news.example.org/', 'http://news.example.org/'])(
    'one that never answers costs its time: %s',
    async (url) => {
      const mute = closing(await startBarePartner(() => {}));
      const fetched = await fetchBy({ url: mute.url.replace('http:', kind === 'HTTP' ? 'http:' : 'socks5:') }, url, {
        totalMs: 150,
      });
      expect(codeOf(fetched)).toBe('fetch/timeout');
    },
  );

  test('one that hangs up is at fault', async () => {
    const server = closing(await startBarePartner((socket) => socket.end()));
    const url = server.url.replace('http:', kind === 'HTTP' ? 'http:' : 'socks5:');
    expect(codeOf(await fetchBy({ url }, 'https://news.example.org/'))).toBe('fetch/proxy');
  });

  test('one that speaks another language is at fault', async () => {
    const server = closing(await startBarePartner((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    const url = server.url.replace('http:', kind === 'HTTP' ? 'http:' : 'socks5:');
    expect(codeOf(await fetchBy({ url }, 'https://news.example.org/'))).toBe('fetch/proxy');
  });

  test('bounds of size hold, half answers are none, and no connection stays', async () => {
    const partner = await partnerWith({
      '/large': (_request, response) => void response.writeHead(200, { 'Content-Length': 1e9 }).write('x'),
      '/half': (_request, response) => {
        response.writeHead(200, { 'Content-Length': 100 }).write('<rss>', () => response.destroy());
      },
      '/slow': (_request, response) => void response.writeHead(200).write('x'),
    });
    const proxy = closing(await start(() => partner.url));
    expect(codeOf(await fetchBy(proxy, 'http://abc.onion/large'))).toBe('fetch/too-large');
    expect(codeOf(await fetchBy(proxy, 'http://abc.onion/half'))).toBe('fetch/cut-off');
    expect(codeOf(await fetchBy(proxy, 'http://abc.onion/slow', { totalMs: 200 }))).toBe('fetch/timeout');
    await vi.waitFor(() => expect(proxy.open()).toBe(0));
  });
});

describe('HTTP', () => {
  test.each(['http://news.example.org/', 'https://news.example.org/'])(
    'its password goes to it and to nobody else: %s',
    async (url) => {
      const partner = await partnerWith({ '/': '<rss/>' });
      const proxy = closing(await startHttpProxy(() => partner.url));
      await fetchBy({ url: proxy.url.replace('//', '//relay:s%40crét@') }, url);
      expect(proxy.credentials).toEqual(['relay:s@crét']);
      expect(partner.requests.flatMap(({ rawHeaders }) => rawHeaders).join()).not.toMatch(/proxy-auth/i);
    },
  );

  test.each([
    ['https:', 407, 'fetch/proxy', 'another name and password'],
    ['http:', 407, 'fetch/proxy', 'another name and password'],
    ['https:', 403, 'fetch/proxy', '403 Forbidden'],
    ['https:', 405, 'fetch/proxy', '405'],
    ['https:', 502, 'fetch/unreachable', '502'],
    ['https:', 504, 'fetch/unreachable', '504'],
    ['http:', 503, 'fetch/server-error', '503'],
  ])('%s, answered with %i: %s', async (scheme, status, code, why) => {
    const proxy = closing(await startHttpProxy(() => undefined, { status }));
    const fetched = await fetchBy(proxy, `${scheme}//news.example.org/`);
    expect(codeOf(fetched)).toBe(code);
    expect(whyOf(fetched)).toContain(why);
  });

  test('an IPv6 address keeps its brackets', async () => {
    const proxy = closing(await startHttpProxy(() => undefined));
    await fetchBy(proxy, 'https://[2606:4700::1111]/');
    expect(proxy.asked).toEqual(['CONNECT [2606:4700::1111]:443']);
  });
});

describe('SOCKS5', () => {
  test('name and password keep streams apart', async () => {
    const partner = await partnerWith({ '/': '<rss/>' });
    const proxy = closing(await startSocksProxy(() => partner.url, { wants: 'source 1:x' }));
    const withName = (name: string) => ({ url: proxy.url.replace('//', `//${name}:x@`) });
    expect(codeOf(await fetchBy(withName('source%201'), 'http://abc.onion/'))).toBe('fresh');
    expect(whyOf(await fetchBy(withName('source%202'), 'http://abc.onion/'))).toContain('another name and password');
    expect(whyOf(await fetchBy(proxy, 'http://abc.onion/'))).toContain('wants a name and a password');
    expect(proxy.credentials).toEqual(['source 1:x', 'source 2:x']);
  });

  test('a proxy that would let the name go is not used', async () => {
    const proxy = closing(await startSocksProxy(() => undefined));
    const url = proxy.url.replace('//', '//source:x@');
    expect(whyOf(await fetchBy({ url }, 'http://abc.onion/'))).toContain('takes no name and password');
    expect(proxy.asked).toEqual([]);
  });

  test.each([
    [1, 'fetch/proxy'],
    [2, 'fetch/proxy'],
    [3, 'fetch/unreachable'],
    [5, 'fetch/unreachable'],
    [6, 'fetch/unreachable'],
    [8, 'fetch/proxy'],
    [0xf0, 'fetch/proxy'],
  ])('reply %i is %s', async (reply, code) => {
    const proxy = closing(await startSocksProxy(() => undefined, { reply }));
    expect(codeOf(await fetchBy(proxy, 'http://abc.onion/'))).toBe(code);
  });

  test('addresses go as addresses, names as names', async () => {
    const proxy = closing(await startSocksProxy(() => undefined));
    for (const host of ['1.1.1.1', '[2606:4700::1111]', 'bücher.example']) await fetchBy(proxy, `http://${host}/`);
    expect(proxy.asked).toEqual(['1.1.1.1:80', '26064700000000000000000000001111:80', 'xn--bcher-kva.example:80']);
  });

  test('an answer in single bytes is an answer', async () => {
    const server = createSocketServer((socket) => {
      const say = async (bytes: readonly number[]): Promise<void> => {
        for (const byte of bytes) await new Promise((done) => socket.write(Buffer.from([byte]), done));
      };
      socket.setNoDelay(true);
      socket.once('data', () => {
        socket.once('data', () => {
          socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>'));
          void say([5, 0, 0, 4, ...Array<number>(16).fill(0), 0, 0]);
        });
        void say([5, 0]);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    closing({ close: () => new Promise((done) => server.close(done)) });
    const url = `socks5h://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(textOf(await fetchBy({ url }, 'http://abc.onion/'))).toBe('<rss/>');
  });

  test('a mute one costs its time and leaves nothing open', async () => {
    const proxy = closing(await startSocksProxy(() => undefined, { isMute: true }));
    expect(codeOf(await fetchBy(proxy, 'http://abc.onion/', { totalMs: 100 }))).toBe('fetch/timeout');
    await vi.waitFor(() => expect(proxy.open()).toBe(0));
  });

  test('a name longer than names can be is not cut into another', async () => {
    const proxy = closing(await startSocksProxy(() => undefined));
    expect(codeOf(await fetchBy(proxy, `http://${'a.'.repeat(150)}example/`))).toBe('fetch/unreachable');
    expect(proxy.asked).toEqual([]);
  });
});

describe('without a proxy', () => {
  test.each(['http://abc.onion/', 'https://www.abc.onion/', 'http://abc.onion./', 'http://ABC.Onion/'])(
    '%s is refused and asked of nobody',
    async (url) => {
      const lookUp = vi.fn(resolve);
      const net = openNetwork(limits, userAgent, stillClock, { resolve: lookUp });
      const fetched = await net.fetch(ask(url));
      expect(codeOf(fetched)).toBe('fetch/refused-address');
      expect(whyOf(fetched)).toContain('socks5://');
      expect(lookUp).not.toHaveBeenCalled();
    },
  );

  test('that of the environment is no proxy', async () => {
    const partner = await partnerWith({ '/feed': '<rss/>' });
    const proxy = closing(await startHttpProxy(() => undefined));
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'])
      vi.stubEnv(name, proxy.url);
    expect(codeOf(await openNetwork(limits, userAgent, stillClock).fetch(ask(`${partner.url}/feed`)))).toBe('fresh');
    vi.unstubAllEnvs();
    expect(proxy.asked).toEqual([]);
  });
});

test.each(['ftp://127.0.0.1:80', '127.0.0.1:9050', 'https://127.0.0.1:80', ''])(
  'an address that is none of a proxy: %j',
  async (url) => {
    const fetched = await fetchBy({ url: '' }, 'http://news.example.org/', {}, { proxy: url });
    expect(codeOf(fetched)).toBe('fetch/proxy');
  },
);
