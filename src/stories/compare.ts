/** Items at hand beside all that share words, addresses or claims with them: which pairs there are, and what becomes of each. */
import type { ItemKey } from '../refresh-plan.ts';
import { type Compared, type Imprint, pairKey, type Relation, type Shelf } from '../story-plan.ts';
import { mostBeside, pairsByWords } from './by-words.ts';
import { imprintOf } from './imprint.ts';
import { answeringKeys } from './keys.ts';
import { fewestSharedOfShort, overlapOf, sideOf } from './overlap.ts';
import { type Pair, relate } from './relate.ts';
import type { Groups } from './settle.ts';
import { uncountedIn } from './stop-prints.ts';
import { ambiguousAmong, areTied, keysThatMayTie, tiesOf } from './ties.ts';
import { isOneTitle } from './titles.ts';
import { namesKeys } from './translations.ts';

/** Items that have two names or numbers in common: more, and these say nothing. */
const mostOfNames = 40;
/** Items of one key whose pairs are all decided anew. */
const mostOfKey = 40;

type PairIds = readonly [number, number];

export interface ComparedAnew {
  /** What was read. */
  readonly items: Iterable<Compared>;
  /** What those that stood before are recognised by no more, where their words have changed. */
  readonly before: ReadonlyMap<number, Imprint>;
}

/** Decides every pair that the items are part of, and notes what each has come to. @param ids of stored items */
export async function compareAnew(ids: readonly number[], shelf: Shelf, groups: Groups): Promise<ComparedAnew> {
  const known = new Map<number, Compared>();
  const worded = await shelf.worded(ids);
  const stood = await shelf.compared(worded.filter(({ storyId }) => storyId !== 0).map(({ id }) => id));
  const before = new Map(stood.map(({ id, imprint }) => [id, imprint]));
  for (const { text, title, isExcerpt, ...one } of worded) {
    const imprint = imprintOf({ text, title, isExcerpt });
    if (areEqual(before.get(one.id), imprint)) before.delete(one.id);
    await shelf.imprint(one, imprint);
    if (text !== '' || title !== '') known.set(one.id, { ...one, keys: await withNames(one, imprint, shelf), imprint });
  }
  await load(ids, known, shelf); // those that have lost their words
  const pairs = new Map<string, PairIds>();
  const add = (a: number, b: number): void => {
    if (a !== b) pairs.set(pairKey(a, b), a < b ? [a, b] : [b, a]);
  };
  const told = ids.filter((id) => known.get(id)?.storyId !== 0); // the others are new
  for (const { a, b } of await shelf.relations(told)) add(a, b);
  for (const { a, b } of await pairsByWords([...known.values()], shelf, groups.directory)) add(a, b);
  await addByKeys([...known.values()], shelf, add);
  await load([...pairs.values()].flat(), known, shelf);
  await decide([...pairs.values()], known, shelf, groups);
  return { items: known.values(), before };
}

/** Of a text too short for fingerprints the title is all that is compared. */
function areEqual(a: Imprint | undefined, { prints, title }: Imprint): boolean {
  if (a === undefined || a.prints.length !== prints.length) return false;
  return prints.length === 0 ? isOneTitle(a.title, title) : a.prints.every((print, at) => print === prints[at]);
}

/** Translations are looked for by what an imprint keeps. @returns all keys of the item */
async function withNames(
  { id, keys }: Pick<Compared, 'id' | 'keys'>,
  imprint: Imprint,
  shelf: Shelf,
): Promise<readonly ItemKey[]> {
  const others = keys.filter(({ kind }) => kind !== 'names');
  const names = namesKeys(imprint.names, imprint.days, imprint.title);
  const isAsBefore =
    keys.length === others.length + names.length && names.every(({ key }) => keys.some((one) => one.key === key));
  if (!isAsBefore) await shelf.nameKeys(id, names);
  return [...others, ...names];
}

async function load(ids: readonly number[], known: Map<number, Compared>, shelf: Shelf): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !known.has(id));
  if (missing.length > 0) for (const one of await shelf.compared(missing)) known.set(one.id, one);
}

/** Decides of these how they stand to those that they were found to stand to. @returns what was read */
export async function decideAgain(ids: readonly number[], shelf: Shelf, groups: Groups): Promise<readonly Compared[]> {
  const known = new Map<number, Compared>();
  const pairs = (await shelf.relations(ids)).map(({ a, b }): PairIds => [a, b]);
  await load(pairs.flat(), known, shelf);
  await decide(pairs, known, shelf, groups);
  return [...known.values()];
}

/** Pairs that share a key, or of which one names the other; and all pairs around a key that names nobody any more. */
async function addByKeys(own: readonly Compared[], shelf: Shelf, add: (a: number, b: number) => void): Promise<void> {
  const byKey = new Map<string, number[]>();
  const wanted = own.flatMap(({ keys }) => keys.flatMap(answeringKeys));
  // Asked for by themselves: names that everybody has are no reason to miss an address.
  const names = wanted.filter(({ kind }) => kind === 'names');
  const others = wanted.filter(({ kind }) => kind !== 'names');
  for (const { kind, key, itemId } of [...(await shelf.holders(others)), ...(await shelf.holders(names))]) {
    const name = `${kind} ${key}`;
    const items = byKey.get(name);
    if (items === undefined) byKey.set(name, [itemId]);
    else items.push(itemId);
  }
  for (const { id, keys } of own) {
    for (const key of keys) {
      for (const { kind, key: answer } of answeringKeys(key)) {
        const items = byKey.get(`${kind} ${answer}`) ?? [];
        if (kind === 'names' && items.length > mostOfNames) continue;
        for (const other of items.slice(0, mostBeside)) add(id, other);
        if (kind === key.kind && kind !== 'names' && items.length <= mostOfKey)
          for (const a of items) for (const b of items) if (a < b) add(a, b);
      }
    }
  }
}

async function decide(
  pairs: readonly PairIds[],
  known: ReadonlyMap<number, Compared>,
  shelf: Shelf,
  { directory, isOpen }: Groups,
): Promise<void> {
  if (pairs.length === 0) return;
  const involved = [...new Set(pairs.flat())].map((id) => known.get(id)).filter((one) => one !== undefined);
  const isAmbiguous = ambiguousAmong(await shelf.holders(keysThatMayTie(involved)));
  const kept: Relation[] = [];
  const gone: Pick<Relation, 'a' | 'b'>[] = [];
  const asked: Pair[] = [];
  for (const [idA, idB] of pairs) {
    const [a, b] = [known.get(idA), known.get(idB)];
    if (a === undefined || b === undefined) continue;
    const ties = tiesOf(a, b, isAmbiguous, directory);
    const overlap = overlapOf(sideOf(a.imprint.prints), sideOf(b.imprint.prints));
    const areOnePartner = directory.areOnePartner(a.sourceKey, b.sourceKey);
    const pair: Pair = { a, b, ties, overlap, areOnePartner, isOpen: isOpen(a.sourceKey) };
    // Boilerplate taken off, they would have less in common yet.
    const isBare = overlap.shared < fewestSharedOfShort && !areTied(ties);
    if (isBare && relate(pair) === undefined) gone.push({ a: idA, b: idB });
    else asked.push(pair);
  }
  for (const pair of await withoutBoilerplate(asked, shelf)) {
    const relation = relate(pair);
    if (relation === undefined) gone.push({ a: pair.a.id, b: pair.b.id });
    else kept.push(relation);
  }
  await shelf.forget(gone);
  await shelf.relate(kept);
}

/** What is boilerplate is asked of texts only that have passages in common, boilerplate or not. */
async function withoutBoilerplate(pairs: readonly Pair[], shelf: Shelf): Promise<Pair[]> {
  const prints: number[] = [];
  const sharing = new Set(pairs.flatMap(({ a, b, overlap }) => (overlap.shared === 0 ? [] : [a, b])));
  for (const { imprint } of sharing) for (const print of imprint.prints) prints.push(print);
  const stopped = await shelf.stopped(prints);
  const sides = new Map([...sharing].map((one) => [one, sideOf(one.imprint.prints, uncountedIn(one, stopped))]));
  return pairs.map((pair) => {
    const [a, b] = [sides.get(pair.a), sides.get(pair.b)];
    if (pair.overlap.shared === 0 || a === undefined || b === undefined) return pair;
    return { ...pair, overlap: overlapOf(a, b) };
  });
}
