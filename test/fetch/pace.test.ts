import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/edges.ts';
import { openPace } from '../../src/fetch/pace.ts';

/** Time that passes only when the test says so. */
function fakeClock(): Clock & { advance(ms: number): Promise<void>; set(instant: number): void } {
  let now = 1_000_000;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    wait: (ms) => new Promise((wake) => sleepers.push({ at: now + ms, wake })),
    set: (instant) => {
      now = instant;
    },
    async advance(ms) {
      const end = now + ms;
      for (await settle(); ; await settle()) {
        const next = sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        sleepers = sleepers.filter((sleeper) => sleeper !== next);
        now = Math.max(now, next.at);
        next.wake();
      }
      now = end;
    },
  };
}

/** A task that takes a while and writes down when it began and ended. */
function recorder(clock: Clock): { log: string[]; task: (name: string, ms: number) => () => Promise<string> } {
  const log: string[] = [];
  const begun = clock.now();
  return {
    log,
    task: (name, ms) => async () => {
      log.push(`${name}+${clock.now() - begun}`);
      await clock.wait(ms);
      log.push(`${name}-${clock.now() - begun}`);
      return name;
    },
  };
}

describe('one host', () => {
  test('one at a time, in order, with the gap from the end of one to the start of the next', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 2_000, parallel: 8 }, clock);
    const { log, task } = recorder(clock);
    const turns = Promise.all(['a', 'b', 'c'].map((name) => pace.take('one.example', task(name, 500))));
    await clock.advance(60_000);
    expect(log).toEqual(['a+0', 'a-500', 'b+2500', 'b-3000', 'c+5000', 'c-5500']);
    expect(await turns).toEqual(['a', 'b', 'c'].map((value) => ({ kind: 'had', value })));
  });

  test('a request that comes later than the gap does not wait', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 2_000, parallel: 8 }, clock);
    const { log, task } = recorder(clock);
    void pace.take('one.example', task('a', 0));
    await clock.advance(10_000);
    void pace.take('one.example', task('b', 0));
    await clock.advance(0);
    expect(log).toEqual(['a+0', 'a-0', 'b+10000', 'b-10000']);
  });

  test('a clock set back costs no more than the gap', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 2_000, parallel: 8 }, clock);
    const { log, task } = recorder(clock);
    void pace.take('one.example', task('a', 0));
    await clock.advance(0);
    clock.set(clock.now() - 500_000);
    void pace.take('one.example', task('b', 0));
    await clock.advance(2_000);
    expect(log).toHaveLength(4);
  });

  test('a task that throws gives its turn back', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 0, parallel: 1 }, clock);
    const broken = pace.take('one.example', () => Promise.reject(new Error('a bug')));
    const next = pace.take('one.example', () => Promise.resolve('next'));
    await expect(broken).rejects.toThrow('a bug');
    expect(await next).toEqual({ kind: 'had', value: 'next' });
  });
});

describe('many hosts', () => {
  test('no more at once than allowed, and all of those', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 2_000, parallel: 3 }, clock);
    let busy = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      busy += 1;
      most = Math.max(most, busy);
      await clock.wait(100);
      busy -= 1;
    };
    const turns = Promise.all(Array.from({ length: 10 }, (_, host) => pace.take(`${host}.example`, task)));
    await clock.advance(400);
    await turns;
    expect(most).toBe(3);
  });

  test('a host that waits for its gap keeps no other from being asked', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 2_000, parallel: 1 }, clock);
    const { log, task } = recorder(clock);
    for (const [key, name] of [
      ['a', 'a1'],
      ['a', 'a2'],
      ['b', 'b1'],
      ['c', 'c1'],
    ] as const)
      void pace.take(key, task(name, 100));
    await clock.advance(10_000);
    expect(log.filter((line) => line.includes('+'))).toEqual(['a1+0', 'b1+100', 'c1+200', 'a2+2100']);
  });
});

describe('silence', () => {
  test('the rest of the queue is not asked and learns how long to stay away; other hosts go on', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 2_000, parallel: 8 }, clock);
    const hour = 3_600_000;
    const first = pace.take('one.example', async () => pace.silence('one.example', hour));
    let asked = false;
    const queued = pace.take('one.example', async () => {
      asked = true;
    });
    const other = pace.take('two.example', async () => 'two');
    await clock.advance(0);
    expect(await first).toMatchObject({ kind: 'had' });
    expect(await queued).toEqual({ kind: 'silenced', waitMs: hour });
    expect(await other).toEqual({ kind: 'had', value: 'two' });
    expect(asked).toBe(false);
  });

  test.each([
    [undefined, 29 * 60_000, 'silenced'],
    [1_000, 29 * 60_000, 'silenced'], // the rest of this run, whatever was asked
    [undefined, 31 * 60_000, 'had'], // a daemon asks again
    [3_600_000, 31 * 60_000, 'silenced'],
    [3_600_000, 3_600_001, 'had'],
  ])('told %s ms, asked after %i ms: %s', async (waitMs, after, kind) => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 0, parallel: 8 }, clock);
    pace.silence('one.example', waitMs);
    await clock.advance(after);
    expect(await pace.take('one.example', async () => 0)).toMatchObject({ kind });
  });

  test('a shorter wish does not shorten a longer one', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 0, parallel: 8 }, clock);
    pace.silence('one.example', 7_200_000);
    pace.silence('one.example', undefined);
    expect(await pace.take('one.example', async () => 0)).toEqual({ kind: 'silenced', waitMs: 7_200_000 });
  });
});
