/**
 * The sources as listed in the file → which listings mean the same source, and what contradicts what. Works on the
 * plain value and passes over what the schema complains about, so that all mistakes come out at once.
 */

import type { Secret } from '../model.ts';
import { canonicalUrl, hostOf, urlKey } from '../text/url.ts';
import { isGroup } from '../yaml/group.ts';
import type { Locate, Path } from '../yaml/places.ts';
import type { Fault } from './faults.ts';
import { addressPattern } from './kinds.ts';
import { expandSecrets } from './secrets.ts';

/** One place in the file where a source is named. */
export interface Listing {
  readonly section: string;
  /** Path of the source in the file. */
  readonly path: Path;
  /** The settings as written, when it is more than an address. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  /** The address to ask, secrets filled in. */
  readonly url: string;
  /** Those that were filled in. A host is in every link to it, and kept from nobody. */
  readonly secrets: readonly Secret[];
  /** Made of the address as written, so that a secret neither shows in it nor changes it. */
  readonly key: string;
}

/** Every listing with an address that can be asked, in the order of the file, and what is wrong with the others. */
export function readListings(
  value: unknown,
  secrets: (name: string) => string | undefined,
): { readonly listings: readonly Listing[]; readonly faults: readonly Fault[] } {
  const listings: Listing[] = [];
  const faults: Fault[] = [];
  for (const { section, path, source } of sourcesIn(value)) {
    const settings = isGroup(source) ? source : undefined;
    const written = settings === undefined ? source : settings.url;
    if (typeof written !== 'string' || !addressPattern.test(written)) continue;
    const urlPath = settings === undefined ? path : [...path, 'url'];
    const expanded = expandSecrets(written, secrets);
    if ('mistake' in expanded) {
      faults.push({ code: 'config/missing', path: urlPath, at: 'value', text: `url: ${expanded.mistake}` });
    } else if (canonicalUrl(expanded.text) === undefined) {
      const text = `url: ${JSON.stringify(written)} is not a web address that can be asked. Open it in a browser and copy it from there.`;
      faults.push({ code: 'config/bad-url', path: urlPath, at: 'value', text });
    } else {
      const key = keyOf(written);
      const host = hostOf(expanded.text) ?? '';
      const secrets = expanded.secrets.filter(({ value }) => !host.includes(value.toLowerCase()));
      listings.push({ section, path, settings, url: expanded.text, secrets, key });
    }
  }
  return { listings, faults };
}

/** Of an address as written: two with one key are one source. */
export function keyOf(written: string): string {
  return urlKey(canonicalUrl(written) ?? written);
}

function sourcesIn(value: unknown): readonly { section: string; path: Path; source: unknown }[] {
  const sections = isGroup(value) && isGroup(value.sections) ? value.sections : {};
  return Object.entries(sections).flatMap(([section, body]) => {
    const base: Path = isGroup(body) ? ['sections', section, 'sources'] : ['sections', section];
    const list = isGroup(body) ? body.sources : body;
    return Array.isArray(list)
      ? list.map((source: unknown, index) => ({ section, path: [...base, index], source }))
      : [];
  });
}

/**
 * The listing that says how a source is treated: the first that describes it, else the first.
 * @param listings of one source
 */
export function definingListing(listings: readonly [Listing, ...Listing[]]): Listing {
  return listings.find(isDescription) ?? listings[0];
}

/** `url: …` alone says no more than a bare address does, and a filter may be another in each section. */
const ofListing: ReadonlySet<string> = new Set(['url', 'only', 'skip']);

function isDescription(listing: Listing): boolean {
  return Object.keys(listing.settings ?? {}).some((name) => !ofListing.has(name));
}

/** Listings by source, both in the order of the file. */
export function bySource(listings: readonly Listing[]): ReadonlyMap<string, readonly [Listing, ...Listing[]]> {
  const grouped = new Map<string, [Listing, ...Listing[]]>();
  for (const listing of listings) {
    const known = grouped.get(listing.key);
    if (known === undefined) grouped.set(listing.key, [listing]);
    else known.push(listing);
  }
  return grouped;
}

/** Listings and names that cannot both be right. Problems: config/duplicate, config/contradiction. */
export function conflicts(listings: readonly Listing[], locate: Locate): readonly Fault[] {
  const grouped = [...bySource(listings).values()];
  return [...grouped.flatMap((same) => listedTwice(same, locate)), ...nameClashes(grouped, locate)];
}

function listedTwice(same: readonly [Listing, ...Listing[]], locate: Locate): readonly Fault[] {
  const defining = definingListing(same);
  return same.flatMap((listing, index): readonly Fault[] => {
    const before = same.slice(0, index).find((other) => other.section === listing.section);
    if (before !== undefined) {
      const line = locate(before.path, 'value').line;
      const text = `this source stands in the section ${JSON.stringify(listing.section)} already, on line ${line}. Take one of the two out.`;
      return [{ code: 'config/duplicate', path: listing.path, at: 'value', text }];
    }
    const differing = isDescription(listing) ? differences(defining, listing) : [];
    if (differing.length === 0) return [];
    const line = locate(defining.path, 'value').line;
    const text = `this source is described on line ${line} too, and there it has another ${differing.join(', ')}. Describe it once; here its address is enough, with  only  and  skip  for this section.`;
    return [{ code: 'config/contradiction', path: listing.path, at: 'value', text }];
  });
}

function differences(one: Listing, other: Listing): readonly string[] {
  const names = new Set([...Object.keys(one.settings ?? {}), ...Object.keys(other.settings ?? {})]);
  return [...names]
    .filter((name) => !ofListing.has(name))
    .filter((name) => sorted(one.settings?.[name]) !== sorted(other.settings?.[name]));
}

/** One spelling for equal values: groups in the order of their names. */
function sorted(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      isGroup(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner,
    ) ?? ''
  );
}

/** A name or alias that two sources share would credit the wrong one, unless one group owns both. */
function nameClashes(grouped: readonly (readonly [Listing, ...Listing[]])[], locate: Locate): readonly Fault[] {
  const owners = new Map<string, { readonly listing: Listing; readonly path: Path }>();
  const faults: Fault[] = [];
  for (const listing of grouped.map(definingListing)) {
    for (const { name, path } of namesOf(listing)) {
      const folded = foldedName(name);
      const owner = owners.get(folded);
      if (owner === undefined) owners.set(folded, { listing, path });
      else if (owner.listing !== listing && !isOnePartner(owner.listing, listing)) {
        const line = locate(owner.path, 'value').line;
        const advice = 'Choose another, or give both the same  partner  if one group owns them.';
        const text = `${path.includes('name') ? 'name' : 'aliases'}: ${JSON.stringify(name)} means the source on line ${line} already. ${advice}`;
        faults.push({ code: 'config/duplicate', path, at: 'value', text });
      }
    }
  }
  return faults;
}

/** Names that differ in nothing else than their case are one. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** The name of a source and its aliases, as far as they are written. */
export function namesOf({
  settings,
  path,
}: Pick<Listing, 'settings' | 'path'>): readonly { readonly name: string; readonly path: Path }[] {
  const { name, aliases } = settings ?? {};
  const named = [{ name, path: [...path, 'name'] }];
  const listed = Array.isArray(aliases)
    ? aliases.map((alias: unknown, index) => ({ name: alias, path: [...path, 'aliases', index] }))
    : [{ name: aliases, path: [...path, 'aliases'] }];
  return [...named, ...listed].flatMap((row) =>
    typeof row.name === 'string' ? [{ name: row.name, path: row.path }] : [],
  );
}

function isOnePartner(one: Listing, other: Listing): boolean {
  const partner = one.settings?.partner;
  return partner !== undefined && partner === other.settings?.partner;
}
