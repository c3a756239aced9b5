/**
 * What was taken back and comes again under another guid, or in another post that is rewritten: recognised by words alone,
 * since two posts of one source are two posts, and tied by nothing, however much they have in common.
 */
import {
  type Compared,
  type Imprint,
  joiningKinds,
  pairKey,
  type Relation,
  type Shelf,
  type Standing,
} from '../story-plan.ts';
import { coverOf, type Side, sideOf } from './overlap.ts';
import { saidAgain, saidElsewhere } from './said.ts';
import type { Groups } from './settle.ts';
import { uncountedIn } from './stop-prints.ts';
import { mayTakeBack } from './withdrawing.ts';

/** Parts of either text that make a new one the one that was taken back; a beginning of it is in it as a whole. */
const mostOfText = 0.7;
const partOfText = 0.3;
const fewestShared = 3;

type Known = Pick<Shelf, 'relations' | 'stopped' | 'takenBack' | 'compared' | 'holders' | 'standing'>;

/**
 * Items that have just come, or been rewritten, and are now what their own group, or the maintainer, had taken back before.
 * @param compared them, and all that they were compared with
 * @param before what those that were rewritten were recognised by
 * @returns item → the one it is again
 */
export async function comeAgain(
  compared: readonly Compared[],
  before: ReadonlyMap<number, Imprint>,
  shelf: Known,
  { directory }: Groups,
): Promise<ReadonlyMap<number, Compared>> {
  const found = new Map<number, Compared>();
  const fresh = compared.filter(
    ({ id, storyId, isWithdrawn, isLetIn }) => !isWithdrawn && (storyId === 0 || (before.has(id) && !isLetIn)),
  );
  if (fresh.length === 0) return found;
  const gone = (await withFewWords(compared, fresh, shelf)).filter(({ takenBackBy }) => takenBackBy !== undefined);
  if (gone.length === 0) return found;
  const relations = new Map(
    (await shelf.relations(fresh.map(({ id }) => id))).map((relation) => [pairKey(relation.a, relation.b), relation]),
  );
  const isFresh = new Set(fresh.map(({ id }) => id));
  for (const one of fresh) {
    const own = gone.filter((other) => mayTakeBack(other, one.sourceKey, directory));
    const isOwn = ({ id, sourceKey, isWithdrawn }: Standing): boolean =>
      !isWithdrawn && !isFresh.has(id) && directory.areOnePartner(sourceKey, one.sourceKey);
    const isAgain = async (other: Compared): Promise<boolean> =>
      (await isSameText(one, other, relations.get(pairKey(one.id, other.id)), shelf)) ||
      (await saysTheSame(one, other, shelf, isOwn));
    const same = await first(own, isAgain);
    // A double that has stood all the while stays, whatever is mended in it.
    const old = before.get(one.id);
    const isDouble =
      old !== undefined && same !== undefined && (await haveOneText({ ...one, imprint: old }, same, shelf));
    if (same !== undefined && !isDouble) found.set(one.id, same);
  }
  return found;
}

async function first<T>(list: readonly T[], isMeant: (one: T) => Promise<boolean>): Promise<T | undefined> {
  for (const one of list) if (await isMeant(one)) return one;
  return undefined;
}

/** All that was read, and what was taken back and may say the same in few words. */
async function withFewWords(
  compared: readonly Compared[],
  fresh: readonly Compared[],
  shelf: Known,
): Promise<readonly Compared[]> {
  const known = new Set(compared.map(({ id }) => id));
  const ids = await shelf.takenBack(fresh.flatMap(({ keys }) => keys.flatMap(saidElsewhere)));
  const unread = ids.filter((id) => !known.has(id));
  return unread.length === 0 ? compared : [...compared, ...(await shelf.compared(unread))];
}

async function isSameText(
  fresh: Compared,
  gone: Compared,
  relation: Relation | undefined,
  shelf: Pick<Shelf, 'stopped'>,
): Promise<boolean> {
  if (relation !== undefined && joiningKinds.has(relation.kind)) return true;
  if (relation !== undefined && relation.kind !== 'apart') return false; // an appeal used again, with another day
  if (areForOtherDays(fresh, gone)) return false;
  if (
    fresh.keys.some(({ kind, key }) => kind === 'text' && gone.keys.some((one) => one.kind === kind && one.key === key))
  )
    return true;
  return await haveOneText(fresh, gone, shelf);
}

/**
 * Few words are a habit where another post of the group still stands under them ("The kitchen is open"): then that one was
 * taken back says nothing of the next.
 * @param isOwn of a stored item, whether it is of the group and stands
 */
async function saysTheSame(
  fresh: Compared,
  gone: Compared,
  shelf: Pick<Shelf, 'holders' | 'standing'>,
  isOwn: (one: Standing) => boolean,
): Promise<boolean> {
  if (areForOtherDays(fresh, gone)) return false;
  for (const key of saidAgain(fresh.keys, gone.keys)) {
    const others = (await shelf.holders([key])).map(({ itemId }) => itemId);
    const standing = await shelf.standing(others.filter((id) => id !== fresh.id && id !== gone.id));
    if (!standing.some(isOwn)) return true;
  }
  return false;
}

function areForOtherDays({ imprint: { days } }: Compared, { imprint: { days: others } }: Compared): boolean {
  return days.length > 0 && others.length > 0 && !days.some((day) => others.includes(day));
}

async function haveOneText(fresh: Compared, gone: Compared, shelf: Pick<Shelf, 'stopped'>): Promise<boolean> {
  const stopped = await shelf.stopped([...fresh.imprint.prints, ...gone.imprint.prints]);
  const side = (one: Compared): Side => sideOf(one.imprint.prints, uncountedIn(one, stopped));
  const { shared, coverA, coverB } = coverOf(side(fresh), side(gone));
  return shared >= fewestShared && (coverA >= mostOfText || (coverB >= mostOfText && coverA >= partOfText));
}
