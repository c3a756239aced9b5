/** Which stories of a section's list are kept, announced, and on its first page. */
import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/model.ts';
import { announcedOf, firstPageOf, isKept, languagesOf } from '../../src/publish/selection.ts';
import type { Listed } from '../../src/publish/supply.ts';
import { source } from '../stories/builders.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 23, 12);

/** Newest first: the first named is the newest. */
function listed(...origins: readonly (string | undefined)[]): Listed[] {
  return origins.map((firstImportOf, at) => ({
    id: at + 1,
    uid: `s${at + 1}`,
    changed: 0,
    date: now - at * 1_000,
    firstImportOf,
    langs: ['en'],
  }));
}

const ids = (stories: readonly Listed[]): number[] => stories.map(({ id }) => id);
const limited = (key: string, firstImport: number): Source => ({ ...source(key), key, firstImport });

describe('languages that have feeds of their own', () => {
  const inTongues = (...langs: readonly (readonly string[])[]): readonly string[] =>
    languagesOf(
      langs.map((own, id) => ({ id, uid: `s${id}`, changed: 0, date: now, firstImportOf: undefined, langs: own })),
    );
  test('most used first, whatever script or region', () => {
    expect(inTongues(['fr'], ['pt-BR', 'en'], ['pt'], ['fr', 'fr-CH'], ['fr'])).toEqual(['fr', 'pt', 'en']);
  });
  test('none where all is in one, or nobody knows in which', () => {
    expect([inTongues(['fr'], ['fr-CA'], ['und']), inTongues()]).toEqual([[], []]);
  });
  test('no folder that a partner makes up, and not any number of them', () => {
    const many = Array.from({ length: 30 }, (_, at) => [`q${String.fromCharCode(97 + (at % 26))}`, '../x', 'toolong']);
    expect(inTongues(...many)).toHaveLength(12);
  });
});

describe('how long a section keeps', () => {
  test('for good, where nobody says', () => {
    expect(isKept(0, { keepMs: undefined }, now)).toBe(true);
  });

  test('to midnight, and never longer than said', () => {
    const month = { keepMs: 30 * day };
    const midnight = Date.UTC(2026, 9, 25);
    expect(isKept(midnight, month, now)).toBe(true);
    expect(isKept(midnight - 1, month, now)).toBe(false);
    expect(isKept(midnight, month, now + 11.9 * 3_600_000)).toBe(true);
    expect(isKept(now - 30 * day - 1, month, now)).toBe(false);
  });
});

describe('a first import', () => {
  const sources = [limited('new', 2), limited('newer', 0)];

  test('announces its newest items, as many as it may; others are untouched', () => {
    const list = listed('new', undefined, 'newer', 'new', 'new', undefined, 'new');
    expect(ids(announcedOf(list, sources))).toEqual([1, 2, 4, 6]);
  });

  test('of a source that has left sources.yaml is held back by nobody', () => {
    expect(ids(announcedOf(listed('left', 'left', 'left'), sources))).toEqual([1, 2, 3]);
  });

  test('pushes nobody off the first page, and takes the room that is left', () => {
    const list = listed('new', 'new', 'new', 'new', 'new', undefined, undefined);
    const announced = announcedOf(list, sources);
    expect(ids(firstPageOf(list, announced, 5))).toEqual([1, 2, 3, 6, 7]);
    expect(ids(firstPageOf(list, announced, 3))).toEqual([1, 2, 6]);
    expect(ids(firstPageOf(list, announced, 9))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('that all may announce leaves the page as it was', () => {
    const list = listed(undefined, 'new', undefined);
    expect(ids(firstPageOf(list, announcedOf(list, sources), 2))).toEqual([1, 2]);
  });
});
