/**
 * Fingerprints that stand in three different texts are boilerplate: footers, disclaimers, turns of phrase. Counted in texts that
 * differ and not in items, so that what twenty groups repost stays what it is recognised by.
 *
 * What one partner writes three times counts for nothing in its own texts alone, so that nobody takes the words of others away
 * by writing them down. What three partners have in common counts for nothing in any text, but for one that is hardly anything
 * else: there it is no turn of phrase, and whoever put it into theirs has it from there.
 *
 * Whether two texts differ is told by the two alone. So a fingerprint's fate depends on which items there are, and not on
 * the order in which they came, nor on the stories that were made of them meanwhile.
 */
import type { SourceKey } from '../model.ts';
import { type Compared, type Marked, pairKey, type Stop, type Stopped } from '../story-plan.ts';
import { coverOf, isLargePart, isWorthAsking, sideOfSorted } from './overlap.ts';
import { areFarApart } from './spans.ts';
import { isOneTitle } from './titles.ts';

/** Texts of one partner, and of others, looked at of all that have a fingerprint. */
const mostTexts = 16;
/** So many fingerprints, and so much of a text, are the text itself. */
const fewestOfBody = 20;
const bodyPart = 0.8;

type IsIt = (a: Marked, b: Marked) => boolean;

/**
 * @param holders items by fingerprint, all of them at most sixty days from an item at hand
 * @param items what is known of them, by id
 * @param own ids of the items at hand: what the others are to each other has been told before
 * @returns the fingerprints that are boilerplate from now on, and where
 */
export function boilerplateIn(
  holders: ReadonlyMap<number, readonly number[]>,
  items: ReadonlyMap<number, Marked>,
  own: ReadonlySet<number>,
  areOnePartner: (a: SourceKey, b: SourceKey) => boolean,
): Stop[] {
  const areDifferent = comparer();
  const areKin: IsIt = (a, b) => areOnePartner(a.sourceKey, b.sourceKey);
  const scopes = new Map<string, readonly Stop['source'][]>();
  const found: Stop[] = [];
  for (const [print, ids] of holders) {
    if (ids.length < 3) continue;
    const key = ids.join();
    const known = ids.map((id) => items.get(id)).filter((one) => one !== undefined);
    const scope = scopes.get(key) ?? scopeOf(ownFirst(known, own), own, areKin, areDifferent);
    scopes.set(key, scope);
    for (const source of scope) found.push({ print, source });
  }
  return found;
}

function ownFirst(texts: readonly Marked[], own: ReadonlySet<number>): Marked[] {
  return texts.toSorted((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)));
}

/** Sources that have one of three different texts of their partner; and `undefined` where three partners have one each. */
function scopeOf(
  texts: readonly Marked[],
  own: ReadonlySet<number>,
  areKin: IsIt,
  areDifferent: IsIt,
): readonly Stop['source'][] {
  const found = new Set<Stop['source']>();
  for (const one of texts.filter(({ id }) => own.has(id))) {
    const kin = texts.filter((other) => other !== one && areKin(one, other)).slice(0, mostTexts);
    if (![one, ...kin].every(({ sourceKey }) => found.has(sourceKey)))
      for (const [other, third] of pairsAmong(kin, one, areDifferent))
        for (const { sourceKey } of [one, other, third]) found.add(sourceKey);
    if (found.has(undefined)) continue;
    const strangers = texts.filter((other) => !areKin(one, other)).slice(0, mostTexts);
    if (pairsAmong(strangers, one, areDifferent).some(([other, third]) => !areKin(other, third))) found.add(undefined);
  }
  return [...found];
}

/** Two of these that differ from each other and from this one. */
function pairsAmong(texts: readonly Marked[], one: Marked, areDifferent: IsIt): (readonly [Marked, Marked])[] {
  const others = texts.filter((other) => areDifferent(one, other));
  return others.flatMap((other, at) =>
    others.slice(at + 1).flatMap((third) => (areDifferent(other, third) ? [[other, third] as const] : [])),
  );
}

/** @returns the fingerprints that count for nothing in this text */
export function uncountedIn(
  { sourceKey, imprint: { prints } }: Pick<Compared, 'sourceKey' | 'imprint'>,
  stopped: Stopped,
): ReadonlySet<number> {
  const found = new Set<number>();
  const everywhere: number[] = [];
  for (const print of prints) {
    const scope = stopped.get(print);
    if (scope?.sources.has(sourceKey)) found.add(print);
    else if (scope?.isEverywhere) everywhere.push(print);
  }
  if (!areBody(everywhere.length, prints.length - found.size)) for (const print of everywhere) found.add(print);
  return found;
}

/** @returns whether fewer fingerprints than that count in this text, of which `uncountedIn` leaves as many */
export function countsFewer({ sourceKey, sorted }: Marked, stopped: Stopped, than: number): boolean {
  let [own, everywhere, others] = [0, 0, 0];
  for (const print of sorted) {
    const scope = stopped.get(print);
    if (scope?.sources.has(sourceKey)) own++;
    else if (scope?.isEverywhere) everywhere++;
    else if (++others >= than) return false; // as nearly always: what is asked about may have to be read
  }
  return (areBody(everywhere, sorted.length - own) ? others + everywhere : others) < than;
}

/** @param left of a text's fingerprints, without what counts for nothing in those of its source */
function areBody(everywhere: number, left: number): boolean {
  return everywhere >= fewestOfBody && everywhere >= left * bodyPart;
}

function comparer(): IsIt {
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
function areAlike(a: Marked, b: Marked): boolean {
  const cover = coverOf(sideOfSorted(a.sorted), sideOfSorted(b.sorted));
  if (a.sourceKey !== b.sourceKey) return isWorthAsking(cover) && isLargePart(cover);
  return isOneTitle(a.title, b.title) && Math.min(cover.coverA, cover.coverB) >= 0.85;
}
