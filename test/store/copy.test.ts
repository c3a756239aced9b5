/** A copy of the database is a file, whatever it is made of. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Library } from '../../src/library.ts';
import { Sqlite } from '../../src/store/database.ts';
import { item, source } from '../stories/builders.ts';
import { memoryOf, noon, openTestLibrary, temporaryFolder } from './open.ts';
import { serve } from './serve.ts';

const cms = source('https://cms.example/feed');

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
beforeEach(async () => {
  folder = temporaryFolder();
  library = await openTestLibrary(folder.path);
  const items = Array.from({ length: 40 }, (_, n) => item(`${n}`, { html: `<p>${`word ${n} `.repeat(2_000)}</p>` }));
  await serve(library, cms, items, { sources: [cms] });
});
afterEach(async () => {
  await library.close();
  folder.remove();
});

test('is whole, one file, and of one instant, while the library goes on', async () => {
  await library.takeLease(noon);
  const copies = join(folder.path, 'backup');
  const making = library.backup(copies, 'relais-2026-11-20.db');
  await Promise.all(Array.from({ length: 20 }, (_, n) => library.remember(memoryOf(`${n}.example`))));
  const made = await making;
  expect(readdirSync(copies)).toEqual(['relais-2026-11-20.db']);
  expect(made).toEqual({
    name: 'relais-2026-11-20.db',
    at: noon,
    bytes: readFileSync(join(copies, made.name)).length,
  });
  const copy = new Sqlite(join(copies, made.name), { readonly: true });
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(copy.pragma('journal_mode', { simple: true })).toBe('delete');
  expect(copy.prepare('select count(*) from items').pluck().get()).toBe(40);
  copy.close();
});
