/**
 * A database on a disk that takes nothing any more → what can still be seen of it. In WAL mode SQLite wants files beside
 * a database even to read it (https://www.sqlite.org/wal.html §6), and there may be no room for them, or no right.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Halt, type Problem, problem } from '../problems.ts';
import { builderOver, type Connection, connect, connectToBytes } from './database.ts';
import { lookThrough, tornLook } from './first-look.ts';
import { migrations } from './migrations.ts';
import { closing, type OpenDatabase, openDatabase, stepIn } from './opening.ts';
import { haltOnDiskTrouble, isDiskTrouble } from './trouble.ts';

/** What is read into memory takes its size twice while it is opened. */
const mostInMemory = 1_073_741_824;

export interface SeenDatabase extends OpenDatabase {
  /** Why it can only be looked at; undefined where it is open like any other. */
  readonly trouble: Problem | undefined;
}

/**
 * Opens a database as ever or, where the disk is full or cannot be written, to be read only.
 * @throws Halt with `store/…` where nothing can be seen of it
 */
export async function openToLook(file: string): Promise<SeenDatabase> {
  try {
    return { ...(await openDatabase(file)), trouble: undefined };
  } catch (error) {
    if (!(error instanceof Halt) || !/^store\/(disk-full|not-writable)$/.test(error.problem.code)) throw error;
    return await haltOnDiskTrouble(file, () => openSick(file, error));
  }
}

/** @param why it cannot be opened as ever */
function openSick(file: string, why: Halt): SeenDatabase {
  if (!existsSync(file) || !statSync(file).isFile()) throw why;
  const torn = tornLook(file);
  if (torn !== undefined) stepIn(torn, file);
  const { sqlite, unseen } = connectToRead(file, why);
  try {
    sqlite.pragma('query_only = ON');
    // An older one would have to be migrated first.
    if (stepIn(lookThrough(sqlite, file, migrations.length), file) < migrations.length) throw why;
    const db = builderOver(sqlite);
    const trouble = problem('store/read-only', {}, `${why.problem.happened}${unseen}`);
    return { db, sqlite, close: closing(db, sqlite), trouble };
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

interface Reading {
  readonly sqlite: Connection;
  /** What it cannot show, as half a sentence. */
  readonly unseen: string;
}

/** Finds a way in, the one that sees most and disturbs nobody first. */
function connectToRead(file: string, why: Halt): Reading {
  // With the files beside it that another process has made, or a killed one has left; else without such files.
  for (const way of [{ isReadOnly: true }, { isAlone: true }]) {
    try {
      return { sqlite: connect(file, way), unseen: '' };
    } catch (error) {
      if (!isDiskTrouble(error)) throw error;
    }
  }
  return inMemory(file, why);
}

/** The file's bytes, marked as those of a database without WAL (https://www.sqlite.org/fileformat.html §1.3.3). */
function inMemory(file: string, why: Halt): Reading {
  const isAtWork = existsSync(`${file}-shm`) && statSync(`${file}-shm`).size > 0;
  if (isAtWork || statSync(file).size > mostInMemory) throw why; // it may be written while it is read
  const bytes = readFileSync(file);
  bytes.fill(1, 18, 20);
  const wal = `${file}-wal`;
  const hasMore = existsSync(wal) && statSync(wal).size > 0;
  return {
    sqlite: connectToBytes(bytes),
    unseen: hasMore ? `; what was stored last is still in ${basename(wal)} and is not shown` : '',
  };
}
