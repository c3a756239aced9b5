/** A database in use becomes a whole, verified copy under its final name, or none; and a file, a word on whether it is whole. */
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Connection, connect } from './database.ts';
import { isAlive } from './process.ts';

/** A copy has this name, and the process that makes it, until it is whole. */
const half = '.half-made-';
/** The name of a copy that is not whole yet. */
export function halfMade(name: string): string {
  return `${name}${half}${process.pid}`;
}

/** Pages copied before other work gets its turn. */
const pagesAtOnce = 500;

/**
 * Copies a database by SQLite's own backup, what its WAL holds included, while it is in use. The copy is one file, is
 * read through and found whole, and is on the disk before it gets its name; a copy of that name before gives way.
 * @param file path of the database
 * @param folder where to put the copy; made if need be
 * @returns its size in bytes
 * @throws what the disk says; SQLITE_CORRUPT when the copy is not whole
 */
export async function copyDatabase(file: string, folder: string, name: string): Promise<number> {
  makeFolder(folder);
  removeLeftovers(folder);
  const made = join(folder, halfMade(name));
  try {
    await copyPages(file, made);
    makeOneFile(made);
    const damage = damageOf(made, 'full');
    if (damage !== undefined) throw new DamagedCopy(damage);
    syncFile(made);
    renameSync(made, join(folder, name));
    syncFile(folder);
    return statSync(join(folder, name)).size;
  } catch (error) {
    for (const left of ['', '-wal', '-shm', '-journal']) rmSync(`${made}${left}`, { force: true });
    throw error;
  }
}

/**
 * Makes a folder and those above it, one by one: Node's own way goes on for ever where a folder that is there lets none be made
 * in it, as `/proc` does.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    mkdirSync(folder, { recursive: true }); // somebody else has made it; of a link that leads nowhere this says so
  }
}

/**
 * Copies a database as it is now, for a work of minutes: nothing is put on the disk itself, and nothing looked through. Of one that
 * nobody has open no byte is touched, nor a file made beside it, as a connection would.
 * @throws what the disk or SQLite says
 */
export async function copyForNow(file: string, made: string): Promise<void> {
  const stateOf = (): string => {
    const { mtimeMs, size, ino } = statSync(file);
    return [mtimeMs, size, ino, existsSync(`${file}-wal`)].join();
  };
  const before = stateOf();
  if (!existsSync(`${file}-wal`)) {
    copyFileSync(file, made, constants.COPYFILE_FICLONE);
    if (stateOf() === before) return; // else somebody has opened it meanwhile
    rmSync(made);
  }
  await copyPages(file, made);
}

/** Copies any file the same way. */
export function copyPlainFile(file: string, folder: string, name: string): void {
  const made = join(folder, halfMade(name));
  try {
    copyFileSync(file, made);
    syncFile(made);
    renameSync(made, join(folder, name));
    syncFile(folder);
  } catch (error) {
    rmSync(made, { force: true });
    throw error;
  }
}

/** What a killed process has left half-made. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const maker = /\.half-made-(\d+)(-wal|-shm|-journal)?$/.exec(name)?.[1];
    if (maker !== undefined && (Number(maker) === process.pid || !isAlive(Number(maker))))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Inside one reading transaction: else every commit of a pass that runs beside would make the copy begin again. */
async function copyPages(file: string, made: string): Promise<void> {
  const sqlite = connect(file, { isReadOnly: true });
  try {
    sqlite.exec('begin');
    sqlite.prepare('select 1 from sqlite_schema').get();
    await sqlite.backup(made, { progress: () => pagesAtOnce });
  } finally {
    sqlite.close();
  }
}

/** A copy keeps its source's WAL mode, which asks for files beside it: on a read-only disk nobody could open it. */
function makeOneFile(file: string): void {
  const copy = connect(file);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

/** Reads as SQLite's own error for a database that is not whole. */
class DamagedCopy extends Error {
  readonly code = 'SQLITE_CORRUPT';
}

/**
 * Reads a whole database without writing to it.
 * @param how `full` compares indexes with their tables too
 * @returns SQLite's first words on what is wrong; undefined when it is whole
 */
export function damageOf(file: string, how: 'quick' | 'full'): string | undefined {
  try {
    const sqlite = connect(file, { isReadOnly: true });
    try {
      return damageIn(sqlite, how);
    } finally {
      sqlite.close();
    }
  } catch (error) {
    if (isDamage(error)) return error.message;
    throw error;
  }
}

/** The same for an open one. */
export function damageIn(sqlite: Connection, how: 'quick' | 'full'): string | undefined {
  const words = String(sqlite.pragma(how === 'quick' ? 'quick_check(1)' : 'integrity_check(1)', { simple: true }));
  if (words !== 'ok') return words.replace(/\s+/g, ' ').trim();
  const orphans = how === 'full' ? (sqlite.pragma('foreign_key_check') as { readonly table: string }[]) : [];
  return orphans[0] === undefined ? undefined : `a row of ${orphans[0].table} belongs to one that is not there`;
}

export function isDamage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code));
}

/** Puts what was written on the disk itself: a file, or a folder's list of names. */
export function syncFile(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
