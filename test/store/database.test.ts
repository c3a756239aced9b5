import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Halt } from '../../src/problems.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrations } from '../../src/store/migrations.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-db-'));
  file = join(folder, 'relais.db');
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

async function codeOf(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Halt ? error.problem.code : String(error);
}

function columnsOf(table: string): unknown[] {
  const db = new Sqlite(file, { readonly: true });
  try {
    return db.pragma(`table_info(${table})`) as unknown[];
  } finally {
    db.close();
  }
}

describe('opening the database', () => {
  test('a new one is durable: WAL, and every commit on disk before it counts', async () => {
    const { db, close } = await openDatabase(file);
    await close();
    expect(db).toBeDefined();
    const raw = new Sqlite(file);
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(raw.pragma('user_version', { simple: true })).toBe(migrations.length);
    raw.close();
  });

  const extra = {
    name: 'test-extra',
    up: async (db: Parameters<(typeof migrations)[number]['up']>[0]) => {
      await db.schema.alterTable('sources').addColumn('extra', 'text').execute();
    },
  };

  test('a step forward is made once, after a copy', async () => {
    await (await openDatabase(file)).close();
    await (await openDatabase(file, [...migrations, extra])).close();
    await (await openDatabase(file, [...migrations, extra])).close();
    expect(columnsOf('sources')).toContainEqual(expect.objectContaining({ name: 'extra' }));
    const copy = new Sqlite(join(folder, 'backup', `before-step-${migrations.length + 1}.db`), { readonly: true });
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    copy.close();
  });

  test('a step that fails half-way leaves the old schema whole', async () => {
    await (await openDatabase(file)).close();
    const broken = {
      name: 'test-broken',
      up: async (db: Parameters<typeof extra.up>[0]) => {
        await extra.up(db);
        throw new Error('power cut');
      },
    };
    await expect(openDatabase(file, [...migrations, broken])).rejects.toThrow('power cut');
    expect(columnsOf('sources')).not.toContainEqual(expect.objectContaining({ name: 'extra' }));
    await (await openDatabase(file)).close();
  });

  test('a database of a newer Relais is refused and left alone', async () => {
    await (await openDatabase(file, [...migrations, extra])).close();
    expect(await codeOf(openDatabase(file))).toBe('store/newer-schema');
    expect(existsSync(join(folder, 'backup'))).toBe(false);
  });

  test('a file that is no database', async () => {
    writeFileSync(file, 'this is a shopping list, not a database, and it is long enough to be looked at'.repeat(20));
    expect(await codeOf(openDatabase(file))).toBe('store/damaged');
  });

  test('a folder that cannot be made', async () => {
    writeFileSync(join(folder, 'taken'), '');
    expect(await codeOf(openDatabase(join(folder, 'taken', 'relais.db')))).toBe('store/not-writable');
  });
});
