/** An open database, tidier: what nobody asks for forgotten, unused room given back to the disk, statistics renewed. */
import type { Connection } from './database.ts';

/** Share of unused pages from which writing the whole database anew is worth it. */
const mostUnused = 0.25;

/** Gives unused room back. For times when nothing else is done: it may write the whole database anew. */
export function giveBackRoom(sqlite: Connection): void {
  sqlite.pragma('optimize');
  const unused = Number(sqlite.pragma('freelist_count', { simple: true }));
  const pages = Number(sqlite.pragma('page_count', { simple: true }));
  if (unused > pages * mostUnused) vacuum(sqlite);
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
}

/**
 * Leaves nothing on the disk of what was deleted: neither in unused pages nor in unused parts of others, nor in what is still to be
 * taken into the database.
 * @returns false where there was no room for it, or somebody was reading: another night
 */
export function leaveNoTrace(sqlite: Connection): boolean {
  try {
    sqlite.exec('vacuum');
    const [outcome] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
    return outcome?.busy === 0;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && /^SQLITE_(FULL|BUSY|LOCKED)/.test(String(error.code))))
      throw error;
    return false;
  }
}

/** It needs the size of the database once more for as long as it takes; without that much room all stays as it was. */
function vacuum(sqlite: Connection): void {
  try {
    sqlite.exec('vacuum');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL')) throw error;
  }
}
