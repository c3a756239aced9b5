/** A database that takes the place of another learns from it which digests have gone out since: none is mailed twice. */
import type { Connection } from './database.ts';

/**
 * Both at the newest step. Of what a digest carried the copy may not know every item; these are left out.
 * @param from the database that is replaced, only read
 * @param to the one that takes its place
 */
export function carryDigests(from: Connection, to: Connection): void {
  copyRows(from, to, 'digests');
  copyRows(from, to, 'digest_mails');
  const own = to.prepare<[string, string], number>('select id from items where source = ? and guid = ?').pluck();
  const add = to.prepare('insert or ignore into digest_items (section, digest, item) values (?, ?, ?)');
  const carried = from.prepare<[], { section: string; digest: string; source: string; guid: string }>(
    'select d.section, d.digest, i.source, i.guid from digest_items d join items i on i.id = d.item',
  );
  for (const { section, digest, source, guid } of carried.all()) {
    const item = own.get(source, guid);
    if (item !== undefined) add.run(section, digest, item);
  }
}

/** What the newer one says of a row counts. */
function copyRows(from: Connection, to: Connection, table: 'digests' | 'digest_mails'): void {
  for (const row of from.prepare<[], Record<string, string | number | null>>(`select * from ${table}`).all()) {
    const columns = Object.keys(row);
    const places = columns.map(() => '?').join(', ');
    to.prepare(`insert or replace into ${table} (${columns.join(', ')}) values (${places})`).run(...Object.values(row));
  }
}
