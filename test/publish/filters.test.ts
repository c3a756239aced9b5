/** Filters as they come out of sources.yaml, on items as partners write them. */
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import type { Source, StoredItem } from '../../src/model.ts';
import { isWanted } from '../../src/publish/filters.ts';
import { expectLinear } from '../expect-linear.ts';
import { item } from '../stories/builders.ts';

function sourceWith(skip: string): Source {
  const read = readConfig(
    `sections:\n  calais:\n    - { url: "https://a.example/feed", skip: { title: ${JSON.stringify(skip)} } }\n`,
    'sources.yaml',
    () => undefined,
  );
  if (read.kind !== 'config') throw new Error(read.problems.map(({ happened }) => happened).join('\n'));
  const [source] = read.config.sources;
  if (source === undefined) throw new Error('no source');
  return source;
}

const titled = (title: string): StoredItem => ({ ...item(title), title, id: 1 }) as StoredItem;

test('a language is any of those that a text is in', () => {
  const filtered = (skip: Source['skip']): Pick<Source, 'only' | 'skip'> => ({ only: undefined, skip });
  const both = { ...titled('x'), lang: 'en', langs: ['en', 'fr'] };
  expect(isWanted(both, filtered({ lang: ['fr'] }))).toBe(false);
  expect(isWanted(both, filtered({ lang: ['de'] }))).toBe(true);
  expect(isWanted(both, { only: { lang: ['fr'] }, skip: undefined })).toBe(true);
});

describe('an expression', () => {
  test.each([
    ['/manche/i', 'La Manche', true],
    ['/manche/', 'La Manche', false],
    ['/^week \\d+$/', 'week 45', true],
    ['/\\p{L}+ \\d/u', 'Übung 3', true],
    ['/a.b/s', 'a\nb', true],
    ['manche', 'La Manche', true],
  ])('%s on %j: %j', (skip, title, isSkipped) => {
    expect(isWanted(titled(title), sourceWith(skip))).toBe(!isSkipped);
  });

  test.each(['/(a+)+$/', '/(\\w+\\s?)+:$/', '/(a|a)*b/'])('%s takes no longer than the text is long', async (skip) => {
    const source = sourceWith(skip);
    const title = (size: number): StoredItem => titled(`${'a'.repeat(size)}!`);
    await expectLinear((one) => isWanted(one, source), 1_000, title);
  });

  test.each([
    ['/foo(?=bar)/', 'look ahead'],
    ['/(a)\\1/', 'refer back'],
    ['/(/', 'missing'],
  ])('%s is refused with the reason', (skip, why) => {
    expect(() => sourceWith(skip)).toThrow(why);
  });
});
