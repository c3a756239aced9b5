/** The part of the library that knows what feeds have said once and for all. */
import { sql } from 'kysely';
import type { ArchivedStories, FeedLibrary } from '../feed-library.ts';
import type { Database } from './database.ts';
import type { Access } from './library-pictures.ts';
import { readNotShown, writeNotShown } from './not-shown.ts';

export function feedLibrary({ db, read, write }: Access): FeedLibrary {
  return {
    async fixDates() {
      if (await read(() => hasUndated(db))) await write((trx) => fixDates(trx));
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
