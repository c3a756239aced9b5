/** What a machine that watches over the relay is told, over sources whose names are anybody's. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { metricsOf } from '../../src/serve/metrics.ts';
import { openTestHouse, settings, type TestHouse } from '../pipeline/house.ts';
import { memoryOf } from '../source-memory.ts';

const start = Date.UTC(2026, 10, 20, 3);

let house: TestHouse;
beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(() => house.close());

async function metricsUnder(yaml: string): Promise<readonly string[]> {
  const { text, contentType } = await metricsOf(settings(yaml), house.house.library, house.clock.now());
  expect(contentType).toContain('text/plain; version=0.0.4');
  return text.split('\n');
}

const listing = (...lines: readonly string[]): string => `sections:\n  calais:\n${lines.join('')}`;

test('every source has its figures, in seconds, and one that is gone is never due', async () => {
  const { library } = house.house;
  const answered = { lastTried: start, lastSuccess: start - 5_000, nextDue: start + 60_000 };
  await library.remember(memoryOf('harbour.example/feed', { ...answered, lastNewItem: start - 90_000 }));
  await library.remember(memoryOf('gone.example/feed', { failures: 3, isGone: true }));
  const lines = await metricsUnder(
    listing('    - { url: https://harbour.example/feed, name: Harbour }\n', '    - https://gone.example/feed\n'),
  );
  const harbour = '{source="harbour.example/feed",name="Harbour"}';
  expect(lines).toContain(`relais_source_last_success_timestamp_seconds${harbour} ${start / 1_000 - 5}`);
  expect(lines).toContain(`relais_source_last_new_item_timestamp_seconds${harbour} ${start / 1_000 - 90}`);
  expect(lines).toContain(`relais_source_next_due_timestamp_seconds${harbour} ${start / 1_000 + 60}`);
  expect(lines).toContain(`relais_source_failing${harbour} 0`);
  const gone = '{source="gone.example/feed",name="gone.example/feed"}';
  expect(lines).toContain(`relais_source_failing${gone} 3`);
  expect(lines.some((line) => line.startsWith(`relais_source_next_due_timestamp_seconds${gone}`))).toBe(false);
  expect(lines).toContain('relais_sources 2');
});

test('says how many sources wait to be asked, and for how long the oldest has', async () => {
  const { library } = house.house;
  const asked = { lastTried: start - 7_200_000 };
  await library.remember(memoryOf('late.example/feed', { ...asked, nextDue: start - 90_000 }));
  await library.remember(memoryOf('later.example/feed', { ...asked, nextDue: start - 30_000 }));
  const early = { ...asked, nextDue: start - 3_600_000 };
  await library.remember(memoryOf('stopped.example/feed', { ...early, stoppedSince: start }));
  await library.remember(memoryOf('waits.example/feed', { ...early, waitUntil: start + 1 }));
  await library.remember(memoryOf('gone.example/feed', { ...early, isGone: true }));
  await library.remember(memoryOf('paused.example/feed', early));
  await library.remember(memoryOf('left.example/feed', early));
  await library.remember(memoryOf('soon.example/feed', { ...asked, nextDue: start + 1 }));
  const listed = ['late', 'later', 'stopped', 'waits', 'gone', 'soon', 'new'];
  const paused = '    - { url: https://paused.example/feed, paused: moving }\n';
  const lines = await metricsUnder(listing(...listed.map((name) => `    - https://${name}.example/feed\n`), paused));
  expect(lines).toContain('relais_sources_due 3');
  expect(lines).toContain('relais_oldest_due_seconds 90');
  expect(lines.filter((line) => /^relais_(workers|sources_in_hand)/.test(line))).toEqual([]);
});

test('a title that is no line, and no label, makes neither another line nor another label', async () => {
  const title = `Harbour"} 1\nrelais_source_failing{source="evil",name="\\" \u001b[31m\u202e${'x'.repeat(5_000)}`;
  await house.house.library.remember(memoryOf('harbour.example/feed', { title }));
  const lines = await metricsUnder(listing('    - https://harbour.example/feed\n'));
  const failing = lines.filter((line) => line.startsWith('relais_source_failing'));
  expect(failing).toHaveLength(1);
  expect(failing[0]).toMatch(/^relais_source_failing\{source="harbour\.example\/feed",name="Harbour\\"\} 1 .*"\} 0$/);
  expect(failing[0]).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/);
  expect(failing[0]?.length).toBeLessThan(400);
  const shape = /^(#.*|relais_[a-z_]+(\{[a-z]+="(?:[^"\\\n]|\\.)*"(,[a-z]+="(?:[^"\\\n]|\\.)*")*\})? [\d.e+-]+|)$/;
  expect(lines.filter((line) => !shape.test(line))).toEqual([]);
});
