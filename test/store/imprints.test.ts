/** The index of fingerprints beside one that is a plain list: whatever is kept, stopped, undone or written by others. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../src/store/engine.ts';
import { emptyImprint, openImprints } from '../../src/store/imprints.ts';
import type { Imprint, Posting, Stop, Stopped } from '../../src/story-plan.ts';
import { type Dice, diceOf } from '../dice.ts';
import { storageIn } from '../storage.ts';
import { type Hand, openHand } from './hands.ts';
import { temporaryFolder } from './open.ts';

const periodMs = 120 * 86_400_000;
let folder: ReturnType<typeof temporaryFolder>;
let open: Hand[];

beforeEach(() => {
  folder = temporaryFolder();
  open = [];
});
afterEach(async () => {
  for (const hand of open) await hand.close();
  folder.remove();
});

interface Indexing extends Hand {
  readonly index: ReturnType<typeof openImprints>['writing'];
}

async function another(): Promise<Indexing> {
  const hand = await openHand(folder.path);
  open.push(hand);
  return { ...hand, index: openImprints(hand.engine).writing };
}

async function addItem(engine: Engine, id: number): Promise<void> {
  await engine
    .prepare(
      `insert into stories (id, uid, created, changed, date, original_item) values (?, ?, 0, 0, 0, ?)
         on conflict do nothing`,
    )
    .run(id, `u${id}`, id);
  await engine
    .prepare(
      `insert into items (id, source, guid, hash, story, role, urls, cites, title, html, text, is_excerpt, authors, lang,
         dir, date, seen, categories, enclosures, is_settled)
         values (?, 's', ?, '', ?, 'original', '[]', '[]', '', '', '', 0, '[]', 'en', 'ltr', 0, 0, '[]', '[]', 1)
         on conflict do nothing`,
    )
    .run(id, `g${id}`, id);
}

/** The rule itself: an item is met by what it is recognised by now, in the period that it is of now. */
interface Naive {
  items: ReadonlyMap<number, { readonly period: number; readonly prints: readonly number[] }>;
  stopped: readonly Stop[];
}

/** Whose an item is, of three. */
const sourceOf = (id: number): string => `s${id % 3}.example`;

const isStopped = ({ stopped }: Naive, print: number, id: number): boolean =>
  stopped.some((one) => one.print === print && (one.source === undefined || one.source === sourceOf(id)));

function naivePostings(naive: Naive, prints: readonly number[], periods: readonly number[] | undefined, self: number) {
  const wanted = new Set(prints.filter((print) => !isStopped(naive, print, self)));
  return [...naive.items].flatMap(([item, one]) =>
    item === self || periods?.includes(one.period) === false
      ? []
      : one.prints.filter((print) => wanted.has(print)).map((print) => ({ print, item })),
  );
}

/** What counts for nothing in an item's own source may be kept in mind of it or not. */
function counted(naive: Naive, postings: readonly Posting[]): readonly Posting[] {
  const scoped = { ...naive, stopped: naive.stopped.filter(({ source }) => source !== undefined) };
  return postings.filter(({ print, item }) => !isStopped(scoped, print, item));
}

const uncountedIn = (id: number, prints: Iterable<number>) => (stopped: Stopped) =>
  new Set(
    [...prints].filter((print) => {
      const scope = stopped.get(print);
      return scope?.isEverywhere === true || scope?.sources.has(sourceOf(id)) === true;
    }),
  );

const imprint = (prints: Iterable<number>): Imprint => ({
  ...emptyImprint,
  title: ['t'],
  prints: Int32Array.from(prints),
});
const day = (period: number | undefined) =>
  period === undefined ? undefined : { from: (period + 0.1) * periodMs, to: (period + 0.1) * periodMs };
const sorted = (postings: readonly Posting[]) => postings.map(({ print, item }) => `${item} ${print}`).sort();

const isInFile = (): boolean => storageIn(folder.path).database === undefined;

/**
 * Few small texts and in a file some of thousands of fingerprints, so that there are segments and merges of them within seconds:
 * a server has none.
 */
function someprints(dice: Dice): number[] {
  const large = isInFile() ? [3_000, 4_000] : [300, 400];
  const own = Array.from({ length: dice.pick([0, 3, 20, ...large]) }, () => Math.floor(dice.next() ** 3 * 2 ** 32) | 0);
  const shared = Array.from({ length: dice.roll(12) }, () => Math.imul(dice.roll(60), 0x01000193));
  return dice.shuffle([...new Set([...own, ...shared])]);
}

const emptied = ['items', 'stories', 'stopped_prints', 'print_segments', 'print_postings', 'print_filters'];

test('finds what a plain list finds, through flushes, merges, edits, removals, stops, rollbacks and other hands', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      for (const hand of open.splice(0)) await hand.close();
      const dice = diceOf(seed);
      const clear = await another();
      for (const table of emptied) await clear.say(`delete from ${table}`);
      await clear.say('update print_index set generation = generation + 1');
      const hands: [Indexing, Indexing] = [await another(), await another()];
      let naive: Naive = { items: new Map(), stopped: [] };
      let nextId = 1;
      for (let round = 0; round < 20; round++) {
        if (dice.chance(0.1)) hands[dice.chance(0.5) ? 0 : 1] = await another();
        const { engine, say, index } = dice.chance(0.8) ? hands[0] : dice.pick(hands);
        const before = naive;
        const isUndone = dice.chance(0.25);
        await engine.begin();
        await say('savepoint piece');
        for (let step = dice.roll(8); step >= 0; step--) {
          const ids = [...naive.items.keys()];
          const isNew = ids.length < 5 || dice.chance(0.7);
          const id = isNew ? nextId++ : dice.pick(ids);
          const what = dice.roll(10);
          if (what === 0 && !isNew) {
            await engine.prepare('delete from items where id = ?').run(id);
            await engine.prepare('delete from stories where id = ?').run(id);
            naive = { ...naive, items: new Map([...naive.items].filter(([one]) => one !== id)) };
          } else if (what === 1 && !isNew) {
            const prints = (naive.items.get(id)?.prints ?? []).slice(0, 4);
            const [source] = dice.pick<[string?]>([[], [sourceOf(0)], [sourceOf(1)]]);
            const stops = prints.map((print): Stop => ({ print, source }));
            await index.stop(stops);
            naive = { ...naive, stopped: [...naive.stopped, ...stops] };
          } else {
            const [period] = dice.pick<[number?]>([[], [170], [171], [180]]);
            const prints = someprints(dice);
            await addItem(engine, id);
            await index.imprint({ id, sourceKey: sourceOf(id), published: day(period) }, imprint(prints));
            naive = { ...naive, items: new Map([...naive.items, [id, { period: period ?? 0, prints }]]) };
          }
        }
        if (isUndone) {
          if (dice.chance(0.5)) await say('rollback to piece');
          else {
            await say('rollback');
            await engine.begin();
            await say('savepoint piece');
          }
          naive = before;
        }
        for (let look = 0; look < 4; look++) {
          const id = dice.pick([...naive.items.keys(), nextId]);
          const prints = naive.items.get(id)?.prints ?? someprints(dice);
          const [period, periods] = dice.pick<[number?, number[]?]>([[], [171, [0, 170, 171]], [180, [0, 179, 180]]]);
          const found = await index.postings(
            {
              id,
              published: day(period),
              imprint: imprint(prints),
            },
            uncountedIn(id, prints),
          );
          expect(sorted(counted(naive, found))).toEqual(
            sorted(counted(naive, naivePostings(naive, prints, periods, id))),
          );
        }
        await say('release piece');
        await say('commit');
      }
    }),
    { numRuns: isInFile() ? 4 : 2 },
  );
}, 60_000);

test('what another connection has kept is found, also where it was kept in the place of what was undone here', async () => {
  const [here, there] = [await another(), await another()];
  const keep = async (
    { engine, say, index }: Indexing,
    id: number,
    prints: number[],
    end: 'commit' | 'rollback',
  ): Promise<void> => {
    await engine.begin();
    await addItem(engine, id);
    await index.imprint({ id, sourceKey: sourceOf(id), published: day(171) }, imprint(prints));
    await say(end);
  };
  await keep(here, 1, [1, 2, 3], 'rollback');
  await keep(there, 2, [3, 4, 5], 'commit');
  await here.engine.begin();
  const found = await here.index.postings(
    {
      id: 3,
      published: day(171),
      imprint: imprint([1, 3, 5]),
    },
    uncountedIn(3, [1, 3, 5]),
  );
  await here.say('commit');
  expect(sorted(found)).toEqual(['2 3', '2 5']);
});

test('what was undone is remembered of no item, its date and its title neither', async () => {
  const here = await another();
  const keep = async (title: string, part: number, end: 'commit' | 'rollback'): Promise<void> => {
    const at = (171 + part) * periodMs;
    await here.engine.begin();
    await addItem(here.engine, 1);
    await here.engine.prepare('update items set published = ? where id = 1').run(at);
    const words = { ...imprint([1, 2, 3]), title: [title] };
    await here.index.imprint({ id: 1, sourceKey: sourceOf(1), published: { from: at, to: at } }, words);
    await here.say(end);
  };
  const marked = async () => (await here.index.marked([1])).get(1);
  await keep('first', 0.1, 'commit');
  const before = await marked();
  expect(before).toMatchObject({ title: ['first'], published: { from: 171.1 * periodMs } });
  await keep('first', 0.2, 'rollback'); // words and period are the same
  expect(await marked()).toEqual(before);
  await keep('second', 0.1, 'rollback');
  expect(await marked()).toEqual(before);
  await keep('second', 0.2, 'commit');
  expect(await marked()).toMatchObject({ title: ['second'], published: { from: 171.2 * periodMs } });
});

test('a fingerprint that too many items have is found no more', async () => {
  const { engine, say, index } = await another();
  await engine.begin();
  for (let id = 1; id <= 256; id++) {
    await addItem(engine, id);
    await index.imprint({ id, sourceKey: sourceOf(id), published: day(171) }, imprint([7, id + 1_000]));
  }
  const met = async (id: number) =>
    sorted(
      await index.postings({ id, published: day(171), imprint: imprint([7, 1_001]) }, uncountedIn(id, [7, 1_001])),
    );
  expect(await met(256)).toEqual(['1 1001']);
  const stopped = await index.stopped([7, 1_001]);
  expect([7, 1_001].map((print) => stopped.get(print)?.isEverywhere)).toEqual([true, undefined]);
  expect(await met(300)).toEqual(['1 1001']);
  await say('commit');
});
