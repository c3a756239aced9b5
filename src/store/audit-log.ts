/** The log of what was done to what readers see: by whom, when, and why. Written in the transaction that does it; never changed. */
import type { LogEntry } from '../model.ts';
import type { Database } from './database.ts';
import { chunks } from './items.ts';

/** Longer names and reasons are cut: partners write some of them. */
const mostCharacters = 1_000;

export async function writeLog(db: Database, entries: readonly LogEntry[]): Promise<void> {
  const rows = entries.map(({ at, who, act, subject, sourceKey, because }) => ({
    at,
    who,
    act,
    subject: subject.slice(0, mostCharacters),
    source: sourceKey ?? null,
    because: because.slice(0, mostCharacters),
  }));
  for (const part of chunks(rows)) await db.insertInto('audit_log').values(part).execute();
}

/** An entry about an item. */
export function entryFor(
  { url, guid, source }: { readonly url: string | null; readonly guid: string; readonly source: string },
  done: Omit<LogEntry, 'subject' | 'sourceKey'>,
): LogEntry {
  return { ...done, subject: url ?? guid, sourceKey: source };
}

/** In the order in which it was done, the newest last. @param limit of the newest */
export async function readLog(db: Database, limit: number): Promise<LogEntry[]> {
  const rows = await db.selectFrom('audit_log').selectAll().orderBy('id', 'desc').limit(limit).execute();
  return rows.reverse().map(({ at, who, act, subject, source, because }) => ({
    at,
    who,
    act: act as LogEntry['act'],
    subject,
    sourceKey: source ?? undefined,
    because,
  }));
}
