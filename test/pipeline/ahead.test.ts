/** What a group dates ahead: shown at once, or not before its time, as its source says. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 20, 3);

let house: TestHouse;
let partner: Partner;
let answer: () => string | undefined;

beforeEach(async () => {
  house = await openTestHouse(start);
  partner = await startPartner((_request, response) => {
    const body = answer();
    if (body === undefined) response.writeHead(500).end();
    else response.end(body);
  });
});
afterEach(async () => {
  await partner.close();
  await house.close();
});

const item = (name: string, at: number): string =>
  `<item><guid isPermaLink="false">${name}</guid><title>${name}</title><pubDate>${new Date(at).toUTCString()}</pubDate><description>Words of the post called ${name}.</description></item>`;
const feed = (...items: readonly string[]): string =>
  `<rss version="2.0"><channel><title>Harbour</title><link>https://harbour.example/</link>${items.join('')}</channel></rss>`;
const now = item('Today', start - hour);
const ahead = item('Tomorrow', start + 3 * day);

const yaml = (future: string): string =>
  `sections:\n  calais:\n    - { url: "${partner.url}/", show: full, every: 15m, future: ${future} }\n`;

/** Titles in the section's feed, with their dates. */
function listed(): readonly (readonly [title: string, date: string])[] {
  const text = readFileSync(join(house.house.siteFolder, 'calais', 'feed.json'), 'utf8');
  const { items } = JSON.parse(text) as { items: { title: string; date_published: string }[] };
  return items.map(({ title, date_published: date }) => [title, date.slice(0, 10)]);
}

/** All that is published, as one text. */
function site(): string {
  const { siteFolder } = house.house;
  const files = readdirSync(siteFolder, { recursive: true, encoding: 'utf8' }).map((name) => join(siteFolder, name));
  return files.map((file) => (statSync(file).isFile() ? readFileSync(file, 'utf8') : '')).join('\n');
}

async function runAt(instant: number, future = 'wait'): Promise<readonly number[]> {
  house.clock.set(instant);
  const { outcomes, defects } = await house.run(yaml(future), { now: 'all' });
  expect(defects).toEqual([]);
  return outcomes.map(({ newItems }) => newItems);
}

test('is shown at once, under the moment it was seen, where nothing is said', async () => {
  answer = () => feed(ahead, now);
  await runAt(start, 'show');
  expect(listed()).toEqual([
    ['Tomorrow', '2026-11-20'],
    ['Today', '2026-11-20'],
  ]);
});

test('waits, is not read again, and comes at its time, whatever becomes of the feed', async () => {
  answer = () => feed(ahead, now);
  expect(await runAt(start)).toEqual([1]);
  answer = () => feed(item('Later', start), ahead, now);
  expect(await runAt(start + day)).toEqual([1]);
  expect(site()).not.toContain('Tomorrow');
  answer = () => undefined;
  expect(await runAt(start + 3 * day - hour)).toEqual([0]);
  expect(site()).not.toContain('Tomorrow');
  expect(await runAt(start + 3 * day)).toEqual([1, 0]);
  expect(listed()[0]).toEqual(['Tomorrow', '2026-11-23']);
  answer = () => feed(item('Later', start), ahead, now);
  expect(await runAt(start + 4 * day)).toEqual([0]);
  expect(listed()).toHaveLength(3);
});

test('comes early where its authors give it another date, and then not a second time', async () => {
  answer = () => feed(ahead, now);
  await runAt(start);
  answer = () => feed(item('Tomorrow', start + hour), now);
  await runAt(start + day);
  expect(listed()[0]).toEqual(['Tomorrow', '2026-11-20']);
  await runAt(start + 4 * day);
  expect(listed()).toHaveLength(2);
});

test('never comes where its authors have taken it back while it waited', async () => {
  const entry = (name: string, at: number): string =>
    `<entry><id>${name}</id><title>${name}</title><updated>${new Date(at).toISOString()}</updated><content>Words of ${name}.</content></entry>`;
  const atom = (inside: string): string =>
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>H</title><id>h</id>${inside}${entry('Today', start - hour)}</feed>`;
  answer = () => atom(entry('Tomorrow', start + 3 * day));
  await runAt(start);
  answer = () => atom('<at:deleted-entry ref="Tomorrow" when="2026-11-21T00:00:00Z"/>');
  await runAt(start + day);
  await runAt(start + 4 * day);
  expect(site()).not.toContain('Tomorrow');
});

test('comes with the next run where the maintainer does not want it to wait any more', async () => {
  answer = () => feed(ahead, now);
  await runAt(start);
  expect(listed()).toHaveLength(1);
  await runAt(start + day, 'show');
  expect(listed()[0]).toEqual(['Tomorrow', '2026-11-21']);
});

test('further ahead than a year is a mistake, and waits for nothing', async () => {
  answer = () => feed(item('Tomorrow', start + 400 * day), now);
  await runAt(start);
  expect(listed()[0]).toEqual(['Tomorrow', '2026-11-20']);
});

test('of a source that was stopped meanwhile stays away', async () => {
  answer = () => feed(ahead, now);
  await runAt(start);
  const [source] = (await house.house.library.memories()).keys();
  await house.house.library.rule(source ?? '', { kind: 'stop', since: start + hour }, start + hour);
  await runAt(start + 4 * day);
  expect(site()).not.toContain('Tomorrow');
});

test('of a source that is paused meanwhile comes when it is asked again, under its own day', async () => {
  answer = () => feed(ahead, now);
  await runAt(start);
  expect(await runAt(start + 4 * day, 'wait, paused: true')).toEqual([]);
  expect(site()).not.toContain('Tomorrow');
  expect(await runAt(start + 5 * day)).toEqual([1, 0]);
  expect(listed()[0]).toEqual(['Tomorrow', '2026-11-23']);
});

describe('a post whose feed names it anew while it waits', () => {
  const under = (host: string): string =>
    feed(
      item('Tomorrow', start + 3 * day).replace('>Tomorrow<', `>${host}Tomorrow<`),
      ...['One', 'Two', 'Three', 'Four'].map((name) =>
        item(name, start - day).replace(`>${name}<`, `>${host}${name}<`),
      ),
    );

  test('comes once', async () => {
    answer = () => under('http://harbour.example/');
    expect(await runAt(start)).toEqual([4]);
    answer = () => under('https://harbour.example/');
    expect(await runAt(start + day)).toEqual([0]);
    expect(await runAt(start + 4 * day)).toEqual([1, 0]);
    expect(listed().filter(([title]) => title === 'Tomorrow')).toHaveLength(1);
    expect(await runAt(start + 5 * day)).toEqual([0]);
  });

  test.each([
    ['later', 6 * day, [0]],
    ['at once', hour, [1]],
  ] as const)('and for another day comes once, %s, by the address that is its guid', async (_when, ahead, atOnce) => {
    const at = (guid: string, instant: number): string =>
      item('Tomorrow', instant).replace('>Tomorrow<', `>${guid}<`).replace('Words of', `On day ${instant}, words of`);
    answer = () => feed(at('http://www.harbour.example/?p=7', start + 3 * day), now);
    expect(await runAt(start)).toEqual([1]);
    answer = () => feed(at('https://harbour.example/?p=7', start + ahead), now);
    expect(await runAt(start + day)).toEqual(atOnce);
    await runAt(start + 4 * day);
    await runAt(start + 7 * day);
    expect(listed().filter(([title]) => title === 'Tomorrow')).toHaveLength(1);
  });

  test('is another where it has another day: what is announced every week has the same words', async () => {
    const weekly = (guid: string, at: number): string => item('Tomorrow', at).replace('>Tomorrow<', `>${guid}<`);
    answer = () => feed(weekly('a', start + 3 * day), now);
    await runAt(start);
    answer = () => feed(weekly('b', start + 10 * day), weekly('a', start + 3 * day), now);
    await runAt(start + day);
    expect(await runAt(start + 4 * day)).toEqual([1, 0]);
    expect(await runAt(start + 11 * day)).toEqual([1, 0]);
  });

  test('nor are two one that stand in one document', async () => {
    answer = () => feed(ahead.replace('>Tomorrow<', '>a<'), ahead.replace('>Tomorrow<', '>b<'), now);
    await runAt(start);
    expect(await runAt(start + 4 * day)).toEqual([2, 0]);
  });
});

test('however much a source dates ahead, so much waits and no more: what comes soonest', async () => {
  const long = (name: string, at: number): string =>
    item(name, at).replace('Words of', `${`${name} comes. `.repeat(60_000)} Words of`);
  const waiting = async (): Promise<readonly string[]> => {
    const keys = [...(await house.house.library.memories()).keys()];
    const due = await house.house.library.itemsDue(
      start + 400 * day,
      keys.map((key) => ({ key, future: 'wait' })),
    );
    return [...due.values()].flat().map((one) => one.item.title);
  };
  answer = () => feed(now, ...[5, 4, 3].map((days) => long(`In ${days} days`, start + days * day)));
  await runAt(start);
  expect(await waiting()).toEqual(['In 3 days', 'In 4 days', 'In 5 days']);
  answer = () => feed(now, ...[9, 8, 7, 6, 2].map((days) => long(`In ${days} days`, start + days * day)));
  await runAt(start + hour);
  expect(await waiting()).toEqual(['In 2 days', 'In 3 days', 'In 4 days', 'In 5 days']);
});
