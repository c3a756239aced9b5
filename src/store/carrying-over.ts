/**
 * A database that takes the place of another learns from it what was taken back meanwhile, and by whom: a copy is older than the
 * mistakes that were noticed since. An item that it does not hold comes along as what it is known by, without a word.
 */
import { carryDigests } from './carrying-digests.ts';
import type { Connection } from './database.ts';
import { sqliteEngine } from './sqlite-engine.ts';
import { wipe } from './wiping.ts';

type Row = Readonly<Record<string, unknown>> & { readonly id: number; readonly source: string; readonly guid: string };
type Value = string | number | Buffer | null;

/**
 * Both at the newest step.
 * @param from the database that is replaced, only read
 * @param to the one that takes its place
 */
export async function carryOver(from: Connection, to: Connection): Promise<void> {
  to.pragma('foreign_keys = ON');
  to.exec('begin immediate'); // what fails leaves `to` to be thrown away
  liftWhatIsLetIn(from, to);
  await carryWithdrawals(from, to);
  carryLog(from, to);
  carryDigests(from, to);
  to.exec('commit');
}

/** What says how an item stands. */
const standing = ['withdrawn_at', 'withdrawn_because', 'withdrawn_by', 'is_awaited', 'is_let_in'] as const;

async function carryWithdrawals(from: Connection, to: Connection): Promise<void> {
  const gone = from.prepare<[], Row>('select * from items where withdrawn_by is not null').all();
  const known = openRecognising(from, to);
  const mark = to.prepare(
    `update items set guid = ?, ${standing.map((name) => `${name} = ?`).join(', ')} where id = ?`,
  );
  const ids = new Map<number, number>();
  const emptied: number[] = [];
  for (const row of gone) {
    const own = known(row);
    const id = own ?? bring(row, from, to);
    ids.set(row.id, id);
    if (own !== undefined) mark.run(row.guid, ...standing.map((name) => row[name] as Value), id);
    if (row.is_emptied === 1 || own === undefined) emptied.push(id);
  }
  const along = to.prepare('update items set withdrawn_with = ? where id = ?');
  for (const { id, withdrawn_with: root } of gone)
    along.run(typeof root === 'number' ? (ids.get(root) ?? null) : null, ids.get(id) ?? 0);
  await wipe(sqliteEngine(to), emptied);
}

/**
 * Which item of the copy one is: by its guid, or, where its source has given it another since, by address or text. One that the
 * newer database still has under the guid of then is another post.
 */
function openRecognising(from: Connection, to: Connection): (row: Row) => number | undefined {
  const byGuid = 'select id from items where source = ? and guid = ?';
  const known = to.prepare<[string, string], number>(byGuid).pluck();
  const still = from.prepare<[string, string], number>(byGuid).pluck();
  const keys = from.prepare<[number], { kind: string; key: string }>(
    "select kind, key from item_keys where item = ? and kind in ('url', 'text') order by kind desc",
  );
  const holders = to.prepare<[string, string, string], { id: number; guid: string }>(
    'select i.id, i.guid from item_keys k join items i on i.id = k.item where k.kind = ? and k.key = ? and i.source = ?',
  );
  return ({ id, source, guid }) => {
    const own = known.get(source, guid);
    if (own !== undefined) return own;
    const alike = keys.all(id).flatMap(({ kind, key }) => holders.all(kind, key, source));
    return alike.find((one) => still.get(source, one.guid) === undefined)?.id;
  };
}

/** Takes an item over with its story's name, and what it is recognised by. @returns its id there */
function bring(row: Row, from: Connection, to: Connection): number {
  const story = from.prepare<[unknown], Row>('select * from stories where id = ?').get(row.story);
  const kept = to.prepare<[unknown], number>('select id from stories where uid = ?').pluck().get(story?.uid);
  const storyId = kept ?? insert(to, 'stories', { ...story, original_item: null });
  const id = insert(to, 'items', { ...row, story: storyId, withdrawn_with: null });
  if (kept === undefined) to.prepare('update stories set original_item = ? where id = ?').run(id, storyId);
  for (const key of from.prepare<[number], Row>('select kind, key from item_keys where item = ?').all(row.id))
    insert(to, 'item_keys', { ...key, item: id });
  for (const imprint of from.prepare<[number], Row>('select * from imprints where item = ?').all(row.id)) {
    insert(to, 'imprints', { ...imprint, item: id });
    insert(to, 'fresh_imprints', { item: id });
  }
  return id;
}

function insert(to: Connection, table: string, row: Readonly<Record<string, unknown>>): number {
  const columns = Object.keys(row).filter((name) => name !== 'id');
  const places = columns.map(() => '?').join(', ');
  const words = `insert into ${table} (${columns.map((name) => `"${name}"`).join(', ')}) values (${places})`;
  return Number(to.prepare(words).run(...columns.map((name) => row[name] as Value)).lastInsertRowid);
}

/** What was let in again since the copy was made. Without its words it comes back when its source lists it. */
function liftWhatIsLetIn(from: Connection, to: Connection): void {
  const stands = from
    .prepare<[string, string], number>(
      'select is_let_in from items where source = ? and guid = ? and withdrawn_by is null',
    )
    .pluck();
  const lift = to.prepare(
    `update items set withdrawn_at = null, withdrawn_because = null, withdrawn_by = null, withdrawn_with = null, is_let_in = ?
       where id = ?`,
  );
  const await_ = to.prepare(
    `update items set is_awaited = 1, hash = '', withdrawn_with = null, is_let_in = ? where id = ?`,
  );
  const forget = to.prepare('update sources set etag = null, last_modified = null, body_hash = null where key = ?');
  for (const row of to.prepare<[], Row>('select * from items where withdrawn_by is not null').all()) {
    const isLetIn = stands.get(row.source, row.guid);
    if (isLetIn === undefined) continue;
    if (row.is_emptied === 1) {
      await_.run(isLetIn, row.id);
      forget.run(row.source);
    } else lift.run(isLetIn, row.id);
  }
}

function carryLog(from: Connection, to: Connection): void {
  const known = to.prepare<[unknown, unknown, unknown, unknown], number>(
    'select 1 from audit_log where at = ? and who = ? and act = ? and subject = ?',
  );
  for (const row of from.prepare<[], Row>('select * from audit_log order by id').all())
    if (known.get(row.at, row.who, row.act, row.subject) === undefined) insert(to, 'audit_log', row);
}
