/** How pairs of items stand to each other, as it was decided last. */
import {
  joiningKinds,
  linkingKinds,
  type Reason,
  type Relation,
  type RelationKind,
  type Shelf,
} from '../story-plan.ts';
import { byIds } from './by-ids.ts';
import type { Database } from './database.ts';
import { amongNumbers, type Engine, numbersIn } from './engine.ts';

/** Covers and places are parts of a text, 0 to 1. */
export interface RelationRow {
  a: number;
  b: number;
  kind: string;
  strength: number;
  cover_a: number;
  cover_b: number;
  from_a: number;
  to_a: number;
  from_b: number;
  to_b: number;
  claimer: number | null;
  is_explicit: number;
  reasons: string;
}

const columns = [
  'a',
  'b',
  'kind',
  'strength',
  'cover_a',
  'cover_b',
  'from_a',
  'to_a',
  'from_b',
  'to_b',
  'claimer',
  'is_explicit',
  'reasons',
] as const satisfies readonly (keyof RelationRow)[];

/** Ids of items that are in doubt, the oldest first. */
export async function readDoubtful(db: Database, limit: number): Promise<number[]> {
  const rows = await db.selectFrom('doubtful_items').select('item').orderBy('item').limit(limit).execute();
  return rows.map(({ item }) => item);
}

export async function forgetDoubtful(db: Database, items: readonly number[]): Promise<void> {
  await db.deleteFrom('doubtful_items').where('item', 'in', amongNumbers(items)).execute();
}

/** @returns what is known of pairs, anew for each decision: it notes what has become of links that readers are shown */
export function openRelations(
  engine: Engine,
): () => Pick<Shelf, 'relations' | 'relate' | 'forget' | 'doubt' | 'relinked' | 'joinedOrParted'> {
  const by = (end: 'a' | 'b') => byIds<RelationRow>(engine, (among) => `select * from relations where ${end} ${among}`);
  const [byFirst, bySecond] = [by('a'), by('b')];
  const put = engine.prepare(
    `insert into relations (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})
       on conflict (a, b) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  );
  const remove = engine.prepare('delete from relations where a = ? and b = ?');
  const known = engine.prepare<RelationRow>('select * from relations where a = ? and b = ?');
  // What stands to no other is in no doubt.
  const doubt = engine.prepare(
    `insert into doubtful_items (item) select i.id from items i where i.id in ${numbersIn}
       and (exists (select 1 from relations where a = i.id) or exists (select 1 from relations where b = i.id))
       on conflict do nothing`,
  );
  return () => {
    const relinked = new Set<number>();
    const rejoined = new Set<number>();
    const note = (a: number, b: number, kind: RelationKind | undefined, before: RelationKind | undefined): void => {
      const isLink = [before, kind].some((one) => one !== undefined && linkingKinds.has(one));
      if (before !== kind && isLink) relinked.add(a).add(b);
      if ([before, kind].some((one) => one !== undefined && joiningKinds.has(one))) rejoined.add(a).add(b);
    };
    return {
      async relations(ids) {
        if (ids.length === 0) return [];
        const known = new Set(ids);
        // One of two of them is found from both ends. (`union` would sort all rows to see that.)
        const rows = [...(await byFirst(ids)), ...(await bySecond(ids)).filter(({ a }) => !known.has(a))];
        return rows.map(relationOf);
      },
      async relate(relations) {
        for (const relation of relations) {
          const row = rowOf(relation);
          const before = await known.get(relation.a, relation.b);
          if (before !== undefined && columns.every((name) => before[name] === row[name])) continue;
          note(relation.a, relation.b, relation.kind, before?.kind as RelationKind | undefined);
          await put.run(...columns.map((name) => row[name]));
        }
      },
      async forget(pairs) {
        for (const { a, b } of pairs) {
          const before = await known.get(a, b);
          if (before === undefined) continue;
          note(a, b, undefined, before.kind as RelationKind);
          await remove.run(a, b);
        }
      },
      doubt: (items) => doubt.run(JSON.stringify(items)),
      relinked: () => [...relinked],
      joinedOrParted: () => [...rejoined],
    };
  };
}

export function relationOf(row: RelationRow): Relation {
  return {
    a: row.a,
    b: row.b,
    kind: row.kind as RelationKind,
    strength: row.strength,
    coverA: row.cover_a,
    coverB: row.cover_b,
    placeA: [row.from_a, row.to_a],
    placeB: [row.from_b, row.to_b],
    claimer: row.claimer ?? undefined,
    isExplicit: row.is_explicit === 1,
    reasons: JSON.parse(row.reasons) as Reason[],
  };
}

function rowOf({ placeA, placeB, ...one }: Relation): RelationRow {
  return {
    a: one.a,
    b: one.b,
    kind: one.kind,
    strength: one.strength,
    cover_a: one.coverA,
    cover_b: one.coverB,
    from_a: placeA[0],
    to_a: placeA[1],
    from_b: placeB[0],
    to_b: placeB[1],
    claimer: one.claimer ?? null,
    is_explicit: one.isExplicit ? 1 : 0,
    reasons: JSON.stringify(one.reasons),
  };
}
