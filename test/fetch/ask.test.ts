/** Which address is asked, and which validators go with the question. */
import { describe, expect, test } from 'vitest';
import { requestFor } from '../../src/fetch/ask.ts';
import type { SourceMemory } from '../../src/model.ts';
import { problem } from '../../src/problems.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse('2025-03-01T03:00Z');
const url = 'https://a.example/';
const feedUrl = 'https://a.example/feed.xml';
const far = 'https://new.example/feed';
const source = { url, proxy: undefined, authorityFile: undefined };
const validators = { etag: 'W/"odd', lastModified: 'yesterday' };
const none = { etag: undefined, lastModified: undefined };

/** After a 304 an hour ago, with a body of the day before. */
function memory(part: Partial<SourceMemory> = {}): SourceMemory {
  return {
    key: 'a.example',
    feedUrl: undefined,
    askedUrl: url,
    bodyUrl: url,
    validators,
    bodyHash: 'hash',
    title: undefined,
    home: undefined,
    lang: undefined,
    generator: undefined,
    marks: undefined,
    feedHints: undefined,
    nextDue: now,
    lastTried: now - hour,
    lastSuccess: now - hour,
    lastBody: now - day,
    lastNewItem: now - day,
    rhythmMs: undefined,
    failures: 0,
    failingSince: undefined,
    lastAbandoned: undefined,
    problem: undefined,
    isGone: false,
    move: undefined,
    held: undefined,
    stoppedSince: undefined,
    silentSince: undefined,
    standing: [],
    waitUntil: undefined,
    ...part,
  };
}

describe('the address, and what belongs to it', () => {
  test.each<readonly [string, Partial<SourceMemory>, string, boolean]>([
    ['as configured', {}, url, true],
    ['never asked', { askedUrl: undefined, bodyUrl: undefined, bodyHash: undefined, lastBody: undefined }, url, false],
    ['the feed behind the page', { feedUrl, askedUrl: feedUrl, bodyUrl: feedUrl }, feedUrl, true],
    ['a redirect', { bodyUrl: 'https://cdn.example/' }, url, true],
    ['a move just adopted, body of the old address', { feedUrl, askedUrl: url }, feedUrl, false],
    ['https added in sources.yaml', { askedUrl: 'http://a.example/' }, url, false],
    ['another address in sources.yaml', { askedUrl: 'https://www.a.example/', feedUrl }, url, false],
    ['a body of nobody knows what', { askedUrl: undefined, feedUrl }, feedUrl, false],
  ])('%s', (_name, part, expected, isKnown) => {
    const known = memory(part);
    expect(requestFor(source, known, now)).toEqual({
      url: expected,
      validators: known.bodyUrl === undefined ? none : validators,
      bodyUrl: known.bodyUrl,
      bodyHash: isKnown ? 'hash' : undefined,
      proxy: undefined,
      authorityFile: undefined,
    });
  });

  describe('what was found or moved to, and fails', () => {
    const lost = (part: Partial<SourceMemory>): SourceMemory =>
      memory({ feedUrl, askedUrl: feedUrl, problem: problem('fetch/not-found', {}), ...part });
    const since = (ms: number): Partial<SourceMemory> => ({ failingSince: now - ms });
    test.each<readonly [string, Partial<SourceMemory>, string]>([
      ['for a passing trouble', { failures: 2, ...since(2 * hour) }, feedUrl],
      ['lastingly: the configured address', { failures: 4, ...since(8 * hour) }, url],
      ['and then in turn', { failures: 5, ...since(16 * hour) }, feedUrl],
      ['a source that is asked once a day', { failures: 2, ...since(2 * day) }, url],
      ['because our proxy does', { failures: 4, ...since(8 * hour), problem: problem('fetch/proxy', {}) }, feedUrl],
      ['at another domain, for a day', { feedUrl: far, askedUrl: far, failures: 6, ...since(2 * day) }, far],
      ['at another domain, for a week', { feedUrl: far, askedUrl: far, failures: 12, ...since(7 * day) }, url],
    ])('%s', (_name, part, expected) => {
      expect(requestFor(source, lost(part), now)).toMatchObject({ url: expected });
    });
    test('the configured address is asked without the hash of what it led to; validators go where they came from alone', () => {
      const asked = requestFor(source, lost({ failures: 4, ...since(8 * hour) }), now);
      expect(asked).toMatchObject({ url: source.url, bodyHash: undefined });
      expect(asked.bodyUrl).toBe(lost({}).bodyUrl);
    });
  });

  test("the source's own proxy and authority go with it", () => {
    const own = { url, proxy: 'socks5://127.0.0.1:9050', authorityFile: 'partner-ca.pem' };
    expect(requestFor(own, memory(), now)).toMatchObject({ proxy: own.proxy, authorityFile: own.authorityFile });
  });
});

describe('once a week without validators', () => {
  const isConditional = (part: Partial<SourceMemory>): boolean =>
    requestFor(source, memory(part), now).validators.etag !== undefined;

  test.each<readonly [string, Partial<SourceMemory>, boolean]>([
    ['304s for a moment less than a week', { lastBody: now - 7 * day + 1 }, true],
    ['304s for a week', { lastBody: now - 7 * day }, false],
    ['304s for eight days: it has been tried', { lastBody: now - 8 * day }, true],
    ['304s for two weeks', { lastBody: now - 14 * day }, false],
    ['after a failure', { lastBody: now - 7 * day, lastSuccess: now - 2 * hour }, true],
    [
      'told to wait, which counts as no failure',
      { lastBody: now - 7 * day, lastSuccess: now - day, failures: 0 },
      true,
    ],
    ['of a weekly source, after a body', sameInstant(now - 7 * day), true],
    ['of a weekly source, after a 304', { ...sameInstant(now - 7 * day), lastBody: now - 14 * day }, false],
    ['a body that nobody remembers', { lastBody: undefined }, true],
  ])('%s', (_name, part, expected) => {
    expect(isConditional(part)).toBe(expected);
  });

  test('the body hash is kept, so that equal bytes cost nothing', () => {
    expect(requestFor(source, memory({ lastBody: now - 7 * day }), now).bodyHash).toBe('hash');
  });

  describe.each([hour, 23 * hour, 7 * day, 8 * day])('asked every %i ms for ten weeks', (gap) => {
    test.each(['a body', 'no answer'])('never two in a row, where the first brings %s', (outcome) => {
      let known = memory({ lastTried: now - gap, lastSuccess: now - gap, lastBody: now - 2 * gap });
      const whole: number[] = [];
      const visits = Array.from({ length: Math.floor((70 * day) / gap) }, (_, at) => now + at * gap);
      for (const at of visits) {
        const isWhole = requestFor(source, known, at).validators.etag === undefined;
        if (isWhole) whole.push(at);
        const after304 = { ...known, lastTried: at, lastSuccess: at };
        if (!isWhole) known = after304;
        else known = outcome === 'no answer' ? { ...known, lastTried: at } : { ...after304, lastBody: at };
      }
      expect(whole.length).toBeGreaterThanOrEqual(3);
      expect(whole.length).toBeLessThanOrEqual(10);
      for (const [at, one] of whole.slice(1).entries()) {
        expect(one - (whole[at] ?? 0)).toBeGreaterThanOrEqual(Math.max(2 * gap, 6 * day));
      }
    });
  });
});

function sameInstant(at: number): Partial<SourceMemory> {
  return { lastTried: at, lastSuccess: at, lastBody: at };
}
