/** Stories as publishing and `explain` receive them: whole records, lists, and the story that a name means. */
import { type RawBuilder, sql } from 'kysely';
import type { Alias, ListedStory } from '../library.ts';
import type {
  Attribution,
  Author,
  CanonicalUrl,
  Confidence,
  Instant,
  Language,
  Member,
  Original,
  Role,
  SourceKey,
  StoredItem,
  StoryRecord,
} from '../model.ts';
import type { Post } from '../story-plan.ts';
import type { Database } from './database.ts';
import { amongWords } from './engine.ts';
import { storedItemOf } from './item-rows.ts';
import { chunks } from './items.ts';
import type { StoryRow } from './schema.ts';
import { readEvidence } from './stories.ts';

/** Whole stories by id, in the order of the ids given. */
export async function readStories(db: Database, ids: readonly number[]): Promise<StoryRecord[]> {
  const found = new Map<number, StoryRecord>();
  for (const part of chunks(ids)) {
    const stories = await db.selectFrom('stories').selectAll().where('id', 'in', part).execute();
    const rows = await db
      .selectFrom('items')
      .selectAll()
      .where('story', 'in', part)
      .orderBy('date')
      .orderBy('source')
      .orderBy('guid')
      .execute();
    const evidence = await readEvidence(
      db,
      rows.map((row) => row.id),
    );
    const items = new Map<number, StoredItem[]>();
    const members = new Map<number, Member[]>();
    for (const row of rows) {
      items.set(row.story, [...(items.get(row.story) ?? []), storedItemOf(row)]);
      const member: Member = {
        itemId: row.id,
        role: row.role as Role,
        via: row.via ?? undefined,
        evidence: evidence.get(row.id) ?? [],
      };
      members.set(row.story, [...(members.get(row.story) ?? []), member]);
    }
    for (const story of stories) {
      const attribution: Attribution = {
        ...attributedTo(story),
        confidence: (story.confidence ?? 'said') as Confidence,
        members: members.get(story.id) ?? [],
      };
      found.set(story.id, {
        id: story.id,
        uid: story.uid,
        created: story.created,
        published: story.published ?? undefined,
        changed: story.changed,
        attribution,
        items: items.get(story.id) ?? [],
      });
    }
  }
  return ids.map((id) => found.get(id)).filter((story) => story !== undefined);
}

/** Who wrote a story. */
export function attributedTo(story: Omit<StoryRow, 'id' | 'published'>): Pick<Attribution, 'original' | 'jointly'> {
  return { original: originalOf(story), jointly: jointlyOf(story) };
}

/** A source that is none is left out of what is written. */
function jointlyOf({ jointly }: Pick<StoryRow, 'jointly'>): Author[] {
  const authors = JSON.parse(jointly ?? '[]') as { readonly sourceKey?: SourceKey; readonly name: string }[];
  return authors.map(({ sourceKey, name }) => ({ sourceKey, name }));
}

function originalOf(row: Omit<StoryRow, 'id' | 'published'>): Original {
  if (row.original_item !== null) return { kind: 'item', itemId: row.original_item };
  return {
    kind: 'elsewhere',
    sourceKey: row.original_source ?? undefined,
    name: row.original_name ?? undefined,
    url: (row.original_url ?? undefined) as CanonicalUrl | undefined,
  };
}

/**
 * The stories that these sources carry and readers may see, newest first: without those whose original was taken back. What is
 * counted where it might be asked whether there is any is looked up for each story; PostgreSQL would read all items for it.
 */
export async function listStories(db: Database, sources: readonly SourceKey[]): Promise<ListedStory[]> {
  if (sources.length === 0) return [];
  const rows = await sql<
    Omit<ListedStory, 'firstImportOf' | 'langs'> & { firstImportOf: SourceKey | null; langs: string }
  >`
    select s.id, s.uid, s.changed, s.date, case
        when (select count(*) from items i where i.story = s.id and ${isShown('i')} and i.first_import = 0) > 0 then null
        else (select i.source from items i where i.story = s.id and ${isShown('i')}
          order by +i.id is not distinct from s.original_item desc, i.date, i.source, i.guid limit 1) end as "firstImportOf",
        (select group_concat(distinct coalesce(i.langs, i.lang)) from items i where i.story = s.id and ${isShown('i')}) as langs
      from stories s
      where s.id in (select i.story from items i where ${isShown('i')}
          and i.source in ${amongWords(sources)})
        and not exists (select 1 from items i where i.story = s.id and +i.id = s.original_item and not ${isShown('i')})
      order by s.date desc, s.uid`.execute(db);
  const known = new Map<string, readonly Language[]>(); // few, and thousands of stories
  return rows.rows.map((row) => {
    const langs = known.get(row.langs) ?? [...new Set(row.langs.replace(/[[\]"]/g, '').split(','))];
    known.set(row.langs, langs);
    return { ...row, firstImportOf: row.firstImportOf ?? undefined, langs };
  });
}

/** Ids are written `+i.id` beside it, so that the index answers and not the rows, which hold the texts. */
export function isShown(alias: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(`${alias}.withdrawn_at`)} is null and ${sql.ref(`${alias}.hidden_at`)} is null)`;
}

/** Stories that changed at or after an instant; the newest change of all, and how many share it. */
export async function listChanged(
  db: Database,
  since: Instant,
): Promise<{ ids: number[]; newest: Instant; atNewest: number }> {
  const rows = await db
    .selectFrom('stories')
    .select(['id', 'changed'])
    .where('changed', '>=', since)
    .orderBy('id')
    .execute();
  const newest = rows.reduce((latest, row) => Math.max(latest, row.changed), since);
  return { ids: rows.map((row) => row.id), newest, atNewest: rows.filter((row) => row.changed === newest).length };
}

/** Items as rulings and relations show them. */
export async function readPosts(db: Database, ids: readonly number[]): Promise<Post[]> {
  const found: Post[] = [];
  for (const part of chunks([...new Set(ids)])) {
    const rows = await db
      .selectFrom('items')
      .innerJoin('stories', 'stories.id', 'items.story')
      .select(['items.id', 'source', 'story', 'uid', 'guid', 'url', 'title', 'items.date'])
      .where('items.id', 'in', part)
      .execute();
    for (const { id, source, story, uid, guid, url, title, date } of rows)
      found.push({ id, sourceKey: source, storyId: story, storyUid: uid, guid, url: url ?? undefined, title, date });
  }
  return found;
}

/** Stories that were taken into others, by their old public names. */
export async function readAliases(db: Database): Promise<Alias[]> {
  const { rows } = await sql<Omit<Alias, 'isDoubtful'> & { isDoubtful: number }>`
    select a.uid, s.uid as now, s.id as story,
        exists (select 1 from items i where i.story = s.id and not ${isShown('i')}) as "isDoubtful"
      from story_aliases a join stories s on s.id = a.story order by a.uid`.execute(db);
  return rows.map((row) => ({ ...row, isDoubtful: row.isDoubtful === 1 }));
}

/** The story that has, or has had, this public name. */
export async function storyCalled(db: Database, uid: string): Promise<number | undefined> {
  const byUid = await db.selectFrom('stories').select('id').where('uid', '=', uid).executeTakeFirst();
  const byAlias = await db.selectFrom('story_aliases').select('story as id').where('uid', '=', uid).executeTakeFirst();
  return byUid?.id ?? byAlias?.id;
}
