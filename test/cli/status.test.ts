/** `relais status` as the maintainer sees it: on a terminal, wide or narrow, as JSON, before the first run and after. */
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Printer } from '../../src/cli/print.ts';
import { status } from '../../src/cli/status.ts';
import type { SourceMemory } from '../../src/model.ts';
import { problem } from '../../src/problems.ts';
import { runFacts } from '../../src/run.ts';
import { openStore } from '../../src/storage.ts';
import { startPartner } from '../partner/server.ts';
import { openTestHouse } from '../pipeline/house.ts';
import { memoryOf } from '../source-memory.ts';
import { storageIn } from '../storage.ts';

const now = Date.UTC(2026, 10, 23, 12); // a Monday
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const clock = { now: () => now, wait: () => Promise.resolve() };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-status-'));
  process.env.RELAIS_TEST_KEY = 'tr0mpette';
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  delete process.env.RELAIS_TEST_KEY;
});

function settings(sources: string, more = ''): void {
  writeFileSync(join(folder, 'sources.yaml'), `sections:\n  calais:\n${more}    sources:\n${sources}`);
}

interface Said {
  readonly exitCode: number;
  readonly lines: readonly string[];
  readonly json: unknown;
}

async function say(width = 80, json = false): Promise<Said> {
  const lines: string[] = [];
  let value: unknown;
  const printer: Printer = {
    isTerminal: false,
    width,
    line: (text = '') => lines.push(text),
    alarm: (text) => lines.push(text),
    json: (printed) => {
      value = JSON.parse(JSON.stringify(printed));
    },
  };
  const exitCode = await status({ config: join(folder, 'sources.yaml'), json }, printer, clock);
  return { exitCode, lines, json: value };
}

const failing: Partial<SourceMemory> = {
  title: 'Alarm\u001b[31m Phone',
  lastTried: now - hour,
  lastSuccess: now - 9 * day,
  nextDue: now + 4 * hour,
  failures: 17,
  failingSince: now - 9 * day,
  problem: problem('fetch/tls', {}, 'it has expired (bad.example)'),
  move: { to: 'https://new.example/feed', since: now - 3 * day, sightings: 2, last: now - day },
};
const fine: Partial<SourceMemory> = {
  title: 'Quay Watch',
  lastTried: now - 5 * minute,
  lastSuccess: now - 5 * minute,
  nextDue: now + 55 * minute,
};

/** A store in which this is remembered. */
async function remember(...memories: readonly SourceMemory[]): Promise<void> {
  const store = await openStore(storageIn(join(folder, 'data')));
  for (const memory of memories) await store.remember(memory);
  await store.replaceFact(runFacts.started, String(now - 10 * minute));
  await store.replaceFact(runFacts.ended, String(now - 9 * minute));
  await store.replaceFact('backed-up', String(now - 8 * hour));
  await store.addNews(
    Array.from({ length: 12 }, (_, at) => ({
      sourceKey: 'bad.example/feed',
      source: 'Alarm Phone',
      kind: at % 2 === 0 ? ('failing' as const) : ('back' as const),
      at: now - (20 - at) * day,
      words: `News number ${at} with tr0mpette in it.`,
    })),
  );
  await store.close();
}

const both = '      - https://quay.example/feed\n      - https://bad.example/feed\n';

describe('before the first run', () => {
  test('every source was never asked, and looking makes no database', async () => {
    settings(both);
    const { exitCode, lines } = await say();
    expect(exitCode).toBe(0);
    expect(lines.filter((line) => line.includes('never asked'))).toHaveLength(3);
    expect(lines).toContain('Last run: none yet');
    expect(lines).toContain('Last backup: none yet');
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  test('says when digests close, by the clocks of the site', async () => {
    settings(both, '    digest: { when: weekly, at: "Tue 07:00" }\n');
    expect((await say()).lines.at(-1)).toMatch(/^Digest of calais: none yet; next 24 Nov, 07:00 \(UTC\)$/);
  });
});

describe('after some runs', () => {
  test('the worst comes first, with why and what to do', async () => {
    settings(both);
    await remember(memoryOf('quay.example/feed', fine), memoryOf('bad.example/feed', failing));
    const { exitCode, lines } = await say();
    expect(exitCode).toBe(0);
    const [, first, why, ...rest] = lines;
    expect(first).toMatch(/^Alarm\\u\{1b\}\[31m Phone +failing +0 {2}9 d ago +in 4 h$/);
    expect(why).toBe('    since 2026-11-14 12:00Z (17 tries): has a certificate that cannot be');
    const text = rest.join('\n');
    expect(text).toContain('    → Write to the partner: their certificate needs renewing or mending.');
    expect(text).toContain('leads for good to https://new.example/feed since 2026-11-20 12:00Z, seen 2');
    expect(text).toMatch(/\nQuay Watch +ok +0 {2}5 min ago +in 55 min\n/);
    expect(text).toContain('2 sources: 1 failing, 1 ok.');
    expect(text).toContain('Last run: began 2026-11-23 11:50Z, ended 2026-11-23 11:51Z; none has been good\nyet');
    expect(text).toContain('Last backup: 2026-11-23 04:00Z');
  });

  test('of sources that are called alike it gives the addresses', async () => {
    settings('      - https://one.example/a\n      - https://one.example/b\n      - https://quay.example/feed\n');
    await remember(memoryOf('quay.example/feed', fine));
    const { lines } = await say();
    expect(lines.filter((line) => line.includes('its address'))).toEqual([
      '    its address: https://one.example/a',
      '    its address: https://one.example/b',
    ]);
  });

  test('news are the last ten, newest first', async () => {
    settings(both);
    await remember(memoryOf('bad.example/feed', failing));
    const text = (await say()).lines.join('\n');
    expect([...text.matchAll(/number (\d+)/g)].map(([, number]) => Number(number))).toEqual([
      11, 10, 9, 8, 7, 6, 5, 4, 3, 2,
    ]);
    expect(text).toContain('2026-11-14 12:00Z  back');
  });

  test.each([40, 60, 72, 120])('fits a terminal of %i columns', async (width) => {
    settings(both);
    await remember(
      memoryOf('quay.example/feed', { ...fine, title: 'A name that is far too long for any column' }),
      memoryOf('bad.example/feed', failing),
    );
    const { lines } = await say(width);
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });

  test('as JSON it says everything, days included', async () => {
    settings(both);
    await remember(memoryOf('quay.example/feed', fine), memoryOf('bad.example/feed', failing));
    const { json } = await say(80, true);
    expect(json).toMatchObject({
      asOf: '2026-11-23T12:00:00.000Z',
      lastRun: { started: '2026-11-23T11:50:00.000Z', ended: '2026-11-23T11:51:00.000Z' },
      lastBackup: '2026-11-23T04:00:00.000Z',
      sources: [
        { name: 'Quay Watch', state: 'ok' },
        {
          url: 'https://bad.example/feed',
          sections: ['calais'],
          state: 'failing',
          failures: 17,
          failingSince: '2026-11-14T12:00:00.000Z',
          lastSuccess: '2026-11-14T12:00:00.000Z',
          nextDue: '2026-11-23T16:00:00.000Z',
          problem: 'has a certificate that cannot be trusted: it has expired (bad.example)',
          code: 'fetch/tls',
          move: {
            to: 'https://new.example/feed',
            since: '2026-11-20T12:00:00.000Z',
            sightings: 2,
            last: '2026-11-22T12:00:00.000Z',
          },
        },
      ],
    });
    const { sources, news } = json as { sources: { days: unknown[] }[]; news: unknown[] };
    expect(sources[0]?.days).toHaveLength(30);
    expect(news).toHaveLength(10);
  });

  test('says how many items of a source wait for their time, and until when the first does', async () => {
    const house = await openTestHouse(now);
    const posts = [3, 1].map(
      (days) =>
        `<item><guid>${days}</guid><title>In ${days} days</title><pubDate>${new Date(now + days * day).toUTCString()}</pubDate></item>`,
    );
    const site = await startPartner({
      '/feed': `<rss version="2.0"><channel><title>Quay Watch</title>${posts.join('')}</channel></rss>`,
      '/other': '<rss version="2.0"><channel><title>Other</title><item><title>Today</title></item></channel></rss>',
    });
    const sources = ['feed', 'other'].map((name) => `      - { url: "${site.url}/${name}", future: wait }\n`).join('');
    await house.run(`sections:\n  calais:\n    sources:\n${sources}`);
    await house.house.close();
    cpSync(house.folder, join(folder, 'data'), { recursive: true });
    await Promise.all([house.close(), site.close()]);
    settings(sources);
    const text = (await say()).lines.join('\n');
    expect(text).toContain('\n    2 items wait for their time, the first until 2026-11-24 12:00Z\n');
    expect(text.match(/wait for their time/g)).toHaveLength(1);
    expect((await say(80, true)).json).toMatchObject({
      sources: [
        { name: 'Quay Watch', items: 0, itemsWaiting: 2, firstWaiting: '2026-11-24T12:00:00.000Z' },
        { name: 'Other', items: 1, itemsWaiting: 0 },
      ],
    });
  });

  test('a secret is in neither', async () => {
    settings(`      - https://members.example/feed?key=\${RELAIS_TEST_KEY}\n`);
    await remember(
      memoryOf(`members.example/feed?key=\${RELAIS_TEST_KEY}`, {
        ...failing,
        feedUrl: 'https://members.example/real?key=tr0mpette',
        problem: problem('fetch/bad-redirect', {}, 'to ftp://members.example/?key=tr0mpette'),
        move: { to: 'https://new.example/feed?key=tr0mpette', since: now - day, sightings: 1, last: now - day },
      }),
    );
    const [table, { json }] = [await say(), await say(80, true)];
    expect(table.lines.join('\n')).toContain('ftp://members.example/?key=${'.concat('RELAIS_TEST_KEY}'));
    expect(`${table.lines.join('\n')}${JSON.stringify(json)}`).not.toContain('tr0mpette');
  });

  test('a run that has not ended is no run that has', async () => {
    settings(both);
    await remember(memoryOf('quay.example/feed', fine));
    const store = await openStore(storageIn(join(folder, 'data')));
    await store.replaceFact(runFacts.started, String(now - minute));
    await store.close();
    expect((await say()).lines).toContain('Last run: began 2026-11-23 11:59Z, not ended; none has been good yet');
  });
});
