/** `relais withdraw`, `restore-item` and `log` from the maintainer's chair: real feeds, a real database, published files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log } from '../../src/cli/audit-log.ts';
import { personHere } from '../../src/cli/person.ts';
import { restore } from '../../src/cli/restore.ts';
import { rule, undo } from '../../src/cli/rule.ts';
import { readSettings } from '../../src/cli/settings.ts';
import { stop } from '../../src/cli/stop.ts';
import { restoreItem, withdraw } from '../../src/cli/withdraw.ts';
import { systemClock } from '../../src/clock.ts';
import { runOnce, takeLease } from '../../src/run.ts';
import { openHouse } from '../../src/wire.ts';
import { storageIn } from '../storage.ts';
import { type Groups, openGroups } from './groups.ts';

const sentence = 'told how the night had been and asked for blankets';
const words = `On Monday morning forty people stood at the harbour gate with banners and soup, and nobody was turned away before noon. The crew of the small ferry came ashore, ${sentence}. By evening the hall was full and the kitchen ran out of bread twice.`;
const others =
  'The council has closed the library in the old school for the winter. Readers carried chairs into the yard and held the lending hour there, under tarpaulins, while a brass band played. A petition lies in the bakery and may be signed until the end of the month.';
const gate = 'https://harbour.example/gate';
const copy = 'https://copies.example/copy';
const because = 'it names witnesses';

let groups: Groups;
beforeEach(async () => {
  groups = await openGroups();
  groups.feeds.harbour = [{ path: 'gate', title: 'At the gate', text: words }];
  groups.feeds.copies = [
    { path: 'copy', title: 'At the gate', text: `${words} First published by Harbour group.`, day: 21 },
    { path: 'elsewhere', title: 'A library in a yard', text: others, day: 21 },
  ];
  await groups.read();
  groups.said();
});
afterEach(async () => {
  await groups.close();
});

const site = (): string => {
  const folder = join(groups.folder, 'data/site');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
    .join('\n');
};
const because_ = (): { config: string; data: string; because: string } => ({ ...groups.options(), because });
const json = (): { config: string; data: string; because: string; json: true } => ({ ...because_(), json: true });
const logged = async (): Promise<Record<string, string>[]> => {
  await log({ ...groups.options(), json: true, last: 100 }, groups.printer);
  return (groups.printed() as { entries: Record<string, string>[] }).entries;
};

test('one command takes a text and its repost off the site; another brings both back', async () => {
  expect(site()).toContain(sentence);
  expect(await withdraw(gate, because_(), groups.printer)).toBe(0);
  const said = groups.said();
  expect(said).toContain(`Withdrawn: ${gate} (“At the gate”, harbour group).`);
  expect(said).toContain(`  – ${copy} (“At the gate”, copies group)`);
  expect(said).toContain(`relais restore-item '${gate}'`);
  expect(site()).not.toContain(sentence);
  expect(site()).toContain('brass band');
  expect(await withdraw(gate, { ...because_(), because: 'and asked to' }, groups.printer)).toBe(0);
  expect(groups.said()).toBe(`${gate} was taken back before. What you say of it is in the log.`);
  expect((await logged()).at(-1)).toMatchObject({ act: 'withdrew', subject: gate, because: 'and asked to' });
  expect(await restoreItem(gate, groups.options(), groups.printer)).toBe(0);
  expect(groups.said()).toContain(`Shown again: ${copy}`);
  expect(site()).toContain(sentence);
});

test('under cron, a text that comes again under another guid is told of once, with what to type', async () => {
  await withdraw(gate, because_(), groups.printer);
  groups.said();
  groups.feeds.harbour.push({ path: 'gate-again', title: 'At the gate', text: words, day: 22 });
  expect(await groups.read()).toBe(1);
  expect(groups.said()).toContain("relais restore-item 'https://harbour.example/gate-again'");
  expect(site()).not.toContain(sentence);
  expect(await groups.read()).toBe(0);
  expect(groups.said()).toBe('');
});

test('is understood of guids, tracked addresses and our own page; of what nobody knows nothing is done', async () => {
  const { uid } = await groups.storyOf(gate);
  for (const name of ['gate', `${gate}?utm_source=x#top`, `https://news.example/story/${uid}/`]) {
    expect(await withdraw(name, json(), groups.printer)).toBe(0);
    expect(groups.printed()).toMatchObject({
      withdrawn: [{ guid: 'gate', url: gate, story: uid }],
      alongside: [{ url: copy }],
      left: [],
      isPublished: true,
    });
    expect(await restoreItem(name, json(), groups.printer)).toBe(0);
    expect(groups.printed()).toMatchObject({ awaited: [], isPublished: true });
  }
  expect(await withdraw('https://harbour.example/none', json(), groups.printer)).toBe(2);
  expect(groups.printed()).toMatchObject({ error: expect.stringContaining('Nothing is stored under') });
  expect(await withdraw(gate, groups.options(), groups.printer)).toBe(2);
  expect(groups.said()).toContain('--because');
  expect(await restoreItem(gate, groups.options(), groups.printer)).toBe(0);
  expect(groups.said()).toBe(`${gate} is not taken back.`);
});

test('names the round-up in which the text stands too', async () => {
  const more =
    'In the second week of the month seven kitchens cooked for the camps along the coast, and a van with coats came from the valley. The ferry line has raised its fares again, so that nobody without a wage can cross; the union of the crews called that a wall on the water. Two court dates were put off until spring, and the lawyers ask for letters to the women inside.';
  const roundup = `${others} ${words} ${more}`;
  groups.feeds.third = [{ path: 'week', title: 'The week', text: roundup, day: 22 }];
  await groups.read();
  expect(await withdraw(gate, json(), groups.printer)).toBe(0);
  expect(groups.printed()).toMatchObject({ left: [], elsewhere: [{ url: 'https://third.example/week' }] });
});

test('works while another process holds the lease, whose next run takes it off the site', async () => {
  const config = await readSettings(groups.options(), groups.printer);
  if (config === undefined) throw new Error('no settings');
  const house = await openHouse(config, storageIn(groups.options().data));
  try {
    const lease = await takeLease(house);
    if ('pid' in lease) throw new Error('somebody else is at work');
    expect(await withdraw(gate, because_(), groups.printer)).toBe(0);
    expect(groups.said()).toContain('the site follows within a minute');
    expect(site()).toContain(sentence);
    await runOnce(config, house, { now: [] });
    expect(site()).not.toContain(sentence);
    await lease.giveBack();
  } finally {
    await house.close();
  }
});

describe('the log', () => {
  test('says who did what, when and why, rulings too, the newest last', async () => {
    const before = systemClock.now();
    await withdraw(gate, because_(), groups.printer);
    await restoreItem(copy, { ...groups.options(), because: 'their own words' }, groups.printer);
    await rule({ kind: 'different', a: gate, b: copy }, { ...groups.options(), because: 'two texts' }, groups.printer);
    await undo(undefined, groups.options(), groups.printer);
    await stop('copies group', groups.options(), groups.printer);
    const entries = await logged();
    expect(entries.map(({ who, act, subject }) => [who, act, subject])).toEqual([
      [personHere(), 'withdrew', gate],
      ['Relais', 'withdrew', copy],
      [personHere(), 'restored', copy],
      [personHere(), 'ruled', `different ${gate} ${copy}`],
      [personHere(), 'undid', `different ${gate} ${copy}`],
      [personHere(), 'stop', expect.stringContaining('/copies')],
    ]);
    expect(entries.map((one) => one.because)).toEqual([
      because,
      expect.stringContaining(gate),
      'their own words',
      'two texts',
      '',
      '',
    ]);
    for (const { at } of entries) expect(Date.parse(at ?? '')).toBeGreaterThanOrEqual(before - 1);
    groups.said();
    expect(await log({ ...groups.options(), last: 1 }, groups.printer)).toBe(0);
    expect(groups.said()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC {2}.+ {2}stopped {2}copies group$/);
  });

  test('is empty before anything was done, and looking makes no database', async () => {
    const data = join(groups.folder, 'elsewhere');
    expect(await log({ ...groups.options(), data, last: 9 }, groups.printer)).toBe(0);
    expect(groups.said()).toBe('Nothing has been withdrawn, ruled or let in yet.');
    expect(existsSync(data)).toBe(false);
  });
});

describe('a copy that is put back', () => {
  test('keeps what was taken back since, also of what it has never held, and the log', async () => {
    await groups.withStore((library) => library.backup(join(groups.folder, 'data/backup'), 'relais-2026-11-20.db'));
    const later = { path: 'later', title: 'A library in another yard', text: others.replace('council', 'mayor') };
    groups.feeds.harbour = [...groups.feeds.harbour, later];
    groups.feeds.copies = groups.feeds.copies.slice(0, 1);
    await groups.read();
    await withdraw(gate, because_(), groups.printer);
    await withdraw('later', because_(), groups.printer);
    const before = await logged();
    expect(await restore('relais-2026-11-20.db', groups.options(), groups.printer)).toBe(0);
    expect(await logged()).toEqual(before);
    await groups.read();
    expect(site()).not.toContain(sentence);
    expect(site()).not.toContain('mayor has closed');
    groups.feeds.harbour = groups.feeds.harbour.map((one) => ({ ...one, path: `${one.path}-2` }));
    await groups.read();
    expect(site()).not.toContain(sentence);
    expect(site()).not.toContain('mayor has closed');
    expect(await restoreItem('later', json(), groups.printer)).toBe(0);
    groups.feeds.harbour = [later];
    await groups.read();
    expect(site()).toContain('mayor has closed');
  });
});
