/**
 * Which items of a source each of its sections takes. What stands beside the source in a section's list counts there; else what
 * the section says, together with what is said where the source is described; else what stands under `defaults`.
 */
import type { Filter, SectionFilter } from '../model.ts';
import { definingListing, type Listing } from './listings.ts';
import type { SectionSettings, Settings, SourceSettings } from './schema.ts';

/** The sections as checked, by their ids. */
export type Groups = ReadonlyMap<string, SectionSettings>;

type Which = 'only' | 'skip';
type Filtering = Pick<SourceSettings, Which>;

/** @param same the listings of one source @returns none for a section that takes everything */
export function filtersOf(
  same: readonly [Listing, ...Listing[]],
  groups: Groups,
  defaults: Settings['defaults'],
): readonly SectionFilter[] {
  const description = written(definingListing(same), groups);
  return same.flatMap((listing) => {
    const layers = { own: written(listing, groups), section: groups.get(listing.section), description, defaults };
    const [only, skip] = [inForce('only', layers), inForce('skip', layers)];
    return only.length + skip.length === 0 ? [] : [{ section: listing.section, only, skip }];
  });
}

/** The settings of a listing as checked; undefined of a bare address. */
function written({ section, path }: Listing, groups: Groups): SourceSettings | undefined {
  const own = groups.get(section)?.sources[Number(path.at(-1))];
  return typeof own === 'object' ? own : undefined;
}

interface Layers {
  readonly own: Filtering | undefined;
  readonly section: Filtering | undefined;
  readonly description: Filtering | undefined;
  readonly defaults: Filtering | undefined;
}

function inForce(which: Which, { own, section, description, defaults }: Layers): readonly Filter[] {
  const [beside, around, elsewhere] = [own?.[which], section?.[which], description?.[which]];
  const together = [around, elsewhere].filter((one) => one !== undefined);
  const counting = beside !== undefined ? [beside] : together.length > 0 ? together : [defaults?.[which] ?? {}];
  return counting.filter(isSaid);
}

/** A filter without any part is none, lest `only: {}` let nothing through. */
function isSaid(filter: Filter): boolean {
  return Object.values(filter).some((terms) => terms !== undefined);
}
