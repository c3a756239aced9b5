/**
 * What sections have found in items, and what a person has let pass of it. Of an item that holds nothing there is no row; marks
 * are hashes, and what was found is read from the item's text.
 */
import { sql } from 'kysely';
import type { ParkedItem } from '../hold-library.ts';
import type { Instant, LogEntry } from '../model.ts';
import type { Finds } from '../refresh-plan.ts';
import { entryFor, writeLog } from './audit-log.ts';
import type { Database } from './database.ts';
import { chunks } from './items.ts';

/** Marks are JSON lists. */
export interface HoldRow {
  item: number;
  section: string;
  finds: string;
  /** What a person has let pass, of what is found now and was found before. */
  released: string;
  /** Null where the section shows it. */
  parked_since: number | null;
  /** When it was parked no more. */
  opened_at: number | null;
  is_told: number;
}

/**
 * Notes what sections find in an item now. What has been let pass stays so; anything else parks it, and one in which it is no
 * more opens.
 * @param isLetPass what is found counts as let pass: it stood there before anybody wanted it looked at
 * @returns whether a section shows it otherwise than before
 */
export async function writeFinds(
  db: Database,
  item: number,
  { finds, now, isLetPass = false }: { readonly finds: Finds; readonly now: Instant; readonly isLetPass?: boolean },
): Promise<boolean> {
  const rows = await db.selectFrom('holds').selectAll().where('item', '=', item).execute();
  let isOther = false;
  for (const section of new Set([...finds.keys(), ...rows.map((row) => row.section)])) {
    const found = finds.get(section) ?? [];
    const old = rows.find((row) => row.section === section);
    const released = new Set([...marksIn(old?.released), ...(isLetPass && !isParked(old) ? found : [])]);
    const isNew = found.some((mark) => !released.has(mark));
    const row = {
      finds: JSON.stringify(found),
      released: JSON.stringify([...released]),
      parked_since: isNew ? (old?.parked_since ?? now) : null,
      opened_at: isNew ? null : isParked(old) ? now : (old?.opened_at ?? null),
      is_told: isParked(old) ? (old?.is_told ?? 0) : 0,
    };
    isOther ||= isNew !== isParked(old);
    await db
      .insertInto('holds')
      .values({ item, section, ...row })
      .onConflict((conflict) => conflict.columns(['item', 'section']).doUpdateSet(row))
      .execute();
  }
  return isOther;
}

function isParked(row: HoldRow | undefined): boolean {
  return row !== undefined && row.parked_since !== null;
}

function marksIn(written: string | undefined): readonly string[] {
  return JSON.parse(written ?? '[]') as string[];
}

/** Items that sections have parked, or have shown only later; without those that a release of the same story covers. */
export async function readHolds(db: Database): Promise<ParkedItem[]> {
  const { rows } = await sql<
    HoldRow & { story: number; source: string; seen: number; is_gone: number; isAsked: number }
  >`
    with asked as (select distinct i.story from holds h join items i on i.id = h.item
      where h.parked_since is not null or h.opened_at is not null)
    select h.*, i.story, i.source, i.seen, (i.withdrawn_at is not null or i.hidden_at is not null) as is_gone
      from asked join items i on i.story = asked.story join holds h on h.item = i.id
      order by h.parked_since, h.item, h.section`.execute(db);
  const passed = new Map<string, Set<string>>();
  for (const { story, section, released } of rows) {
    const key = `${story} ${section}`;
    passed.set(key, new Set([...(passed.get(key) ?? []), ...marksIn(released)]));
  }
  return rows.flatMap((row) => {
    const known = passed.get(`${row.story} ${row.section}`);
    const waiting = row.parked_since === null ? [] : marksIn(row.finds).filter((mark) => known?.has(mark) !== true);
    const isWaiting = row.parked_since !== null && (waiting.length > 0 || row.is_gone === 1);
    if (!isWaiting && row.opened_at === null) return [];
    return [
      {
        itemId: row.item,
        storyId: row.story,
        sourceKey: row.source,
        section: row.section,
        seen: row.seen,
        parkedSince: isWaiting ? (row.parked_since ?? undefined) : undefined,
        openedAt: row.opened_at ?? undefined,
        waiting,
        isTold: row.is_told === 1,
        isTakenBack: row.is_gone === 1,
      },
    ];
  });
}

/**
 * Lets pass what has been found in these items, in one section or in all, and whatever in their stories holds nothing else.
 * @returns the sections that had parked them
 */
export async function releaseItems(
  db: Database,
  ids: readonly number[],
  { section, who, because, now }: Release,
): Promise<string[]> {
  const released = new Set<string>();
  const log: LogEntry[] = [];
  for (const id of ids) {
    const own = await rowsOf(db, [id], section);
    const item = await db
      .selectFrom('items')
      .select(['url', 'guid', 'source', 'story'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    for (const row of own.filter(isParked)) {
      released.add(row.section);
      log.push(entryFor(item, { at: now, who, act: 'release', because: wordsOf(row.section, because) }));
    }
    const beside = await db.selectFrom('items').select('id').where('story', '=', item.story).execute();
    for (const row of await rowsOf(
      db,
      beside.map((one) => one.id),
      section,
    ))
      await pass(db, row, own, now);
  }
  await writeLog(db, log);
  return [...released];
}

type Release = Pick<LogEntry, 'who' | 'because'> & { readonly section: string | undefined; readonly now: Instant };

function wordsOf(section: string, because: string): string {
  return because === '' ? `in ${section}` : `in ${section}: ${because}`;
}

async function rowsOf(db: Database, ids: readonly number[], section: string | undefined): Promise<HoldRow[]> {
  const rows: HoldRow[] = [];
  for (const part of chunks(ids))
    rows.push(...(await db.selectFrom('holds').selectAll().where('item', 'in', part).execute()));
  return rows.filter((row) => section === undefined || row.section === section);
}

async function pass(db: Database, row: HoldRow, own: readonly HoldRow[], now: Instant): Promise<void> {
  const marks = own.filter(({ section }) => section === row.section).flatMap(({ finds }) => marksIn(finds));
  const released = new Set([...marksIn(row.released), ...marks]);
  const isOpen = marksIn(row.finds).every((mark) => released.has(mark));
  const opening = isOpen && isParked(row) ? { parked_since: null, opened_at: now } : {};
  await db
    .updateTable('holds')
    .set({ released: JSON.stringify([...released]), ...opening })
    .where('item', '=', row.item)
    .where('section', '=', row.section)
    .execute();
}

export async function markHoldsTold(
  db: Database,
  told: readonly Pick<ParkedItem, 'itemId' | 'section'>[],
): Promise<void> {
  for (const { itemId, section } of told)
    await db
      .updateTable('holds')
      .set({ is_told: 1 })
      .where('item', '=', itemId)
      .where('section', '=', section)
      .execute();
}
