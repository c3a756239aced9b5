/**
 * What each member of a story says of who wrote it, as far as it is believed: one statement a member, the strongest.
 * That a page or a feed's element names another's page outranks words; a newswire or an aggregator has written nothing.
 */
import type { Evidence, SourceKey } from '../model.ts';
import type { Standing } from '../story-plan.ts';
import { type Named, speller } from './authors.ts';
import type { Directory } from './directory.ts';
import { needsTheirCopy } from './statements.ts';

export type Sources = Pick<Directory, 'areOnePartner' | 'roleOf'>;

/** An item of a story, with what it says of itself and what ties it to the others. */
export interface StoryMember
  extends Pick<Standing, 'sourceKey' | 'guid' | 'date' | 'published' | 'isWithdrawn' | 'textLength'> {
  readonly id: number;
  readonly evidence: readonly Evidence[];
}

/** A member names who wrote it. */
export interface Statement {
  /** One; or all who wrote it together, the member's own group among them where it signs too. */
  readonly authors: readonly Named[];
  readonly strength: number;
  /** Said by an element, a link or the footer of another blog, which no word beside it can outvote. */
  readonly isExplicit: boolean;
}

export interface Voices {
  /** In the order of their dates. */
  readonly members: readonly StoryMember[];
  readonly statementOf: (member: StoryMember) => Statement | undefined;
  /** The earliest member that came from this group. */
  readonly copyOf: (key: SourceKey | undefined) => StoryMember | undefined;
  /** Who passed it on to this member, where it says so without saying that they wrote it; by the strength of that. */
  readonly placesOf: (member: StoryMember) => readonly SourceKey[];
  /** The same name for two that mean one group. */
  readonly spell: (one: Named) => string;
}

/** @param byDate members of one story, the earliest first */
export function listen(byDate: readonly StoryMember[], sources: Sources): Voices {
  const spell = speller(
    byDate.flatMap(({ evidence }) => evidence.filter(namesAuthor).map(namedIn)),
    sources,
  );
  const copies = new Map<SourceKey, StoryMember | undefined>();
  const firsts = new Map<SourceKey, StoryMember>();
  for (const one of byDate) if (!firsts.has(one.sourceKey)) firsts.set(one.sourceKey, one);
  const copyOf = (key: SourceKey | undefined): StoryMember | undefined => {
    if (key === undefined) return undefined;
    if (!copies.has(key))
      copies.set(
        key,
        [...firsts.values()].find((one) => sources.areOnePartner(one.sourceKey, key)),
      );
    return copies.get(key);
  };
  const statements = new Map(byDate.map((one) => [one.id, strongest(one, copyOf, sources, spell)]));
  return {
    members: byDate,
    statementOf: ({ id }) => statements.get(id),
    copyOf,
    placesOf: (member) => placesOf(member, sources),
    spell,
  };
}

/** What was translated was written by whom it was translated from. */
function namesAuthor({ says }: Evidence): boolean {
  return says === 'original' || says === 'translation';
}

function namedIn({ targetSource, targetName, targetUrl }: Evidence): Named {
  return { sourceKey: targetSource, name: targetName, url: targetUrl };
}

function isPlace(key: SourceKey | undefined, sources: Sources): boolean {
  return key !== undefined && sources.roleOf(key) !== 'group';
}

/**
 * That a link leads to another group counts only beside that group's own copy: a blog that comments on links says no more
 * than where to read on.
 */
function strongest(
  member: StoryMember,
  copyOf: Voices['copyOf'],
  sources: Sources,
  spell: Voices['spell'],
): Statement | undefined {
  let best: Evidence | undefined;
  for (const one of member.evidence) {
    if (!namesAuthor(one) || (best !== undefined && rankOf(one) <= rankOf(best))) continue;
    if (one.kind !== 'joint' && isPlace(one.targetSource, sources)) continue;
    if (needsTheirCopy.has(one.kind) && copyOf(one.targetSource) === undefined) continue;
    best = one;
  }
  if (best === undefined) return undefined;
  const authors = best.kind === 'joint' ? signatoriesOf([member], spell) : [namedIn(best)];
  return { authors, strength: best.strength, isExplicit: tierOf(best) > 0 };
}

/** Of two that say as much, the first is believed; who wrote it comes before whose it was in another language. */
function rankOf(one: Evidence): number {
  return tierOf(one) * 100 + one.strength * 10 + Number(one.says === 'original');
}

/** A footer travels with the text from blog to blog and names the first of them; the rest name the last. */
function tierOf({ kind, strength }: Evidence): number {
  if (kind === 'appeared-first') return 2;
  const isAddress = kind === 'source-element' || kind === 'via-link' || kind === 'canonical-link';
  return kind === 'foreign-link' || (isAddress && strength === 4) ? 1 : 0;
}

/** Joint authors that are kept of all that members say. */
const mostSignatories = 12;

/** All who are said to have written it together, each once. */
export function signatoriesOf(members: readonly StoryMember[], spell: Voices['spell']): Named[] {
  const authors = new Map<string, Named>();
  for (const { evidence } of members)
    for (const one of evidence) {
      if (one.kind !== 'joint' || authors.size >= mostSignatories) continue;
      const named = namedIn(one);
      const key = spell(named);
      if (!authors.has(key)) authors.set(key, named);
    }
  return [...authors.values()];
}

function placesOf({ evidence, sourceKey }: StoryMember, sources: Sources): SourceKey[] {
  const places = evidence
    .filter(
      (one) => one.says === 'via' || (namesAuthor(one) && one.kind !== 'joint' && isPlace(one.targetSource, sources)),
    )
    .sort((a, b) => b.strength - a.strength);
  return places.flatMap(({ targetSource }) =>
    targetSource === undefined || sources.areOnePartner(targetSource, sourceKey) ? [] : targetSource,
  );
}
