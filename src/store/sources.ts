/** What is remembered of each source between refreshes. */
import type { Instant, SourceKey, SourceMemory } from '../model.ts';
import type { Problem } from '../problems.ts';
import type { Database } from './database.ts';
import type { SourceRow } from './schema.ts';

/** All memories, by key. */
export async function readMemories(db: Database): Promise<ReadonlyMap<SourceKey, SourceMemory>> {
  const rows = await db.selectFrom('sources').selectAll().execute();
  return new Map(rows.map((row) => [row.key, memoryOf(row)]));
}

export async function writeMemory(db: Database, memory: SourceMemory): Promise<void> {
  const row = rowOf(memory);
  const { key: _, ...changes } = row;
  await db
    .insertInto('sources')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet(changes))
    .execute();
}

/** Number of items held of each source, and when the newest of them was met. */
export async function countItems(db: Database): Promise<ReadonlyMap<SourceKey, { items: number; newest: Instant }>> {
  const rows = await db
    .selectFrom('items')
    .select(({ fn }) => ['source', fn.countAll<number>().as('items'), fn.max('date').as('newest')])
    .where('withdrawn_at', 'is', null)
    .groupBy('source')
    .execute();
  return new Map(rows.map((row) => [row.source, { items: Number(row.items), newest: Number(row.newest) }]));
}

function memoryOf(row: SourceRow): SourceMemory {
  return {
    key: row.key,
    feedUrl: row.feed_url ?? undefined,
    validators: { etag: row.etag ?? undefined, lastModified: row.last_modified ?? undefined },
    bodyHash: row.body_hash ?? undefined,
    title: row.title ?? undefined,
    home: row.home ?? undefined,
    lang: row.lang ?? undefined,
    nextDue: row.next_due,
    lastTried: row.last_tried ?? undefined,
    lastSuccess: row.last_success ?? undefined,
    lastNewItem: row.last_new_item ?? undefined,
    failures: row.failures,
    failingSince: row.failing_since ?? undefined,
    problem: row.problem === null ? undefined : (JSON.parse(row.problem) as Problem),
    isGone: row.is_gone === 1,
  };
}

function rowOf(memory: SourceMemory): SourceRow {
  return {
    key: memory.key,
    feed_url: memory.feedUrl ?? null,
    etag: memory.validators.etag ?? null,
    last_modified: memory.validators.lastModified ?? null,
    body_hash: memory.bodyHash ?? null,
    title: memory.title ?? null,
    home: memory.home ?? null,
    lang: memory.lang ?? null,
    next_due: Math.round(memory.nextDue),
    last_tried: memory.lastTried ?? null,
    last_success: memory.lastSuccess ?? null,
    last_new_item: memory.lastNewItem ?? null,
    failures: memory.failures,
    failing_since: memory.failingSince ?? null,
    problem: memory.problem === undefined ? null : JSON.stringify(memory.problem),
    is_gone: memory.isGone ? 1 : 0,
  };
}
