/** What the maintainer has said of items, by address or guid → the stored items that is meant of. */
import type { Original, Source, SourceKey } from '../model.ts';
import { type KeptRuling, type NamedItem, namesIn, type Shelf, type StoryRuling } from '../story-plan.ts';
import type { Directory } from './directory.ts';

/** A ruling on items, and those it is about that are stored. */
export interface ResolvedRuling {
  readonly kept: KeptRuling;
  /** Ids, for each of its names in turn. */
  readonly items: readonly (readonly number[])[];
}

export interface RuledPairs {
  readonly same: readonly (readonly [number, number])[];
  readonly different: readonly (readonly [number, number])[];
  /** Who wrote the story that an item stands in. */
  readonly originals: ReadonlyMap<number, Original>;
  readonly resolved: readonly ResolvedRuling[];
}

/** A ruling on an item that is not stored (yet, or any more) is kept, and says nothing meanwhile. */
export async function resolveRulings(shelf: Shelf, directory: Directory): Promise<RuledPairs> {
  const rulings = (await shelf.rulings()).filter(({ ruling }) => ruling.kind !== 'alias');
  if (rulings.length === 0) return { same: [], different: [], originals: new Map(), resolved: [] };
  const named = await shelf.named(rulings.flatMap(({ ruling }) => namesIn(ruling)));
  const same: (readonly [number, number])[] = [];
  const different: (readonly [number, number])[] = [];
  const originals = new Map<number, Original>();
  const resolved = rulings.map((kept): ResolvedRuling => ({ kept, items: ruledItems(kept, named, directory) }));
  for (const { kept, items } of resolved) {
    const { ruling } = kept;
    const [first = [], second = []] = items;
    if (ruling.kind === 'original') for (const id of first) originals.set(id, originalIn(ruling.group, directory));
    const list = ruling.kind === 'same' ? same : different;
    for (const a of first) for (const b of second) if (a !== b) list.push([a, b]);
  }
  return { same, different, originals, resolved };
}

/**
 * Of all items under one address those of the group whose site it is on, if there are any: anybody may write that address
 * into a feed, and no ruling is about them.
 */
export function meant(name: string, found: readonly NamedItem[], directory: Directory): readonly NamedItem[] {
  const own = found.filter(ownedBy(name, directory));
  return own.length > 0 ? own : found;
}

function ownedBy(name: string, directory: Directory): (item: NamedItem) => boolean {
  const owner = /^https?:/.test(name) ? directory.byUrl(name) : undefined;
  return ({ sourceKey }) => owner !== undefined && directory.areOnePartner(sourceKey, owner);
}

/**
 * Ids of the items that a ruling is about, for each of its names in turn: those that had the name when the maintainer spoke, also
 * where they have another now, and what the same group brings under it later. Where nobody is known to own an address, and for a
 * guid always, what others bring or call so later is not meant; nor is what was here under another name when the maintainer
 * spoke: an older post can be edited to carry any address.
 */
export function ruledItems(
  { ruling, at, holders }: KeptRuling,
  named: ReadonlyMap<string, readonly NamedItem[]>,
  directory: Directory,
): readonly (readonly number[])[] {
  return namesIn(ruling).map((name, place) => {
    const then = holders[place] ?? [];
    const ids = new Set(then.map(({ id }) => id));
    const isOwned = ownedBy(name, directory);
    const since = (named.get(name) ?? []).filter((one) => !ids.has(one.id) && (one.seen > at || isOwned(one)));
    const found = meant(name, [...then, ...since], directory);
    const hadIt = found.filter(({ id }) => ids.has(id));
    const isTheirs = ({ sourceKey }: NamedItem): boolean =>
      hadIt.length === 0 || hadIt.some((one) => directory.areOnePartner(one.sourceKey, sourceKey));
    return found.filter(isTheirs).map(({ id }) => id);
  });
}

/** @param group key or name of a source, or the name of a group that is none */
function originalIn(group: string, directory: Directory): Original {
  const sourceKey = groupNamed(group, directory);
  return { kind: 'elsewhere', sourceKey, name: sourceKey === undefined ? group : undefined, url: undefined };
}

/** The source that a key or a whole name means. */
export function groupNamed(group: string, directory: Directory): SourceKey | undefined {
  return directory.isSource(group) ? group : directory.byName(group);
}

/** Sources with the names that the maintainer has ruled to be theirs, as if these stood in sources.yaml. */
export function withRuledAliases(sources: readonly Source[], rulings: readonly StoryRuling[]): readonly Source[] {
  const names = new Map<string, string[]>();
  for (const one of rulings)
    if (one.kind === 'alias') names.set(one.group, [...(names.get(one.group) ?? []), one.name]);
  if (names.size === 0) return sources;
  return sources.map((source) => {
    const more = names.get(source.key);
    return more === undefined ? source : { ...source, aliases: [...source.aliases, ...more] };
  });
}
