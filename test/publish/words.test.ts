import { describe, expect, test } from 'vitest';
import {
  formatDay,
  formatMonth,
  formatTime,
  groupsIn,
  momentsFor,
  ourLanguages,
  speaks,
  weekWords,
  wordsFor,
} from '../../src/publish/words.ts';

const tables = [...ourLanguages()].map((lang) => [lang, wordsFor(lang, {})] as const);
const english = wordsFor('en', {});

/** Names of all words, those inside groups included, with the kind of each. */
function shapeOf(words: object, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? shapeOf(value, `${prefix}${key}.`)
      : [`${prefix}${key}: ${typeof value}`],
  );
}

function textsOf(words: object): string[] {
  return Object.values(words).flatMap((value) =>
    typeof value === 'object' && value !== null ? textsOf(value) : typeof value === 'string' ? [value] : [],
  );
}

describe('the interface speaks en, fr, de, ar, es, it and fa', () => {
  test('all seven', () => {
    expect([...ourLanguages()].sort()).toEqual(['ar', 'de', 'en', 'es', 'fa', 'fr', 'it']);
  });

  test.each(tables)('%s has every word, and none is empty', (_lang, words) => {
    expect(shapeOf(words).sort()).toEqual(shapeOf(english).sort());
    for (const text of textsOf(words)) expect(text.trim()).not.toBe('');
  });

  test.each(tables.filter(([lang]) => lang !== 'en'))('%s is not English', (_lang, words) => {
    const own = new Set(textsOf(words));
    const borrowed = textsOf(english).filter((text) => own.has(text));
    // Single words may be alike (Sources, Feed); sentences may not.
    expect(borrowed.filter((text) => text.includes(' '))).toEqual([]);
  });

  test.each(tables)('%s names whom it credits, as given', (_lang, words) => {
    const name = '<bdi>Échos & d’Alarm</bdi>';
    for (const say of [words.from, words.firstSeenAt, words.via, words.readWhole, words.copyOf])
      expect(say(name)).toContain(name);
    expect(words.fromOn(name, 'DATE')).toMatch(/Échos.*DATE/s);
    expect(words.withdrawnBy(name, 'DATE')).toContain(name);
    expect(words.withdrawn('DATE')).toContain('DATE');
    for (const say of [words.repostedBy, words.alsoPublishedBy])
      expect(say(groupsIn(words, ['Ay', 'Bee'], 0))).toMatch(/Ay.*Bee/);
    expect(words.alsoPublishedBy('Ay')).not.toBe(words.repostedBy('Ay'));
    expect(words.alsoBy).not.toBe(words.passedOnBy);
  });

  test.each(tables)('%s counts', (lang, words) => {
    const digits = (n: number): string => new Intl.NumberFormat(lang).format(n);
    for (const n of [3, 5, 11, 100, 1234]) {
      expect(words.stories(n)).toContain(digits(n));
      expect(words.carriedBy(n)).toContain(digits(n));
      expect(groupsIn(words, ['Ay'], n)).toContain(digits(n));
      expect(groupsIn(words, [], n)).toContain(digits(n));
    }
    for (const n of [0, 1, 2, 3, 11, 100]) expect(words.stories(n)).not.toMatch(/[{}]/);
    expect(weekWords(words, '2026-W47')).toContain(digits(47));
    for (const n of [3, 14, 100]) expect(words.andMore(n)).toContain(digits(n));
    expect(words.digestOrderMarked('urgent')).toContain('urgent');
    expect(words.digestOrder).not.toMatch(/\(\)|undefined/);
  });

  test.each(tables)('%s says how a source stands', (lang, words) => {
    const digits = (n: number): string => new Intl.NumberFormat(lang).format(n);
    expect(words.because('STATE', 'REASON')).toMatch(/STATE.*REASON/);
    for (const n of [12, 14]) expect(words.answering(12, 14)).toContain(digits(n));
    for (const n of [30, 27, 3, 1234]) expect(words.lastDays(30, 27, 3, 1234)).toContain(digits(n));
  });
});

describe('credit sentences in English and French', () => {
  test('who passed it on', () => {
    const reposted = (lang: string, names: readonly string[], others: number): string => {
      const words = wordsFor(lang, {});
      return words.repostedBy(groupsIn(words, names, others));
    };
    expect(reposted('en', ['A', 'B'], 2)).toBe('reposted by A, B and 2 others');
    expect(reposted('en', ['A'], 1)).toBe('reposted by A and 1 other');
    expect(reposted('fr', ['A', 'B', 'C'], 0)).toBe('relayé par A, B et C');
    expect(reposted('ar', ['A'], 2)).toContain('مجموعتان');
  });

  test('an odd week is printed as it is', () => {
    expect(weekWords(english, 'soon')).toBe('soon');
  });
});

describe('which language answers', () => {
  test.each([
    ['fr-CH', 'fr'],
    ['FR', 'fr'],
    ['nl', 'en-GB'],
    ['und', 'en-GB'],
    ['', 'en-GB'],
  ])('%s', (lang, locale) => {
    expect(wordsFor(lang, {}).locale).toBe(locale);
    expect(speaks(lang, {})).toBe(locale !== 'en-GB');
  });
});

describe('dates', () => {
  const instant = Date.parse('2010-01-20T23:30:00Z'); // the 21st in Paris, still the 20th in London

  test.each([
    ['en', 'Europe/Paris', '21 January 2010'],
    ['en', 'Europe/London', '20 January 2010'],
    ['fr', 'Europe/Paris', '21 janvier 2010'],
    ['de', 'Europe/Paris', '21. Januar 2010'],
    ['es', 'Europe/Paris', '21 de enero de 2010'],
    ['it', 'Europe/Paris', '21 gennaio 2010'],
    ['ar', 'Europe/Paris', '21 يناير 2010'],
    ['fa', 'Europe/Paris', '۱ بهمن ۱۳۸۸'],
    ['und', 'Europe/Paris', '21 January 2010'],
    ['not a tag!', 'Europe/Paris', '21 January 2010'],
  ])('%s in %s', (lang, timezone, expected) => {
    expect(formatDay(instant, lang, { timezone })).toBe(expected);
  });

  test.each([
    ['en', ['Thursday ', '21', ' January 2010']],
    ['de', ['Donnerstag ', '21.', ' Januar 2010']],
    ['es', ['jueves ', '21', ' de enero de 2010']],
    ['ar', ['الخميس ', '21', ' يناير 2010']],
    ['fa', ['پنجشنبه ', '۱', ' بهمن ۱۳۸۸']],
  ])('a header in %s reads in the order it is spoken', (lang, expected) => {
    expect(momentsFor(lang, { timezone: 'Europe/Paris' }).header(instant)).toEqual(expected);
  });

  test.each([
    ['en', 'Thursday 21 January 2010'],
    ['de', 'Donnerstag, 21. Januar 2010'],
    ['es', 'jueves, 21 de enero de 2010'],
    ['fr', 'jeudi 21 janvier 2010'],
    ['fa', 'پنجشنبه ۱ بهمن ۱۳۸۸'],
  ])('in one line of %s a date has the comma that belongs there', (lang, expected) => {
    expect(momentsFor(lang, { timezone: 'Europe/Paris' }).inFull(instant)).toBe(expected);
  });

  test.each([
    ['fr', '1er janvier 2010', ['vendredi ', '1er', ' janvier 2010']],
    ['fr-CA', '1er janvier 2010', ['vendredi ', '1er', ' janvier 2010']],
    ['it', '1 gennaio 2010', ['venerdì ', '1', ' gennaio 2010']],
  ])('the first of a month in %s', (lang, day, header) => {
    const moments = momentsFor(lang, { timezone: 'Europe/Paris' });
    const first = Date.parse('2010-01-01T12:00:00Z');
    expect(moments.day(first)).toBe(day);
    expect(moments.header(first)).toEqual(header);
  });

  test('the Persian calendar is explained, the Gregorian needs no explanation', () => {
    expect(momentsFor('fa', { timezone: 'Europe/Paris' }).gregorian(instant)).toContain('۲۰۱۰');
    expect(momentsFor('fr', { timezone: 'Europe/Paris' }).gregorian(instant)).toBeUndefined();
  });

  test.each([
    ['Europe/Paris', '2010-07-01T12:00:05Z', '2010-07-01T14:00:05+02:00'],
    ['Europe/Paris', '2010-01-20T23:30:00Z', '2010-01-21T00:30:00+01:00'],
    ['Asia/Tehran', '2010-01-20T23:30:00Z', '2010-01-21T03:00:00+03:30'],
    ['America/St_Johns', '2010-01-20T23:30:00Z', '2010-01-20T20:00:00-03:30'],
    ['UTC', '2010-01-20T23:30:00Z', '2010-01-20T23:30:00+00:00'],
  ])('machines get the offset of %s', (timezone, from, expected) => {
    const machine = momentsFor('ar', { timezone }).machine(Date.parse(from));
    expect(machine).toBe(expected);
    expect(Date.parse(machine)).toBe(Date.parse(from));
  });

  test('times and months', () => {
    expect(formatTime(instant, 'en', { timezone: 'Europe/Paris' })).toBe('00:30');
    expect(formatTime(instant, 'fa', { timezone: 'Europe/Paris' })).toBe('۰۰:۳۰');
    expect(formatMonth('2010-01', 'fr', {})).toBe('janvier 2010');
    expect(formatMonth('2010-01', 'fa', {})).toContain('۲۰۱۰');
  });
});
