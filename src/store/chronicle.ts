/** What happened, for people: days of each source, news of the relay, hosts that asked us to wait. */
import type { Instant, News, NewsKind, Outcome, SourceDay, SourceKey } from '../model.ts';
import type { KeptNews } from '../news-library.ts';
import type { Awaitable } from '../text/awaitable.ts';
import type { Database } from './database.ts';
import type { Engine } from './engine.ts';
import type { NewsRow } from './schema.ts';

const dayMs = 86_400_000;

export type CountDay = (outcome: Outcome, now: Instant, wasAsked: boolean) => Awaitable<void>;

/**
 * Counts one refresh into its UTC day. A source that told us to wait has neither answered nor failed; a plan made
 * without asking anybody (`wasAsked` false) counts its new items alone.
 */
export function openDayCounter(engine: Engine): CountDay {
  const add = engine.prepare(
    `insert into source_days (source, day, answered, failed, new_items) values (?, ?, ?, ?, ?)
     on conflict (source, day) do update set answered = source_days.answered + excluded.answered,
       failed = source_days.failed + excluded.failed, new_items = source_days.new_items + excluded.new_items`,
  );
  return (outcome, now, wasAsked) => {
    const isFailure = outcome.kind === 'failed';
    const hasFailed = wasAsked && isFailure && outcome.problems.some((one) => one.severity === 'failure');
    const hasAnswered = wasAsked && !isFailure && outcome.kind !== 'defect';
    if (!hasFailed && !hasAnswered && outcome.newItems === 0) return;
    return add.run(outcome.sourceKey, dayOf(now), hasAnswered ? 1 : 0, hasFailed ? 1 : 0, outcome.newItems);
  };
}

function dayOf(instant: Instant): Instant {
  return Math.floor(instant / dayMs) * dayMs;
}

/** Days from the one of `since` on, in order. @param sources undefined for all */
export async function readDays(
  db: Database,
  since: Instant,
  sources: readonly SourceKey[] | undefined,
): Promise<SourceDay[]> {
  const rows = await db
    .selectFrom('source_days')
    .selectAll()
    .where('day', '>=', dayOf(since))
    .$if(sources !== undefined, (query) => query.where('source', 'in', sources ?? []))
    .orderBy('day')
    .orderBy('source')
    .execute();
  return rows.map(({ source, day, answered, failed, new_items }) => ({
    sourceKey: source,
    day,
    answered,
    failed,
    newItems: new_items,
  }));
}

export async function writeNews(db: Database, news: readonly News[]): Promise<void> {
  for (const { sourceKey, source, kind, at, words } of news)
    await db.insertInto('news').values({ source: sourceKey, name: source, kind, at, words }).execute();
}

/** What no mail has told yet, oldest first. */
export async function readUntold(db: Database): Promise<KeptNews[]> {
  const rows = await db.selectFrom('news').selectAll().where('is_told', '=', 0).orderBy('id').execute();
  return rows.map((row) => ({ ...newsOf(row), id: row.id }));
}

/** All news since an instant, told or not, oldest first. */
export async function readNews(db: Database, since: Instant): Promise<News[]> {
  const rows = await db.selectFrom('news').selectAll().where('at', '>=', since).orderBy('at').orderBy('id').execute();
  return rows.map(newsOf);
}

export function newsOf(row: Omit<NewsRow, 'id' | 'is_told' | 'is_said'>): News {
  return { sourceKey: row.source, source: row.name, kind: row.kind as NewsKind, at: row.at, words: row.words };
}

export async function markTold(db: Database, ids: readonly number[]): Promise<void> {
  for (const id of ids) await db.updateTable('news').set({ is_told: 1 }).where('id', '=', id).execute();
}

export async function readSilences(db: Database): Promise<ReadonlyMap<string, Instant>> {
  const rows = await db.selectFrom('silences').selectAll().execute();
  return new Map(rows.map((row) => [row.host, row.until]));
}

/** The latest word of a host counts. */
export async function writeSilence(db: Database, host: string, until: Instant): Promise<void> {
  await db
    .insertInto('silences')
    .values({ host, until })
    .onConflict((conflict) => conflict.column('host').doUpdateSet({ until }))
    .execute();
}

const keptDays = 90;
const keptNewsMs = 366 * dayMs;

/** Forgets days and told news that nobody asks for any more, and waits that are over. */
export async function forgetPast(db: Database, now: Instant): Promise<void> {
  await db
    .deleteFrom('source_days')
    .where('day', '<', dayOf(now) - keptDays * dayMs)
    .execute();
  await db
    .deleteFrom('news')
    .where('is_told', '=', 1)
    .where('at', '<', now - keptNewsMs)
    .execute();
  await db.deleteFrom('silences').where('until', '<=', now).execute();
}
