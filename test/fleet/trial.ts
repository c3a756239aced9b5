/** Workers are killed and their database is restarted while feeds gain items: what is lost, doubled or asked twice at once? */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { diceOf } from '../dice.ts';
import { openCluster } from '../postgres/cluster.ts';
import { type Book, openBook, openWorkers, type Stored } from './workers.ts';
import { openFleetWorld } from './world.ts';

export interface TrialOptions {
  readonly sources: number;
  readonly hosts: number;
  readonly workers: number;
  readonly kills: number;
  readonly restarts: number;
  /** In which kills and restarts happen. */
  readonly seconds: number;
  readonly answerMs: number;
  readonly refresh: string;
  /** Sources that come due in a second; a quarter of them with a new item. */
  readonly due: number;
  readonly seed: number;
  /** For postgresql.conf. */
  readonly rules?: string;
  readonly say?: (words: string) => void;
}

export interface TrialReport {
  readonly requests: number;
  /** How often a source was due, and again where it was in hand when its worker or the database ended: as many requests at most. */
  readonly calls: number;
  readonly overlaps: number;
  readonly served: number;
  readonly stored: number;
  /** Served and not stored when time was up. */
  readonly lost: number;
  /** Stored more than once, or never served. */
  readonly doubled: number;
  readonly withdrawn: number;
  /** Different ones. */
  readonly texts: number;
  readonly stories: number;
  /** Items of one text in several stories, or of several texts in one, as lines to read. */
  readonly muddled: readonly string[];
  readonly torn: number;
  readonly defects: readonly string[];
  /**
   * Done; and of sources that a killed worker had in hand: how many, how many were never asked again, and the longest wait, or until
   * the next worker that had it in hand was killed.
   */
  readonly kills: number;
  readonly left: number;
  readonly forgotten: number;
  readonly resumedMs: number;
  /** From the moment the server answers again. */
  readonly restartedMs: readonly number[];
  readonly firstImportMs: number;
  readonly requestsPerSecond: number;
}

const password = 'trial';
const patienceMs = 180_000;
const stepMs = 200;

export async function fleetTrial(options: TrialOptions): Promise<TrialReport> {
  const { say = () => {} } = options;
  const dice = diceOf(options.seed);
  const cluster = await openCluster(password, options.rules);
  const address = `postgres://postgres:${password}@127.0.0.1:${cluster.port}/postgres`;
  const world = await openFleetWorld({ ...options, items: 1 });
  const fleet = openWorkers(address, { ...world, refresh: options.refresh });
  const book = openBook(address);
  const hit: { readonly at: number; readonly keys: readonly string[] }[] = [];
  const restarted: number[] = [];
  const keyOf = (source: number): string => (world.addresses[source] ?? '').slice('http://'.length);
  let text = 1;
  let calls = options.sources;
  /** In small steps, so that sources of one host come due while others of it are in hand. */
  const gainSome = async (): Promise<void> => {
    const due = Array.from({ length: Math.ceil((options.due * stepMs) / 1_000) }, () => dice.roll(options.sources));
    for (const source of due.filter(() => dice.chance(0.25))) {
      // Every second text comes from two groups in the same instant.
      if (dice.chance(0.5)) text++;
      world.gain(source, text);
    }
    calls += await book.makeDue(due.map(keyOf));
    await sleep(stepMs);
  };
  const killOne = async (): Promise<void> => {
    let busy: ChildProcess[] = [];
    for (const until = Date.now() + 5_000; Date.now() < until && busy.length === 0; await sleep(20)) {
      const inHand = await Promise.all(
        [...fleet.running].map(async (one) => ({ one, keys: await book.inHand(one.pid) })),
      );
      busy = inHand.filter(({ keys }) => keys.length > 0).map(({ one }) => one);
    }
    const worker = dice.pick(busy.length > 0 ? busy : [...fleet.running]);
    await fleet.kill(worker);
    const at = Date.now();
    const keys = await book.inHand(worker.pid);
    hit.push({ at, keys });
    calls += keys.length;
    say(`killed ${worker.pid} with ${keys.length} sources in hand`);
    await sleep(dice.roll(1_000));
    while (fleet.running.size < options.workers) fleet.start();
  };
  const restart = async (): Promise<void> => {
    for (const until = Date.now() + 5_000; Date.now() < until && (await book.inHand()).length === 0; ) await sleep(20);
    const how = restarted.length % 2 === 0 ? 'immediate' : 'fast';
    await cluster.restart(how);
    restarted.push(Date.now());
    calls += (await book.inHand()).length;
    say(`restarted the database (${how})`);
  };
  try {
    const begun = Date.now();
    for (let at = 0; at < options.workers; at++) fleet.start();
    await until(patienceMs, async () => world.items().size === (await storedOr(book)).items.length);
    const firstImportMs = Date.now() - begun;
    say(`first import: ${firstImportMs} ms`);
    const from = Date.now();
    const before = world.requests();
    const events = dice.shuffle([...Array(options.kills).fill(killOne), ...Array(options.restarts).fill(restart)]);
    const eventMs = (options.seconds * 1_000) / Math.max(1, events.length);
    let isOver = false;
    const gaining = (async () => {
      while (!isOver) await gainSome();
    })();
    for (const [at, event] of events.entries()) {
      await sleep(Math.max(0, from + (at + dice.next()) * eventMs - Date.now()));
      await event();
    }
    isOver = true;
    await gaining;
    const requestsPerSecond = ((world.requests() - before) * 1_000) / (Date.now() - from);
    say('no more items come');
    const open = (): { at: number; key: string }[] =>
      hit
        .flatMap(({ at, keys }) => keys.map((key) => ({ at, key })))
        .filter(({ at, key }) => world.firstSince(at, key) === undefined);
    /** Until it was asked again, or until the next worker that had it in hand was killed. */
    const waitOf = (at: number, key: string): number => {
      const again = world.firstSince(at, key) ?? Number.POSITIVE_INFINITY;
      const next = hit.find((other) => other.at > at && other.keys.includes(key))?.at ?? Number.POSITIVE_INFINITY;
      return Math.min(again, next) - at;
    };
    let stored = await storedOr(book);
    await until(patienceMs, async () => {
      stored = await storedOr(book);
      const known = new Set(stored.items);
      const missing = [...world.items()].filter((name) => !known.has(name));
      // One whose worker had read the feed before the item was there is due in a quarter of an hour.
      calls += await book.makeDue([...new Set(missing.map((name) => name.slice(0, name.indexOf(' '))))]);
      return missing.length === 0 && open().length === 0;
    });
    await fleet.stop();
    stored = await storedOr(book);
    const served = world.items();
    const known = new Set(stored.items);
    const waits = hit.flatMap(({ at, keys }) => keys.map((key) => waitOf(at, key)));
    return {
      requests: world.requests(),
      calls,
      overlaps: world.overlaps(),
      served: served.size,
      stored: stored.items.length,
      lost: [...served].filter((name) => !known.has(name)).length,
      doubled: stored.items.length - [...known].filter((name) => served.has(name)).length,
      withdrawn: stored.withdrawn,
      texts: new Set(world.texts().values()).size,
      stories: new Set(stored.stories.values()).size,
      muddled: muddleOf(world.texts(), stored.stories),
      torn: stored.torn,
      defects: fleet.defects,
      kills: hit.length,
      left: waits.length,
      forgotten: open().length,
      resumedMs: Math.max(0, ...waits.filter(Number.isFinite)),
      restartedMs: restarted.map((at) => (world.firstSince(at) ?? Number.POSITIVE_INFINITY) - at),
      firstImportMs,
      requestsPerSecond,
    };
  } finally {
    await Promise.all([...fleet.running].map((worker) => fleet.kill(worker)));
    await book.close();
    await world.close();
    cluster.remove();
    fleet.remove();
  }
}

/** Before a worker has made the tables there is nothing. */
const nothing: Stored = { items: [], withdrawn: 0, stories: new Map(), torn: 0 };

async function storedOr(book: Book): Promise<Stored> {
  return (await book.isMade()) ? await book.stored() : nothing;
}

function muddleOf(texts: ReadonlyMap<string, number>, stories: ReadonlyMap<string, number>): string[] {
  const several = (of: ReadonlyMap<string, number>, by: ReadonlyMap<string, number>): string[] => {
    const together = new Map<number, string[]>();
    for (const [name, at] of of) together.set(at, [...(together.get(at) ?? []), name]);
    return [...together.values()]
      .filter((names) => new Set(names.map((name) => by.get(name))).size > 1)
      .map((names) => names.map((name) => `${name} (text ${texts.get(name)}, story ${stories.get(name)})`).join(', '));
  };
  return [...several(texts, stories), ...several(stories, texts)];
}

async function until(ms: number, isTrue: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end && !(await isTrue()); ) await sleep(250);
}
