/**
 * Whom a name or an address means: the known sources by name, alias and host. A credit counts only when what it names
 * is found here (spec reposts §3: with that rule 53 credits right and none wrong over 231 items).
 */
import type { Evidence, Source, SourceKey, SourceRole } from '../model.ts';
import { hostOf, urlKey } from '../text/url.ts';
import { foldText, foldWords } from './folding.ts';
import { isWithin, openGiven } from './given.ts';

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
  /** True for the key of a source that is known, also of one that has left sources.yaml. */
  readonly isSource: (key: string) => boolean;
  /** True for two sources of one group: the same `partner`, or the same home page. */
  readonly areOnePartner: (a: SourceKey, b: SourceKey) => boolean;
  /**
   * True where one may take back what the other has published too: of one group, and not merely because both feeds call one page
   * their home, which anybody's can. The first is then at that home itself.
   */
  readonly speaksFor: (one: SourceKey, other: SourceKey) => boolean;
  /** The source that a credit means by names and hosts that the maintainer wrote, or by the host of its feed (given.ts). */
  readonly givenIn: (said: Pick<Evidence, 'targetName' | 'targetUrl'>) => SourceKey | undefined;
  /** What the maintainer says it is; `group` for a source that has left sources.yaml. */
  readonly roleOf: (key: SourceKey) => SourceRole;
}

interface Place {
  readonly key: SourceKey;
  /** urlKey of the home page, '' while it is not known. */
  readonly root: string;
  /** Its feed is on this host, or the maintainer says that the host is its own; else it only claims so. */
  readonly isShown: boolean;
}

/** A directory that takes in what is learned while it is in use: building one anew costs a look at every source. */
export interface GrowingDirectory extends Directory {
  /** What has been read of a source, in the place of what was known of it. */
  learn(told: LearnedSource): void;
}

/**
 * Opens the directory. A name shorter than three letters is left out: it would be found everywhere.
 * A name that two groups claim means neither. What is learned in any order comes to the same.
 */
export function openDirectory(sources: readonly Source[], told: readonly LearnedSource[]): GrowingDirectory {
  const isBelieved = believer(sources);
  const homes = new Map<SourceKey, string>();
  const areOnePartner = partnership(sources, homes);
  const partners = new Map(sources.map(({ key, partner }) => [key, partner]));
  const names = openNames(sources, areOnePartner);
  const places = openPlaces(sources, homes);
  const roles = new Map(sources.map(({ key, role }) => [key, role]));
  const keys = new Set(sources.map(({ key }) => key));
  const learn = (one: LearnedSource): void => {
    keys.add(one.key);
    const home = isBelieved(one) ? one.home : undefined;
    if (home === undefined) homes.delete(one.key);
    else homes.set(one.key, urlKey(home));
    places.move(one.key, home === undefined ? undefined : hostOf(home));
    names.call(one.key, one.title);
  };
  for (const one of told) learn(one);
  return {
    nameAt: names.at,
    byName: (name) => names.whole(foldText(name)),
    byUrl: (url) => ownerOf(urlKey(url), places.on(hostOf(url) ?? ''), areOnePartner),
    isSource: (key) => keys.has(key),
    areOnePartner,
    speaksFor: (one, other) =>
      one === other ||
      (areOnePartner(one, other) &&
        ((partners.get(one) !== undefined && partners.get(other) !== undefined) ||
          isAtHome(one, homes.get(one) ?? ''))),
    givenIn: openGiven(sources, names.given, homes),
    roleOf: (key) => roles.get(key) ?? 'group',
    learn,
  };
}

/**
 * A feed may call any address its home. It is not believed where that is the host of another source of ours, by its feed or by
 * what the maintainer says.
 */
function believer(sources: readonly Source[]): (told: LearnedSource) => boolean {
  const hosts = new Map(sources.map((source) => [source.key, ownHosts(source)]));
  const owners = new Set([...hosts.values()].flat());
  return ({ key, home }) => {
    const claimed = home === undefined ? undefined : hostOf(home);
    const own = hosts.get(key);
    return claimed === undefined || own === undefined || own.includes(claimed) || !owners.has(claimed);
  };
}

/** Hosts that are a source's by more than its own word. */
function ownHosts({ url, hosts }: Source): string[] {
  return [hostOf(url), ...hosts.map((host) => host.toLowerCase())].filter((host) => host !== undefined);
}

/** A source that has left sources.yaml is remembered by its home page: a changed feed address makes no second group. */
function partnership(sources: readonly Source[], homes: ReadonlyMap<SourceKey, string>): Directory['areOnePartner'] {
  const partners = new Map(sources.map(({ key, partner }) => [key, partner && foldText(partner)]));
  return (a, b) => {
    if (a === b) return true;
    const [partnerA, partnerB] = [partners.get(a), partners.get(b)];
    if (partnerA !== undefined && partnerB !== undefined) return partnerA === partnerB;
    return homes.get(a) !== undefined && homes.get(a) === homes.get(b);
  };
}

/** A feed below its home page, or, where that is a whole host, at a name below it. @param home its urlKey */
function isAtHome(key: SourceKey, home: string): boolean {
  if (isWithin(key, home)) return true;
  const [host = ''] = key.split('/');
  return home !== '' && !home.includes('/') && host.endsWith(`.${home}`);
}

/** As sources.yaml has them, in whatever order they were learned. */
function orderOf(sources: readonly Source[]): (keys: readonly SourceKey[]) => SourceKey[] {
  const places = new Map(sources.map(({ key }, at) => [key, at]));
  return (keys) => [...keys].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

interface Names {
  at: Directory['nameAt'];
  /** @param name folded words, joined by spaces */
  whole(name: string): SourceKey | undefined;
  /** The same, of names that the maintainer has written. */
  given(name: string): SourceKey | undefined;
  /** A source calls itself so; undefined where it calls itself nothing. */
  call(key: SourceKey, title: string | undefined): void;
}

/** Names that sources have, each found as it is written and, where it is long enough, whether its words are parted or not. */
interface NameTable {
  /** Takes in a name. @returns it, folded; undefined for one that is too short */
  add(written: string | undefined, key: SourceKey): string | undefined;
  remove(name: string, key: SourceKey): void;
  as(name: string): readonly SourceKey[] | undefined;
  /** @param letters a name without its spaces */
  joined(letters: string): readonly SourceKey[] | undefined;
}

function openTable(inOrder: (keys: readonly SourceKey[]) => SourceKey[]): NameTable {
  const names = new Map<string, SourceKey[]>();
  const joined = new Map<string, SourceKey[]>();
  const put = (table: Map<string, SourceKey[]>, name: string, key: SourceKey): void => {
    table.set(name, inOrder([...(table.get(name) ?? []), key]));
  };
  const drop = (table: Map<string, SourceKey[]>, name: string, key: SourceKey): void => {
    const left = (table.get(name) ?? []).filter((one) => one !== key);
    if (left.length === 0) table.delete(name);
    else table.set(name, left);
  };
  return {
    add(written, key) {
      const words = foldWords(written ?? '');
      const letters = words.join('');
      if (letters.length < 3) return undefined;
      put(names, words.join(' '), key);
      put(joined, letters, key);
      return words.join(' ');
    },
    remove(name, key) {
      drop(names, name, key);
      drop(joined, name.replaceAll(' ', ''), key);
    },
    as: (name) => names.get(name),
    joined: (letters) => joined.get(letters),
  };
}

/** Letters from which on a name is found with its spaces elsewhere: a whole name, and one inside a sentence. */
const joinedWhole = 8;
const joinedInText = 12;
/** Words that one written without spaces may be taken apart into. */
const mostParts = 6;

/**
 * What the maintainer has written comes first: no feed can take a name away by calling itself by it. A name is found as it is
 * written before it is found with its spaces elsewhere, which only long ones are: "Every Body" is not everybody.
 */
function openNames(sources: readonly Source[], areOnePartner: Directory['areOnePartner']): Names {
  const given = openTable(orderOf(sources));
  const called = openTable(orderOf(sources));
  const titles = new Map<SourceKey, string | undefined>(sources.map(({ key }) => [key, undefined]));
  let longest = mostParts;
  const claim = (table: NameTable, written: string | undefined, key: SourceKey): string | undefined => {
    const name = table.add(written, key);
    longest = Math.max(longest, name?.split(' ').length ?? 0);
    return name;
  };
  for (const source of sources)
    for (const name of [source.name, source.partner, ...source.aliases]) claim(given, name, source.key);
  const only = (keys: readonly SourceKey[] | undefined): SourceKey | undefined => {
    const [first, ...others] = keys ?? [];
    return first !== undefined && others.every((key) => areOnePartner(first, key)) ? first : undefined;
  };
  const first = (keysIn: (table: NameTable) => readonly SourceKey[] | undefined, tables: readonly NameTable[]) =>
    tables.map(keysIn).find((keys) => keys !== undefined);
  const whole = (name: string, fewestLetters = joinedWhole, tables = [given, called]): SourceKey | undefined => {
    const exact = first((table) => table.as(name), tables);
    if (exact !== undefined) return only(exact);
    const letters = name.replaceAll(' ', '');
    return letters.length < fewestLetters ? undefined : only(first((table) => table.joined(letters), tables));
  };
  return {
    at(words) {
      for (let count = Math.min(longest, words.length); count > 0; count--) {
        const key = whole(words.slice(0, count).join(' '), joinedInText);
        if (key !== undefined) return { key, words: count };
      }
      return undefined;
    },
    whole: (name) => whole(name),
    given: (name) => whole(name, joinedWhole, [given]),
    call(key, title) {
      if (!titles.has(key)) return; // of a source that has left sources.yaml
      const before = titles.get(key);
      if (before !== undefined) called.remove(before, key);
      titles.set(key, claim(called, title, key));
    },
  };
}

interface Places {
  /** Who has pages on a host. */
  on(host: string): readonly Place[];
  /** The home page of a source is on this host now; undefined where none is known. */
  move(key: SourceKey, host: string | undefined): void;
}

function openPlaces(sources: readonly Source[], homes: ReadonlyMap<SourceKey, string>): Places {
  const byHost = new Map<string, Set<SourceKey>>();
  const fixed = new Map<SourceKey, ReadonlySet<string>>();
  const homeHosts = new Map<SourceKey, string>();
  const inOrder = orderOf(sources);
  const enter = (host: string, key: SourceKey): void => {
    const keys = byHost.get(host);
    if (keys === undefined) byHost.set(host, new Set([key]));
    else keys.add(key);
  };
  for (const source of sources) {
    const own = ownHosts(source);
    fixed.set(source.key, new Set(own));
    for (const host of own) enter(host, source.key);
  }
  return {
    on: (host) =>
      inOrder([...(byHost.get(host) ?? [])]).map((key) => {
        return { key, root: homes.get(key) ?? '', isShown: fixed.get(key)?.has(host) === true };
      }),
    move(key, host) {
      const own = fixed.get(key);
      if (own === undefined) return; // of a source that has left sources.yaml
      const before = homeHosts.get(key);
      if (before !== undefined && !own.has(before)) byHost.get(before)?.delete(key);
      if (host === undefined) homeHosts.delete(key);
      else {
        homeHosts.set(key, host);
        enter(host, key);
      }
    },
  };
}

/**
 * A home page in a folder (`medium.example/our-group`) owns that folder only; the host belongs to a platform. On a host
 * that several groups share, the deepest matching home page decides, among those that a feed lies in where there are any.
 * Whoever only claims a place on a host comes after those whose host it is, and of several that do nothing is believed: a folder
 * in another's site is claimed as easily.
 */
function ownerOf(
  asked: string,
  places: readonly Place[],
  areOnePartner: Directory['areOnePartner'],
): SourceKey | undefined {
  const matching = places.filter((place) => !place.root.includes('/') || isWithin(asked, place.root));
  const shown = matching.filter(({ isShown }) => isShown);
  const fitting = shown.length > 0 ? shown : matching;
  const [first] = fitting;
  if (first === undefined || fitting.every((place) => areOnePartner(place.key, first.key))) return first?.key;
  if (shown.length === 0) return undefined;
  const folders = fitting.filter((place) => place.root.includes('/')).sort((a, b) => b.root.length - a.root.length);
  const lived = folders.filter(({ key, root }) => isWithin(key, root));
  const [deepest, next] = lived.length > 0 ? lived : folders;
  const isShared = deepest !== undefined && next?.root === deepest.root && !areOnePartner(deepest.key, next.key);
  return isShared ? undefined : deepest?.key;
}
