/**
 * Two unrelated texts that stand inside a third make no story of the three: a round-up, a digest, or a post that names six
 * pages to be found beside them. Told from where in the third the common passages lie.
 */
import { pairKey, type ReasonCode, type Relation } from '../story-plan.ts';

/** So much of a text is a part of it, and so much is most of it. */
const part = 0.1;
const most = 0.6;
/** So much of the shorter of two passages lies in the other: they are one passage. */
const overlapping = 0.5;

/** Says by itself that this is the same text, wherever else that stands. */
const firm: ReadonlySet<ReasonCode> = new Set(['same-guid', 'same-text', 'same-title']);

interface Neighbour {
  readonly id: number;
  readonly relation: Relation;
  /** How much of the text at hand it covers, and where. */
  readonly cover: number;
  readonly place: readonly [number, number];
}

/**
 * @param joining ties between items, the strongest first
 * @param others how else pairs of them, and of others, stand: what a text includes or quotes counts, whoever wrote it
 * @returns those ties that hold, in the same order
 */
export function withoutCollages(joining: readonly Relation[], others: readonly Relation[]): readonly Relation[] {
  const neighbours = new Map<number, Neighbour[]>();
  const add = (id: number, neighbour: Neighbour): void => {
    const known = neighbours.get(id);
    if (known === undefined) neighbours.set(id, [neighbour]);
    else known.push(neighbour);
  };
  for (const relation of [...joining, ...others]) {
    const { a, b, coverA, coverB, placeA, placeB } = relation;
    add(a, { id: b, relation, cover: coverA, place: placeA });
    add(b, { id: a, relation, cover: coverB, place: placeB });
  }
  const isTied = new Set(joining.map(({ a, b }) => pairKey(a, b)));
  const dropped = new Set<Relation>();
  for (const [id, around] of neighbours) for (const relation of loosened(id, around, isTied)) dropped.add(relation);
  return joining.filter((relation) => !dropped.has(relation));
}

/** Ties of one item that do not hold beside its others. */
function loosened(id: number, around: readonly Neighbour[], isTied: ReadonlySet<string>): Relation[] {
  if (around.length < 2) return [];
  // Whoever says that they have it from here is here by their own word.
  const counted = around.filter(({ relation }) => relation.claimer === undefined || relation.claimer === id);
  const passages = passagesAmong(counted, isTied);
  if (passages.length < 2) return [];
  const worth = (passage: readonly Neighbour[]): number => Math.max(...passage.map(({ cover }) => cover));
  const order = (passage: readonly Neighbour[]): number => Math.min(...passage.map((one) => around.indexOf(one)));
  const [first = [], ...others] = passages.sort((one, other) => worth(other) - worth(one) || order(one) - order(other));
  const isMost = worth(first) >= most || others.every((passage) => worth(passage) < part);
  return (isMost ? others : passages)
    .flat()
    .filter((one) => !isFirm(one))
    .map(({ relation }) => relation);
}

function isFirm({ relation }: Neighbour): boolean {
  const codes = relation.reasons.map(({ code }) => code);
  return codes.some((code) => firm.has(code)) || (codes.includes('cut') && codes.includes('lead'));
}

/** Neighbours that stand for one passage: tied to each other, or over much the same place. */
function passagesAmong(around: readonly Neighbour[], isTied: ReadonlySet<string>): Neighbour[][] {
  const passages: Neighbour[][] = [];
  for (const one of around) {
    const fitting = passages.filter((passage) =>
      passage.some((other) => isTied.has(pairKey(one.id, other.id)) || areOver(one, other)),
    );
    const united = [one, ...fitting.flat()];
    for (const passage of fitting) passages.splice(passages.indexOf(passage), 1);
    passages.push(united);
  }
  return passages;
}

function areOver({ place: [a, b] }: Neighbour, { place: [c, d] }: Neighbour): boolean {
  const shorter = Math.min(b - a, d - c);
  return shorter > 0 && Math.min(b, d) - Math.max(a, c) >= shorter * overlapping;
}
