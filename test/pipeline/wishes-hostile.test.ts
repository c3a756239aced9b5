/** A partner's wish where it copies another group's text and says that it wrote it: read from the published files. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Entry, openWorld, urlOf, type World } from './taken-back.ts';

const sentence = 'Yara and the baker saw who struck the first blow at the gate';
const text = `<p>On Monday forty people stood at the harbour gate with banners and soup until noon. ${sentence}, and told the crew of the small ferry.</p><p>By evening the hall was full, the kitchen ran out of bread twice, and nobody was turned away before the last bus had gone.</p>`;
const gate: Entry = { name: 'gate', title: 'What happened at the gate on Monday', html: text };
const garden: Entry = {
  name: 'garden',
  html: '<p>Some words of their own about a garden in the north of the town, where apples are picked in the last week of the month.</p>',
};
const asks = (wish: string): string => `<relais:republish xmlns:relais="urn:relais:wishes">${wish}</relais:republish>`;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

const isPublished = (): boolean => world.site().includes(sentence);

describe.each(['none', 'link'])('%s, asked of a copy of another group’s text', (wish) => {
  const early = '2026-11-19T09:00:00Z';
  const later = '2026-11-20T10:00:00Z';

  test.each<[string, Partial<Entry>]>([
    ['that is dated a day earlier', { published: early }],
    [
      'that says it was written together',
      { published: later, html: `${text}<p>Joint statement by Harbour Watch and Third Bell</p>` },
    ],
    ['that lists both as signing', { published: later, html: `${text}<p>Signed: Harbour Watch, Third Bell</p>` }],
  ])('%s leaves that group’s own in its place', async (_what, given) => {
    world.feeds.harbour = [gate];
    world.feeds.third = [garden];
    await world.tick();
    world.feeds.third = [garden, { ...gate, name: 'stolen', ...given, extra: asks(wish) }];
    await world.tick();
    expect(isPublished()).toBe(true);
    expect(world.site()).not.toContain('deleted-entry ref');
  });

  test('is done where the other group says whose text it is', async () => {
    world.feeds.harbour = [garden, { ...gate, extra: asks(wish) }];
    const credit = `<p>First published by <a href="${urlOf('harbour', 'gate')}">Harbour Watch</a>.</p>`;
    world.feeds.copies = [{ ...gate, name: 'copy', html: `${text}${credit}`, published: later }];
    await world.tick();
    expect(world.site()).toContain('in the north of the town');
    expect(isPublished()).toBe(false);
  });
});

test('asked of a whole feed, it takes only what it brings, not what others carry too', async () => {
  world.feeds.harbour = [gate];
  world.feeds.third = [garden];
  await world.tick();
  world.extras.third = asks('none');
  world.feeds.third = [garden, { ...gate, name: 'stolen', published: '2026-11-19T09:00:00Z' }];
  await world.tick();
  expect(isPublished()).toBe(true);
  expect(world.site()).not.toContain('in the north of the town');
});
