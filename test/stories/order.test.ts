/**
 * Whatever order items arrive in, in whatever batches, with restarts between: the same stories, originals and relations.
 * `ORDERS=300 SEED=7` tries more, and others.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item, Source } from '../../src/model.ts';
import { openTestLibrary, settleDoubts, temporaryFolder } from '../store/open.ts';
import { serve } from '../store/serve.ts';
import { item, source, url } from './builders.ts';
import { comment, other, paragraphs } from './texts.ts';

const names = ['Harbour Watch', 'Open Gate', 'Night Kitchen', 'Canal Post', 'Relay North', 'Loud Voice'];
const sources = names.map((name, at) => source(`https://s${at}.example/feed`, { name }));
const day = 86_400_000;
const start = Date.UTC(2026, 10, 1);
const whole = paragraphs.join('</p><p>');
const footer =
  'All our texts may be passed on by everybody who fights for free movement, as long as our address stands under them.';

interface Arrival {
  readonly from: Source;
  readonly item: Item;
}

function arrival(
  at: number,
  name: string,
  html: string,
  given: { readonly day?: number; readonly title?: string; readonly via?: string } = {},
): Arrival {
  const from = sources[at];
  if (from === undefined) throw new RangeError('no such source');
  const cites = given.via === undefined ? [] : [{ rel: 'via' as const, url: url(given.via) }];
  const published = start + (given.day ?? 0) * day;
  const title = given.title ?? name;
  return {
    from,
    item: item(name, { title, html: `<p>${html}</p>`, url: url(`https://s${at}.example/${name}`), published, cites }),
  };
}

/** A diamond of reposts, an edited original, excerpts, a round-up, an appeal used again, footers, strangers, and one who writes down another's words thrice. */
const arrivals: readonly Arrival[] = [
  arrival(0, 'original', whole, { day: 3 }),
  arrival(1, 'first', `From Harbour Watch:</p><p>${whole}`, { day: 4 }),
  arrival(2, 'second', `${whole}</p><p>reposted from Open Gate`, { day: 2 }),
  arrival(3, 'excerpt', `${paragraphs[0]?.slice(0, 200)} […]</p><p>Source: Night Kitchen`, { day: 5 }),
  arrival(4, 'edited', `${comment}</p><p>${paragraphs.slice(1).join('</p><p>')}`, { day: 6 }),
  arrival(
    4,
    'roundup',
    `${other}</p><p>${paragraphs[3]}</p><p>${comment.replaceAll('e', 'i')}</p><p>${other.replaceAll('o', 'u')}`,
    { day: 7 },
  ),
  arrival(3, 'song', other, { day: 7 }),
  arrival(1, 'appeal-1', `${other.replaceAll('a', 'e')} Come on 3 March to the square.`, { day: 8 }),
  arrival(2, 'appeal-2', `${other.replaceAll('a', 'e')} Come on 9 April to the square.`, { day: 9 }),
  arrival(0, 'footed-1', `${comment.replaceAll('a', 'y')}</p><p>${footer}`, { day: 9 }),
  arrival(0, 'footed-2', `${other.replaceAll('i', 'y')}</p><p>${footer}`, { day: 9 }),
  arrival(0, 'footed-3', `${comment.replaceAll('o', 'y')}</p><p>${footer}`, { day: 10 }),
  arrival(2, 'footed-4', `A line of our own, and then what they print.</p><p>${footer}`, { day: 10 }),
  arrival(5, 'stolen-1', `${whole}</p><p>Ours.`, { day: 5 }),
  arrival(5, 'stolen-2', `${whole}</p><p>Ours alone.`, { day: 5 }),
  arrival(5, 'stolen-3', `${whole}</p><p>Ours as well.`, { day: 5 }),
  arrival(
    2,
    'passed-on',
    `We republish below the statement by Night Kitchen:</p><p>${comment.replaceAll('u', 'a')} Ours.`,
    {
      day: 12,
    },
  ),
  arrival(3, 'stated', comment.replaceAll('u', 'a'), { day: 12 }),
  arrival(4, 'links', 'Read this, it is short.', { day: 11, via: 'https://s3.example/song', title: 'song' }),
];

/** After an arrival: the program ends and starts again, or the source's next item comes with it where that is next. */
type Break = 'none' | 'restart' | 'together';

/** What a relay comes to, without anything that is ours alone to name. */
async function outcomeOf(order: readonly number[], breaks: readonly Break[]): Promise<unknown> {
  const folder = temporaryFolder();
  let library = await openTestLibrary(folder.path);
  try {
    let waiting: Arrival[] = [];
    for (const [at, index] of order.entries()) {
      const next = arrivals[index];
      if (next === undefined) continue;
      waiting.push(next);
      const after = breaks[at] ?? 'none';
      const isSameNext = arrivals[order[at + 1] ?? -1]?.from === next.from;
      if (after === 'together' && isSameNext) continue;
      const items = waiting.map(({ item: one }) => one);
      waiting = [];
      await serve(library, next.from, items, { sources, at: start + 30 * day + at * 60_000 });
      if (after !== 'restart') continue;
      await library.close();
      library = await openTestLibrary(folder.path);
    }
    await settleDoubts(library, sources);
    const stories = await library.stories((await library.changedSince(0)).ids);
    return stories
      .map(({ items, attribution }) => {
        const guidOf = (id: number): string => items.find((one) => one.id === id)?.guid ?? '';
        const { original, confidence, members } = attribution;
        return {
          original: original.kind === 'item' ? guidOf(original.itemId) : original,
          confidence,
          members: members
            .map(({ itemId, role, via, evidence }) => ({
              guid: guidOf(itemId),
              role,
              via,
              evidence: evidence
                .map(({ kind, says, quote, targetSource }) => [kind, says, quote, targetSource].join())
                .sort(),
            }))
            .sort((a, b) => (a.guid < b.guid ? -1 : 1)),
        };
      })
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  } finally {
    await library.close();
    folder.remove();
  }
}

const inOrder = arrivals.map((_, at) => at);

test('one story of the diamond, and nothing else in it', async () => {
  const stories = (await outcomeOf(inOrder, [])) as { original: unknown; members: { guid: string }[] }[];
  const ofOriginal = stories.find(({ members }) => members.some(({ guid }) => guid === 'original'));
  expect(ofOriginal?.original).toBe('original');
  expect(ofOriginal?.members.map(({ guid }) => guid)).toEqual(['edited', 'excerpt', 'first', 'original', 'second']);
  expect(stories.map(({ members }) => members.length).sort()).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 5]);
});

const { ORDERS = '25', SEED } = process.env;

test(
  'any order comes to the same',
  async () => {
    const expected = await outcomeOf(inOrder, []);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(inOrder, { minLength: inOrder.length }),
        fc.array(fc.constantFrom<Break>('none', 'restart', 'together'), { maxLength: inOrder.length }),
        async (order, breaks) => {
          expect(await outcomeOf(order, breaks)).toEqual(expected);
        },
      ),
      { numRuns: Number(ORDERS), ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
    );
  },
  Number(ORDERS) * 5_000,
);
