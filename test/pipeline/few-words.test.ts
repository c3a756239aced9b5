/** Posts of a few words that were taken back: too short for fingerprints, they are known again by the words themselves. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bench } from '../../src/story-rulings.ts';
import { letInAgain, takeBack } from '../../src/taking-back.ts';
import { type Entry, guidOf, openWorld, urlOf, type World } from './taken-back.ts';

const sentence = 'Yara and the baker saw who struck first';
const short = { name: 'short', title: 'At the gate', html: `<p>${sentence}.</p>` };
const library = {
  name: 'library',
  title: 'A library in a yard',
  html: '<p>The council has closed the library in the old school for the winter, and readers carried chairs out.</p>',
};
const said = { who: 'anna', because: 'it names witnesses' };

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

const bench = (): Bench => ({
  config: world.config(),
  library: world.house().library,
  now: world.now(),
  who: said.who,
});
const told = async (): Promise<string[]> =>
  (await world.house().library.news(0)).filter(({ kind }) => kind === 'again').map(({ words }) => words);
const isListed = (name: string, group: 'harbour' | 'mirror' | 'copies' = 'harbour'): boolean =>
  world.site().includes(urlOf(group, name));

/** Lists it, has it taken back by its source, and lists what comes instead. */
async function comesBackAs(gone: Entry, next: Entry): Promise<void> {
  world.feeds.harbour = [gone, library];
  await world.tick();
  expect(isListed(gone.name)).toBe(true);
  world.deleted.harbour = [guidOf('harbour', gone.name)];
  world.feeds.harbour = [library];
  await world.tick();
  world.feeds.harbour = [next, library];
  await world.tick();
}

describe('a text of few words that was taken back', () => {
  const again = 'short-2';
  const ways: readonly (readonly [string, Entry, Entry])[] = [
    ['under a new guid and title', short, { ...short, name: again, title: 'Once more' }],
    ['in other capitals and marks', short, { ...short, name: again, html: `<p>«${sentence.toUpperCase()}»!</p>` }],
    ['with another link in it', short, { ...short, name: again, html: `${short.html}<p>https://w.example/2</p>` }],
    ['as a title without text', short, { name: again, title: sentence, html: '' }],
    ['as a title over another text', short, { name: again, title: sentence, html: '<p>So they say.</p>' }],
    [
      'as a title over more text',
      short,
      { name: again, title: `Calais: ${sentence} – Harbour Watch`, html: library.html },
    ],
    [
      'split into title and text',
      short,
      { name: again, title: 'At the gate Yara and the baker', html: '<p>saw who struck first</p>' },
    ],
    [
      'a title as text',
      { name: 'short', title: sentence, html: library.html.replace('winter', 'summer') },
      { name: again, title: 'What we know', html: `<p>${sentence}</p>` },
    ],
    [
      'a title alone, which had no text before either',
      { name: 'short', title: sentence, html: '' },
      { name: again, title: sentence, html: '' },
    ],
    [
      'a title without the text that it had',
      { name: 'short', title: sentence, html: library.html.replace('winter', 'summer') },
      { name: again, title: sentence, html: '' },
    ],
    [
      'under a date, of hardly a word',
      { name: 'short', title: 'Demo', html: '<p>Today</p>' },
      { name: again, title: 'Demo', html: '<p>Today!</p>' },
    ],
    [
      'in a script without spaces',
      { name: 'short', title: '', html: '<p>面包师看见了谁先动手</p>' },
      { name: again, title: '', html: '<p>面包师看见了谁先动手。</p>' },
    ],
  ];
  test.each(ways)('does not return %s, and is told of', async (_how, gone, next) => {
    await comesBackAs(gone, next);
    expect(isListed(again)).toBe(false);
    expect((await told()).join()).toContain(`relais restore-item '${urlOf('harbour', again)}'`);
    await world.night();
    await world.restart();
    world.feeds.harbour = [{ ...next, name: 'short-3' }, library];
    await world.tick();
    expect(isListed('short-3')).toBe(false);
    expect((await letInAgain(urlOf('harbour', 'short-3'), said, bench())).kind).toBe('done');
    await world.tick();
    expect(isListed('short-3')).toBe(true);
  });

  const others: readonly (readonly [string, Entry, Entry])[] = [
    [
      'hardly a word, on another day',
      { name: 'short', title: 'Test', html: '' },
      { name: again, title: 'Test', html: '', published: '2026-11-20T11:00:00Z' },
    ],
    ['one heading over other words', short, { ...short, name: again, html: '<p>Soup at six in the yard.</p>' }],
    [
      'a long heading over other words',
      { name: 'short', title: sentence, html: '<p>They will speak to the court on their own.</p>' },
      { name: again, title: sentence, html: '<p>Nobody was hurt and all are at home again.</p>' },
    ],
    [
      'another day',
      { name: 'short', title: 'Call', html: '<p>Soup and songs in the yard on 28 November</p>' },
      { name: again, title: 'Call', html: '<p>Soup and songs in the yard on 5 December</p>' },
    ],
  ];
  test.each(others)('swallows nothing else: %s', async (_what, gone, next) => {
    await comesBackAs(gone, next);
    expect(isListed(again)).toBe(true);
    expect(await told()).toEqual([]);
  });

  test('swallows no heading and no words that the group uses again and again', async () => {
    const week = (name: string): Entry => ({
      name,
      title: 'The kitchen is open again tonight',
      html: '<p>Come in.</p>',
    });
    world.feeds.harbour = [week('one'), week('two')];
    await world.tick();
    world.deleted.harbour = [guidOf('harbour', 'two')];
    world.feeds.harbour = [week('three'), week('one')];
    await world.tick();
    expect(isListed('three')).toBe(true);
    expect(await told()).toEqual([]);
  });

  test('is nothing that binds another group, but whoever had it and lost it with it', async () => {
    const credited = `${short.html}<p>First published by <a href="${urlOf('harbour', 'short')}">Harbour Watch</a>.</p>`;
    world.feeds.harbour = [short, library];
    world.feeds.copies = [{ ...short, name: 'copy', html: credited, published: '2026-11-20T10:00:00Z' }];
    await world.tick();
    expect(isListed('copy', 'copies')).toBe(true);
    await takeBack(urlOf('harbour', 'short'), said, bench());
    await world.tick();
    expect(isListed('copy', 'copies')).toBe(false);
    world.feeds.copies = [{ ...short, name: 'copy-2', title: 'Seen', html: short.html }];
    world.feeds.third = [{ ...short, name: 'own', title: 'Theirs' }];
    await world.tick();
    expect(isListed('copy-2', 'copies')).toBe(false);
    expect(world.site()).toContain(urlOf('third', 'own'));
  });

  test('does not return in a post that is rewritten into it; a double that stood stays, whatever is mended in it', async () => {
    const double = { ...short, name: 'double', published: '2026-11-20T10:00:00Z' };
    const note = { name: 'note', title: 'A note', html: '<p>Nothing new today, come by anyway.</p>' };
    const bare = { name: 'bare', title: 'Chairs are wanted in the yard', html: '' };
    world.feeds.harbour = [short, double, note, bare];
    await world.tick();
    world.deleted.harbour = [guidOf('harbour', 'short')];
    world.feeds.harbour = [{ ...double, title: 'At the gate, mended' }, note, bare];
    await world.tick();
    expect(isListed('double')).toBe(true);
    world.deleted.harbour = [guidOf('harbour', 'short'), guidOf('harbour', 'double')];
    world.feeds.harbour = [
      { ...note, html: short.html },
      { ...bare, title: sentence },
    ];
    await world.tick();
    expect(world.site()).not.toContain(sentence);
    expect((await told()).length).toBe(1);
  });
});
