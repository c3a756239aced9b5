/**
 * What a feed lists no more although its dates span over it, and what follows from the answers of its page. Pure.
 * Falling off the end of a feed is nothing, and a page that is not found says something only when asked twice.
 */
import type { MissingItem, PageFate } from '../library.ts';
import type { Fetched, Instant, Source, SourceMemory } from '../model.ts';
import type { Listing, RefreshPlan } from '../refresh-plan.ts';
import { bareHost, hostOf, isHomePage, urlKey } from '../text/url.ts';
import { dayMs } from '../text/wall-clock.ts';

/**
 * Items that have vanished inside the span of a document's dates, and those that are back.
 *
 * Entries that a site pins stay while others fall off the end, so the span alone would tell that these had vanished: where
 * more are missing in a row than are listed before them, the row is the end of the list.
 * @param listing undefined where the document says nothing of what it does not list
 * @param inserted dates of what has just come
 */
export function vanishedIn(listing: Listing | undefined, inserted: readonly Instant[]): RefreshPlan['missing'] {
  if (listing === undefined) return { gone: [], back: [] };
  const stored = listing.items.filter(({ isListed }) => isListed).map(({ date }) => date);
  const listed = [...stored, ...inserted].sort((a, b) => a - b);
  const newest = listed.at(-1) ?? Number.NEGATIVE_INFINITY;
  const rows = new Map<number, number[]>();
  let at = listed.length; // how many are listed before the item at hand
  for (const { id, date, isListed, mayVanish } of listing.items) {
    while (at > 0 && (listed[at - 1] ?? 0) >= date) at -= 1;
    if (isListed || !mayVanish || date >= newest) continue;
    const before = at + listing.olderListed;
    rows.set(before, [...(rows.get(before) ?? []), id]);
  }
  const gone = [...rows].flatMap(([before, ids]) => (ids.length <= before ? ids : []));
  return { gone, back: listing.back };
}

/** Its address is a page of this source's and of no other item: whether the item is there can be asked of it. */
export function hasOwnPage(
  { url, isShared }: Pick<MissingItem, 'url' | 'isShared'>,
  { url: feed, hosts }: Pick<Source, 'url' | 'hosts'>,
  memory: Pick<SourceMemory, 'home' | 'feedUrl'> | undefined,
): boolean {
  if (url === undefined || isShared || isHomePage(url)) return false;
  const own = [feed, memory?.feedUrl, memory?.home].map((one) => (one === undefined ? undefined : hostOf(one)));
  const host = hostOf(url);
  return host !== undefined && [...own, ...hosts.map(bareHost)].includes(host);
}

export type PageAnswer =
  | { readonly kind: 'gone'; readonly status: 404 | 410 }
  | { readonly kind: 'there' }
  /** It says nothing of the page. */
  | { readonly kind: 'unclear'; readonly why: string };

/** What a page's answer says of that page: nothing where a redirect leads elsewhere, to the home page say. */
export function answerOf(url: string, fetched: Fetched): PageAnswer {
  const hops = fetched.trail ?? [];
  const elsewhere = hops.find(({ to }) => urlKey(to) !== urlKey(url));
  if (elsewhere !== undefined) return { kind: 'unclear', why: `it leads to ${elsewhere.to}` };
  if (fetched.kind !== 'failed') return { kind: 'there' };
  const { code, happened } = fetched.problem;
  if (code === 'fetch/gone') return { kind: 'gone', status: 410 };
  if (code === 'fetch/not-found') return { kind: 'gone', status: 404 };
  return { kind: 'unclear', why: happened };
}

/** Days until the next look after so many that said nothing; after the last nobody looks any more. */
const gapsInDays = [1, 2, 4, 8, 16];

/** What is to be noted of an item after a look at its page; `confirmed` where it is not there for the second time. */
export function fateAfter(
  missing: MissingItem,
  answer: PageAnswer,
  now: Instant,
): PageFate | { readonly kind: 'confirmed'; readonly status: 404 | 410 } {
  const { firstGone, tries } = missing;
  if (answer.kind === 'gone') {
    if (firstGone === undefined || firstGone.at > now)
      return {
        ...looked(missing, now),
        state: 'gone',
        firstGone: { at: now, status: answer.status },
        nextCheck: now + dayMs,
      };
    if (now - firstGone.at >= dayMs) return { kind: 'confirmed', status: answer.status };
    return { ...looked(missing, now), state: 'gone', nextCheck: firstGone.at + dayMs };
  }
  const gap = gapsInDays[tries];
  const next = { tries: tries + 1, nextCheck: gap === undefined ? undefined : now + gap * dayMs };
  if (answer.kind === 'there') return { ...looked(missing, now), ...next, state: 'there', firstGone: undefined };
  return { ...looked(missing, now), ...next, state: 'unclear', answer: answer.why };
}

function looked({ firstGone, tries }: MissingItem, now: Instant): PageFate {
  return { kind: 'noted', state: 'gone', firstGone, tries, nextCheck: undefined, checkedAt: now, answer: undefined };
}

/** So many of one source may go within a week without a person: more is a site that has moved, broken, or been taken over. */
const mostAtOnce = 5;
const weekMs = 7 * dayMs;

/** @param own what is missing, or has lately been, of one source */
export function isFlood(own: readonly MissingItem[], now: Instant): boolean {
  return own.filter((one) => isGoing(one, now)).length > mostAtOnce;
}

function isGoing({ state, checkedAt = 0, firstGone, nextCheck }: MissingItem, now: Instant): boolean {
  if (state === 'withdrawn') return checkedAt > now - weekMs;
  return state === 'unasked' || state === 'held' || (firstGone !== undefined && nextCheck !== undefined);
}

/** The maintainer can say what becomes of it: its page was not there. */
export function waitsForRuling({ state, firstGone }: Pick<MissingItem, 'state' | 'firstGone'>): boolean {
  return state === 'held' || (state !== 'withdrawn' && state !== 'kept' && firstGone !== undefined);
}

interface Gone {
  readonly at: Instant;
  readonly status: number;
}

/** `its page is gone (404 on 27 and 28 November)` */
export function goneWords(first: Gone, second: Gone, timeZone: string): string {
  const format = (at: Instant, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(at);
  const day = (at: Instant): string => format(at, { day: 'numeric', month: 'long' });
  if (first.at === second.at) return `its page is gone (${first.status} on ${day(first.at)})`;
  if (first.status !== second.status)
    return `its page is gone (${first.status} on ${day(first.at)}, ${second.status} on ${day(second.at)})`;
  const month = (at: Instant): string => format(at, { month: 'long', year: 'numeric' });
  const begin = month(first.at) === month(second.at) ? format(first.at, { day: 'numeric' }) : day(first.at);
  return `its page is gone (${first.status} on ${begin} and ${day(second.at)})`;
}
