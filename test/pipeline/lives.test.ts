/** The life of an item in published files, over several visits: corrected, rewritten by a theme, reposted, withdrawn, passed on. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openServer } from '../../src/serve/server.ts';
import { faultsOf, filesIn } from '../crash/site.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { hasXmllint, tree, xmllint } from '../publish/feeds-story.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 11, 3); // a Wednesday
const hour = 3_600_000;
const day = 24 * hour;

let house: TestHouse;
const houses: TestHouse[] = [];
const partners: Partner[] = [];
/** What the partners' feeds hold now, by path. */
let feeds: Map<string, string>;
let url: string;

async function openHouse(at = start): Promise<TestHouse> {
  const opened = await openTestHouse(at);
  houses.push(opened);
  return opened;
}

beforeEach(async () => {
  feeds = new Map();
  house = await openHouse();
  const started = await startPartner((request, response) => {
    const body = feeds.get(request.url ?? '');
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  partners.push(started);
  url = started.url;
});
afterEach(async () => {
  for (const opened of houses.splice(0)) await opened.close();
  for (const partner of partners.splice(0)) await partner.close();
});

interface Post {
  readonly title?: string;
  readonly text: string;
  readonly date?: string;
  readonly author?: string;
}

function entry(host: string, name: string, { title = name, text, date = '2026-11-05', author }: Post): string {
  const by = author === undefined ? '' : `<author><name>${author}</name></author>`;
  return `<entry><id>tag:${host},2026:${name}</id><title>${title}</title><link href="https://${host}/${name}"/>${by}<published>${date}T10:00:00Z</published><updated>${date}T10:00:00Z</updated><content type="html">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</content></entry>`;
}

function gone(host: string, name: string): string {
  return `<at:deleted-entry ref="tag:${host},2026:${name}" when="2026-11-12T00:00:00Z"/>`;
}

function serve(path: string, title: string, host: string, ...entries: readonly string[]): void {
  feeds.set(
    path,
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>${title}</title><id>urn:${host}</id><link href="https://${host}/"/>${entries.join('')}</feed>`,
  );
}

const quay = (...entries: readonly string[]): void => serve('/quay', 'Quay Watch', 'quay.example', ...entries);
const post = (name: string, given: Post): string => entry('quay.example', name, given);

/** All partners that have a feed, in one section with a weekly digest that closes on Mondays at six. */
function yaml(more = ''): string {
  const sources = [...feeds.keys()].map((path) => `    - url: ${url}${path}\n${more}`);
  return `sections:\n  calais:\n${sources.join('')}`;
}

async function visit(at: number, settings = yaml(), of = house): Promise<void> {
  of.clock.set(at);
  const report = await of.run(settings, { now: 'all' });
  expect(report.publication.defects).toEqual([]);
}

const read = (path: string, of = house): string => readFileSync(join(of.house.siteFolder, path), 'utf8');
const carrying = (word: string, of = house): string[] =>
  filesIn(of.house.siteFolder).flatMap(({ path, body }) => (body.includes(word) ? [path] : []));
const storyPages = (of = house): string[] =>
  readdirSync(join(of.house.siteFolder, 'story')).map((uid) => `story/${uid}/index.html`);

interface Told {
  readonly id: string;
  readonly published: string;
  readonly updated: string;
  readonly text: string;
}

/** The stories of the Atom feed, by title. */
function told(of = house): ReadonlyMap<string, Told> {
  const $ = tree(read('calais/atom.xml', of));
  return new Map(
    $('entry')
      .toArray()
      .map((one): [string, Told] => {
        const part = (name: string): string => $(one).children(name).text();
        const [id, published, updated, text] = ['id', 'published', 'updated', 'content'].map(part);
        return [part('title'), { id, published, updated, text } as Told];
      }),
  );
}

const filler =
  'The harbour was closed from the morning on and nobody was let through to the water before the evening came.';
const report = `On Tuesday three people were injured on the access road to the port. ${filler}`;

describe('a correction', () => {
  test('travels under the same id with a newer date, and is told on the page of the story', async () => {
    quay(post('Road', { text: `<p>${report}</p>`, author: 'Amal' }));
    await visit(start);
    const before = told().get('Road');
    quay(post('Road', { title: 'The road', text: `<div>${report.replace('three', 'four')}</div>`, author: 'Bea' }));
    await visit(start + hour);
    const after = told().get('The road');
    expect(after).toMatchObject({ id: before?.id, published: before?.published });
    expect(after?.text).toContain('four people');
    expect(Date.parse(after?.updated ?? '')).toBe(start + hour);
    expect(Date.parse(before?.updated ?? '')).toBeLessThan(start);
    const $ = load(read(storyPages()[0] ?? ''));
    expect($('.correction h3').text()).toBe('Corrected on 11 November 2026');
    const spoken = $('.correction dd')
      .toArray()
      .map((one) => $(one).text().replace(/\s+/g, ' ').trim());
    expect(spoken).toEqual([
      'put in: The road',
      'On Tuesday taken out: three put in: four people were injured on the access road to …',
      '[1 word taken out] put in: Bea',
    ]);
    expect(carrying('three people')).toEqual([]);
    expect(await faultsOf(filesIn(house.house.siteFolder), 'https://news.example/', 'judge')).toEqual([]);
  });

  test('that takes words out prints them nowhere again', async () => {
    quay(post('Road', { text: `<p>${report} It was seen by Nur Nameless of Quay Street.</p>` }));
    await visit(start);
    expect(carrying('Nameless')).not.toEqual([]);
    quay(post('Road', { text: `<p>${report}</p>` }));
    await visit(start + hour);
    expect(carrying('Nameless')).toEqual([]);
    expect(load(read(storyPages()[0] ?? ''))('.correction .withheld').text()).toBe('[9 words taken out]');
  });

  test('is told beside reposts that still have the old words, until they follow', async () => {
    const copy = (text: string): void =>
      serve(
        '/cook',
        'Cook Together',
        'cook.example',
        entry('cook.example', 'copy', {
          title: 'Road',
          date: '2026-11-06',
          text: `<p>From Quay Watch:</p><p>${text}</p>`,
        }),
      );
    const late = (): string[] => {
      const $ = load(read(storyPages()[0] ?? ''));
      return $('.relay .stale')
        .toArray()
        .map((one) => $(one).closest('li').find('.who').text() + $(one).text());
    };
    quay(post('Road', { text: `<p>${report}</p>` }));
    copy(report);
    await visit(start);
    expect(storyPages()).toHaveLength(1);
    expect(late()).toEqual([]);
    quay(post('Road', { text: `<p>${report.replace('three', 'four')}</p>` }));
    await visit(start + hour);
    expect(late()).toEqual([
      'Passed on by Cook TogetherStill has the words from before the correction of 11 November 2026',
    ]);
    copy(report.replace('three', 'four'));
    await visit(start + 2 * hour);
    expect(late()).toEqual([]);
  });

  test('shows no more of the text than its terms', async () => {
    quay(post('Road', { text: `<p>${report}</p>` }));
    const linkOnly = yaml('      show: link\n');
    await visit(start, linkOnly);
    quay(post('Road', { text: `<p>${report.replace('three', 'four')}</p>` }));
    await visit(start + hour, linkOnly);
    expect(load(read(storyPages()[0] ?? ''))('.correction dd').text()).toBe(
      'More of the text was changed than is shown here.',
    );
    expect([...carrying('three people'), ...carrying('four people')]).toEqual([]);
  });
});

test('another theme makes no flood, and hides no correction', async () => {
  const names = ['One', 'Two', 'Three', 'Four', 'Five'];
  const texts = names.map((name) => `This is the report ${name} of the harbour. ${filler}`);
  quay(...names.map((name, at) => post(name, { text: `<p>${texts[at]}</p>` })));
  await visit(start);
  const before = told();
  const themed = (text: string): string => `<article><p>“${text}”</p><p>Share this on the fediverse</p></article>`;
  quay(
    ...names.map((name, at) =>
      post(name, { text: themed((texts[at] ?? '').replace('report Two', 'corrected report Two')) }),
    ),
  );
  await visit(start + hour);
  const changed = [...told()].filter(([title, one]) => one.updated !== before.get(title)?.updated);
  expect(changed.map(([title]) => title)).toEqual(['Two']);
  expect(told().get('One')?.text).toContain('“This is the report One');
  expect(storyPages().filter((path) => read(path).includes('class="correction"'))).toHaveLength(1);
});

describe('the next digest', () => {
  const settings = (): string => `${yaml()}`;
  const monday = Date.UTC(2026, 10, 16, 12);

  test('tells what was corrected and what was withdrawn of what one before it has carried', async () => {
    const named = 'Nur Nameless has seen it all, and the whole of the harbour has heard it too by now.';
    quay(
      post('Road', { text: `<p>${report}</p>` }),
      post('Names', { text: `<p>${named}</p>` }),
      post('Unchanged', { text: `<p>${filler}</p>` }),
    );
    await visit(start, settings());
    const first = 'calais/digest/2026-w45/';
    expect(read(`${first}index.html`)).toContain('three people');
    expect(read(`${first}index.html`)).not.toContain('since-title');
    quay(
      post('Fresh', {
        text: `<p>Two boats have landed. ${filler.replace('harbour', 'beach')}</p>`,
        date: '2026-11-11',
      }),
      post('Road', { text: `<p>${report.replace('three', 'four')}</p>` }),
      gone('quay.example', 'Names'),
    );
    await visit(start + day, settings());
    expect(carrying('Nameless')).toEqual([]);
    expect(read(`${first}index.html`)).toContain('four people');
    await visit(monday, settings());
    const second = 'calais/digest/2026-w46/';
    const $ = load(read(`${second}index.html`));
    const lines = $('.since li')
      .toArray()
      .map((one) => $(one).text().replace(/\s+/g, ' '));
    expect(lines).toEqual([
      'Road Quay Watch · Corrected on 12 November 2026',
      'A text of Quay Watch was withdrawn on 12 November 2026.',
    ]);
    for (const file of ['digest.txt', 'digest.eml']) {
      const text = read(`${second}${file}`).replaceAll('=\r\n', '').replaceAll('=C2=B7', '·');
      expect(text).toContain('Corrected on 12 November 2026');
      expect(text).toContain('A text of Quay Watch was withdrawn on 12 November 2026.');
    }
    expect(read(`${first}index.html`)).not.toContain('since-title');
    expect(await faultsOf(filesIn(house.house.siteFolder), 'https://news.example/', 'judge')).toEqual([]);
    // What is told of a text goes with it.
    quay(gone('quay.example', 'Road'));
    await visit(monday + hour, settings());
    expect(carrying('four people')).toEqual([]);
    expect(load(read(`${second}index.html`))('.since li').text()).not.toContain('Road');
  });
});

describe('a withdrawal', () => {
  const secret = `The witness Nur Nameless has told us everything about that morning. ${filler}`;
  const others = (): string[] => [
    post('Other', { text: `<p>Forty tents are gone. ${filler.replace('harbour', 'camp')}</p>` }),
  ];

  test('leaves every output, with a tombstone in each feed that could have carried it', async () => {
    quay(post('Names', { text: `<p>${secret}</p>` }), ...others());
    serve('/sea', 'Sea Watch', 'sea.example', entry('sea.example', 'boat', { text: '<p>A boat has landed.</p>' }));
    const two = `sections:\n  calais: [ "${url}/quay" ]\n  sea: [ "${url}/sea" ]\n`;
    await visit(start, two);
    const id = told().get('Names')?.id ?? '';
    expect(id).toMatch(/^tag:news.example,2026:story\//);
    quay(gone('quay.example', 'Names'), ...others());
    await visit(start + hour, two);
    for (const word of ['Nameless', 'witness', 'Names']) expect(carrying(word)).toEqual([]);
    const when = new Date(start + hour).toISOString();
    for (const file of ['atom.xml', 'feed.xml']) {
      const $ = tree(read(`calais/${file}`));
      const found = $('at\\:deleted-entry').toArray();
      expect(found.map((one) => [$(one).attr('ref'), $(one).attr('when'), $(one).text()])).toEqual([[id, when, '']]);
      expect(tree(read(`sea/${file}`))('at\\:deleted-entry')).toHaveLength(0);
    }
    expect(JSON.parse(read('calais/feed.json'))._relais).toEqual({ deleted: [{ id, when }] });
    expect(JSON.parse(read('sea/feed.json'))._relais).toBeUndefined();
    expect(tree(read('calais/atom.xml'))('feed > updated').text()).toBe(when);
    if (hasXmllint) expect(xmllint(['calais/atom.xml', 'calais/feed.xml'].map((path) => read(path)))).toBe('');
    expect(await faultsOf(filesIn(house.house.siteFolder), 'https://news.example/', 'judge')).toEqual([]);
    house.clock.set(start + 2 * hour);
    expect(
      (await house.run(two, { now: 'all' })).publication.written.filter((path) => !path.startsWith('status')),
    ).toEqual([]);
    await visit(start + 95 * day, two);
    expect(read('calais/atom.xml')).not.toContain('deleted-entry');
  });

  test('has its stub at every name that the story ever had, and 410 from our own server', async () => {
    quay(post('Names', { text: `<p>${secret}</p>` }), ...others());
    const apart = secret.split(' ').reverse().join(' ');
    serve(
      '/cook',
      'Cook Together',
      'cook.example',
      entry('cook.example', 'copy', { date: '2026-11-06', text: `<p>${apart}</p>` }),
    );
    // Copies go along with what a group takes back where they credit it by a name that the maintainer has written.
    const named = yaml().replace(`${url}/quay\n`, `${url}/quay\n      name: Quay Watch\n`);
    await visit(start, named);
    expect(storyPages()).toHaveLength(3);
    serve(
      '/cook',
      'Cook Together',
      'cook.example',
      entry('cook.example', 'copy', {
        title: 'Names',
        date: '2026-11-06',
        text: `<p>From Quay Watch:</p><p>${secret}</p>`,
      }),
    );
    await visit(start + hour, named);
    expect(storyPages().filter((path) => read(path).includes('http-equiv="refresh"'))).toHaveLength(1);
    quay(gone('quay.example', 'Names'), ...others());
    await visit(start + 2 * hour, named);
    const stubs = storyPages().filter((path) => read(path).includes('name="relais-state"'));
    expect(stubs).toHaveLength(2);
    for (const path of stubs) {
      expect(read(path)).toContain('This text was withdrawn by Quay Watch on 11 November 2026.');
      expect(read(path)).not.toContain('refresh');
    }
    const server = await openServer(house.house.siteFolder, {
      port: 0,
      host: '127.0.0.1',
      clock: Date,
      onDefect: () => {},
    });
    try {
      for (const path of stubs)
        for (const method of ['GET', 'HEAD'])
          for (const address of [path, path.replace('index.html', '')]) {
            const answer = await fetch(`${server.url}${address}`, { method, headers: { 'If-None-Match': '*' } });
            expect(answer.status).toBe(410);
            expect(answer.headers.get('cache-control')).toBe('no-cache');
            expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
            expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
            expect((await answer.text()).includes('withdrawn')).toBe(method === 'GET');
          }
      const standing = storyPages().filter((path) => !stubs.includes(path));
      for (const path of standing) expect((await fetch(`${server.url}${path}`)).status).toBe(200);
      const without = await fetch(`${server.url}${stubs[0]?.replace('/index.html', '')}`, { redirect: 'manual' });
      expect(without.status).toBe(301);
    } finally {
      await server.close();
    }
  });
});

test('what the maintainer has taken back by stopping a source has tombstones until it is shown again', async () => {
  quay(post('Road', { text: `<p>${report}</p>` }));
  await visit(start);
  const { library } = house.house;
  const [key] = (await library.memories()).keys();
  await library.rule(key ?? '', { kind: 'stop', since: 0 }, start);
  await visit(start + hour);
  expect(carrying('three people')).toEqual([]);
  expect(read('calais/atom.xml')).toContain('deleted-entry');
  expect(read(storyPages()[0] ?? '')).not.toContain('Quay Watch');
  await library.rule(key ?? '', { kind: 'resume' }, start);
  await visit(start + 2 * hour);
  expect([...told().keys()]).toEqual(['Road']);
  expect(read('calais/atom.xml')).not.toContain('deleted-entry');
});

test('a feed tells of no more than the newest three hundred withdrawals', async () => {
  const names = Array.from({ length: 320 }, (_, at) => `p${at}`);
  const said = (name: string): string =>
    `<p>${name} ${[...name].reverse().join('')} was seen here by ${name} alone</p>`;
  const posts = names.map((name) => post(name, { text: said(name) }));
  const kept = post('kept', { text: `<p>${filler}</p>` });
  quay(...posts, kept);
  await visit(start);
  quay(...posts.slice(10), kept, ...names.slice(0, 10).map((name) => gone('quay.example', name)));
  await visit(start + hour);
  quay(kept, ...names.map((name) => gone('quay.example', name)));
  await visit(start + 2 * hour);
  const $ = tree(read('calais/atom.xml'));
  const when = $('at\\:deleted-entry')
    .toArray()
    .map((one) => $(one).attr('when'));
  expect(when).toHaveLength(300);
  expect(new Set(when)).toEqual(new Set([new Date(start + 2 * hour).toISOString()]));
});

describe.each(['atom.xml', 'feed.xml', 'feed.json'])('a second Relais that reads our %s', (file) => {
  test('follows corrections and withdrawals', async () => {
    quay(
      post('Road', { text: `<p>${report}</p>` }),
      post('Names', { text: `<p>Nur Nameless has seen it all, as everybody in the harbour knows by now.</p>` }),
    );
    await visit(start);
    const site = await startPartner((request, response) => {
      response.end(read((request.url ?? '').slice(1)));
    });
    partners.push(site);
    const second = await openHouse();
    const subscribed = `sections:\n  calais: [ "${site.url}/calais/${file}" ]\n`;
    await visit(start + hour, subscribed, second);
    expect([...told(second).keys()].sort()).toEqual(['Names', 'Road']);
    const before = told(second).get('Road');
    quay(post('Road', { text: `<p>${report.replace('three', 'four')}</p>` }), gone('quay.example', 'Names'));
    await visit(start + 2 * hour);
    await visit(start + 3 * hour, subscribed, second);
    expect([...told(second).keys()]).toEqual(['Road']);
    expect(told(second).get('Road')).toMatchObject({ id: before?.id, published: before?.published });
    expect(told(second).get('Road')?.text).toContain('four people');
    expect(carrying('Nameless', second)).toEqual([]);
    expect(read('calais/atom.xml', second)).toContain('<at:deleted-entry');
    if (hasXmllint) expect(xmllint([read('calais/atom.xml', second), read('calais/feed.xml', second)])).toBe('');
  });
});
