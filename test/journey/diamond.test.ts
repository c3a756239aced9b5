/**
 * Thirteen feeds read end to end, and what is published read as a reader would: a text whose author is not its first
 * poster, a diamond of reposts of it in three languages, an aggregator that has it from nobody, and a joint statement.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopbackSites, openLoopbackSites } from '../../bench/loopback-sites.ts';
import { openTestHouse, type TestHouse } from '../pipeline/house.ts';
import { paragraphs } from '../stories/texts.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 29, 12);

interface Post {
  readonly title: string;
  /** Paragraphs, as they stand in the feed. */
  readonly text: readonly string[];
  /** Days before now. */
  readonly ago: number;
  readonly lang?: string;
}

interface Group {
  readonly name: string;
  readonly format: 'rss' | 'atom' | 'json';
  readonly role?: string;
  readonly posts: readonly Post[];
}

const title = 'They came at dawn, and the kettle stayed';
const edited = [
  paragraphs[0],
  paragraphs[1],
  'Nobody has answered us since. We were there when they came back.',
].flatMap((text) => text ?? []);
const statement = [
  'We, who cook, translate and drive along this coast, will not hand over lists of those whom we help, to nobody and for no reason, whatever the law says that was passed on Tuesday night with eleven votes and no debate.',
  'Whoever asks us will get an answer in public: that a warm meal needs no papers, that a lift to the doctor is no crime, and that we shall all say the same words in court, on the same day, as often as it takes.',
];
const signed = 'Joint statement by Lantern Bus, Doctors of the Dike and The Lighthouse Keepers';

const own = (name: string, ago: number, words: string): Post => ({ title: `News from ${name}`, text: [words], ago });

/** The author; the diamond B and C, and D that took it from both; who signs, who passes that on; and others. */
const groups: readonly Group[] = [
  { name: 'Harbour Kitchen', format: 'rss', posts: [{ title, text: paragraphs, ago: 8 }] },
  {
    name: 'Quai Ouvert',
    format: 'atom',
    // Dated before the author's: whoever reposts may stamp what they like.
    posts: [{ title: `Calais : ${title}`, text: ['Repris de Harbour Kitchen', ...paragraphs], ago: 9, lang: 'fr' }],
  },
  {
    name: 'Hafenwache Nord',
    format: 'json',
    posts: [{ title, text: [`${paragraphs[0]?.slice(0, 190)} […]`, 'Quelle: Harbour Kitchen'], ago: 7, lang: 'de' }],
  },
  {
    name: 'Tide Table',
    format: 'rss',
    posts: [
      {
        title: 'What they left behind at the canal',
        text: ['Reposted from Quai Ouvert;', ...edited, 'via Hafenwache Nord'],
        ago: 6,
      },
    ],
  },
  { name: 'All The Ports', format: 'rss', role: 'aggregator', posts: [{ title, text: paragraphs, ago: 10 }] },
  { name: 'Lantern Bus', format: 'atom', posts: [{ title: 'No lists', text: [signed, ...statement], ago: 4 }] },
  { name: 'Doctors of the Dike', format: 'json', posts: [{ title: 'No lists', text: [...statement, signed], ago: 3 }] },
  {
    name: 'Night Ferry',
    format: 'rss',
    posts: [{ title: 'No lists', text: ['From Lantern Bus:', ...statement], ago: 2 }],
  },
  {
    name: 'Rope and Anchor',
    format: 'rss',
    posts: [
      own(
        'the quay',
        5,
        'The workshop for knots is on Sunday at ten, and the rope is ours until the evening. Bring gloves.',
      ),
    ],
  },
  {
    name: 'Salt Library',
    format: 'atom',
    posts: [
      own(
        'the shelves',
        5,
        'We have moved all atlases to the first floor, where there is a stove, and we read aloud on Thursdays.',
      ),
    ],
  },
  {
    name: 'Winter Garden',
    format: 'json',
    posts: [
      own(
        'the beds',
        5,
        'Leeks and kale stand until March. Whoever is hungry may cut what they need and leave the roots in the ground.',
      ),
    ],
  },
  {
    name: 'Bridge Radio',
    format: 'rss',
    posts: [
      own(
        'the mast',
        5,
        'From Monday on we send on two frequencies, since the hill stands between us and half of our listeners.',
      ),
    ],
  },
  {
    name: 'Mud Flat Choir',
    format: 'atom',
    posts: [
      own(
        'the choir',
        5,
        'We need a second bass for the spring concert and a car that holds eleven music stands and a drum.',
      ),
    ],
  },
];

const hostOf = ({ name }: Group): string => `${name.toLowerCase().replaceAll(' ', '-')}.example`;
const slugOf = ({ title: words }: Post): string => words.toLowerCase().replace(/[^a-z]+/g, '-');
const htmlOf = ({ text }: Post): string => text.map((line) => `<p>${line}</p>`).join('');
const escaped = (html: string): string => html.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function feedOf(group: Group): string {
  const home = `http://${hostOf(group)}/`;
  const { name, format, posts } = group;
  const entries = posts.map((post) => ({ ...post, url: home + slugOf(post), at: new Date(now - post.ago * day) }));
  if (format === 'json')
    return JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: name,
      home_page_url: home,
      items: entries.map((one) => ({
        id: one.url,
        url: one.url,
        title: one.title,
        content_html: htmlOf(one),
        date_published: one.at.toISOString(),
        language: one.lang,
      })),
    });
  if (format === 'atom')
    return `<feed xmlns="http://www.w3.org/2005/Atom"><title>${name}</title><id>${home}</id><link href="${home}"/>${entries
      .map(
        (one) =>
          `<entry xml:lang="${one.lang ?? 'en'}"><id>${one.url}</id><title>${one.title}</title><link href="${one.url}"/><published>${one.at.toISOString()}</published><updated>${one.at.toISOString()}</updated><content type="html">${escaped(htmlOf(one))}</content></entry>`,
      )
      .join('')}</feed>`;
  return `<rss version="2.0"><channel><title>${name}</title><link>${home}</link>${entries
    .map(
      (one) =>
        `<item><guid>${one.url}</guid><title>${one.title}</title><link>${one.url}</link><pubDate>${one.at.toUTCString()}</pubDate><description>${escaped(htmlOf(one))}</description></item>`,
    )
    .join('')}</channel></rss>`;
}

let house: TestHouse;
let sites: LoopbackSites;
beforeAll(async () => {
  sites = await openLoopbackSites();
  for (const group of groups) sites.publish(`http://${hostOf(group)}/feed`, feedOf(group));
  house = await openTestHouse(
    now,
    `network: { proxy: "${sites.proxy}", spacing: 0s }\nsite: { url: "https://news.example/" }\n`,
  );
  const sources = groups.map(
    (group) => `    - { url: "http://${hostOf(group)}/feed", show: full, role: ${group.role ?? 'group'} }\n`,
  );
  const report = await house.run(`sections:\n  coast:\n${sources.join('')}`, { now: 'all' });
  expect(report.defects).toEqual([]);
  expect(report.outcomes.map(({ newItems }) => newItems)).toEqual(groups.map(() => 1));
});
afterAll(async () => {
  await house.close();
  await sites.close();
});

const published = (path: string): string => readFileSync(join(house.house.siteFolder, path), 'utf8');
const atom = () => load(published('coast/atom.xml'), { xml: true });
const rss = () => load(published('coast/feed.xml'), { xml: true });

interface JsonItem {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly authors: readonly { readonly name: string }[];
  readonly content_html: string;
  readonly _relais: {
    readonly story: string;
    readonly credit: string;
    readonly jointly?: readonly { readonly group: string }[];
    readonly reposts: readonly { readonly group: string; readonly via?: string }[];
  };
}
const json = (): JsonItem[] => (JSON.parse(published('coast/feed.json')) as { items: JsonItem[] }).items;
const itemOf = (name: string): JsonItem => {
  const [one, ...others] = json().filter((item) => item.title === name);
  if (one === undefined || others.length > 0)
    throw new Error(`“${name}” is there ${others.length === 0 ? 'not at all' : 'twice'}`);
  return one;
};
const pageOf = ({ _relais }: JsonItem) => load(published(`${new URL(_relais.story).pathname.slice(1)}index.html`));

test('each story is there once, on pages and in every feed', () => {
  const titles = [title, 'No lists', ...groups.slice(8).map(({ posts }) => posts[0]?.title ?? '')].sort();
  expect(
    json()
      .map((item) => item.title)
      .sort(),
  ).toEqual(titles);
  expect(
    atom()('entry > title')
      .toArray()
      .map((one) => atom()(one).text())
      .sort(),
  ).toEqual(titles);
  expect(
    rss()('item > title')
      .toArray()
      .map((one) => rss()(one).text())
      .sort(),
  ).toEqual(titles);
  expect(load(published('coast/index.html'))('article').length).toBe(titles.length);
  expect(readdirSync(join(house.house.siteFolder, 'story')).length).toBe(titles.length);
});

describe('the diamond', () => {
  const reposters = ['All The Ports', 'Quai Ouvert', 'Hafenwache Nord', 'Tide Table'];

  test('is the author’s own copy, whole, and leads to its page', () => {
    const item = itemOf(title);
    expect(item.url).toBe(`http://harbour-kitchen.example/${slugOf({ title, text: [], ago: 0 })}`);
    for (const text of paragraphs) expect(item.content_html).toContain(text);
    expect(item.content_html).not.toMatch(/Repris|Quelle|Nobody has answered/);
  });

  test('names its author first, and all who passed it on after it, each with where it was taken', () => {
    const item = itemOf(title);
    expect(item.authors.map(({ name }) => name)).toEqual(['Harbour Kitchen']);
    expect(item._relais.reposts.map(({ group, via }) => [group, via])).toEqual([
      ['All The Ports', undefined],
      ['Quai Ouvert', undefined],
      ['Hafenwache Nord', undefined],
      ['Tide Table', 'Quai Ouvert'],
    ]);
    expect(item._relais.credit).toMatch(
      /^From Harbour Kitchen, 21 November 2026 · reposted by All The Ports, Quai Ouvert, /,
    );
  });

  test('does so in Atom and in RSS', () => {
    const entry = atom()('entry').filter((_, one) => atom()(one).children('title').text() === title);
    expect(entry.children('author').first().children('name').text()).toBe('Harbour Kitchen');
    expect(
      entry
        .children('contributor')
        .toArray()
        .map((one) => atom()(one).children('name').text()),
    ).toEqual(reposters);
    expect(entry.find('source > title').text()).toBe('Harbour Kitchen');
    const item = rss()('item').filter((_, one) => rss()(one).children('title').text() === title);
    expect(
      item
        .find('dc\\:creator')
        .toArray()
        .map((one) => rss()(one).text()),
    ).toEqual(['Harbour Kitchen']);
    expect(
      item
        .find('dc\\:contributor')
        .toArray()
        .map((one) => rss()(one).text()),
    ).toEqual(reposters);
  });

  test('does so on its page, station by station', () => {
    const page = pageOf(itemOf(title));
    const stations = page('.relay > li .who')
      .toArray()
      .map((one) => page(one).text().replace(/\s+/g, ' ').trim());
    expect(stations).toEqual([
      'Written by Harbour Kitchen',
      'Passed on by All The Ports',
      'Passed on by Quai Ouvert',
      'Passed on by Hafenwache Nord',
      'Passed on by Tide Table via Quai Ouvert',
    ]);
    expect(page('article').text()).toContain(paragraphs[3]);
  });
});

describe('the joint statement', () => {
  const signatories = ['Lantern Bus', 'Doctors of the Dike', 'The Lighthouse Keepers'];

  test('has all who sign it as its authors, and only who does not sign as a reposter', () => {
    const item = itemOf('No lists');
    expect(item.authors.map(({ name }) => name)).toEqual(signatories);
    expect(item._relais.jointly?.map(({ group }) => group)).toEqual(signatories);
    expect(item._relais.reposts.map(({ group }) => group)).toEqual(['Night Ferry']);
    expect(item._relais.credit).toMatch(
      /^From Lantern Bus, Doctors of the Dike and The Lighthouse Keepers, 25 November 2026 · reposted by Night Ferry$/,
    );
    const entry = atom()('entry').filter((_, one) => atom()(one).children('title').text() === 'No lists');
    expect(
      entry
        .children('author')
        .toArray()
        .map((one) => atom()(one).children('name').text()),
    ).toEqual(signatories);
    const page = pageOf(item);
    expect(page('.relay > li.original .who').text()).toMatch(
      /Lantern Bus, Doctors of the Dike and The Lighthouse Keepers/,
    );
  });
});
