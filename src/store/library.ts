/** The store's front: the Library edge over one open database. */
import type { Library } from '../library.ts';
import type { Instant } from '../model.ts';
import { Halt, type Problem, problem } from '../problems.ts';
import { namesIn, type Settle } from '../story-plan.ts';
import type { Awaitable } from '../text/awaitable.ts';
import { findAside } from './aside.ts';
import { readLog, writeLog } from './audit-log.ts';
import { readCarried, readCarriedWith, readUnshown } from './carried.ts';
import { forgetPast } from './chronicle.ts';
import { openCommits } from './commits.ts';
import { requireWholeCopy } from './copy-mark.ts';
import type { Database } from './database.ts';
import { readEventful } from './events.ts';
import { deleteRuling, dropHeld, readHeld, readRulings, writeRuling } from './held.ts';
import { expireStories, hideSince, unhide } from './hiding.ts';
import { chunks, readIds, readKnownEntries, readSamples, readTexts, readUnrecognised, readUnsettled } from './items.ts';
import type { Keeper } from './keeper.ts';
import { giveBackLease, type LeaseEdges, renewLease, takeLease } from './lease.ts';
import { chronicleLibrary } from './library-chronicle.ts';
import { deskLibrary } from './library-desk.ts';
import { digestLibrary } from './library-digests.ts';
import { feedLibrary } from './library-feeds.ts';
import { fleetLibrary } from './library-fleet.ts';
import { holdLibrary } from './library-holds.ts';
import { hubLibrary } from './library-hubs.ts';
import { missingLibrary } from './library-missing.ts';
import { pictureLibrary } from './library-pictures.ts';
import { readLinks, readRelationsBeside, readTranslations } from './links.ts';
import { openToLook } from './looking.ts';
import { openDatabase } from './opening.ts';
import type { Holder } from './process.ts';
import {
  deletePublication,
  readFact,
  readPublications,
  rememberOnce,
  replaceFact,
  writePublications,
} from './publications.ts';
import { openRecording } from './record.ts';
import { forgetDoubtful, readDoubtful } from './relations.ts';
import { readCorrected, readTakenBack, readVersions } from './revisions.ts';
import { countItems, openMemories } from './sources.ts';
import { sqliteKeeper } from './sqlite-keeper.ts';
import { touch } from './stories.ts';
import { listChanged, listStories, readAliases, readPosts, readStories, storyCalled } from './story-records.ts';
import {
  addStoryRulings,
  deleteStoryRulings,
  readNamed,
  readStoryRulings,
  rereadCreditsOf,
  withHolders,
} from './story-rulings.ts';
import { readFigures, readOwnStories, readTreatment } from './treatment.ts';
import { countWaiting, readDue, readWaitingEntries } from './waiting.ts';
import { readGone, wipeTakenBack } from './wiping.ts';
import { byRule, goneWith, restoreItems, takeBack } from './withdrawals.ts';

/**
 * @param file path of the SQLite database
 * @param self this process, for the lease
 * @throws Halt with `store/…`, here and in every method; with schedule/already-running when the lease was lost
 */
export async function openLibrary(file: string, self: Holder, edges: LeaseEdges): Promise<Library> {
  return libraryOver(sqliteKeeper(await openDatabase(file), file), self, edges);
}

export interface LookedInto {
  readonly library: Library;
  /** store/read-only where nothing can be written; then every method that writes throws. */
  readonly trouble: Problem | undefined;
}

/** The same for those who only want to see: also on a disk that takes nothing any more. */
export async function lookInto(file: string, self: Holder, edges: LeaseEdges): Promise<LookedInto> {
  const open = await openToLook(file);
  return { library: libraryOver(sqliteKeeper(open, file), self, edges), trouble: open.trouble };
}

/** A fact: whether unused parts of the file may hold words that were taken back. */
const traces = 'traces';

/** @throws as the keeper's guard, in every method */
export function libraryOver(keeper: Keeper, self: Holder, edges: LeaseEdges): Library {
  const { engine } = keeper;
  const { db } = engine;
  let isHolder = false;
  const ownerNow = engine.prepare<{ owner: string }>("select owner from leases where name = 'run'");
  const commits = openCommits(engine, async () => {
    if (isHolder && (await ownerNow.get())?.owner !== self.owner)
      throw new Halt(problem('schedule/already-running', {}, 'it has taken the lease of this one'));
  });
  const memories = openMemories(engine);
  const recording = openRecording(engine, memories);
  const settled = async (trx: Database, touched: Promise<number[]>, settle: Settle, now: Instant): Promise<number> => {
    const ids = await touched;
    await recording.settle(trx, ids, settle, now);
    return ids.length;
  };
  const read = <T>(work: () => Awaitable<T>): Promise<T> => keeper.guard(work);
  /** Statements that are prepared once wait for a transaction of somebody else's on the one connection only if they are told to. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => db.connection().execute(work);
  const write = <T>(work: (db: Database) => Promise<T>): Promise<T> => read(() => commits.commit(work));
  return {
    memories: (sources) => read(() => alone(() => memories.read(sources))),
    knownEntries: (source, guids) =>
      read(
        async () =>
          new Map([...(await readWaitingEntries(db, source, guids)), ...(await readKnownEntries(db, source, guids))]),
      ),
    waitingCounts: () => read(() => countWaiting(db)),
    itemsDue: (now, sources) => read(() => readDue(db, now, sources)),
    record: (lookup, plan, settle) => write((trx) => recording.record(trx, lookup, plan, settle)),
    settle: (items, settle, now) =>
      write(async (trx) => {
        const ids = typeof items === 'string' ? await readIds(trx, items) : items;
        for (const part of chunks(ids)) await recording.settle(trx, part, settle, now);
      }),
    async tellAgain(most, tellAgain, now) {
      const ids = await read(() => readDoubtful(db, most));
      if (ids.length > 0)
        await write(async (trx) => {
          await forgetDoubtful(trx, ids);
          await recording.settle(trx, ids, tellAgain, now);
        });
      return ids.length;
    },
    rest: recording.rest,
    storyRulings: () => read(() => readStoryRulings(db)),
    ruleOnStories: (plan, settle, now) =>
      write(async (trx) => {
        const kept = await readStoryRulings(trx);
        const names = [...plan.names, ...kept.flatMap(({ ruling }) => namesIn(ruling))];
        const change = plan.decide(kept, withHolders(await readNamed(trx, names), kept));
        await deleteStoryRulings(trx, change.remove);
        const ids = await addStoryRulings(trx, change.add);
        await rereadCreditsOf(trx, change.renamed);
        await writeLog(trx, change.log ?? []);
        const undone = kept.filter(({ id }) => change.remove.includes(id)).flatMap(({ holders }) => holders.flat());
        const named = [...(await readNamed(trx, change.touched)).values()].flat();
        const touched = [...named, ...undone].map(({ id }) => id);
        await recording.settle(trx, [...new Set(touched)], settle, now);
        return { change, ids };
      }),
    named: (names) => read(() => readNamed(db, names)),
    posts: (ids) => read(() => readPosts(db, ids)),
    relationsBeside: (story) => read(() => readRelationsBeside(db, story)),
    links: (stories) => read(() => readLinks(db, stories)),
    samples: (source, limit) => read(() => readSamples(db, source, limit)),
    texts: (source, guids, ids) => read(() => readTexts(db, source, guids, ids)),
    heldItems: () => read(() => readHeld(db)),
    dropHeld: (source) => write((trx) => dropHeld(trx, source)),
    rule: (source, ruling, now, who = 'maintainer') =>
      write(async (trx) => {
        await writeRuling(trx, source, ruling, now);
        await writeLog(trx, [{ at: now, who, act: ruling.kind, subject: source, sourceKey: source, because: '' }]);
      }),
    rulings: () => read(() => readRulings(db)),
    ruled: (id) => write((trx) => deleteRuling(trx, id)),
    hideSince: (source, since, settle, now) =>
      write((trx) => settled(trx, hideSince(trx, source, since, now), settle, now)),
    unhide: (source, settle, now) =>
      write(async (trx) => {
        const ids = await unhide(trx, source, now);
        const { shown, awaited } = await restoreItems(trx, ids, { who: byRule, because: '' }, now); // what went along
        await recording.settle(trx, [...ids, ...shown, ...awaited], settle, now);
        return ids.length;
      }),
    withdraw: (orders, settle, now) =>
      write(async (trx) => {
        const items = await takeBack(trx, orders, now);
        await recording.settle(trx, items, settle, now);
        return { items, alongside: await goneWith(trx, items) };
      }),
    restoreItems: (ids, said, settle, now) =>
      write(async (trx) => {
        const restored = await restoreItems(trx, ids, said, now);
        await recording.settle(trx, [...restored.shown, ...restored.awaited], settle, now);
        return restored;
      }),
    log: (limit) => read(() => readLog(db, limit)),
    remember: (memory) => write(async () => await memories.write(memory)),
    unsettled: (after) => read(() => readUnsettled(db, after)),
    unrecognised: (limit) => read(() => readUnrecognised(db, limit)),
    itemCounts: () => read(() => countItems(db)),
    figures: () => read(() => readFigures(db)),
    treatment: (source, without) => read(() => readTreatment(db, source, without)),
    ownStories: (source) => read(() => readOwnStories(db, source)),
    carried: (sources, since) => read(() => readCarried(db, sources, since)),
    carriedWith: (items) => read(() => readCarriedWith(db, items)),
    unshownItems: () => read(() => readUnshown(db)),
    touch: (stories, now) =>
      write((trx) =>
        touch(
          trx,
          stories.map((story) => ({ story })),
          now,
        ),
      ),
    storiesOf: (sources) => read(() => listStories(db, sources)),
    eventful: (at) => read(() => readEventful(db, at)),
    stories: (ids) => read(() => readStories(db, ids)),
    versions: (stories) => read(() => readVersions(db, stories)),
    corrected: (sources, since) => read(() => readCorrected(db, sources, since)),
    takenBack: (sources, since) => read(() => readTakenBack(db, sources, since)),
    changedSince: (instant) => read(() => listChanged(db, instant)),
    aliases: () => read(() => readAliases(db)),
    translationsOf: (stories) => read(() => readTranslations(db, stories)),
    findStory: (name) =>
      read(async () => (await storyCalled(db, name)) ?? (await readNamed(db, [name])).get(name)?.[0]?.storyId),
    findAside: (name) => read(() => findAside(db, name)),
    ...chronicleLibrary({ db, read, write }),
    ...pictureLibrary({ db, read, write }),
    ...missingLibrary({ db, read, write }),
    ...holdLibrary({ db, read, write }),
    ...digestLibrary({ db, read, write }),
    ...feedLibrary({ db, read, write }),
    ...hubLibrary({ db, read, write }),
    ...deskLibrary({ db, read, write }),
    ...fleetLibrary({ db, read, write }, engine),
    publications: () => read(() => readPublications(db)),
    published: (parts) => write((trx) => writePublications(trx, parts)),
    unpublished: (name) => write((trx) => deletePublication(trx, name)),
    rememberOnce: (name, value) => write((trx) => rememberOnce(trx, name, value)),
    fact: (name) => read(() => readFact(db, name)),
    replaceFact: (name, value) => write((trx) => replaceFact(trx, name, value)),
    takeLease: (now) =>
      read(async () => {
        const held = await takeLease(db, self, edges, now);
        isHolder = held === undefined;
        if (isHolder) await alone(() => requireWholeCopy(engine, keeper.place)); // begun since this was opened
        return held;
      }),
    renewLease: (now) => read(() => renewLease(db, self.owner, now)),
    giveBackLease: () =>
      read(async () => {
        isHolder = false;
        await giveBackLease(db, self.owner);
      }),
    backup: (folder, name) => keeper.copy(folder, name, edges.clock.now()),
    check: (how) => read(async () => ({ damage: await keeper.damage(how) })),
    expire: (sources, before, now) => write((trx) => expireStories(trx, sources, before, now)),
    wipe: () =>
      read(async () => {
        const isDue = await write(async (trx) => {
          if ((await wipeTakenBack(engine)) > 0) await replaceFact(trx, traces, 'left');
          return (await readFact(trx, traces)) === 'left';
        });
        const isClean = !isDue || (await keeper.leaveNoTrace());
        if (isDue && isClean) await write((trx) => replaceFact(trx, traces, 'none'));
        const left = await keeper.scrubCopies(await alone(() => readGone(engine)));
        return { left: isClean ? left : [keeper.place, ...left] };
      }),
    async tidy(now) {
      await write((trx) => forgetPast(trx, now));
      await read(() => keeper.giveBackRoom());
    },
    async close() {
      await commits.settled();
      await keeper.close();
    },
  };
}
