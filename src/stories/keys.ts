/** The keys under which equal items are found again, and which key answers to which. */
import { hash } from 'node:crypto';
import type { ItemKey } from '../refresh-plan.ts';

/** Words to what is kept of them in a key. */
export function keyHash(words: string): string {
  return hash('sha256', words, 'hex').slice(0, 32);
}

/** The stored keys that answer to a key of an item at hand. */
export function answeringKeys({ kind, key }: ItemKey): ItemKey[] {
  if (kind === 'said' || kind === 'phrase') return []; // asked of what was taken back alone (said.ts)
  if (kind === 'cite' || kind === 'alternate') return [{ kind: 'url', key }];
  return kind === 'url'
    ? [
        { kind, key },
        { kind: 'cite', key },
        { kind: 'alternate', key },
      ]
    : [{ kind, key }];
}
