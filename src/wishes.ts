/**
 * What a source's partner asks of us on its own site: `/.well-known/relais.json` of the host of its home page and of its feed,
 * looked at once a day when the source is asked anyway.
 */
import type { Clock, Network } from './edges.ts';
import type { Fetched, Instant, Source, SourceMemory, Wish, Wishes } from './model.ts';
import type { ProblemCode } from './problems.ts';
import { isHomePage, parseUrl } from './text/url.ts';
import { type Asked, wishInFile } from './text/wishes.ts';

/** A site's file: its text; that there is none; or that nothing can be known of it for now. */
export type SiteFile = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'none' | 'unknown' };

interface Edges {
  readonly clock: Clock;
  readonly network: Network;
}

const dayMs = 86_400_000;
const path = '/.well-known/relais.json';

/** A feed that is not there may be part of a partner's leaving; whatever else fails is the way to the host. */
const hostAnswers: ReadonlySet<ProblemCode> = new Set(['fetch/not-found', 'fetch/gone', 'fetch/not-allowed']);

/** A visit to a source, as far as its wishes go. */
interface Visit {
  readonly before: SourceMemory;
  readonly asked: string;
  readonly fetched: Fetched;
  /** The home page that its document names, where it is believed. */
  readonly home: string | undefined;
}

/** What a source's site asks of us after a visit: asked anew once a day, where its host has answered. */
export async function wishesAfter(
  { before, asked, fetched, home = before.home }: Visit,
  source: Source,
  edges: Edges,
  files: Map<string, Promise<SiteFile>>,
): Promise<{ readonly wishes: SourceMemory['wishes']; readonly wishesAsked: SourceMemory['wishesAsked'] }> {
  const { wishes, wishesAsked } = before;
  const now = edges.clock.now();
  const isTime = wishesAsked === undefined || now - wishesAsked >= dayMs || wishesAsked > now;
  const hasAnswered = fetched.kind !== 'failed' || hostAnswers.has(fetched.problem.code);
  const wantsQuiet = fetched.hints.retryAfterMs !== undefined;
  if (!isTime || !hasAnswered || wantsQuiet) return { wishes, wishesAsked };
  const bodyUrl = fetched.kind === 'failed' ? before.bodyUrl : fetched.url;
  const memory = { wishes, home, bodyUrl, feedUrl: asked };
  return { wishes: await askForWishes(source, memory, edges, files), wishesAsked: now };
}

/**
 * Looks at the files. One that is not there asks nothing; one that cannot be read, for whatever reason, leaves what was known.
 * @param memory as it is after the visit, as far as it is believed
 * @param files those that this pass has asked for, by address: a platform is asked once for all of its groups
 */
async function askForWishes(
  source: Source,
  memory: Pick<SourceMemory, 'home' | 'feedUrl' | 'bodyUrl' | 'wishes'>,
  edges: Edges,
  files: Map<string, Promise<SiteFile>>,
): Promise<Wishes | undefined> {
  const { wishes } = memory;
  const now = edges.clock.now();
  const sites: { host: string; wish: Wish; readAt: Instant }[] = [];
  for (const { url, asked } of filesOf(source, memory)) {
    const file = await fileAt(url, source, edges, files);
    const wish = file.kind === 'text' ? wishInFile(file.text, asked) : undefined;
    const old = wishes?.sites.find(({ host }) => host === asked.host);
    if (file.kind === 'unknown' || wish === 'junk') sites.push(...(old === undefined ? [] : [old]));
    else if (wish !== undefined) sites.push({ host: asked.host, wish, readAt: now });
  }
  return sites.length === 0 && wishes?.feed === undefined ? undefined : { ...wishes, sites };
}

/** RFC 6761: names that nobody can have. They stand in documents that were copied from examples, and are not worth a look-up. */
const nobodys = /(^|\.)(example|example\.(com|net|org)|invalid|test)$/;

/** The addresses of the files, the feed's host first; one host has one file. */
function filesOf(
  source: Source,
  memory: Pick<SourceMemory, 'home' | 'feedUrl' | 'bodyUrl'>,
): readonly { readonly url: string; readonly asked: Asked }[] {
  const feeds = [memory.feedUrl, memory.bodyUrl, source.url].filter((url) => url !== undefined);
  const homes = [memory.home, source.url].filter((url) => url !== undefined && isWebHome(url)) as string[];
  const found = new Map<string, { url: string; asked: Asked }>();
  for (const at of [feeds[0], memory.home]) {
    const origin = at === undefined ? undefined : parseUrl(at);
    if (origin === undefined || !/^https?:$/.test(origin.protocol)) continue;
    const host = bareHost(origin);
    if (found.has(host) || nobodys.test(origin.hostname)) continue;
    const isWholeSite = homes.some((home) => bareHost(new URL(home)) === host);
    found.set(host, { url: `${origin.origin}${path}`, asked: { host: origin.host, feeds, isWholeSite } });
  }
  return [...found.values()];
}

function isWebHome(url: string): boolean {
  const parsed = parseUrl(url);
  return parsed !== undefined && /^https?:$/.test(parsed.protocol) && isHomePage(parsed.href);
}

function bareHost({ host }: URL): string {
  return host.replace(/^www\./, '');
}

async function fileAt(
  url: string,
  source: Source,
  { network }: Edges,
  files: Map<string, Promise<SiteFile>>,
): Promise<SiteFile> {
  const name = `${source.proxy ?? ''} ${url}`;
  const known = files.get(name);
  if (known !== undefined) return await known;
  const asked = askFor(url, source, network);
  files.set(name, asked);
  return await asked;
}

async function askFor(url: string, { proxy, authorityFile }: Source, network: Network): Promise<SiteFile> {
  const validators = { etag: undefined, lastModified: undefined };
  const request = { url, validators, bodyHash: undefined, proxy, authorityFile, what: 'wish' } as const;
  // It throws only when told to give up asking; what has come of the source is kept all the same.
  const fetched = await network.fetch(request).catch(() => undefined);
  if (fetched === undefined) return { kind: 'unknown' };
  if (fetched.kind === 'failed') {
    const { code } = fetched.problem;
    return { kind: code === 'fetch/not-found' || code === 'fetch/gone' ? 'none' : 'unknown' };
  }
  if (fetched.kind !== 'fresh') return { kind: 'unknown' };
  const text = new TextDecoder().decode(fetched.body);
  network.letGo(fetched.body);
  return { kind: 'text', text };
}
