/** Whatever a partner writes, wherever it lands: the feeds are well-formed, whole, and give the title back. */
import fc from 'fast-check';
import Parser from 'rss-parser';
import { expect, test } from 'vitest';
import { renderFeeds } from '../../src/publish/feeds/feeds.ts';
import { feedLine } from '../../src/publish/feeds/safe-values.ts';
import type { StoryView } from '../../src/publish/views.ts';
import { anySite, anyStory } from './any-story.ts';
import { asRead, hasXmllint, section, type site, xmllint } from './feeds-story.ts';

function renderAll(where: ReturnType<typeof site>, stories: readonly StoryView[]): ReturnType<typeof renderFeeds> {
  return renderFeeds(
    where,
    section(stories.map((one, index) => ({ ...one, id: `tag:news.example,2026:story/${index}` }))),
  );
}

test('all three feeds are read back with every item and the same titles', async () => {
  await fc.assert(
    fc.asyncProperty(anySite, fc.array(anyStory, { maxLength: 3 }), async (where, stories) => {
      const { rss, atom, json } = renderAll(where, stories);
      const parser = new Parser();
      const plain = stories.map((one) => feedLine(one.title));
      const headings = stories.map((one, index) => plain[index] || feedLine(one.heading) || expect.stringMatching(/./));
      expect((await parser.parseString(rss)).items.map((item) => asRead(item.title))).toEqual(headings);
      expect((await parser.parseString(atom)).items.map((item) => asRead(item.title))).toEqual(headings);
      expect(JSON.parse(json).items.map((item: { title?: string }) => item.title ?? '')).toEqual(plain);
    }),
    { numRuns: 150 },
  );
});

test.skipIf(!hasXmllint)('xmllint accepts them (skipped where xmllint is not installed)', () => {
  const samples = fc.sample(fc.tuple(anySite, fc.array(anyStory, { minLength: 1, maxLength: 3 })), {
    numRuns: 60,
    seed: 7,
  });
  const documents = samples.flatMap(([where, stories]) => {
    const { rss, atom } = renderAll(where, stories);
    return [rss, atom];
  });
  expect(xmllint(documents)).toBe('');
});
