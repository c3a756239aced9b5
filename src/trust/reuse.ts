/**
 * Known guids and the items that a document lists under them now → whether they still mean the items that they meant.
 * Weekdays, places in the list or one word for all are guids to some programs: an item must not overwrite another. Pure.
 */
import type { Item } from '../model.ts';
import type { KnownEntry, KnownSample } from '../refresh-plan.ts';
import { hostOf, isHomePage, urlKey } from '../text/url.ts';
import { lookOf } from './look.ts';

/**
 * Changed items that stand at another address than the stored one of their guid: posts that were moved, or other posts.
 * @param known stored entries of the source by guid
 */
export function suspectsIn(items: readonly Item[], known: ReadonlyMap<string, KnownEntry>): Item[] {
  return items.filter(({ guid, url }) => {
    const [old, now] = [pageOf(known.get(guid)?.url), pageOf(url)];
    return old !== undefined && now !== undefined && old !== now;
  });
}

/** Which page of whatever site; none where it is the site as a whole. */
function pageOf(url: string | undefined): string | undefined {
  if (url === undefined || isHomePage(url)) return undefined;
  return urlKey(url).slice(hostOf(url)?.length ?? 0);
}

const dayMs = 86_400_000;
const noHosts: ReadonlySet<string> = new Set();
/** A rare one is a post that was written anew. */
const mostReused = 0.05;

/**
 * True where more than a twentieth of a document's entries are other posts than those of their guids: other words, and
 * another title or day.
 * @param listed how many entries the document has
 * @param samples the source's newest stored items: guids that are used again are used again soon
 */
export function areGuidsReused(suspects: readonly Item[], listed: number, samples: readonly KnownSample[]): boolean {
  const byGuid = new Map(samples.map((sample) => [sample.guid, sample]));
  const others = suspects.filter((item) => isOther(item, byGuid.get(item.guid)));
  return others.length > mostReused * listed;
}

function isOther(item: Item, sample: KnownSample | undefined): boolean {
  if (sample === undefined) return false;
  const [now, old] = [lookOf(item, noHosts), lookOf(sample, noHosts)];
  const isOtherDay = Math.abs((now.published ?? 0) - (old.published ?? now.published ?? 0)) > dayMs;
  return now.opening !== old.opening && (now.title !== old.title || isOtherDay);
}
