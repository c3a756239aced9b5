/**
 * What runs have said to a person: news, and that sources fail or are held. What is said of a source stands in no memory: whoever
 * writes one after a visit knows nothing of what another process has said meanwhile.
 */
import type { Instant, NewsKind } from '../model.ts';
import type { KeptNews, Said, SaidOfSource, SourceTrouble } from '../news-library.ts';
import { newsOf } from './chronicle.ts';
import type { Database } from './database.ts';
import { amongNumbers } from './engine.ts';

export async function readUnsaid(db: Database, kinds: readonly NewsKind[]): Promise<KeptNews[]> {
  const rows = await db
    .selectFrom('news')
    .selectAll()
    .where('is_said', '=', 0)
    .where('kind', 'in', kinds)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...newsOf(row), id: row.id }));
}

/** Mostly none or few: a problem may be a remark alone. */
export async function readTroubled(db: Database): Promise<SaidOfSource[]> {
  const rows = await db
    .selectFrom('sources')
    .select(['key', 'said_failing', 'said_held'])
    .where(({ eb, or }) =>
      or([
        eb('failures', '>', 0),
        eb('problem', 'is not', null),
        eb('held', 'is not', null),
        eb('said_failing', 'is not', null),
        eb('said_held', 'is not', null),
      ]),
    )
    .orderBy('key')
    .execute();
  return rows.map(({ key, said_failing, said_held }) => ({
    key,
    isFailingSaid: said_failing !== null,
    isHeldSaid: said_held !== null,
  }));
}

export async function markSaid(db: Database, { news, begun, over }: Said, now: Instant): Promise<void> {
  if (news.length > 0) await db.updateTable('news').set({ is_said: 1 }).where('id', 'in', amongNumbers(news)).execute();
  const mark = async ({ key, what }: SourceTrouble, at: Instant | null): Promise<void> => {
    const set = what === 'held' ? { said_held: at } : { said_failing: at };
    await db.updateTable('sources').set(set).where('key', '=', key).execute();
  };
  for (const one of begun) await mark(one, now);
  for (const one of over) await mark(one, null);
}
