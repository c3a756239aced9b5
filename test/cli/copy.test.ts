/** `relais copy`, as a person meets it; into a server where the environment names one. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copy } from '../../src/cli/copy.ts';
import type { Printer } from '../../src/cli/print.ts';
import { copyLine } from '../../src/cli/progress.ts';
import { run } from '../../src/cli/run.ts';
import { openStore } from '../../src/storage.ts';
import { connect } from '../../src/store/database.ts';
import { elsewhere } from '../store/archives.ts';
import { memoryOf, problemOf, temporaryFolder } from '../store/open.ts';
import { openGroups } from './groups.ts';

let folder: ReturnType<typeof temporaryFolder>;
let said: string[];
let shown: unknown[];
let standing: string[];
let data: string;

const printer: Printer = {
  isTerminal: true,
  width: 80,
  line: (text = '') => void said.push(text),
  alarm: (text) => void said.push(`! ${text}`),
  json: (value) => void shown.push(JSON.parse(JSON.stringify(value))),
  status: (text = '') => void standing.push(text),
};
const options = () => ({ config: join(folder.path, 'sources.yaml') });

beforeEach(async () => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  [said, shown, standing] = [[], [], []];
  writeFileSync(options().config, 'sections: {}\n');
  await remember(data, 'a');
});
afterEach(() => folder.remove());

async function remember(where: string, key: string): Promise<void> {
  const library = await openStore({ folder: where, database: undefined });
  await library.remember(memoryOf(key));
  await library.close();
}

async function keysIn(where: string): Promise<string[]> {
  const library = await openStore({ folder: where, database: undefined });
  const known = [...(await library.memories()).keys()];
  await library.close();
  return known;
}

test('what is left out is what the settings name; there, back, and what to do next', async () => {
  const there = elsewhere(folder.path, 'there');
  expect(await copy({ ...options(), to: there }, printer)).toBe(0);
  expect(said.join('\n')).toMatch(/1 row in \d+ tables: counts and digests of both are equal \([0-9a-f]{16}\)\./);
  expect(said.join('\n')).toContain('images/');
  expect(standing).toContainEqual(expect.stringMatching(/^copying: sources, 1 of 1 row; table 2 of \d+$/));
  expect(standing.at(-1)).toBe('');
  const back = join(folder.path, 'back');
  mkdirSync(back);
  expect(await copy({ ...options(), from: there, to: back, json: true }, printer)).toBe(0);
  expect(shown).toMatchObject([{ copied: { to: join(back, 'relais.db'), beginning: 'new', rows: 1 } }]);
  expect(await keysIn(back)).toEqual(['a']);
});

test('the database of the settings may be the target, with its secret, which nobody sees', async () => {
  const there = elsewhere(folder.path, 'there');
  if (!there.startsWith('postgres:')) return;
  const secret = there.replace('postgres@', 'postgres:rose-hip-jam@');
  writeFileSync(options().config, `database: ${secret}\nsections: {}\n`);
  expect(await copy({ ...options(), from: 'data' }, printer)).toBe(2); // a relative path is of the folder one stands in
  expect(await copy({ ...options(), from: data }, printer)).toBe(0);
  expect(said.join('\n')).toContain(there.replace(/\?.*/, ''));
  expect(said.join('\n')).not.toContain('rose-hip-jam');
});

describe('is refused', () => {
  test.each([
    [() => ({}), 'Say from where'],
    [() => ({ to: data }), 'onto itself'],
    [() => ({ from: join(folder.path, 'nothing'), to: join(folder.path, 'new.db') }), 'There is no archive in'],
    [() => ({ to: 'postgres://nowhere' }), '--to is not the address of a PostgreSQL database'],
    [() => ({ to: `postgres://a:\${NOT_SET_ANYWHERE}@b/c` }), `--to \${NOT_SET_ANYWHERE} is not set`],
    [() => ({ to: 'mysql://a/b' }), '--to is not the address'],
  ])('%#', async (given, words) => {
    expect(await copy({ ...options(), ...given() }, printer)).toBe(2);
    expect(said.join('\n')).toContain(words);
    expect(existsSync(join(folder.path, 'new.db'))).toBe(false);
  });

  test('where a file is that is no database, which stays as it was', async () => {
    for (const [name, text] of [
      ['notes.txt', 'hi\n'],
      ['notes.db', 'x'.repeat(200)],
      ['empty.db', ''],
    ] as const) {
      const other = join(folder.path, name);
      writeFileSync(other, text);
      expect(await copy({ ...options(), to: other }, printer)).toBe(2);
      expect(said.pop()).toContain(
        `${name} is there already, is no database of Relais, and stays as it is. Name a file`,
      );
      expect(await copy({ ...options(), from: other, to: join(folder.path, 'new.db') }, printer)).toBe(2);
      expect(said.pop()).toContain(`${name} is no database of Relais.`);
      expect(readFileSync(other, 'utf8')).toBe(text);
    }
    expect(existsSync(join(folder.path, 'new.db'))).toBe(false);
  });

  test('where something else is, which stays as it was', async () => {
    const other = join(folder.path, 'other');
    await remember(other, 'mine');
    const before = readFileSync(join(other, 'relais.db'));
    expect((await problemOf(copy({ ...options(), to: other }, printer))).code).toBe('store/copy-refused');
    expect(readFileSync(join(other, 'relais.db')).equals(before)).toBe(true);
  });

  test('while a run holds the lease of the source; and nothing is made', async () => {
    const library = await openStore({ folder: data, database: undefined });
    await library.takeLease(Date.now());
    const to = join(folder.path, 'new.db');
    expect(await copy({ ...options(), to }, printer)).toBe(75);
    expect(said.join('\n')).toContain(`It works on ${join(data, 'relais.db')}`);
    expect(existsSync(to)).toBe(false);
    await library.close();
  });

  test('while one holds that of the target', async () => {
    const other = join(folder.path, 'other');
    const library = await openStore({ folder: other, database: undefined });
    await library.takeLease(Date.now());
    expect(await copy({ ...options(), to: other, json: true }, printer)).toBe(75);
    expect(shown).toMatchObject([{ problems: [{ code: 'schedule/already-running' }] }]);
    await library.close();
    expect(await keysIn(other)).toEqual([]);
  });
});

test('stopped by a person, it says how to go on, and goes on', async () => {
  const to = join(folder.path, 'new.db');
  const stopping: Printer = {
    ...printer,
    status(text = '') {
      if (text.startsWith('copying: sources')) process.emit('SIGINT');
    },
  };
  expect(await copy({ ...options(), to }, stopping)).toBe(75);
  expect(said.join('\n')).toContain('The same command goes on where this one was.');
  expect(await copy({ ...options(), to }, printer)).toBe(0);
  expect(said.join('\n')).toContain('An earlier copy was gone on with');
});

test('an older search index beside the copy is made anew with the next run', async () => {
  const groups = await openGroups();
  try {
    groups.feeds.harbour.push({ path: 'a', title: 'Harbour post', text: 'A night at the quay of Calais.' });
    await groups.read();
    const other = join(groups.folder, 'other');
    mkdirSync(other);
    copyFileSync(join(groups.folder, 'data/search.db'), join(other, 'search.db'));
    const stale = connect(join(other, 'search.db'));
    stale.exec("insert into entries values (999, 'alien', 0, ' calais ', '{}')");
    stale.close();
    expect(await copy({ ...groups.options(), to: other }, groups.printer)).toBe(0);
    await run({ ...groups.options(), data: other }, groups.printer);
    const index = connect(join(other, 'search.db'), { isReadOnly: true });
    expect(index.prepare('select count(*) from entries').pluck().get()).toBe(1);
    expect(index.prepare("select count(*) from entries where uid = 'alien'").pluck().get()).toBe(0);
    index.close();
  } finally {
    await groups.close();
  }
});

test('how far it is, in one line', () => {
  const at = { table: 'item_keys', rows: 500, of: 1_200, place: 6, places: 32 } as const;
  expect(copyLine({ ...at, step: 'copying' })).toBe('copying: item keys, 500 of 1200 rows; table 6 of 32');
  expect(copyLine({ ...at, step: 'checking' })).toContain('what is there already: item keys');
});
