/**
 * From the members of a story and what they say, who wrote it and who passed it on. Pure, and the same whatever order
 * the members came in. Not the earliest date: that names the right group for 30 % of real reposts (spec reposts §4c).
 * Explicit statements beat addresses, addresses beat dates.
 */
import type { Attribution, Confidence, Evidence, Member, Original, SourceKey } from '../model.ts';
import type { Standing } from '../story-plan.ts';
import type { Directory } from './directory.ts';
import { needsTheirCopy } from './statements.ts';

/** Longest chain of "taken from" that is followed. */
const maxHops = 5;

type Partners = Pick<Directory, 'areOnePartner'>;

/** An item of a story, with what it says of itself and what ties it to the others. */
export interface StoryMember
  extends Pick<Standing, 'sourceKey' | 'guid' | 'date' | 'published' | 'isWithdrawn' | 'textLength'> {
  readonly id: number;
  readonly evidence: readonly Evidence[];
}

/**
 * @param members at least one
 * @param ruled who wrote it, where the maintainer has said so
 * @returns the original, and the members in the order of their dates with their roles
 */
export function attribute(members: readonly StoryMember[], partners: Partners, ruled?: Original): Attribution {
  const byDate = [...members].sort(earlierFirst);
  const original =
    ruled === undefined ? electOriginal(candidatesAmong(byDate, partners), partners) : held(ruled, byDate, partners);
  const originalMember = original.kind === 'item' ? byDate.find((one) => one.id === original.itemId) : undefined;
  const originalKey = original.kind === 'item' ? originalMember?.sourceKey : original.sourceKey;
  return {
    original,
    confidence: ruled === undefined ? confidenceIn(byDate, partners) : 'ruled',
    members: [...byDate]
      .sort((a, b) => a.date - b.date)
      .map((member) => {
        const taken = statementOf(member, byDate, partners) ?? member.evidence.find((one) => one.says === 'via');
        return roleOf(member, { original, originalKey, takenFrom: taken?.targetSource }, partners);
      }),
  };
}

function confidenceIn(byDate: readonly StoryMember[], partners: Partners): Confidence {
  const [first, ...rest] = byDate;
  if (byDate.some((member) => statementOf(member, byDate, partners) !== undefined)) return 'said';
  const others = rest.filter((one) => first !== undefined && !partners.areOnePartner(one.sourceKey, first.sourceKey));
  if (others.length === 0) return 'said';
  const end = first?.published?.to;
  return end !== undefined && others.every(({ published }) => published !== undefined && published.from > end)
    ? 'dated'
    : 'guessed';
}

interface Elected {
  readonly original: Original;
  readonly originalKey: SourceKey | undefined;
  /** Whom this member says it took the text from. */
  readonly takenFrom: SourceKey | undefined;
}

function roleOf(member: StoryMember, { original, originalKey, takenFrom }: Elected, partners: Partners): Member {
  if (original.kind === 'item' && original.itemId === member.id) {
    return { itemId: member.id, role: 'original', via: undefined, evidence: member.evidence };
  }
  const isCopy = originalKey !== undefined && partners.areOnePartner(member.sourceKey, originalKey);
  const isDirect =
    takenFrom === undefined || (originalKey !== undefined && partners.areOnePartner(takenFrom, originalKey));
  return {
    itemId: member.id,
    role: isCopy ? 'copy' : 'repost',
    via: isDirect ? undefined : takenFrom,
    evidence: member.evidence,
  };
}

/**
 * Total order by the partners' own dates, so that neither equal dates nor the order of arrival shows in the outcome. One that
 * names only a day or a month counts from its end. What has no date of its own comes last: the day on which we first saw it
 * says nothing of who was first.
 */
function earlierFirst(a: StoryMember, b: StoryMember): number {
  return (
    Number(a.published === undefined) - Number(b.published === undefined) ||
    (a.published?.to ?? 0) - (b.published?.to ?? 0) ||
    b.textLength - a.textLength ||
    (`${a.sourceKey}\n${a.guid}` < `${b.sourceKey}\n${b.guid}` ? -1 : 1)
  );
}

/** The group that the maintainer names, by its own copy where we hold one. */
function held(ruled: Original, byDate: readonly StoryMember[], partners: Partners): Original {
  const own = ruled.kind === 'elsewhere' ? memberOf(ruled.sourceKey, byDate, partners) : undefined;
  return own === undefined ? ruled : { kind: 'item', itemId: own.id };
}

/**
 * Who may be the original. A text that was taken back takes along those that say they have it from there; who never
 * said so published on their own, and nobody else can withdraw that for them.
 */
function candidatesAmong(members: readonly StoryMember[], partners: Partners): readonly StoryMember[] {
  const standing = members.filter((member) => !member.isWithdrawn);
  const isOwnWord = (member: StoryMember): boolean => statementOf(member, members, partners) === undefined;
  return standing.length < members.length && standing.some(isOwnWord) ? standing : members;
}

/**
 * The strongest thing a member says about who wrote it; the first of equals. That a link leads to another group counts
 * only beside that group's own copy: a blog that comments on links says no more than where to read on.
 */
function statementOf(member: StoryMember, all: readonly StoryMember[], partners: Partners): Evidence | undefined {
  let best: Evidence | undefined;
  for (const one of member.evidence) {
    if (one.says !== 'original' || (best !== undefined && one.strength <= best.strength)) continue;
    if (needsTheirCopy.has(one.kind) && memberOf(one.targetSource, all, partners) === undefined) continue;
    best = one;
  }
  return best;
}

function memberOf(
  key: SourceKey | undefined,
  all: readonly StoryMember[],
  partners: Partners,
): StoryMember | undefined {
  return key === undefined ? undefined : all.find((one) => partners.areOnePartner(one.sourceKey, key));
}

interface Candidate {
  readonly original: Original;
  readonly votes: number;
}

function electOriginal(byDate: readonly StoryMember[], partners: Partners): Original {
  const candidates = new Map<string, Candidate>();
  for (const member of byDate) {
    const { name, original, strength } = followChain(member, byDate, partners);
    const known = candidates.get(name);
    candidates.set(name, {
      original: known === undefined ? original : fuller(known.original, original),
      votes: (known?.votes ?? 0) + strength,
    });
  }
  // The sort is stable: of equal votes the candidate of the earliest member wins.
  const [first] = [...candidates.values()].sort((a, b) => b.votes - a.votes);
  if (first === undefined) throw new RangeError('a story has at least one member');
  return first.original;
}

function fuller(a: Original, b: Original): Original {
  if (a.kind === 'item' || b.kind === 'item') return a.kind === 'item' ? a : b;
  return { kind: 'elsewhere', sourceKey: a.sourceKey ?? b.sourceKey, name: a.name ?? b.name, url: a.url ?? b.url };
}

interface ChainEnd {
  /** What votes for the same original are counted under. */
  readonly name: string;
  readonly original: Original;
  readonly strength: number;
}

/** A took it from B, B from C: C wrote it. A circle ends at its earliest member. */
function followChain(start: StoryMember, byDate: readonly StoryMember[], partners: Partners): ChainEnd {
  const visited: StoryMember[] = [start];
  let member = start;
  let strength = 0;
  for (let hop = 0; hop < maxHops; hop++) {
    const said = statementOf(member, byDate, partners);
    if (said === undefined) break;
    if (hop === 0) strength = said.strength;
    const next = memberOf(said.targetSource, byDate, partners);
    if (next === undefined) {
      const name = said.targetSource ?? said.targetUrl ?? said.targetName ?? '';
      return {
        name: `elsewhere:${name}`,
        original: { kind: 'elsewhere', sourceKey: said.targetSource, name: said.targetName, url: said.targetUrl },
        strength,
      };
    }
    if (visited.includes(next)) {
      member = [...visited].sort(earlierFirst)[0] ?? member;
      break;
    }
    visited.push(next);
    member = next;
  }
  return {
    name: `item:${member.id}`,
    original: { kind: 'item', itemId: member.id },
    strength,
  };
}
