/** robots.txt as RFC 9309 reads it: which group is ours, which rule is the longest, and files that no person wrote. */
import { describe, expect, test } from 'vitest';
import { disallowedBy, readRobots } from '../../src/fetch/robots.ts';
import { expectLinear } from '../expect-linear.ts';

const rulesOf = (text: string) => readRobots(Buffer.from(text));
const isAllowed = (text: string, path: string): boolean =>
  disallowedBy(rulesOf(text), `https://a.example${path}`) === undefined;

describe('the group that is ours (§2.2.1)', () => {
  test.each<readonly [string, string, boolean]>([
    ['no file to speak of', '', true],
    ['everybody', 'User-agent: *\nDisallow: /', false],
    ['others', 'User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /', true],
    ['us by name, whatever everybody may', 'User-agent: *\nDisallow: /\n\nUser-agent: Relais\nDisallow: /admin', true],
    ['us by name, where everybody may', 'User-agent: *\nAllow: /\n\nUser-agent: relais\nDisallow: /news', false],
    ['us among others', 'User-agent: x\nUser-agent: RELAIS/1.0 (bot)\nDisallow: /news', false],
    ['a longer name', 'User-agent: relaisbot\nDisallow: /', true],
    [
      'two groups of ours are one',
      'User-agent: relais\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: relais\nDisallow: /news',
      false,
    ],
    ['a group without rules runs on', 'User-agent: relais\n\nUser-agent: *\nDisallow: /news', false],
    [
      'a sitemap ends no group',
      'User-agent: *\nSitemap: https://a.example/s.xml\nCrawl-delay: 9\nDisallow: /news',
      false,
    ],
    ['rules before any group are nobody’s', 'Disallow: /\nUser-agent: x\nDisallow: /', true],
    ['nothing is disallowed', 'User-agent: *\nDisallow:', true],
    ['spaces, capitals, comments, old line ends', '\ufeffUSER-AGENT : * # all\rdisallow:/news#x\r', false],
  ])('%s', (_what, text, expected) => {
    expect(isAllowed(text, '/news/')).toBe(expected);
  });
});

describe('the longest rule (§2.2.2)', () => {
  const file = (...rules: string[]): string => `User-agent: *\n${rules.join('\n')}`;
  test.each<readonly [string[], string, boolean]>([
    [['Disallow: /', 'Allow: /news'], '/news/1', true],
    [['Allow: /', 'Disallow: /news'], '/news/1', false],
    [['Disallow: /news', 'Allow: /news'], '/news', true],
    [['Disallow: /news$'], '/news', false],
    [['Disallow: /news$'], '/news/', true],
    [['Disallow: /*.html$'], '/a/b.html', false],
    [['Disallow: /*.html$'], '/a/b.html?x', true],
    [['Disallow: /*/archive/*/all'], '/fr/archive/2026/all/', false],
    [['Disallow: /*/archive/*/all'], '/archive/2026/all', true],
    [['Disallow: /*a*a$'], '/ba', true],
    [['Disallow: /*a*a$'], '/baca', false],
    [['Disallow: /?page='], '/?page=2', false],
    [['Disallow: *news'], '/a/news', false],
    [['Disallow: news'], '/news', true],
    [['Disallow: /caf%c3%a9'], '/café', false],
    [['Disallow: /café'], '/caf%C3%A9', false],
    [['Disallow: /%7Euser'], '/~user/', false],
    [['Disallow: /a%2Fb'], '/a/b', true],
    [['Disallow: /News'], '/news', true],
  ])('%j at %s', (rules, path, expected) => {
    expect(isAllowed(file(...rules), path)).toBe(expected);
  });
  test('is named', () => {
    expect(disallowedBy(rulesOf(file('Disallow: /', 'Disallow: /news/')), 'https://a.example/news/1')).toBe('/news/');
  });
});

describe('a file that no person wrote', () => {
  test('is read as far as 500 KiB, and to the end of a line (§2.5)', () => {
    const long = (length: number): string => `User-agent: *\n${'#'.repeat(length - 14 - 1)}\nDisallow: /news\n`;
    expect(isAllowed(long(100_000), '/news')).toBe(false);
    expect(isAllowed(long(512_000), '/news')).toBe(true);
    expect(isAllowed(long(512_000 - 12), '/na')).toBe(true); // no “Disallow: /n” of half a line
  });
  test.each([
    ['a web page', `<html><body>${'<p>User-agent: *</p>'.repeat(9)}`],
    ['bytes', String.fromCharCode(...Array.from({ length: 256 }, (_, at) => at))],
    ['a lone surrogate', 'User-agent: *\nDisallow: /\ud800'],
  ])('%s: nothing is disallowed', (_what, text) => {
    expect(isAllowed(text, '/news')).toBe(true);
  });
  test.each<[string, (size: number) => string]>([
    ['of stars', (size) => `Disallow: /${'*a'.repeat(8 * size)}`],
    ['of rules', (size) => 'Disallow: /*a*b\n'.repeat(size)],
    [
      'of names',
      (length) =>
        Array.from(
          { length },
          (_, at) => `User-agent: ${'abcdefghij'.repeat(2).slice(at % 9)}-${at.toString(36).replace(/\d/g, '_')}`,
        ).join('\n'),
    ],
    ['of groups', (size) => 'User-agent: relais\nDisallow: /x\n'.repeat(size / 2)],
  ])('half a megabyte %s costs in proportion', async (_what, rules) => {
    const ask = (text: string): boolean => isAllowed(`User-agent: *\n${text}`, `/${'a'.repeat(10_000)}`);
    await expectLinear(ask, 8_000, rules);
  });
});
