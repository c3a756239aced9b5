/** Where tests keep what a relay keeps: a folder, and where the environment names a server, a schema of their own there. */
import { createHash } from 'node:crypto';
import type { Storage } from '../src/storage.ts';

/** `postgres://…` without a schema; undefined for files. */
const testServer = process.env.RELAIS_TEST_SERVER;

export function storageIn(folder: string): Storage {
  return { folder, database: testServer === undefined ? undefined : `${testServer}?schema=${schemaFor(folder)}` };
}

/** In the place of a folder. */
function schemaFor(folder: string): string {
  return `relais_test_${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
}
