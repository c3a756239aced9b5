/** Items dated ahead, kept out of stories until their time has come. */
import { sql } from 'kysely';
import type { Instant, Item, Source, SourceKey } from '../model.ts';
import type { KnownEntry, ReadItem, RefreshPlan, Signals } from '../refresh-plan.ts';
import { urlKey } from '../text/url.ts';
import type { Database } from './database.ts';
import { amongNumbers, amongWords } from './engine.ts';
import { chunks } from './items.ts';

export interface WaitingRow {
  source: string;
  guid: string;
  hash: string;
  url: string | null;
  item: string;
  signals: string;
  due: number;
}

/**
 * Of one source, a few hundred times what honest groups date ahead: all of it may come due at one instant, and is in memory
 * then. What finds no room is read again while its feed lists it.
 */
const mostWaiting = 1_000;
const mostCharacters = 8 * 1_048_576;

/** Keeps what has come, as it was read last, and forgets what waits no more. */
export async function writeWaiting(
  db: Database,
  source: SourceKey,
  { come, gone }: RefreshPlan['waiting'],
): Promise<void> {
  const others = await otherSpellings(db, source, { come, gone });
  for (const part of chunks([...gone, ...others]))
    await db.deleteFrom('waiting_items').where('source', '=', source).where('guid', 'in', part).execute();
  await dropNamesOfBefore(db, source, come);
  for (const { item, signals } of come) {
    const content = {
      hash: item.hash,
      url: item.url ?? null,
      item: JSON.stringify(item),
      signals: JSON.stringify(signals),
      due: item.published ?? 0,
    };
    await db
      .insertInto('waiting_items')
      .values({ source, guid: item.guid, ...content })
      .onConflict((conflict) => conflict.columns(['source', 'guid']).doUpdateSet(content))
      .execute();
  }
  if (come.length > 0) await keepSoonest(db, source);
}

async function keepSoonest(db: Database, source: SourceKey): Promise<void> {
  await sql`delete from waiting_items where source = ${source} and guid in (
    select guid from (
      select guid, row_number() over soonest as place, sum(length(item) + length(signals)) over soonest as characters
        from waiting_items where source = ${source} window soonest as (order by due, guid)) as waiting
      where place > ${mostWaiting} or characters > ${mostCharacters})`.execute(db);
}

/**
 * Guids of what waits that are the same address as one of these, with another scheme or `www.`: its site has moved to
 * https meanwhile, and whatever else has changed, it is that post.
 */
async function otherSpellings(
  db: Database,
  source: SourceKey,
  { come, gone }: RefreshPlan['waiting'],
): Promise<readonly string[]> {
  const isAddress = (guid: string): boolean => /^https?:/i.test(guid);
  const guids = [...come.map(({ item }) => item.guid), ...gone];
  const addresses = new Set(guids.filter(isAddress).map(urlKey));
  if (addresses.size === 0) return [];
  const waiting = await db.selectFrom('waiting_items').select('guid').where('source', '=', source).execute();
  const named = new Set(guids);
  return waiting
    .map(({ guid }) => guid)
    .filter((guid) => !named.has(guid) && isAddress(guid) && addresses.has(urlKey(guid)));
}

/**
 * Forgets what waits under guids that its feed has changed meanwhile: what has come has the same words, for the same instant.
 * Both would be let in, and no rule of trust would know them for one: none of them is stored.
 */
async function dropNamesOfBefore(db: Database, source: SourceKey, come: readonly ReadItem[]): Promise<void> {
  if (come.length === 0) return;
  const keyOf = (due: Instant, title: string): string => `${due} ${title}`;
  const { rows } = await sql<{ guid: string; due: Instant; title: string }>`
    select guid, due, item ->> 'title' as title from waiting_items
      where source = ${source} and due in ${amongNumbers(come.map(({ item }) => item.published ?? 0))}
        and guid not in ${amongWords(come.map(({ item }) => item.guid))}`.execute(db);
  const waiting = new Map<string, string[]>();
  for (const { guid, due, title } of rows) {
    const key = keyOf(due, title);
    const known = waiting.get(key);
    if (known === undefined) waiting.set(key, [guid]);
    else known.push(guid);
  }
  for (const { item } of come) {
    const guids = waiting.get(keyOf(item.published ?? 0, item.title)) ?? [];
    if (guids.length > 0)
      await sql`delete from waiting_items where source = ${source}
        and guid in ${amongWords(guids)} and item ->> 'text' = ${item.text}`.execute(db);
  }
}

/** What waits under these guids: it need not be read again as long as its entry stays the same. */
export async function readWaitingEntries(
  db: Database,
  source: SourceKey,
  guids: readonly string[],
): Promise<ReadonlyMap<string, KnownEntry>> {
  const rows = await db
    .selectFrom('waiting_items')
    .select(['guid', 'hash', 'url'])
    .where('source', '=', source)
    .execute();
  const wanted = new Set(rows.length === 0 ? [] : guids);
  return new Map(
    rows.filter(({ guid }) => wanted.has(guid)).map(({ guid, hash, url }) => [guid, { hash, url: url ?? undefined }]),
  );
}

/** See `Library.waitingCounts`. */
export async function countWaiting(
  db: Database,
): Promise<ReadonlyMap<SourceKey, { readonly items: number; readonly first: Instant }>> {
  const rows = await db
    .selectFrom('waiting_items')
    .select(({ fn }) => ['source', fn.countAll<number>().as('items'), fn.min('due').as('first')])
    .groupBy('source')
    .execute();
  return new Map(rows.map(({ source, items, first }) => [source, { items: Number(items), first: Number(first) }]));
}

/** See `Library.itemsDue`. Soonest first. Mostly nothing waits, and then thousands of sources are not looked at. */
export async function readDue(
  db: Database,
  now: Instant,
  sources: readonly Pick<Source, 'key' | 'future'>[],
): Promise<ReadonlyMap<SourceKey, readonly ReadItem[]>> {
  const bySource = new Map<SourceKey, readonly ReadItem[]>();
  const waiting = await db.selectFrom('waiting_items').select('source').distinct().execute();
  for (const { source } of waiting) {
    const own = sources.find(({ key }) => key === source);
    if (own === undefined) continue;
    const rows = await db
      .selectFrom('waiting_items')
      .select(['item', 'signals'])
      .where('source', '=', source)
      .$if(own.future === 'wait', (query) => query.where('due', '<=', now))
      .orderBy('due')
      .orderBy('guid')
      .execute();
    const due = rows.map(({ item, signals }) => ({
      item: JSON.parse(item) as Item,
      signals: JSON.parse(signals) as Signals,
    }));
    if (due.length > 0) bySource.set(source, due);
  }
  return bySource;
}
