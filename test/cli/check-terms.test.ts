/** `relais check` of what groups have agreed to: settings that are in order and, today, may not be meant; each with its line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { check } from '../../src/cli/check.ts';
import type { Printer } from '../../src/cli/print.ts';
import { status } from '../../src/cli/status.ts';
import { termsLines } from '../../src/telling/explain-terms.ts';
import { settings } from '../pipeline/house.ts';
import { item } from '../stories/builders.ts';

const clock = { now: () => Date.UTC(2026, 10, 23, 12), wait: () => Promise.resolve() };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const yaml = `site: { url: "https://news.example/" }
defaults: { max_age: 2d }
sections:
  calais:
    - url: https://one.example/feed
      agreed:
        by: Amal
        on: 2026-12-01
        until: 2026-12-20
    - { url: https://two.example/feed, agreed: { by: Sam, on: 2020-01-01, until: 2026-11-23 } }
    - { url: https://three.example/feed, agreed: { by: Sam, on: 2020-01-01, until: 2027-11-23 } }
    - { url: https://four.example/feed, agreed: { by: Sam, on: 2020-01-01 } }
    - url: https://five.example/feed
      embargo: 1w
    - { url: https://seven.example/feed, max_age: 500d, embargo: 400d }
    - { url: https://eight.example/feed, max_age: 500d, embargo: 31d }
  silent:
    - url: https://six.example/feed
      show: none
`;

async function say(command: typeof check, json: boolean): Promise<string> {
  const lines: string[] = [];
  const printer: Printer = {
    isTerminal: false,
    width: 200,
    line: (text = '') => lines.push(text),
    alarm: (text) => lines.push(text),
    json: (value) => lines.push(JSON.stringify(value)),
  };
  writeFileSync(join(folder, 'sources.yaml'), yaml);
  expect(await command({ config: join(folder, 'sources.yaml'), json }, printer, clock)).toBe(0);
  return lines.join('\n').replaceAll(`${folder}/`, '');
}

test('says what is doubtful, where it stands, and what to do', async () => {
  const said = await say(check, false);
  const doubts = said.split('\n').filter((line) => line.startsWith('sources.yaml:'));
  expect(doubts).toEqual([
    'sources.yaml:8:13  on: 2026-12-01 is still to come: nobody has agreed yet',
    'sources.yaml:9:16  until: the agreement with Amal ends soon, on 2026-12-20',
    'sources.yaml:10:82  until: the agreement with Sam ended on 2026-11-23',
    'sources.yaml:14:16  embargo: 7d is no shorter than  max_age: 2d , so its texts come into no feed',
    'sources.yaml:15:66  embargo: 400d is longer than a month: until then none of its texts is shown, nor any repost of them',
    'sources.yaml:19:13  show: none  of every source in the section "silent" leaves it empty, and its digest',
  ]);
  expect(said).toContain('Ask the group');
  expect(JSON.parse(await say(check, true))).toMatchObject({ problems: { length: 6 } });
});

test('relais status says which agreements end, and with whom they are', async () => {
  const said = (await say(status, false)).replace(/\s+/g, ' ');
  expect(said).toContain(
    'the agreement with Amal ends on 2026-12-20; from that day on only titles and links are shown of it',
  );
  expect(said).toContain('the agreement with Sam ended on 2026-11-23: only titles and links are shown of it');
  expect(said.match(/the agreement with/g)).toHaveLength(2);
  const { sources } = JSON.parse(await say(status, true)) as {
    sources: { agreed?: { by: string }; agreementEnds?: string }[];
  };
  expect(sources.map(({ agreed, agreementEnds }) => [agreed?.by, agreementEnds !== undefined])).toEqual([
    ['Amal', true],
    ['Sam', true],
    ['Sam', false],
    ['Sam', false],
    [undefined, false],
    [undefined, false],
    [undefined, false],
    [undefined, false],
  ]);
});

test('relais explain says what readers get of a story, and why it is not more', () => {
  const seen = Date.UTC(2026, 10, 23, 10);
  const stored = { id: 1, sourceKey: 'one.example/feed', storyId: 1, seen, date: seen, isFirstImport: false };
  const post = { ...item('g', { title: 'Eviction', rights: 'All rights reserved' }), ...stored };
  const story = {
    id: 1,
    uid: 's1',
    created: seen,
    changed: seen,
    published: undefined,
    attribution: {
      original: { kind: 'item', itemId: 1 },
      jointly: [],
      confidence: 'said',
      members: [{ itemId: 1, role: 'original', via: undefined, evidence: [] }],
    },
    items: [{ ...post, revisedAt: undefined, withdrawn: undefined }],
  } as const;
  const line = (of: string): string | undefined =>
    termsLines(story, {
      config: settings(`sections: { calais: [ { url: "https://one.example/feed", ${of} } ] }`),
      memories: new Map(),
      holds: new Map(),
      now: clock.now(),
    })[0];
  expect(line('show: full')).toMatch(/shown {5}excerpt.*licence: All rights reserved$/);
  expect(line('show: full, embargo: 4h')).toMatch(/not yet.* 2026-11-23 14:00 UTC$/);
  expect(line('show: none')).toMatch(/nowhere.*show: none$/);
  expect(line('show: full, agreed: { by: Sam, on: 2020-01-01, until: 2026-11-01 }')).toMatch(/shown {5}link,/);
});
