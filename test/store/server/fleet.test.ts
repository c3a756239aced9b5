/** Who shares the work on one server, as `relais status` and `/metrics` tell of it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { status } from '../../../src/cli/status.ts';
import { statusLines } from '../../../src/cli/status-lines.ts';
import type { Clock } from '../../../src/edges.ts';
import type { Library } from '../../../src/library.ts';
import { metricsOf } from '../../../src/serve/metrics.ts';
import { type Fleet, openFleet } from '../../../src/store/fleet.ts';
import { placeOf } from '../../../src/store/postgres-session.ts';
import { relayStatus } from '../../../src/telling/relay-status.ts';
import { settings } from '../../pipeline/house.ts';
import { storageIn } from '../../storage.ts';
import { dropSchema, tellServer } from '../../told-server.ts';
import { holder, memoryOf, openTestLibrary, temporaryFolder } from '../open.ts';

let folder: ReturnType<typeof temporaryFolder>;
let address: string;
let library: Library;
let fleets: Fleet[];
let now: number;

/** Of a machine that is an hour and some minutes ahead. */
const fast: Clock = { now: () => Date.now() + 4_000_000, wait: () => Promise.resolve() };

beforeEach(async () => {
  folder = temporaryFolder();
  address = storageIn(folder.path).database ?? '';
  library = await openTestLibrary(folder.path);
  fleets = [];
  now = Number((await tellServer(address, 'select now_ms() as now'))[0]?.now);
});
afterEach(async () => {
  for (const one of fleets) await one.close();
  await library.close();
  await dropSchema(address);
  folder.remove();
});

async function worker(host: string, pid: number, version = '1.2.0'): Promise<Fleet> {
  const one = await openFleet(placeOf(address), holder({ owner: `${host}-${pid}`, host, pid }), version, fast);
  fleets.push(one);
  await one.claims.join();
  return one;
}

/** One that was killed so long ago. */
const killed = (host: string, pid: number, ms: number): Promise<unknown> =>
  tellServer(
    address,
    `insert into workers (id, host, pid, version, started, seen, asked)
       values ('${host}-${pid}', '${host}', ${pid}, '1.2.0', now_ms() - 2 * ${ms}, now_ms() - ${ms}, 1)`,
  );

const config = settings(
  `sections:\n  calais:\n${['a', 'b', 'c', 'd'].map((name) => `    - { url: https://${name}.example/feed, name: Harbour ${name} }\n`).join('')}`,
);

async function told(): Promise<string[]> {
  const lines = statusLines(await relayStatus(config, library, now), 'UTC', 400);
  return lines.filter((line) => /^(Workers|\s+→)/.test(line));
}

async function metric(name: string): Promise<number | undefined> {
  const { text } = await metricsOf(config, library, 0);
  const found = new RegExp(`^relais_${name} (.*)$`, 'm').exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Of c and d; a and b are never asked. */
async function rememberDue(): Promise<void> {
  for (const [key, ms] of [
    ['c.example/feed', 20_000],
    ['d.example/feed', 600_000],
  ] as const)
    await library.remember(memoryOf(key, { lastTried: now - 7_200_000, nextDue: now - ms }));
}

describe('the fleet', () => {
  test('is named by host, with what it has in hand and what waits, by the clock of the database', async () => {
    await rememberDue();
    const first = await worker('a.example', 1);
    await worker('a.example', 2);
    await worker('b.example', 1);
    expect(await first.claims.take(['d.example/feed', 'a.example/feed'])).toHaveProperty('size', 2);
    const [line, ...more] = await told();
    expect(line).toMatch(
      /^Workers: 3 at work \(a\.example 2, b\.example 1\), 2 sources in hand; 2 due \(1 never asked\), the oldest for 2\d s \(Harbour c\)$/,
    );
    expect(more).toEqual([]);
    expect([await metric('workers'), await metric('sources_in_hand'), await metric('sources_due')]).toEqual([3, 2, 2]);
    expect(Math.floor((await metric('oldest_due_seconds')) ?? 0)).toBeGreaterThanOrEqual(20);
    await first.claims.giveBack(['d.example/feed']);
    expect(await told()).toEqual([expect.stringContaining('3 due (1 never asked), the oldest for 10 min (Harbour d)')]);
    expect(Math.floor((await metric('oldest_due_seconds')) ?? 0)).toBeGreaterThanOrEqual(600);
  });

  test('that nobody is part of is told plainly, with what to do', async () => {
    await rememberDue();
    const gone = await worker('a.example', 1);
    await gone.close();
    fleets.pop();
    const lines = await told();
    expect(lines[0]).toMatch(/^Workers: no worker is at work; 4 due \(2 never asked\), the oldest for 10 min/);
    expect(lines[1]).toContain('→ Start  relais work  or  relais start');
    expect(await metric('workers')).toBe(0);
  });

  test('has lost whoever is not heard of, until another begins in its place', async () => {
    await killed('a.example', 41, 40_000);
    await killed('c.example', 1, 3_700_000);
    await worker('b.example', 7);
    expect(await told()).toEqual([
      expect.stringMatching(/^Workers: 1 at work \(b\.example 1\); /),
      expect.stringMatching(/^Workers not heard of: a\.example \(process 41\) for 4\d s; /),
    ]);
    expect(await metric('workers')).toBe(1);
    await worker('a.example', 42);
    expect(await told()).toEqual([expect.stringContaining('2 at work (a.example 1, b.example 1)')]);
  });

  test('of different versions is in the middle of an upgrade', async () => {
    await worker('a.example', 1, '1.2.0');
    await worker('a.example', 2, '1.3.0');
    await worker('b.example', 1, '1.3.0');
    expect((await told())[1]).toBe(
      'Workers of different versions, as in the middle of an upgrade: 1.2.0 (a.example 1), 1.3.0 (a.example 1, b.example 1)',
    );
  });
});

test('a script is told of the fleet as JSON, at the instant of the database', async () => {
  await library.remember(memoryOf('c.example/feed', { lastTried: now - 7_200_000, nextDue: now - 600_000 }));
  await worker('a.example', 1);
  await killed('b.example', 2, 40_000);
  const file = join(folder.path, 'sources.yaml');
  writeFileSync(
    file,
    `database: "${address}"\nsections:\n  calais:\n    - { url: https://c.example/feed, name: Harbour c }\n`,
  );
  const shown: unknown[] = [];
  const never = (text = ''): void => expect.fail(text);
  const printer = {
    isTerminal: false,
    width: 80,
    line: never,
    alarm: never,
    json: (value: unknown) => void shown.push(value),
  };
  expect(await status({ config: file, json: true }, printer)).toBe(0);
  const [{ asOf, workers }] = JSON.parse(JSON.stringify(shown));
  expect(Math.abs(Date.parse(asOf) - now)).toBeLessThan(60_000);
  expect(workers).toMatchObject({
    atWork: [{ host: 'a.example', pid: 1, version: '1.2.0' }],
    silent: [{ host: 'b.example', pid: 2 }],
    sourcesInHand: 0,
    sourcesDue: 1,
    sourcesNeverAsked: 0,
    oldestDue: { source: 'Harbour c' },
  });
  expect(workers.oldestDue.seconds).toBeGreaterThanOrEqual(600);
});

test('sources count as asked and as answering whoever has asked them', async () => {
  await library.remember(memoryOf('a', { lastTried: now, lastSuccess: now - 10 }));
  await library.remember(memoryOf('b', { lastTried: now + 5, lastSuccess: now + 5 }));
  await library.remember(memoryOf('c', { lastTried: undefined, lastSuccess: undefined }));
  expect(await library.askedSince(now)).toEqual({ tried: 2, answered: 1 });
  expect(await library.askedSince(now + 6)).toEqual({ tried: 0, answered: 0 });
});
