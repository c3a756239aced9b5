/** Feeds as those have them who subscribe: whole with their archives, the same story under the same name and date, whatever happens. */
import { load } from 'cheerio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filesIn } from '../crash/site.ts';
import { complaints } from '../publish/feed-judge.ts';
import { day, type Entry, type Group, hour, type Network, openNetwork, type Relay } from './relays.ts';

const harbourHost = 'harbour.example';
const copiesHost = 'copies.example';

/** Each in words of its own, or they would be one story. */
const words = (mark: string): string =>
  `<p>${Array.from({ length: 40 }, (_, at) => `${mark}${at}`).join(' ')} eleven people ${mark}</p>`;
const entry = (name: string, age: number): Entry => ({ name, title: `About ${name}`, html: words(name), age });
const many = (count: number): Entry[] => Array.from({ length: count }, (_, at) => entry(`n${at}`, 1 + count - at));

let network: Network;
let harbour: Group;
let copies: Group;
let relay: Relay;

beforeEach(async () => {
  network = await openNetwork({ [harbourHost]: 'Harbour Watch', [copiesHost]: 'Copies' });
  harbour = network.groups[harbourHost] as Group;
  copies = network.groups[copiesHost] as Group;
  relay = await network.openRelay(
    'relay.example',
    `sections:\n  quay: [ { url: "http://${harbourHost}/feed", show: full } ]\n  coast: [ { url: "http://${copiesHost}/feed", show: full } ]\n`,
  );
});
afterEach(async () => await network.close());

const jsonOf = (
  path: string,
  from = relay,
): { items: { id: string; title: string; date_published: string; date_modified: string }[] } =>
  JSON.parse(from.file(path));
const titles = (path: string): string[] => jsonOf(path).items.map(({ title }) => title);
const folderOf = (host: string): string => {
  const index = filesIn(relay.house().siteFolder).find(
    ({ path }) => path.includes(`sources/${host.replace('.', '-')}`) && path.endsWith('feed.xml'),
  );
  return (index?.path ?? '').replace(/^.*(sources\/[^/]+\/)feed\.xml$/, '$1');
};

async function tick(ms = 2 * hour): Promise<string[]> {
  network.pass(ms);
  return await relay.run();
}

describe('the feeds that there are', () => {
  test('of everything, each story once; of a source, what it wrote itself', async () => {
    harbour.entries = [entry('gate', 5), entry('yard', 6)];
    copies.entries = [
      {
        ...entry('gate', 4),
        name: 'copy',
        html: `<p>Reposted from <a href="http://${harbourHost}/gate">Harbour Watch</a></p>${words('gate')}`,
      },
      {
        ...entry('own', 3),
        html: '<p>Bread and soup for everybody on Saturday, and songs until the last boat is back</p>',
      },
    ];
    await relay.run();
    expect(titles('feed.json').sort()).toEqual(['About gate', 'About own', 'About yard']);
    expect(titles('coast/feed.json')).toEqual(['About own', 'About gate']);
    expect(titles(`${folderOf(harbourHost)}feed.json`)).toEqual(['About gate', 'About yard']);
    expect(titles(`${folderOf(copiesHost)}feed.json`)).toEqual(['About own']);
    for (const folder of ['', 'quay/', 'coast/', folderOf(harbourHost)])
      for (const file of ['feed.xml', 'atom.xml'])
        expect(complaints(relay.file(`${folder}${file}`), `http://relay.example/${folder}${file}`)).toEqual([]);
    const page = load(relay.file(`${folderOf(harbourHost)}index.html`));
    expect(
      page('link[rel=alternate]')
        .toArray()
        .map((one) => one.attribs.href),
    ).toEqual(['feed.xml', 'atom.xml', 'feed.json']);
  });

  test('of a source that lets nothing be shown there is none', async () => {
    harbour.entries = [entry('gate', 5)];
    relay.sections = relay.sections.replace(`${harbourHost}/feed", show: full`, `${harbourHost}/feed", show: none`);
    await relay.run();
    expect(folderOf(harbourHost)).toBe('');
    expect(relay.carrying('gate')).toEqual([]);
  });
});

describe('the same story keeps', () => {
  const told = (from = relay): { id: string; published: string; updated: string }[] =>
    jsonOf('feed.json', from).items.map(({ id, date_published, date_modified }) => ({
      id,
      published: date_published,
      updated: date_modified,
    }));

  test('its name, where our own address changes, and where everything is imported anew', async () => {
    harbour.entries = [entry('gate', 5), entry('yard', 6)];
    await relay.run();
    const before = told();
    const feedId = load(relay.file('quay/atom.xml'), { xml: true })('feed > id').text();
    network.pass(400 * day); // in another year
    const elsewhere = await network.openRelay('relay.example', relay.sections);
    await elsewhere.run();
    expect(told(elsewhere)).toEqual(before);
    await relay.runAt('other.example');
    expect(told()).toEqual(before);
    expect(load(relay.file('quay/atom.xml'), { xml: true })('feed > id').text()).toBe(feedId);
    expect(relay.file('quay/atom.xml')).toContain('http://other.example/quay/atom.xml');
  });

  test.each([
    [harbourHost, copiesHost],
    [copiesHost, harbourHost],
  ])(
    'its name, where everything is imported anew, the text of %s and its repost at %s in any order',
    async (at, by) => {
      const [author, reposter] = [network.groups[at], network.groups[by]];
      if (author === undefined || reposter === undefined) throw new Error('no group');
      author.entries = [entry('gate', 5)];
      await relay.run();
      const credit = `<p>Reposted from <a href="http://${at}/gate">${author.title}</a></p>`;
      reposter.entries = [{ ...entry('gate', 4), name: 'copy', html: credit + words('gate') }];
      await tick();
      const before = told().map(({ id }) => id);
      expect(before).toHaveLength(1);
      const elsewhere = await network.openRelay('relay.example', relay.sections, 1);
      await elsewhere.run();
      expect(told(elsewhere).map(({ id }) => id)).toEqual(before);
    },
  );

  test('its date, when that is corrected or an older copy comes; a correction alone moves when it was updated', async () => {
    copies.entries = [{ ...entry('gate', 4), name: 'copy' }];
    await relay.run();
    const [before] = told();
    harbour.entries = [entry('gate', 50)];
    await tick();
    expect(told()).toEqual([before]);
    copies.entries = [];
    harbour.entries = [{ ...entry('gate', 30) }];
    await tick();
    expect(told()).toEqual([before]);
    harbour.entries = [{ ...entry('gate', 30), html: words('gate').replace('eleven', 'twelve') }];
    await tick();
    const [after] = told();
    expect([after?.id, after?.published]).toEqual([before?.id, before?.published]);
    expect(Date.parse(after?.updated ?? '')).toBeGreaterThan(Date.parse(before?.updated ?? ''));
  });
});

describe('archives', () => {
  test.each(['quay/atom.xml', 'quay/feed.xml', 'quay/feed.json', 'atom.xml', 'feed.json'])(
    'whoever subscribes anew to %s gets everything once',
    async (feed) => {
      harbour.entries = many(330);
      await relay.run();
      const reader = await network.openRelay(
        'reader.example',
        `sections:\n  all: [ { url: "http://relay.example/${feed}", show: full } ]\n`,
      );
      await reader.run();
      const stories = filesIn(reader.house().siteFolder).filter(({ path }) => path.startsWith('story/'));
      const heard = await reader.house().library.itemCounts();
      expect([...heard.values()].map(({ items }) => items)).toEqual([330]);
      expect(stories.length).toBe(330);
    },
    60_000,
  );

  test('each document is good in itself; the last is still filled, and says so', async () => {
    harbour.entries = many(330);
    await relay.run();
    const numbers = [1, 2, 3, 4].filter((number) => isThere(`quay/archive/${number}.xml`));
    expect(numbers.length).toBeGreaterThan(2);
    for (const number of numbers) {
      const xml = relay.file(`quay/archive/${number}.xml`);
      expect(complaints(xml, `http://relay.example/quay/archive/${number}.xml`)).toEqual([]);
      expect(load(xml, { xml: true })('fh\\:archive').length).toBe(number === numbers.at(-1) ? 0 : 1);
      expect(xml).toContain('rel="current"');
    }
  });

  test('a new story rewrites no archive; a correction, a withdrawal and a full feed the one document that they are in', async () => {
    harbour.entries = many(230);
    await relay.run();
    harbour.entries = [...harbour.entries, entry('fresh', 0)];
    const written = await tick();
    expect(written.filter((path) => path.includes('archive/'))).toEqual([]);
    // Its own page, the section's and its source's; the month's, the front; and feeds.
    expect(written.length).toBeLessThan(25);
    const place = (name: string): string[] =>
      relay.carrying(`About ${name}<`).filter((path) => path.includes('archive/'));
    const [document] = place('n3');
    expect(document).toMatch(/archive\/1\.xml$/);
    harbour.entries = harbour.entries.map((one) =>
      one.name === 'n3' ? { ...one, html: '<p>Quite another thing</p>' } : one,
    );
    const corrected = await tick();
    expect(corrected.filter((path) => path.includes('archive/')).sort()).toEqual([
      'archive/1.json',
      'archive/1.xml',
      'quay/archive/1.json',
      'quay/archive/1.xml',
    ]);
    harbour.deleted = ['n3'];
    harbour.entries = harbour.entries.filter(({ name }) => name !== 'n3');
    const gone = await tick(day);
    expect(place('n3')).toEqual([]);
    expect(gone.filter((path) => path.includes('archive/')).length).toBe(4);
  });
});

function isThere(path: string): boolean {
  try {
    relay.file(path);
    return true;
  } catch {
    return false;
  }
}
