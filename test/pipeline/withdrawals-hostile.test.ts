/** Texts taken back where somebody tries to make another group's words go, or the words return: read from the published files. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bench } from '../../src/story-rulings.ts';
import { letInAgain, takeBack } from '../../src/taking-back.ts';
import { storageIn } from '../storage.ts';
import { day, type Entry, guidOf, openWorld, urlOf, type World } from './taken-back.ts';

const sentence = 'Yara and the baker saw who struck the first blow at the gate';
const text = `<p>On Monday forty people stood at the harbour gate with banners and soup until noon. ${sentence}, and told the crew of the small ferry.</p><p>By evening the hall was full, the kitchen ran out of bread twice, and nobody was turned away before the last bus had gone.</p>`;
const credited = `${text}<p>First published by <a href="${urlOf('harbour', 'gate')}">Harbour Watch</a>.</p>`;
const other =
  '<p>The council has closed the library in the old school for the winter. Readers carried chairs into the yard and held the lending hour there while a brass band played.</p>';
const gate = { name: 'gate', title: 'What happened at the gate on Monday', html: text };
const library = { name: 'library', title: 'A library in a yard', html: other };
const garden = {
  name: 'garden',
  html: '<p>Some words of their own about a garden in the north of the town, where apples are picked in the last week of the month.</p>',
};
const said = { who: 'anna', because: 'it names witnesses' };

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.feeds.harbour = [gate, library];
});
afterEach(async () => {
  await world.close();
});

const isPublished = (): boolean => world.site().includes(sentence);
const bench = (): Bench => ({
  config: world.config(),
  library: world.house().library,
  now: world.now(),
  who: said.who,
});
const isTakenBack = async (name = urlOf('harbour', 'gate')): Promise<void> => {
  expect((await takeBack(name, said, bench())).kind).toBe('done');
};
const isLetIn = async (name = urlOf('harbour', 'gate')): Promise<void> => {
  expect((await letInAgain(name, said, bench())).kind).toBe('done');
};

describe('a feed that calls another group’s home its own, at another host', () => {
  beforeEach(() => {
    world.homes.third = world.homes.copies;
    world.feeds.harbour = [library];
    world.feeds.copies = [garden];
    world.feeds.third = [{ ...gate, name: 'stolen' }];
  });

  test('takes away no text of that group', async () => {
    world.feeds.copies = [garden, gate];
    await world.tick();
    world.deleted.third = [guidOf('third', 'stolen')];
    await world.tick();
    expect(isPublished()).toBe(true);
    expect(world.site()).toContain(urlOf('copies', 'gate'));
  });

  test('keeps out none that comes later', async () => {
    await world.tick();
    world.deleted.third = [guidOf('third', 'stolen')];
    await world.tick();
    world.feeds.copies = [garden, gate];
    await world.tick();
    expect(isPublished()).toBe(true);
  });

  test('but what the maintainer takes back goes from both', async () => {
    world.feeds.copies = [garden, gate];
    await world.tick();
    await isTakenBack(urlOf('third', 'stolen'));
    await world.tick();
    expect(isPublished()).toBe(false);
  });
});

describe('a feed that has a text, says that it wrote it, and takes it back', () => {
  const stolen = { ...gate, name: 'stolen', published: '2026-11-20T10:00:00Z' };
  const signed = { ...gate, html: `<p>By Anna Kowalski</p>${text}` };
  const linked = {
    ...gate,
    html: `${text}<p>Source: <a href="https://northern.example/report">Northern Kitchen</a></p>`,
  };

  test.each<[string, Entry, () => void]>([
    ['by the name under it, as its title', signed, () => (world.titles.third = 'Anna Kowalski')],
    ['by the page that it credits, as its home', linked, () => (world.homes.third = 'https://northern.example/')],
    [
      'by the folder that it lies in, as its home',
      { ...gate, name: '2026/gate' },
      () => (world.homes.third = 'https://harbour.example/2026'),
    ],
  ])('takes it from nobody: %s', async (_how, theirs, claim) => {
    world.lines.third = 'tags: [bell]'; // the maintainer has given it no name
    world.feeds.harbour = [theirs, library];
    world.feeds.third = [garden];
    await world.tick();
    claim();
    world.feeds.third = [garden, stolen];
    await world.tick();
    world.feeds.third = [garden];
    world.deleted.third = [guidOf('third', 'stolen')];
    await world.tick();
    expect(isPublished()).toBe(true);
    await world.tick(day);
    expect(isPublished()).toBe(true);
  });
});

describe('another post that is rewritten', () => {
  test('into what was taken back is kept out, and told once', async () => {
    await world.tick();
    await isTakenBack();
    world.feeds.harbour = [{ ...library, title: gate.title, html: text }];
    const { outcomes } = await world.tick();
    expect(isPublished()).toBe(false);
    expect(outcomes.flatMap(({ news }) => news.map(({ kind }) => kind))).toEqual(['again']);
    expect(outcomes.map(({ newItems }) => newItems)).toEqual([0, 0, 0, 0]);
    await world.restart();
    await world.tick();
    expect(isPublished()).toBe(false);
    await isLetIn(urlOf('harbour', 'library'));
    world.feeds.harbour = [{ ...library, title: gate.title, html: text.replace('twice', 'three times') }];
    await world.tick();
    expect(isPublished()).toBe(true);
  });

  test('and had its words all the while stays: the double was deleted', async () => {
    const double: Entry = { ...gate, name: 'double' };
    world.feeds.harbour = [gate, double, library];
    await world.tick();
    world.deleted.harbour = [guidOf('harbour', 'gate')];
    world.feeds.harbour = [double, library];
    await world.tick();
    expect(isPublished()).toBe(true);
    world.feeds.harbour = [{ ...double, html: text.replace('twice', 'three times') }, library];
    await world.tick();
    expect(isPublished()).toBe(true);
    expect(world.site()).toContain('three times');
  });

  test('of somebody who reposts it, goes', async () => {
    world.feeds.copies = [garden];
    await world.tick();
    await isTakenBack();
    world.feeds.copies = [{ ...garden, html: credited }];
    await world.tick();
    expect(isPublished()).toBe(false);
  });
});

describe('what a source itself says is taken back', () => {
  test('is never shown, where the same document lists it', async () => {
    world.deleted.harbour = [guidOf('harbour', 'gate')];
    await world.tick();
    expect(isPublished()).toBe(false);
    world.deleted.harbour = [];
    await world.tick();
    expect(isPublished()).toBe(true);
  });

  test('stays so when the maintainer, who had taken it back before, lets it in again', async () => {
    await world.tick();
    await isTakenBack();
    await world.tick();
    world.deleted.harbour = [guidOf('harbour', 'gate')];
    world.feeds.harbour = [library];
    await world.tick();
    expect((await world.house().library.log(9)).map(({ who }) => who)).toEqual(['anna', 'source']);
    await world.tick();
    expect((await world.house().library.log(9)).length).toBe(2);
    world.feeds.copies = [{ ...gate, name: 'silent', published: '2026-11-20T10:00:00Z' }];
    await world.tick();
    expect(world.site()).not.toContain(urlOf('copies', 'silent')); // the maintainer's word reaches as far as before
    await isLetIn();
    await world.tick();
    expect(world.site()).not.toContain(urlOf('harbour', 'gate'));
  });

  test('and had gone along with another, stays so when that is let in again', async () => {
    world.feeds.copies = [{ ...gate, name: 'copy', html: credited, published: '2026-11-20T10:00:00Z' }];
    await world.tick();
    await isTakenBack();
    await world.tick();
    world.deleted.copies = [guidOf('copies', 'copy')];
    world.feeds.copies = [];
    await world.tick();
    await isLetIn();
    await world.tick();
    expect(isPublished()).toBe(true);
    expect(world.site()).not.toContain(urlOf('copies', 'copy'));
  });
});

/** On a server nothing is put back: `relais restore` says so. */
const isOnServer = storageIn('').database !== undefined;

test.skipIf(isOnServer).each([
  ['its guid', 'gate'],
  ['its guid and its address', 'at-the-gate'],
])(
  'a copy of the database file from before a text changed %s, put back, does not bring it back',
  async (_what, name) => {
    await world.tick();
    await world.house().library.backup(join(world.folder, 'elsewhere'), 'relais-2026-11-20.db');
    const moved = { ...gate, name, guid: 'https://harbour.example/?p=7' };
    world.feeds.harbour = [moved, { ...library, guid: 'https://harbour.example/?p=8' }];
    await world.tick();
    expect(isPublished()).toBe(true);
    world.deleted.harbour = [moved.guid];
    world.feeds.harbour = world.feeds.harbour.slice(1);
    await world.tick();
    expect(isPublished()).toBe(false);
    world.deleted.harbour = [];
    await world.putBack(join(world.folder, 'elsewhere', 'relais-2026-11-20.db'));
    await world.tick();
    expect(isPublished()).toBe(false);
    expect(world.site()).toContain('lending hour');
  },
);

test('a copy made while a text still waited for its time loses its words too', async () => {
  world.set(', future: wait');
  world.feeds.harbour = [{ ...gate, published: '2026-11-21T09:00:00Z' }, library];
  await world.tick();
  await world.house().library.backup(join(world.folder, 'backup'), 'relais-2026-11-20.db');
  expect(await world.holding(sentence)).toContain('backup/relais-2026-11-20.db');
  await world.tick(day);
  expect(isPublished()).toBe(true);
  world.deleted.harbour = [guidOf('harbour', 'gate')];
  world.feeds.harbour = [library];
  await world.tick();
  await world.night();
  expect(await world.holding(sentence)).toEqual([]);
});
