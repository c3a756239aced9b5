/** Where tests keep what a relay keeps: a folder, and in the project postgres a schema of their own on the server. */
import { createHash } from 'node:crypto';
import { inject } from 'vitest';
import type { Storage } from '../src/storage.ts';

export function storageIn(folder: string): Storage {
  const server = inject('postgres');
  if (server === undefined) return { folder, database: undefined };
  const address = new URL(server);
  address.searchParams.set('schema', schemaFor(folder));
  return { folder, database: address.href };
}

/** The line of settings that names it; nothing where it is a file. */
export function settingFor(folder: string): string {
  const { database } = storageIn(folder);
  return database === undefined ? '' : `database: "${database}"\n`;
}

/** In the place of a folder. */
function schemaFor(folder: string): string {
  return `relais_test_${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
}
