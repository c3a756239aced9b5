/** What was last published and from which state, so that a run that changed nothing renders nothing; and small facts. */
import type { Publication } from '../library.ts';
import type { Database } from './database.ts';

export async function readPublications(db: Database): Promise<ReadonlyMap<string, Publication>> {
  const rows = await db.selectFrom('publications').selectAll().execute();
  return new Map(
    rows.map((row) => [row.name, { stamp: row.stamp, at: row.published_at, paths: JSON.parse(row.paths) as string[] }]),
  );
}

export async function writePublications(db: Database, parts: ReadonlyMap<string, Publication>): Promise<void> {
  for (const [name, { stamp, at, paths }] of parts) {
    const values = { stamp, published_at: at, paths: JSON.stringify(paths) };
    await db
      .insertInto('publications')
      .values({ name, ...values })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
      .execute();
  }
}

export async function deletePublication(db: Database, name: string): Promise<void> {
  await db.deleteFrom('publications').where('name', '=', name).execute();
}

/** A fact that must never change once set, such as the authority in our tag: URIs. */
export async function rememberOnce(db: Database, name: string, value: string): Promise<string> {
  await db
    .insertInto('meta')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db.selectFrom('meta').select('value').where('name', '=', name).executeTakeFirstOrThrow();
  return row.value;
}

export async function readFact(db: Database, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('meta').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

/** Sets a fact; @returns the one before. */
export async function replaceFact(db: Database, name: string, value: string): Promise<string | undefined> {
  const before = await readFact(db, name);
  if (before !== value) {
    await db
      .insertInto('meta')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
  }
  return before;
}
