/**
 * The story of an item, told in calls: fetch → parse → normalise → stories → store. The only file that names every
 * stage. It decides nothing about content: what is decided stands in the plan, made by pure functions.
 * Rooms are loaded when used: an unchanged source loads neither the readers nor the cleaner.
 */
import type { Clock, Library, Network, Random } from './edges.ts';
import { nextDue } from './fetch/due.ts';
import type { AdvertisedFeed, Feed, Fetched, Item, Outcome, Parsed, Source, SourceKey, SourceMemory } from './model.ts';
import { type Problem, problem } from './problems.ts';
import type { Reading } from './refresh-plan.ts';
import type { Directory } from './stories/directory.ts';
import { lookupFor, planRefresh } from './stories/plan.ts';

export interface Edges {
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly library: Library;
}

/** What is known while a pass runs: it grows as sources are read. */
export interface Desk {
  memory(key: SourceKey): SourceMemory;
  directory(): Directory;
  learn(memory: SourceMemory): void;
}

/** Refreshes one source. Throws only for a bug of ours or a Halt; whatever a partner does is in the outcome. */
export async function refresh(source: Source, desk: Desk, edges: Edges): Promise<Outcome> {
  const before = desk.memory(source.key);
  const answer = await ask(source, before, edges.network);
  const learned = learnedFrom(answer, source, before, edges);
  desk.learn(learned);
  const reading = await read(answer, source, desk, edges);
  const now = edges.clock.now();
  const after =
    reading.kind === 'failed'
      ? failedMemory(learned, before, reading.problems.at(-1), now)
      : goodMemory(learned, before, reading);
  const outcome = await edges.library.record(lookupFor(source, reading), (known) =>
    planRefresh({ source, before, after, reading, directory: desk.directory(), now }, known),
  );
  desk.learn(after);
  return outcome;
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
    deleted: [],
    problems: [],
  };
  const now = edges.clock.now();
  return await edges.library.record(lookupFor(source, reading), (known) =>
    planRefresh({ source, before: memory, after: memory, reading, directory, now }, known),
  );
}

// ── fetch and parse ──────────────────────────────────────────────────────────────────────────────

interface Answer {
  readonly fetched: Fetched;
  /** Undefined where there is no new body. */
  readonly parsed: Parsed | undefined;
  /** Address that was asked, when it is not the configured one. */
  readonly feedUrl: string | undefined;
}

/** Asks the source; where the configured address is a page, once, for the feed that it advertises. */
async function ask(source: Source, before: SourceMemory, network: Network): Promise<Answer> {
  const url = before.feedUrl ?? source.url;
  const first = await fetchAndParse(source, { url, validators: before.validators, bodyHash: before.bodyHash }, network);
  const found =
    first.parsed?.kind === 'page' && before.feedUrl === undefined ? chooseFeed(first.parsed.feeds) : undefined;
  if (found === undefined) return { ...first, feedUrl: before.feedUrl };
  const second = await fetchAndParse(
    source,
    { url: found.url, validators: noValidators, bodyHash: undefined },
    network,
  );
  return { ...second, feedUrl: found.url };
}

const noValidators = { etag: undefined, lastModified: undefined };

function chooseFeed(feeds: readonly AdvertisedFeed[]): AdvertisedFeed | undefined {
  return feeds[0];
}

async function fetchAndParse(
  source: Source,
  request: Parameters<Network['fetch']>[0],
  network: Network,
): Promise<Omit<Answer, 'feedUrl'>> {
  const fetched = await network.fetch(request);
  if (fetched.kind !== 'fresh') return { fetched, parsed: undefined };
  const { parseDocument } = await import('./parse/parse.ts');
  return { fetched, parsed: await parseDocument(fetched, source.page) };
}

// ── normalise ────────────────────────────────────────────────────────────────────────────────────

/** Brings a document's new and changed entries into the form that stories are decided on; known ones cost a look-up. */
async function read(answer: Answer, source: Source, desk: Desk, edges: Edges): Promise<Reading> {
  const nothing = { entries: 0, items: [], deleted: [] };
  const { fetched, parsed } = answer;
  if (fetched.kind === 'failed') return { kind: 'failed', problems: [fetched.problem], ...nothing };
  if (fetched.kind === 'unchanged' || parsed === undefined) return { kind: 'unchanged', problems: [], ...nothing };
  if (parsed.kind !== 'feed') return { kind: 'failed', problems: [notAFeed(parsed)], ...nothing };
  const { identify } = await import('./normalise/identity.ts');
  const { identified, problems } = identify(parsed.feed.entries);
  const hashes = await edges.library.hashes(
    source.key,
    identified.map((one) => one.guid),
  );
  const unknown = identified.filter((one) => hashes.get(one.guid) !== one.hash);
  const { items, problems: itemProblems } = await normaliseAll(unknown, parsed.feed, {
    source,
    desk,
    now: edges.clock.now(),
    url: fetched.url,
  });
  return {
    kind: 'read',
    entries: parsed.feed.entries.length,
    items,
    deleted: parsed.feed.deleted.map((one) => ({ guid: one.guid, because: one.because ?? '' })),
    problems: [...parsed.problems, ...problems, ...itemProblems],
  };
}

interface ReadingDesk {
  readonly source: Source;
  readonly desk: Desk;
  readonly now: number;
  /** Address the document came from. */
  readonly url: string;
}

type Identified = ReturnType<typeof import('./normalise/identity.ts').identify>['identified'];

async function normaliseAll(
  entries: Identified,
  feed: Feed,
  at: ReadingDesk,
): Promise<Pick<Reading, 'items' | 'problems'>> {
  if (entries.length === 0) return { items: [], problems: [] };
  const [{ normaliseEntry }, { signalsOf }] = await Promise.all([
    import('./normalise/normalise.ts'),
    import('./stories/signals.ts'),
  ]);
  const items: Reading['items'][number][] = [];
  const problems: Problem[] = [];
  const context = {
    feed,
    source: at.source,
    sourceTitle: at.source.name ?? feed.title,
    documentUrl: at.url,
    now: at.now,
  };
  for (const { entry, guid, hash } of entries) {
    const made = normaliseEntry(entry, { ...context, guid, hash });
    if (made.kind === 'dropped') problems.push(made.problem);
    else {
      const signals = signalsOf(made.item, at.source, feed.home, at.desk.directory());
      items.push({ item: made.item, signals });
      problems.push(...made.problems, ...signals.problems);
    }
  }
  return { items, problems };
}

function notAFeed(parsed: Exclude<Parsed, { kind: 'feed' }>): Problem {
  if (parsed.kind === 'failed') return parsed.problem;
  const title = parsed.title === undefined ? 'a web page' : `a web page titled “${parsed.title}”`;
  const [feed] = parsed.feeds;
  return problem(
    'parse/not-a-feed',
    {},
    feed === undefined ? title : `${title}, which advertises the feed ${feed.url}`,
  );
}

// ── memory ───────────────────────────────────────────────────────────────────────────────────────

/** What is remembered if all goes well from here. Validators are kept only of a body that was read. */
function learnedFrom(
  { fetched, parsed, feedUrl }: Answer,
  source: Source,
  before: SourceMemory,
  { clock, random }: Edges,
): SourceMemory {
  const now = clock.now();
  const feed = parsed?.kind === 'feed' ? parsed.feed : undefined;
  const isGone = fetched.kind === 'failed' && fetched.problem.code === 'fetch/gone';
  const isRead = feed !== undefined || fetched.kind === 'unchanged';
  const failures = isRead ? 0 : before.failures + 1;
  const result = isRead ? (fetched.kind === 'unchanged' ? 'unchanged' : 'fresh') : isGone ? 'gone' : 'failed';
  const { everyMs } = source;
  const visit = {
    now,
    everyMs,
    result,
    failures,
    hints: fetched.hints,
    feedHints: feed?.hints,
    random: random.next(),
  } as const;
  const common = { ...before, nextDue: nextDue(visit), lastTried: now, isGone };
  if (!isRead || fetched.kind === 'failed') return common;
  return {
    ...common,
    feedUrl,
    validators: fetched.validators,
    bodyHash: fetched.kind === 'fresh' ? fetched.bodyHash : before.bodyHash,
    title: feed?.title ?? before.title,
    home: feed?.home ?? before.home,
    lang: feed?.lang ?? before.lang,
    lastSuccess: now,
    failures: 0,
    failingSince: undefined,
  };
}

/** What the last document cost us stays known while the document stays the same. */
function goodMemory(learned: SourceMemory, before: SourceMemory, reading: Reading): SourceMemory {
  const remark =
    reading.kind === 'unchanged' ? before.problem : reading.problems.find((one) => one.severity === 'warning');
  return { ...learned, problem: remark?.severity === 'warning' ? remark : undefined };
}

/** Being told to wait is no failure of the partner's: it is remembered, and not counted. */
function failedMemory(
  learned: SourceMemory,
  before: SourceMemory,
  why: Problem | undefined,
  now: number,
): SourceMemory {
  if (why?.severity !== 'failure') return { ...learned, problem: why };
  return { ...learned, failures: before.failures + 1, failingSince: before.failingSince ?? now, problem: why };
}
