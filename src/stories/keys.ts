/** The keys under which equal items are found again, and which key answers to which. */
import type { ItemKey } from '../refresh-plan.ts';

/** The stored keys that answer to a key of an item at hand. */
export function answeringKeys({ kind, key }: ItemKey): ItemKey[] {
  if (kind === 'cite' || kind === 'alternate') return [{ kind: 'url', key }];
  return kind === 'url'
    ? [
        { kind, key },
        { kind: 'cite', key },
        { kind: 'alternate', key },
      ]
    : [{ kind, key }];
}
