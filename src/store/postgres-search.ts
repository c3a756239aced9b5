/**
 * The search index where PostgreSQL keeps it, in the schema that holds our tables: whoever publishes fills it, and every process on
 * every machine finds in it. The server is given our own folded words and told what to match: it parses, stems and leaves out
 * nothing, so that the same is found as in a file. All of it can be made anew from the stories.
 */
import { IndexLost, type SearchEntry, type SearchLibrary, type SearchQuery } from '../search-library.ts';
import { openPostgres } from './postgres-opening.ts';
import { openSession, placeOf, type Session } from './postgres-session.ts';
import { haltOnServerTrouble } from './postgres-trouble.ts';

/** Raised when the tables or the folding of words change: an index of another form is made anew. */
const form = '1';

/** An index in the server is known by its edition, which changes whenever it is made anew. */
const newEdition = `select 'edition', cast(gen_random_uuid() as text)`;

/** Without a list of what is still to be taken into the index, through which each question would have to read. */
const tables: readonly string[] = [
  'drop table if exists search_entries, search_facts',
  `create table search_entries (story bigint primary key, uid text collate "C" not null, published bigint not null,
     sections text[] not null, line text not null, words tsvector not null)`,
  'create index search_entries_by_uid on search_entries (uid)',
  'create index search_entries_by_time on search_entries (published desc, uid)',
  'create index search_entries_by_word on search_entries using gin (words) with (fastupdate = off)',
  'create table search_facts (name text primary key, value text not null)',
  `insert into search_facts values ('form', '${form}')`,
  `insert into search_facts ${newEdition}`,
];

/** One writer at a time, and no writer of the store is kept waiting: `RELS` in ASCII, and the schema's name. */
const lock = 'select pg_advisory_xact_lock(1380273235, hashtext(current_schema()))';

/** What a hit needs beside its place. */
type Line = Pick<SearchEntry, 'heading' | 'group' | 'excerpt' | 'lang' | 'dir'>;

interface Row {
  readonly story: number;
  readonly uid: string;
  readonly published: number;
  readonly sections: readonly string[];
  readonly line: string;
  /** None where they are not asked for. */
  readonly lexemes?: readonly string[];
}

/**
 * @param address `postgres://…`; the server is not spoken to before something is asked
 * @returns a library every method of which throws Halt with `store/…` for what the server does to it
 */
export function openPostgresSearch(address: string): SearchLibrary {
  const place = placeOf(address);
  let open: Promise<Session> | undefined;
  /** The edition that was written to first since it last agreed with anything. */
  let written: string | undefined;
  const opened = (): Promise<Session> => {
    open ??= openSearched(address).catch((error: unknown) => {
      open = undefined;
      throw error;
    });
    return open;
  };
  const ask = <T>(work: (session: Session) => Promise<T>): Promise<T> =>
    haltOnServerTrouble(place, async () => {
      const session = await opened();
      const giveBack = await session.reserve(); // or a reader would ask in the middle of a transaction of ours
      try {
        return await work(session);
      } catch (error) {
        if (!isLoss(error)) throw error;
        written = undefined;
        await makeAnew(session, isDamage(error));
        throw new IndexLost(error);
      } finally {
        giveBack();
      }
    });
  return {
    stamp: () => ask((session) => factIn(session, 'stamp')),
    keep: (entries, gone) =>
      ask(async (session) => {
        const edition = await inTransaction(session, async () => {
          await write(session, entries, gone);
          return await factIn(session, 'edition');
        });
        written ??= edition;
      }),
    agree: (stamp) =>
      ask(async (session) => {
        // What was written before to another edition is lost: this one agrees with nothing.
        await session.say(agreeing, [stamp, written ?? null]);
        written = undefined;
      }),
    clear: () =>
      ask(async (session) => {
        written = await inTransaction(session, () => empty(session));
      }),
    some: (stories) =>
      ask(async (session) => {
        const { rows } = await session.say(
          `select ${columns}, tsvector_to_array(words) as lexemes from search_entries
           where story = any(cast($1 as bigint[])) order by published desc, uid`,
          [stories],
        );
        return (rows as Row[]).map(entryOf);
      }),
    find: (query) => ask((session) => find(session, query)),
    async close() {
      const session = await open?.catch(() => undefined);
      await session?.close();
    },
  };
}

/** @throws Halt with `store/…`; what the server says */
async function openSearched(address: string): Promise<Session> {
  const { session } = await openPostgres(placeOf(address), 'relais search');
  try {
    if (!(await isThere(session))) await makeAnew(session, false);
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** @returns false where there is no index, or one of another form */
async function isThere(session: Session): Promise<boolean> {
  const { rows } = await session.say(
    `select 1 where to_regclass('search_entries') is not null and to_regclass('search_facts') is not null`,
  );
  return rows.length > 0 && (await factIn(session, 'form')) === form;
}

/** @param isDamaged otherwise whoever comes second finds it made */
async function makeAnew(session: Session, isDamaged: boolean): Promise<void> {
  await inTransaction(session, async () => {
    if (!isDamaged && (await isThere(session))) return;
    for (const words of tables) await session.say(words);
  });
}

/** Somebody has dropped the tables, or the server finds a page of them damaged. */
function isLoss(error: unknown): boolean {
  return isDamage(error) || (error instanceof Error && 'code' in error && error.code === '42P01');
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^XX00[12]$/.test(String(error.code));
}

async function inTransaction<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await session.ask('begin read write', []);
  try {
    await session.say(lock);
    const result = await work();
    await session.ask('commit', []);
    return result;
  } catch (error) {
    await session.ask('rollback', []).catch(() => {});
    throw error;
  }
}

async function factIn(session: Session, name: 'form' | 'edition' | 'stamp'): Promise<string | undefined> {
  const { rows } = await session.say('select value from search_facts where name = $1', [name]);
  return (rows as { readonly value: string }[])[0]?.value;
}

const agreeing = `insert into search_facts select 'stamp', cast($1 as text)
  where cast($2 as text) is null
    or exists (select from search_facts where name = 'edition' and value = cast($2 as text))
  on conflict (name) do update set value = excluded.value`;

/** One statement: if the server is lost in the middle of it, all is as it was. */
const writing = `with gone as (
    delete from search_entries where (story = any(cast($2 as bigint[])) or uid = any(cast($3 as text[])))
      and not story = any(cast($4 as bigint[])))
  insert into search_entries (story, uid, published, sections, line, words)
    select story, uid, published, sections, line, array_to_tsvector(lexemes)
    from json_to_recordset(cast($1 as json))
      as e (story bigint, uid text, published bigint, sections text[], line text, lexemes text[])
  on conflict (story) do update set uid = excluded.uid, published = excluded.published, sections = excluded.sections,
    line = excluded.line, words = excluded.words`;

async function write(
  session: Session,
  entries: readonly SearchEntry[],
  gone: readonly (number | string)[],
): Promise<void> {
  const kept = [...new Map(entries.map((entry) => [entry.story, entry])).values()];
  await session.say(writing, [
    JSON.stringify(kept.map(rowOf)),
    gone.filter((name) => typeof name === 'number'),
    gone.filter((name) => typeof name === 'string'),
    kept.map(({ story }) => story),
  ]);
}

/** @returns its new edition */
async function empty(session: Session): Promise<string | undefined> {
  await session.say('delete from search_entries');
  await session.say(`delete from search_facts where name in ('stamp', 'edition')`);
  await session.say(`insert into search_facts ${newEdition}`);
  return await factIn(session, 'edition');
}

function rowOf({ story, uid, published, sections, words, ...shown }: SearchEntry): Row {
  const { heading, group, excerpt, lang, dir } = shown;
  const line: Line = { heading, group, excerpt, lang, dir };
  return { story, uid, published, sections, line: JSON.stringify(line), lexemes: lexemesOf(words) };
}

/** PostgreSQL has places for a megabyte of words in one text, and does not say when there are more: no text of ours has. */
const mostBytes = 1_000_000;

/** Stands before what is no word: no word of ours has it. */
const mark = '^';

/**
 * The words, and with a mark the letters that they begin with: to put together for each question what begins with a single letter
 * would let anybody hold up the server, with eight letters.
 */
function lexemesOf(words: readonly string[]): readonly string[] {
  const lexemes = new Set<string>();
  let bytes = 0;
  for (const word of words) {
    const whole = word.toWellFormed();
    bytes += Buffer.byteLength(whole) + 5; // with its letter, at its longest
    if (bytes > mostBytes) break;
    lexemes.add(whole).add(firstLetter(whole));
  }
  return [...lexemes];
}

function firstLetter(word: string): string {
  return `${mark}${String.fromCodePoint(word.codePointAt(0) ?? 0)}`;
}

/** In quotes, and of letters and digits alone, so that nothing of it is taken for the language of questions. */
function questionOf(words: readonly string[]): string {
  const asked = words.filter((word) => /^[\p{L}\p{N}]+$/u.test(word));
  return asked.map((word) => ([...word].length === 1 ? `'${firstLetter(word)}'` : `'${word}':*`)).join(' & ');
}

const columns = 'story, uid, published, sections, line';
const matching = 'words @@ cast($1 as tsquery) and (cast($2 as text) is null or sections @> array[cast($2 as text)])';
const inOrder = 'order by published desc, uid limit $3 offset $4';

/** Frequent words are found among these: to put all their stories in order would take the server a hundred times as long. */
const newestFew = 500;
const amongNewest = `select ${columns} from (select * from search_entries order by published desc, uid limit ${newestFew}) newest
  where ${matching} ${inOrder}`;
/** Through the index of words whatever the server expects of them: along the time it would read everything for rare ones. */
const amongAll = `with found as materialized (select story, uid, published from search_entries where ${matching}),
  wanted as (select story from found ${inOrder})
  select ${columns} from search_entries where story in (select story from wanted) order by published desc, uid`;

async function find(session: Session, { words, section, skip, limit }: SearchQuery): Promise<SearchEntry[]> {
  const question = questionOf(words);
  if (question === '') return [];
  const values = [question, section ?? null, limit, skip];
  const few = skip + limit > newestFew ? [] : (await session.say(amongNewest, values)).rows;
  const rows = few.length === limit ? few : (await session.say(amongAll, values)).rows;
  return (rows as Row[]).map(entryOf);
}

function entryOf({ story, uid, published, sections, line, lexemes = [] }: Row): SearchEntry {
  const words = lexemes.filter((one) => !one.startsWith(mark)).sort();
  return { story, uid, published, sections, ...(JSON.parse(line) as Line), words };
}

/** A page of the index, by the stories' ids. */
const pageSize = 500;

/**
 * All that is in the server goes into another library, as it is at one instant; the first is left as it is, also where it is not there.
 * @throws Halt with `store/…` for what the server does
 */
export async function copyPostgresSearch(address: string, to: SearchLibrary): Promise<void> {
  const own = placeOf(address);
  await haltOnServerTrouble(own, async () => {
    const session = openSession(own, 'relais search');
    try {
      await session.ask('begin isolation level repeatable read read only', []);
      if (!(await isThere(session))) return;
      for (let after = -1, isMore = true; isMore; ) {
        const { rows } = await session.say(
          `select ${columns}, tsvector_to_array(words) as lexemes from search_entries where story > $1 order by story limit ${pageSize}`,
          [after],
        );
        const entries = (rows as Row[]).map(entryOf);
        await to.keep(entries, []);
        after = entries.at(-1)?.story ?? after;
        isMore = entries.length === pageSize;
      }
      const stamp = await factIn(session, 'stamp');
      if (stamp !== undefined) await to.agree(stamp);
    } finally {
      await session.close();
    }
  });
}
