/** Partners' pictures: which stories are to show which, what became of each, and when it is asked for again. */
import { sql } from 'kysely';
import type { Instant, PictureCopy, SourceKey } from '../model.ts';
import type { DuePicture, PictureFate, PictureStanding, PictureUse } from '../picture-library.ts';
import type { Database } from './database.ts';
import { amongNumbers, amongWords } from './engine.ts';
import { chunks } from './items.ts';
import { changeInstant, touchStories } from './stories.ts';

/** Of these stories, those of which an item of these sources holds a picture. */
export async function withPictures(
  db: Database,
  stories: readonly number[],
  sources: readonly SourceKey[],
): Promise<number[]> {
  const { rows } = await sql<{ story: number }>`
    select distinct story from items where story in ${amongNumbers(stories)} and source in ${amongWords(sources)}
      and instr(html, '<img') > 0 order by story`.execute(db);
  return rows.map(({ story }) => story);
}

/** Notes which pictures these stories are to show, in the place of what was noted. */
export async function writePictureUses(
  db: Database,
  stories: readonly number[],
  uses: readonly PictureUse[],
): Promise<void> {
  for (const part of chunks(stories)) await db.deleteFrom('picture_uses').where('story', 'in', part).execute();
  for (const use of uses) {
    await db
      .insertInto('pictures')
      .values({ address: use.address, state: 'wanted', tries: 0, next_try: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await db.insertInto('picture_uses').values(use).execute();
  }
}

/** No story shows any picture. */
export async function clearPictureUses(db: Database): Promise<void> {
  await db.deleteFrom('picture_uses').execute();
}

/** Pictures of these sources to be asked for, the newest of each source before the second newest of any. */
export async function readDuePictures(
  db: Database,
  sources: readonly SourceKey[],
  now: Instant,
  limit: number,
): Promise<DuePicture[]> {
  const { rows } = await sql<{ address: string; tries: number; sources: string }>`
    select address, tries, sources from (
      select p.address, p.tries, json_group_array(distinct u.source) as sources, min(u.source) as first, max(s.date) as date
        from pictures p join picture_uses u on u.address = p.address join stories s on s.id = u.story
        where p.state = 'wanted' and p.next_try <= ${now} and u.source in ${amongWords(sources)} group by p.address) as due
      order by row_number() over (partition by first order by date desc, address), date desc, address
      limit ${limit}`.execute(db);
  return rows.map(({ sources, ...row }) => ({ ...row, sources: JSON.parse(sources) as SourceKey[] }));
}

/** Notes what became of a picture; where readers will see it, the stories that show it have changed. */
export async function writePictureFate(db: Database, address: string, fate: PictureFate, now: Instant): Promise<void> {
  if (fate.kind === 'failed') {
    const { tries, nextTry, why } = fate;
    const next = nextTry === undefined ? { state: 'given-up' as const } : { next_try: nextTry };
    await db
      .updateTable('pictures')
      .set({ tries, why, ...next })
      .where('address', '=', address)
      .execute();
    return;
  }
  const copy = fate.kind === 'copied' ? fate.copy : { file: null, width: null, height: null };
  await db
    .updateTable('pictures')
    .set({ state: fate.kind, why: null, ...copy })
    .where('address', '=', address)
    .execute();
  await touchUsers(db, [address], now);
}

async function touchUsers(db: Database, addresses: readonly string[], now: Instant): Promise<void> {
  const { rows } = await sql<{ story: number }>`
    select distinct story from picture_uses where address in ${amongWords(addresses)}`.execute(db);
  await touchStories(
    db,
    rows.map(({ story }) => story),
    await changeInstant(db, now),
  );
}

/** What there is to show of the pictures of these stories, by address; `none` for those that only count readers. */
export async function readPictureCopies(
  db: Database,
  stories: readonly number[],
): Promise<ReadonlyMap<number, ReadonlyMap<string, PictureCopy | 'none'>>> {
  const found = new Map<number, Map<string, PictureCopy | 'none'>>();
  for (const part of chunks(stories)) {
    const rows = await db
      .selectFrom('picture_uses')
      .innerJoin('pictures', 'pictures.address', 'picture_uses.address')
      .select(['story', 'pictures.address', 'state', 'file', 'width', 'height'])
      .where('story', 'in', part)
      .where('state', 'in', ['copied', 'counter'])
      .execute();
    for (const { story, address, file, width, height } of rows) {
      const own = found.get(story) ?? new Map<string, PictureCopy | 'none'>();
      own.set(address, file === null || width === null || height === null ? 'none' : { file, width, height });
      found.set(story, own);
    }
  }
  return found;
}

/** How the pictures of a story stand. */
export async function readPicturesOf(db: Database, story: number): Promise<PictureStanding[]> {
  const rows = await db
    .selectFrom('picture_uses')
    .innerJoin('pictures', 'pictures.address', 'picture_uses.address')
    .select(['pictures.address', 'state', 'next_try as nextTry', 'why', 'file'])
    .where('story', '=', story)
    .orderBy('pictures.address')
    .execute();
  return rows.map(({ why, file, ...row }) => ({ ...row, why: why ?? undefined, file: file ?? undefined }));
}

/** Names of the files that stories show. */
export async function readShownFiles(db: Database): Promise<string[]> {
  const { rows } = await sql<{ file: string }>`
    select distinct p.file from pictures p where p.file is not null
      and exists (select 1 from picture_uses u where u.address = p.address) order by p.file`.execute(db);
  return rows.map(({ file }) => file);
}

/** Pictures whose file is one of these, which are lost, are asked for again. */
export async function noteLostFiles(db: Database, files: readonly string[], now: Instant): Promise<void> {
  const { rows } = await sql<{ address: string }>`
    update pictures set state = 'wanted', file = null, width = null, height = null, tries = 0, next_try = 0
      where file in ${amongWords(files)} returning address`.execute(db);
  const addresses = rows.map(({ address }) => address);
  await touchUsers(db, addresses, now);
}

/** Forgets pictures that no story shows. @returns names of the files of all others */
export async function forgetUnusedPictures(db: Database): Promise<string[]> {
  await sql`delete from pictures where not exists (select 1 from picture_uses u where u.address = pictures.address)`.execute(
    db,
  );
  return await readShownFiles(db);
}

/** How many items are taken back, and when the last was. */
export async function withdrawalStamp(db: Database): Promise<string> {
  const row = await db
    .selectFrom('items')
    .select(({ fn }) => [fn.countAll<number>().as('items'), fn.max('withdrawn_at').as('last')])
    .where('withdrawn_by', 'is not', null)
    .executeTakeFirst();
  return `${row?.items ?? 0} ${row?.last ?? 0}`;
}
