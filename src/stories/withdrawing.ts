/**
 * What goes along with a text that was taken back. Its own group's copies in other feeds; what that group lists anew with
 * the same words; and, where its policy has not said otherwise, what others have reposted of it. Pure.
 *
 * Each group speaks for its own: one that never said whose a text is published on its own, and no other source can take that
 * away; the maintainer can. Of a joint text each author takes back its own copy, and reposts go with the last.
 */
import type { Attribution, Original, SourceKey } from '../model.ts';
import {
  type Compared,
  type Going,
  type Imprint,
  joiningKinds,
  pairKey,
  type Relation,
  type Shelf,
  type Standing,
} from '../story-plan.ts';
import { attribute } from './attribute.ts';
import { overlapOf } from './overlap.ts';
import type { Groups } from './settle.ts';
import { uncountedIn } from './stop-prints.ts';
import type { StoryMember } from './voices.ts';

/** Parts of either text that make a new one the one that was taken back; a beginning of it is in it as a whole. */
const mostOfText = 0.7;
const partOfText = 0.3;
const fewestShared = 3;

/**
 * Items that have just come, or been rewritten, and are now what their own group, or the maintainer, had taken back before.
 * @param compared them, and all that they were compared with
 * @param before what those that were rewritten were recognised by
 * @returns item → the one it is again
 */
export function comeAgain(
  compared: readonly Compared[],
  before: ReadonlyMap<number, Imprint>,
  shelf: Pick<Shelf, 'relations' | 'stopped'>,
  { directory }: Groups,
): ReadonlyMap<number, Compared> {
  const found = new Map<number, Compared>();
  const gone = compared.filter(({ takenBackBy }) => takenBackBy !== undefined);
  if (gone.length === 0) return found;
  const fresh = compared.filter(
    ({ id, storyId, isWithdrawn, isLetIn }) => !isWithdrawn && (storyId === 0 || (before.has(id) && !isLetIn)),
  );
  const relations = new Map(
    shelf.relations(fresh.map(({ id }) => id)).map((relation) => [pairKey(relation.a, relation.b), relation]),
  );
  for (const one of fresh) {
    const own = gone.filter((other) => mayTakeBack(other, one.sourceKey, directory));
    const same = own.find((other) => isSameText(one, other, relations.get(pairKey(one.id, other.id)), shelf));
    // A double that has stood all the while stays, whatever is mended in it.
    const old = before.get(one.id);
    const isDouble = old !== undefined && same !== undefined && haveOneText({ ...one, imprint: old }, same, shelf);
    if (same !== undefined && !isDouble) found.set(one.id, same);
  }
  return found;
}

/** Two posts of one source are two posts, and tied by nothing, however much they have in common: so words are asked here. */
function isSameText(
  fresh: Compared,
  gone: Compared,
  relation: Relation | undefined,
  shelf: Pick<Shelf, 'stopped'>,
): boolean {
  if (relation !== undefined && joiningKinds.has(relation.kind)) return true;
  if (relation !== undefined && relation.kind !== 'apart') return false; // an appeal used again, with another day
  const [days, others] = [fresh.imprint.days, gone.imprint.days];
  if (days.length > 0 && others.length > 0 && !days.some((day) => others.includes(day))) return false;
  if (
    fresh.keys.some(({ kind, key }) => kind === 'text' && gone.keys.some((one) => one.kind === kind && one.key === key))
  )
    return true;
  return haveOneText(fresh, gone, shelf);
}

function haveOneText(fresh: Compared, gone: Compared, shelf: Pick<Shelf, 'stopped'>): boolean {
  const stopped = shelf.stopped([...fresh.imprint.prints, ...gone.imprint.prints]);
  const uncounted = new Set([...uncountedIn(fresh, stopped), ...uncountedIn(gone, stopped)]);
  const { shared, coverA, coverB } = overlapOf(fresh.imprint.prints, gone.imprint.prints, uncounted);
  return shared >= fewestShared && (coverA >= mostOfText || (coverB >= mostOfText && coverA >= partOfText));
}

type Member = StoryMember & Standing;

export interface Spread {
  readonly going: readonly Going[];
  /** Who wrote what is left, where the author's own copy is gone and others stay. */
  readonly original: Pick<Attribution, 'original' | 'jointly' | 'confidence'> | undefined;
}

/**
 * What goes along with members of one story that were taken back.
 * @param ruled who wrote it, where the maintainer has said so
 */
export function spread(members: readonly Member[], groups: Groups, ruled: Original | undefined): Spread {
  const gone = members.filter(isGone);
  const isNothing =
    !members.some((one) => isGone(one) || one.isAwaited) || members.every(({ isWithdrawn }) => isWithdrawn);
  if (isNothing) return { going: [], original: undefined };
  const { directory } = groups;
  const going = new Map<number, Going>();
  const go = (one: Member, root: Member, how: Going['how']): void => {
    const { id: itemId, sourceKey } = one;
    const by = root.takenBackBy === 'source' ? 'source' : 'maintainer';
    going.set(itemId, { itemId, sourceKey, source: groups.nameOf(sourceKey), wentWith: root.id, by, how });
  };
  const isStanding = ({ id, isWithdrawn }: Member): boolean => !isWithdrawn && !going.has(id);
  for (const one of members) {
    if (!isStanding(one) || one.isLetIn) continue;
    const own = gone.find((other) => other.sourceKey !== one.sourceKey && mayTakeBack(other, one.sourceKey, directory));
    if (own !== undefined) go(one, own, 'edition');
  }
  // As if nothing had been taken back: whose it was has not changed with that.
  const whole = attribute(
    members.map((one) => ({ ...one, isWithdrawn: false })),
    directory,
    ruled,
  );
  const root = rootOf(whole, members);
  const isAuthor = authorsIn(whole, root, groups);
  if (root === undefined || members.some((one) => isAuthor(one.sourceKey) && isStanding(one)))
    return { going: [...going.values()], original: undefined };
  const isKnown = whole.confidence !== 'guessed';
  const isLetBe = groups.keepsReposts(root.sourceKey) || root.isAwaited;
  if (!isLetBe) {
    const isTheirs = whole.confidence === 'ruled' || (root.takenBackBy === 'maintainer' && isKnown);
    const isFromThere = takenFrom(root, members, groups);
    for (const one of members)
      if (isStanding(one) && !one.isLetIn && (isTheirs || isFromThere(one))) go(one, root, 'repost');
  }
  const isKept = isLetBe || members.some((one) => isStanding(one) && one.isLetIn);
  const isLeft = isKept && isKnown && members.some(isStanding);
  const { jointly, confidence } = whole;
  const original: Original = { kind: 'elsewhere', sourceKey: root.sourceKey, name: undefined, url: undefined };
  return { going: [...going.values()], original: isLeft ? { original, jointly, confidence } : undefined };
}

/**
 * Members that say they have it from there, or from one that says so. Whoever names somebody else is none of them, or a group
 * could take away what is not its own.
 */
function takenFrom(root: Member, members: readonly Member[], { directory }: Groups): (one: Member) => boolean {
  const { takenBackBy } = root;
  const from = new Set<Member>([root]);
  const names = (one: Member): boolean =>
    one.evidence.some(
      ({ says, targetSource: key }) =>
        says !== 'same' &&
        key !== undefined &&
        [...from].some(({ sourceKey }) => mayTakeBack({ sourceKey, takenBackBy }, key, directory)),
    );
  for (let before = 0; before < from.size; ) {
    before = from.size;
    for (const one of members) if (names(one)) from.add(one);
  }
  return (one) => from.has(one);
}

/** A feed speaks for its own group only where it is known to be of it; the maintainer knows whose is whose. */
function mayTakeBack(
  { sourceKey, takenBackBy }: Pick<Standing, 'sourceKey' | 'takenBackBy'>,
  key: SourceKey,
  { areOnePartner, speaksFor }: Groups['directory'],
): boolean {
  return takenBackBy === 'source' ? speaksFor(sourceKey, key) : areOnePartner(sourceKey, key);
}

/** What was hidden is not withdrawn, nor what no section keeps. */
function isGone({ takenBackBy: by }: Member): boolean {
  return by === 'source' || by === 'maintainer';
}

/** The author's own copy, where it was taken back, or is waited for. */
function rootOf({ original }: Attribution, members: readonly Member[]): Member | undefined {
  const held = original.kind === 'item' ? members.find(({ id }) => id === original.itemId) : undefined;
  return held !== undefined && (isGone(held) || held.isAwaited) ? held : undefined;
}

function authorsIn(
  { jointly }: Attribution,
  root: Member | undefined,
  { directory }: Groups,
): (key: SourceKey) => boolean {
  const keys = [root?.sourceKey, ...jointly.map(({ sourceKey }) => sourceKey)].filter((key) => key !== undefined);
  return (key) => keys.some((one) => directory.areOnePartner(one, key));
}
