/** Pieces of work that arrive together become one transaction: a commit waits for the disk, and many can wait at once. */
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { Database } from './database.ts';
import type { Engine } from './engine.ts';

export interface Commits {
  /**
   * Runs work in the next transaction; what it throws undoes it alone.
   * @returns what it gave, once that is on the disk
   */
  commit<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

interface Job {
  /** @returns what to do once the transaction is on the disk */
  readonly run: (db: Database) => Promise<() => void>;
  readonly fail: (error: unknown) => void;
}

/** Rows that one transaction changes before it is ended: another process may be waiting. */
const mostChanges = 1_000;
/** Pieces of work that are waited for. */
const mostWaiting = 64;
/** How long more of them are waited for while many arrive: a commit costs as much as dozens of pieces. */
const gatheringMs = 15;

/** @param guard called inside each transaction before any work; what it throws refuses all of it */
export function openCommits(engine: Engine, guard: () => Promise<void>): Commits {
  const waiting: Job[] = [];
  let atWork: Promise<void> = Promise.resolve();
  let isAtWork = false;
  const words = ['savepoint piece', 'rollback to piece', 'release piece', 'commit', 'rollback'] as const;
  const [save, undo, keep, end, back] = words.map((one) => engine.prepare(one));

  const carryOut = async (): Promise<void> => {
    for (let last = 0; waiting.length > 0; ) {
      await gather(waiting, last > 1);
      last = waiting.length;
      await engine.db.connection().execute(async (connection) => {
        for (const tell of await commitSome(connection)) tell();
      });
    }
    isAtWork = false;
  };
  const commitSome = async (connection: Database): Promise<(() => void)[]> => {
    const inHand: Job[] = [];
    const done: (() => void)[] = [];
    try {
      await engine.begin();
      await guard();
      const before = engine.changes();
      for (let job = waiting[0]; job !== undefined; job = waiting[0]) {
        if (engine.changes() - before >= mostChanges) break;
        waiting.shift();
        // The first is undone with the transaction: for a savepoint SQLite copies each page into a file before it is changed.
        const isFirst = inHand.length === 0;
        inHand.push(job);
        if (!isFirst) await save?.run();
        try {
          done.push(await job.run(connection));
        } catch (error) {
          if (isFirst || !engine.isInTransaction()) throw error; // a full disk undoes all of it
          await undo?.run();
          job.fail(error);
        }
        if (!isFirst) await keep?.run();
      }
      await end?.run();
      return done;
    } catch (error) {
      if (engine.isInTransaction()) await back?.run();
      for (const job of inHand.length > 0 ? inHand : waiting.splice(0)) job.fail(error);
      return [];
    }
  };
  return {
    commit: <T>(work: (db: Database) => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        const run = async (connection: Database): Promise<() => void> => {
          const result = await work(connection);
          return () => resolve(result);
        };
        waiting.push({ run, fail: reject });
        if (isAtWork) return;
        isAtWork = true;
        atWork = carryOut().catch((error) => {
          isAtWork = false;
          for (const job of waiting.splice(0)) job.fail(error);
        });
      }),
    settled: () => atWork,
  };
}

/** Waits as long as each turn of the event loop brings more, and for a moment longer where that is so all the time. */
async function gather(waiting: readonly Job[], areMany: boolean): Promise<void> {
  for (let before = 0; waiting.length > before && waiting.length < mostWaiting; ) {
    before = waiting.length;
    await turn();
  }
  if ((areMany || waiting.length > 1) && waiting.length < mostWaiting) await pause(gatheringMs);
}
