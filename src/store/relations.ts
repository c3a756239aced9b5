/** How pairs of items stand to each other, as it was decided last. */
import { linkingKinds, type Reason, type Relation, type RelationKind, type Shelf } from '../story-plan.ts';
import { byIds } from './by-ids.ts';
import type { Engine } from './engine.ts';
import type { RelationRow } from './schema.ts';

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

/** @returns what is known of pairs, anew for each decision: it notes what has become of links that readers are shown */
export function openRelations(engine: Engine): () => Pick<Shelf, 'relations' | 'relate' | 'forget' | 'relinked'> {
  const by = (end: 'a' | 'b') => byIds<RelationRow>(engine, (among) => `select * from relations where ${end} ${among}`);
  const [byFirst, bySecond] = [by('a'), by('b')];
  const put = engine.prepare(
    `insert into relations (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})
       on conflict (a, b) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  );
  const remove = engine.prepare('delete from relations where a = ? and b = ?');
  const kindOf = engine.prepare<{ kind: RelationKind }>('select kind from relations where a = ? and b = ?');
  return () => {
    const relinked = new Set<number>();
    /** @returns what they were before */
    const note = async (a: number, b: number, kind: RelationKind | undefined): Promise<RelationKind | undefined> => {
      const before = (await kindOf.get(a, b))?.kind;
      const isLink = [before, kind].some((one) => one !== undefined && linkingKinds.has(one));
      if (before !== kind && isLink) relinked.add(a).add(b);
      return before;
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
          await note(relation.a, relation.b, relation.kind);
          const row = rowOf(relation);
          await put.run(...columns.map((name) => row[name]));
        }
      },
      async forget(pairs) {
        for (const { a, b } of pairs) {
          if ((await note(a, b, undefined)) !== undefined) await remove.run(a, b);
        }
      },
      relinked: () => [...relinked],
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
