/** One source in several sections, each of which takes of it what it wants: everywhere on the site, and when that is changed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourcePath } from '../../src/publish/source-path.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.parse('2026-11-20T12:00Z');
const week = 7 * 24 * 3_600_000;

let house: TestHouse;
let partner: Partner;
/** Of the first post. */
let title: string;

beforeEach(async () => {
  house = await openTestHouse(start);
  title = 'Camp cleared';
  partner = await startPartner({
    '/feed': (_request, response) => void response.end(feed()),
  });
});
afterEach(async () => {
  await house.close();
  await partner.close();
});

function feed(): string {
  const items = [title, 'Port closed', 'Sport in the camp'].map(
    (title, at) =>
      `<item><guid isPermaLink="false">urn:${at}</guid><title>${title}</title><link>https://harbour.example/${at}</link><pubDate>${new Date(start - 3_600_000).toUTCString()}</pubDate><xcal:dtstart xmlns:xcal="urn:ietf:params:xml:ns:xcal">2026-12-01T10:00:00Z</xcal:dtstart><description>What happened: ${title}, all of ${title}.</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Harbour</title><link>https://harbour.example/</link>${items.join('')}</channel></rss>`;
}

function yaml({
  camps = 'only: { title: camp }, skip: { title: sport }',
  ports = 'only: { title: port }',
} = {}): string {
  const source = `${partner.url}/feed`;
  return [
    'sections:',
    `  all: [ { url: "${source}", name: Harbour } ]`,
    `  camps: { digest: { when: weekly }, sources: [ { url: "${source}", ${camps} } ] }`,
    `  ports: { ${ports}, sources: [ "${source}" ] }`,
    '',
  ].join('\n');
}

const read = (path: string): string => readFileSync(join(house.house.siteFolder, path), 'utf8');

/** Titles that stand in a file of a section, in alphabetical order. */
function titlesIn(path: string): readonly string[] {
  const body = existsSync(join(house.house.siteFolder, path)) ? read(path) : '';
  return ['Camp cleared', 'Port closed', 'Sport in the camp', 'Port cleared']
    .filter((title) => body.includes(title))
    .sort();
}

test('feeds, pages, calendars and digests of each section hold what it takes', async () => {
  await house.run(yaml());
  const expected = {
    all: ['Camp cleared', 'Port closed', 'Sport in the camp'],
    camps: ['Camp cleared'],
    ports: ['Port closed', 'Sport in the camp'],
  };
  for (const [section, titles] of Object.entries(expected))
    for (const file of ['feed.xml', 'atom.xml', 'feed.json', 'index.html', 'calendar.ics'])
      expect([section, file, titlesIn(`${section}/${file}`)]).toEqual([section, file, titles]);
  house.clock.set(start + week);
  const { publication } = await house.run(yaml());
  const digests = publication.written.filter((path) => /^camps\/digest\/.*digest\.txt$/.test(path));
  expect(digests.map(titlesIn)).toEqual([['Camp cleared']]);
});

test('a story’s page names the sections in which it stands', async () => {
  await house.run(yaml());
  const stories = (await house.house.library.changedSince(0)).ids;
  const named = (await house.house.library.stories(stories)).map(({ uid, items }) => {
    const page = load(read(`story/${uid}/index.html`));
    const ways = page('main a, nav a')
      .toArray()
      .map((a) => page(a))
      .filter((a) => a.text().includes('Back'))
      .map((a) => a.attr('href') ?? '');
    return [items[0]?.title, ['camps', 'ports'].filter((id) => ways.includes(`../../${id}/index.html`))];
  });
  expect(new Map(named as [string, string[]][])).toEqual(
    new Map([
      ['Camp cleared', ['camps']],
      ['Port closed', ['ports']],
      ['Sport in the camp', ['ports']],
    ]),
  );
});

test('what is corrected goes where it belongs now, and leaves where it does no more', async () => {
  await house.run(yaml());
  title = 'Port cleared';
  await house.run(yaml(), { now: 'all' });
  expect(titlesIn('camps/feed.xml')).toEqual([]);
  expect(titlesIn('ports/feed.xml')).toEqual(['Port cleared', 'Port closed', 'Sport in the camp']);
});

test('a filter that is changed changes what stands in its section, at once', async () => {
  await house.run(yaml());
  const quiet = await house.run(yaml());
  expect(quiet.publication.written).toEqual([]);
  const { publication } = await house.run(yaml({ camps: 'only: { title: camp }' }));
  expect(publication.written).toContain('camps/feed.xml');
  expect(titlesIn('camps/feed.xml')).toEqual(['Camp cleared', 'Sport in the camp']);
  await house.run(yaml({ camps: 'only: { title: camp }', ports: 'skip: { title: /^(camp|sport)/i }' }));
  expect(titlesIn('ports/feed.xml')).toEqual(['Port closed']);
});

test('the partner reads on its page what each section takes of it', async () => {
  await house.run(yaml());
  const page = load(read(`${sourcePath(`${partner.url.replace('http://', '')}/feed`)}index.html`));
  const rows = page('#taken')
    .parent()
    .find('dl > div')
    .toArray()
    .map((row) => page(row).text().replace(/\s+/g, ' '));
  expect(rows.filter((row) => /camp|sport/.test(row))).toEqual([
    'Only texts with one of theseCamps – in the title: campPorts – in the title: port',
    'No texts with one of theseCamps – in the title: sport',
  ]);
});
