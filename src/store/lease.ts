/** The lease that keeps two runs on one data folder apart: a row with owner, process and heartbeats, not a pid file. */
import type { Clock } from '../edges.ts';
import type { Held } from '../fleet-library.ts';

import type { Instant } from '../model.ts';
import type { Database } from './database.ts';
import type { Holder, Processes } from './process.ts';

/** Without a heartbeat for this long the holder is suspected. */
export const leaseMs = 60_000;
/** How long a suspect is watched: two heartbeats (run.ts beats every 15 seconds), and a little. */
const watchMs = 32_000;

export interface LeaseRow {
  name: string;
  owner: string;
  pid: number;
  host: string;
  since: number;
  expires: number;
  /** Heartbeats so far: they count also while the clock is moved. */
  beats: number;
  /** Of the kernel that runs the holder, the processes it can see, and its start in ticks; null where the system does not say. */
  boot_id: string | null;
  pid_space: string | null;
  started: string | null;
}

export interface LeaseEdges {
  readonly clock: Clock;
  readonly processes: Processes;
}

/**
 * Takes the lease, or says who has it. Where the holder's process can be seen, whether it still runs decides, and no
 * clock. Where it cannot (another host, another container), a lease that the clock calls overdue is watched for two
 * heartbeats, and taken only if there was none: a clock that was moved makes no second owner.
 */
export async function takeLease(
  db: Database,
  self: Holder,
  { clock, processes }: LeaseEdges,
  now: Instant,
): Promise<Held | undefined> {
  const standing = (row: LeaseRow): Standing => standingOf(row, self, now, processes);
  const first = await tryToTake(db, self, now, (row) => standing(row) === 'free');
  if (first === undefined) return undefined;
  if (standing(first) === 'held') return heldBy(first);
  await clock.wait(watchMs);
  const isStill = (row: LeaseRow): boolean => row.owner === first.owner && row.beats === first.beats;
  const second = await tryToTake(db, self, clock.now(), isStill);
  return second === undefined ? undefined : heldBy(second);
}

/** @returns the row of whoever has it, undefined when it is ours now */
async function tryToTake(
  db: Database,
  self: Holder,
  now: Instant,
  isFree: (row: LeaseRow) => boolean,
): Promise<LeaseRow | undefined> {
  return await db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('leases').selectAll().where('name', '=', 'run').executeTakeFirst();
    if (row !== undefined && row.owner !== self.owner && !isFree(row)) return row;
    const { owner, pid, host } = self;
    const seen = { boot_id: self.bootId ?? null, pid_space: self.pidSpace ?? null, started: self.started ?? null };
    const values = { owner, pid, host, ...seen, since: now, expires: now + leaseMs, beats: 0 };
    await trx
      .insertInto('leases')
      .values({ name: 'run', ...values })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
      .execute();
    return undefined;
  });
}

function heldBy({ pid, host, since }: LeaseRow): Held {
  return { pid, host, since };
}

/** Suspect: its holder cannot be seen, and its time is over. */
type Standing = 'held' | 'free' | 'suspect';

function standingOf(row: LeaseRow, self: Holder, now: Instant, processes: Processes): Standing {
  const isInTime = row.expires > now && row.expires <= now + 2 * leaseMs;
  const byClock = isInTime ? 'held' : 'suspect';
  if (row.host !== self.host) return byClock;
  if (differ(row.boot_id, self.bootId)) return 'free'; // the machine has been started anew
  if (differ(row.pid_space, self.pidSpace)) return byClock;
  if (!processes.isAlive(row.pid)) return 'free';
  const started = processes.startOf(row.pid);
  if (row.started === null || started === undefined) return byClock; // it may be another process with the same number
  return row.started === started ? 'held' : 'free';
}

function differ(noted: string | null, ours: string | undefined): boolean {
  return noted !== null && ours !== undefined && noted !== ours;
}

/** The heartbeat. @returns false when the lease was lost to another process: stop writing */
export async function renewLease(db: Database, owner: string, now: Instant): Promise<boolean> {
  const result = await db
    .updateTable('leases')
    .set((eb) => ({ expires: now + leaseMs, beats: eb('beats', '+', 1) }))
    .where('name', '=', 'run')
    .where('owner', '=', owner)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

export async function giveBackLease(db: Database, owner: string): Promise<void> {
  await db.deleteFrom('leases').where('name', '=', 'run').where('owner', '=', owner).execute();
}
