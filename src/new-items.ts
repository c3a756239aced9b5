/** An open document → those of its entries that are not stored, or stored otherwise, in the form that stories are decided on. */
import type { Clock, FeedHead, NormalisedEntries, OpenFeed } from './edges.ts';
import type { Library } from './library.ts';
import type { Item, Source } from './model.ts';
import type { Problem } from './problems.ts';
import type { KnownEntry, ReadItem } from './refresh-plan.ts';
import type { Directory } from './stories/directory.ts';

export interface Names {
  readonly listed: readonly string[];
  readonly known: ReadonlyMap<string, KnownEntry>;
  /** Those whose entries are not stored, or stored otherwise. */
  readonly fresh: readonly string[];
}

/** Looks up which entries of a document are known; that costs a look-up and no reading. */
export async function namesIn(
  { names }: OpenFeed,
  source: Source,
  { library }: { readonly library: Library },
): Promise<Names> {
  const listed = names.map(({ guid }) => guid);
  const known = await library.knownEntries(source.key, listed);
  const fresh = names.filter(({ guid, hash }) => known.get(guid)?.hash !== hash).map(({ guid }) => guid);
  return { listed, known, fresh };
}

/**
 * What is not listed is missing only from a document that was read whole and goes on from one that we know. Lists on pages
 * are cut and reordered at will, and where guids tell nothing apart nothing can be told to have gone.
 */
export function tellsWhatIsMissing(
  { isCut, format, areGuidsShared }: FeedHead,
  { names, problems }: { readonly names: Names; readonly problems: readonly Problem[] },
): boolean {
  const isWhole = isCut !== true && !problems.some(({ code }) => code === 'parse/entry-skipped');
  return isWhole && format !== 'page' && !areGuidsShared && names.known.size > 0;
}

/** Makes items of entries, and closes the document. */
export async function newItems(
  document: OpenFeed,
  fresh: readonly string[],
  source: Source,
  { clock }: { readonly clock: Clock },
): Promise<NormalisedEntries> {
  if (fresh.length === 0) {
    document.close();
    return { kind: 'items', items: [], problems: [] };
  }
  const { name, lang, hosts, tags, future } = source;
  return await document.normalise(fresh, { source: { name, lang, hosts, tags, future }, now: clock.now() });
}

/** Reads what each item says of itself. */
export async function signed(
  items: readonly Item[],
  source: Source,
  { home, standing }: { readonly home: string | undefined; readonly standing: readonly string[] },
  desk: { directory(): Directory },
): Promise<readonly ReadItem[]> {
  if (items.length === 0) return [];
  const { signalsOf } = await import('./stories/signals.ts');
  const repeated = new Set(standing);
  return items.map((item) => ({ item, signals: signalsOf(item, source, home, desk.directory(), repeated) }));
}
