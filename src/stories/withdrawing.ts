/**
 * What goes along with a text that was taken back: its own group's copies in other feeds and, where its policy has not said
 * otherwise, what others have reposted of it. What comes again is returning.ts's. Pure.
 *
 * Each group speaks for its own: one that never said whose a text is published on its own, and no other source can take that
 * away; the maintainer can. Of a joint text each author takes back its own copy, and reposts go with the last.
 */
import type { Attribution, Evidence, Original, SourceKey } from '../model.ts';
import type { Going, Standing } from '../story-plan.ts';
import { attribute } from './attribute.ts';
import type { Groups } from './settle.ts';
import type { StoryMember } from './voices.ts';

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
    return {
      going: [...going.values()],
      original: root && ofThoseLeft(root, members, isStanding, { directory, ruled }),
    };
  const isKnown = whole.confidence !== 'guessed';
  const isLetBe = groups.keepsReposts(root.sourceKey) || root.isAwaited;
  if (!root.isAwaited) {
    const isTheirs = whole.confidence === 'ruled' || (root.takenBackBy === 'maintainer' && isKnown);
    const isFromThere = takenFrom(root, members, groups);
    // Aggregators decide nothing: two that read each other would keep for ever what each has only from the other.
    const mayGo = (one: Member): boolean => !isLetBe || directory.roleOf(one.sourceKey) === 'aggregator';
    for (const one of members)
      if (isStanding(one) && !one.isLetIn && mayGo(one) && (isTheirs || isFromThere(one))) go(one, root, 'repost');
  }
  const isKept = isLetBe || members.some((one) => isStanding(one) && one.isLetIn);
  const isLeft = isKept && isKnown && members.some(isStanding);
  const { jointly, confidence } = whole;
  const original: Original = { kind: 'elsewhere', sourceKey: root.sourceKey, name: undefined, url: undefined };
  return {
    going: [...going.values()],
    original: isLeft ? { original, jointly, confidence } : ofThoseLeft(root, members, isStanding, { directory, ruled }),
  };
}

/**
 * Who wrote what a source's word has not taken along, by those who stand alone, where all together would still say that it is what
 * is gone: a story is shown nowhere then, and with it the texts that were to stay.
 * @returns undefined where there is nothing to say about it
 */
function ofThoseLeft(
  root: Member,
  members: readonly Member[],
  isStanding: (one: Member) => boolean,
  { directory, ruled }: { readonly directory: Groups['directory']; readonly ruled: Original | undefined },
): Spread['original'] {
  const standing = members.filter(isStanding);
  if (root.takenBackBy !== 'source' || standing.length === 0) return undefined;
  const all = attribute(
    members.map((one) => ({ ...one, isWithdrawn: !isStanding(one) })),
    directory,
    ruled,
  );
  const held = all.original.kind === 'item' ? all.original.itemId : undefined;
  if (held === undefined || standing.some(({ id }) => id === held)) return undefined;
  const { original, jointly, confidence } = attribute(standing, directory, ruled);
  return { original, jointly, confidence };
}

/**
 * Members that say they have it from there, or from one that says so. Whoever names somebody else is none of them, or a group
 * could take away what is not its own. Where a source has taken it back, a credit counts by what the maintainer wrote: any feed can
 * call itself by the name that stands in another's post.
 */
function takenFrom(root: Member, members: readonly Member[], { directory }: Groups): (one: Member) => boolean {
  const { takenBackBy } = root;
  const from = new Set<Member>([root]);
  const meant = (one: Evidence): SourceKey | undefined =>
    one.targetSource === undefined || takenBackBy !== 'source' ? one.targetSource : directory.givenIn(one);
  const names = (one: Member): boolean =>
    one.evidence.some((said) => {
      const key = said.says === 'same' ? undefined : meant(said);
      return (
        key !== undefined && [...from].some(({ sourceKey }) => mayTakeBack({ sourceKey, takenBackBy }, key, directory))
      );
    });
  for (let before = 0; before < from.size; ) {
    before = from.size;
    for (const one of members) if (names(one)) from.add(one);
  }
  return (one) => from.has(one);
}

/** A feed speaks for its own group only where it is known to be of it; the maintainer knows whose is whose. */
export function mayTakeBack(
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
