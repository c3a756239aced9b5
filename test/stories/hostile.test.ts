/** What one source may write into its feed, and what it cannot do with that to the stories of others. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Library } from '../../src/library.ts';
import type { Item, Source } from '../../src/model.ts';
import { openTestLibrary, settleAmong, settleDoubts, temporaryFolder } from '../store/open.ts';
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

/** The items of each story by guid at the end of a run, whoever wrote it first. */
async function stories(): Promise<string[][]> {
  await settleDoubts(library, sources);
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

describe('words of another’s, written down until they look like boilerplate', () => {
  const names = ['One', 'Two', 'Three', 'Four'];
  const leagued = names.map((name) =>
    source(`https://${name.toLowerCase()}.example/feed`, { name: `Loud Voice ${name}` }),
  );
  const all = [...sources, ...leagued];
  const give = async (from: Source, one: Item): Promise<void> => {
    clock += 60_000;
    await serve(library, from, [one], { sources: all, at: clock });
  };
  const repost = item('repost', {
    title: 'Read elsewhere',
    html: `<p>Found this today, and it says it better than we could.</p>${whole}`,
    url: url('https://relay.example/repost'),
    published: start + 6 * day,
  });
  /** The words of the text inside many others, so that two of these have a small part in common only. */
  const buried = (name: string, at: number, words = whole): Item => {
    const own = [...Array(14).keys()].map((round) =>
      `${other} ${comment}`.replaceAll(/\w+/g, (word) => `${word}${at}x${round}`),
    );
    return item(`${name}-${at}`, {
      title: `${name} ${names[at]}`,
      html: `<p>${own.slice(0, 7).join('</p><p>')}</p>${words}<p>${own.slice(7).join('</p><p>')}</p>`,
      url: url(`https://${name}.example/${at}`),
      published: start + 5 * day,
    });
  };
  const thefts = [0, 1, 2].map((at) =>
    item(`stolen-${at}`, {
      title: `Stolen ${names[at]}`,
      html: whole,
      url: url(`https://thief.example/${at}`),
      published: start + 5 * day,
    }),
  );
  const turns: readonly (readonly [string, readonly (readonly [Source, Item])[]])[] = [
    ['three times by one source', thefts.map((one) => [thief, one] as const)],
    ['inside three texts of one source', [0, 1, 2].map((at) => [thief, buried('thief', at)] as const)],
    [
      'inside a text of each of four sources in league',
      leagued.map((from, at) => [from, buried('league', at)] as const),
    ],
    [
      'piece by piece, by four sources in league',
      paragraphs.flatMap((piece, nth) =>
        leagued.map((from, at) => [from, buried(`piece${nth}`, at, `<p>${piece}</p>`)] as const),
      ),
    ],
  ];

  test.each(turns)('%s: its reposts are recognised, whoever comes first', async (_, attack) => {
    for (const order of ['before', 'between', 'after'] as const) {
      await library.close();
      folder.remove();
      folder = temporaryFolder();
      library = await openTestLibrary(folder.path);
      if (order === 'before') for (const [from, one] of attack) await give(from, one);
      await give(harbour, text);
      if (order === 'between') for (const [from, one] of attack) await give(from, one);
      await give(relay, repost);
      if (order === 'after') for (const [from, one] of attack) await give(from, one);
      const [own] = (await stories()).filter((guids) => guids.includes(text.guid));
      expect(own, order).toEqual([text.guid, 'repost']);
    }
  });

  test('what one source writes under all its texts is no tie between reposts of two of them', async () => {
    const footer = `<p>${comment} ${comment.replaceAll('a', 'o')}</p>`;
    const footed = (at: number): string =>
      `<p>${[0, 1].map((round) => other.replaceAll(/\w+/g, (word) => `${word}${at}y${round}`)).join('</p><p>')}</p>${footer}`;
    for (const at of [0, 1, 2])
      await give(
        harbour,
        item(`own-${at}`, { title: `Ours ${names[at]}`, html: footed(at), published: start + 3 * day }),
      );
    for (const [at, from] of [relay, thief].entries())
      await give(
        from,
        item(`copy-${at}`, {
          title: `Theirs ${names[at]}`,
          html: `<p>We read.</p>${footed(at)}`,
          published: start + 4 * day,
        }),
      );
    expect(await stories()).toEqual([['own-0', 'copy-0'], ['own-1', 'copy-1'], ['own-2']]);
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

  test('holds for a post that changes its address and its guid, until it is taken back', async () => {
    const mine = item('17', { title: 'Tents', html: whole, published: start, url: page });
    await bring(harbour, mine);
    await bring(relay, item('18', { title: 'A choir', html: strange, published: start }));
    await rule(page, '18');
    const [sample] = await library.samples(harbour.key, 1);
    const moved = { ...mine, guid: '19', url: url('https://posts.example/new/tents'), hash: '2' };
    clock += 60_000;
    const rekeyed = new Map([['19', sample?.id ?? 0]]);
    await serve(library, harbour, [{ ...moved, urls: [moved.url] }], { sources, at: clock, rekeyed });
    expect(await stories()).toEqual([['19', '18']]);
    const [{ id = 0 } = {}] = await library.storyRulings();
    const undo = { add: [], remove: [id], touched: [page, '18'], renamed: [] };
    await library.ruleOnStories({ names: [], decide: () => undo }, settleAmong(sources), clock);
    expect(await stories()).toEqual([['18'], ['19']]);
  });

  test('does not hold for an older post of another that takes the address later', async () => {
    await bring(harbour, item('17', { title: 'Tents', html: whole, published: start, url: page }));
    await bring(relay, item('18', { title: 'A choir', html: strange, published: start }));
    const loud = {
      title: 'Loud',
      html: `<p>${comment.toUpperCase().replaceAll('E', 'A')}</p>`,
      published: start - day,
    };
    await bring(thief, item('loud', { ...loud, url: url('https://thief.example/loud') }));
    await rule(page, '18');
    await bring(thief, item('loud', { ...loud, url: page, hash: '2' }));
    expect(await stories()).toEqual([['17', '18'], ['loud']]);
  });
});
