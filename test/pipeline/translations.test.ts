/** One statement in several languages, from feeds on loopback to the pages and feeds of the site. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Partner, startPartner } from '../partner/server.ts';
import { type Statement, statements } from '../stories/statements.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 2, 8, 12);
const hour = 3_600_000;

let house: TestHouse;
let partner: Partner | undefined;
beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  await house.close();
  await partner?.close();
});

const hangar = (lang: string): Statement => {
  const found = statements.find((one) => one.of === 'hangar' && one.lang === lang);
  if (found === undefined) throw new RangeError(lang);
  return found;
};

interface Written extends Pick<Statement, 'lang' | 'title' | 'text'> {
  readonly guid: string;
  readonly links: string;
  readonly at?: number;
}

const atom = (name: string, entries: readonly Written[]): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>${name}</title><id>tag:${name},2026:feed</id>
${entries
  .map(
    ({ guid, links, lang, title, text, at = start - 2 * hour }) =>
      `<entry xml:lang="${lang}"><id>tag:${name},2026:${guid}</id><title>${title}</title>${links}
<published>${new Date(at).toISOString()}</published><content type="text">${text}</content></entry>`,
  )
  .join('\n')}
</feed>`;

const link = (href: string, hreflang?: string): string =>
  `<link rel="alternate" href="https://${href}"${hreflang === undefined ? '' : ` hreflang="${hreflang}"`}/>`;

const file = (path: string): string => readFileSync(join(house.house.siteFolder, path), 'utf8');

/** Title of each story on the section's page → path of its page. */
function pages(): ReadonlyMap<string, string> {
  const found = [...file('calais/index.html').matchAll(/story\/([a-z0-9]+)\/index\.html/g)].map(([path]) => path);
  return new Map([...new Set(found)].map((path) => [/<title>(.*?) – /.exec(file(path))?.[1] ?? '', path]));
}

/** What the page of a story names as its translations: language and title. */
function translationsOn(title: string): string[] {
  const page = file(pages().get(title) ?? 'none');
  const list = /<nav class="translations".*?<\/nav>/s.exec(page)?.[0] ?? '';
  return [...list.matchAll(/<a href="\.\.\/([^"]*)" rel="alternate" hreflang="(\w+)"[^>]*>(.*?)<\/a>/gs)].map(
    ([, href, lang, name]) => {
      expect(existsSync(join(house.house.siteFolder, 'story', href ?? ''))).toBe(true);
      return `${lang} ${name}`;
    },
  );
}

const guidsIn = (feed: string): number => [...file(feed).matchAll(/<guid/g)].length;

test('groups that translate each other stay stories of their own, and each page leads to the others', async () => {
  const [en, fr, de] = [hangar('en'), hangar('fr'), hangar('de')];
  const feedOf = (name: string, one: Statement): string =>
    atom(name, [{ ...one, guid: 'a', links: link(`${name}/a`), at: Date.parse(`2026-${one.day}`) }]);
  partner = await startPartner({
    '/en': { body: feedOf('en.example', en) },
    '/fr': { body: feedOf('fr.example', fr) },
    '/de': [{ body: feedOf('de.example', de) }, { body: feedOf('de.example', { ...de, title: 'Die Halle' }) }],
  });
  const sources = (names: readonly string[]): string =>
    `sections:\n  calais: [ ${names.map((name) => `"${partner?.url}/${name}"`).join(', ')} ]\n`;
  await house.run(sources(['en', 'fr']));
  expect(translationsOn(en.title)).toEqual([`fr ${fr.title}`]);
  expect(translationsOn(fr.title)).toEqual([`en ${en.title}`]);
  house.clock.set(start + hour);
  await house.run(sources(['en', 'fr', 'de']), { now: 'all' });
  expect(translationsOn(en.title)).toEqual([`de ${de.title}`, `fr ${fr.title}`]);
  expect(translationsOn(de.title)).toEqual([`en ${en.title}`, `fr ${fr.title}`]);
  house.clock.set(start + 2 * hour);
  await house.run(sources(['en', 'fr', 'de']), { now: 'all' });
  expect(translationsOn(fr.title)).toEqual(['de Die Halle', `en ${en.title}`]);
});

test('a translation credits its author as such, leads to its own page, and nothing says that the original is missing', async () => {
  const [en, fr, de] = [hangar('en'), hangar('fr'), hangar('de')];
  const translated = (name: string, one: Statement, line: string): string =>
    atom(name, [{ ...one, guid: 'a', links: link(`${name}/a`) }]).replace(
      '<content type="text">',
      `<content type="html">&lt;p>${line} &lt;a href="https://en.example/a">Harbour Watch&lt;/a>&lt;/p>`,
    );
  partner = await startPartner({
    '/en': { body: atom('en.example', [{ ...en, guid: 'a', links: link('en.example/a') }]) },
    '/fr': { body: translated('fr.example', fr, 'Traduction d’un texte de') },
    '/de': { body: translated('de.example', de, 'Übersetzung eines Textes von') },
  });
  const named = { en: 'Harbour Watch', fr: 'Quai Nord', de: 'Hafenblick' };
  const sources = Object.entries(named).map(([path, name]) => `{ url: "${partner?.url}/${path}", name: ${name} }`);
  await house.run(`sections:\n  calais: [ ${sources.join(', ')} ]\n`);
  expect(translationsOn(fr.title)).toEqual([`de ${de.title}`, `en ${en.title}`]);
  const page = file(pages().get(fr.title) ?? '');
  const text = page.replace(/<[^>]*>/g, '');
  expect(text).toContain('Par Harbour Watch · traduction publiée par Quai Nord');
  expect(text).toContain('Traduction publiée par Quai Nord');
  expect(text).not.toMatch(/ne figure pas parmi nos sources|[Rr]elayé par|2 groupes/);
  expect(/<h1[^>]*>.*?href="([^"]*)"/s.exec(page)?.[1]).toBe('https://fr.example/a');
  expect(page).toMatch(/<a href="https:\/\/en.example\/a"[^>]*>Harbour Watch</);
  const items = (JSON.parse(file('calais/feed.json')) as { items: { url: string }[] }).items;
  expect(items.map(({ url }) => url).sort()).toEqual([
    'https://de.example/a',
    'https://en.example/a',
    'https://fr.example/a',
  ]);
  for (const feed of ['calais/feed.xml', 'calais/atom.xml']) expect(file(feed)).toContain('https://fr.example/a');
});

test('what a translation is taken back from no longer leads there', async () => {
  const [en, fr] = [hangar('en'), hangar('fr')];
  const gone = `<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="tag:fr.example,2026:a" when="2026-03-08T12:00:00Z"/>`;
  const french = atom('fr.example', [{ ...fr, guid: 'a', links: link('fr.example/a') }]);
  partner = await startPartner({
    '/en': { body: atom('en.example', [{ ...en, guid: 'a', links: link('en.example/a') }]) },
    '/fr': [{ body: french }, { body: atom('fr.example', []).replace('</feed>', `${gone}</feed>`) }],
  });
  const yaml = `sections:\n  calais: [ "${partner.url}/en", "${partner.url}/fr" ]\n`;
  await house.run(yaml);
  expect(translationsOn(en.title)).toEqual([`fr ${fr.title}`]);
  house.clock.set(start + hour);
  await house.run(yaml, { now: 'all' });
  expect(translationsOn(en.title)).toEqual([]);
});

test('a site in two languages: pages that name each other are linked and never one, with hardly a word', async () => {
  const both = link('two.example/en/a', 'en') + link('two.example/fr/a', 'fr');
  const entries = [
    {
      guid: 'en',
      lang: 'en',
      title: 'Assembly on Tuesday',
      text: 'In the kitchen, at noon, with everybody.',
      links: both,
    },
    {
      guid: 'fr',
      lang: 'fr',
      title: 'Assemblée mardi',
      text: 'Dans la cuisine, à midi, avec tout le monde.',
      links: both,
    },
  ];
  partner = await startPartner({ '/feed': { body: atom('two.example', entries) } });
  await house.run(`sections:\n  calais: [ "${partner.url}/feed" ]\n`);
  expect(translationsOn('Assembly on Tuesday')).toEqual(['fr Assemblée mardi']);
  expect(translationsOn('Assemblée mardi')).toEqual(['en Assembly on Tuesday']);
  expect(file(pages().get('Assemblée mardi') ?? '')).toContain('https://two.example/fr/a');
});

test('a section can be had in one language; what is in two stands in both, and a language without stories has no feed', async () => {
  const [en, fr] = [hangar('en'), hangar('fr')];
  const entry = (guid: string, one: Pick<Statement, 'lang' | 'title' | 'text'>): Written => ({
    ...one,
    guid,
    links: link(`one.example/${guid}`),
  });
  const bilingual = entry('both', {
    lang: 'en',
    title: 'Both',
    text: `${en.text.slice(0, 300)}\n\n${fr.text.slice(0, 300)}`,
  });
  const alone = atom('one.example', [entry('a', en)]);
  const html = `<content type="html">&lt;p>${en.text.slice(0, 300)}&lt;/p>&lt;p>${fr.text.slice(0, 300)}&lt;/p></content>`;
  const all = atom('one.example', [entry('a', en), entry('b', fr), bilingual]).replace(
    /<content type="text">[^<]*\n\n[^<]*<\/content>/,
    html,
  );
  partner = await startPartner({ '/feed': [{ body: alone }, { body: all }, { body: all }] });
  const yaml = `sections:\n  calais: [ "${partner.url}/feed" ]\n`;
  await house.run(yaml);
  expect(existsSync(join(house.house.siteFolder, 'calais/in'))).toBe(false);
  house.clock.set(start + hour);
  await house.run(yaml, { now: 'all' });
  expect([guidsIn('calais/feed.xml'), guidsIn('calais/in/en/feed.xml'), guidsIn('calais/in/fr/feed.xml')]).toEqual([
    3, 2, 2,
  ]);
  const french = JSON.parse(file('calais/in/fr/feed.json')) as Record<string, unknown>;
  expect(french).toMatchObject({
    language: 'fr',
    title: expect.stringContaining('français'),
    home_page_url: 'https://news.example/calais/',
    feed_url: 'https://news.example/calais/in/fr/feed.json',
  });
  expect(file('calais/in/fr/atom.xml')).toContain('<id>tag:news.example,2026:feed/calais/in/fr</id>');
  const page = file('calais/index.html');
  for (const name of ['feed.xml', 'atom.xml', 'feed.json']) expect(page).toContain(`href="in/fr/${name}"`);
});
