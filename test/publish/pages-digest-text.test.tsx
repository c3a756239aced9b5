import { describe, expect, test } from 'vitest';
import { renderDigestText, wrap } from '../../src/publish/digest-text.ts';
import { wordsFor } from '../../src/publish/words.ts';
import {
  arabic,
  calais,
  digestView,
  hostile,
  original,
  repost,
  sea,
  siteView,
  story,
  withdrawn,
} from './pages-views.ts';

const long = story('long', {
  heading:
    'A very long heading that goes on about the harbour, the quay, the fences and the night until it no longer fits',
  excerpt: 'Sixty words or so, '.repeat(20).trim(),
  credit:
    'From Quay Watch, 2 November 2026 · reposted by Cook Together, Rete Porti, Les Amies du Port et de la Jetée and 2 others',
  url: `https://quay.example/${'a-long-address-'.repeat(8)}/`,
  reposts: [repost('Cook Together'), repost('Rete Porti', { url: undefined })],
});
const text = renderDigestText(
  siteView(),
  digestView(calais, [long, arabic, withdrawn('gone'), hostile, story('plain')]),
);

/** Columns of a terminal: marks take none. */
const columns = (line: string): number => [...line.replace(/[\p{M}\u200c-\u200f]/gu, '')].length;

describe('a digest as text', () => {
  test('has lines of at most 78 columns, but for addresses, which stand alone', () => {
    for (const line of text.split('\n')) {
      if (columns(line) > 78) expect(line).toMatch(/^ *https?:\/\/\S+$/);
      expect(line).toBe(line.trimEnd());
    }
    expect(text.split('\n').some((line) => columns(line) > 60)).toBe(true);
  });

  test('has every link: original, reposts, our page, the digest', () => {
    for (const url of [
      long.url,
      'https://cooktogether.example/copied/',
      'https://news.example/story/long/',
      'https://news.example/calais/digest/2026-w45/',
    ]) {
      expect(text.split('\n').map((line) => line.trim())).toContain(url);
    }
    expect(text).toContain('desk@news.example');
    expect(text).not.toContain('javascript:');
  });

  test('numbers the stories and credits each, without the withdrawn', () => {
    expect(text.match(/^\d+\. /gm)).toEqual(['1. ', '2. ', '3. ', '4. ']);
    expect(text).toContain('   From Quay Watch, 2 November 2026\n');
    expect(text).toContain(arabic.title);
    expect(text).toContain('Calais: Weekly digest, week 45 of 2026');
  });

  test('no line of a story begins as a mail file begins a message', () => {
    const bodies = text.slice(text.indexOf('===='));
    expect(bodies).not.toMatch(/^From /m);
  });

  test('speaks the language of its section', () => {
    expect(renderDigestText(siteView(), digestView(sea, [arabic]))).toContain(wordsFor('ar', {}).howWeKnow);
  });

  test('without an address of the site it has the originals alone', () => {
    const alone = renderDigestText(
      siteView({ url: undefined, contact: undefined }),
      digestView(calais, [story('plain')]),
    );
    expect(alone.match(/https?:\S+/g)).toEqual(['https://quay.example/plain/']);
  });

  test('a story that only a reposter’s page tells of names that page once', () => {
    const copy = repost('Cook Together');
    const orphan = story('orphan', { url: copy.url, original: { ...original, isHeld: false }, reposts: [copy] });
    const lines = renderDigestText(siteView(), digestView(calais, [orphan]))
      .split('\n')
      .map((line) => line.trim());
    expect(lines.filter((line) => line === copy.url)).toHaveLength(1);
    expect(lines).toContain('Read the whole text at Cook Together:');
  });
});

describe('wrapping', () => {
  test.each([
    ['words', 'one two three '.repeat(30)],
    ['a word that never ends', 'x'.repeat(500)],
    ['letters of two columns', '難民支援'.repeat(60)],
    ['marks that take none', 'e\u0301'.repeat(200)],
  ])('%s', (_what, given) => {
    const lines = wrap(given, '   ');
    for (const line of lines) {
      const wide = [...line].filter((character) => /\p{Script=Han}/u.test(character)).length;
      expect(columns(line) + wide).toBeLessThanOrEqual(78);
      expect(line.startsWith('   ')).toBe(true);
    }
    expect(lines.join('').replace(/ /g, '')).toBe(given.replace(/ /g, ''));
    expect(lines.length).toBeGreaterThan(1);
  });

  test('one line stays one line, whatever breaks stand in it', () => {
    expect(wrap('a\r\nb\u2028c\u202e d')).toEqual(['a b c d']);
    expect(wrap('')).toEqual([]);
  });
});
