/**
 * Fingerprints that stand in three different texts are boilerplate: footers, disclaimers, the words around a form. Counted
 * in texts that differ and not in items, so that what twenty groups repost stays what it is recognised by.
 *
 * Whether two texts differ is told by the two alone. So a fingerprint's fate depends on which items there are, and not on
 * the order in which they came, nor on the stories that were made of them meanwhile.
 */
import { type Compared, pairKey } from '../story-plan.ts';
import { isLargePart, isWorthAsking, overlapOf } from './overlap.ts';
import { areFarApart } from './spans.ts';
import { isOneTitle } from './titles.ts';

/** Texts looked at of all that have a fingerprint. */
const mostTexts = 16;

/**
 * @param holders items by fingerprint, all of them at most sixty days from an item at hand
 * @param items what is known of them, by id
 * @param own ids of the items at hand: what the others are to each other has been told before
 * @returns the fingerprints that are boilerplate from now on
 */
export function boilerplateIn(
  holders: ReadonlyMap<number, readonly number[]>,
  items: ReadonlyMap<number, Compared>,
  own: ReadonlySet<number>,
): number[] {
  const areDifferent = comparer();
  const isTripleBy = new Map<string, boolean>();
  const found: number[] = [];
  for (const [print, ids] of holders) {
    if (ids.length < 3) continue;
    const key = ids.join();
    const isTriple = isTripleBy.get(key) ?? hasThreeTexts(ids, items, own, areDifferent);
    isTripleBy.set(key, isTriple);
    if (isTriple) found.push(print);
  }
  return found;
}

function hasThreeTexts(
  ids: readonly number[],
  items: ReadonlyMap<number, Compared>,
  own: ReadonlySet<number>,
  areDifferent: (a: Compared, b: Compared) => boolean,
): boolean {
  const known = ids.map((id) => items.get(id)).filter((one) => one !== undefined);
  const texts = known.sort((a, b) => Number(own.has(b.id)) - Number(own.has(a.id))).slice(0, mostTexts);
  for (const [at, one] of texts.entries()) {
    if (!own.has(one.id)) return false;
    const others = texts.slice(at + 1).filter((other) => areDifferent(one, other));
    if (others.some((other, place) => others.slice(place + 1).some((third) => areDifferent(other, third)))) return true;
  }
  return false;
}

function comparer(): (a: Compared, b: Compared) => boolean {
  const known = new Map<string, boolean>();
  return (a, b) => {
    if (areFarApart(a.published, b.published)) return false;
    const key = pairKey(a.id, b.id);
    const before = known.get(key);
    if (before !== undefined) return before;
    const differ = !areAlike(a, b);
    known.set(key, differ);
    return differ;
  };
}

/** Two posts of one source are two texts, but for a post that is listed twice. */
function areAlike(a: Compared, b: Compared): boolean {
  const overlap = overlapOf(a.imprint.prints, b.imprint.prints);
  if (a.sourceKey !== b.sourceKey) return isWorthAsking(overlap) && isLargePart(overlap);
  return isOneTitle(a.imprint.title, b.imprint.title) && Math.min(overlap.coverA, overlap.coverB) >= 0.85;
}
