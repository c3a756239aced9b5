/**
 * The story of an item, told in calls: fetch → parse → normalise → trust → stories → store. It decides nothing about content:
 * what is decided stands in the plan, made by pure functions. Parsing and normalising are the reader's, which is started
 * when used: an unchanged source loads neither parsers nor cleaner.
 */
import { type Answer, ask, letGo, open } from './asking.ts';
import type { Clock, FeedHead, Network, NormalisedEntries, OpenDocument, OpenFeed, Random, Reader } from './edges.ts';
import { rhythmOf } from './fetch/due.ts';
import { archiveOf, type Begun, begin, goOn } from './following.ts';
import type { Library } from './library.ts';
import { learn, newsOf } from './memory.ts';
import type { Hold, Item, Outcome, Source, SourceKey, SourceMemory } from './model.ts';
import { type Names, namesIn, newItems, signed, tellsWhatIsMissing } from './new-items.ts';
import { withNextPage } from './next-page.ts';
import { type Problem, problem, toldOnce } from './problems.ts';
import type { Known, ReadItem, Reading, RefreshPlan } from './refresh-plan.ts';
import type { Directory } from './stories/directory.ts';
import type { HoldingSection } from './stories/holding.ts';
import { lookupFor, planRefresh } from './stories/plan.ts';
import type { Settle } from './story-plan.ts';
import { standingIn } from './text/standing.ts';
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
  /** As sources.yaml has them, with the names that the maintainer has ruled to be theirs. */
  readonly sources: readonly Source[];
  memory(key: SourceKey): SourceMemory;
  directory(): Directory;
  /** Which stories stored items belong to, by what is known of groups now. */
  readonly settle: Settle;
  /** How they stand to each other, by what counts now; and which stories they belong to then. */
  readonly tellAgain: Settle;
  learn(memory: SourceMemory): void;
  /** Sections that want a person to look at some of what comes before they show it. */
  readonly holding: readonly HoldingSection[];
  /** Items that may be taken of a source at once; undefined for as many as is usual. */
  readonly mostItems: number | undefined;
  /** The words without the maintainer's secrets. */
  redact(text: string): string;
  /** Shown the first document of each source before anything is made of it, by who wants to see what it was made of. */
  look?(document: OpenFeed): Promise<void>;
}

/**
 * Refreshes one source. Throws only for a bug of ours or a Halt; whatever a partner does is in the outcome.
 * @param signal gives up asking: then its reason is thrown, and nothing has happened to the source
 */
export async function refresh(source: Source, desk: Desk, given: Edges, signal?: AbortSignal): Promise<Outcome> {
  const network: Network = { ...given.network, fetch: (request) => given.network.fetch(request, signal) };
  const edges = { ...given, network };
  const answer = await ask(source, desk.memory(source.key), edges);
  try {
    const settled = await settle(answer, source, desk, edges);
    if (!('archive' in settled)) return settled;
    letGo(answer.fetched, network);
    return await goOn(settled, source, desk, edges, signal);
  } finally {
    if (answer.document?.kind === 'feed') answer.document.close(); // or no other would ever be read
    letGo(answer.fetched, network); // only now: a document may be read twice
  }
}

/** @returns what it came to; or so far, where there is more to come */
async function settle(answer: Answer, source: Source, desk: Desk, edges: Edges): Promise<Outcome | Begun> {
  const before = desk.memory(source.key);
  const now = edges.clock.now();
  const seen = await read(answer, source, desk, edges);
  const reading = { ...seen.reading, problems: seen.reading.problems.map((one) => discreet(one, desk)) };
  const random = edges.random.next();
  const lesson = { ...answer, ...seen, wishes: before.wishes, source, before, reading, now, random };
  const after = learn(lesson);
  const news = newsOf(source, before, after, now).map((one) => ({ ...one, words: desk.redact(one.words) }));
  let remembered = after;
  const plan = (known: Known): RefreshPlan => {
    const made = planRefresh({ source, before, after, reading, news, rhythmOf, holding: desk.holding, now }, known);
    remembered = made.memory;
    return made;
  };
  const lookup = lookupFor(source, reading);
  const archive = archiveOf(lesson);
  if (archive !== undefined) return await begin(archive, lookup, plan, desk, edges);
  const outcome = await edges.library.record(lookup, plan, desk.settle);
  desk.learn(remembered); // as it was written: whatever else of this source is decided in this pass writes it again
  return outcome;
}

/** What a server sends back may hold what we sent it. */
function discreet(one: Problem, { redact }: Desk): Problem {
  const { source, entry, ...place } = one.subject;
  const subject = { ...place, source: source && redact(source), entry: entry && redact(entry) };
  return { ...one, subject, happened: redact(one.happened) };
}

/** What is known of items that no visit has just brought. */
interface Aside {
  /** The memory afterwards, where it is another. */
  readonly after?: SourceMemory;
  /** As in `Reading`. */
  readonly rekeyed?: Reading['rekeyed'];
  /** As in `RefreshInput`. */
  readonly isBackCatalogue?: boolean;
}

/** Lets items into stories that were stored, held, or have waited for their time, as if they had just been read. */
export async function letIn(
  items: readonly ReadItem[],
  source: Source,
  desk: Desk,
  { clock, library }: Pick<Edges, 'clock' | 'library'>,
  { after, rekeyed = new Map(), isBackCatalogue = false }: Aside = {},
): Promise<Outcome> {
  const before = desk.memory(source.key);
  const reading: Reading = { kind: 'read', entries: items.length, items, rekeyed, deleted: [], problems: [] };
  const input = { source, before, after: after ?? before, reading, news: [], rhythmOf, holding: desk.holding };
  const now = clock.now();
  const plan = (known: Known): RefreshPlan => planRefresh({ ...input, isBackCatalogue, now }, known);
  return await library.record(lookupFor(source, reading), plan, desk.settle);
}

/** Decides anew about stored items of a source, now that more names are known than when they were read. */
export async function reconsider(source: Source, items: readonly Item[], desk: Desk, edges: Edges): Promise<Outcome> {
  const { home, standing } = desk.memory(source.key);
  return await letIn(await signed(items, source, { home, standing }, desk), source, desk, edges);
}

// ── read ──────────────────────────────────────────────────────────────────────────────────────

/** What a document came to, and whether it is still this source's. */
interface Seen {
  readonly reading: Reading;
  readonly head: FeedHead | undefined;
  /** Items of it were known, or nothing has changed. */
  readonly hasOverlap: boolean;
  readonly held: Hold | undefined;
  /** Paragraphs that the source repeats; undefined where nothing new was read. */
  readonly standing: readonly string[] | undefined;
  /** With that of the next page; left out where the answer's are all. */
  readonly permissions?: SourceMemory['permissions'];
}

/** Brings a document's new and changed entries into the form that stories are decided on; known ones cost a look-up. */
async function read(answer: Answer, source: Source, desk: Desk, edges: Edges): Promise<Seen> {
  const { asked, fetched, document } = answer;
  const before = desk.memory(source.key);
  const { held, feedUrl } = before;
  const now = edges.clock.now();
  const nothing = { entries: 0, items: [], rekeyed: new Map(), deleted: [] };
  const unread = { head: undefined, held, hasOverlap: true, standing: undefined };
  const failed = (why: Problem): Seen => ({ ...unread, reading: { kind: 'failed', problems: [why], ...nothing } });
  if (fetched.kind === 'failed')
    return failed(asked === feedUrl ? ofRemembered(fetched.problem, asked) : fetched.problem);
  if (fetched.kind === 'unchanged' || document === undefined)
    return { ...unread, reading: { kind: 'unchanged', problems: [], ...nothing } };
  if (document.kind !== 'feed') return failed(notAFeed(document));
  const head = document.feed;
  await desk.look?.(document);
  const listed = await namesIn(document, source, edges);
  const came = await newItems(document, listed.fresh, source, edges);
  if (!head.areGuidsShared && (await areGuidsReused(listed, came, source, edges)))
    return await readAgain({ ...answer, fetched }, source, desk, edges);
  const { entryCount } = head;
  const first = { head, fetched, entries: entryCount, names: listed, made: came, problems: document.problems };
  const granted = answer.permissions ?? before.permissions;
  const whole = await withNextPage(first, source, { ...before, permissions: granted }, edges);
  const { entries, names, made, problems, permissions = answer.permissions } = whole;
  if (made.kind === 'failed') return failed(made.problem);
  const judgement = await judged({ source, fetched, head, names, newItems: made.items }, desk, edges);
  const isHeld = judgement.kind === 'held';
  if (!isHeld && made.items.length > 0) desk.learn(named(desk.memory(source.key), head)); // its items are read as this group's
  const rekeyed = isHeld ? nothing.rekeyed : judgement.rekeyed;
  const worded = await withWords(made.items, { source, known: names.known, rekeyed }, edges);
  const standing = isHeld ? undefined : await standingOf(worded, source, edges);
  const items = await signed(worded, source, { home: head.home, standing: standing ?? [] }, desk);
  const signalled = toldOnce(items.flatMap(({ signals }) => signals.problems)); // a name that twenty items credit, and we do not know
  const reading: Reading = {
    kind: isHeld ? 'held' : 'read',
    entries,
    items,
    rekeyed,
    deleted: head.deleted.map((one) => ({ guid: one.guid, because: one.because ?? '' })),
    listed: isHeld || !tellsWhatIsMissing(head, whole) || rekeyed.size > 0 ? undefined : names.listed,
    problems: [...problems, ...made.problems, ...signalled, ...judgement.problems],
  };
  const seen = { reading, head, standing, permissions };
  if (isHeld)
    return { ...seen, hasOverlap: false, held: held ?? { since: now, reasons: judgement.reasons.map(desk.redact) } };
  return { ...seen, hasOverlap: judgement.hasOverlap, held: undefined };
}

/** A guid that means another post now would make one post overwrite the other: the entries are named without guids. */
async function readAgain(
  answer: Answer & { readonly fetched: { readonly kind: 'fresh' } },
  source: Source,
  desk: Desk,
  edges: Edges,
): Promise<Seen> {
  const document = await open(answer.fetched, source, true, edges.reader);
  try {
    return await read({ ...answer, document }, source, desk, edges);
  } finally {
    if (document.kind === 'feed') document.close();
  }
}

async function areGuidsReused(
  { listed, known }: Names,
  made: NormalisedEntries,
  { key }: Source,
  { library }: Edges,
): Promise<boolean> {
  if (made.kind === 'failed' || made.items.length === 0 || known.size === 0) return false;
  const { areGuidsReused: isSo, suspectsIn } = await import('./trust/reuse.ts');
  const suspects = suspectsIn(made.items, known);
  return suspects.length > 0 && isSo(suspects, listed.length, await library.samples(key, sampleLimit));
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

/** What a feed gave in full once is not lost where it gives only a beginning now. */
async function withWords(
  items: readonly Item[],
  { source, known, rekeyed }: { source: Source; known: Names['known']; rekeyed: Reading['rekeyed'] },
  { library }: Edges,
): Promise<readonly Item[]> {
  const guids = items.map(({ guid }) => guid).filter((guid) => known.has(guid));
  if (guids.length === 0 && rekeyed.size === 0) return items;
  const { withKnownWords } = await import('./stories/beginnings.ts');
  return withKnownWords(items, await library.texts(source.key, guids, [...rekeyed.values()]), rekeyed);
}

function named(memory: SourceMemory, { title, home }: FeedHead): SourceMemory {
  return { ...memory, title: title ?? memory.title, home: home ?? memory.home };
}

/** As many of a source's newest texts as show what it repeats nowadays. */
const textsCompared = 30;

async function standingOf(
  items: readonly Item[],
  source: Source,
  { library }: Edges,
): Promise<readonly string[] | undefined> {
  if (items.length === 0) return undefined;
  const guids = new Set(items.map(({ guid }) => guid));
  const stored = (await library.samples(source.key, textsCompared)).filter(({ guid }) => !guids.has(guid));
  return standingIn([...items, ...stored].slice(0, textsCompared).map(({ text }) => text));
}

/** What was found or adopted once may go for good while the configured address stays, and leads elsewhere now. */
function ofRemembered(why: Problem, asked: string): Problem {
  return why.code === 'fetch/gone' ? problem('fetch/address-gone', {}, asked) : why;
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

/** What became of a source's items without anybody having been asked. */
export function outcomeUnasked(
  { source, desk }: { readonly source: Source; readonly desk: Desk },
  counts: Partial<Outcome>,
): Outcome {
  return {
    sourceKey: source.key,
    source: source.name ?? desk.memory(source.key).title ?? source.key,
    kind: 'fresh',
    entries: 0,
    newItems: 0,
    revisedItems: 0,
    withdrawnItems: 0,
    problems: [],
    isNewlyFailing: false,
    hasRecovered: false,
    news: [],
    ...counts,
  };
}
