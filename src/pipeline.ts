/**
 * The story of an item, told in calls: fetch → parse → normalise → trust → stories → store. It decides nothing about content:
 * what is decided stands in the plan, made by pure functions. Parsing and normalising are the reader's, which is started
 * when used: an unchanged source loads neither parsers nor cleaner.
 */
import type {
  Clock,
  FeedHead,
  Library,
  Network,
  NormalisedEntries,
  OpenDocument,
  OpenFeed,
  Random,
  Reader,
} from './edges.ts';
import { requestFor } from './fetch/ask.ts';
import { rhythmOf } from './fetch/due.ts';
import { learn, newsOf } from './memory.ts';
import type { Fetched, FetchRequest, Hold, Item, Outcome, Source, SourceKey, SourceMemory } from './model.ts';
import { type Problem, problem } from './problems.ts';
import type { ReadItem, Reading } from './refresh-plan.ts';
import type { Directory } from './stories/directory.ts';
import { lookupFor, planRefresh } from './stories/plan.ts';
import { type Case, type Judgement, judge, needsSamples, sampleLimit } from './trust/judge.ts';

export interface Edges {
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly reader: Reader;
  readonly library: Library;
}

/** What is known while a pass runs: it grows as sources are read. */
export interface Desk {
  memory(key: SourceKey): SourceMemory;
  directory(): Directory;
  learn(memory: SourceMemory): void;
  /** The words without the maintainer's secrets. */
  redact(text: string): string;
}

/**
 * Refreshes one source. Throws only for a bug of ours or a Halt; whatever a partner does is in the outcome.
 * @param signal gives up asking: then its reason is thrown, and nothing has happened to the source
 */
export async function refresh(source: Source, desk: Desk, edges: Edges, signal?: AbortSignal): Promise<Outcome> {
  const answer = await ask(source, desk.memory(source.key), edges, signal);
  try {
    return await settle(answer, source, desk, edges);
  } finally {
    if (answer.document?.kind === 'feed') answer.document.close(); // or no other would ever be read
  }
}

async function settle(answer: Answer, source: Source, desk: Desk, edges: Edges): Promise<Outcome> {
  const before = desk.memory(source.key);
  const now = edges.clock.now();
  const seen = await read(answer, source, desk, edges);
  const reading = { ...seen.reading, problems: seen.reading.problems.map((one) => discreet(one, desk)) };
  const lesson = { ...answer, ...seen, source, before, reading, now, random: edges.random.next() };
  const after = learn(lesson);
  const news = newsOf(source, before, after, now).map((one) => ({ ...one, words: desk.redact(one.words) }));
  const outcome = await edges.library.record(lookupFor(source, reading), (known) =>
    planRefresh({ source, before, after, reading, directory: desk.directory(), news, rhythmOf, now }, known),
  );
  desk.learn(after);
  return outcome;
}

/** What a server sends back may hold what we sent it. */
function discreet(one: Problem, { redact }: Desk): Problem {
  return { ...one, happened: redact(one.happened) };
}

/** Decides anew about stored items of a source, now that more names are known than when they were read. */
export async function reconsider(source: Source, items: readonly Item[], desk: Desk, edges: Edges): Promise<Outcome> {
  const { signalsOf } = await import('./stories/signals.ts');
  const memory = desk.memory(source.key);
  const directory = desk.directory();
  const reading: Reading = {
    kind: 'read',
    entries: items.length,
    items: items.map((item) => ({ item, signals: signalsOf(item, source, memory.home, directory) })),
    rekeyed: new Map(),
    deleted: [],
    problems: [],
  };
  const now = edges.clock.now();
  return await edges.library.record(lookupFor(source, reading), (known) =>
    planRefresh({ source, before: memory, after: memory, reading, directory, news: [], rhythmOf, now }, known),
  );
}

// ── fetch and read ──────────────────────────────────────────────────────────────────────────────

interface Answer {
  /** The address that was asked. */
  readonly asked: string;
  readonly fetched: Fetched;
  /** Undefined where there is no new body. */
  readonly document: OpenDocument | undefined;
}

/** Asks the source; where the configured address is a page, once, for the feed that it advertises. */
async function ask(
  source: Source,
  before: SourceMemory,
  edges: Edges,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const request = requestFor(source, before, edges.clock.now());
  const first = await fetchAndOpen(source, request, edges, signal);
  const isConfigured = request.url === source.url;
  // A feed that turns into a page has been taken away, whatever other feed the page names.
  const hasBeenAFeed = before.lastBody !== undefined && before.feedUrl === undefined;
  const isSafe = ({ url }: { readonly url: string }): boolean =>
    !(request.url.startsWith('https:') && url.startsWith('http:'));
  const [found] =
    first.document?.kind === 'page' && isConfigured && !hasBeenAFeed ? first.document.feeds.filter(isSafe) : [];
  if (found === undefined) return first;
  return await fetchAndOpen(
    source,
    { ...request, url: found.url, validators: noValidators, bodyHash: undefined },
    edges,
    signal,
  );
}

const noValidators = { etag: undefined, lastModified: undefined };

async function fetchAndOpen(
  source: Source,
  request: FetchRequest,
  { network, reader }: Edges,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const fetched = await network.fetch(request, signal);
  const asked = request.url;
  if (fetched.kind !== 'fresh') return { asked, fetched, document: undefined };
  const { body, contentType, url } = fetched;
  try {
    return { asked, fetched, document: await reader.read({ body, contentType, url }, source.page) };
  } finally {
    network.letGo(body);
  }
}

/** What a document came to, and whether it is still this source's. */
interface Seen {
  readonly reading: Reading;
  readonly head: FeedHead | undefined;
  /** Items of it were known, or nothing has changed. */
  readonly hasOverlap: boolean;
  readonly held: Hold | undefined;
}

/** Brings a document's new and changed entries into the form that stories are decided on; known ones cost a look-up. */
async function read({ fetched, document }: Answer, source: Source, desk: Desk, edges: Edges): Promise<Seen> {
  const { held } = desk.memory(source.key);
  const now = edges.clock.now();
  const nothing = { entries: 0, items: [], rekeyed: new Map(), deleted: [] };
  const unread = { head: undefined, held, hasOverlap: true };
  const failed = (why: Problem): Seen => ({ ...unread, reading: { kind: 'failed', problems: [why], ...nothing } });
  if (fetched.kind === 'failed') return failed(fetched.problem);
  if (fetched.kind === 'unchanged' || document === undefined)
    return { ...unread, reading: { kind: 'unchanged', problems: [], ...nothing } };
  if (document.kind !== 'feed') return failed(notAFeed(document));
  const head = document.feed;
  const names = await namesIn(document, source, edges);
  const made = await newItems(document, names.fresh, source, edges);
  if (made.kind === 'failed') return failed(made.problem);
  const judgement = await judged({ source, fetched, head, names, newItems: made.items }, desk, edges);
  const isHeld = judgement.kind === 'held';
  if (!isHeld) desk.learn(named(desk.memory(source.key), head)); // its items are read as this group's
  const items = await signed(made.items, source, head.home, desk);
  const signalled = items.flatMap(({ signals }) => signals.problems);
  const reading: Reading = {
    kind: isHeld ? 'held' : 'read',
    entries: head.entryCount,
    items,
    rekeyed: isHeld ? nothing.rekeyed : judgement.rekeyed,
    deleted: head.deleted.map((one) => ({ guid: one.guid, because: one.because ?? '' })),
    problems: [...document.problems, ...made.problems, ...signalled, ...judgement.problems],
  };
  if (isHeld) return { reading, head, hasOverlap: false, held: held ?? { since: now, reasons: judgement.reasons } };
  return { reading, head, hasOverlap: judgement.hasOverlap, held: undefined };
}

interface Names {
  readonly listed: readonly string[];
  readonly known: ReadonlySet<string>;
  /** Those whose entries are not stored, or stored otherwise. */
  readonly fresh: readonly string[];
}

async function namesIn({ names }: OpenFeed, source: Source, { library }: Edges): Promise<Names> {
  const listed = names.map(({ guid }) => guid);
  const hashes = await library.hashes(source.key, listed);
  const fresh = names.filter(({ guid, hash }) => hashes.get(guid) !== hash).map(({ guid }) => guid);
  return { listed, known: new Set(hashes.keys()), fresh };
}

async function newItems(
  document: OpenFeed,
  fresh: readonly string[],
  source: Source,
  { clock }: Edges,
): Promise<NormalisedEntries> {
  if (fresh.length === 0) {
    document.close();
    return { kind: 'items', items: [], problems: [] };
  }
  const { name, lang, hosts, tags } = source;
  return await document.normalise(fresh, { source: { name, lang, hosts, tags }, now: clock.now() });
}

async function judged(
  seen: Pick<Case, 'fetched' | 'head' | 'names' | 'newItems'> & { readonly source: Source },
  desk: Desk,
  { clock, library }: Edges,
): Promise<Judgement> {
  const { key } = seen.source;
  const the = { ...seen, before: desk.memory(key), now: clock.now() };
  return judge({ ...the, samples: needsSamples(the) ? await library.samples(key, sampleLimit) : [] });
}

function named(memory: SourceMemory, { title, home }: FeedHead): SourceMemory {
  return { ...memory, title: title ?? memory.title, home: home ?? memory.home };
}

async function signed(
  items: readonly Item[],
  source: Source,
  home: string | undefined,
  desk: Desk,
): Promise<readonly ReadItem[]> {
  if (items.length === 0) return [];
  const { signalsOf } = await import('./stories/signals.ts');
  return items.map((item) => ({ item, signals: signalsOf(item, source, home, desk.directory()) }));
}

function notAFeed(document: Exclude<OpenDocument, OpenFeed>): Problem {
  if (document.kind === 'failed') return document.problem;
  const title = document.title === undefined ? 'a web page' : `a web page titled “${document.title}”`;
  const [feed] = document.feeds;
  return problem(
    'parse/not-a-feed',
    {},
    feed === undefined ? title : `${title}, which advertises the feed ${feed.url}`,
  );
}
