import { afterEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/edges.ts';
import { openNetwork } from '../../src/fetch/client.ts';
import { openSilences } from '../../src/fetch/silence.ts';
import type { Fetched } from '../../src/model.ts';
import { type Partner, type Script, startPartner } from '../partner/server.ts';
import { ask, limits, now, userAgent } from './network.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Time that stands still until it is set. */
function setClock(): Clock & { at: number } {
  const clock = { at: now, now: () => clock.at, wait: () => Promise.resolve() };
  return clock;
}

const blog = new URL('https://one.blog.example.org/feed');

describe('how long', () => {
  test.each([
    // asked for, complained of us, asked after, host still held, neighbours still held
    [2 * hour, true, hour - 1, true, true],
    [2 * hour, true, hour, true, false],
    [2 * hour, true, 2 * hour, false, false],
    [10 * minute, true, 9 * minute, true, true],
    [10 * minute, true, 10 * minute, false, false],
    [2 * hour, false, 0, true, false],
    [7 * day, true, 7 * day - 1, true, false],
    [30 * day, true, 7 * day, false, false],
    [undefined, true, 30 * minute - 1, true, true],
    [undefined, true, 30 * minute, false, false],
    [1_000, true, 59_999, true, true], // whoever says a second means not at once
    [1_000, true, minute, false, false],
  ])('asked for %s ms (429: %s), after %i ms', (asked, isTooOften, after, isHeld, areNeighboursHeld) => {
    const clock = setClock();
    const silences = openSilences(clock, new Map());
    silences.hold(blog, asked, isTooOften);
    clock.at += after;
    const isAsked = (url: string): boolean => silences.waitMs(new URL(url)) === undefined;
    expect(isAsked('https://one.blog.example.org/other')).toBe(!isHeld);
    expect(isAsked('http://two.example.org/')).toBe(!areNeighboursHeld);
    expect(isAsked('https://example.org/')).toBe(!areNeighboursHeld);
    expect(isAsked('https://example.net/')).toBe(true);
  });

  test('a shorter wish does not shorten a longer one', () => {
    const silences = openSilences(setClock(), new Map());
    silences.hold(blog, 2 * hour, false);
    silences.hold(blog, undefined, true);
    expect(silences.waitMs(blog)).toBe(2 * hour);
  });

  test('a host that is its own domain is held for longer than its neighbours', () => {
    const clock = setClock();
    const silences = openSilences(clock, new Map());
    silences.hold(new URL('https://example.org/'), day, true);
    clock.at += 2 * hour;
    expect(silences.waitMs(new URL('https://example.org/'))).toBe(22 * hour);
    expect(silences.waitMs(new URL('https://blog.example.org/'))).toBeUndefined();
  });

  test('ports of one address are hosts of their own', () => {
    const silences = openSilences(setClock(), new Map());
    silences.hold(new URL('http://127.0.0.1:8080/'), hour, true);
    expect(silences.waitMs(new URL('http://127.0.0.1:8081/'))).toBeUndefined();
    expect([...silences.inForce().keys()]).toEqual(['127.0.0.1:8080']);
  });
});

describe('from one run to the next', () => {
  test('what is in force is told, and believed when it comes back', () => {
    const clock = setClock();
    const first = openSilences(clock, new Map());
    first.hold(blog, 2 * hour, true);
    first.hold(new URL('http://short.example.net:8080/'), minute, false);
    expect(first.inForce()).toEqual(
      new Map([
        ['one.blog.example.org', now + 2 * hour],
        ['*.example.org', now + hour],
        ['short.example.net:8080', now + minute],
      ]),
    );
    clock.at += minute;
    expect([...first.inForce().keys()]).toEqual(['one.blog.example.org', '*.example.org']);
    const second = openSilences(clock, first.inForce());
    expect(second.waitMs(new URL('https://two.example.org/'))).toBe(hour - minute);
    expect(second.inForce()).toEqual(first.inForce());
  });

  test('a wrong clock holds nobody for years', () => {
    const silences = openSilences(setClock(), new Map([['one.blog.example.org', now + 3_000 * day]]));
    expect(silences.waitMs(blog)).toBe(7 * day);
  });
});

describe('on the network', () => {
  const partners: Partner[] = [];
  afterEach(async () => {
    await Promise.all(partners.splice(0).map((partner) => partner.close()));
  });
  async function partnerWith(script: Script): Promise<Partner> {
    const partner = await startPartner(script);
    partners.push(partner);
    return partner;
  }
  const codeOf = (fetched: Fetched): string => (fetched.kind === 'failed' ? fetched.problem.code : fetched.kind);

  /** All names lead to this machine. */
  function network(clock = setClock(), silences?: ReadonlyMap<string, number>) {
    const known = silences === undefined ? {} : { silences };
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    return openNetwork(limits, userAgent, clock, { resolve, ...known });
  }

  test.each([
    [429, {}, 30 * minute],
    [429, { 'Retry-After': '7200' }, 2 * hour],
    [503, { 'Retry-After': '7200' }, 2 * hour],
    [503, { 'Retry-After': 'Sat, 01 Mar 2025 05:00:00 GMT' }, 2 * hour],
    [429, { 'Retry-After': '99999999' }, 7 * day],
  ])('%i %j: the others on it are not asked', async (status, headers, retryAfterMs) => {
    const partner = await partnerWith({ '/a': { status, headers }, '/b': '<rss/>' });
    const net = network();
    const [, b] = await Promise.all([net.fetch(ask(`${partner.url}/a`)), net.fetch(ask(`${partner.url}/b`))]);
    expect(b).toMatchObject({
      kind: 'failed',
      problem: { code: 'fetch/told-to-wait', severity: 'note' },
      hints: { retryAfterMs },
    });
    expect(partner.requests.map(({ path }) => path)).toEqual(['/a']);
  });

  test.each([
    [503, {}],
    [500, { 'Retry-After': '7200' }],
    [403, { 'Retry-After': '7200' }],
    [503, { 'Retry-After': '0' }],
  ])('%i %j silences nobody else', async (status, headers) => {
    const partner = await partnerWith({ '/a': { status, headers }, '/b': '<rss/>' });
    const net = network();
    await net.fetch(ask(`${partner.url}/a`));
    expect(codeOf(await net.fetch(ask(`${partner.url}/b`)))).toBe('fresh');
    expect(net.silences().size).toBe(0);
  });

  test('neighbours on a platform are held after a 429, for an hour at most', async () => {
    const partner = await partnerWith({
      '/a': { status: 429, headers: { 'Retry-After': '604800' } },
      '/b': '<rss/>',
    });
    const clock = setClock();
    const net = network(clock);
    const at = (host: string): string => partner.url.replace('127.0.0.1', host);
    await net.fetch(ask(`${at('one.blog.example.org')}/a`));
    expect(codeOf(await net.fetch(ask(`${at('two.blog.example.org')}/b`)))).toBe('fetch/told-to-wait');
    clock.at += hour;
    expect(codeOf(await net.fetch(ask(`${at('two.blog.example.org')}/b`)))).toBe('fresh');
    expect(codeOf(await net.fetch(ask(`${at('one.blog.example.org')}/b`)))).toBe('fetch/told-to-wait');
  });

  test('what an earlier run was told counts: no connection, no look-up', async () => {
    let lookUps = 0;
    const resolve = async () => {
      lookUps += 1;
      return [{ address: '127.0.0.1', family: 4 }];
    };
    const silences = new Map([['news.example.org', now + hour]]);
    const net = openNetwork(limits, userAgent, setClock(), { resolve, silences });
    expect(await net.fetch(ask('https://news.example.org/feed'))).toMatchObject({
      problem: { code: 'fetch/told-to-wait' },
      hints: { retryAfterMs: hour },
    });
    expect(await net.fetch(ask('https://news.example.org./feed'))).toMatchObject({
      problem: { code: 'fetch/told-to-wait' },
    });
    expect(lookUps).toBe(0);
    expect(net.silences()).toEqual(silences);
  });

  test('a redirect to a host that wants to be left alone is not followed', async () => {
    const there = await partnerWith({ '/feed': '<rss/>' });
    const here = await partnerWith({ '/feed': { status: 302, headers: { Location: `${there.url}/feed` } } });
    const net = network(setClock(), new Map([[new URL(there.url).host, now + hour]]));
    expect(codeOf(await net.fetch(ask(`${here.url}/feed`)))).toBe('fetch/told-to-wait');
    expect(there.requests).toEqual([]);
  });

  test.each([
    ['604801', true],
    ['99999999999', true],
    ['Sun, 01 Mar 2026 03:00:00 GMT', true],
    ['604799', false],
  ])('Retry-After: %s is cut, and said to be: %s', async (wait, isCut) => {
    const partner = await partnerWith({ '/a': { status: 503, headers: { 'Retry-After': wait } } });
    const fetched = await network().fetch(ask(`${partner.url}/a`));
    const { happened } = fetched.kind === 'failed' ? fetched.problem : { happened: '' };
    expect(happened.includes('we wait a week')).toBe(isCut);
    expect(fetched.hints.retryAfterMs).toBe(isCut ? 7 * day : 604_799_000);
  });
});
