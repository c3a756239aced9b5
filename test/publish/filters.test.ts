/** Filters as they come out of sources.yaml, on items as partners write them. */
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import type { Filter, FilterPart, Source, StoredItem } from '../../src/model.ts';
import { judged, placeOf, sectionsTaking } from '../../src/publish/filters.ts';
import { expectLinear } from '../expect-linear.ts';
import { item } from '../stories/builders.ts';

function sourceWith(skip: string, part: FilterPart = 'title'): Source {
  const read = readConfig(
    `sections:\n  calais:\n    - { url: "https://a.example/feed", skip: { ${part}: ${JSON.stringify(skip)} } }\n`,
    'sources.yaml',
    () => undefined,
  );
  if (read.kind !== 'config') throw new Error(read.problems.map(({ happened }) => happened).join('\n'));
  const [source] = read.config.sources;
  if (source === undefined) throw new Error('no source');
  return source;
}

const titled = (title: string): StoredItem => ({ ...item(title), title, id: 1 }) as StoredItem;
const isWanted = (one: StoredItem, source: Source): boolean => sectionsTaking(one, source).length > 0;
const only = (filter: Filter): { only: Filter[]; skip: Filter[] } => ({ only: [filter], skip: [] });
const skip = (filter: Filter): { only: Filter[]; skip: Filter[] } => ({ only: [], skip: [filter] });

test('a language is any of those that a text is in', () => {
  const both = { ...titled('x'), lang: 'en', langs: ['en', 'fr'] };
  expect(judged(both, skip({ lang: ['fr'] })).isWanted).toBe(false);
  expect(judged(both, skip({ lang: ['de'] })).isWanted).toBe(true);
  expect(judged(both, only({ lang: ['fr'] })).isWanted).toBe(true);
});

test('each section has its own filter', () => {
  const source = {
    sections: ['all', 'camps', 'ports'],
    filters: [
      { section: 'camps', ...only({ title: ['camp'] }) },
      { section: 'ports', only: [{ title: ['port'] }], skip: [{ title: ['sport'] }] },
    ],
  };
  expect(sectionsTaking(titled('The camp by the port'), source)).toEqual(['all', 'camps', 'ports']);
  expect(sectionsTaking(titled('Sport in the camp'), source)).toEqual(['all', 'camps']);
  expect(sectionsTaking(titled('Weather'), source)).toEqual(['all']);
});

test('of several filters each is to let it through', () => {
  const both = { only: [{ title: ['camp'] }, { lang: ['en'] }], skip: [{ title: ['a'] }, { title: ['z'] }] };
  expect(judged({ ...titled('CMP camp'), langs: ['fr'] }, { ...both, skip: [] })).toMatchObject({ missing: 'lang' });
  expect(judged(titled('zoo'), { only: [], skip: both.skip })).toMatchObject({ hit: { term: 'z' } });
});

describe('a word is met', () => {
  test.each([
    ['évacuation', 'EVACUATION à Calais'],
    ['evacuation', 'L’évacuation'],
    ["l'été", 'Dans l’été'],
    ['no border', 'a no\u00a0border camp'],
    ['no border', 'no\nborder'],
    ['straße', 'STRASSE'],
    ['port', 'transport'],
    ['كاليه', 'كَالِيه'],
    ['کالی', 'كالي'],
    ['قضية', 'قضيه'],
    ['camp', 'ca\u00admp'],
    ['ΟΔΟΣ', 'οδος'],
    ['2026', '٢٠٢٦'],
  ])('%j in %j', (word, title) => {
    expect(judged(titled(title), skip({ title: [word] }))).toMatchObject({ isWanted: false, hit: { term: word } });
  });
  test.each([
    ['가', '각'],
    ['कि', 'का'],
    ['noborder', 'no border'],
  ])('%j not in %j', (word, title) => {
    expect(judged(titled(title), skip({ title: [word] })).isWanted).toBe(true);
  });
});

test('a word late in a long text counts, in words and expressions', () => {
  const long = { ...titled('x'), text: `${'La traversée de la mer. '.repeat(4_000)}Lampedusa` };
  expect(judged(long, only({ text: ['lampedusa'] })).isWanted).toBe(true);
  expect(isWanted(long, sourceWith('/Lampedusa$/', 'text'))).toBe(false);
});

test.each([
  ['EVACUATION', 'À l’évacuation d’hier', 'évacuation'],
  ['no border', 'the no\n  border camp', 'no\n  border'],
  ['كاليه', 'في كَالِيه اليوم', 'كَالِيه'],
  ['strasse', 'Die Straße', 'Straße'],
])('%j is shown where it stands in %j', (term, text, shown) => {
  const place = placeOf({ part: 'title', term, text });
  expect(text.slice(place?.from, place?.to)).toBe(shown);
});

describe('an expression', () => {
  test.each([
    ['/manche/i', 'La Manche', true],
    ['/manche/', 'La Manche', false],
    ['/^week \\d+$/', 'week 45', true],
    ['/\\p{L}+ \\d/u', 'Übung 3', true],
    ['/a.b/s', 'a\nb', true],
    ['manche', 'La Manche', true],
  ])('%s on %j: %j', (written, title, isSkipped) => {
    expect(isWanted(titled(title), sourceWith(written))).toBe(!isSkipped);
  });

  test.each(['/(a+)+$/', '/(\\w+\\s?)+:$/', '/(a|a)*b/'])(
    '%s takes no longer than the text is long',
    async (written) => {
      const source = sourceWith(written);
      const title = (size: number): StoredItem => titled(`${'a'.repeat(size)}!`);
      await expectLinear((one) => isWanted(one, source), 1_000, title);
    },
  );

  test.each([
    ['/foo(?=bar)/', 'look ahead'],
    ['/(a)\\1/', 'refer back'],
    ['/(/', 'missing'],
  ])('%s is refused with the reason', (written, why) => {
    expect(() => sourceWith(written)).toThrow(why);
  });
});

test('words take no longer than the text is long', async () => {
  const text = (size: number): StoredItem => titled('é à '.repeat(size / 4));
  await expectLinear((one) => judged(one, skip({ title: ['zebra', 'éé'] })).isWanted, 1_000, text);
});
