import { describe, expect, test } from 'vitest';
import { judge, nextHop, withoutSecrets } from '../../src/fetch/answer.ts';

const asked = { isConditional: false, waitMs: undefined, isForGood: true, host: 'news.example.org' };

describe('nextHop', () => {
  const from = 'http://news.example.org/a/feed?x=1';
  test.each([
    ['/b', 'http://news.example.org/b'],
    ['b', 'http://news.example.org/a/b'],
    ['?y=2', 'http://news.example.org/a/feed?y=2'],
    ['//other.example.net/b', 'http://other.example.net/b'],
    ['HTTPS://News.Example.org:443/b', 'https://news.example.org/b'],
    ['http:/b', 'http://news.example.org/b'],
    ['\\\\other.example.net\\b', 'http://other.example.net/b'],
    ['  /b#top  ', 'http://news.example.org/b'],
    ['http://user:secret@other.example.net/', 'http://other.example.net/'],
    [Buffer.from('/actualités').toString('latin1'), 'http://news.example.org/actualit%C3%A9s'],
    ['/caf\u00e9', 'http://news.example.org/caf%C3%A9'],
    ['/a b', 'http://news.example.org/a%20b'],
    ['http://bücher.example/', 'http://xn--bcher-kva.example/'],
  ])('%j leads to %s', (location, target) => {
    const next = nextHop([from], location);
    expect(next instanceof URL ? next.href : next.happened).toBe(target);
  });

  test.each([
    ['http://', 'is no address'],
    ['http://a:99999/', 'is no address'],
    ['ftp://news.example.org/', 'ftp:'],
    ['file:///etc/passwd', 'file:'],
    ['javascript:alert(1)', 'javascript:'],
    ['data:text/xml,<rss/>', 'data:'],
    ['feed:https://news.example.org/', 'feed:'],
  ])('%j is refused', (location, why) => {
    expect(nextHop([from], location)).toMatchObject({
      code: 'fetch/bad-redirect',
      happened: expect.stringContaining(why),
    });
  });

  test('what was encrypted stays encrypted, at any hop', () => {
    const visited = ['http://news.example.org/', 'https://news.example.org/'];
    expect(nextHop(visited, 'http://news.example.org/feed')).toMatchObject({ code: 'fetch/bad-redirect' });
    expect(nextHop(visited, '//news.example.org/feed')).toBeInstanceOf(URL);
  });

  test('a loop is found whatever its spelling', () => {
    const visited = ['https://news.example.org/', 'https://news.example.org/b'];
    expect(nextHop(visited, 'https://NEWS.example.org:443/#again')).toMatchObject({ code: 'fetch/too-many-redirects' });
    expect(nextHop(visited, '/b')).toMatchObject({ code: 'fetch/too-many-redirects' });
  });

  test('five redirects and no sixth', () => {
    const visited = Array.from({ length: 5 }, (_, hop) => `https://news.example.org/${hop}`);
    expect(nextHop(visited, '/next')).toBeInstanceOf(URL);
    expect(nextHop([...visited, 'https://news.example.org/5'], '/next')).toMatchObject({
      code: 'fetch/too-many-redirects',
    });
  });
});

describe('judge', () => {
  test.each([
    [201, 'fetch/unexpected-status'],
    [204, 'fetch/unexpected-status'],
    [206, 'fetch/unexpected-status'],
    [300, 'fetch/unexpected-status'],
    [301, 'fetch/unexpected-status'], // without a Location
    [304, 'fetch/unexpected-status'], // nobody asked
    [400, 'fetch/unexpected-status'],
    [401, 'fetch/not-allowed'],
    [403, 'fetch/not-allowed'],
    [404, 'fetch/not-found'],
    [406, 'fetch/unexpected-status'],
    [410, 'fetch/gone'],
    [418, 'fetch/unexpected-status'],
    [429, 'fetch/server-error'],
    [451, 'fetch/not-allowed'],
    [500, 'fetch/server-error'],
    [503, 'fetch/server-error'],
    [522, 'fetch/server-error'],
    [599, 'fetch/server-error'],
    [600, 'fetch/unexpected-status'],
    [999, 'fetch/unexpected-status'],
  ])('%i is %s and is named with its host', (status, code) => {
    const verdict = judge(status, {}, asked);
    expect(verdict).toMatchObject({ kind: 'failed', problem: { code, subject: {} } });
    const { happened } = verdict.kind === 'failed' ? verdict.problem : { happened: '' };
    expect(happened).toContain(`${status}`);
    expect(happened).toContain('news.example.org');
  });

  test.each([
    [429, undefined, 'fetch/server-error', true],
    [429, 1_000, 'fetch/told-to-wait', true],
    [503, undefined, 'fetch/server-error', false],
    [503, 1_000, 'fetch/told-to-wait', true],
    [500, 1_000, 'fetch/server-error', false],
    [403, 1_000, 'fetch/not-allowed', false],
  ])('%i with a wait of %s: %s, silences the host: %s', (status, waitMs, code, silencesHost) => {
    expect(judge(status, {}, { ...asked, waitMs })).toMatchObject({ problem: { code }, silencesHost });
  });

  test('only 200 and 203 bring a body; a Location beside them means nothing', () => {
    expect([200, 203].map((status) => judge(status, { location: '/b' }, asked).kind)).toEqual(['body', 'body']);
  });
});

test('user name, password and fragment are taken off', () => {
  expect(withoutSecrets(new URL('https://a:b@news.example.org/feed?c=d#e')).href).toBe(
    'https://news.example.org/feed?c=d',
  );
});
