/** An archive copied into a database of the other kind and back: nothing lost, whenever it is broken off. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Library } from '../../../src/library.ts';
import { copyArchive } from '../../../src/store/archive.ts';
import { compareAll, firstDifference } from '../../../src/store/copying.ts';
import { connect } from '../../../src/store/database.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { openDatabase } from '../../../src/store/opening.ts';
import { shortened } from '../../../src/text/entry-names.ts';
import { type Dice, diceOf } from '../../dice.ts';
import { item, source, url } from '../../stories/builders.ts';
import { copied, elsewhere, openLibraryAt, withArchives } from '../archives.ts';
import { noon, problemOf, settleAmong, temporaryFolder } from '../open.ts';
import { serve } from '../serve.ts';

let folder: ReturnType<typeof temporaryFolder>;
let first: string;
let second: string;
let third: string;

beforeEach(() => {
  folder = temporaryFolder();
  first = join(folder.path, 'first.db');
  second = elsewhere(folder.path, 'second');
  third = join(folder.path, 'third.db');
});
afterEach(() => folder.remove());

const groups = ['harbour', 'quay', 'ferry'].map((name) =>
  source(`https://${name}.example/feed`, { name: `${name} group` }),
);
const [harbour, quay] = groups as [(typeof groups)[0], (typeof groups)[0]];
const words =
  'rope mast tide gull salt pier dock wave harbour lantern keel anchor storm evening crew letter border camp'.split(
    ' ',
  );

function textOf(dice: Dice, length: number): string {
  return Array.from({ length }, () => dice.pick(words)).join(' ');
}

/** Some posts, reposts of some of them by others, a correction, one that is taken back. */
async function settle(library: Library, dice: Dice): Promise<string> {
  const texts = Array.from({ length: 2 + dice.roll(4) }, () => textOf(dice, 60 + dice.roll(60)));
  for (const [at, text] of texts.entries()) {
    const from = dice.pick(groups);
    const post = item(`g${at}`, {
      title: `Title ${at} ${textOf(dice, 4)}`,
      html: `<p>${text}</p>`,
      url: url(`https://${from.key}/${at}`),
      published: noon - at,
    });
    await serve(library, from, [post], { sources: groups, at: noon + at });
    if (dice.chance(0.6))
      await serve(
        library,
        dice.pick(groups),
        [
          item(`r${at}`, {
            title: post.title,
            html: `<p>${text} and more</p>`,
            url: url(`https://reposts.example/${at}`),
          }),
        ],
        { sources: groups, at: noon + 100 + at },
      );
    if (dice.chance(0.3))
      await serve(library, from, [{ ...post, hash: 'other', title: `${post.title} «corrected» 🚢` }], {
        sources: groups,
        at: noon + 200 + at,
      });
  }
  if (dice.chance(0.5))
    await library.withdraw(
      [{ itemId: 1, by: 'maintainer', who: 'me', because: 'asked' }],
      settleAmong(groups),
      noon + 300,
    );
  await library.replaceFact('tag-prefix', 'tag:news.example,2026:');
  await library.published(new Map([['calais', { stamp: 'as it was', at: noon, paths: ['calais/index.html'] }]]));
  return texts[0] ?? '';
}

async function fill(where: string, seed = 7): Promise<string> {
  const library = await openLibraryAt(where);
  try {
    return await settle(library, diceOf(seed));
  } finally {
    await library.close();
  }
}

/** Rows for more than one batch of a table. */
function fillDays(count = 700): void {
  const sqlite = connect(first);
  const insert = sqlite.prepare('insert into source_days values (?, ?, 1, 0, 2)');
  sqlite.transaction(() => {
    for (let day = 0; day < count; day++) insert.run('harbour.example/feed', day);
  })();
  sqlite.close();
}

/** Everything that is known of all stories, and what one more repost comes to. */
async function storiesWith(where: string, text: string): Promise<unknown> {
  const library = await openLibraryAt(where);
  try {
    const again = item('again', { title: 'Once more', html: `<p>${text}</p>`, url: url('https://quay.example/again') });
    const outcome = await serve(library, quay, [again], { sources: groups, at: noon + 1_000 });
    const ids = (await library.storiesOf(groups.map(({ key }) => key))).map(({ id }) => id).sort((a, b) => a - b);
    return [outcome.newItems, await library.stories(ids), await library.links(ids)];
  } finally {
    await library.close();
  }
}

test('there and back, every table is the same, and the next repost finds the same story in all three', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const [a, b, c] = [`a${round}.db`, `b${round}`, `c${round++}.db`];
      const places = [join(folder.path, a), elsewhere(folder.path, b), join(folder.path, c)] as const;
      const text = await fill(places[0], seed);
      const there = await copied(places[0], places[1]);
      const back = await copied(places[1], places[2]);
      const differ = ({ tables }: typeof there) => tables.filter(({ table }) => table !== 'publications'); // their stamps
      expect(differ(back)).toEqual(differ(there));
      expect(there.tables.find(({ table }) => table === 'items')?.rows).toBeGreaterThan(1);
      const told = [];
      for (const place of places) told.push(await storiesWith(place, text));
      expect(told[1]).toEqual(told[0]);
      expect(told[2]).toEqual(told[0]);
    }),
    { numRuns: 4 },
  );
}, 120_000);

test('what only a file can keep is kept as the other kind can: NUL, and names of entries from before there was a limit', async () => {
  await fill(first);
  const long = Array.from({ length: 1_000 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7_919) % 20_000))).join(
    '',
  );
  const sqlite = connect(first);
  sqlite.prepare("update items set guid = ?, text = 'a' || char(0) || 'b' where id = 1").run(long);
  sqlite.prepare("update items set guid = 'told-apart:' || ? where id = 2").run(long);
  // Shortened they stand in another order, and across the borders of batches.
  const addKey = sqlite.prepare("insert into item_keys values ('guid', ?, 1)");
  sqlite.transaction(() => {
    for (let at = 0; at < 600; at++) addKey.run(at % 3 === 0 ? `${at}${long.slice(0, 900)}` : `tag:a\0,${at}`);
  })();
  sqlite.close();
  const there = await copied(first, second);
  expect((await copied(second, third)).tables.filter(({ table }) => table !== 'publications')).toEqual(
    there.tables.filter(({ table }) => table !== 'publications'),
  );
  const back = connect(third);
  const name = shortened(long);
  expect(back.prepare('select guid, text from items where id = 1').get()).toEqual({ guid: name, text: 'a\ufffdb' });
  expect(back.prepare('select guid from items where id = 2').get()).toEqual({ guid: `told-apart:${name}` });
  back.close();
});

test('what was published counts for nothing in the copy: its site and its search index may be of another time', async () => {
  await fill(first);
  await copied(first, second);
  const library = await openLibraryAt(second);
  expect([...(await library.publications())]).toEqual([
    ['calais', { stamp: 'copied', at: noon, paths: ['calais/index.html'] }],
  ]);
  await library.close();
});

describe('broken off', () => {
  /** After so many batches. @returns false where it came to its end before */
  async function brokenOff(batches: number): Promise<boolean> {
    const stop = new AbortController();
    let left = batches;
    const onProgress = (): void => {
      left -= 1;
      if (left <= 0) stop.abort(new Error('enough'));
    };
    try {
      await copied(first, second, { onProgress, signal: stop.signal });
      return false;
    } catch (error) {
      expect(String(error)).toContain('enough');
      return true;
    }
  }

  test('after every batch, it goes on where it was, and nobody takes it for whole meanwhile', async () => {
    await fill(first);
    fillDays();
    const batches: string[] = [];
    let hasResumed = 0;
    const step = second.startsWith('postgres:') ? 9 : 1; // each attempt opens anew, which is slow there
    while (await brokenOff(2 + hasResumed * step)) {
      expect((await problemOf(openLibraryAt(second))).code).toBe('store/half-copied');
      hasResumed += 1;
      if (hasResumed > 200) throw new Error('it does not come to an end');
    }
    expect(hasResumed).toBeGreaterThan(3);
    await copied(second, third, { onProgress: ({ step, table }) => void batches.push(`${step} ${table}`) });
    expect(batches.filter((one) => one === 'copying source_days')).toHaveLength(3);
  }, 120_000);

  test('by a real kill, again and again', async () => {
    await fill(first);
    fillDays();
    const script = fileURLToPath(new URL('../killed-while-copying-over.ts', import.meta.url));
    const cwd = fileURLToPath(new URL('../../..', import.meta.url));
    for (const batches of [1, 9, 25]) {
      const child = spawn(process.execPath, ['--import', 'tsx', script, first, second, String(batches)], {
        cwd,
        stdio: 'inherit',
      });
      expect(await new Promise((resolve) => child.on('close', (_code, name) => resolve(name)))).toBe('SIGKILL');
      expect((await problemOf(openLibraryAt(second))).code).toBe('store/half-copied');
    }
    expect((await copied(first, second)).beginning).toBe('resumed');
    const library = await openLibraryAt(second);
    expect(await library.itemCounts()).toEqual(await (await openLibraryAt(first)).itemCounts());
    await library.close();
  }, 60_000);

  test('and worked on in between, it is begun anew, and nothing old is left in it', async () => {
    const text = await fill(first);
    fillDays();
    await brokenOff(14);
    const library = await openLibraryAt(first);
    await serve(library, harbour, [item('late', { title: 'Late', html: `<p>${text}</p>` })], { sources: groups });
    await library.close();
    expect((await copied(first, second)).beginning).toBe('anew');
    expect(await storiesWith(second, text)).toEqual(await storiesWith(first, text));
  });

  test('a person has withdrawn something meanwhile: it is not finished, and finished without those words', async () => {
    await fill(first);
    const withdrawOnce = async (): Promise<void> => {
      const library = await openLibraryAt(first);
      await library.withdraw(
        [{ itemId: 2, by: 'maintainer', who: 'me', because: 'asked' }],
        settleAmong(groups),
        noon + 400,
      );
      await library.close();
    };
    let isDone: Promise<void> | undefined;
    const problem = await problemOf(
      withArchives(first, second, async (from, to) => {
        const { openReader } = from;
        const slow = {
          ...from,
          openReader: async () => {
            const reader = await openReader();
            return {
              ...reader,
              engine: {
                ...reader.engine,
                beginReading: async () => {
                  await reader.engine.beginReading();
                  isDone = withdrawOnce();
                  await isDone;
                },
              },
            };
          },
        };
        return await copyArchive(slow, to);
      }),
    );
    expect([problem.code, problem.happened]).toEqual(['store/copy-differs', expect.stringContaining('meanwhile')]);
    expect((await problemOf(openLibraryAt(second))).code).toBe('store/half-copied');
    await copied(first, second);
    await withArchivesCompared(first, second);
  });
});

async function withArchivesCompared(a: string, b: string): Promise<void> {
  const [one, other] = [await openLibraryAt(a), await openLibraryAt(b)];
  expect(await other.log(10)).toEqual(await one.log(10));
  await Promise.all([one.close(), other.close()]);
}

describe('a target that holds anything else is refused and stays as it was', () => {
  test('an archive', async () => {
    await fill(first);
    await fill(second, 8);
    const problem = await problemOf(copied(first, second));
    expect([problem.code, problem.happened]).toEqual([
      'store/copy-refused',
      expect.stringContaining('an archive of its own'),
    ]);
    const library = await openLibraryAt(second);
    expect(await library.fact('tag-prefix')).toBe('tag:news.example,2026:');
    await library.close();
  });

  test('one of an older Relais is not even brought forward', async () => {
    await fill(first);
    const { sqlite, close } = await openDatabase(third, migrations.slice(0, 3));
    sqlite.exec("insert into meta values ('tag-prefix', 'mine')");
    await close();
    const before = readFileSync(third);
    expect((await problemOf(copied(first, third))).code).toBe('store/copy-refused');
    expect(readFileSync(third).equals(before)).toBe(true);
  });

  test('the beginning of a copy of another', async () => {
    await fill(first);
    await fill(third, 9);
    const stop = AbortSignal.abort(new Error('at once'));
    await expect(copied(third, second, { signal: stop })).rejects.toThrow('at once');
    const problem = await problemOf(copied(first, second));
    expect([problem.code, problem.happened]).toEqual(['store/copy-refused', expect.stringContaining(third)]);
    expect((await copied(third, second)).beginning).toBe('resumed');
  });
});

test('a run that had the target open before the copy began does not begin on it', async () => {
  await fill(first);
  const library = await openLibraryAt(second);
  await expect(copied(first, second, { signal: AbortSignal.abort(new Error('at once')) })).rejects.toThrow('at once');
  expect((await problemOf(library.takeLease(noon))).code).toBe('store/half-copied');
  await library.close();
});

test('one row that is other is seen', async () => {
  await fill(first);
  await copied(first, third);
  const sqlite = connect(third);
  sqlite.exec("update items set title = title || '.' where id = 2");
  sqlite.close();
  const compared = await withArchives(first, second, async (from, to) => {
    await copyArchive(from, to);
    const other = await openDatabase(third);
    const { sqliteEngine } = await import('../../../src/store/sqlite-engine.ts');
    const found = await compareAll(to.engine, sqliteEngine(other.sqlite, other.db));
    await other.close();
    return found;
  });
  expect(firstDifference(compared)).toMatchObject({ table: 'items' });
});
