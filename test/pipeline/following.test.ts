/** Lists that go on at other addresses: the next page of a page, and the pages and archives of a feed (RFC 5005). */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import type { Library } from '../../src/library.ts';
import type { Outcome, SourceMemory, StoredItem } from '../../src/model.ts';
import { runPass } from '../../src/pass.ts';
import { Halt, problem } from '../../src/problems.ts';
import { runOnce } from '../../src/run.ts';
import { selfSigned } from '../partner/certificate.ts';
import { type Answer, type Partner, type Script, startPartner } from '../partner/server.ts';
import { openTestHouse, settings, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3);
const hour = 3_600_000;

let house: TestHouse;
const closing: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  await house.close();
  for (const one of closing.splice(0)) await one.close();
});

async function partner(script: Script | Parameters<typeof startPartner>[0]): Promise<Partner> {
  const started = await startPartner(script);
  closing.push(started);
  return started;
}

const asked = ({ requests }: Partner): string[] => requests.map(({ path }) => path);
const later = (ms: number): void => house.clock.set(house.clock.now() + ms);

async function run(url: string, more = '', signal?: AbortSignal): Promise<Outcome | undefined> {
  const yaml = `sections:\n  calais:\n    - { url: "${url}", every: 1h${more} }\n`;
  const { outcomes, defects } = await house.run(yaml, { now: 'all', signal });
  expect(defects).toEqual([]);
  return outcomes[0];
}

async function items(): Promise<readonly StoredItem[]> {
  const { ids } = await house.house.library.changedSince(0);
  const stories = await house.house.library.stories(ids);
  return stories.flatMap((story) => story.items).sort((one, other) => one.id - other.id);
}
const titles = async (): Promise<string[]> => (await items()).map(({ title }) => title);

async function memory(): Promise<SourceMemory | undefined> {
  return [...(await house.house.library.memories()).values()][0];
}

const names = (from: number, to: number): string[] =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, at) => `n${from + Math.sign(to - from) * at}`);

describe('the next page of a list', () => {
  const html = { 'Content-Type': 'text/html' };
  const page = (posts: readonly string[], next?: string): Answer => ({
    body: `<title>News</title><ul>${posts.map((name) => `<li><a href="/${name}">${name}</a></li>`).join('')}</ul>${
      next === undefined ? '' : `<a class="older" href="${next}">Older</a>`
    }`,
    headers: html,
  });
  const selectors = ', page: { item: li, next: .older }';

  test('is read at the first import, and then only where nothing on the first was known', async () => {
    const site = await partner({
      '/robots.txt': '',
      '/news': [
        page(names(4, 3), '/news?page=2'),
        page(names(6, 4), '/news?page=2'),
        page(names(9, 8), '/news?page=2'),
        page(names(12, 11), '/news?page=2'),
      ],
      '/news?page=2': [page(names(2, 1), '/news?page=3'), page(names(7, 5))],
    });
    expect(await run(`${site.url}/news`, selectors)).toMatchObject({ kind: 'fresh', entries: 4, newItems: 4 });
    expect(asked(site)).toEqual(['/robots.txt', '/news', '/robots.txt', '/news?page=2']);
    expect(await titles()).toEqual(names(4, 1));
    later(hour);
    expect(await run(`${site.url}/news`, selectors)).toMatchObject({ kind: 'fresh', entries: 3, newItems: 2 });
    expect(asked(site).slice(4)).toEqual(['/news']);
    later(hour);
    expect(await run(`${site.url}/news`, selectors)).toMatchObject({ kind: 'fresh', entries: 5, newItems: 3 });
    expect((await titles()).slice(6)).toEqual(['n9', 'n8', 'n7']);
    expect(asked(site).slice(5)).toEqual(['/news', '/news?page=2']); // a yes holds for a day, for either
    later(24 * hour);
    await run(`${site.url}/news`, selectors);
    expect(asked(site).slice(7)).toEqual(['/robots.txt', '/news', '/robots.txt', '/news?page=2']);
    expect((await memory())?.permissions?.map(({ url }) => url.replace(site.url, '')).sort()).toEqual([
      '/news',
      '/news?page=2',
    ]);
  });

  test('is read of a page that marks its texts, without a selector for them', async () => {
    const marked = (posts: readonly string[], next?: string): Answer => ({
      body: `<title>News</title><main class="h-feed">${posts.map((name) => `<p class="h-entry"><a class="u-url p-name" href="/${name}">${name}</a></p>`).join('')}</main>${
        next === undefined ? '' : `<a rel="next" href="${next}">Older</a>`
      }`,
      headers: html,
    });
    const script = { '/news': marked(names(4, 3), '/older'), '/older': marked(names(2, 1), '/oldest') };
    const site = await partner(script);
    expect(await run(`${site.url}/news`, ', page: { next: "a[rel=next]" }')).toMatchObject({ entries: 4, newItems: 4 });
    expect(asked(site)).not.toContain('/oldest');
    expect(await titles()).toEqual(names(4, 1));
    const other = await partner({ ...script, '/bare': page(names(9, 8), '/older') });
    await run(`${other.url}/news`);
    expect(asked(other)).not.toContain('/older');
    expect(await run(`${other.url}/bare`, ', page: { next: a }')).toMatchObject({
      kind: 'failed',
      problems: [{ code: 'parse/no-match' }],
    });
  });

  test('shows that a list which is new from top to bottom is still the list that was known', async () => {
    const known = page(names(1, 12));
    const after = [page(names(40, 21), '/news?page=2'), page(names(40, 21))];
    const site = await partner({ '/news': [known, after[0] ?? ''], '/news?page=2': page(names(20, 1)) });
    const other = await partner({ '/news': [known, after[1] ?? ''] });
    for (const { url } of [site, other]) await run(`${url}/news`, selectors);
    later(hour);
    expect(await run(`${site.url}/news`, selectors)).toMatchObject({ kind: 'fresh', newItems: 28 });
    expect(await run(`${other.url}/news`, selectors)).toMatchObject({ kind: 'held' });
  });

  test.each<[string, string, Script]>([
    ['fails', '/older', { '/older': { status: 500 } }],
    ['is closed to programs', '/older', { '/robots.txt': 'User-agent: *\nDisallow: /older' }],
    ['is no list', '/older', { '/older': { body: '<p>Nothing</p>', headers: html } }],
    ['leads to another host', '/older', { '/older': { status: 302, headers: { Location: 'http://127.0.0.1:1/' } } }],
  ])('costs nothing of the first where it %s', async (_what, next, script) => {
    const site = await partner({ '/news': page(names(2, 1), next), ...script });
    expect(await run(`${site.url}/news`, selectors)).toMatchObject({
      kind: 'fresh',
      newItems: 2,
      problems: expect.arrayContaining([expect.objectContaining({ code: 'fetch/further-page' })]) as unknown,
    });
    later(hour);
    expect(await run(`${site.url}/news`, selectors)).toMatchObject({ kind: 'unchanged' });
  });

  test.each(['', '/news', '#more', 'http://127.0.0.1:1/news', 'mailto:x@y.example', 'javascript:void(0)'])(
    'is not “%s”',
    async (next) => {
      const site = await partner({ '/robots.txt': '', '/news': page(names(2, 1), next) });
      expect(await run(`${site.url}/news`, selectors)).toMatchObject({ kind: 'fresh', newItems: 2 });
      expect(asked(site)).toEqual(['/robots.txt', '/news']);
    },
  );

  test('with entries of both on it, each comes once', async () => {
    const site = await partner({ '/news': page(names(3, 2), '/older'), '/older': page(names(3, 1)) });
    await run(`${site.url}/news`, selectors);
    expect(await titles()).toEqual(names(3, 1));
  });
});

// ── pages and archives of a feed ─────────────────────────────────────────────────────────────────

interface Feed {
  readonly posts: readonly string[];
  readonly next?: string | undefined;
  readonly archive?: string | undefined;
  readonly more?: string;
}

const entry = (name: string, words = `Text of ${name}.`): string =>
  `<entry><id>tag:quayside.example,2026:${name}</id><title>${name}</title><link href="https://quayside.example/${name}"/><updated>2026-11-19T10:00:00Z</updated><content>${words}</content></entry>`;
const atom = ({ posts, next, archive, more = '' }: Feed): string => `<feed xmlns="http://www.w3.org/2005/Atom"
  xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Quayside</title>${
    next === undefined ? '' : `<link rel="next" href="${next}"/>`
  }${archive === undefined ? '' : `<link rel="prev-archive" href="${archive}"/>`}${more}${posts.map((name) => entry(name)).join('')}</feed>`;

/** A feed whose every page names the next. */
const endless: Parameters<typeof startPartner>[0] = ({ url = '' }, response) => {
  const at = Number(/\d+/.exec(url)?.[0] ?? '0');
  response.end(atom({ posts: [`n${at}`], next: `/page/${at + 1}` }));
};

describe('the archive of a feed', () => {
  test('is read at the first import and never again, and its items are a back catalogue', async () => {
    const site = await partner({
      '/feed': [
        { body: atom({ posts: names(6, 5), archive: '/2025', next: '/page/2' }), headers: { ETag: '"1"' } },
        { body: atom({ posts: names(7, 5), archive: '/2025' }), headers: { ETag: '"2"' } },
        { status: 304 },
      ],
      '/2025': atom({ posts: names(4, 3), archive: '/2024', more: '<title>Other</title>' }),
      '/2024': { body: atom({ posts: names(2, 1) }), headers: { ETag: '"old"' } },
    });
    const url = `${site.url}/feed`;
    expect(await run(url)).toMatchObject({ kind: 'fresh', entries: 6, newItems: 6, problems: [] });
    expect(asked(site)).toEqual(['/feed', '/2025', '/2024']);
    expect(await memory()).toMatchObject({ title: 'Quayside', validators: { etag: '"1"' }, lastNewItem: start });
    expect(await titles()).toEqual([...names(6, 5), ...names(4, 3), ...names(2, 1)]);
    later(hour);
    expect(await run(url)).toMatchObject({ kind: 'fresh', newItems: 1 });
    later(hour);
    expect(await run(url)).toMatchObject({ kind: 'unchanged' });
    expect(asked(site).slice(3)).toEqual(['/feed', '/feed']);
    expect(site.requests.map(({ headers }) => headers['if-none-match'])).toEqual([
      ...[undefined, undefined, undefined],
      ...['"1"', '"2"'],
    ]);
    const announced = (await items()).filter((one) => !one.isFirstImport);
    expect(announced.map(({ title }) => title)).toEqual(['n7']);
    const [day] = await house.house.library.days(0);
    expect(day).toMatchObject({ answered: 3, newItems: 7 });
  });

  test('is announced as far as first_import allows, and listed whole', async () => {
    const site = await partner({
      '/feed': atom({ posts: ['n3'], archive: '/1' }),
      '/1': atom({ posts: ['n2', 'n1'] }),
    });
    await run(`${site.url}/feed`, ', first_import: 2');
    const published = (file: string): string => readFileSync(join(house.house.siteFolder, 'calais', file), 'utf8');
    expect(published('feed.xml').match(/<item>/g)).toHaveLength(2);
    expect(['n1', 'n2', 'n3'].filter((name) => published('index.html').includes(`>${name}<`))).toHaveLength(3);
  });

  test('may be pages, in RSS and JSON too', async () => {
    const json = (posts: readonly string[], next?: string): string =>
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Quayside',
        next_url: next,
        items: posts.map((id) => ({ id, title: id, content_text: `Text of ${id}.` })),
      });
    const rss = (posts: readonly string[], link: string): string =>
      `<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>Quayside</title>${link}${posts
        .map((name) => `<item><guid isPermaLink="false">${name}</guid><title>${name}</title></item>`)
        .join('')}</channel></rss>`;
    const site = await partner({
      '/json': json(names(4, 3), '/json/2'),
      '/json/2': json(names(2, 1)),
      '/rss': rss(['r2'], '<a:link rel="next" href="/rss/2"/>'),
      '/rss/2': rss(['r1'], ''),
    });
    await run(`${site.url}/json`);
    await run(`${site.url}/rss`);
    expect(await titles()).toEqual([...names(4, 1), 'r2', 'r1']);
  });

  test('of a thousand pages is read for ten, and for as many items as are wanted', async () => {
    const site = await partner(endless);
    expect(await run(`${site.url}/page/0`)).toMatchObject({ newItems: 11 });
    expect(asked(site)).toEqual(Array.from({ length: 11 }, (_, at) => `/page/${at}`));
    const few = await openTestHouse(start, 'network: { allow: [127.0.0.1], spacing: 0s, max_items: 12 }\n');
    closing.push(few);
    const feeds = Object.fromEntries(
      [0, 1, 2, 3].map((at) => [`/${at}`, atom({ posts: names(10 * at + 1, 10 * at + 8), next: `/${at + 1}` })]),
    );
    const other = await partner(feeds);
    const { outcomes } = await few.run(`sections: { calais: [ "${other.url}/0" ] }`);
    expect(outcomes).toMatchObject([{ newItems: 12 }]);
    expect(asked(other)).toEqual(['/0', '/1']);
  });

  test.each<[string, string, Script]>([
    ['leads to itself', '/feed', {}],
    ['leads to itself, by another place in it', '/feed#2', {}],
    ['leads in a circle', '/2', { '/2': atom({ posts: ['n1'], next: '/3' }), '/3': atom({ posts: [], next: '/2#x' }) }],
    ['leads back', '/2', { '/2': atom({ posts: ['n1'], next: '/feed' }) }],
    ['leads to another host', 'http://127.0.0.1:1/2', {}],
    ['leads to no address', 'tag:quayside.example,2026:2', {}],
  ])('that %s is followed no further', async (_what, next, script) => {
    const site = await partner({ '/feed': atom({ posts: ['n2'], next }), ...script });
    expect(await run(`${site.url}/feed`)).toMatchObject({
      kind: 'fresh',
      newItems: '/2' in script ? 2 : 1,
      problems: [],
    });
    expect(asked(site)).toEqual(['/feed', ...Object.keys(script)]);
  });

  test.each<[string, Answer]>([
    ['is no feed', { body: '<title>Nothing</title>', headers: { 'Content-Type': 'text/html' } }],
    ['is a page with entries', '<html><title>News</title><p class="h-entry">One</p>'],
    ['is not there', { status: 404 }],
    ['fails', { status: 500 }],
    ['asks us to wait', { status: 429, headers: { 'Retry-After': '3600' } }],
    ['is cut off', (request) => request.socket.destroy()],
    ['leads to another host', { status: 301, headers: { Location: 'http://127.0.0.1:1/2' } }],
  ])('of which a part %s keeps what had come, and that was the first import', async (_what, answer) => {
    const site = await partner({
      '/feed': [atom({ posts: ['n3'], next: '/2' }), atom({ posts: ['n4', 'n3'], next: '/2' })],
      '/2': atom({ posts: ['n2'], next: '/3' }),
      '/3': answer,
    });
    expect(await run(`${site.url}/feed`)).toMatchObject({
      kind: 'fresh',
      newItems: 2,
      isNewlyFailing: false,
      problems: [{ code: 'fetch/further-page', subject: { source: 'Quayside' } }],
    });
    expect(await memory()).toMatchObject({ failures: 0, problem: undefined });
    later(2 * hour);
    expect(await run(`${site.url}/feed`)).toMatchObject({ kind: 'fresh', newItems: 1 });
    expect(asked(site)).toEqual(['/feed', '/2', '/3', '/feed']);
  });

  test('never leads from https down to http', async () => {
    const { key, cert } = selfSigned(new Date(), { address: '127.0.0.1' });
    const paths: (string | undefined)[] = [];
    const server = createServer({ key, cert }, ({ url, socket }, response) => {
      paths.push(url);
      const { port } = socket.address() as AddressInfo;
      response.end(atom({ posts: ['n1'], next: `http://127.0.0.1:${port}/2` }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push({
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    });
    const file = join(house.folder, 'authority.pem');
    writeFileSync(file, cert);
    const { port } = server.address() as AddressInfo;
    const outcome = await run(`https://127.0.0.1:${port}/feed`, `, authority: "${file}"`);
    expect(outcome).toMatchObject({ kind: 'fresh', newItems: 1, problems: [] });
    expect(paths.filter((path) => path !== '/.well-known/relais.json')).toEqual(['/feed']);
  });

  test('is none where the feed is complete, or has been read before', async () => {
    const complete = await partner({ '/feed': atom({ posts: ['n1'], next: '/2', more: '<fh:complete/>' }) });
    await run(`${complete.url}/feed`);
    expect(asked(complete)).toEqual(['/feed']);
    const older = await partner({ '/feed': [atom({ posts: ['n1'] }), atom({ posts: ['n1'], next: '/2' })] });
    await run(`${older.url}/feed`);
    later(hour);
    await run(`${older.url}/feed`);
    expect(asked(older)).toEqual(['/feed', '/feed']);
  });

  test('holds older versions of what is known, and what has been taken back: neither comes', async () => {
    const gone = (name: string): string =>
      `<at:deleted-entry ref="tag:quayside.example,2026:${name}" when="2026-11-19T10:00:00Z"/>`;
    const site = await partner({
      '/feed': atom({ posts: ['n4'], archive: '/2', more: gone('n3') }),
      '/2': atom({ posts: ['n3', 'n2'], archive: '/1', more: entry('n4', 'An older text.') + gone('n1') }),
      '/1': atom({ posts: ['n2', 'n1', 'n0'] }),
    });
    expect(await run(`${site.url}/feed`)).toMatchObject({ newItems: 3, revisedItems: 0, withdrawnItems: 0 });
    expect((await items()).map(({ title, text }) => [title, text])).toEqual([
      ['n4', 'Text of n4.'],
      ['n2', 'Text of n2.'],
      ['n0', 'Text of n0.'],
    ]);
  });

  test('may hold the key that the feed is asked with: it is asked with it, and stores and tells it nowhere', async () => {
    const site = await partner(({ url = '' }, response) => {
      const next = url.startsWith('/feed') ? '/2?key=wharf-4711' : '/3?key=wharf-4711';
      if (url.startsWith('/3')) response.writeHead(404).end();
      else response.end(atom({ posts: [url.slice(1, 2)], next }));
    });
    const yaml = `network: { allow: [127.0.0.1], spacing: 0s }\nsections: { calais: [ "${site.url}/feed?key=\${KEY}" ] }\n`;
    const read = readConfig(yaml, 'sources.yaml', (name) => (name === 'KEY' ? 'wharf-4711' : undefined));
    if (read.kind !== 'config') throw new Error(JSON.stringify(read.problems));
    const { outcomes } = await runOnce(read.config, house.house);
    expect(asked(site)).toEqual(['/feed?key=wharf-4711', '/2?key=wharf-4711', '/3?key=wharf-4711']);
    expect(outcomes).toMatchObject([{ newItems: 2, problems: [{ code: 'fetch/further-page' }] }]);
    expect(JSON.stringify([outcomes, await items()])).not.toContain('4711');
  });
});

test('a first import that is stopped in the middle is done again, and nothing is lost or comes twice', async () => {
  const stop = new AbortController();
  let isStopping = true;
  const site = await partner(({ url = '' }, response) => {
    const at = Number(url.slice(1));
    if (at === 2 && isStopping) stop.abort(new Error('stopped'));
    else
      response
        .writeHead(200, { ETag: `"${at}"` })
        .end(atom({ posts: [`n${at}`], next: at < 3 ? `/${at + 1}` : undefined }));
  });
  expect(await run(`${site.url}/0`, '', stop.signal)).toMatchObject({ kind: 'fresh', newItems: 2 });
  expect(await titles()).toEqual(['n0', 'n1']);
  isStopping = false;
  later(2 * hour);
  expect(await run(`${site.url}/0`)).toMatchObject({ kind: 'fresh', newItems: 2 });
  expect(await titles()).toEqual(['n0', 'n1', 'n2', 'n3']);
  expect((await items()).every((one) => one.isFirstImport)).toBe(true);
  expect(site.requests.every(({ headers }) => headers['if-none-match'] === undefined)).toBe(true);
  later(2 * hour);
  expect(await run(`${site.url}/0`)).toMatchObject({ kind: 'unchanged' });
  expect(asked(site)).toEqual(['/0', '/1', '/2', '/0', '/1', '/2', '/3', '/0']);
});

describe('a first import that breaks off', () => {
  const chain = async (): Promise<Partner> =>
    partner(({ url = '' }, response) => {
      const at = Number(url.slice(1));
      response.end(atom({ posts: [`n${at}`], next: at < 3 ? `/${at + 1}` : undefined }));
    });
  /** The store of the house, which has had enough after so many records. */
  const failing = (records: number, error: Error): Library => {
    const { library } = house.house;
    let left = records;
    return {
      ...library,
      record: (lookup, plan, settle) => (left-- > 0 ? library.record(lookup, plan, settle) : Promise.reject(error)),
    };
  };
  const yaml = ({ url }: Partner): string => `sections: { calais: [ "${url}/0" ] }`;
  const limits = 'network: { allow: [127.0.0.1], spacing: 0s }\n';

  test('for want of a disk is done again', async () => {
    const site = await chain();
    const full = new Halt(problem('store/disk-full', {}));
    const pass = runPass(settings(limits + yaml(site)), { ...house.house, library: failing(2, full) });
    await expect(pass).rejects.toBe(full);
    later(1);
    expect((await house.run(yaml(site))).outcomes).toMatchObject([{ newItems: 2 }]);
    expect(await titles()).toEqual(['n0', 'n1', 'n2', 'n3']);
  });

  test('for a bug of ours is over, so that it happens once', async () => {
    const site = await chain();
    const bug = new Error('a bug');
    const { defects } = await runPass(settings(limits + yaml(site)), { ...house.house, library: failing(2, bug) });
    expect(defects[0]).toMatchObject({ error: bug });
    later(2 * hour);
    expect((await house.run(yaml(site))).outcomes).toMatchObject([{ kind: 'unchanged', hasRecovered: true }]);
    expect(asked(site)).toEqual(['/0', '/1', '/2', '/0']);
  });
});
