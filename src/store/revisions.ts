/** What items said before their sources changed them, and which stories have been corrected or taken back since when. */
import { sql } from 'kysely';
import type { StoryChange } from '../library.ts';
import type { Enclosure, Instant, SourceKey, Version } from '../model.ts';
import { safeHtmlToText } from '../text/safe-text.ts';
import type { Database } from './database.ts';
import { amongNumbers, amongWords } from './engine.ts';
import { eventsIn, expiredBecause } from './item-rows.ts';

/** Versions kept of one item: a source that rewrites a text with every visit must not fill the disk. */
const mostKept = 40;

/**
 * Keeps what an item says before it is replaced. A silent change is no correction; what was there before it is kept only
 * behind a correction, or that would be said to have changed what only a theme did.
 */
export async function keepVersion(db: Database, item: number, isSilent: boolean, now: Instant): Promise<void> {
  const last = await db
    .selectFrom('revisions')
    .select('is_silent')
    .where('item', '=', item)
    .orderBy('replaced_at', 'desc')
    .executeTakeFirst();
  if (isSilent && last?.is_silent !== 0) return;
  const silent = isSilent ? 1 : 0;
  await sql`insert into revisions (item, replaced_at, title, html, authors, enclosures, url, published, events, is_silent)
    select id, ${now}, title, html, authors, enclosures, url, published, coalesce(events, '[]'), ${silent} from items where id = ${item}
    on conflict do nothing`.execute(db);
  await sql`delete from revisions where item = ${item} and replaced_at not in
    (select replaced_at from revisions where item = ${item} order by replaced_at desc limit ${mostKept})`.execute(db);
}

/** Items of a story of which earlier versions are read: the author's first. */
const mostItems = 3;
/** Versions of one item that are read, silent ones among them: as many as ten corrections can need. */
const mostVersions = 20;
/** Characters of one version that are read, and of all of an item's. */
const longestText = 100_000;
const longestTexts = 300_000;

/** Story → what its items said before, oldest first; nothing of those that are taken back. */
export async function readVersions(
  db: Database,
  stories: readonly number[],
): Promise<ReadonlyMap<number, readonly Version[]>> {
  const { rows } = await sql<{ id: number; story: number }>`
    select id, story from items
      where story in ${amongNumbers(stories)}
        and revised_at is not null and withdrawn_at is null and hidden_at is null
      order by story, role = 'original' desc, role = 'copy' desc, date, source, guid`.execute(db);
  const found = new Map<number, Version[]>();
  const read = new Map<number, number>();
  for (const { id, story } of rows) {
    const count = (read.get(story) ?? 0) + 1;
    read.set(story, count);
    if (count <= mostItems) found.set(story, [...(found.get(story) ?? []), ...(await versionsOf(db, id))]);
  }
  return found;
}

async function versionsOf(db: Database, item: number): Promise<Version[]> {
  const rows = await db
    .selectFrom('revisions')
    .selectAll()
    .where('item', '=', item)
    .orderBy('replaced_at', 'desc')
    .limit(mostVersions)
    .execute();
  let room = longestTexts;
  const versions = rows.map((row): Version => {
    const text = safeHtmlToText(row.html);
    room -= text.length;
    return {
      itemId: item,
      until: row.replaced_at,
      isCorrected: row.is_silent === 0,
      title: row.title,
      text: text.length > longestText || room < 0 ? undefined : text,
      authors: JSON.parse(row.authors) as string[],
      enclosures: JSON.parse(row.enclosures) as Enclosure[],
      published: row.published ?? undefined,
      events: row.events === null ? undefined : eventsIn(row),
    };
  });
  return versions.reverse();
}

/** Corrections, and stories taken back, that are read of the sources of one section. */
const mostEvents = 5_000;

/** Stories of which an item of these sources was corrected at or after an instant, the newest correction first. */
export async function readCorrected(
  db: Database,
  sources: readonly SourceKey[],
  since: Instant,
): Promise<StoryChange[]> {
  const { rows } = await sql<StoryChange>`
    select i.story, i.source as "sourceKey", r.replaced_at as at from revisions r cross join items i on i.id = r.item
      where r.is_silent = 0 and r.replaced_at >= ${since}
        and i.source in ${amongWords(sources)}
      order by r.replaced_at desc, i.source, i.guid limit ${mostEvents}`.execute(db);
  return rows;
}

/** The same of those of which an item was taken back, but for what no section keeps any more; that is told from an index. */
export async function readTakenBack(
  db: Database,
  sources: readonly SourceKey[],
  since: Instant,
): Promise<StoryChange[]> {
  const own = amongWords(sources);
  // The plus keeps SQLite from reading all items of the sources instead of the few that were taken back.
  const { rows } = await sql<StoryChange>`
    select story, source as "sourceKey", withdrawn_at as at from items where withdrawn_at >= ${since}
      and +source in ${own} and withdrawn_because is distinct from ${sql.lit(expiredBecause)}
    union
    select story, source, hidden_at from items where hidden_at >= ${since} and withdrawn_at is null
      and +source in ${own}
    order by 3 desc, 1 desc limit ${mostEvents}`.execute(db);
  return rows;
}
