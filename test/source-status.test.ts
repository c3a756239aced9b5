/** How a source stands, by what is remembered of it: each state, its words, and what may not be said. */
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config/read.ts';
import type { Config, SourceDay, SourceMemory } from '../src/model.ts';
import { problem } from '../src/problems.ts';
import { firstDayShown, type SourceStatus, sourceStatuses, worstFirst } from '../src/source-status.ts';
import { memoryOf } from './source-memory.ts';

const now = Date.UTC(2026, 10, 23, 12);
const hour = 3_600_000;
const day = 24 * hour;

function settings(sources: string, values: Readonly<Record<string, string>> = {}): Config {
  const read = readConfig(`sections:\n  calais:\n${sources}`, 'sources.yaml', (name) => values[name]);
  if (read.kind !== 'config') throw new Error(read.problems.map((one) => one.happened).join('\n'));
  return read.config;
}

const plain = settings('    - https://quay.example/feed\n');
const key = 'quay.example/feed';

function statusOf(
  memory: Partial<SourceMemory> | undefined,
  config = plain,
  days?: readonly SourceDay[],
): SourceStatus {
  const memories = new Map(memory === undefined ? [] : [[key, memoryOf(key, memory)]]);
  const [row] = sourceStatuses({ config, memories, now, ...(days && { days }) });
  if (row === undefined) throw new Error('no row');
  return row;
}

const asked = { lastTried: now - hour, nextDue: now + hour };
const answering = { ...asked, lastSuccess: now - hour };
const expired = problem('fetch/tls', {}, 'it has expired (quay.example)');
const failing = { ...asked, failures: 3, failingSince: now - 3 * day, problem: expired };

describe('the state of a source', () => {
  test.each<[string, Partial<SourceMemory> | undefined, Partial<SourceStatus>]>([
    ['nothing is known', undefined, { state: 'never-asked', why: undefined, todo: '' }],
    ['it was never asked', {}, { state: 'never-asked', nextDue: undefined }],
    ['it answers', answering, { state: 'ok', why: undefined, lastSuccess: now - hour, nextDue: now + hour }],
    [
      'it answers, with a remark on its document',
      { ...answering, problem: problem('parse/entry-skipped', {}, 'no end') },
      { state: 'ok', why: 'has an entry that cannot be read: no end', todo: 'Tell the partner.' },
    ],
    [
      'it fails',
      failing,
      { state: 'failing', since: now - 3 * day, failures: 3, why: expired.happened, todo: expired.todo },
    ],
    [
      'it told us to wait',
      { ...answering, problem: problem('fetch/told-to-wait', {}, 'an hour') },
      { state: 'waiting', why: 'asked us to wait: an hour' },
    ],
    [
      'it tells us so every time',
      { ...answering, failingSince: now - 2 * day, problem: problem('fetch/kept-waiting', {}, 'an hour') },
      { state: 'failing', since: now - 2 * day },
    ],
    [
      'it has told us so, and was quiet before',
      { ...answering, nextDue: now - 1, failingSince: now - hour, silentSince: now - day },
      { state: 'ok' },
    ],
    [
      'that is over',
      { ...answering, nextDue: now - 1, problem: problem('fetch/told-to-wait', {}, '') },
      { state: 'ok' },
    ],
    [
      'nobody has asked it for long',
      { ...answering, nextDue: now - 13 * hour },
      { state: 'waiting', since: now - 13 * hour },
    ],
    ['its turn has just come', { ...answering, nextDue: now - 11 * hour }, { state: 'ok' }],
    [
      'it is quiet',
      { ...answering, silentSince: now - day, lastNewItem: now - 90 * day },
      { state: 'silent', since: now - 90 * day },
    ],
    ['it said 410', { ...failing, isGone: true, nextDue: 8.64e15 }, { state: 'gone', nextDue: undefined }],
    [
      'what it sends is held',
      { ...failing, held: { since: now - day, reasons: ['none of its items was known', 'its language has changed'] } },
      {
        state: 'held',
        since: now - day,
        why: 'does not look like itself any more: none of its items was known; its language has changed',
        todo: problem('trust/held', {}).todo,
      },
    ],
    [
      'it was stopped',
      { ...failing, stoppedSince: now - day },
      { state: 'stopped', since: now - day, nextDue: undefined },
    ],
  ])('%s', (_what, memory, expected) => {
    expect(statusOf(memory)).toMatchObject(expected);
  });

  test('a bug of ours that kept it from being asked is no "never asked"', () => {
    const defect = problem('run/defect', {}, 'TypeError');
    expect(statusOf({ problem: defect })).toMatchObject({ state: 'failing', why: defect.happened });
    expect(statusOf({ failures: 1 })).toMatchObject({ state: 'failing' });
  });

  test('the maintainer has paused it, whatever it does', () => {
    const paused = settings('    - url: https://quay.example/feed\n      paused: they asked us to\n');
    expect(statusOf(failing, paused)).toMatchObject({ state: 'paused', why: 'they asked us to', nextDue: undefined });
  });

  test('what wants a person comes first, else the order of sources.yaml', () => {
    const rows = [{ ...failing }, answering, { held: { since: now, reasons: ['x'] } }, failing].map((one, at) => ({
      ...statusOf(one),
      name: String(at),
    }));
    expect(worstFirst(rows).map(({ name, state }) => `${name} ${state}`)).toEqual([
      '2 held',
      '0 failing',
      '3 failing',
      '1 ok',
    ]);
  });
});

describe('its last thirty days', () => {
  test('are thirty, oldest first, with today, and empty where nothing was noted', () => {
    const today = Date.UTC(2026, 10, 23);
    const days = [
      { sourceKey: key, day: today, answered: 3, failed: 1, newItems: 2 },
      { sourceKey: key, day: today - 29 * day, answered: 0, failed: 9, newItems: 0 },
      { sourceKey: 'other.example', day: today, answered: 1, failed: 0, newItems: 7 },
    ];
    const row = statusOf(answering, plain, days);
    expect(row.days).toHaveLength(30);
    expect(row.days[0]).toEqual({ day: firstDayShown(now), answered: 0, failed: 9, newItems: 0 });
    expect(row.days[1]).toEqual({ day: today - 28 * day, answered: 0, failed: 0, newItems: 0 });
    expect(row.days.at(-1)).toEqual({ day: today, answered: 3, failed: 1, newItems: 2 });
  });

  test('are none where nobody wanted them', () => {
    expect(statusOf(answering).days).toEqual([]);
  });
});

test('no secret is in any word', () => {
  const config = settings(`    - https://quay.example/feed?key=\${KEY}\n`, { KEY: 'tr0mp&tte' });
  const secret = config.sources[0]?.key ?? '';
  const memory = memoryOf(secret, {
    ...failing,
    feedUrl: 'https://quay.example/real?key=tr0mp%26tte',
    problem: problem('fetch/bad-redirect', {}, 'to ftp://quay.example/?key=tr0mp%26tte'),
    move: { to: 'https://new.example/?key=tr0mp%26tte', since: now - day, sightings: 2, last: now - day },
  });
  const [row] = sourceStatuses({ config, memories: new Map([[secret, memory]]), now });
  expect(JSON.stringify(row)).not.toContain('tr0mp');
  expect(row).toMatchObject({
    url: `quay.example/feed?key=\${KEY}`,
    feedUrl: undefined,
    why: `redirects to somewhere we do not go: to ftp://quay.example/?key=\${KEY}`,
    move: { to: 'new.example' },
  });
});
