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
    const turns = Promise.all(['a', 'b', 'c'].map((name) => pace.take(['one.example'], task(name, 500))));
    await clock.advance(60_000);
    expect(log).toEqual(['a+0', 'a-500', 'b+2500', 'b-3000', 'c+5000', 'c-5500']);
    expect(await turns).toEqual(['a', 'b', 'c']);
  });

  test('a request that comes later than the gap does not wait', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 2_000, parallel: 8 }, clock);
    const { log, task } = recorder(clock);
    void pace.take(['one.example'], task('a', 0));
    await clock.advance(10_000);
    void pace.take(['one.example'], task('b', 0));
    await clock.advance(0);
    expect(log).toEqual(['a+0', 'a-0', 'b+10000', 'b-10000']);
  });

  test('a clock set back costs no more than the gap', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 2_000, parallel: 8 }, clock);
    const { log, task } = recorder(clock);
    void pace.take(['one.example'], task('a', 0));
    await clock.advance(0);
    clock.set(clock.now() - 500_000);
    void pace.take(['one.example'], task('b', 0));
    await clock.advance(2_000);
    expect(log).toHaveLength(4);
  });

  test('a task that throws gives its turn back', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 0, parallel: 1 }, clock);
    const broken = pace.take(['one.example'], () => Promise.reject(new Error('a bug')));
    const next = pace.take(['one.example'], () => Promise.resolve('next'));
    await expect(broken).rejects.toThrow('a bug');
    expect(await next).toBe('next');
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
    const turns = Promise.all(Array.from({ length: 10 }, (_, host) => pace.take([`${host}.example`], task)));
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
      void pace.take([key], task(name, 100));
    await clock.advance(10_000);
    expect(log.filter((line) => line.includes('+'))).toEqual(['a1+0', 'b1+100', 'c1+200', 'a2+2100']);
  });
});

describe('several keys', () => {
  test('a task waits for all of them, and the gap is kept to each', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 2_000, parallel: 8 }, clock);
    const { log, task } = recorder(clock);
    void pace.take(['a.example', '1.1.1.1'], task('a', 500));
    void pace.take(['b.example', '1.1.1.1'], task('b', 500));
    void pace.take(['c.example', '2.2.2.2'], task('c', 500));
    void pace.take(['a.example', '2.2.2.2'], task('a2', 500));
    await clock.advance(60_000);
    expect(log).toEqual(['a+0', 'c+0', 'a-500', 'c-500', 'b+2500', 'a2+2500', 'b-3000', 'a2-3000']);
  });

  test('nobody waits for somebody who waits for him', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 1_000, parallel: 2 }, clock);
    const names = ['a', 'b', 'c', 'd', 'e'];
    let busy: string[] = [];
    let done = 0;
    for (let turn = 0; turn < 60; turn++) {
      const keys = [names[turn % 5], names[(turn * 3 + 1) % 5], names[(turn * 2 + 2) % 5]];
      const own = [...new Set(keys.filter((key) => key !== undefined))];
      void pace.take(turn % 2 === 0 ? own : own.reverse(), async () => {
        expect(busy.filter((key) => own.includes(key))).toEqual([]);
        busy.push(...own);
        await clock.wait(100);
        busy = busy.filter((key) => !own.includes(key));
        done += 1;
      });
    }
    await clock.advance(120_000);
    expect(done).toBe(60);
  });

  test('whoever waits for a turn holds no slot', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 2_000, parallel: 1 }, clock);
    const { log, task } = recorder(clock);
    void pace.take(['a.example', '1.1.1.1'], task('a', 100));
    void pace.take(['b.example', '1.1.1.1'], task('b', 100));
    void pace.take(['c.example', '1.1.1.1'], task('c', 100));
    void pace.take(['d.example', '2.2.2.2'], task('d', 100));
    await clock.advance(10_000);
    expect(log.filter((line) => line.includes('+'))).toEqual(['a+0', 'd+100', 'b+2100', 'c+4200']);
  });
});

describe('told to stop', () => {
  test('whoever waits for a turn, for the gap or for a slot leaves at once', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 2_000, parallel: 1 }, clock);
    const { log, task } = recorder(clock);
    const stop = new AbortController();
    const ended: string[] = [];
    const take = (keys: readonly string[], name: string, ms: number): void => {
      const turn = pace.take(keys, task(name, ms), undefined, stop.signal);
      void turn.then(
        () => ended.push(name),
        (error: unknown) => ended.push(`${name}: ${error === stop.signal.reason}`),
      );
    };
    take(['gap'], 'first', 100);
    await clock.advance(200);
    take(['gap'], 'gap', 100);
    take(['a'], 'busy', 10_000);
    take(['a'], 'turn', 100);
    take(['b'], 'slot', 100);
    await clock.advance(100);
    stop.abort();
    await clock.advance(0);
    expect(ended).toEqual(['first', 'gap: true', 'turn: true', 'slot: true']);
    await clock.advance(60_000);
    expect(ended.at(-1)).toBe('busy');
    expect(log.filter((line) => line.includes('+'))).toEqual(['first+0', 'busy+200']);
  });

  test('who stays keeps its place behind those before it', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 0, parallel: 8 }, clock);
    const { log, task } = recorder(clock);
    const stop = new AbortController();
    void pace.take(['a'], task('first', 1_000));
    pace.take(['a'], task('leaves', 0), undefined, stop.signal).catch(() => {});
    void pace.take(['a'], task('last', 0));
    stop.abort();
    await clock.advance(500);
    expect(log).toEqual(['first+0']);
    await clock.advance(1_000);
    expect(log).toEqual(['first+0', 'first-1000', 'last+1000', 'last-1000']);
  });

  test('a slot that comes free goes to who is still there', async () => {
    const clock = fakeClock();
    const pace = openPace({ spacingMs: 0, parallel: 1 }, clock);
    const { log, task } = recorder(clock);
    const stop = new AbortController();
    void pace.take(['a'], task('a', 1_000));
    pace.take(['b'], task('b', 0), undefined, stop.signal).catch(() => {});
    void pace.take(['c'], task('c', 0));
    await clock.advance(10);
    stop.abort();
    await clock.advance(2_000);
    expect(log.filter((line) => line.includes('+'))).toEqual(['a+0', 'c+1000']);
  });
});

test('what is not to be asked any more when its turn comes takes neither gap nor slot', async () => {
  const clock = fakeClock();
  const pace = openPace({ spacingMs: 2_000, parallel: 1 }, clock);
  const { log, task } = recorder(clock);
  let isOff = false;
  const first = pace.take(['one.example'], async () => {
    isOff = true;
    return 'asked';
  });
  const others = [1, 2, 3].map(() =>
    pace.take(['one.example'], task('never', 0), () => (isOff ? 'not asked' : undefined)),
  );
  await clock.advance(0);
  expect(await Promise.all([first, ...others])).toEqual(['asked', 'not asked', 'not asked', 'not asked']);
  expect(log).toEqual([]);
});

test('among thousands of hosts, those that rest or are asked keep their place', async () => {
  const clock = fakeClock();
  const pace = openPace({ spacingMs: 2_000, parallel: 8 }, clock);
  const { log, task } = recorder(clock);
  const long = pace.take(['long.example', '192.0.2.1'], task('long', 60_000));
  await clock.advance(1_000);
  for (let host = 0; host < 5_000; host++) await pace.take([`host${host}.example`], async () => {});
  await clock.advance(1_000);
  for (let host = 0; host < 5_000; host++) await pace.take([`other${host}.example`], async () => {});
  const turns = [
    long,
    pace.take(['other4999.example'], task('resting', 0)),
    pace.take(['new.example', '192.0.2.1'], task('behind', 0)),
  ];
  await clock.advance(120_000);
  await Promise.all(turns);
  expect(log.filter((line) => line.includes('+'))).toEqual(['long+0', 'resting+4000', 'behind+62000']);
});
