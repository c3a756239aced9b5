/** What one source may write into its feed, and what it cannot do with that to the stories of others. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Library } from '../../src/library.ts';
import type { Item, Source } from '../../src/model.ts';
import { openTestLibrary, settleAmong, temporaryFolder } from '../store/open.ts';
import { serve } from '../store/serve.ts';
import { item, source, url } from './builders.ts';
import { comment, other, paragraphs } from './texts.ts';

const harbour = source('https://harbour.example/feed', { name: 'Harbour Watch' });
const relay = source('https://relay.example/feed', { name: 'Canal Relay' });
const thief = source('https://thief.example/feed', { name: 'Loud Voice' });
const sources = [harbour, relay, thief];
const day = 86_400_000;
const start = Date.UTC(2026, 10, 1);
const whole = `<p>${paragraphs.join('</p><p>')}</p>`;
const strange = `<p>${other}</p><p>${comment}</p>`;

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
let clock: number;

beforeEach(async () => {
  folder = temporaryFolder();
  library = await openTestLibrary(folder.path);
  clock = start + 30 * day;
});
afterEach(async () => {
  await library.close();
  folder.remove();
});

const bring = async (from: Source, ...items: Item[]): Promise<void> => {
  clock += 60_000;
  await serve(library, from, items, { sources, at: clock });
};

/** The items of each story by guid, whoever wrote it first. */
async function stories(): Promise<string[][]> {
  const records = await library.stories((await library.changedSince(0)).ids);
  return records
    .map(({ items, attribution: { original, members } }) =>
      members
        .map(({ itemId }) => itemId)
        .sort((a, b) => Number(isOf(original, b)) - Number(isOf(original, a)) || a - b)
        .map((id) => items.find((one) => one.id === id)?.guid ?? ''),
    )
    .sort();
}

function isOf(original: { readonly kind: string; readonly itemId?: number }, id: number): boolean {
  return original.kind === 'item' && original.itemId === id;
}

const text = item('tag:harbour.example,2026:1', {
  title: 'Tents taken from the canal at dawn',
  html: whole,
  url: url('https://harbour.example/tents'),
  published: start + 3 * day,
});

describe('dated before another’s text, with other words', () => {
  test.each([
    ['its guid', { guid: text.guid, html: strange }],
    ['its address as a second one', { urls: [url('https://thief.example/1'), ...text.urls], html: strange }],
    ['its address, and a line', { urls: [url('https://thief.example/1'), ...text.urls], html: '<p>Buy here.</p>' }],
    [
      'its address and title',
      { urls: [url('https://thief.example/1'), ...text.urls], html: strange, title: text.title },
    ],
  ])('under %s: who wrote it stays first', async (_, given) => {
    await bring(harbour, text);
    const { guid = 'loud', ...rest } = given as Partial<Item> & { html: string };
    await bring(thief, item(guid, { title: 'Loud', url: url('https://thief.example/1'), published: start, ...rest }));
    const [own] = (await library.stories((await library.changedSince(0)).ids)).filter(({ items }) =>
      items.some(({ sourceKey }) => sourceKey === harbour.key),
    );
    const original = own?.attribution.original;
    expect(own?.items.find((one) => original !== undefined && isOf(original, one.id))?.sourceKey).toBe(harbour.key);
  });
});

describe('what is written down twice', () => {
  const short = (guid: string, from: string, title: string): Item =>
    item(guid, { title, html: whole, url: url(`https://${from}.example/${guid}`), published: start + 5 * day });

  test('leaves what others have in common word for word', async () => {
    await bring(harbour, text);
    await bring(thief, short('a', 'thief', 'One'), short('b', 'thief', 'Two'), short('c', 'thief', 'Three'));
    await bring(relay, short('copy', 'relay', 'Read elsewhere'));
    expect(await stories()).toContainEqual([text.guid, 'copy']);
  });
});

describe('a ruling', () => {
  const page = url('https://posts.example/tents'); // of a host that nobody is known to own
  const rule = async (a: string, b: string): Promise<unknown> => {
    const ruling = { kind: 'same', a, b } as const;
    const change = { add: [{ ruling, at: clock, because: '' }], remove: [], touched: [a, b], renamed: [] };
    return await library.ruleOnStories({ names: [], decide: () => change }, settleAmong(sources), clock);
  };

  test.each([
    ['guid', '17', {}],
    ['address', page, { url: page }],
  ])('does not hold for what another brings later under the same %s', async (_, name, given) => {
    const mine = item('17', { title: 'Tents', html: whole, published: start, ...given });
    await bring(harbour, mine);
    await bring(relay, item('18', { title: 'A choir', html: strange, published: start }));
    await rule(name, '18');
    expect(await stories()).toEqual([['17', '18']]);
    const loud = {
      title: 'Loud',
      html: `<p>${comment.toUpperCase().replaceAll('E', 'A')}</p>`,
      published: start - day,
    };
    await bring(thief, item('17', { ...loud, ...given }));
    expect(await stories()).toEqual([['17'], ['17', '18']]);
    await bring(harbour, { ...mine, title: 'Tents taken', hash: '2' });
    expect(await stories()).toEqual([['17'], ['17', '18']]);
  });
});
