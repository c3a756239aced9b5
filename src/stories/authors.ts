/**
 * Whom statements name, however they spell it: "Corporate Watch", "corporatewatch" and a page on corporatewatch.org are one
 * group, and what is said for it counts together. Groups of ours are told by their sources, strangers by name and host.
 */
import type { CanonicalUrl, SourceKey } from '../model.ts';
import { canonicalUrl, hostOf } from '../text/url.ts';
import type { Directory } from './directory.ts';
import { foldWords } from './folding.ts';

/** A group as a statement names it: a source of ours, a name, an address, or several of these. */
export interface Named {
  readonly sourceKey: SourceKey | undefined;
  readonly name: string | undefined;
  readonly url: CanonicalUrl | undefined;
}

/** On these hosts the first part of the path is the group, not the host. */
export const sharedHosts: ReadonlySet<string> = new Set(
  'facebook.com instagram.com medium.com t.me twitter.com x.com youtube.com'.split(' '),
);
/** Shorter names are parts of hosts that say nothing of whose they are: "www", "en". */
const fewestLetters = 4;

/**
 * @param all whoever is named, so that a name finds the host it is a part of
 * @returns a name for each of them that is the same for two that mean one group; in whatever order they are given
 */
export function speller(all: readonly Named[], partners: Pick<Directory, 'areOnePartner'>): (one: Named) => string {
  const keys = [...new Set(all.flatMap(({ sourceKey }) => sourceKey ?? []))].sort();
  const partnerOf = new Map(keys.map((key) => [key, keys.find((other) => partners.areOnePartner(other, key)) ?? key]));
  const byLabel = new Map<string, Set<string>>();
  for (const one of all) {
    const site = one.sourceKey === undefined ? siteOf(one) : undefined;
    for (const label of site === undefined ? [] : labelsOf(site))
      byLabel.set(label, (byLabel.get(label) ?? new Set()).add(site ?? ''));
  }
  return (one) => {
    if (one.sourceKey !== undefined) return `source ${partnerOf.get(one.sourceKey) ?? one.sourceKey}`;
    const site = siteOf(one);
    if (site !== undefined) return `site ${site}`;
    const name = foldWords(one.name ?? '').join('');
    const sites = [...(byLabel.get(name) ?? [])];
    return sites.length === 1 ? `site ${sites[0]}` : `name ${name}`;
  };
}

/** Host, or host and folder where groups share one; of a name that is an address, its. */
function siteOf({ url, name }: Named): string | undefined {
  const written = /^(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?:\/\S*)?$/i.test(name ?? '') ? `https://${name}` : name;
  const address = url ?? (written?.startsWith('http') ? canonicalUrl(written) : undefined);
  const host = address && hostOf(address);
  if (address === undefined || host === undefined || !sharedHosts.has(host)) return host;
  const [, folder = ''] = new URL(address).pathname.toLowerCase().split('/');
  return `${host}/${folder}`;
}

/** The parts of a host that may be a group's name, each as names are folded; and all but the ending in one. */
function labelsOf(site: string): ReadonlySet<string> {
  const [host = '', folder] = site.split('/');
  const parts = folder === undefined ? host.replace(/:\d+$/, '').split('.').slice(0, -1) : [folder];
  const labels = [...parts, parts.join('')].map((part) => foldWords(part).join(''));
  return new Set(labels.filter((label) => label.length >= fewestLetters));
}

/** What two statements say of one group, together: the name that is most of a name, and the first address. */
export function fuller(a: Named, b: Named): Named {
  const url = a.url ?? b.url;
  const names = [a.name, b.name].filter((name) => name !== undefined);
  const site = siteOf({ ...a, url });
  const labels = site === undefined ? undefined : labelsOf(site);
  const clarity = (name: string): number => {
    const words = foldWords(name);
    if (/^\S+\.\S+$/.test(name)) return 0; // an address
    return words.length + (labels?.has(words.join('')) === true ? 100 : 0); // "this page" is no name of a site
  };
  const [name] = names.sort((one, other) => clarity(other) - clarity(one));
  return { sourceKey: a.sourceKey ?? b.sourceKey, name, url };
}
