/** What waits for the maintainer's word: items kept out of stories, and rulings that have not been acted on. */
import type { SourceRuling } from '../library.ts';
import type { Instant, Item, SourceKey } from '../model.ts';
import type { ReadItem, Signals } from '../refresh-plan.ts';
import type { Database } from './database.ts';

/** As many as a document has at the most; a source that goes on and on must not fill the disk while it waits. */
const mostHeld = 1_000;

/** Keeps items out of stories; one that changes while it waits is kept as it was read last. */
export async function hold(db: Database, source: SourceKey, items: readonly ReadItem[], now: Instant): Promise<void> {
  for (const { item, signals } of items) {
    const content = { item: JSON.stringify(item), signals: JSON.stringify(signals), at: now };
    await db
      .insertInto('held_items')
      .values({ source, guid: item.guid, ...content })
      .onConflict((conflict) => conflict.columns(['source', 'guid']).doUpdateSet(content))
      .execute();
  }
  const newest = db
    .selectFrom('held_items')
    .select('guid')
    .where('source', '=', source)
    .orderBy('at', 'desc')
    .limit(mostHeld);
  await db.deleteFrom('held_items').where('source', '=', source).where('guid', 'not in', newest).execute();
}

/** Items that are held, by source, in the order in which they were read. */
export async function readHeld(db: Database): Promise<ReadonlyMap<SourceKey, readonly ReadItem[]>> {
  const rows = await db.selectFrom('held_items').selectAll().orderBy('at').execute();
  const bySource = new Map<SourceKey, ReadItem[]>();
  for (const row of rows) {
    const list = bySource.get(row.source) ?? [];
    list.push({ item: itemFrom(row.item), signals: JSON.parse(row.signals) as Signals });
    bySource.set(row.source, list);
  }
  return bySource;
}

/** What was held before there were several languages has one. */
function itemFrom(json: string): Item {
  const item = JSON.parse(json) as Item & { langs?: Item['langs'] };
  return { ...item, langs: item.langs ?? [item.lang] };
}

export async function dropHeld(db: Database, source: SourceKey): Promise<void> {
  await db.deleteFrom('held_items').where('source', '=', source).execute();
}

export async function writeRuling(db: Database, source: SourceKey, ruling: SourceRuling, now: Instant): Promise<void> {
  await db
    .insertInto('rulings')
    .values({ source, ruling: JSON.stringify(ruling), at: now })
    .execute();
}

/** Oldest first. */
export async function readRulings(
  db: Database,
): Promise<{ readonly id: number; readonly sourceKey: SourceKey; readonly ruling: SourceRuling }[]> {
  const rows = await db.selectFrom('rulings').selectAll().orderBy('id').execute();
  return rows.map(({ id, source, ruling }) => ({
    id,
    sourceKey: source,
    ruling: JSON.parse(ruling) as SourceRuling,
  }));
}

export async function deleteRuling(db: Database, id: number): Promise<void> {
  await db.deleteFrom('rulings').where('id', '=', id).execute();
}
