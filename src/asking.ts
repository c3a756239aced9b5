/** A source and what is remembered of it → what its server answers, opened: the address it has, or the feed behind its page. */
import { readDiscreetly } from './discretion.ts';
import type { Clock, Network, OpenDocument, Reader } from './edges.ts';
import { noValidators, requestFor } from './fetch/ask.ts';
import type { Fetched, FetchRequest, Permission, Source, SourceMemory } from './model.ts';
import { urlKey } from './text/url.ts';

interface Edges {
  readonly clock: Clock;
  readonly network: Network;
  readonly reader: Reader;
}

export interface Answer {
  /** The address that was asked. */
  readonly asked: string;
  readonly fetched: Fetched;
  /** Undefined where there is no new body. A feed is to be closed. */
  readonly document: OpenDocument | undefined;
  /** Those of earlier visits that still hold are among them. Undefined where none was needed. */
  readonly permissions?: readonly Permission[];
}

/**
 * Asks the source; where the configured address is a page, once, for the feed that it advertises. A page that names none and
 * is a list of texts itself is read by the leave of its site, as one with selectors is.
 * @throws what the network does when it is told to give up asking
 */
export async function ask(source: Source, before: SourceMemory, edges: Edges): Promise<Answer> {
  const request = requestFor(source, before, edges.clock.now());
  const isRead = source.page !== undefined || before.permissions !== undefined; // from a page, the last time
  const first = isRead
    ? await askForPage(source, request, before, edges)
    : await fetchAndOpen(source, request, before, edges);
  if (source.page !== undefined || first.document === undefined || !isPage(first.document)) return first;
  // A feed that turns into a page has been taken away, whatever the page names or lists.
  const hasBeenAFeed = before.askedUrl !== undefined && urlKey(before.askedUrl) === urlKey(source.url);
  const mayBeAPage = isRead || (request.url === source.url && !hasBeenAFeed);
  if (first.document.kind === 'feed') {
    if (isRead) return first;
    if (!mayBeAPage) return asNoPage(first);
    first.document.close();
    letGo(first.fetched, edges.network);
    return await askForPage(source, request, before, edges); // again, since nothing of it is read before its site is asked
  }
  const isSafe = ({ url }: { readonly url: string }): boolean =>
    !(request.url.startsWith('https:') && url.startsWith('http:'));
  const [found] = mayBeAPage ? first.document.feeds.filter(isSafe) : [];
  if (found === undefined) return first;
  letGo(first.fetched, edges.network); // who waits for room for the next must hold none
  const other = { ...request, url: found.url, validators: noValidators, bodyHash: undefined };
  return asNoPage(await fetchAndOpen(source, other, before, edges));
}

/** An answer where only a feed will do: a page that was read is one like any other. */
function asNoPage(answer: Answer): Answer {
  const { document } = answer;
  if (document?.kind !== 'feed' || document.feed.format !== 'page') return answer;
  document.close();
  return { ...answer, document: { kind: 'page', title: document.feed.title, feeds: [] } };
}

/** A page that names feeds or none, or one that was read as if it were one. */
function isPage(document: OpenDocument): document is Exclude<OpenDocument, { readonly kind: 'failed' }> {
  return document.kind === 'page' || (document.kind === 'feed' && document.feed.format === 'page');
}

/** A page, the next, and where their redirects lead: a page that names another next one each time fills no memory. */
const mostPermissions = 4;

/**
 * Asks for a page. It is made for people: its site is asked first whether a program may read it, and again where a redirect
 * leads.
 * @param before permissions of earlier visits
 */
export async function askForPage(
  source: Pick<Source, 'secrets' | 'page'>,
  request: FetchRequest,
  before: Pick<SourceMemory, 'permissions' | 'areGuidsShared'>,
  { clock, network, reader }: Edges,
): Promise<Answer> {
  const { isRefusal, permissionFor, stillGiven } = await import('./fetch/permission.ts');
  const asked = request.url;
  const known = before.permissions ?? [];
  const given: Permission[] = [];
  const allGiven = (): readonly Permission[] => {
    const others = stillGiven(known, clock.now()).filter(({ url }) => !given.some((one) => one.url === url));
    return [...given, ...others].slice(0, mostPermissions);
  };
  const refusalOf = async (url: string): Promise<Fetched | undefined> => {
    const answer = await permissionFor({ ...request, url }, known, network, clock.now());
    if (isRefusal(answer)) return answer;
    given.push(answer);
    return undefined;
  };
  const refusal = await refusalOf(asked);
  if (refusal !== undefined) {
    // A source that nothing was read from may name a feed one day: it stays a page that is looked at for one.
    const kept = before.permissions === undefined ? {} : { permissions: allGiven() };
    return { asked, fetched: refusal, document: undefined, ...kept };
  }
  const fetched = await network.fetch(request);
  if (fetched.kind !== 'fresh') return { asked, fetched, document: undefined, permissions: allGiven() };
  return await orLetGo(fetched, network, async () => {
    const refusalThere = fetched.url === asked ? undefined : await refusalOf(fetched.url);
    if (refusalThere === undefined)
      return {
        asked,
        fetched,
        document: await open(fetched, source, before.areGuidsShared === true, reader),
        permissions: allGiven(),
      };
    letGo(fetched, network);
    return { asked, fetched: refusalThere, document: undefined, permissions: allGiven() };
  });
}

async function fetchAndOpen(
  source: Source,
  request: FetchRequest,
  { areGuidsShared = false }: SourceMemory,
  { network, reader }: Edges,
): Promise<Answer> {
  const fetched = await network.fetch(request);
  const asked = request.url;
  if (fetched.kind !== 'fresh') return { asked, fetched, document: undefined };
  return await orLetGo(fetched, network, async () => {
    return { asked, fetched, document: await open(fetched, source, areGuidsShared, reader) };
  });
}

/** Whatever throws leaves nobody who would give the memory of the body back. */
async function orLetGo<T>(fetched: Fetched, network: Network, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    letGo(fetched, network);
    throw error;
  }
}

/** Gives back the memory of a body that will not be read any more. */
export function letGo(fetched: Fetched, network: Pick<Network, 'letGo'>): void {
  if (fetched.kind === 'fresh') network.letGo(fetched.body);
}

/** Opens what was fetched. @param areGuidsShared its guids are not to be believed */
export async function open(
  { body, contentType, url }: Fetched & { readonly kind: 'fresh' },
  source: Pick<Source, 'secrets' | 'page'>,
  areGuidsShared: boolean,
  reader: Reader,
): Promise<OpenDocument> {
  return await readDiscreetly(source, reader)({ body, contentType, url }, { page: source.page, areGuidsShared });
}
