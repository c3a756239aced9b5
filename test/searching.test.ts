/** What readers are told when nothing is found. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IndexLost, type SearchLibrary } from '../src/search-library.ts';
import { answerSearch } from '../src/searching.ts';
import { openPostgresSearch } from '../src/store/postgres-search.ts';
import { openSearchLibrary } from '../src/store/search.ts';
import { settings } from './pipeline/house.ts';
import { storageIn } from './storage.ts';
import { dropSchema } from './told-server.ts';

let folder: string;
let database: string | undefined;
let search: SearchLibrary;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-searching-'));
  database = storageIn(folder).database;
  search = database === undefined ? openSearchLibrary(join(folder, 'search.db')) : openPostgresSearch(database);
});
afterEach(async () => {
  await search.close();
  if (database !== undefined) await dropSchema(database);
  rmSync(folder, { recursive: true });
});

const config = settings('sections: { calais: [ "https://one.example/" ] }');
const ask = (library: SearchLibrary = search): Promise<string> =>
  answerSearch(new URLSearchParams('q=tents'), config, library);

test('of an index that is only being made nobody is told that there is nothing', async () => {
  expect(await ask()).toContain('Try again in a while');
  await search.agree('one');
  expect(await ask()).toContain('Nothing was found');
});

test('one that turns out to be damaged is as one that is being made; other trouble is told', async () => {
  const failing = (error: Error): SearchLibrary => ({ ...search, find: () => Promise.reject(error) });
  expect(await ask(failing(new IndexLost(undefined)))).toContain('Try again in a while');
  await expect(ask(failing(new Error('a bug')))).rejects.toThrow('a bug');
});
