/** Passages that turn out to be boilerplate after it was decided how texts stand to each other. */
import { expect, test } from 'vitest';
import type { Library } from '../../src/library.ts';
import type { Relation, Settle } from '../../src/story-plan.ts';
import { openTestLibrary, settleDoubts, temporaryFolder } from '../store/open.ts';
import { serve } from '../store/serve.ts';
import { item, source, url } from './builders.ts';
import { comment, other, paragraphs } from './texts.ts';

const sources = ['Harbour Watch', 'Open Gate', 'Night Kitchen', 'Canal Post'].map((name, at) =>
  source(`https://s${at}.example/feed`, { name }),
);
const start = Date.UTC(2026, 10, 1);
const footer =
  'All our texts may be passed on by everybody who fights for free movement, as long as our address stands under them.';
const texts = [
  `${paragraphs.join('</p><p>')}</p><p>${footer}`,
  `${paragraphs.slice(0, 2).join('</p><p>')} […]`, // has no word of the footer
  `${comment}</p><p>${footer}`,
  `${other}</p><p>${footer}`,
];

/** Texts come in this order. @returns how the first two stand to each other at last */
async function relationAfter(order: readonly number[]): Promise<Omit<Relation, 'a' | 'b'>> {
  const folder = temporaryFolder();
  const library = await openTestLibrary(folder.path);
  try {
    for (const at of order) await bring(library, at);
    await settleDoubts(library, sources);
    const found: Relation[] = [];
    const look: Settle = async (ids, shelf) => {
      found.push(...(await shelf.relations(ids)));
      return { stories: [], examined: [], going: [] };
    };
    const story = await library.findStory('https://s1.example/post');
    const [record] = await library.stories([story ?? 0]);
    await library.settle(record?.items.map(({ id }) => id) ?? [], look, start);
    expect(found).toHaveLength(1);
    const { a: _a, b: _b, ...relation } = found[0] as Relation;
    return relation;
  } finally {
    await library.close();
    folder.remove();
  }
}

async function bring(library: Library, at: number): Promise<void> {
  const [from, html] = [sources[at], texts[at]];
  if (from === undefined || html === undefined) throw new RangeError('no such source');
  const address = url(`https://s${at}.example/post`);
  const one = item(`post-${at}`, { title: `Post ${at}`, html: `<p>${html}</p>`, url: address, published: start + at });
  await serve(library, from, [one], { sources, at: start + 86_400_000 });
}

test('are taken off what was decided by them, also where only one of the two texts has them', async () => {
  const [before, after] = [await relationAfter([0, 1]), await relationAfter([0, 1, 2, 3])];
  expect(after.coverA).toBeGreaterThan(before.coverA);
  expect(after).toEqual(await relationAfter([2, 3, 0, 1]));
});
