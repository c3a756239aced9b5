/** What groups have agreed to, read from the published files: nothing of it is anywhere where it may not be, nor too soon. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { load } from 'cheerio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Partner, type Script, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from '../pipeline/house.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 20, 3); // a Friday

let house: TestHouse;
const partners: Partner[] = [];

beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  await house.close();
  for (const partner of partners.splice(0)) await partner.close();
});

async function partner(script: Script): Promise<string> {
  const started = await startPartner(script);
  partners.push(started);
  return started.url;
}

interface Told {
  readonly name: string;
  readonly text: string;
  readonly at?: number;
  readonly more?: string;
}

const item = (host: string, { name, text, at = start - 2 * hour, more = '' }: Told): string =>
  `<item><title>${name}</title><link>https://${host}/${name}</link><guid isPermaLink="false">${host} ${name}</guid><pubDate>${new Date(at).toUTCString()}</pubDate>${more}<description><![CDATA[${text}]]></description></item>`;

const feed = (host: string, told: readonly Told[], head = ''): string =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#" xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"><channel><title>${host.split('.')[0]}</title><link>https://${host}/</link>${head}${told.map((one) => item(host, one)).join('')}</channel></rss>`;

interface Published {
  readonly path: string;
  readonly body: string;
}

/** Mail files fold their lines and mask their letters. */
function plain(path: string, body: string): string {
  if (!path.endsWith('.eml')) return body;
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function site(): Published[] {
  const { siteFolder } = house.house;
  return readdirSync(siteFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(siteFolder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path: relative(siteFolder, path), body: plain(path, readFileSync(path, 'utf8')) }));
}

/** Files that hold these words; lines of text may be broken between two. */
const carrying = (words: string): string[] =>
  site().flatMap(({ path, body }) => (body.replace(/\s+/g, ' ').includes(words) ? [path] : []));
const storyPages = (): string[] => site().flatMap(({ path }) => (path.startsWith('story/') ? [path] : []));
const file = (path: string): string => site().find((one) => one.path === path)?.body ?? '';
const titles = (): string[] => {
  const { items } = JSON.parse(file('calais/feed.json')) as { items: { title: string }[] };
  return items.map(({ title }) => title);
};

async function runAt(instant: number, yaml: string): ReturnType<TestHouse['run']> {
  house.clock.set(instant);
  const report = await house.run(yaml, { now: 'all' });
  expect(report.defects).toEqual([]);
  return report;
}

/** Of more than thirty words, so that a repost is known by them. */
const tale = (mark: string): string =>
  `${mark} came at six in the morning with dogs and trucks and cleared the whole camp beside the old harbour road. Nobody was told where to go. The tents were thrown away, and so were the papers of eleven people who had waited two years for them. We ask everyone to come on Saturday.`;

describe('a source that lets nothing be shown', () => {
  const setUp = async (): Promise<string> => {
    const secret = { name: 'Secretly', text: `<p>${tale('The guards')}</p>` };
    const open = { name: 'Openly', text: `<p>${tale('The bulldozers')}</p>`, at: start - 5 * hour };
    const url = await partner({
      '/silent': feed('silent.example', [secret, { ...open, at: start - hour, text: `<p>From quay</p>${open.text}` }]),
      '/quay': feed('quay.example', [
        open,
        {
          ...secret,
          at: start - hour,
          text: `<p>Reposted from <a href="https://silent.example/Secretly">Silent Partner</a></p>${secret.text}`,
        },
      ]),
    });
    return `sections:\n  calais:\n    digest: { at: "Fri 02:00" }\n    sources:\n      - { url: "${url}/silent", name: Silent Partner, show: SHOW }\n      - { url: "${url}/quay", name: Quay, show: full }\n`;
  };

  test('is in no file: neither its texts, nor their reposts, nor its name', async () => {
    const yaml = await setUp();
    await runAt(start, yaml.replace('SHOW', 'full'));
    expect(carrying('guards came at six').length).toBeGreaterThan(4);
    expect(carrying('Silent Partner').length).toBeGreaterThan(6);
    await runAt(start + hour, yaml.replace('SHOW', 'none'));
    for (const words of ['guards', 'Secretly', 'Silent Partner', 'silent.example']) expect(carrying(words)).toEqual([]);
    expect(titles()).toEqual(['Openly']);
    expect(storyPages()).toHaveLength(1);
    expect(carrying('reposted by')).toEqual([]);
    await runAt(start + 2 * hour, yaml.replace('SHOW', 'link'));
    expect(titles().sort()).toEqual(['Openly', 'Secretly']);
    expect(carrying('guards came at six')).toEqual([]);
  });

  test('has no digest either, and in the week before it none is left', async () => {
    const yaml = await setUp();
    await runAt(start, yaml.replace('SHOW', 'full'));
    expect(carrying('guards').some((path) => path.endsWith('digest.eml'))).toBe(true);
    await runAt(start + hour, yaml.replace('SHOW', 'none'));
    expect(carrying('guards')).toEqual([]);
    expect(carrying('bulldozers').some((path) => path.endsWith('digest.eml'))).toBe(true);
  });
});

describe('an embargo', () => {
  const setUp = async (more = ''): Promise<string> => {
    const early = { name: 'Early', text: `<p>${tale('The guards')}</p>` };
    const url = await partner({
      '/slow': feed('slow.example', [early]),
      '/quay': feed('quay.example', [
        { name: 'Later', text: '<p>Soup at noon.</p>', at: start - hour },
        {
          ...early,
          at: start - hour,
          text: `<p>Reposted from <a href="https://slow.example/Early">Slow</a></p>${early.text}`,
        },
      ]),
    });
    return `sections:\n  calais:\n    digest: { at: "Sat 02:00" }\n    sources:\n      - { url: "${url}/slow", name: Slow, show: full, embargo: 24h${more} }\n      - { url: "${url}/quay", name: Quay, show: full }\n`;
  };

  test('keeps a text and its reposts back, and ends by itself with nothing new from anybody', async () => {
    const yaml = await setUp();
    await runAt(start, yaml);
    await runAt(start + day - 1, yaml);
    expect(carrying('guards')).toEqual([]);
    expect(carrying('Early')).toEqual([]);
    const { outcomes } = await runAt(start + day, yaml);
    expect(outcomes.map(({ newItems }) => newItems)).toEqual([0, 0]);
    expect(titles()).toEqual(['Early', 'Later']); // new to subscribers, though dated before
    expect(file('calais/feed.json')).toContain(new Date(start - 2 * hour).toISOString());
    const [page = ''] = carrying('guards came at six').filter((path) => path.startsWith('story/'));
    expect(file('calais/index.html')).toContain(page);
    const { publication } = await runAt(start + day + hour, yaml);
    expect(publication).toEqual({ written: [], removed: [], defects: [] });
  });

  test('that outlasts the close of a digest puts the story into the next one', async () => {
    const yaml = await setUp();
    await runAt(start, yaml);
    await runAt(start + day, yaml); // the digest of the week has closed an hour before
    expect(carrying('Later').some((path) => path.includes('digest.txt'))).toBe(true);
    expect(carrying('Early').some((path) => path.includes('digest.txt'))).toBe(false);
    await runAt(start + 8 * day, yaml);
    const carriers = carrying('Early').filter((path) => path.includes('digest.txt'));
    expect(carriers).toHaveLength(1);
    expect(carrying('Later')).not.toContain(carriers[0]);
  });

  test('survives a run that is killed before it has noted what it has opened', async () => {
    const yaml = await setUp();
    await runAt(start, yaml);
    house.clock.set(start + day);
    const { folder } = house.house;
    const dying = { ...folder, draft: () => Promise.reject(new Error('killed')) };
    await expect(house.run(yaml, { now: 'all' }, dying)).rejects.toThrow('killed');
    await runAt(start + day + hour, yaml);
    expect(carrying('guards').filter((path) => path.startsWith('story/'))).toHaveLength(1);
  });
});

describe('an agreement', () => {
  const yaml = (url: string, until: string): string =>
    `site: { timezone: Pacific/Auckland, url: "https://news.example/" }\nsections:\n  calais:\n    - { url: "${url}/a", name: Quay, show: full, agreed: { by: Amal, on: 2026-01-01, until: ${until} } }\n`;

  test('that ends leaves links from that day on where the site is, and is told once before and once at its end', async () => {
    await house.close();
    house = await openTestHouse(start, 'network: { allow: [127.0.0.1], spacing: 0s }\n');
    const url = await partner({ '/a': feed('quay.example', [{ name: 'Kept', text: `<p>${tale('The guards')}</p>` }]) });
    const end = Date.UTC(2026, 11, 25) - 13 * hour; // midnight in Auckland, in summer
    const before = await runAt(start, yaml(url, '2026-12-25'));
    expect(before.news).toEqual([]);
    expect(carrying('Nobody was told').length).toBeGreaterThan(2);
    const soon = await runAt(end - 30 * day, yaml(url, '2026-12-25'));
    expect(soon.news.map(({ kind, words }) => [kind, words.slice(0, 48)])).toEqual([
      ['agreement', 'The agreement with Amal ends on 2026-12-25; from'],
    ]);
    expect((await runAt(end - 1, yaml(url, '2026-12-25'))).news).toEqual([]);
    expect(carrying('Nobody was told').length).toBeGreaterThan(2);
    const ended = await runAt(end, yaml(url, '2026-12-25'));
    expect(ended.news.map(({ words }) => words)).toEqual([expect.stringContaining('ended on 2026-12-25')]);
    expect(carrying('Nobody was told')).toEqual([]);
    expect(titles()).toEqual(['Kept']);
    expect((await runAt(end + hour, yaml(url, '2026-12-25'))).news).toEqual([]);
    expect((await house.house.library.news(0)).filter(({ kind }) => kind === 'agreement')).toHaveLength(2);
    await runAt(end + day, yaml(url, '2028-12-25'));
    expect(carrying('Nobody was told').length).toBeGreaterThan(2);
  });
});

describe('the licence of an item', () => {
  const long = `<p>First sentence of the text. Second sentence of it.</p><p>${'More and more words follow. '.repeat(30)}</p><p>The very last words.</p>`;
  const setUp = async (settings: string, told: readonly Told[], head = ''): Promise<string> => {
    const url = await partner({ '/a': feed('quay.example', told, head) });
    const yaml = `sections:\n  calais:\n    digest: { at: "Fri 02:00" }\n    sources:\n      - { url: "${url}/a", name: Quay, ${settings} }\n`;
    await runAt(start, yaml);
    return yaml;
  };
  const outputs = ['calais/index.html', 'calais/feed.xml', 'calais/atom.xml', 'calais/feed.json'];

  test('is in every output beside that item, and in none beside another', async () => {
    const licences = [
      'https://creativecommons.org/licenses/by-sa/4.0/',
      'https://creativecommons.org/licenses/by-nc-nd/3.0/fr/',
    ];
    const yaml = await setUp('show: full', [
      {
        name: 'One',
        text: long,
        more: `<creativeCommons:license>${licences[0]}</creativeCommons:license>`,
        at: start - 3 * hour,
      },
      {
        name: 'Two',
        text: `${long}<p>Licence: <a rel="license" href="${licences[1]}">this</a></p>`,
        at: start - 3 * hour,
      },
      { name: 'Three', text: long, at: start - 3 * hour },
    ]);
    const pages = outputs.map(
      (path) =>
        [
          path,
          file(path)
            .split(/<item|<entry|<article|"id":/)
            .slice(1),
        ] as const,
    );
    for (const [path, parts] of pages) {
      for (const [name, own] of [
        ['One', licences[0]],
        ['Two', licences[1]],
        ['Three', 'creativecommons.org'],
      ] as const) {
        const part = parts.find((one) => one.includes(`quay.example/${name}`)) ?? '';
        expect([path, name, part.includes(own ?? '')]).toEqual([path, name, name !== 'Three']);
      }
    }
    await runAt(start + 7 * day, yaml);
    const texts = site().filter(({ path }) => path.includes('/digest/') && path.endsWith('.txt'));
    const entries = texts.flatMap(({ body }) => body.split(/\n\n(?=\d\. )/).slice(1));
    expect(entries.map((entry) => /creativecommons\.org\/\S+/.exec(entry)?.[0]).sort()).toEqual(
      [...licences.map((one) => one.replace('https://', '')), undefined].sort(),
    );
    for (const ending of ['digest.eml', 'index.html']) {
      const [digest] = site().filter(({ path }) => path.includes('/digest/2') && path.endsWith(ending));
      for (const licence of licences) expect(digest?.body).toContain(`href="${licence}"`);
    }
  });

  test('that keeps all rights leaves an excerpt, whatever the settings say', async () => {
    await setUp(
      'show: full, licence: CC BY 4.0, agreed: { by: Amal, on: 2026-01-01 }',
      [{ name: 'One', text: long }],
      '<copyright>Tous droits réservés</copyright>',
    );
    expect(carrying('Second sentence of it.').length).toBeGreaterThan(3);
    expect(carrying('The very last words.')).toEqual([]);
    for (const path of outputs) expect(file(path)).toContain('Tous droits réservés');
    expect(carrying('CC BY 4.0').filter((path) => !path.startsWith('sources/'))).toEqual([]);
  });

  test('that is looser changes nothing', async () => {
    await setUp('show: link', [{ name: 'One', text: long, more: '<dc:rights>CC0, reprint all of it</dc:rights>' }]);
    expect(carrying('First sentence')).toEqual([]);
    expect(titles()).toEqual(['One']);
  });

  test('without derivatives leaves the text as it is, and quotes whole sentences or nothing', async () => {
    const more = '<cc:license>https://creativecommons.org/licenses/by-nd/4.0/</cc:license>';
    await setUp('show: excerpt, excerpt_words: 10', [
      { name: 'Short', text: long, more },
      { name: 'Endless', text: `<p>${'word and word '.repeat(50)}.</p>`, more },
    ]);
    expect(carrying('First sentence of the text. Second sentence of it.').length).toBeGreaterThan(3);
    expect(carrying('word and word')).toEqual([]);
    expect(titles()).toHaveLength(2);
  });
});

describe('an excerpt', () => {
  test('ends with a whole sentence and a link to the whole, in the words of the story, in every feed', async () => {
    const text = `<p>الشرطة وصلت في السادسة. ${'لم يعرف أحد إلى أين يذهب بعد ذلك. '.repeat(30)}</p>`;
    const url = await partner({ '/a': feed('quay.example', [{ name: 'One', text }]) });
    await runAt(
      start,
      `sections:\n  calais:\n    sources:\n      - { url: "${url}/a", name: Quay, lang: ar, excerpt_words: 20 }\n`,
    );
    const label = 'اقرأ النص كاملاً لدى Quay';
    const { items } = JSON.parse(file('calais/feed.json')) as { items: { content_html: string; summary: string }[] };
    const html = load(items[0]?.content_html ?? '');
    expect(html('a').last().attr('href')).toBe('https://quay.example/One');
    expect(html('p').last().text()).toBe(label);
    expect(html('p').eq(-2).text()).toMatch(/^الشرطة.*ذلك\.$/);
    expect(items[0]?.summary.endsWith(`${label}: https://quay.example/One`)).toBe(true);
    for (const path of ['calais/feed.xml', 'calais/atom.xml']) {
      const document = load(file(path), { xml: true });
      document('item > description, item > content\\:encoded, entry > summary, entry > content').each((_, element) => {
        expect(load(document(element).text())('p').last().text()).toBe(label);
      });
    }
    const [page = ''] = storyPages();
    expect(load(file(page))('.door a').text()).toBe(label);
  });
});

describe('search engines', () => {
  test.each([
    ['full', 'noindex', 'noindex'],
    ['excerpt', 'noindex', undefined],
    ['link', undefined, undefined],
  ])('are led to the authors: show: %s', async (show, ofStory, ofSection) => {
    const url = await partner({ '/a': feed('quay.example', [{ name: 'One', text: '<p>Some words.</p>' }]) });
    await runAt(start, `sections:\n  calais:\n    - { url: "${url}/a", show: ${show}, licence: CC BY 4.0 }\n`);
    const [page = ''] = storyPages();
    const robots = (path: string): string | undefined => load(file(path))('meta[name=robots]').attr('content');
    expect([robots(page), robots('calais/index.html'), robots('index.html')]).toEqual([ofStory, ofSection, undefined]);
    expect(load(file(page))('link[rel=canonical]').attr('href')).toBe('https://quay.example/One');
  });
});
