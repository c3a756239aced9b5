/** Items that tell of something with a date. */
import type { EventfulItem } from '../library.ts';
import type { Instant } from '../model.ts';
import type { Database } from './database.ts';
import { eventsIn, expiredBecause } from './item-rows.ts';

/** Many times what any calendar shows. */
const mostItems = 1_000;

/** See `Library.eventful`. What no section keeps any more was not taken back, and tells of nothing. */
export async function readEventful(db: Database, at: Instant): Promise<readonly EventfulItem[]> {
  const rows = await db
    .selectFrom('items')
    .innerJoin('stories', 'stories.id', 'items.story')
    .select(['items.story', 'items.source', 'items.events', 'items.withdrawn_at', 'items.hidden_at', 'stories.changed'])
    .where('items.events_until', '>', at)
    .where((eb) =>
      eb.or([eb('items.withdrawn_because', 'is', null), eb('items.withdrawn_because', '!=', expiredBecause)]),
    )
    .orderBy('items.events_until')
    .orderBy('items.source')
    .orderBy('items.guid')
    .limit(mostItems)
    .execute();
  return rows.map((row) => ({
    storyId: row.story,
    sourceKey: row.source,
    changed: row.changed,
    takenBack: row.withdrawn_at ?? row.hidden_at ?? undefined,
    events: eventsIn(row),
  }));
}
