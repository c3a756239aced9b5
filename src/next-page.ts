/** The page after the first of a list, when nothing on the first was known. What comes from there is the source's own or nothing. */
import { askForPage, letGo } from './asking.ts';
import type { Clock, FeedHead, Network, NormalisedEntries, Reader } from './edges.ts';
import { type Fresh, isOwn, linkedFrom, missed, partIn, requestOf, whyNot } from './leads.ts';
import type { Library } from './library.ts';
import type { Source, SourceMemory } from './model.ts';
import { type Names, namesIn, newItems } from './new-items.ts';
import type { Problem } from './problems.ts';

interface Edges {
  readonly clock: Clock;
  readonly network: Network;
  readonly reader: Reader;
  readonly library: Library;
}

/** What a document came to. */
export interface Read {
  readonly entries: number;
  readonly names: Names;
  readonly made: NormalisedEntries;
  readonly problems: readonly Problem[];
  /** With that of the next page, where it was asked for. */
  readonly permissions?: SourceMemory['permissions'];
}

/**
 * Reads the page after the first, once, where `page: next` says that there is one and nothing on the first was known: at
 * the first import, or when so much has come that the first could not hold it.
 * @returns the first page, or both as one, in their order; what becomes of the second costs nothing of the first
 */
export async function withNextPage(
  first: Read & { readonly head: FeedHead; readonly fetched: Fresh },
  source: Source,
  before: Pick<SourceMemory, 'permissions' | 'areGuidsShared' | 'held'>,
  edges: Edges,
): Promise<Read> {
  const { head, fetched, names, made, problems } = first;
  const isGap = names.listed.length > 0 && names.known.size === 0 && before.held === undefined;
  const url = source.page?.next === undefined || !isGap ? undefined : linkedFrom(head, 'next', fetched.url);
  if (url === undefined || made.kind === 'failed') return first;
  letGo(fetched, edges.network); // who waits for room for the next must hold none
  const answer = await askForPage(source, requestOf(url, source), before, edges);
  const { document, permissions } = answer;
  const alone = (why: string): Read => ({ ...first, permissions, problems: [...problems, missed(why)] });
  try {
    const part = isOwn(answer.fetched, fetched.url) ? partIn(document, head) : undefined;
    if (part === undefined) return alone(whyNot(document, answer.fetched));
    const more = await namesIn(part, source, edges);
    const listed = new Set(names.listed);
    const fresh = more.fresh.filter((guid) => !listed.has(guid) && !more.known.has(guid));
    const further = await newItems(part, fresh, source, edges);
    if (further.kind === 'failed') return alone(further.problem.happened);
    const others = more.listed.filter((guid) => !listed.has(guid));
    return {
      entries: first.entries + part.feed.entryCount,
      names: { listed: [...listed, ...others], known: more.known, fresh: [...names.fresh, ...fresh] },
      made: { ...made, items: [...made.items, ...further.items], problems: [...made.problems, ...further.problems] },
      problems: [...problems, ...part.problems],
      permissions,
    };
  } finally {
    if (document?.kind === 'feed') document.close();
    letGo(answer.fetched, edges.network);
  }
}
