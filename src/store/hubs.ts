/** What hubs have to be told, and what they are asked for, as rows. */
import { sql } from 'kysely';
import type { Notice, Subscription } from '../hub-library.ts';
import type { Instant } from '../model.ts';
import type { Database } from './database.ts';
import { amongWords } from './engine.ts';

export interface NoticeRow {
  feed: string;
  since: number;
  tries: number;
  next_try: number;
}

export interface SubscriptionRow {
  id: string;
  source: string;
  callback: string;
  hub: string;
  topic: string;
  secret: string;
  /** 'subscribe' or 'unsubscribe'; null where nothing is under way. */
  asked: string | null;
  until: number | null;
  tries: number;
  next_try: number;
  failing_since: number | null;
  answer: string | null;
  is_told: number;
  due_at: number | null;
  pushed_at: number | null;
}

export async function readNotices(db: Database): Promise<Notice[]> {
  const rows = await db.selectFrom('hub_notices').selectAll().orderBy('since').orderBy('feed').execute();
  return rows.map(({ feed, since, tries, next_try }) => ({ feed, since, tries, nextTry: next_try }));
}

export async function addNotices(db: Database, feeds: readonly string[], now: Instant): Promise<void> {
  for (const feed of feeds)
    await db
      .insertInto('hub_notices')
      .values({ feed, since: now, tries: 0, next_try: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

export async function writeNotice(db: Database, { feed, since, tries, nextTry }: Notice): Promise<void> {
  await db.updateTable('hub_notices').set({ since, tries, next_try: nextTry }).where('feed', '=', feed).execute();
}

export async function deleteNotice(db: Database, feed: string): Promise<void> {
  await db.deleteFrom('hub_notices').where('feed', '=', feed).execute();
}

/** @param ids undefined for all */
export async function readSubscriptions(db: Database, ids?: readonly string[]): Promise<Subscription[]> {
  const all = db.selectFrom('subscriptions').selectAll();
  const rows = await (ids === undefined ? all : all.where('id', 'in', amongWords(ids))).execute();
  return rows.map((row) => ({
    id: row.id,
    sourceKey: row.source,
    callback: row.callback,
    hub: row.hub,
    topic: row.topic,
    secret: row.secret,
    asked: (row.asked as Subscription['asked'] | null) ?? undefined,
    until: row.until ?? undefined,
    tries: row.tries,
    nextTry: row.next_try,
    failingSince: row.failing_since ?? undefined,
    answer: row.answer ?? undefined,
    isTold: row.is_told === 1,
    dueAt: row.due_at ?? undefined,
    pushedAt: row.pushed_at ?? undefined,
  }));
}

export async function writeSubscription(db: Database, one: Subscription): Promise<void> {
  const values = {
    source: one.sourceKey,
    callback: one.callback,
    hub: one.hub,
    topic: one.topic,
    secret: one.secret,
    asked: one.asked ?? null,
    until: one.until ?? null,
    tries: one.tries,
    next_try: Math.round(one.nextTry),
    failing_since: one.failingSince ?? null,
    answer: one.answer ?? null,
    is_told: one.isTold ? 1 : 0,
  };
  const called = { due_at: one.dueAt ?? null, pushed_at: one.pushedAt ?? null };
  await db
    .insertInto('subscriptions')
    .values({ id: one.id, ...values, ...called })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}

export async function writeCall(db: Database, id: string, dueAt: Instant): Promise<void> {
  await db.updateTable('subscriptions').set({ due_at: dueAt }).where('id', '=', id).execute();
}

export async function writeAsked(
  db: Database,
  id: string,
  dueAt: Instant,
  pushedAt: Instant | undefined,
): Promise<void> {
  await db
    .updateTable('subscriptions')
    .set({ due_at: sql`nullif(due_at, ${dueAt})`, pushed_at: pushedAt ?? null })
    .where('id', '=', id)
    .execute();
}

export async function deleteSubscription(db: Database, id: string): Promise<void> {
  await db.deleteFrom('subscriptions').where('id', '=', id).execute();
}
