/** The lease: who has it, and who may take it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/edges.ts';
import { giveBackLease, type LeaseEdges, leaseMs, renewLease, takeLease } from '../../src/store/lease.ts';
import type { Holder } from '../../src/store/process.ts';
import { type Hand, openHand } from './hands.ts';
import {
  edges as edgesOf,
  holder,
  memoryOf,
  nothingAsked,
  openTestLibrary,
  problemOf,
  quietPlan,
  settleNothing,
  temporaryFolder,
} from './open.ts';

const now = Date.UTC(2026, 10, 23, 3);
const year = 365 * 86_400_000;
const first = holder({ owner: 'one', pid: 11 });
const second = holder({ owner: 'two', pid: 22 });

let folder: ReturnType<typeof temporaryFolder>;
let hand: Hand;

beforeEach(async () => {
  folder = temporaryFolder();
  hand = await openHand(folder.path);
});
afterEach(async () => {
  await hand.close();
  folder.remove();
});

/** What the second process sees of the first's: running, and since when. */
function seeing(started: string | undefined, clock?: Partial<Clock>): LeaseEdges {
  return edgesOf({
    processes: { isAlive: () => started !== 'dead', startOf: () => started },
    clock: { now: () => now, wait: () => Promise.reject(new Error('nobody waits here')), ...clock },
  });
}

const take = (self: Holder, at: number, edges = seeing('1000')) => takeLease(hand.engine.db, self, edges, at);
const heldByFirst = { pid: 11, host: 'here', since: now };

describe('two runs on one machine', () => {
  test('the second is told who holds the lease and since when', async () => {
    expect(await take(first, now)).toBeUndefined();
    expect(await take(second, now + 5_000)).toEqual(heldByFirst);
  });

  test('a lease given back is free', async () => {
    await take(first, now);
    await giveBackLease(hand.engine.db, first.owner);
    expect(await take(second, now)).toBeUndefined();
  });

  test('no clock decides while the holder can be seen to run', async () => {
    await take(first, now);
    for (const jump of [2 * leaseMs, year, -year]) expect(await take(second, now + jump)).toEqual(heldByFirst);
  });

  test.each([
    ['that is no more', 'dead', {}],
    ['whose number another process has now', '2000', {}],
    ['of before the machine was started anew', '1000', { bootId: 'before' }],
  ])('a holder %s has lost it at once', async (_who, started, before) => {
    await take({ ...first, ...before }, now);
    expect(await take(second, now + 1, seeing(started))).toBeUndefined();
    expect(await renewLease(hand.engine.db, first.owner, now)).toBe(false);
    expect(await renewLease(hand.engine.db, second.owner, now)).toBe(true);
  });
});

describe.each([
  ['another machine', { host: 'elsewhere' }],
  ['another container', { pidSpace: 'other' }],
  ['a system that tells little', { started: undefined }],
])('a holder on %s', (_where, who) => {
  const there = { ...first, ...who };
  const held = { ...heldByFirst, host: there.host };
  let waits: number[];
  const whileWaiting = (work: () => Promise<unknown> = () => Promise.resolve()): LeaseEdges =>
    seeing('2000', {
      wait: async (ms) => {
        waits.push(ms);
        await work();
      },
    });
  beforeEach(async () => {
    waits = [];
    await take(there, now);
  });

  test('keeps it while its time is not over', async () => {
    expect(await take(second, now + leaseMs - 1, whileWaiting())).toEqual(held);
    expect(waits).toEqual([]);
  });

  test('keeps it if its heart beats, whatever the clock says', async () => {
    for (const jump of [leaseMs + 1, year, -year]) {
      const beating = whileWaiting(() => renewLease(hand.engine.db, there.owner, now));
      expect(await take(second, now + jump, beating)).toEqual(held);
    }
    expect(waits).toHaveLength(3);
    expect(Math.min(...waits)).toBeGreaterThan(30_000);
  });

  test('has lost it if there was no heartbeat', async () => {
    expect(await take(second, now + leaseMs + 1, whileWaiting())).toBeUndefined();
    expect(await renewLease(hand.engine.db, there.owner, now)).toBe(false);
  });

  test('loses it to one of two who watch it', async () => {
    const third = holder({ owner: 'three', pid: 33 });
    const late = now + leaseMs + 1;
    const edges = whileWaiting(async () => {
      await take(third, late, whileWaiting());
    });
    expect(await take(second, late, edges)).toMatchObject({ pid: 33 });
  });
});

test('a library that has lost the lease writes nothing more', async () => {
  const one = await openTestLibrary(folder.path, first);
  const quiet = (key: string) =>
    one.record({ sourceKey: key, ...nothingAsked }, () => quietPlan(memoryOf(key), now), settleNothing);
  await one.takeLease(now);
  await quiet('a');
  await takeLease(hand.engine.db, second, seeing('dead'), now);
  expect((await problemOf(quiet('b'))).code).toBe('schedule/already-running');
  expect([...(await one.memories()).keys()]).toEqual(['a']);
  await one.close();
});
