/** The store as decisions about stories use it: standing items, what they are recognised by, and how pairs of them stand. */
import type { CanonicalUrl, SourceKey } from '../model.ts';
import type { ItemKey } from '../refresh-plan.ts';
import type { Compared, Shelf, Span, Standing, Worded } from '../story-plan.ts';
import { urlKey } from '../text/url.ts';
import type { Connection, Database } from './database.ts';
import { emptyImprint, openImprints } from './imprints.ts';
import { isTakenBack, langsOf } from './item-rows.ts';
import { chunks } from './items.ts';
import { openRelations } from './relations.ts';
import type { ItemRow } from './schema.ts';
import { readEvidence } from './stories.ts';
import { readStoryRulings } from './story-rulings.ts';

/** A key that more items share than this tells nothing; reading them all would let one source slow every other. */
const mostHolders = 2_000;

const standingColumns = [
  'id',
  'source',
  'guid',
  'story',
  'url',
  'date',
  'published',
  'published_text',
  'withdrawn_at',
  'hidden_at',
  'lang',
  'langs',
] as const;

/** @returns the shelf inside the transaction that a database handle stands for */
export function openShelf(sqlite: Connection): (db: Database) => Shelf {
  const imprints = openImprints(sqlite);
  const relations = openRelations(sqlite);
  return (db) => ({
    ...imprints.writing,
    ...relations,
    standing: (ids) => readStanding(db, ids),
    worded: (ids) => readWorded(db, ids),
    async compared(ids) {
      const standing = await readStanding(db, ids);
      const keys = await readKeys(db, ids);
      const known = imprints.read(ids);
      return standing.map(
        (one): Compared => ({ ...one, keys: keys.get(one.id) ?? [], imprint: known.get(one.id) ?? emptyImprint }),
      );
    },
    holders: (keys) => readHolders(db, keys),
    async members(storyIds) {
      const found: number[] = [];
      for (const part of chunks(storyIds)) {
        const rows = await db.selectFrom('items').select('id').where('story', 'in', part).execute();
        found.push(...rows.map(({ id }) => id));
      }
      return found;
    },
    async ages(storyIds) {
      const found = new Map<number, number>();
      for (const part of chunks(storyIds)) {
        const rows = await db.selectFrom('stories').select(['id', 'created']).where('id', 'in', part).execute();
        for (const { id, created } of rows) found.set(id, created);
      }
      return found;
    },
    rulings: () => readStoryRulings(db),
    named: (names) => readNamed(db, names),
  });
}

async function readStanding(db: Database, ids: readonly number[]): Promise<Standing[]> {
  const found: Standing[] = [];
  const evidence = await readEvidence(db, ids);
  for (const part of chunks(ids)) {
    const rows = await db
      .selectFrom('items')
      .select(standingColumns)
      .select(({ fn }) => fn<number>('length', ['text']).as('textLength'))
      .where('id', 'in', part)
      .execute();
    for (const row of rows)
      found.push({
        id: row.id,
        sourceKey: row.source,
        guid: row.guid,
        storyId: row.story,
        url: (row.url ?? undefined) as CanonicalUrl | undefined,
        date: row.date,
        published: spanOf(row),
        isWithdrawn: isTakenBack(row),
        textLength: row.textLength,
        lang: row.lang,
        langs: langsOf(row),
        statements: (evidence.get(row.id) ?? []).filter(({ says }) => says !== 'same'),
      });
  }
  return found;
}

/** W3CDTF may end after the year, the month or the day: then that is all that is known. */
function spanOf({ published, published_text }: Pick<ItemRow, 'published' | 'published_text'>): Span | undefined {
  if (published === null) return undefined;
  const named = /^\d{4}(-\d{2})?(-\d{2})?$/.exec(published_text?.trim() ?? '');
  if (named === null) return { from: published, to: published };
  const [, month, day] = named;
  const date = new Date(published);
  const [year, first] = [date.getUTCFullYear(), date.getUTCMonth()];
  const to =
    day !== undefined
      ? Date.UTC(year, first, date.getUTCDate() + 1)
      : month !== undefined
        ? Date.UTC(year, first + 1)
        : Date.UTC(year + 1, 0);
  return { from: published, to: to - 1 };
}

async function readWorded(db: Database, ids: readonly number[]): Promise<Worded[]> {
  const standing = new Map((await readStanding(db, ids)).map((one) => [one.id, one]));
  const found: Worded[] = [];
  for (const part of chunks(ids)) {
    const rows = await db
      .selectFrom('items')
      .select(['id', 'title', 'text', 'is_excerpt'])
      .where('id', 'in', part)
      .execute();
    for (const { id, title, text, is_excerpt } of rows) {
      const one = standing.get(id);
      if (one !== undefined) found.push({ ...one, title, text, isExcerpt: is_excerpt === 1 });
    }
  }
  return found;
}

async function readKeys(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, ItemKey[]>> {
  const found = new Map<number, ItemKey[]>();
  for (const part of chunks(ids)) {
    const rows = await db.selectFrom('item_keys').selectAll().where('item', 'in', part).execute();
    for (const { item, kind, key } of rows) {
      const list = found.get(item) ?? [];
      list.push({ kind: kind as ItemKey['kind'], key });
      found.set(item, list);
    }
  }
  return found;
}

async function readHolders(
  db: Database,
  keys: readonly ItemKey[],
): Promise<(ItemKey & { itemId: number; sourceKey: SourceKey })[]> {
  const found: (ItemKey & { itemId: number; sourceKey: SourceKey })[] = [];
  for (const kind of new Set(keys.map((one) => one.kind))) {
    const wanted = [...new Set(keys.filter((one) => one.kind === kind).map((one) => one.key))];
    for (const part of chunks(wanted)) {
      const rows = await db
        .selectFrom('item_keys')
        .innerJoin('items', 'items.id', 'item_keys.item')
        .select(['item_keys.key', 'items.id', 'items.source'])
        .where('item_keys.kind', '=', kind)
        .where('item_keys.key', 'in', part)
        .limit(mostHolders)
        .execute();
      for (const row of rows) found.push({ kind, key: row.key, itemId: row.id, sourceKey: row.source });
    }
  }
  return found;
}

/** Ids of the items that these addresses or guids mean. */
async function readNamed(db: Database, names: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, readonly number[]>();
  for (const name of new Set(names)) {
    const byKey = await db
      .selectFrom('item_keys')
      .select('item as id')
      .where('kind', '=', 'url')
      .where('key', '=', urlKey(name))
      .execute();
    const byGuid = byKey.length > 0 ? [] : await db.selectFrom('items').select('id').where('guid', '=', name).execute();
    found.set(name, [...new Set([...byKey, ...byGuid].map(({ id }) => id))]);
  }
  return found;
}
