/** The part of the library that knows what feeds have said once and for all. */
import { sql } from 'kysely';
import type { ArchivedStories, FeedLibrary } from '../feed-library.ts';
import { seedOf } from '../story-plan.ts';
import type { Database } from './database.ts';
import type { Access } from './library-pictures.ts';
import { readNotShown, writeNotShown } from './not-shown.ts';
import { uidFor } from './stories.ts';

export function feedLibrary({ db, read, write }: Access): FeedLibrary {
  return {
    async fixForGood() {
      if (!(await read(() => hasUndated(db)))) return;
      await write(async (trx) => {
        await fixNames(trx);
        await fixDates(trx);
      });
    },
    archives: () => read(() => readArchives(db)),
    keepArchived: (documents) =>
      write(async (trx) => {
        for (const one of documents) await writeArchived(trx, one);
      }),
    noteNotShown: (stories, at) => write((trx) => writeNotShown(trx, stories, at)),
    notShown: (since) => read(() => readNotShown(db, since)),
  };
}

async function hasUndated(db: Database): Promise<boolean> {
  return (await db.selectFrom('stories').select('id').where('published', 'is', null).limit(1).execute()).length > 0;
}

/**
 * A story is named by whichever of its items came first, and in which order sources are read is chance: while no reader has seen it,
 * it is named by its original, or else by its oldest item. So whoever imports everything anew has the same names again.
 */
async function fixNames(db: Database): Promise<void> {
  const { rows } = await sql<{ id: number; uid: string; url: string | null; sourceKey: string; guid: string }>`
    select s.id, s.uid, i.url, i.source as "sourceKey", i.guid from stories s join items i on i.id = coalesce(s.original_item,
      (select j.id from items j where j.story = s.id order by j.date, j.source, j.guid limit 1))
    where s.published is null`.execute(db);
  const misnamed = rows
    .map(({ id, uid, ...item }) => ({ id, uid, wanted: uidFor(seedOf(item), 0) }))
    .filter(({ uid, wanted }) => wanted !== uid);
  // A name may be another's that is to have another too: first all let go of theirs, so that it does not matter whose turn it is.
  for (const { id } of misnamed)
    await db
      .updateTable('stories')
      .set({ uid: `${id} ` })
      .where('id', '=', id)
      .execute();
  for (const { id, uid, wanted } of misnamed) {
    const taken = await db.selectFrom('stories').select('id').where('uid', '=', wanted).executeTakeFirst();
    if (taken === undefined) await db.deleteFrom('story_aliases').where('uid', '=', wanted).execute();
    const own = taken === undefined ? wanted : uid;
    await db.updateTable('stories').set({ uid: own }).where('id', '=', id).execute();
  }
}

async function fixDates(db: Database): Promise<void> {
  await db.updateTable('stories').set({ published: sql`date` }).where('published', 'is', null).execute();
}

async function readArchives(db: Database): Promise<ReadonlyMap<string, readonly ArchivedStories[]>> {
  const rows = await db.selectFrom('archives').selectAll().orderBy('feed').orderBy('number').execute();
  const byFeed = new Map<string, ArchivedStories[]>();
  for (const { feed, number, stories } of rows) {
    const document = { feed, number, stories: JSON.parse(stories) as number[] };
    const known = byFeed.get(feed);
    if (known === undefined) byFeed.set(feed, [document]);
    else known.push(document);
  }
  return byFeed;
}

async function writeArchived(db: Database, { feed, number, stories }: ArchivedStories): Promise<void> {
  const written = JSON.stringify(stories);
  await db
    .insertInto('archives')
    .values({ feed, number, stories: written })
    .onConflict((conflict) => conflict.columns(['feed', 'number']).doUpdateSet({ stories: written }))
    .execute();
}
