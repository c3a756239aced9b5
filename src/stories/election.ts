/**
 * Who wrote a story, from what its members say and, where none says anything, from their dates. Order of belief (spec
 * reposts §6): what elements and links say; the vote of credits across the whole story; the chain of "taken from", followed;
 * the earliest credible date of a group. Not the earliest date at once: that names the right group for 30 % of real reposts.
 */
import type { Author, Confidence, Original } from '../model.ts';
import { fuller, type Named } from './authors.ts';
import { type Sources, type StoryMember, signatoriesOf, type Voices } from './voices.ts';

/** Longest chain of "taken from" that is followed. */
const maxHops = 5;

export interface Elected {
  readonly original: Original;
  /** All who wrote it, where they are several; whoever `original` is of stands first. */
  readonly jointly: readonly Author[];
  readonly confidence: Confidence;
}

/** Where a member's word leads in the end: to a member, to somebody elsewhere, or to several who wrote it together. */
type End =
  | { readonly kind: 'member'; readonly member: StoryMember }
  | { readonly kind: 'elsewhere'; readonly author: Named }
  | { readonly kind: 'several' };

interface Candidate {
  readonly end: End;
  readonly explicit: number;
  readonly votes: number;
}

/** @param all members, those that were taken back included: what they are dated counts */
export function elect(voices: Voices, all: readonly StoryMember[], sources: Sources): Elected {
  const candidates = new Map<string, Candidate>();
  for (const member of voices.members) {
    const statement = voices.statementOf(member);
    if (statement === undefined) continue;
    const end = followChain(member, voices);
    const name = nameOf(end, voices);
    const known = candidates.get(name);
    candidates.set(name, {
      end: known === undefined ? end : together(known.end, end),
      explicit: (known?.explicit ?? 0) + (statement.isExplicit ? statement.strength : 0),
      votes: (known?.votes ?? 0) + statement.strength,
    });
  }
  // The sort is stable: of equal votes the candidate of the earliest member wins.
  const [first] = [...candidates.values()].sort((a, b) => b.explicit - a.explicit || b.votes - a.votes);
  return first === undefined
    ? electByDate(voices, all, sources)
    : { ...authorsOf(first.end, voices, sources), confidence: 'said' };
}

function nameOf(end: End, { spell }: Voices): string {
  if (end.kind === 'elsewhere') return spell(end.author);
  return end.kind === 'member' ? `item ${end.member.id}` : 'several';
}

function together(a: End, b: End): End {
  return a.kind === 'elsewhere' && b.kind === 'elsewhere' ? { ...a, author: fuller(a.author, b.author) } : a;
}

/** A took it from B, B from C: C wrote it. A circle ends at its earliest member. */
function followChain(start: StoryMember, { members, statementOf, copyOf }: Voices): End {
  const visited = [start];
  let member = start;
  for (let hop = 0; hop < maxHops; hop++) {
    const [author, ...others] = statementOf(member)?.authors ?? [];
    if (author === undefined) break;
    if (others.length > 0) return { kind: 'several' };
    const next = copyOf(author.sourceKey);
    if (next === undefined) return { kind: 'elsewhere', author };
    if (visited.includes(next)) return { kind: 'member', member: members.find((one) => visited.includes(one)) ?? next };
    visited.push(next);
    member = next;
  }
  return { kind: 'member', member };
}

/** Who credits one of several that wrote it together denies none of the others. */
function authorsOf(end: End, voices: Voices, sources: Sources): Omit<Elected, 'confidence'> {
  const { spell, copyOf, members } = voices;
  const signatories = signatoriesOf(members, spell);
  const single = end.kind === 'member' ? namedBy(end.member) : end.kind === 'elsewhere' ? end.author : undefined;
  const isSame = (one: Named): boolean => single !== undefined && areOne(one, single, voices, sources);
  if (signatories.length < 2 || (single !== undefined && !signatories.some(isSame)))
    return {
      original: end.kind === 'member' ? { kind: 'item', itemId: end.member.id } : elsewhere(single),
      jointly: [],
    };
  const copies = signatories.flatMap(({ sourceKey }) => copyOf(sourceKey) ?? []);
  const copy = end.kind === 'member' ? end.member : members.find((one) => copies.includes(one));
  const first = copy === undefined ? (signatories.find(isSame) ?? signatories[0]) : namedBy(copy);
  const isFirst = (one: Named): boolean => first !== undefined && areOne(one, first, voices, sources);
  return {
    original: copy === undefined ? elsewhere(first) : { kind: 'item', itemId: copy.id },
    jointly: [...signatories.filter(isFirst), ...signatories.filter((one) => !isFirst(one))].map(
      ({ sourceKey, name = '' }) => ({ sourceKey, name }),
    ),
  };
}

function namedBy({ sourceKey }: StoryMember): Named {
  return { sourceKey, name: undefined, url: undefined };
}

function areOne(a: Named, b: Named, { spell }: Voices, sources: Sources): boolean {
  if (a.sourceKey === undefined || b.sourceKey === undefined) return spell(a) === spell(b);
  return sources.areOnePartner(a.sourceKey, b.sourceKey);
}

function elsewhere(author: Named | undefined): Original {
  return { kind: 'elsewhere', sourceKey: author?.sourceKey, name: author?.name, url: author?.url };
}

/**
 * Nobody says who wrote it: the earliest among groups that do not say they took it from somewhere, else among groups. What
 * only newswires and aggregators carry was first seen at one of them, and no more is known.
 */
function electByDate({ members, placesOf }: Voices, all: readonly StoryMember[], sources: Sources): Elected {
  const ofGroups = members.filter(({ sourceKey }) => sources.roleOf(sourceKey) === 'group');
  const own = ofGroups.filter((one) => placesOf(one).length === 0 && !saysVia(one));
  const first = own[0] ?? ofGroups[0] ?? members[0];
  if (first === undefined) throw new RangeError('a story has at least one member');
  const others = all.filter((one) => !sources.areOnePartner(one.sourceKey, first.sourceKey));
  return {
    original: { kind: 'item', itemId: first.id },
    jointly: [],
    confidence:
      own.length === 0 ? 'guessed' : others.length === 0 ? 'said' : isBefore(first, others) ? 'dated' : 'guessed',
  };
}

function saysVia({ evidence }: StoryMember): boolean {
  return evidence.some(({ says }) => says === 'via');
}

function isBefore({ published }: StoryMember, others: readonly StoryMember[]): boolean {
  const end = published?.to;
  return end !== undefined && others.every((one) => one.published !== undefined && one.published.from > end);
}
