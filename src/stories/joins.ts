/** Which stored items are the same story as an item just read, each with the evidence for it. Strong evidence only. */
import type { Evidence, EvidenceKind, SourceKey } from '../model.ts';
import type { ItemKey, Match, ReadItem } from '../refresh-plan.ts';
import type { Directory } from './directory.ts';

export interface Join {
  readonly storyId: number;
  readonly evidence: Evidence;
}

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
 * One piece of evidence a story is enough: that of its first item, or a text that sixty groups repost would need thousands.
 * Inside one source nothing is joined: its guids tell its items apart. An address that two items of one source share
 * (a link blog, a feed that links every item to its home page) names neither.
 */
export function findJoins(read: ReadItem, ownKey: SourceKey, matches: readonly Match[], directory: Directory): Join[] {
  const joins = new Map<number, Join & { readonly itemId: number }>();
  for (const key of read.signals.keys) {
    for (const answer of answers[key.kind]) {
      const found = matches.filter((match) => match.kind === answer.kind && match.key === key.key);
      if (isAmbiguous(found)) continue;
      for (const match of found) {
        if (match.sourceKey === ownKey) continue;
        if (answer.proves === 'same-post' && !directory.areOnePartner(match.sourceKey, ownKey)) continue;
        const known = joins.get(match.storyId);
        if (known !== undefined && known.itemId <= match.itemId) continue;
        joins.set(match.storyId, { ...match, evidence: evidenceFor(answer.proves, key, match) });
      }
    }
  }
  return [...joins.values()];
}

function isAmbiguous(found: readonly Match[]): boolean {
  const itemsBySource = new Map<SourceKey, number>();
  for (const match of found) {
    if (match.kind !== 'url') continue;
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
