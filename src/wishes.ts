/**
 * What a source's partner asks of us on its own site: `/.well-known/relais.json` of the host of its home page and of its feed,
 * looked at once a day when the source is asked anyway.
 */
import type { Clock, Network } from './edges.ts';
import { noValidators } from './fetch/ask.ts';
import type { Library } from './library.ts';
import { wishNews } from './memory.ts';
import type { Config, Instant, Source, SourceMemory, Wish, Wishes } from './model.ts';
import type { ProblemCode } from './problems.ts';
import { keepSilences } from './silences.ts';
import { redactor } from './text/redact.ts';
import { bareHost, isHomePage, parseUrl } from './text/url.ts';
import { dayMs } from './text/wall-clock.ts';
import { type Asked, wishFile, wishInFile } from './text/wishes.ts';

/** A site's file: its text; that there is none; or that nothing can be known of it for now. */
type SiteFile = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'none' | 'unknown' };

interface Edges {
  readonly clock: Clock;
  readonly network: Network;
}

/** A feed that is not there may be part of a partner's leaving; whatever else fails is the way to the host. */
const hostAnswers: ReadonlySet<ProblemCode> = new Set(['fetch/not-found', 'fetch/gone', 'fetch/not-allowed']);

/** What a run has asked for already, by address: a platform is asked once for all of its groups, in whichever lull or at the end. */
export type WishFiles = Map<string, Promise<SiteFile>>;

export interface Looking {
  /** Wishes of those visited since then are asked for. */
  readonly since: Instant;
  readonly files: WishFiles;
  readonly signal: AbortSignal | undefined;
  /** Told of each answer before it is written, so that whoever has the source in hand does not write over it. */
  readonly learn?: (asked: Pick<SourceMemory, 'key' | 'wishes' | 'wishesAsked'>) => void;
}

/**
 * Asks for the wishes of the sources that have been visited since an instant and have not been asked for a day, and tells what
 * is new in them. After the pass or in a lull of it, so that no text waits for it; told to stop, it leaves the rest to the next visit.
 * Nothing else of what is remembered is written: a source may still be in hand.
 */
export async function lookForWishes(
  config: Config,
  edges: Edges & { readonly library: Library },
  { since, files, signal, learn }: Looking,
): Promise<void> {
  if (signal?.aborted === true) return;
  const { clock, library } = edges;
  const network: Network = { ...edges.network, fetch: (request) => edges.network.fetch(request, signal) };
  const memories = await library.memories();
  const silences = new Map(await library.silences());
  const hide = redactor(config.secrets);
  const look = async (source: Source): Promise<void> => {
    const visited = memories.get(source.key);
    if (visited === undefined || !isDue(visited, since, clock.now())) return;
    const sites = await askForWishes(source, visited, { clock, network }, files);
    if (signal?.aborted === true) return;
    const before = (await library.memories([source.key])).get(source.key) ?? visited;
    const wishes = sites.length === 0 && before.wishes?.feed === undefined ? undefined : { ...before.wishes, sites };
    const after = { ...before, wishes, wishesAsked: clock.now() };
    learn?.(after);
    await library.remember(after);
    await library.addNews(
      wishNews(source, before, after, clock.now()).map((one) => ({ ...one, words: hide(one.words) })),
    );
  };
  await Promise.all(config.sources.map(look));
  await keepSilences(edges, silences);
}

function isDue(memory: SourceMemory, since: Instant, now: Instant): boolean {
  const { wishesAsked: last, lastTried = 0, waitUntil, problem, failures } = memory;
  const isTime = last === undefined || now - last >= dayMs || last > now;
  const hasAnswered =
    (failures === 0 && problem?.severity !== 'failure') || (problem !== undefined && hostAnswers.has(problem.code));
  return isTime && lastTried >= since && hasAnswered && waitUntil === undefined && memory.stoppedSince === undefined;
}

/**
 * Looks at the files. One that is not there asks nothing; one that cannot be read, for whatever reason, leaves what was known.
 * @param memory as it is after the visit, as far as it is believed
 */
async function askForWishes(
  source: Source,
  memory: Pick<SourceMemory, 'home' | 'feedUrl' | 'bodyUrl' | 'wishes'>,
  edges: Edges,
  files: WishFiles,
): Promise<Wishes['sites']> {
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
  return sites;
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
    const host = bareHost(origin.host);
    if (found.has(host) || nobodys.test(origin.hostname)) continue;
    const isWholeSite = homes.some((home) => bareHost(new URL(home).host) === host);
    found.set(host, { url: `${origin.origin}${wishFile}`, asked: { host: origin.host, feeds, isWholeSite } });
  }
  return [...found.values()];
}

function isWebHome(url: string): boolean {
  const parsed = parseUrl(url);
  return parsed !== undefined && /^https?:$/.test(parsed.protocol) && isHomePage(parsed.href);
}

async function fileAt(url: string, source: Source, { network }: Edges, files: WishFiles): Promise<SiteFile> {
  const name = `${source.proxy ?? ''} ${url}`;
  const known = files.get(name);
  if (known !== undefined) return await known;
  const asked = askFor(url, source, network);
  files.set(name, asked);
  return await asked;
}

async function askFor(url: string, { proxy, authorityFile }: Source, network: Network): Promise<SiteFile> {
  const request = { url, validators: noValidators, bodyHash: undefined, proxy, authorityFile, what: 'wish' } as const;
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
