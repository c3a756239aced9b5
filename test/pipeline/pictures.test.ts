/** Partners' pictures from their servers to our pages: asked for once, made anew, and gone with the texts they stood in. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runOnce } from '../../src/run.ts';
import { faultsOf, filesIn } from '../crash/site.ts';
import { bomb, photograph, plain } from '../darkroom/pictures.ts';
import { openDarkroomWithoutDecoder } from '../darkroom/without-decoder.ts';
import { type Answer, type Partner, type Script, startPartner } from '../partner/server.ts';
import { openTestHouse, settings as read, type TestHouse } from './house.ts';

const start = Date.parse('2026-11-20T12:00Z');
const hour = 3_600_000;
const day = 24 * hour;

let house: TestHouse;
const partners: Partner[] = [];
beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  for (const partner of partners.splice(0)) await partner.close();
  await house.close();
});

async function partner(script: Script | RequestListener): Promise<Partner> {
  const started = await startPartner(script);
  partners.push(started);
  return started;
}

const atom = (...entries: readonly string[]): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Harbour</title><id>urn:uuid:1</id>${entries.join('')}</feed>`;
const entry = (name: string, html: string): string =>
  `<entry><id>tag:harbour.example,2026:${name}</id><title>${name}</title><link href="https://harbour.example/${name}"/><updated>2026-11-19T10:00:00Z</updated><content type="html">${`<p>Text of ${name}.</p>${html}`.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</content></entry>`;
const tombstone = (name: string): string =>
  `<at:deleted-entry ref="tag:harbour.example,2026:${name}" when="2026-11-20T00:00:00Z"/>`;

const settings = (url: string, more = 'images: copy'): string =>
  `sections:\n  quay:\n    - { url: "${url}/feed", show: full, ${more} }\n`;

const page = (path: string): string => readFileSync(join(house.house.siteFolder, path), 'utf8');
const pages = (): string => ['quay/index.html', ...stories()].map(page).join('\n');
const stories = (): string[] =>
  readdirSync(join(house.house.siteFolder, 'story')).map((name) => `story/${name}/index.html`);
const filesOf = (folder: string): string[] =>
  existsSync(join(house.folder, folder)) ? readdirSync(join(house.folder, folder)) : [];
const askedFor = (one: Partner, path: string): number => one.requests.filter((request) => request.path === path).length;
const isShown = (): boolean => pages().includes('<img');
const isLinked = (): boolean => /<a href="http:[^"]*\/sea\.jpg"[^>]*>the sea<\/a>/.test(page('quay/index.html'));

/** A partner with one text, in which one picture stands. */
const withPicture = (answer: Answer | readonly Answer[], name = '/sea.jpg'): Promise<Partner> =>
  partner({
    '/feed': (request, response) =>
      response.end(
        atom(
          entry('One', `<p><img src="http://${request.headers.host}${name}" alt="the sea" width="9" height="9"></p>`),
        ),
      ),
    [name]: answer,
  });

test('a picture is shown from our site: upright, small, without place and device, and asked for once', async () => {
  const sea = await withPicture({ body: await photograph(), headers: { 'Content-Type': 'image/jpeg' } });
  const report = await house.run(settings(sea.url));
  expect(report.defects).toEqual([]);
  const [file = ''] = filesOf('site/images');
  expect(file).toMatch(/^[0-9a-f]{32}\.jpg$/);
  const element = (root: string): string =>
    `<img loading="lazy" decoding="async" src="${root}images/${file}" width="800" height="1600" alt="the sea" />`;
  expect(page('quay/index.html')).toContain(element('../'));
  expect(page(stories()[0] ?? '')).toContain(element('../../'));
  for (const feed of ['quay/feed.xml', 'quay/atom.xml']) expect(page(feed)).toMatch(/images\/[0-9a-f]{32}\.jpg/);
  expect(page('quay/feed.json')).toContain(`https://news.example/images/${file}`);
  const served = readFileSync(join(house.house.siteFolder, 'images', file));
  const { width, height, exif, orientation } = await sharp(served).metadata();
  expect([width, height, exif, orientation]).toEqual([800, 1_600, undefined, undefined]);
  expect(served.includes('SECRET')).toBe(false);
  expect(pages() + page('quay/feed.xml')).not.toContain(`${sea.url}/sea.jpg`);
  expect(await faultsOf(filesIn(house.house.siteFolder), 'https://news.example/', 'judge')).toEqual([]);

  expect((await house.run(settings(sea.url), { now: 'all' })).publication).toEqual({
    written: [],
    removed: [],
    defects: [],
  });
  house.clock.set(start + 2 * day);
  await house.run(settings(sea.url), { now: 'all' });
  expect(askedFor(sea, '/sea.jpg')).toBe(1);
  expect(isShown()).toBe(true);
});

describe('as the partner wants it', () => {
  test('copy, link, none, and back: no one else is asked', async () => {
    const sea = await withPicture({ body: await plain('jpeg') });
    await house.run(settings(sea.url, 'footers: once'));
    expect([isShown(), isLinked(), askedFor(sea, '/sea.jpg')]).toEqual([false, true, 0]);
    await house.run(settings(sea.url, 'images: none'));
    expect([isShown(), isLinked(), pages().includes('the sea')]).toEqual([false, false, false]);
    await house.run(settings(sea.url));
    expect([isShown(), filesOf('site/images').length]).toEqual([true, 1]);
    await house.run(settings(sea.url, 'images: link'));
    expect([isShown(), isLinked(), filesOf('site/images')]).toEqual([false, true, []]);
    await house.run(settings(sea.url));
    expect([isShown(), askedFor(sea, '/sea.jpg')]).toEqual([true, 1]);
    house.clock.set(start + day);
    await house.run(settings(sea.url, 'images: link')); // a night has passed
    house.clock.set(start + 2 * day);
    await house.run(settings(sea.url, 'images: link'));
    expect(filesOf('images')).toEqual([]);
  });

  test('only with the whole text', async () => {
    const sea = await withPicture({ body: await plain('jpeg') });
    await house.run(settings(sea.url).replace('show: full', 'show: excerpt'));
    expect([isShown(), askedFor(sea, '/sea.jpg')]).toEqual([false, 0]);
  });

  test('the stricter of author and reposter', async () => {
    const words = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ');
    const author = await partner({
      '/feed': (request, response) =>
        response.end(atom(entry('One', `<p>${words}</p><img src="http://${request.headers.host}/sea.jpg">`))),
      '/sea.jpg': { body: await plain('jpeg') },
    });
    const copy = entry('One', `<p>${words}</p><img src="${author.url}/sea.jpg">`)
      .replaceAll('harbour.example', 'pier.example')
      .replace('2026-11-19', '2026-11-20');
    const reposter = await partner({ '/feed': atom(copy).replace('Harbour', 'Pier') });
    const both = (authors: string, reposters: string): string =>
      `sections:\n  quay:\n    - { url: "${author.url}/feed", name: Harbour, show: full, images: ${authors} }\n    - { url: "${reposter.url}/feed", name: Pier, show: full, images: ${reposters} }\n`;
    await house.run(both('link', 'copy'));
    expect(stories()).toHaveLength(1);
    expect([isShown(), askedFor(author, '/sea.jpg')]).toEqual([false, 0]);
    await house.run(both('copy', 'link'));
    expect(isShown()).toBe(true); // the author's own copy is shown, and on the author's terms alone
  });
});

describe('what is no picture stays a link', () => {
  test.each([
    ['a page that calls itself a picture', () => '<!doctype html><title>Sign in</title>', '/sea.jpg'],
    ['an SVG', () => '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>', '/sea.jpg'],
    ['a bomb', () => bomb(60_000, 60_000), '/sea.jpg'],
    ['half a picture', async () => (await photograph()).subarray(0, 9_000), '/sea.jpg'],
  ])('%s', async (_what, body, name) => {
    const sea = await withPicture({ body: await body(), headers: { 'Content-Type': 'image/jpeg' } }, name);
    const { defects } = await house.run(settings(sea.url));
    expect([defects, isShown(), isLinked(), askedFor(sea, name)]).toEqual([[], false, true, 1]);
    expect(filesOf('images')).toEqual([]);
  });

  test('one behind a redirect to where no feed may lead either', async () => {
    const hidden = await partner({ '/sea.jpg': { body: await plain('jpeg') } });
    const { port } = new URL(hidden.url);
    const sea = await withPicture({ status: 302, headers: { Location: `http://127.0.0.2:${port}/sea.jpg` } });
    await house.run(settings(sea.url));
    expect([isLinked(), askedFor(sea, '/sea.jpg'), hidden.requests]).toEqual([true, 1, []]);
  });
});

test('a picture of one pixel is no picture: it is not shown, and not linked', async () => {
  const sea = await withPicture({ body: await plain('gif', 1, 1) });
  await house.run(settings(sea.url));
  expect([isShown(), isLinked(), pages().includes('the sea'), filesOf('images')]).toEqual([false, false, false, []]);
});

describe('what fails', () => {
  test('is asked for again later, and the page changes when it comes', async () => {
    const sea = await withPicture([{ status: 500 }, { body: await plain('jpeg') }]);
    await house.run(settings(sea.url));
    await house.run(settings(sea.url), { now: 'all' });
    expect([isLinked(), askedFor(sea, '/sea.jpg')]).toEqual([true, 1]);
    house.clock.set(start + hour);
    const { publication } = await house.run(settings(sea.url));
    expect([isShown(), askedFor(sea, '/sea.jpg')]).toEqual([true, 2]);
    expect(publication.written).toEqual(
      expect.arrayContaining([expect.stringMatching(/^images\//), ...stories(), 'quay/index.html', 'quay/feed.xml']),
    );
    expect(publication.written[0]).toMatch(/^images\//);
  });

  test('is given up after the fourth time', async () => {
    const sea = await withPicture({ status: 404 });
    for (let after = 0; after < 30; after++) {
      house.clock.set(start + after * 12 * hour);
      await house.run(settings(sea.url));
    }
    expect([isLinked(), askedFor(sea, '/sea.jpg')]).toEqual([true, 4]);
  });

  test('because its server wants to be left alone is nobody’s failure', async () => {
    const wait = { status: 429, headers: { 'Retry-After': '7200' } };
    const sea = await withPicture([wait, wait, wait, wait, wait, { body: await plain('jpeg') }]);
    for (let at = 0; at < 6; at++) {
      house.clock.set(start + at * 3 * hour);
      await house.run(settings(sea.url));
    }
    expect([isShown(), askedFor(sea, '/sea.jpg')]).toEqual([true, 6]);
  });
});

describe('a run', () => {
  const many = (host: string, count: number): string =>
    Array.from({ length: count }, (_, at) => `<img src="http://${host}/${at}.png">`).join('');

  test('asks one host for a dozen, the next one for a dozen more, and no story for more than forty', async () => {
    const picture = await plain('png');
    const sea = await partner((request, response) => {
      response.end(request.url === '/feed' ? atom(entry('One', many(request.headers.host ?? '', 50))) : picture);
    });
    const asked = (): number => sea.requests.filter(({ path }) => path.endsWith('.png')).length;
    const counts: number[] = [];
    for (let at = 0; at < 5; at++) {
      await house.run(settings(sea.url));
      counts.push(asked());
    }
    expect(counts).toEqual([12, 24, 36, 40, 40]);
    expect(page('quay/index.html').match(/<img/g)).toHaveLength(40);
    expect(filesOf('site/images')).toHaveLength(1); // all the same
  });

  test('that has no time left leaves pictures to the next one', async () => {
    const picture = await plain('png');
    const sea = await partner((request, response) => {
      if (request.url !== '/feed') house.clock.set(house.clock.now() + 31_000);
      response.end(request.url === '/feed' ? atom(entry('One', many(request.headers.host ?? '', 5))) : picture);
    });
    await house.run(settings(sea.url));
    expect(page('quay/index.html').match(/<img/g)).toHaveLength(2);
    await house.run(settings(sea.url));
    expect(page('quay/index.html').match(/<img/g)).toHaveLength(4);
  });

  test('that is told to stop asks for none, and publishes', async () => {
    const sea = await withPicture({ body: await plain('jpeg') });
    await house.run(settings(sea.url, 'images: link'));
    await house.run(settings(sea.url), { signal: AbortSignal.abort(new Error('told to stop')) });
    expect([isLinked(), askedFor(sea, '/sea.jpg')]).toEqual([true, 0]);
    await house.run(settings(sea.url));
    expect(isShown()).toBe(true);
  });
});

describe('with the text', () => {
  test('that its authors take back, the picture leaves the site and the disk at once', async () => {
    const picture = await photograph();
    const other = await plain('png');
    let isWithdrawn = false;
    const sea = await partner({
      '/feed': (request, response) => {
        const [one, two] = ['One', 'Two'].map((name) =>
          entry(name, `<img src="http://${request.headers.host}/${name}.jpg">`),
        );
        response.end(isWithdrawn ? atom(tombstone('One'), two ?? '') : atom(one ?? '', two ?? ''));
      },
      '/One.jpg': { body: picture },
      '/Two.jpg': { body: other },
    });
    await house.run(settings(sea.url));
    expect([filesOf('site/images').length, filesOf('images').length]).toEqual([2, 2]);
    isWithdrawn = true;
    house.clock.set(start + 2 * hour);
    const { publication } = await house.run(settings(sea.url), { now: 'all' });
    expect(publication.removed).toEqual([expect.stringMatching(/^images\/.*\.jpg$/)]);
    expect(filesOf('site/images')).toEqual([expect.stringMatching(/\.png$/)]);
    expect(filesOf('images')).toEqual(filesOf('site/images')); // not only at night
    expect(isShown()).toBe(true);
  });

  test('that its authors take back, a picture stays where another text shows it', async () => {
    let isWithdrawn = false;
    const sea = await partner({
      '/feed': (request, response) => {
        const picture = `<img src="http://${request.headers.host}/sea.jpg">`;
        response.end(atom(isWithdrawn ? tombstone('One') : entry('One', picture), entry('Two', picture)));
      },
      '/sea.jpg': { body: await plain('jpeg') },
    });
    await house.run(settings(sea.url));
    isWithdrawn = true;
    house.clock.set(start + 2 * hour);
    await house.run(settings(sea.url), { now: 'all' });
    expect(pages()).not.toContain('Text of One');
    expect([filesOf('images').length, filesOf('site/images').length, isShown()]).toEqual([1, 1, true]);
  });

  test('of a source that is stopped, it goes, and comes back when that is undone', async () => {
    const sea = await withPicture({ body: await plain('jpeg') });
    await house.run(settings(sea.url));
    const key = [...(await house.house.library.memories()).keys()][0] ?? '';
    await house.house.library.rule(key, { kind: 'stop', since: 0 }, start);
    await house.run(settings(sea.url));
    expect(filesOf('site/images')).toEqual([]);
    await house.house.library.rule(key, { kind: 'resume' }, start);
    await house.run(settings(sea.url));
    expect([isShown(), filesOf('site/images').length, askedFor(sea, '/sea.jpg')]).toEqual([true, 1, 1]);
  });
});

test('files that are lost are asked for again, and until they are here the page has links', async () => {
  const picture = { body: await plain('jpeg') };
  const sea = await withPicture([picture, { status: 500 }, picture]);
  await house.run(settings(sea.url));
  rmSync(join(house.folder, 'images'), { recursive: true });
  await house.run(settings(sea.url));
  expect([isShown(), isLinked(), filesOf('site/images')]).toEqual([false, true, []]);
  house.clock.set(start + hour);
  await house.run(settings(sea.url));
  expect([isShown(), filesOf('site/images')]).toEqual([true, filesOf('images')]);
});

test('the site has its pictures again when it was taken away, and takes no room of its own for them', async () => {
  const sea = await withPicture({ body: await plain('jpeg') });
  await house.run(settings(sea.url));
  rmSync(house.house.siteFolder, { recursive: true });
  await house.run(settings(sea.url));
  const [file = ''] = filesOf('site/images');
  const inode = (folder: string): number => statSync(join(house.folder, folder, file)).ino;
  expect(inode('site/images')).toBe(inode('images'));
  expect(askedFor(sea, '/sea.jpg')).toBe(1);
});

test('where nothing can be developed, that is said, costs no try, and the text is published', async () => {
  const sea = await withPicture({ body: await plain('jpeg') });
  const darkroom = openDarkroomWithoutDecoder();
  const limits = 'network: { allow: [127.0.0.1], spacing: 0s }\nsite: { url: "https://news.example/" }\n';
  for (let at = 0; at < 5; at++) {
    house.clock.set(start + at * 2 * day);
    const { problems } = await runOnce(read(limits + settings(sea.url)), { ...house.house, darkroom });
    expect(problems).toMatchObject([{ code: 'darkroom/not-here', happened: expect.stringContaining('sharp') }]);
    expect((await runOnce(read(limits + settings(sea.url)), { ...house.house, darkroom })).problems).toEqual([]);
  }
  expect(askedFor(sea, '/sea.jpg')).toBe(5); // each day anew, and not with every run
  await darkroom.close();
  house.clock.set(start + 10 * day);
  await house.run(settings(sea.url));
  expect(isShown()).toBe(true);
});

test('without an address of the site, pages show pictures and feeds their words', async () => {
  await house.close();
  house = await openTestHouse(start, 'network: { allow: [127.0.0.1], spacing: 0s }\n');
  const sea = await withPicture({ body: await plain('jpeg') });
  await house.run(settings(sea.url));
  expect(isShown()).toBe(true);
  expect(page('quay/feed.xml')).toContain('the sea');
  expect(page('quay/feed.xml')).not.toContain('<img');
});

test('a source that is paused or stopped is left alone, also by what asks for pictures', async () => {
  const sea = await withPicture([{ status: 500 }, { body: await plain('jpeg') }]);
  await house.run(settings(sea.url));
  const key = [...(await house.house.library.memories()).keys()][0] ?? '';
  house.clock.set(start + day);
  await house.run(settings(sea.url, 'images: copy, paused: true'));
  await house.house.library.rule(key, { kind: 'stop', since: start + day }, start); // what it brought before stays
  await house.run(settings(sea.url));
  expect([isLinked(), askedFor(sea, '/sea.jpg')]).toEqual([true, 1]);
  await house.house.library.rule(key, { kind: 'resume' }, start);
  await house.run(settings(sea.url));
  expect([isShown(), askedFor(sea, '/sea.jpg')]).toEqual([true, 2]);
});

test('a source’s own proxy is the way to its pictures too', async () => {
  const sea = await withPicture({ body: await plain('jpeg') });
  const proxy = await partner((request, response) => {
    const { pathname, host } = new URL(request.url ?? '');
    fetch(`http://${host}${pathname}`).then(async (answer) => response.end(Buffer.from(await answer.arrayBuffer())));
  });
  await house.run(settings(sea.url, `images: copy, proxy: "${proxy.url}"`));
  const asked = proxy.requests.map(({ path }) => new URL(path).pathname);
  expect(asked.filter((path) => path !== '/.well-known/relais.json')).toEqual(['/feed', '/sea.jpg']);
  expect(isShown()).toBe(true);
});

test('where no picture can be kept the news come all the same, and by night too', async () => {
  const sea = await withPicture({ body: await plain('jpeg') });
  const inTheWay = join(house.folder, 'images');
  writeFileSync(inTheWay, '');
  const report = await house.run(settings(sea.url));
  expect(report.problems.map(({ code }) => code)).toEqual(['store/pictures-failed']);
  expect([report.defects, isLinked(), askedFor(sea, '/sea.jpg')]).toEqual([[], true, 1]);
  house.clock.set(start + day);
  const { problems } = await house.run(settings(sea.url));
  expect(problems.map(({ code }) => code)).toEqual(['store/pictures-failed', 'store/pictures-failed']);
  rmSync(inTheWay);
  house.clock.set(start + 2 * day);
  expect((await house.run(settings(sea.url))).problems).toEqual([]);
  expect([isShown(), askedFor(sea, '/sea.jpg')]).toEqual([true, 3]);
});
