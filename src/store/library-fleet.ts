/** The part of the store's front that is about who shares the work. */
import type { Asked, FleetLibrary, FleetState } from '../fleet-library.ts';
import type { Instant } from '../model.ts';
import type { Database } from './database.ts';
import type { Engine } from './engine.ts';
import type { Access } from './library-pictures.ts';

/** One that has fallen silent is remembered for so long. */
const rememberedMs = 3_600_000;

export function fleetLibrary({ read }: Access, engine: Engine): FleetLibrary {
  return {
    fleet: () => read(() => readFleet(engine)),
    askedSince: (instant) => read(() => countAsked(engine.db, instant)),
  };
}

async function readFleet({ db, now: clock }: Engine): Promise<FleetState | undefined> {
  const now = await db.connection().execute(async () => await clock());
  if (now === undefined) return undefined;
  const workers = await db
    .selectFrom('workers')
    .select(['host', 'pid', 'version', 'started', 'seen', 'asked'])
    .where('seen', '>', now - rememberedMs)
    .orderBy('host')
    .orderBy('started')
    .execute();
  const claims = await db.selectFrom('source_claims').select('source').where('until', '>', now).execute();
  return { now, workers, inHand: new Set(claims.map(({ source }) => source)) };
}

async function countAsked(db: Database, since: Instant): Promise<Asked> {
  const count = async (column: 'last_tried' | 'last_success'): Promise<number> => {
    const { n } = await db
      .selectFrom('sources')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where(column, '>=', since)
      .executeTakeFirstOrThrow();
    return Number(n);
  };
  return { tried: await count('last_tried'), answered: await count('last_success') };
}
