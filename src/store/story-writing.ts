/** Writes what was decided of stories: who is in them, who wrote them, and whether readers could notice a difference. */
import type { Attribution, Evidence, Instant, Original } from '../model.ts';
import type { StoriesPlan, StoryDecision } from '../story-plan.ts';
import { shareOf } from '../text/share.ts';
import type { Database } from './database.ts';
import { evidenceOf, evidenceRow } from './item-rows.ts';
import { chunks } from './items.ts';
import { linkedTo } from './links.ts';
import type { EvidenceRow, StoryRow } from './schema.ts';
import { changeInstant, insertStory, touchStories } from './stories.ts';

/** What ties an item to others stands behind what it says of itself. */
const firstTie = 1_000;

interface Place {
  readonly story: number;
  readonly role: string;
  readonly via: string | null;
}

/** @param seenOther ids of items that readers see otherwise than before */
export async function writeStories(
  db: Database,
  { stories }: StoriesPlan,
  seenOther: readonly number[],
  now: Instant,
): Promise<void> {
  const changedAt = await changeInstant(db, now);
  const ids = stories.flatMap(({ attribution }) => attribution.members.map(({ itemId }) => itemId));
  const before = await readPlaces(db, ids);
  const tiesBefore = await readTies(db, ids);
  const sizes = await readSizes(db, [...new Set([...before.values()].map(({ story }) => story))]);
  const rows = await readRows(
    db,
    stories.map(({ storyId }) => storyId).filter((id) => id !== undefined),
  );
  const changed = new Set<number>();
  const other = new Set(seenOther);
  const written: { readonly id: number; readonly decision: StoryDecision }[] = [];
  for (const decision of stories) {
    const { storyId, seed, attribution } = decision;
    const columns = columnsOf(decision);
    const id = storyId ?? (await insertStory(db, seed, { now, changedAt }, columns));
    written.push({ id, decision });
    const members = attribution.members;
    const isAsBefore =
      members.length === sizes.get(id) &&
      decision.absorbed.length === 0 &&
      members.every(({ itemId, role, via }) => {
        const place = before.get(itemId);
        return place?.story === id && place.role === role && (place.via ?? undefined) === via && !other.has(itemId);
      });
    if (storyId !== undefined && !isAsBefore) changed.add(id);
    for (const member of members) await writePlace(db, member, id, before.get(member.itemId));
    if (await writeTies(db, attribution, tiesBefore)) changed.add(id);
    if (storyId !== undefined && (await writeOriginal(db, id, columns, rows.get(id)))) changed.add(id);
  }
  for (const { id, decision } of written) for (const absorbed of decision.absorbed) await absorbStory(db, id, absorbed);
  const made = new Set(written.filter(({ decision }) => decision.storyId === undefined).map(({ id }) => id));
  const linked = await linkedTo(db, [...changed, ...made]);
  await touchStories(
    db,
    [...new Set([...changed, ...linked])].filter((id) => !made.has(id)),
    changedAt,
  );
}

async function readPlaces(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, Place>> {
  const places = new Map<number, Place>();
  for (const part of chunks(ids)) {
    const rows = await db.selectFrom('items').select(['id', 'story', 'role', 'via']).where('id', 'in', part).execute();
    for (const { id, ...place } of rows) places.set(id, place);
  }
  return places;
}

async function readSizes(db: Database, stories: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const sizes = new Map<number, number>();
  for (const part of chunks(stories)) {
    const rows = await db
      .selectFrom('items')
      .select(({ fn }) => ['story', fn.countAll<number>().as('count')])
      .where('story', 'in', part)
      .groupBy('story')
      .execute();
    for (const { story, count } of rows) sizes.set(story, Number(count));
  }
  return sizes;
}

type Member = Attribution['members'][number];

async function writePlace(db: Database, member: Member, story: number, before: Place | undefined): Promise<void> {
  const place: Place = { story, role: member.role, via: member.via ?? null };
  if (before?.story === story && before.role === place.role && before.via === place.via) return;
  await db.updateTable('items').set(place).where('id', '=', member.itemId).execute();
}

async function readTies(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, EvidenceRow[]>> {
  const ties = new Map<number, EvidenceRow[]>();
  for (const part of chunks(ids)) {
    const rows = await db
      .selectFrom('evidence')
      .selectAll()
      .where('item', 'in', part)
      .where('says', '=', 'same')
      .orderBy('position')
      .execute();
    for (const row of rows) ties.set(row.item, [...(ties.get(row.item) ?? []), row]);
  }
  return ties;
}

/** @returns whether readers see anything tied otherwise than before */
async function writeTies(
  db: Database,
  { members }: Attribution,
  before: ReadonlyMap<number, EvidenceRow[]>,
): Promise<boolean> {
  let hasChanged = false;
  for (const { itemId, evidence } of members) {
    const ties = evidence.filter(({ says }) => says === 'same');
    const known = before.get(itemId) ?? [];
    const old = known.map(evidenceOf);
    if (JSON.stringify(old) === JSON.stringify(ties)) continue;
    if (JSON.stringify(old.map(asSeen)) !== JSON.stringify(ties.map(asSeen))) hasChanged = true;
    if (known.length > 0)
      await db.deleteFrom('evidence').where('item', '=', itemId).where('says', '=', 'same').execute();
    if (ties.length > 0)
      await db
        .insertInto('evidence')
        .values(ties.map((one, at) => evidenceRow(one, itemId, firstTie + at)))
        .execute();
  }
  return hasChanged;
}

function asSeen(tie: Evidence): Evidence {
  return tie.kind === 'same-passages' ? { ...tie, quote: String(shareOf(tie.quote)) } : tie;
}

const originalColumns = [
  'original_item',
  'original_source',
  'original_name',
  'original_url',
  'confidence',
  'jointly',
] as const satisfies readonly (keyof StoryRow)[];
type StoryColumns = Pick<StoryRow, (typeof originalColumns)[number] | 'date'>;

function columnsOf({ attribution, date }: StoryDecision): StoryColumns {
  const { original, confidence, jointly } = attribution;
  return { ...originalRow(original), confidence, jointly: jointly.length === 0 ? null : JSON.stringify(jointly), date };
}

async function readRows(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, StoryColumns>> {
  const rows = new Map<number, StoryColumns>();
  for (const part of chunks(ids))
    for (const row of await db.selectFrom('stories').selectAll().where('id', 'in', part).execute())
      rows.set(row.id, row);
  return rows;
}

/** @returns whether readers are told otherwise who wrote it */
async function writeOriginal(
  db: Database,
  id: number,
  columns: StoryColumns,
  before: StoryColumns | undefined,
): Promise<boolean> {
  const isOther = originalColumns.some((column) => columns[column] !== before?.[column]);
  if (isOther || before?.date !== columns.date)
    await db.updateTable('stories').set(columns).where('id', '=', id).execute();
  return isOther;
}

function originalRow(original: Original): Omit<StoryColumns, 'confidence' | 'jointly' | 'date'> {
  if (original.kind === 'item')
    return { original_item: original.itemId, original_source: null, original_name: null, original_url: null };
  return {
    original_item: null,
    original_source: original.sourceKey ?? null,
    original_name: original.name ?? null,
    original_url: original.url ?? null,
  };
}

/** The absorbed story's address stays, if any reader can have seen it: it leads to the story that took it in. */
async function absorbStory(db: Database, keeper: number, absorbed: number): Promise<void> {
  const row = await db.selectFrom('stories').select(['uid', 'published']).where('id', '=', absorbed).executeTakeFirst();
  if (row === undefined) return;
  await db.updateTable('story_aliases').set({ story: keeper }).where('story', '=', absorbed).execute();
  if (row.published !== null) await db.insertInto('story_aliases').values({ uid: row.uid, story: keeper }).execute();
  await db.deleteFrom('stories').where('id', '=', absorbed).execute();
}
