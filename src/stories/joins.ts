/** Which stored items are the same story as an item just read, each with the evidence for it. Strong evidence only. */
import type { Evidence, EvidenceKind, SourceKey } from '../model.ts';
import type { ItemKey, Match, ReadItem } from '../refresh-plan.ts';
import type { Directory } from './directory.ts';

export interface Join {
  readonly storyId: number;
  readonly evidence: Evidence;
  /** Lower is stronger. */
  readonly rank: number;
  /** The stored item names the new one as where it took its text: it comes to us, not we to it. */
  readonly isClaim: boolean;
}

const ranks: Partial<Record<EvidenceKind, number>> = { 'same-guid': 0, 'same-text': 1, 'same-url': 2, 'same-post': 3 };
/** Naming another's page is the weakest tie: anybody can name any page. */
const citeRank = 4;

/** Which kinds of stored key answer to a kind of key of the new item, and what that proves. */
const answers: Readonly<
  Record<ItemKey['kind'], readonly { readonly kind: ItemKey['kind']; readonly proves: EvidenceKind }[]>
> = {
  guid: [{ kind: 'guid', proves: 'same-guid' }],
  url: [
    { kind: 'url', proves: 'same-url' },
    { kind: 'cite', proves: 'same-url' },
  ],
  cite: [{ kind: 'url', proves: 'same-url' }],
  text: [{ kind: 'text', proves: 'same-text' }],
  post: [{ kind: 'post', proves: 'same-post' }],
};

/** The stored keys that would answer to the keys of these items: what the store is asked for. */
export function keysToLookUp(items: readonly ReadItem[]): ItemKey[] {
  return items.flatMap((read) =>
    read.signals.keys.flatMap(({ kind, key }) => answers[kind].map((answer) => ({ kind: answer.kind, key }))),
  );
}

/**
 * One piece of evidence a story is enough, or a text that sixty groups repost would need thousands.
 * Inside one source nothing is joined: its guids tell its items apart. A key that two items of one source share
 * (a link blog, a feed that links every item to its home page, a text posted twice) names neither.
 */
export function findJoins(read: ReadItem, ownKey: SourceKey, matches: readonly Match[], directory: Directory): Join[] {
  const joins = new Map<number, Join & { readonly itemId: number }>();
  for (const key of read.signals.keys) {
    for (const answer of answers[key.kind]) {
      const found = matches.filter((match) => match.kind === answer.kind && match.key === key.key);
      if (answer.kind !== 'cite' && isAmbiguous(found)) continue;
      for (const match of found) {
        if (match.sourceKey === ownKey) continue;
        if (answer.proves === 'same-post' && !directory.areOnePartner(match.sourceKey, ownKey)) continue;
        const isClaim = answer.kind === 'cite';
        const rank = isClaim || key.kind === 'cite' ? citeRank : (ranks[answer.proves] ?? citeRank);
        const known = joins.get(match.storyId);
        if (known !== undefined && (known.rank < rank || (known.rank === rank && known.itemId <= match.itemId)))
          continue;
        joins.set(match.storyId, { ...match, rank, isClaim, evidence: evidenceFor(answer.proves, key, match) });
      }
    }
  }
  return [...joins.values()];
}

/**
 * Which of the joins hold. An item belongs to one story: no newcomer may melt two that were apart, whatever it names.
 * Beside it come only items that stand alone so far and claim the new one as theirs.
 * @param own the story the item is already in
 * @param sizeOf how many items a story has
 */
export function chooseJoins(
  joins: readonly Join[],
  own: number | undefined,
  sizeOf: (story: number) => number,
): Join[] {
  const others = joins.filter((join) => join.storyId !== own);
  const isSettled = own !== undefined && sizeOf(own) > 1;
  const [best] = others.filter((join) => !join.isClaim).sort((a, b) => a.rank - b.rank || a.storyId - b.storyId);
  return joins.filter(
    (join) => join.storyId === own || (join === best && !isSettled) || (join.isClaim && sizeOf(join.storyId) === 1),
  );
}

function isAmbiguous(found: readonly Match[]): boolean {
  const itemsBySource = new Map<SourceKey, number>();
  for (const match of found) {
    const other = itemsBySource.get(match.sourceKey);
    if (other !== undefined && other !== match.itemId) return true;
    itemsBySource.set(match.sourceKey, match.itemId);
  }
  return false;
}

function evidenceFor(proves: EvidenceKind, key: ItemKey, match: Match): Evidence {
  const quote = key.kind === 'text' || key.kind === 'post' ? '' : key.key;
  return {
    kind: proves,
    strength: 4,
    says: 'same',
    quote,
    targetSource: match.sourceKey,
    targetUrl: undefined,
    targetName: undefined,
  };
}
