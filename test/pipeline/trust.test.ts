/** A partner that moves, is sold, or floods us, through the real network, store and site; and what the maintainer rules. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceRuling } from '../../src/library.ts';
import type { SourceMemory } from '../../src/model.ts';
import type { RunReport } from '../../src/run.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3);
const hour = 3_600_000;
const day = 24 * hour;

let house: TestHouse;
let harbour: Partner;
let friend: Partner;
/** What they serve; a number is a status. */
let feed: string | number;
let friendFeed: string;
let redirect: string | undefined;

beforeEach(async () => {
  house = await openTestHouse(start);
  redirect = undefined;
  feed = wordpress(reports(1, 12));
  friendFeed = rss('<title>Friends</title><link>https://friend.example/</link>', '');
  harbour = await startPartner((_request, response) => {
    if (redirect !== undefined) response.writeHead(302, { Location: redirect }).end();
    else if (typeof feed === 'number') response.writeHead(feed).end();
    else response.writeHead(200, { ETag: `"${feed.length}"` }).end(feed);
  });
  friend = await startPartner((_request, response) => response.writeHead(200).end(friendFeed));
});
afterEach(async () => {
  await house.close();
  await harbour.close();
  await friend.close();
});

const key = (): string => `${harbour.url.replace('http://', '')}/feed`;
const yaml = (): string =>
  `sections:\n  calais:\n    - { url: "${harbour.url}/feed", every: 1h }\n    - { url: "${friend.url}/feed", every: 1h }\n`;

/** The next run, two hours later. */
async function next(): Promise<RunReport> {
  house.clock.set(house.clock.now() + 2 * hour);
  return await house.run(yaml());
}

async function ruled(ruling: SourceRuling): Promise<RunReport> {
  await house.house.library.rule(key(), ruling, house.clock.now());
  return await house.run(yaml(), { now: [] });
}

async function memory(): Promise<SourceMemory> {
  const found = (await house.house.library.memories()).get(key());
  if (found === undefined) throw new Error('the source is not remembered');
  return found;
}

const published = (): string => readFileSync(join(house.house.siteFolder, 'calais/feed.xml'), 'utf8');
const titlesPublished = (): string[] =>
  [...published().matchAll(/<title[^>]*>(?:<!\[CDATA\[)?((?:Report|Slot|Repost) [^<\]]*)/g)]
    .map((match) => match[1] ?? '')
    .sort();
const idsPublished = (): string[] =>
  [...published().matchAll(/<guid[^>]*>([^<]*)</g)].map((match) => match[1] ?? '').sort();

/** Titles of all stories that readers may see: the feed lists the newest fifty. */
async function titlesShown(): Promise<string[]> {
  const { library } = house.house;
  const listed = await library.storiesOf([key()]);
  const stories = await library.stories(listed.map(({ id }) => id));
  return stories.flatMap(({ items }) => items.map(({ title }) => title)).sort();
}

function rss(channel: string, items: string): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel>${channel}${items}</channel></rss>`;
}

interface Post {
  readonly n: number;
  readonly title: string;
  readonly text: string;
}

/** Words that belong to one report alone; long enough to be known again by. */
const report = (n: number): Post => ({
  n,
  title: `Report ${n}`,
  text: Array.from({ length: 35 }, (_, at) => `word${n}at${at}`).join(' '),
});
const reports = (from: number, to: number): Post[] =>
  Array.from({ length: to - from + 1 }, (_, at) => report(from + at)).reverse();
const dateOf = (n: number): string => new Date(start - 40 * day + n * 2 * day).toUTCString();

const wordpressHead =
  '<title>Harbour Watch</title><link>https://harbour.example/</link><language>en-GB</language><generator>https://wordpress.org/?v=6.4</generator>';

function wordpress(posts: readonly Post[]): string {
  const items = posts.map(
    ({ n, title, text }) =>
      `<item><title>${title}</title><link>https://harbour.example/2026/${n}/</link><guid isPermaLink="false">https://harbour.example/?p=${n}</guid><pubDate>${dateOf(n)}</pubDate><description><![CDATA[<p>${text}</p>]]></description></item>`,
  );
  return rss(wordpressHead, items.join(''));
}

/** The same posts from other software: Atom, other guids, other addresses, other markup. */
function hugo(posts: readonly Post[]): string {
  const entries = posts.map(
    ({ n, title, text }) =>
      `<entry><id>tag:harbour.example,2026:${n}</id><title>${title}</title><link href="https://harbour.example/posts/${title.toLowerCase().replace(' ', '-')}"/><published>${new Date(dateOf(n)).toISOString()}</published><updated>${new Date(dateOf(n)).toISOString()}</updated><content type="html">&lt;div&gt;${text}&lt;/div&gt;</content></entry>`,
  );
  return `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>Harbour Watch</title><id>x</id><generator>Hugo</generator><link href="https://harbour.example/"/>${entries.join('')}</feed>`;
}

function casino(count: number, from = 1): string {
  const items = Array.from(
    { length: count },
    (_, at) =>
      `<item><title>Slot ${from + at}</title><link>https://slots.example/${from + at}</link><guid>slot-${from + at}</guid><pubDate>${new Date(start).toUTCString()}</pubDate><description><![CDATA[<p>Bonus gratis ${from + at} <a href="https://casino-${at}.example/">main di sini</a></p>]]></description></item>`,
  );
  return rss(
    '<title>Slot Gacor</title><link>https://slots.example/</link><language>id</language><generator>Joomla! 5</generator>',
    items.join(''),
  );
}

describe('a move to other software', () => {
  test('with new guids for the same texts publishes nothing twice, and what is new as new', async () => {
    await house.run(yaml());
    const before = idsPublished();
    expect(before.length).toBeGreaterThanOrEqual(12);
    feed = hugo([report(13), ...reports(1, 12)]);
    const { outcomes } = await next();
    const moved = outcomes.find((one) => one.sourceKey === key());
    expect(moved).toMatchObject({ kind: 'fresh', newItems: 1, revisedItems: 0 });
    expect(moved?.problems).toMatchObject([{ code: 'trust/re-keyed', happened: expect.stringContaining('12 of 13') }]);
    expect(titlesPublished()).toEqual(
      reports(1, 13)
        .map(({ title }) => title)
        .sort(),
    );
    expect(idsPublished()).toEqual(expect.arrayContaining(before)); // nobody reads anything a second time
    expect(published()).toContain('https://harbour.example/posts/report-1"'); // links lead to where the posts are now
    expect(published()).not.toContain('https://harbour.example/2026/1/');
    expect(await memory()).toMatchObject({ held: undefined, generator: 'Hugo' });

    feed = hugo([report(14), ...reports(1, 13)]);
    expect((await next()).outcomes.find((one) => one.sourceKey === key())).toMatchObject({ newItems: 1 });
  });
});

describe('a domain that is sold', () => {
  async function sold(): Promise<RunReport> {
    await house.run(yaml());
    feed = casino(4);
    return await next();
  }

  test('is held: nothing of it is published, it is reported once, and what was there stays', async () => {
    const { outcomes } = await sold();
    const held = outcomes.find((one) => one.sourceKey === key());
    expect(held).toMatchObject({ kind: 'held', isNewlyFailing: true, newItems: 0 });
    expect(held?.problems.at(-1)).toMatchObject({ code: 'trust/held', subject: { source: 'Harbour Watch' } });
    expect(held?.problems.at(-1)?.happened).toContain('none of its 4 items was known before');
    expect(titlesPublished()).toEqual(
      reports(1, 12)
        .map(({ title }) => title)
        .sort(),
    );
    const { held: hold, title } = await memory();
    expect(hold).toMatchObject({ since: house.clock.now() });
    expect(title).toBe('Harbour Watch');
    expect((await house.house.library.heldItems()).get(key())).toHaveLength(4);
    expect((await house.house.library.news(0)).map(({ kind }) => kind)).toEqual(['held']);

    feed = casino(1, 5); // looking more usual on the second day helps nobody
    const again = (await next()).outcomes.find((one) => one.sourceKey === key());
    expect(again).toMatchObject({ kind: 'held', isNewlyFailing: false });
    expect((await house.house.library.heldItems()).get(key())).toHaveLength(5);
    expect(titlesPublished().some((one) => one.startsWith('Slot'))).toBe(false);
    expect((await house.house.library.news(0)).map(({ kind }) => kind)).toEqual(['held']);
  });

  test('accepted: what was held is published, and the source is believed as it is now', async () => {
    await sold();
    const { outcomes } = await ruled({ kind: 'accept' });
    expect(outcomes).toMatchObject([{ newItems: 4 }]);
    expect(titlesPublished().filter((one) => one.startsWith('Slot'))).toHaveLength(4);
    expect(await house.house.library.heldItems()).toEqual(new Map());
    expect(await house.house.library.rulings()).toEqual([]);

    const { outcomes: read } = await house.run(yaml());
    expect(read.find((one) => one.sourceKey === key())).toMatchObject({ kind: 'fresh', newItems: 0 });
    expect(await memory()).toMatchObject({
      held: undefined,
      title: 'Slot Gacor',
      home: 'https://slots.example/',
      lang: 'id',
    });
    feed = casino(5, 1);
    expect((await next()).outcomes.find((one) => one.sourceKey === key())).toMatchObject({
      kind: 'fresh',
      newItems: 1,
    });
    expect((await ruled({ kind: 'accept' })).outcomes).toMatchObject([{ newItems: 0 }]); // twice is once
  });

  test('refused: what was held is thrown away, and what comes next is held again', async () => {
    await sold();
    await ruled({ kind: 'refuse' });
    expect(await house.house.library.heldItems()).toEqual(new Map());
    expect((await memory()).held).toBeDefined();
    feed = casino(1, 9);
    expect((await next()).outcomes.find((one) => one.sourceKey === key())).toMatchObject({ kind: 'held' });
    expect(titlesPublished().some((one) => one.startsWith('Slot'))).toBe(false);
  });

  test('that redirects to another domain with nothing we know is held at once', async () => {
    await house.run(yaml());
    const buyer = await startPartner((_request, response) =>
      response.writeHead(200).end(rss(wordpressHead, '<item><guid>new</guid><title>Slot 1</title></item>')),
    );
    redirect = `${buyer.url}/feed`;
    const { outcomes } = await next();
    await buyer.close();
    expect(outcomes.find((one) => one.sourceKey === key())).toMatchObject({ kind: 'held' });
    expect(titlesPublished()).toHaveLength(12);
  });
});

describe('a site that is broken into', () => {
  /** Whatever has become of the twelve reports: nobody reads it, and they stay as they were. */
  async function expectHeld(change: (posts: string) => string): Promise<void> {
    await house.run(yaml());
    const before = published();
    feed = change(wordpress(reports(1, 12)));
    const held = (await next()).outcomes.find((one) => one.sourceKey === key());
    expect(held).toMatchObject({ kind: 'held', revisedItems: 0 });
    expect(await titlesShown()).toEqual(
      reports(1, 12)
        .map(({ title }) => title)
        .sort(),
    );
    expect(published()).toBe(before);
  }

  test('and whose known texts get new links, under a new name, by other software', () =>
    expectHeld((posts) => {
      let n = 0;
      return posts
        .replaceAll('</p>', () => ` <a href="https://casino-${n++}.example/">bonus</a></p>`)
        .replace('Harbour Watch', 'Bonus Gratis')
        .replace('https://wordpress.org/?v=6.4', 'Joomla! 5');
    }));
  test('and whose known guids get other items', () =>
    expectHeld((posts) => posts.replaceAll(/>Report (\d+)</g, '>Offer $1<').replaceAll('word', 'bonus')));
  test('and whose known items lead to another domain', () =>
    expectHeld((posts) => posts.replaceAll('<link>https://harbour.example/2026', '<link>https://slots.example/2026')));
});

describe('a flood', () => {
  const more = (count: number): string => wordpress([...reports(101, 100 + count), ...reports(1, 12)]);

  test('of sixty new items beside known ones is held; edits and the like of it too; then let in', async () => {
    await house.run(yaml());
    const edited = { ...report(12), title: 'Report 12, corrected' };
    feed = wordpress([...reports(101, 160), edited, ...reports(1, 11)]);
    expect((await next()).outcomes.find((one) => one.sourceKey === key())).toMatchObject({ kind: 'held', newItems: 0 });
    expect(titlesPublished()).not.toContain('Report 12, corrected');
    expect(titlesPublished()).toContain('Report 12');
    const { outcomes } = await ruled({ kind: 'accept' });
    expect(outcomes).toMatchObject([{ newItems: 60, revisedItems: 1 }]);
    expect(await titlesShown()).toContain('Report 12, corrected');
  });
  test('that is let in is announced as a first import is: no more of it than `first_import` says', async () => {
    const few = yaml().replace('every: 1h', 'every: 1h, first_import: 5');
    await house.run(few);
    house.clock.set(house.clock.now() + 2 * hour);
    feed = wordpress([...reports(101, 160), ...reports(1, 12)]);
    await house.run(few);
    await house.house.library.rule(key(), { kind: 'accept' }, house.clock.now());
    await house.run(few, { now: [] });
    expect(await titlesShown()).toHaveLength(72);
    expect(titlesPublished()).toHaveLength(5);
  });
  test('of a first import is none, not even after an empty document', async () => {
    const few = yaml().replace('every: 1h', 'every: 1h, first_import: 5');
    feed = wordpress([]);
    await house.run(few);
    house.clock.set(house.clock.now() + 2 * hour);
    feed = wordpress(reports(1, 80));
    await house.run(few);
    expect(await titlesShown()).toHaveLength(80);
    expect(titlesPublished()).toHaveLength(5);
  });
  test('of fifty is none, and a first import never is', async () => {
    feed = more(80);
    expect((await house.run(yaml())).outcomes.find((one) => one.sourceKey === key())).toMatchObject({ newItems: 92 });
    feed = wordpress([...reports(201, 250), ...reports(101, 180)]);
    expect((await next()).outcomes.find((one) => one.sourceKey === key())).toMatchObject({
      kind: 'fresh',
      newItems: 50,
    });
  });
  test('of items that we knew under other guids before the source was held makes no second copies', async () => {
    await house.run(yaml());
    feed = hugo([...reports(101, 160), ...reports(1, 12)]);
    expect((await next()).outcomes.find((one) => one.sourceKey === key())).toMatchObject({ kind: 'held' });
    expect((await ruled({ kind: 'accept' })).outcomes).toMatchObject([{ newItems: 60 }]);
    const shown = await titlesShown();
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown).toHaveLength(72);
  });
});

describe('the maintainer stops a source', () => {
  test('what it brought since then is taken back, the rest stays, it is not asked; and all of that can be undone', async () => {
    await house.run(yaml());
    feed = wordpress([report(14), report(13), ...reports(1, 12)]);
    await next();
    const all = titlesPublished();
    expect(all).toHaveLength(14);
    const { outcomes } = await ruled({ kind: 'stop', since: start + hour });
    expect(outcomes).toMatchObject([{ withdrawnItems: 2 }]);
    expect(titlesPublished()).toEqual(
      reports(1, 12)
        .map(({ title }) => title)
        .sort(),
    );
    expect((await ruled({ kind: 'stop', since: start + hour })).outcomes).toMatchObject([{ withdrawnItems: 0 }]);

    const asked = harbour.requests.length;
    house.clock.set(house.clock.now() + 40 * day);
    await house.run(yaml(), { now: 'all' });
    expect(harbour.requests).toHaveLength(asked);

    expect((await ruled({ kind: 'resume' })).outcomes).toMatchObject([{ newItems: 2 }]);
    expect(titlesPublished()).toEqual(all);
    expect((await memory()).stoppedSince).toBeUndefined();
    await next();
    expect(harbour.requests.length).toBeGreaterThan(asked);
    expect(titlesPublished()).toEqual(all);
    expect((await ruled({ kind: 'resume' })).outcomes).toMatchObject([{ newItems: 0 }]);
  });

  test('a story that others tell on their own goes on without it, and has it back afterwards', async () => {
    const { text } = report(12);
    friendFeed = rss(
      '<title>Friends</title><link>https://friend.example/</link>',
      `<item><guid>r</guid><title>Repost 12</title><link>https://friend.example/r</link><description>${text}</description></item>`,
    );
    await house.run(yaml());
    const original = async (): Promise<unknown> => {
      const id = await house.house.library.findStory('https://friend.example/r');
      const [story] = await house.house.library.stories(id === undefined ? [] : [id]);
      const { original: who } = story?.attribution ?? {};
      return story?.items.find((one) => who?.kind === 'item' && one.id === who.itemId)?.title;
    };
    expect(await original()).toBe('Report 12');
    await ruled({ kind: 'stop', since: 0 });
    expect(await original()).toBe('Repost 12');
    expect(titlesPublished()).toEqual(['Repost 12']);
    await ruled({ kind: 'resume' });
    expect(await original()).toBe('Report 12');
    expect(titlesPublished()).toHaveLength(12);
  });
});
