/** The index of fingerprints beside one that is a plain list: whatever is kept, stopped, undone or written by others. */
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Connection, connect } from '../../src/store/database.ts';
import { emptyImprint, openImprints } from '../../src/store/imprints.ts';
import { sqliteEngine } from '../../src/store/sqlite-engine.ts';
import type { Imprint, Posting, Stop, Stopped } from '../../src/story-plan.ts';
import { type Dice, diceOf } from '../dice.ts';
import { openTestLibrary, temporaryFolder } from './open.ts';

const periodMs = 120 * 86_400_000;
let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let open: Connection[];

beforeEach(async () => {
  folder = temporaryFolder();
  file = join(folder.path, 'relais.db');
  open = [];
  await (await openTestLibrary(folder.path)).close();
});
afterEach(() => {
  for (const sqlite of open) sqlite.close();
  folder.remove();
});

interface Hand {
  readonly sqlite: Connection;
  readonly index: ReturnType<typeof openImprints>['writing'];
}

function another(): Hand {
  const sqlite = connect(file);
  open.push(sqlite);
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('synchronous = OFF');
  return { sqlite, index: openImprints(sqliteEngine(sqlite)).writing };
}

function addItem(sqlite: Connection, id: number): void {
  sqlite
    .prepare('insert or ignore into stories (id, uid, created, changed, date, original_item) values (?, ?, 0, 0, 0, ?)')
    .run(id, `u${id}`, id);
  sqlite
    .prepare(
      `insert or ignore into items (id, source, guid, hash, story, role, urls, cites, title, html, text, is_excerpt, authors, lang,
         dir, date, seen, categories, enclosures, is_settled)
         values (?, 's', ?, '', ?, 'original', '[]', '[]', '', '', '', 0, '[]', 'en', 'ltr', 0, 0, '[]', '[]', 1)`,
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

const uncountedIn = (id: number) => (stopped: Stopped) =>
  new Set(
    [...stopped]
      .filter(([, { isEverywhere, sources }]) => isEverywhere || sources.has(sourceOf(id)))
      .map(([print]) => print),
  );

const imprint = (prints: Iterable<number>): Imprint => ({
  ...emptyImprint,
  title: ['t'],
  prints: Int32Array.from(prints),
});
const day = (period: number | undefined) =>
  period === undefined ? undefined : { from: (period + 0.1) * periodMs, to: (period + 0.1) * periodMs };
const sorted = (postings: readonly Posting[]) => postings.map(({ print, item }) => `${item} ${print}`).sort();

/** Few small texts and some of thousands of fingerprints, so that there are segments and merges of them within seconds. */
function someprints(dice: Dice): number[] {
  const own = Array.from(
    { length: dice.pick([0, 3, 20, 3_000, 4_000]) },
    () => Math.floor(dice.next() ** 3 * 2 ** 32) | 0,
  );
  const shared = Array.from({ length: dice.roll(12) }, () => Math.imul(dice.roll(60), 0x01000193));
  return dice.shuffle([...new Set([...own, ...shared])]);
}

test('finds what a plain list finds, through flushes, merges, edits, removals, stops, rollbacks and other hands', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      for (const sqlite of open.splice(0)) sqlite.close();
      const dice = diceOf(seed);
      const clear = another().sqlite;
      clear.exec(`delete from items; delete from stories; delete from stopped_prints; delete from print_segments;
        delete from print_postings; delete from print_filters; update print_index set generation = generation + 1`);
      const hands: [Hand, Hand] = [another(), another()];
      let naive: Naive = { items: new Map(), stopped: [] };
      let nextId = 1;
      for (let round = 0; round < 20; round++) {
        if (dice.chance(0.1)) hands[dice.chance(0.5) ? 0 : 1] = another();
        const { sqlite, index } = dice.chance(0.8) ? hands[0] : dice.pick(hands);
        const before = naive;
        const isUndone = dice.chance(0.25);
        sqlite.exec('begin immediate; savepoint piece');
        for (let step = dice.roll(8); step >= 0; step--) {
          const ids = [...naive.items.keys()];
          const isNew = ids.length < 5 || dice.chance(0.7);
          const id = isNew ? nextId++ : dice.pick(ids);
          const what = dice.roll(10);
          if (what === 0 && !isNew) {
            sqlite.prepare('delete from items where id = ?').run(id);
            sqlite.prepare('delete from stories where id = ?').run(id);
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
            addItem(sqlite, id);
            await index.imprint({ id, sourceKey: sourceOf(id), published: day(period) }, imprint(prints));
            naive = { ...naive, items: new Map([...naive.items, [id, { period: period ?? 0, prints }]]) };
          }
        }
        if (isUndone) {
          sqlite.exec(dice.chance(0.5) ? 'rollback to piece' : 'rollback; begin immediate; savepoint piece');
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
            uncountedIn(id),
          );
          expect(sorted(counted(naive, found))).toEqual(
            sorted(counted(naive, naivePostings(naive, prints, periods, id))),
          );
        }
        sqlite.exec('release piece; commit');
      }
    }),
    { numRuns: 4 },
  );
});

test('what another connection has kept is found, also where it was kept in the place of what was undone here', async () => {
  const [here, there] = [another(), another()];
  const keep = async (
    { sqlite, index }: Hand,
    id: number,
    prints: number[],
    end: 'commit' | 'rollback',
  ): Promise<void> => {
    sqlite.exec('begin immediate');
    addItem(sqlite, id);
    await index.imprint({ id, sourceKey: sourceOf(id), published: day(171) }, imprint(prints));
    sqlite.exec(end);
  };
  await keep(here, 1, [1, 2, 3], 'rollback');
  await keep(there, 2, [3, 4, 5], 'commit');
  here.sqlite.exec('begin immediate');
  const found = await here.index.postings(
    {
      id: 3,
      published: day(171),
      imprint: imprint([1, 3, 5]),
    },
    uncountedIn(3),
  );
  here.sqlite.exec('commit');
  expect(sorted(found)).toEqual(['2 3', '2 5']);
});

test('a fingerprint that too many items have is found no more', async () => {
  const { sqlite, index } = another();
  sqlite.exec('begin immediate');
  for (let id = 1; id <= 256; id++) {
    addItem(sqlite, id);
    await index.imprint({ id, sourceKey: sourceOf(id), published: day(171) }, imprint([7, id + 1_000]));
  }
  const met = async (id: number) =>
    sorted(await index.postings({ id, published: day(171), imprint: imprint([7, 1_001]) }, uncountedIn(id)));
  expect(await met(256)).toEqual(['1 1001']);
  expect(await index.stopped([7, 1_001])).toEqual(new Map([[7, { isEverywhere: true, sources: new Set() }]]));
  expect(await met(300)).toEqual(['1 1001']);
  sqlite.exec('commit');
});
