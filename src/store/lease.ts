/** The lease that keeps two runs on one data folder apart: a row with owner and expiry, not a pid file. */
import type { Instant } from '../model.ts';
import type { Database } from './database.ts';

export interface Holder {
  /** Random name of one process's life. */
  readonly owner: string;
  readonly pid: number;
  readonly host: string;
}

export interface Held extends Holder {
  readonly since: Instant;
}

/** Without a heartbeat for this long the holder counts as dead. */
export const leaseMs = 60_000;

/**
 * Takes the lease, or says who has it. A holder on this machine whose process is gone has lost it at once.
 * @param isAlive whether a process of this machine runs
 */
export async function takeLease(
  db: Database,
  holder: Holder,
  now: Instant,
  isAlive: (pid: number) => boolean,
): Promise<Held | undefined> {
  return await db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('leases').selectAll().where('name', '=', 'run').executeTakeFirst();
    if (row !== undefined && row.owner !== holder.owner) {
      const isOurMachine = row.host === holder.host;
      const isLive = row.expires > now && row.expires <= now + 2 * leaseMs && (!isOurMachine || isAlive(row.pid));
      if (isLive) return { owner: row.owner, pid: row.pid, host: row.host, since: row.since };
    }
    const values = { name: 'run', ...holder, since: now, expires: now + leaseMs };
    await trx
      .insertInto('leases')
      .values(values)
      .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
      .execute();
    return undefined;
  });
}

/** The heartbeat. @returns false when the lease was lost to another process: stop writing */
export async function renewLease(db: Database, owner: string, now: Instant): Promise<boolean> {
  const result = await db
    .updateTable('leases')
    .set({ expires: now + leaseMs })
    .where('name', '=', 'run')
    .where('owner', '=', owner)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

export async function giveBackLease(db: Database, owner: string): Promise<void> {
  await db.deleteFrom('leases').where('name', '=', 'run').where('owner', '=', owner).execute();
}
