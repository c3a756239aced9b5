/** A copy of the database takes its place; the database that was there stands beside it from then on. */
import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { digestsUnknownUntil } from '../digest-library.ts';
import type { Held } from '../fleet-library.ts';
import type { Library, PutBack } from '../library.ts';
import type { Instant } from '../model.ts';
import { Halt, problem } from '../problems.ts';
import { listBackups, newestWhole } from './backups.ts';
import { carryOver } from './carrying-over.ts';
import { copyDatabase, damageOf, isDamage, syncFile } from './copies.ts';
import { type Connection, connect } from './database.ts';
import { firstLook } from './first-look.ts';
import type { LeaseEdges } from './lease.ts';
import { openLibrary } from './library.ts';
import { migrations } from './migrations.ts';
import { openDatabase } from './opening.ts';
import type { Holder } from './process.ts';
import { replaceFact } from './publications.ts';
import { searchName } from './search.ts';
import { backupFolderOf, haltOnDiskTrouble } from './trouble.ts';

/**
 * Puts a copy in the place of the database. Until the last step, a rename, all is as it was.
 * @param file path of the database, which may be damaged, of a newer Relais, or missing
 * @param chosen path of the copy; undefined for the newest whole one
 * @returns who holds the lease, when somebody does: then nothing was changed
 * @throws Halt with store/bad-copy, or what the disk says
 */
export async function restoreDatabase(
  file: string,
  chosen: string | undefined,
  self: Holder,
  edges: LeaseEdges,
): Promise<PutBack | Held> {
  return await haltOnDiskTrouble(file, async () => {
    const copy = chosen ?? newestCopy(file);
    requireWhole(copy);
    const library = await openIfPossible(file, self, edges);
    let hasLearned = true;
    try {
      const held = await library?.takeLease(edges.clock.now());
      if (held !== undefined) return held;
      await makeReady(copy, file);
      if (existsSync(file)) hasLearned = await learnFrom(file, readyName(file), library !== undefined);
      if (!existsSync(file) || !hasLearned) await doubtDigests(readyName(file), edges.clock.now());
      syncFile(readyName(file));
    } finally {
      await library?.close(); // the lease stays noted until the file is gone: no run begins on it
    }
    const aside = existsSync(file) ? setAside(file, edges.clock.now()) : undefined;
    renameSync(readyName(file), file);
    syncFile(dirname(file));
    await (await openDatabase(file)).close();
    return { copy, aside, ...(hasLearned ? {} : { isForgetful: true }) };
  });
}

function newestCopy(file: string): string {
  const folder = backupFolderOf(file);
  const newest = newestWhole(folder);
  if (newest === undefined) throw badCopy(`there is no whole one in ${folder}`);
  return join(folder, newest.name);
}

function requireWhole(copy: string): void {
  const found = statSync(copy, { throwIfNoEntry: false });
  if (found === undefined) throw badCopy(`${copy} is not there`);
  if (!found.isFile()) throw badCopy(`${copy} is no file. Name the copy in it`);
  const words = whatIsWrong(copy);
  if (words !== undefined) throw badCopy(`${basename(copy)}: ${words}`);
}

function whatIsWrong(copy: string): string | undefined {
  try {
    const look = firstLook(copy, migrations.length);
    if (look.kind === 'half') return 'relais copy has not come to its end with it';
    if (look.kind !== 'ours') return look.words;
    return look.step === 0 ? 'it holds nothing' : damageOf(copy, 'full');
  } catch (error) {
    if (isDamage(error)) return error.message;
    throw error;
  }
}

function badCopy(words: string): Halt {
  return new Halt(problem('store/bad-copy', {}, words));
}

/** The lease is in the database. One that cannot be opened is nobody's: no run can work on it. */
async function openIfPossible(file: string, self: Holder, edges: LeaseEdges): Promise<Library | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    return await openLibrary(file, self, edges);
  } catch (error) {
    const code = error instanceof Halt ? error.problem.code : undefined;
    if (code === 'store/damaged' || code === 'store/not-ours' || code === 'store/newer-schema') return undefined;
    throw error;
  }
}

function readyName(file: string): string {
  return `${file}.restored`;
}

/** A run may have been under way when the copy was made: its lease is over. And the site may be newer than the copy knows. */
async function makeReady(copy: string, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  for (const beside of ['-wal', '-shm']) rmSync(`${readyName(file)}${beside}`, { force: true }); // of one that was killed
  await copyDatabase(copy, dirname(file), basename(readyName(file)));
  const sqlite = connect(readyName(file));
  try {
    sqlite.exec(`delete from leases; update publications set stamp = ''`);
    noteBackup(copy, sqlite);
    rmSync(join(dirname(file), searchName), { force: true }); // what came after the copy must not be found any more; it is made anew
  } finally {
    sqlite.close();
  }
}

/** No copy knows of itself: that it was made is noted afterwards. */
function noteBackup(copy: string, sqlite: Connection): void {
  const made = listBackups(dirname(copy)).find(({ name }) => name === basename(copy));
  if (made === undefined) return;
  sqlite
    .prepare(
      `insert into meta (name, value) values ('backed-up', ?) on conflict (name) do update set value = excluded.value
       where cast(meta.value as integer) < cast(excluded.value as integer)`,
    )
    .run(String(made.at));
}

/**
 * What was taken back since the copy was made stays so.
 * @param isWhole where not, as much is asked of the database as it will say: its damage may be elsewhere
 * @returns false where it has not said it
 */
async function learnFrom(file: string, ready: string, isWhole: boolean): Promise<boolean> {
  const to = await openDatabase(ready);
  const beside = ['-wal', '-shm'].map((end) => `${file}${end}`).filter((path) => !existsSync(path));
  try {
    const from = connect(file, { isReadOnly: true });
    try {
      await carryOver(from, to.sqlite);
      return true;
    } finally {
      from.close();
    }
  } catch (error) {
    if (isWhole) throw error;
    return false;
  } finally {
    await to.close();
    if (!isWhole) for (const path of beside) rmSync(path, { force: true }); // it is left as it was
  }
}

/** Nobody is there to say which digests have gone out since the copy was made. */
async function doubtDigests(ready: string, now: Instant): Promise<void> {
  const { db, close } = await openDatabase(ready);
  await replaceFact(db, digestsUnknownUntil, String(now));
  await close();
}

/** A second name, and the first is free to be taken: at no instant is there no database. */
function setAside(file: string, now: Instant): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-');
  const stem = join(dirname(file), `relais-before-restore-${time}`);
  let aside = `${stem}.db`;
  for (let number = 2; existsSync(aside); number++) aside = `${stem}-${number}.db`;
  try {
    linkSync(file, aside);
  } catch {
    copyFileSync(file, aside); // a file system without links
  }
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`); // or it would be played into the copy
  rmSync(`${file}-shm`, { force: true });
  syncFile(dirname(file));
  return aside;
}
