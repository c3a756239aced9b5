/** The store as decisions about stories use it: standing items, what they are recognised by, and how pairs of them stand. */
import type { CanonicalUrl, Evidence, SourceKey } from '../model.ts';
import type { ItemKey } from '../refresh-plan.ts';
import { believable, type Compared, type Shelf, type Standing, type StoryName, type Worded } from '../story-plan.ts';
import { findable } from '../text/entry-names.ts';
import { byIds } from './by-ids.ts';
import type { Database } from './database.ts';
import type { Engine } from './engine.ts';
import { emptyImprint, openImprints } from './imprints.ts';
import { evidenceOf, isTakenBack, langsOf, spanOf } from './item-rows.ts';
import { openRelations } from './relations.ts';
import type { EvidenceRow, ItemRow } from './schema.ts';
import { readNamed, readStoryRulings } from './story-rulings.ts';

/** Items that share keys with those at hand: reading more would let one source slow every other. */
const mostHolders = 5_000;

type StandingRow = Pick<
  ItemRow,
  | 'source'
  | 'guid'
  | 'story'
  | 'url'
  | 'date'
  | 'seen'
  | 'published'
  | 'published_text'
  | 'withdrawn_at'
  | 'withdrawn_by'
  | 'withdrawn_with'
  | 'hidden_at'
  | 'lang'
  | 'langs'
> & {
  readonly id: number;
  readonly textLength: number;
  readonly is_awaited: number;
  readonly is_let_in: number;
};
type WordedRow = StandingRow & Pick<ItemRow, 'title' | 'text' | 'is_excerpt'>;
type Holder = ItemKey & { readonly itemId: number; readonly sourceKey: SourceKey };

const columns = `id, source, guid, story, url, date, seen, published, published_text, withdrawn_at, withdrawn_by,
  withdrawn_with, is_awaited, is_let_in, hidden_at, lang, langs,
  length(text) as "textLength"`;

/**
 * These are asked for every new item: prepared once, and each asked for all items of a batch at once.
 * @returns the shelf inside the transaction that a database handle stands for
 */
export function openShelf(engine: Engine): (db: Database) => Shelf {
  const imprints = openImprints(engine);
  const relations = openRelations(engine);
  const read = openReading(engine);
  const dropNames = engine.prepare("delete from item_keys where item = ? and kind = 'names'");
  const addName = engine.prepare("insert into item_keys (kind, key, item) values ('names', ?, ?)");
  const isRuled = engine.prepare<{ id: number }>('select id from story_rulings limit 1');
  return (db) => ({
    ...imprints.writing,
    async nameKeys(id, keys) {
      await dropNames.run(id);
      for (const { key } of keys) await addName.run(findable(key), id);
    },
    ...relations(),
    standing: read.standing,
    worded: read.worded,
    async compared(ids) {
      if (ids.length === 0) return [];
      const known = await imprints.read(ids);
      const keys = await read.keys(ids);
      return (await read.standing(ids)).map(
        (one): Compared => ({ ...one, keys: keys.get(one.id) ?? [], imprint: known.get(one.id) ?? emptyImprint }),
      );
    },
    holders: read.holders,
    crediting: read.crediting,
    takenBack: read.takenBack,
    members: read.members,
    names: read.names,
    rulings: async () => ((await isRuled.get()) === undefined ? [] : await readStoryRulings(db)),
    named: (names) => readNamed(db, names),
  });
}

type Reading = Pick<Shelf, 'standing' | 'worded' | 'holders' | 'crediting' | 'takenBack' | 'members' | 'names'> & {
  readonly keys: (ids: readonly number[]) => Promise<ReadonlyMap<number, ItemKey[]>>;
};

function openReading(engine: Engine): Reading {
  const standing = byIds<StandingRow>(engine, (among) => `select ${columns} from items where id ${among}`);
  const worded = byIds<WordedRow>(
    engine,
    (among) => `select ${columns}, title, text, is_excerpt from items where id ${among}`,
  );
  const statements = byIds<EvidenceRow>(
    engine,
    (among) => `select * from evidence where item ${among} and says != 'same' order by item, position`,
  );
  const credits = byIds<{ readonly item: number; readonly source: SourceKey }>(
    engine,
    (among) =>
      `select item, target_source as source from evidence
         where item ${among} and says != 'same' and strength >= ${believable} and target_source is not null`,
  );
  const keys = byIds<ItemKey & { readonly item: number }>(
    engine,
    (among) => `select item, kind, key from item_keys where item ${among}`,
  );
  // A limit that is bound makes SQLite compile the statement anew each time.
  const holders = engine.prepare<Pick<Holder, 'itemId' | 'sourceKey'>>(
    `select k.item as "itemId", i.source as "sourceKey" from item_keys k join items i on i.id = k.item
       where k.kind = ? and k.key = ? limit ${mostHolders}`,
  );
  const takenBack = engine.prepare<{ item: number }>(
    `select k.item from item_keys k cross join items i on i.id = k.item
         where k.kind = ? and k.key = ? and (i.withdrawn_at is not null or i.hidden_at is not null) limit ${mostHolders}`,
  );
  const members = byIds<{ id: number }>(engine, (among) => `select id from items where story ${among}`);
  const names = byIds<StoryName & { readonly id: number }>(
    engine,
    (among) => `select id, created, uid from stories where id ${among}`,
  );

  const statementsOf = async (ids: readonly number[]): Promise<ReadonlyMap<number, Evidence[]>> =>
    grouped(await statements(ids), ({ item }) => item, evidenceOf);
  const keysOf = async (ids: readonly number[]): Promise<ReadonlyMap<number, ItemKey[]>> =>
    grouped(
      await keys(ids),
      ({ item }) => item,
      ({ kind, key }) => ({ kind, key }),
    );
  return {
    async standing(ids) {
      const said = await statementsOf(ids);
      return (await standing(ids)).map((row) => standingOf(row, said.get(row.id)));
    },
    async worded(ids) {
      const said = await statementsOf(ids);
      const known = await keysOf(ids);
      return (await worded(ids)).map(
        (row): Worded => ({
          ...standingOf(row, said.get(row.id)),
          keys: known.get(row.id) ?? [],
          title: row.title,
          text: row.text,
          isExcerpt: row.is_excerpt === 1,
        }),
      );
    },
    keys: keysOf,
    async crediting(ids) {
      return grouped(
        await credits(ids),
        ({ item }) => item,
        ({ source }) => source,
      );
    },
    async holders(wanted) {
      const found: Holder[] = [];
      for (const { kind, key } of eachOnce(wanted)) {
        if (found.length >= mostHolders) break;
        for (const row of await holders.all(kind, findable(key))) found.push({ kind, key, ...row });
      }
      return found;
    },
    async takenBack(wanted) {
      const found = new Set<number>();
      for (const { kind, key } of eachOnce(wanted)) {
        if (found.size >= mostHolders) break;
        for (const { item } of await takenBack.all(kind, findable(key))) found.add(item);
      }
      return [...found];
    },
    members: async (storyIds) => (await members(storyIds)).map(({ id }) => id),
    names: async (storyIds) => new Map((await names(storyIds)).map(({ id, ...name }) => [id, name])),
  };
}

function eachOnce(keys: readonly ItemKey[]): ItemKey[] {
  return [...new Map(keys.map((one) => [`${one.kind} ${one.key}`, one])).values()];
}

function grouped<Row, One>(
  rows: readonly Row[],
  ownerOf: (row: Row) => number,
  make: (row: Row) => One,
): Map<number, One[]> {
  const groups = new Map<number, One[]>();
  for (const row of rows) {
    const list = groups.get(ownerOf(row));
    if (list === undefined) groups.set(ownerOf(row), [make(row)]);
    else list.push(make(row));
  }
  return groups;
}

function standingOf(row: StandingRow, statements: readonly Evidence[] = []): Standing {
  return {
    id: row.id,
    sourceKey: row.source,
    guid: row.guid,
    storyId: row.story,
    url: (row.url ?? undefined) as CanonicalUrl | undefined,
    date: row.date,
    seen: row.seen,
    published: spanOf(row),
    isWithdrawn: isTakenBack(row),
    takenBackBy: takenBackBy(row),
    isAwaited: row.is_awaited === 1,
    wentWith: row.withdrawn_with ?? undefined,
    isLetIn: row.is_let_in === 1,
    textLength: row.textLength,
    lang: row.lang,
    langs: langsOf(row),
    statements,
  };
}

function takenBackBy(row: StandingRow): Standing['takenBackBy'] {
  if (row.withdrawn_at !== null)
    return row.withdrawn_by === null || row.is_awaited === 1
      ? undefined
      : (row.withdrawn_by as 'source' | 'maintainer');
  return row.hidden_at === null ? undefined : 'hidden';
}
