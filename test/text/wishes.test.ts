/** What partners may write to be shown less, whatever else they or others write there. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Images, Show, Source } from '../../src/model.ts';
import { stricterOf, wholeWish, wishInFile, wishNamespace, wishOf } from '../../src/text/wishes.ts';

const republishing: readonly Show[] = ['none', 'link', 'excerpt', 'full'];
const imaging: readonly Images[] = ['none', 'link', 'copy'];

test('a wish makes stricter and never looser', () => {
  const shows: readonly Source['show'][] = ['link', 'excerpt', 'full'];
  for (const show of shows)
    for (const images of imaging)
      for (const wished of [undefined, ...republishing])
        for (const pictures of [undefined, ...imaging]) {
          const terms = stricterOf({ show, images }, { republish: wished, images: pictures });
          const isStricter = <T>(order: readonly T[], one: T, than: T | undefined): boolean =>
            than === undefined || order.indexOf(one) <= order.indexOf(than);
          expect(isStricter(republishing, terms.republish, show)).toBe(true);
          expect(isStricter(republishing, terms.republish, wished)).toBe(true);
          expect([show, wished]).toContain(terms.republish);
          expect(isStricter(imaging, terms.images, images)).toBe(true);
          expect(isStricter(imaging, terms.images, pictures)).toBe(true);
          expect([images, pictures]).toContain(terms.images);
        }
});

test('of several places the strictest counts', () => {
  const site = (republish: Show) => ({ host: 'a.example', wish: { republish }, readAt: 1 });
  expect(wholeWish({ feed: { images: 'none' }, sites: [site('excerpt'), site('link')] })).toEqual({
    republish: 'link',
    images: 'none',
  });
  expect(wholeWish(undefined)).toEqual({ republish: undefined, images: undefined });
});

test.each<[unknown, unknown]>([
  ['none', { republish: 'none' }],
  [' None ', { republish: 'none' }],
  [
    { republish: 'link', images: 'NONE' },
    { republish: 'link', images: 'none' },
  ],
  [{ republish: 'nothing' }, undefined],
  [{ republish: ['none'] }, undefined],
  [JSON.parse('{"__proto__": {"republish": "none"}}'), undefined],
  [null, undefined],
  [7, undefined],
])('%j', (written, wish) => {
  expect(wishOf(written)).toEqual(wish);
});

describe('a file', () => {
  const asked = { host: 'platform.example', feeds: ['https://platform.example/groupA/feed/?x=1'], isWholeSite: false };
  const all = { ...asked, isWholeSite: true };
  test.each<[string, string, typeof asked, unknown]>([
    ['of the whole site', '{"republish": "none"}', all, { republish: 'none' }],
    ['of the whole site, for one of its folders', '{"republish": "none"}', asked, undefined],
    ['that names the feed', '{"republish": "none", "feeds": {"/groupA/feed?x=1": "link"}}', all, { republish: 'link' }],
    [
      'that names it whole',
      '{"feeds": {"https://www.platform.example/groupA/feed/?x=1": {"images": "none"}}}',
      asked,
      { images: 'none' },
    ],
    ['that names another', '{"feeds": {"/groupB/feed": "none"}}', asked, undefined],
    ['that names one on another host', '{"feeds": {"https://x.example/groupA/feed?x=1": "none"}}', asked, undefined],
    ['that says that all is well', '{"feeds": {"/groupA/feed?x=1": null}, "republish": "none"}', all, undefined],
    ['with a mark of byte order', '\uFEFF{"republish": "link"}', all, { republish: 'link' }],
    ['that is a page', '<!doctype html><title>Not found</title>', all, 'junk'],
    ['that is a list', '["none"]', all, 'junk'],
    ['that is empty', '', all, 'junk'],
  ])('%s', (_what, text, who, wish) => {
    expect(wishInFile(text, who)).toEqual(wish);
  });

  test('of any kind ends in a wish, none, or junk', () => {
    const told = (text: string): void => {
      const wish = wishInFile(text, all);
      if (wish === undefined || wish === 'junk') return;
      expect([undefined, ...republishing]).toContain(wish.republish);
      expect([undefined, ...imaging]).toContain(wish.images);
    };
    fc.assert(fc.property(fc.json(), told));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('republish', 'images', 'feeds'), fc.jsonValue()), (file) =>
        told(JSON.stringify(file)),
      ),
    );
  });
});

test('what partners are told to write is what is understood', () => {
  const page = readFileSync(new URL('../../docs/partners.md', import.meta.url), 'utf8');
  const files = [...page.matchAll(/```json\n(.*?)```/gs)].map((match) => match[1] ?? '');
  const said = files.map((text) => {
    const { _relais } = JSON.parse(text) as { _relais?: unknown };
    return wishOf(_relais ?? JSON.parse(text));
  });
  expect(said.length).toBeGreaterThan(2);
  expect(said).not.toContain(undefined);
  const words = [...page.matchAll(/^\| `([a-z]+)` \| (?!means)/gm)].map((match) => match[1]);
  expect(words).toEqual([...republishing, ...imaging]);
  expect(page).toContain(`xmlns:relais="${wishNamespace}"`);
});
