/** What is known of items that their feeds list no more, in words for the maintainer. */

import type { MissingItem } from '../library.ts';
import type { SourceKey } from '../model.ts';
import { dayOf, minuteOf } from './instants.ts';

/** `missing from its feed since 2026-11-27, its page answered 404 on 2026-11-27; looked at again from 2026-11-28 12:00 UTC on`. @param ruledBy what to type, or where to look, to rule on it */
export function missingWords(
  { since, state, firstGone, checkedAt, nextCheck, answer }: MissingItem,
  ruledBy = 'relais vanished',
): string {
  const begin = `missing from its feed since ${dayOf(since)}`;
  const gone = firstGone === undefined ? '' : `, its page answered ${firstGone.status} on ${dayOf(firstGone.at)}`;
  const last = checkedAt === undefined ? '' : ` on ${dayOf(checkedAt)}`;
  const next = nextCheck === undefined ? 'not looked at any more' : `looked at again from ${minuteOf(nextCheck)} on`;
  switch (state) {
    case 'unasked':
      return `${begin}; its page has not been looked at`;
    case 'gone':
      return `${begin}${gone}${answer === undefined ? '' : `, and${last} ${answer}`}; ${next}`;
    case 'there':
      return `${begin}, and its page was there${last}; ${next}`;
    case 'unclear':
      return `${begin}${gone}; its page said nothing of it${last} (${answer ?? 'no answer'}); ${next}`;
    case 'no-page':
      return `${begin}; it has no page of its own on its source’s site that could be looked at`;
    case 'held':
      return `${begin}${gone}; many went at once: it is shown until you have ruled,  ${ruledBy}`;
    case 'kept':
      return `${begin}${gone}; it stays, as you have said`;
    case 'withdrawn':
      return `${begin}${gone}; withdrawn`;
  }
}

/** True while something may come of it. */
export function isOpen({ state, nextCheck }: MissingItem): boolean {
  return state === 'held' || (state !== 'withdrawn' && nextCheck !== undefined);
}

/** How many of each source may be withdrawn yet, and how many of these wait for the maintainer. */
export function countMissing(
  missing: readonly MissingItem[],
): ReadonlyMap<SourceKey, { readonly items: number; readonly held: number }> {
  const counts = new Map<SourceKey, { items: number; held: number }>();
  for (const one of missing.filter(isOpen)) {
    const { items, held } = counts.get(one.sourceKey) ?? { items: 0, held: 0 };
    counts.set(one.sourceKey, { items: items + 1, held: held + (one.state === 'held' ? 1 : 0) });
  }
  return counts;
}
