/**
 * Items and how they stand to each other → stories. The strongest ties are made first (J. B. Kruskal, 1956), each only where
 * it puts nothing together that is known to be apart. The same for every order in which the items came.
 */
import type { SourceKey } from '../model.ts';
import { joiningKinds, pairKey, type Relation, type Standing } from '../story-plan.ts';
import { withoutCollages } from './collage.ts';

export interface Clustering {
  readonly items: readonly Standing[];
  readonly relations: readonly Relation[];
  /** Pairs that the maintainer has ruled to be one story, or to be none. */
  readonly same: readonly (readonly [number, number])[];
  readonly different: readonly (readonly [number, number])[];
  readonly areOnePartner: (a: SourceKey, b: SourceKey) => boolean;
}

/** Ties at least as strong hold also where the two sides credit different groups: their texts are the same. */
const beyondDoubt = 90;

/** @returns ids by story; each in one */
export function cluster(input: Clustering): number[][] {
  const byId = new Map(input.items.map((one) => [one.id, one]));
  const nameOf = (id: number): string => `${byId.get(id)?.sourceKey}\n${byId.get(id)?.guid}`;
  const groups = new Map(input.items.map(({ id }) => [id, [id]]));
  const joining = input.relations.filter(({ a, b, kind }) => joiningKinds.has(kind) && byId.has(a) && byId.has(b));
  const isTied = new Set(joining.map(({ a, b }) => pairKey(a, b)));
  const different = new Set(input.different.map(([a, b]) => pairKey(a, b)));
  const unite = (
    a: number,
    b: number,
    isAllowed: (one: readonly number[], other: readonly number[]) => boolean,
  ): void => {
    const [one, other] = [groups.get(a), groups.get(b)];
    if (one === undefined || other === undefined || one === other) return;
    if (one.some((id) => other.some((third) => different.has(pairKey(id, third)))) || !isAllowed(one, other)) return;
    const all = [...one, ...other];
    for (const id of all) groups.set(id, all);
  };
  for (const [a, b] of input.same) unite(a, b, () => true);
  const standings = (ids: readonly number[]): Standing[] =>
    ids.map((id) => byId.get(id)).filter((one) => one !== undefined);
  const others = input.relations.filter(({ kind }) => kind === 'includes' || kind === 'quotes');
  for (const tie of withoutCollages(byStrength(joining, nameOf), others))
    unite(tie.a, tie.b, (one, other) => {
      if (hasTwoOfOneSource(standings(one), standings(other), isTied)) return false;
      return tie.isExplicit || tie.strength >= beyondDoubt || !creditOthers(standings(one), standings(other), input);
    });
  return [...new Set(groups.values())];
}

function byStrength(relations: readonly Relation[], nameOf: (id: number) => string): readonly Relation[] {
  const named = relations.map((relation) => ({
    relation,
    name: [nameOf(relation.a), nameOf(relation.b)].sort().join('\n'),
  }));
  named.sort((one, other) => other.relation.strength - one.relation.strength || (one.name < other.name ? -1 : 1));
  return named.map(({ relation }) => relation);
}

/** Two posts of one source that are not one by themselves do not become one because a third carries both. */
function hasTwoOfOneSource(one: readonly Standing[], other: readonly Standing[], isTied: ReadonlySet<string>): boolean {
  return one.some((a) => other.some((b) => a.sourceKey === b.sourceKey && !isTied.has(pairKey(a.id, b.id))));
}

/** Each side says outright who wrote it, and they name different groups. */
function creditOthers(one: readonly Standing[], other: readonly Standing[], { areOnePartner }: Clustering): boolean {
  const [a, b] = [creditedBy(one), creditedBy(other)];
  if (a.length === 0 || b.length === 0) return false;
  const isMember = (key: SourceKey, side: readonly Standing[]): boolean =>
    side.some(({ sourceKey }) => areOnePartner(sourceKey, key));
  return (
    !a.some((key) => isMember(key, other) || b.some((third) => areOnePartner(key, third))) &&
    !b.some((key) => isMember(key, one))
  );
}

function creditedBy(side: readonly Standing[]): SourceKey[] {
  return side.flatMap(({ statements }) =>
    statements
      .filter(({ says, strength }) => says === 'original' && strength >= 3)
      .map(({ targetSource }) => targetSource)
      .filter((key) => key !== undefined),
  );
}
