/**
 * From the members of a story and what they say, who wrote it and who passed it on. Pure, and the same whatever order
 * the members came in. Two roles: who wrote it (election.ts), and where a reposter took it from.
 */
import type { Attribution, Member, Original, SourceKey } from '../model.ts';
import { type Elected, elect } from './election.ts';
import { listen, type Sources, type StoryMember, type Voices } from './voices.ts';

/**
 * @param members at least one
 * @param ruled who wrote it, where the maintainer has said so
 * @returns the original, and the members in the order of their dates with their roles
 */
export function attribute(members: readonly StoryMember[], sources: Sources, ruled?: Original): Attribution {
  const byDate = [...members].sort(earlierFirst);
  const voices = listen(byDate, sources);
  const elected =
    ruled === undefined
      ? elect(listen(candidatesAmong(voices), sources), byDate, sources)
      : { original: held(ruled, voices), jointly: [], confidence: 'ruled' as const };
  const authorKeys = keysOf(elected, byDate);
  const isAuthor = (key: SourceKey): boolean => authorKeys.some((one) => sources.areOnePartner(one, key));
  return {
    ...elected,
    members: [...byDate]
      .sort((a, b) => a.date - b.date)
      .map((member) => memberOf(member, elected.original, isAuthor, voices)),
  };
}

function keysOf({ original, jointly }: Elected, members: readonly StoryMember[]): SourceKey[] {
  const own =
    original.kind === 'item' ? members.find(({ id }) => id === original.itemId)?.sourceKey : original.sourceKey;
  return [own, ...jointly.map(({ sourceKey }) => sourceKey)].filter((key) => key !== undefined);
}

/** Whoever it names without having written it is where it was taken: the last before this member that we know of. */
function memberOf(
  member: StoryMember,
  original: Original,
  isAuthor: (key: SourceKey) => boolean,
  voices: Voices,
): Member {
  const { id: itemId, evidence, sourceKey } = member;
  if (original.kind === 'item' && original.itemId === itemId)
    return { itemId, role: 'original', via: undefined, evidence };
  if (isAuthor(sourceKey)) return { itemId, role: 'copy', via: undefined, evidence };
  const credited = voices.statementOf(member)?.authors.flatMap((one) => one.sourceKey ?? []) ?? [];
  const via = [...credited, ...voices.placesOf(member)].find((key) => !isAuthor(key));
  return { itemId, role: 'repost', via, evidence };
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
function held(ruled: Original, { copyOf }: Voices): Original {
  const own = ruled.kind === 'elsewhere' ? copyOf(ruled.sourceKey) : undefined;
  return own === undefined ? ruled : { kind: 'item', itemId: own.id };
}

/**
 * Who may be the original. A text that was taken back takes along those that say they have it from there; who never
 * said so published on their own, and nobody else can withdraw that for them.
 */
function candidatesAmong({ members, statementOf }: Voices): readonly StoryMember[] {
  const standing = members.filter((member) => !member.isWithdrawn);
  const isOwnWord = (member: StoryMember): boolean => statementOf(member) === undefined;
  return standing.length < members.length && standing.some(isOwnWord) ? standing : members;
}
