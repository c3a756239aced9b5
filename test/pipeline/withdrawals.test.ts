/** Texts taken back, over days: what goes with them, what never returns, and what is left on the disk of their words. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDesk } from '../../src/pass.ts';
import { problem } from '../../src/problems.ts';
import type { Bench } from '../../src/story-rulings.ts';
import { letInAgain, takeBack } from '../../src/taking-back.ts';
import { storageIn } from '../storage.ts';
import { day, guidOf, hour, openWorld, urlOf, type World } from './taken-back.ts';

const sentence = 'Yara and the baker saw who struck the first blow at the gate';
const text = `<p>On Monday forty people stood at the harbour gate with banners and soup until noon. ${sentence}, and told the crew of the small ferry.</p><p>By evening the hall was full, the kitchen ran out of bread twice, and nobody was turned away before the last bus had gone.</p>`;
const credited = `${text}<p>First published by <a href="${urlOf('harbour', 'gate')}">Harbour Watch</a>.</p>`;
const other =
  '<p>The council has closed the library in the old school for the winter. Readers carried chairs into the yard and held the lending hour there while a brass band played.</p>';
const gate = { name: 'gate', title: 'What happened at the gate on Monday', html: text };
const library = { name: 'library', title: 'A library in a yard', html: other };
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
const news = async (): Promise<string[]> =>
  (await world.house().library.news(0)).filter(({ kind }) => kind === 'again').map(({ words }) => words);
const log = async (): Promise<string[]> =>
  (await world.house().library.log(100)).map(({ who, act, subject }) => `${who} ${act} ${subject}`);

describe('a text that its source takes back', () => {
  test('takes along what credits it and its group’s copies elsewhere, from every file, also what comes later', async () => {
    world.feeds.mirror = [{ ...gate, name: 'gate-on-air' }];
    world.feeds.copies = [{ ...gate, name: 'copy', html: credited, published: '2026-11-20T10:00:00Z' }];
    await world.tick();
    expect(isPublished()).toBe(true);
    world.deleted.harbour = [guidOf('harbour', 'gate')];
    world.feeds.harbour = [library];
    await world.tick();
    expect(isPublished()).toBe(false);
    expect(world.site()).toContain('lending hour');
    world.feeds.third = [{ ...gate, name: 'late', html: credited, published: '2026-11-20T11:00:00Z' }];
    await world.tick();
    await world.restart();
    await world.tick();
    expect(isPublished()).toBe(false);
    expect((await log()).sort()).toEqual([
      `Relais withdrew ${urlOf('copies', 'copy')}`,
      `Relais withdrew ${urlOf('mirror', 'gate-on-air')}`,
      `Relais withdrew ${urlOf('third', 'late')}`,
      `source withdrew ${urlOf('harbour', 'gate')}`,
    ]);
  });

  test('leaves what was told of its source too, quotation marks and all', async () => {
    world.feeds.harbour = [{ ...gate, title: 'They said “no” and "never" to us' }, library];
    await world.tick();
    const store = world.house().library;
    const memory = [...(await store.memories()).values()].find(({ key }) => key.includes('harbour'));
    if (memory === undefined) throw new RangeError('it was read');
    const told = problem('parse/entry-skipped', { entry: 'They said “no” and "never" to us' }, 'odd');
    await store.remember({ ...memory, problem: told });
    const [named] = [...(await store.named([urlOf('harbour', 'gate')])).values()].flat();
    const { settle } = await openDesk(world.config(), store);
    const order = { itemId: named?.id ?? 0, by: 'page', who: 'source', because: 'its page is gone' } as const;
    await store.withdraw([order], settle, world.now());
    const after = [...(await store.memories()).values()].find(({ key }) => key === memory.key);
    expect(JSON.stringify(after?.problem)).not.toMatch(/They said/);
  });

  test('leaves alone who published it on their own: no source can take that away by an earlier date', async () => {
    world.feeds.copies = [{ ...gate, name: 'own', published: '2026-11-20T10:00:00Z' }];
    await world.tick();
    world.deleted.harbour = [guidOf('harbour', 'gate')];
    await world.tick();
    expect(isPublished()).toBe(true);
  });

  test('a reposter’s copy that is taken back leaves the original and the others', async () => {
    world.feeds.copies = [{ ...gate, name: 'copy', html: credited, published: '2026-11-20T10:00:00Z' }];
    await world.tick();
    world.deleted.copies = [guidOf('copies', 'copy')];
    world.feeds.copies = [{ ...gate, name: 'again', html: credited, published: '2026-11-20T10:00:00Z' }];
    await world.tick();
    expect(isPublished()).toBe(true);
    expect(world.site()).not.toContain(urlOf('copies', 'again'));
    expect(world.site()).not.toContain(urlOf('copies', 'copy'));
  });
});

describe('never returns by itself', () => {
  const variants = [
    ['the same text under a new guid', text],
    ['nearly the same', text.replace('forty people', 'sixty people').replace('twice', 'three times')],
    ['a beginning of it', text.slice(0, text.indexOf('</p>') + 4)],
    ['with a comment before it', `<p>We were asked to bring this back, and think it over.</p>${text}`],
  ] as const;
  test.each(variants)('%s', async (_what, html) => {
    await world.tick();
    world.deleted.harbour = [guidOf('harbour', 'gate')];
    world.feeds.harbour = [library];
    await world.tick();
    world.deleted.harbour = [];
    world.feeds.harbour = [{ ...gate, name: 'gate-2', title: 'At the gate, again', html }, library];
    const { outcomes } = await world.tick();
    expect(isPublished()).toBe(false);
    expect(world.site()).not.toContain(urlOf('harbour', 'gate-2'));
    const [told, ...rest] = await news();
    expect(rest).toEqual([]);
    expect(told).toContain(`relais restore-item '${urlOf('harbour', 'gate-2')}'`);
    expect(outcomes.flatMap((one) => one.news).map(({ kind }) => kind)).toEqual(['again']);
    await world.night();
    await world.restart();
    world.feeds.harbour = [{ ...gate, name: 'gate-3', title: 'Once more', html }, library];
    await world.tick();
    expect(isPublished()).toBe(false);
    expect((await news()).length).toBe(2);
    expect((await letInAgain(urlOf('harbour', 'gate-3'), said, bench())).kind).toBe('done');
    await world.tick();
    expect(isPublished()).toBe(html.includes(sentence));
    expect(world.site()).toContain(urlOf('harbour', 'gate-3'));
    expect(world.site()).not.toContain(urlOf('harbour', 'gate-2'));
  });

  test('but another text does, and a weekly call for another day', async () => {
    const call = (date: string): string =>
      `<p>Join us on ${date} at ten in the yard behind the station for soup, songs and a walk along the quay. Bring blankets, a cup and a friend, and tell the neighbours. Children are welcome and there is shelter from rain.</p>`;
    world.feeds.harbour = [{ name: 'call', html: call('28 November 2026') }];
    await world.tick();
    world.deleted.harbour = [guidOf('harbour', 'call')];
    world.feeds.harbour = [{ name: 'next', html: call('5 December 2026') }, library];
    await world.tick();
    await world.tick();
    expect(world.site()).toContain('5 December 2026');
    expect(world.site()).toContain('lending hour');
    expect(await news()).toEqual([]);
  });

  test('two posts with one text: the one that stays was there before', async () => {
    world.feeds.harbour = [gate, { ...gate, name: 'twice', published: '2026-11-20T09:30:00Z' }];
    await world.tick();
    world.deleted.harbour = [guidOf('harbour', 'gate')];
    await world.tick();
    expect(isPublished()).toBe(true);
  });
});

describe('keep', () => {
  test('reposts stay, credited to who wrote it, and lead to no page that is gone', async () => {
    world.set(', withdrawn: keep');
    world.feeds.copies = [{ ...gate, name: 'copy', html: credited, published: '2026-11-20T10:00:00Z' }];
    await world.tick();
    world.deleted.harbour = [guidOf('harbour', 'gate')];
    world.feeds.harbour = [library];
    await world.tick();
    const story = readdirSync(join(world.folder, 'site/story')).length;
    expect(story).toBe(2);
    expect(isPublished()).toBe(true);
    expect(world.site()).toMatch(/Harbour Watch/);
    expect(world.site()).toContain(urlOf('copies', 'copy'));
    await world.night();
    expect(isPublished()).toBe(true);
    world.set('');
    await world.tick();
    expect(isPublished()).toBe(false);
  });
});

describe('a text that the maintainer takes back', () => {
  beforeEach(async () => {
    world.feeds.copies = [{ ...gate, name: 'copy', published: '2026-11-20T10:00:00Z' }];
    await world.tick();
  });

  test('goes with all that is known to be of it; let in before the night, the site is as it was', async () => {
    const before = world.site();
    const taken = await takeBack(urlOf('harbour', 'gate'), said, bench());
    expect(taken).toMatchObject({ kind: 'done', left: [] });
    expect(taken.kind === 'done' && taken.alongside.map(({ url }) => url)).toEqual([urlOf('copies', 'copy')]);
    await world.tick();
    expect(isPublished()).toBe(false);
    expect((await takeBack(guidOf('harbour', 'gate'), said, bench())).kind).toBe('already');
    const back = await letInAgain(guidOf('harbour', 'gate'), said, bench());
    expect(back).toMatchObject({ kind: 'done', awaited: [] });
    await world.tick();
    const words = (site: string): string =>
      site.replace(/<(updated|lastBuildDate)>[^<]*|"date_modified":[^,]*|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');
    expect(isPublished()).toBe(true);
    expect(words(world.site()).length).toBe(words(before).length);
    expect((await letInAgain(guidOf('harbour', 'gate'), said, bench())).kind).toBe('already');
    expect(await log()).toEqual([
      `anna withdrew ${urlOf('harbour', 'gate')}`,
      `Relais withdrew ${urlOf('copies', 'copy')}`,
      `anna withdrew ${urlOf('harbour', 'gate')}`, // said again
      `anna restored ${urlOf('harbour', 'gate')}`,
      `Relais restored ${urlOf('copies', 'copy')}`,
    ]);
  });

  test('rewritten meanwhile, it comes back in the new words alone', async () => {
    await takeBack(urlOf('harbour', 'gate'), said, bench());
    world.feeds.harbour = [
      { ...gate, html: gate.html.replace(sentence, 'Somebody whom we do not name was there.') },
      library,
    ];
    await world.tick();
    await letInAgain(urlOf('harbour', 'gate'), said, bench());
    world.feeds.copies = [];
    await world.tick();
    expect(world.site()).toContain('Somebody whom we do not name was there.');
    expect((await world.holding(sentence)).filter((path) => path.includes('harbour'))).toEqual([]);
    expect(world.site()).not.toContain(`<del>${sentence}`);
  });

  test('let in after the night, it comes back when its feed lists it', async () => {
    await takeBack(urlOf('harbour', 'gate'), said, bench());
    await world.night();
    expect(await letInAgain(urlOf('harbour', 'gate'), said, bench())).toMatchObject({ kind: 'done', shown: [] });
    expect(isPublished()).toBe(false);
    await world.restart();
    await world.tick();
    expect(isPublished()).toBe(true);
    expect(world.site()).not.toMatch(/corrected on/i);
  });

  test('let in after its source took it back: reposts are seen at once, its own words once it lists them', async () => {
    world.feeds.copies = [{ ...gate, name: 'quoting', html: credited, published: '2026-11-20T10:30:00Z' }];
    world.feeds.harbour = [library];
    world.deleted.harbour = [guidOf('harbour', 'gate')];
    await world.tick();
    expect(world.site()).not.toContain(urlOf('copies', 'quoting'));
    world.deleted.harbour = [];
    expect(await letInAgain(urlOf('harbour', 'gate'), said, bench())).toMatchObject({
      shown: [{ url: urlOf('copies', 'quoting') }],
      awaited: [{ url: urlOf('harbour', 'gate') }],
    });
    await world.tick();
    expect(world.site()).toContain(urlOf('copies', 'quoting'));
    world.feeds.harbour = [gate, library];
    await world.tick();
    expect(world.site()).toContain(urlOf('harbour', 'gate'));
  });

  test('one of its reposts is let in alone, also for good', async () => {
    await takeBack(urlOf('harbour', 'gate'), said, bench());
    await letInAgain(urlOf('copies', 'copy'), said, bench());
    await world.tick();
    expect(isPublished()).toBe(true);
    expect(world.site()).not.toContain(urlOf('harbour', 'gate'));
    const desk = await openDesk(bench().config, bench().library);
    await bench().library.settle([1, 2, 3], desk.settle, world.now());
    await world.tick();
    expect(isPublished()).toBe(true);
  });
});

describe('the only entry of a feed', () => {
  test.each([
    ['as it was', text],
    ['with other words under its title and date', '<p>Soup at six, in the yard.</p>'],
  ])('comes back under other guids %s: it stays out, and each is told once', async (_how, html) => {
    world.feeds.harbour = [gate];
    await world.tick();
    expect((await takeBack(urlOf('harbour', 'gate'), said, bench())).kind).toBe('done');
    const as = async (guid: string): Promise<void> => {
      world.feeds.harbour = [{ ...gate, html, guid }];
      await world.tick();
      await world.tick();
    };
    await as('urn:new:1');
    expect(world.site()).not.toContain(urlOf('harbour', 'gate'));
    expect(await news()).toEqual([expect.stringContaining('It lists again a text that was taken back')]);
    expect((await log()).at(-1)).toBe(`Relais kept-out ${urlOf('harbour', 'gate')}`);
    await world.night();
    await world.restart();
    await as('urn:new:2');
    expect((await news()).length).toBe(2);
    expect(world.site()).not.toContain(urlOf('harbour', 'gate'));
    expect((await letInAgain('urn:new:2', said, bench())).kind).toBe('done');
    await world.tick();
    expect(world.site()).toContain(html.slice(3, 30));
    expect((await news()).length).toBe(2);
  });
});

describe('after the night’s work', () => {
  const traces = (): Promise<string[]> => world.holding(sentence);
  /** What holds the text itself, and what holds each of its words to search for. */
  const [rows, index] = storageIn('').database === undefined ? ['relais.db', 'search.db'] : ['items', 'search_entries'];

  test('nothing in the data folder or on a server holds its words: neither database nor copies, nor what it was before', async () => {
    world.feeds.copies = [{ ...gate, name: 'copy', html: credited, published: '2026-11-20T10:00:00Z' }];
    await world.tick();
    world.feeds.harbour = [{ ...gate, html: text.replace('forty', 'fifty') }, library]; // and a revision
    await world.tick();
    await world.night(); // a copy with all of it
    expect(await traces()).toContain(rows);
    expect(await world.holding('yara')).toContain(index);
    expect((await traces()).some((path) => path.startsWith('backup/'))).toBe(true);
    await takeBack(urlOf('harbour', 'gate'), said, bench());
    await world.tick();
    const report = await world.night();
    expect(report.problems).toEqual([]);
    expect(await traces()).toEqual([]);
    expect(await world.holding('What happened at the gate on Monday')).toEqual([]);
    expect(await world.holding('yara')).toEqual([]);
    expect((await world.holding('lending hour')).length).toBeGreaterThan(2);
    expect(await world.house().library.check('full')).toEqual({ damage: undefined });
    await world.tick(day);
    expect(isPublished()).toBe(false);
  });

  test('nor where its source has taken it back', async () => {
    world.feeds.copies = [{ ...gate, name: 'copy', html: credited, published: '2026-11-20T10:00:00Z' }];
    await world.tick();
    await world.night();
    world.deleted.harbour = [guidOf('harbour', 'gate')];
    world.feeds.harbour = [library];
    await world.tick(hour);
    await world.night();
    expect(await traces()).toEqual([]);
  });

  test('a copy that is damaged is named, and all others are clean', async () => {
    await world.tick();
    await world.night();
    const broken = join(world.folder, 'backup', 'relais-2026-11-01.db');
    writeFileSync(broken, `no database, ${sentence}`);
    await takeBack(urlOf('harbour', 'gate'), said, bench());
    const report = await world.night();
    expect(report.problems.map(({ code }) => code)).toEqual(['store/words-left']);
    expect(report.problems[0]?.happened).toContain('relais-2026-11-01.db');
    expect(await traces()).toEqual(['backup/relais-2026-11-01.db']);
  });
});
