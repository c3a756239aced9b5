/** The two databases of a copy, each of either kind: opened, kept from other hands, and one written into the other. */
import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Held } from '../fleet-library.ts';
import type { Library } from '../library.ts';
import type { Instant } from '../model.ts';
import { Halt, problem } from '../problems.ts';
import { type TableName, tableNames } from './copied-tables.ts';
import {
  type Beginning,
  type CopyProgress,
  compareAll,
  copyAll,
  finishCopy,
  firstDifference,
  requireRoomForCopy,
} from './copying.ts';
import { connect } from './database.ts';
import type { Engine } from './engine.ts';
import { firstLook, isDatabaseFile } from './first-look.ts';
import { giveBackLease, type LeaseEdges, renewLease, takeLease } from './lease.ts';
import { migrations } from './migrations.ts';
import { openDatabase } from './opening.ts';
import { postgresEngine } from './postgres-engine.ts';
import { isTherePostgres, lookIntoPostgres, openPostgres } from './postgres-opening.ts';
import { nameOf, openSession, placeOf, type Session } from './postgres-session.ts';
import { haltOnServerTrouble } from './postgres-trouble.ts';
import type { Holder } from './process.ts';
import { sqliteEngine } from './sqlite-engine.ts';
import { haltOnDiskTrouble } from './trouble.ts';

/** An open database, with what keeps others from it. */
export interface Archive extends Pick<Library, 'takeLease' | 'renewLease' | 'giveBackLease' | 'close'> {
  /** A path, or an address without its password. */
  readonly place: string;
  readonly engine: Engine;
  readonly isFile: boolean;
  /** Another connection, to read beside what is written here. */
  openReader(): Promise<{ readonly engine: Engine; readonly close: () => Promise<void> }>;
  guard<T>(work: () => Promise<T>): Promise<T>;
}

export interface ArchiveEdges extends LeaseEdges {
  readonly self: Holder;
}

/** @param where path of a file, or `postgres://…`. @returns how the maintainer is told of it */
export function placeNamed(where: string): string {
  if (isServer(where)) return nameOf(placeOf(where));
  const file = resolve(where);
  return existsSync(dirname(file)) ? join(realpathSync(dirname(file)), basename(file)) : file;
}

/** Whether there is a database. */
export async function isArchive(where: string): Promise<boolean> {
  return isServer(where) ? await isTherePostgres(where) : existsSync(where);
}

/**
 * Whether a file is there that was never a database. One that has the name of ours may be so damaged that it cannot be told: of that
 * opening says more.
 * @throws Halt with `store/…` where it cannot be read
 */
export async function isOtherFile(where: string): Promise<boolean> {
  if (isServer(where) || basename(where) === 'relais.db' || !existsSync(where)) return false;
  return await haltOnDiskTrouble(where, () => !isDatabaseFile(where));
}

/**
 * Opens the database that is copied, as every command does.
 * @throws Halt with `store/…`
 */
export async function openSource(where: string, edges: ArchiveEdges): Promise<Archive> {
  return await openArchive(where, edges, false);
}

/**
 * Opens the database that a copy goes into: a new one, or the beginning of such a copy.
 * @param from how the maintainer is told of the first
 * @throws Halt with store/copy-refused for any other, which stays as it was, and other `store/…`
 */
export async function openTarget(where: string, from: string, edges: ArchiveEdges): Promise<Archive> {
  if (isServer(where)) await lookIntoPostgres(placeOf(where), (engine) => requireRoomForCopy(engine, from));
  else if (existsSync(where)) await haltOnDiskTrouble(where, () => requireRoomInFile(where, from));
  return await openArchive(where, edges, true);
}

function isServer(where: string): boolean {
  return /^postgres(ql)?:/i.test(where);
}

/** Before it is opened, as opening may bring it to another step. */
async function requireRoomInFile(file: string, from: string): Promise<void> {
  const { kind } = firstLook(file, migrations.length);
  if (kind !== 'ours' && kind !== 'half') return; // opening says what it is
  const sqlite = connect(file, { isReadOnly: true });
  try {
    await requireRoomForCopy(sqliteEngine(sqlite), from);
  } finally {
    sqlite.close();
  }
}

async function openArchive(where: string, edges: ArchiveEdges, mayBeHalf: boolean): Promise<Archive> {
  return isServer(where) ? await openServer(where, edges, mayBeHalf) : await openFile(resolve(where), edges, mayBeHalf);
}

async function openFile(file: string, edges: ArchiveEdges, mayBeHalf: boolean): Promise<Archive> {
  const { db, sqlite, close } = await openDatabase(file, migrations, { mayBeHalf });
  const guard: Archive['guard'] = (work) => haltOnDiskTrouble(file, work);
  return {
    ...leasing({ engine: sqliteEngine(sqlite, db), guard, edges }),
    place: placeNamed(file),
    isFile: true,
    async openReader() {
      const own = connect(file, { isReadOnly: true });
      return { engine: sqliteEngine(own), close: async () => void own.close() };
    },
    close,
  };
}

async function openServer(address: string, edges: ArchiveEdges, mayBeHalf: boolean): Promise<Archive> {
  const place = placeOf(address);
  const name = `relais copy ${edges.self.host} ${edges.self.pid}`;
  const { engine, session } = await openPostgres(place, name, { mayBeHalf });
  const guard: Archive['guard'] = (work) => haltOnServerTrouble(place, work);
  const leased = leasing({ engine, guard, edges });
  return {
    ...leased,
    takeLease: async (now) => (await guard(() => workerAtIt(session))) ?? (await leased.takeLease(now)),
    place: nameOf(place),
    isFile: false,
    async openReader() {
      const own = openSession(place, name);
      return { engine: postgresEngine(own), close: () => own.close() };
    },
    close: () => engine.db.destroy().then(() => session.close()),
  };
}

/** Workers write beside each other, and the lease keeps none of them away. @returns one that was heard of within a minute */
async function workerAtIt(session: Session): Promise<Held | undefined> {
  const words = 'select host, pid, started as since from workers where seen > now_ms() - 60000 limit 1';
  return (await session.say(words)).rows[0] as Held | undefined;
}

interface Leased extends Pick<Archive, 'engine' | 'guard'> {
  readonly edges: ArchiveEdges;
}

function leasing({
  engine,
  guard,
  edges,
}: Leased): Pick<Archive, 'engine' | 'guard' | 'takeLease' | 'renewLease' | 'giveBackLease'> {
  const { db } = engine;
  const { self } = edges;
  return {
    engine,
    guard,
    takeLease: (now: Instant): Promise<Held | undefined> => guard(() => takeLease(db, self, edges, now)),
    renewLease: (now) => guard(() => renewLease(db, self.owner, now)),
    giveBackLease: () => guard(() => giveBackLease(db, self.owner)),
  };
}

export interface ArchiveProgress extends CopyProgress {
  /** Rows of the table that there are. */
  readonly of: number;
  /** Which of the tables it is, from 1, and how many there are. */
  readonly place: number;
  readonly places: number;
}

/** What was copied, compared at the end. */
export interface ArchiveCopied {
  readonly beginning: Beginning;
  readonly tables: readonly { readonly table: TableName; readonly rows: number; readonly digest: string }[];
  readonly rows: number;
  /** SHA-256 over those of the tables. */
  readonly digest: string;
}

export interface ArchiveCopyOptions {
  readonly onProgress?: (progress: ArchiveProgress) => void;
  /** Ends the copy after the batch in hand with its reason; it can be gone on with. */
  readonly signal?: AbortSignal;
}

/** In the place of stamps of what was published: the site and the search index may be of another time, and are made anew. */
const stampOfCopy = 'copied';

/**
 * Copies everything, compares it, and only then takes the mark away. The leases of both are ours.
 *
 * Runs wait for the lease of the first database; what a person does there meanwhile (withdraw, rule) does not. All is read as it was
 * when the copy began, or the texts of one story would be of two times; and where a person has done something since, the copy is not
 * finished: what was withdrawn would be in it.
 * @throws Halt with store/copy-refused, store/copy-differs and other `store/…`; the reason of the signal
 */
export async function copyArchive(
  from: Archive,
  to: Archive,
  { onProgress = () => {}, signal }: ArchiveCopyOptions = {},
): Promise<ArchiveCopied> {
  const copy = async (): Promise<ArchiveCopied> => {
    const reader = await from.openReader();
    try {
      await reader.engine.beginReading();
      const acts = await lastAct(reader.engine);
      const sizes = await countAll(reader.engine);
      const options = {
        onProgress(progress: CopyProgress): void {
          signal?.throwIfAborted();
          const place = tableNames.indexOf(progress.table) + 1;
          onProgress({ ...progress, of: sizes.get(progress.table) ?? 0, place, places: tableNames.length });
        },
      };
      const beginning = await copyAll(reader.engine, to.engine, from.place, options);
      const compared = await compareAll(reader.engine, to.engine, options);
      const other = firstDifference(compared);
      if (other !== undefined)
        throw differing(`${other.table} has ${other.to.rows} rows of ${other.from.rows}, or others`);
      if ((await lastAct(from.engine)) !== acts) throw differing(`somebody has worked on ${from.place} meanwhile`);
      signal?.throwIfAborted();
      await finishCopy(
        to.engine,
        async () => await to.engine.prepare('update publications set stamp = ?').run(stampOfCopy),
      );
      return { beginning, ...sumOf(compared.map(({ table, to: { rows, digest } }) => ({ table, rows, digest }))) };
    } finally {
      await reader.close();
    }
  };
  const [outer, inner] = to.isFile ? [from, to] : [to, from]; // words of the disk are known best by whoever knows its file
  return await outer.guard(() => inner.guard(copy));
}

function differing(words: string): Halt {
  return new Halt(problem('store/copy-differs', {}, words));
}

/** What a person does is in the log. */
async function lastAct(engine: Engine): Promise<number> {
  const row = await engine.prepare<{ last: number | null }>('select max(id) as last from audit_log').get();
  return row?.last ?? 0;
}

async function countAll(engine: Engine): Promise<ReadonlyMap<TableName, number>> {
  const counts = new Map<TableName, number>();
  for (const table of tableNames) {
    const row = await engine.prepare<{ rows: number }>(`select count(*) as rows from ${table}`).get();
    counts.set(table, row?.rows ?? 0);
  }
  return counts;
}

function sumOf(tables: ArchiveCopied['tables']): Omit<ArchiveCopied, 'beginning'> {
  const hash = createHash('sha256');
  for (const { table, digest } of tables) hash.update(`${table} ${digest}\n`);
  return { tables, rows: tables.reduce((sum, { rows }) => sum + rows, 0), digest: hash.digest('hex') };
}
