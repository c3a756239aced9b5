/** An address becomes an open database in PostgreSQL, at the newest step. */
import type { Kysely } from 'kysely';
import { Halt, problem } from '../problems.ts';
import { requireWholeCopy } from './copy-mark.ts';
import type { Engine } from './engine.ts';
import { fleetWords } from './fleet.ts';
import { migrations } from './migrations.ts';
import { builderOverSession, postgresEngine } from './postgres-engine.ts';
import { nameOf, openSession, type Place, placeOf, quoted, type Session } from './postgres-session.ts';
import { haltOnServerTrouble } from './postgres-trouble.ts';
import { isOfOlderRows, ownTables, taught } from './postgres-words.ts';

/** The last step that was made before PostgreSQL was spoken. */
const lastOfFilesAlone = 25;

export interface OpenPostgres {
  readonly engine: Engine;
  readonly session: Session;
}

/**
 * @param name what the server shows of this process
 * @param options `mayBeHalf` for whoever finishes a copy that is not whole yet
 * @throws Halt with `store/…`: a server that does not answer, or will not have us; tables that are not ours or of a newer Relais
 */
export async function openPostgres(
  place: Place,
  name: string,
  options: { readonly mayBeHalf?: boolean } = {},
): Promise<OpenPostgres> {
  return await haltOnServerTrouble(place, async () => {
    const session = openSession(place, name);
    const engine = postgresEngine(session);
    try {
      await bringUp(session, place);
      if (options.mayBeHalf !== true) await requireWholeCopy(engine, nameOf(place));
      return { engine, session };
    } catch (error) {
      await session.close();
      throw error;
    }
  });
}

/** Looking at a relay that has never run makes no tables. @throws Halt with `store/…` */
export async function isTherePostgres(address: string): Promise<boolean> {
  let isThere = false;
  await lookIntoPostgres(placeOf(address), async () => {
    isThere = true;
  });
  return isThere;
}

/**
 * @param look called where there are tables of ours, of whichever step; changes nothing
 * @throws Halt with `store/…`
 */
export async function lookIntoPostgres(place: Place, look: (engine: Engine) => Promise<void>): Promise<void> {
  await haltOnServerTrouble(place, async () => {
    const session = openSession(place, 'relais');
    try {
      if ((await stepOf(session, place)) > 0) await look(postgresEngine(session));
    } finally {
      await session.close();
    }
  });
}

async function bringUp(session: Session, place: Place): Promise<void> {
  const step = await stepOf(session, place);
  if (step > migrations.length)
    throw new Halt(
      problem('store/newer-schema', {}, `${nameOf(place)} is at step ${step}, this program knows ${migrations.length}`),
    );
  if (step < migrations.length) await migrate(session, place);
}

/** @returns 0 where there are no tables yet. @throws Halt with store/not-ours for a schema with somebody else's */
async function stepOf(session: Session, { schema }: Place): Promise<number> {
  const { rows } = await session.say(
    `select relname as name, exists (select from pg_attribute where attrelid = c.oid and attname = 'step') as counts
       from pg_class c where relnamespace = (select oid from pg_namespace where nspname = $1) and relkind in ('r', 'p')`,
    [schema],
  );
  if (rows.length === 0) return 0;
  const has = (table: string): boolean =>
    rows.some(({ name, counts }) => name === table && (table !== 'steps' || counts === 1));
  if (!has('steps') || !has('items'))
    throw new Halt(problem('store/not-ours', {}, `the schema ${schema} has tables of another program`));
  const found = await session.ask('select max(step) as step from steps', []);
  return Number(found.rows[0]?.step ?? 0);
}

/** All steps in one transaction, which one process at a time can be in: who comes second finds them made. */
async function migrate(session: Session, { schema }: Place): Promise<void> {
  await session.ask('begin', []);
  try {
    await session.say(`create schema if not exists ${quoted(schema)}`);
    await session.ask('create table if not exists steps (step integer primary key)', []);
    const { rows } = await session.ask('select coalesce(max(step), 0) as step from steps', []);
    const step = Number(rows[0]?.step ?? 0);
    for (const words of taught) await session.say(words);
    for (const [index, one] of migrations.entries()) {
      if (index < step) continue;
      await one.up(builderFor(index + 1, session));
      await session.ask('insert into steps (step) values ($1)', [index + 1]);
    }
    for (const words of [...ownTables, ...fleetWords]) await session.say(words);
    await session.ask('commit', []);
  } catch (error) {
    await session.ask('rollback', []).catch(() => {});
    throw error;
  }
}

function builderFor(step: number, session: Session): Kysely<unknown> {
  const nothing = { command: 'UPDATE', rowCount: 0, oid: 0, fields: [], rows: [] };
  const ask: Session['ask'] = async (words, values) =>
    step <= lastOfFilesAlone && isOfOlderRows(words) ? nothing : await session.ask(words, values);
  const own = { ask, reserve: async () => () => {}, close: async () => {} };
  return builderOverSession(own) as unknown as Kysely<unknown>;
}
