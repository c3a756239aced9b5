/**
 * What is asked for one source, story or document reads what is that one's, and not all that is stored: with 200,000 posts stored
 * one question that did made publishing take hours. SQLite says beforehand how it will go about each.
 */

import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Library } from '../../../src/library.ts';
import { openLibrary } from '../../../src/store/library.ts';
import { edges, holder, noon, temporaryFolder } from '../open.ts';

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
const asked = new Set<string>();

beforeEach(async () => {
  const prepare = Sqlite.prototype.prepare;
  vi.spyOn(Sqlite.prototype, 'prepare').mockImplementation(function (this: Sqlite.Database, statement: string) {
    asked.add(statement);
    return prepare.call(this, statement);
  } as typeof prepare);
  folder = temporaryFolder();
  library = await openLibrary(join(folder.path, 'relais.db'), holder(), edges());
});
afterEach(async () => {
  await library.close();
  vi.restoreAllMocks();
  folder.remove();
});

/** Tables that grow with the archive, but not by an index of few of their rows. */
const growing = /^SCAN (?:items|i|o|r|stories|s|relations|evidence)\b/;
const isOfFew =
  /INDEX (?:items_(?:unsettled|taken_back|gone_with|withdrawn|hidden|wished)|stories_(?:joint|undated)|sqlite_autoindex_sources_1)\b/;

/** What SQLite says of each statement that the work has asked for, where it reads a table from end to end. */
async function scansIn(work: () => Promise<unknown>): Promise<string[]> {
  asked.clear();
  await work();
  const sqlite = new Sqlite(join(folder.path, 'relais.db'), { readonly: true });
  try {
    return [...asked]
      .filter((statement) => /^\s*(?:select|with)\b/i.test(statement))
      .flatMap((statement) => {
        const explain = sqlite.prepare(`explain query plan ${statement}`);
        const rows = explain.all(...Array(statement.split('?').length - 1).fill('[]')) as { readonly detail: string }[];
        return rows
          .filter(({ detail }) => growing.test(detail) && !isOfFew.test(detail))
          .map(({ detail }) => `${detail}: ${statement}`);
      });
  } finally {
    sqlite.close();
  }
}

test.each<[string, () => Promise<unknown>]>([
  ['a source’s page', () => library.treatment('a.example/feed', { hidden: ['b.example/feed'], before: noon })],
  ['a source’s feed', () => library.ownStories('a.example/feed')],
  ['stories by their ids', () => library.stories([1, 2])],
  ['translations', () => library.translationsOf([1, 2])],
  ['versions', () => library.versions([1, 2])],
  ['an address', () => library.findStory('https://a.example/1')],
  ['credits to unknown groups', () => library.unsettled('a.example/feed')],
])('%s', async (_, work) => {
  expect(await scansIn(work)).toEqual([]);
  expect(asked.size).toBeGreaterThan(0);
});

test('what reads all from end to end is found', async () => {
  expect(await scansIn(() => library.figures())).not.toEqual([]);
});
