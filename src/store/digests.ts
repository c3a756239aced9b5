/**
 * Digests that have closed. What one has carried is noted by items, which keep their ids, and not by stories, which are made
 * anew when more is known: a story that any of its items has been in a digest with has been in it.
 */
import { sql } from 'kysely';
import type { CarryingDigest, ClosedDigest, DigestMailing, DigestMailState } from '../digest-library.ts';
import type { Instant } from '../model.ts';
import type { Database } from './database.ts';
import { amongNumbers } from './engine.ts';
import { chunks } from './items.ts';

export interface DigestRow {
  section: string;
  name: string;
  starts: number;
  ends: number;
  is_empty: number;
}

/** States are `DigestMailState`. */
export interface DigestMailRow {
  section: string;
  digest: string;
  address: string;
  state: string;
  tries: number;
  first_try: number | null;
  next_try: number;
  at: number;
  answer: string | null;
  is_told: number;
}

export async function readDigests(db: Database): Promise<ClosedDigest[]> {
  const rows = await db.selectFrom('digests').selectAll().orderBy('ends').orderBy('section').execute();
  return rows.map((row) => ({
    section: row.section,
    name: row.name,
    start: row.starts,
    end: row.ends,
    isEmpty: row.is_empty === 1,
  }));
}

export async function readCarrying(db: Database): Promise<CarryingDigest[]> {
  const rows = await db
    .selectFrom('digest_items')
    .innerJoin('items', 'items.id', 'digest_items.item')
    .select(['digest_items.section', 'digest', 'story'])
    .distinct()
    .execute();
  const stories = new Map<string, number[]>();
  for (const { section, digest, story } of rows) {
    const name = `${section}/${digest}`;
    const known = stories.get(name);
    if (known === undefined) stories.set(name, [story]);
    else known.push(story);
  }
  const made = (await readDigests(db)).filter(({ isEmpty }) => !isEmpty);
  return made.map((digest) => ({ ...digest, stories: stories.get(`${digest.section}/${digest.name}`) ?? [] }));
}

export async function readFirstSeen(db: Database, stories: readonly number[]): Promise<Map<number, Instant>> {
  const seen = new Map<number, Instant>();
  for (const part of chunks(stories)) {
    const rows = await db
      .selectFrom('items')
      .select(({ fn }) => ['story', fn.min('seen').as('first')])
      .where('story', 'in', part)
      .groupBy('story')
      .execute();
    for (const { story, first } of rows) seen.set(story, first);
  }
  return seen;
}

/** One that carries nothing is noted too: it is not made again, and `status` says so. */
export async function writeDigest(
  db: Database,
  { section, name, start, end }: Omit<ClosedDigest, 'isEmpty'>,
  stories: readonly number[],
): Promise<void> {
  const is_empty = stories.length === 0 ? 1 : 0;
  await db.insertInto('digests').values({ section, name, starts: start, ends: end, is_empty }).execute();
  for (const part of chunks(stories))
    await sql`insert into digest_items (section, digest, item)
      select ${section}, ${name}, id from items where story in ${amongNumbers(part)}`.execute(db);
}

/** @param section undefined for all */
export async function readMailings(db: Database, section: string | undefined): Promise<DigestMailing[]> {
  const rows = await db
    .selectFrom('digest_mails')
    .innerJoin('digests', (join) =>
      join.onRef('digests.section', '=', 'digest_mails.section').onRef('digests.name', '=', 'digest_mails.digest'),
    )
    .selectAll('digest_mails')
    .$if(section !== undefined, (query) => query.where('digest_mails.section', '=', section ?? ''))
    .orderBy('digests.ends')
    .orderBy('address')
    .execute();
  return rows.map((row) => ({
    section: row.section,
    digest: row.digest,
    address: row.address,
    state: row.state as DigestMailState,
    tries: row.tries,
    firstTry: row.first_try ?? undefined,
    nextTry: row.next_try,
    at: row.at,
    answer: row.answer ?? undefined,
    isTold: row.is_told === 1,
  }));
}

export async function writeMailing(db: Database, mailing: DigestMailing): Promise<void> {
  const { section, digest, address, firstTry, nextTry, isTold, state, tries, at, answer } = mailing;
  const values = {
    state,
    tries,
    first_try: firstTry ?? null,
    next_try: nextTry,
    at,
    answer: answer ?? null,
    is_told: isTold ? 1 : 0,
  };
  await db
    .insertInto('digest_mails')
    .values({ section, digest, address, ...values })
    .onConflict((conflict) => conflict.columns(['section', 'digest', 'address']).doUpdateSet(values))
    .execute();
}
