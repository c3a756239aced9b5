/**
 * Whom a name or an address means: the known sources by name, alias and host. A credit counts only when what it names
 * is found here (spec reposts §3: with that rule 53 credits right and none wrong over 231 items).
 */
import type { Source, SourceKey } from '../model.ts';
import { hostOf, urlKey } from '../text/url.ts';

/** What has been learned of a source by reading it. */
export interface LearnedSource {
  readonly key: SourceKey;
  readonly title: string | undefined;
  readonly home: string | undefined;
}

export interface FoundName {
  readonly key: SourceKey;
  /** How many of the words asked about belong to the name. */
  readonly words: number;
}

export interface Directory {
  /** The longest known name at the beginning of these folded words. */
  readonly nameAt: (words: readonly string[]) => FoundName | undefined;
  /** The source that a whole name means. */
  readonly byName: (name: string) => SourceKey | undefined;
  /** The source whose site an address belongs to. */
  readonly byUrl: (url: string) => SourceKey | undefined;
  /** True for two sources of one group: the same `partner`, or the same home page. */
  readonly areOnePartner: (a: SourceKey, b: SourceKey) => boolean;
}

/** Words as names and phrases are compared: lower case, without marks, letters and digits only. */
export function foldWords(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

interface Place {
  readonly key: SourceKey;
  /** urlKey of the home page, '' while it is not known. */
  readonly root: string;
}

/**
 * Builds the directory. A name shorter than three letters is left out: it would be found everywhere.
 * A name that two groups claim means neither.
 */
export function makeDirectory(sources: readonly Source[], told: readonly LearnedSource[]): Directory {
  const learned = believable(sources, told);
  const learnedByKey = new Map(learned.map((one) => [one.key, one]));
  const areOnePartner = partnership(sources, learned);
  const { names, longest } = indexNames(sources, learnedByKey, areOnePartner);
  const placesByHost = indexPlaces(sources, learnedByKey);
  return {
    nameAt(words) {
      for (let count = Math.min(longest, words.length); count > 0; count--) {
        const key = names.get(words.slice(0, count).join(' '));
        if (key !== undefined) return { key, words: count };
      }
      return undefined;
    },
    byName: (name) => names.get(foldWords(name).join(' ')),
    byUrl(url) {
      const places = placesByHost.get(hostOf(url) ?? '') ?? [];
      return ownerOf(urlKey(url), places, areOnePartner);
    },
    areOnePartner,
  };
}

/** A feed may call any address its home. It is not believed where that is the host of another source of ours. */
function believable(sources: readonly Source[], told: readonly LearnedSource[]): LearnedSource[] {
  const hosts = new Map(sources.map((source) => [source.key, hostOf(source.url)]));
  const owners = new Set(hosts.values());
  return told.map((one) => {
    const claimed = one.home === undefined ? undefined : hostOf(one.home);
    const isOwn = claimed === hosts.get(one.key) || !hosts.has(one.key);
    return claimed === undefined || isOwn || !owners.has(claimed) ? one : { ...one, home: undefined };
  });
}

/** A source that has left sources.yaml is remembered by its home page: a changed feed address makes no second group. */
function partnership(sources: readonly Source[], learned: readonly LearnedSource[]): Directory['areOnePartner'] {
  const partners = new Map(sources.map(({ key, partner }) => [key, partner && foldWords(partner).join(' ')]));
  const homes = new Map(learned.map(({ key, home }) => [key, home && urlKey(home)]));
  return (a, b) => {
    if (a === b) return true;
    const [partnerA, partnerB] = [partners.get(a), partners.get(b)];
    if (partnerA !== undefined && partnerB !== undefined) return partnerA === partnerB;
    return homes.get(a) !== undefined && homes.get(a) === homes.get(b);
  };
}

interface NameIndex {
  readonly names: ReadonlyMap<string, SourceKey | undefined>;
  /** Words of the longest name. */
  readonly longest: number;
}

/** What the maintainer has written comes first: no feed can take a name away by calling itself by it. */
function indexNames(
  sources: readonly Source[],
  learnedByKey: ReadonlyMap<SourceKey, LearnedSource>,
  areOnePartner: Directory['areOnePartner'],
): NameIndex {
  const given = new Map<string, SourceKey | undefined>();
  const called = new Map<string, SourceKey | undefined>();
  for (const source of sources) {
    for (const name of [source.name, source.partner, ...source.aliases]) claim(given, name, source.key, areOnePartner);
    claim(called, learnedByKey.get(source.key)?.title, source.key, areOnePartner);
  }
  const names = new Map([...called, ...given]);
  return { names, longest: Math.max(0, ...[...names.keys()].map((name) => name.split(' ').length)) };
}

/** Enters a name; one that two groups claim means neither. */
function claim(
  names: Map<string, SourceKey | undefined>,
  written: string | undefined,
  key: SourceKey,
  areOnePartner: Directory['areOnePartner'],
): void {
  const words = foldWords(written ?? '');
  const name = words.join(' ');
  if (words.join('').length < 3) return;
  const holder = names.get(name);
  const isClaimedTwice = names.has(name) && (holder === undefined || !areOnePartner(holder, key));
  names.set(name, isClaimedTwice ? undefined : (holder ?? key));
}

function indexPlaces(
  sources: readonly Source[],
  learnedByKey: ReadonlyMap<SourceKey, LearnedSource>,
): ReadonlyMap<string, Place[]> {
  const byHost = new Map<string, Place[]>();
  for (const source of sources) {
    const home = learnedByKey.get(source.key)?.home;
    const hosts = [
      hostOf(source.url),
      home === undefined ? undefined : hostOf(home),
      ...source.hosts.map((host) => host.toLowerCase()),
    ];
    for (const host of new Set(hosts)) {
      if (host === undefined) continue;
      byHost.set(host, [
        ...(byHost.get(host) ?? []),
        { key: source.key, root: home === undefined ? '' : urlKey(home) },
      ]);
    }
  }
  return byHost;
}

/**
 * A home page in a folder (`medium.example/our-group`) owns that folder only; the host belongs to a platform. On a host
 * that several groups share, the deepest matching home page decides.
 */
function ownerOf(
  asked: string,
  places: readonly Place[],
  areOnePartner: Directory['areOnePartner'],
): SourceKey | undefined {
  const fitting = places.filter(
    (place) => !place.root.includes('/') || asked === place.root || asked.startsWith(`${place.root}/`),
  );
  const [first] = fitting;
  if (first === undefined || fitting.every((place) => areOnePartner(place.key, first.key))) return first?.key;
  const below = fitting.filter((place) => place.root.includes('/')).sort((a, b) => b.root.length - a.root.length);
  const [deepest, next] = below;
  const isShared = deepest !== undefined && next?.root === deepest.root && !areOnePartner(deepest.key, next.key);
  return isShared ? undefined : deepest?.key;
}
