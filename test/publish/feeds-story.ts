/** Views for the tests of feeds: one story, one section, one site, each with what a test wants changed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import type { Section, Site } from '../../src/model.ts';
import type { FeedView, OriginalView, SiteView, StoryView } from '../../src/publish/views.ts';
import { joinHtml, link, noHtml, paragraph, plainText } from '../../src/text/safe-html.ts';

export const at = (text: string): number => Date.parse(text);

const calais: Section = {
  id: 'calais',
  title: 'Calais',
  about: 'News from the border at Calais',
  lang: 'en',
  digest: undefined,
  keepMs: undefined,
};
const balkans: Section = { ...calais, id: 'balkans', title: 'Balkans' };

export function site(changes: Partial<Site> = {}): SiteView {
  return {
    site: {
      title: 'No Borders News',
      url: 'https://news.example/',
      lang: 'en',
      timezone: 'Europe/Paris',
      contact: undefined,
      ...changes,
    },
    sections: [calais, balkans].map((section) => ({ section, path: `${section.id}/`, count: 1 })),
  };
}

export const original: OriginalView = {
  group: { name: 'Harbour Watch', url: 'https://harbour.example/' },
  jointly: [],
  creditAs: undefined,
  isGuess: false,
  isRuled: false,
  url: 'https://harbour.example/2026/11/eviction/',
  authors: ['Amal'],
  date: at('2026-11-02T09:00Z'),
  isDated: true,
  isHeld: true,
  translatedFrom: undefined,
  feed: { url: 'https://harbour.example/feed/', title: 'Harbour Watch' },
  because: [],
};

export function story(changes: Partial<StoryView> = {}): StoryView {
  return {
    story: 1,
    uid: 'abc123',
    id: 'tag:news.example,2026:story/abc123',
    path: 'story/abc123/',
    title: 'Eviction at the harbour',
    heading: 'Eviction at the harbour',
    url: original.url,
    show: 'full',
    body: joinHtml(paragraph('They came at six.'), paragraph('Forty tents are gone.')),
    standing: noHtml,
    excerpt: 'They came at six.',
    lang: 'en',
    langs: [changes.lang ?? 'en'],
    dir: 'ltr',
    published: at('2026-11-02T09:00Z'),
    isDated: true,
    firstPublished: changes.published ?? at('2026-11-02T09:00Z'),
    updated: at('2026-11-03T10:00Z'),
    corrections: [],
    original,
    reposts: [],
    related: [],
    credit: 'From Harbour Watch, 2 November',
    creditHtml: joinHtml(
      plainText('From '),
      link('Harbour Watch', 'https://harbour.example/2026/11/eviction/'),
      plainText(', 2 November'),
    ),
    licence: undefined,
    categories: [],
    enclosures: [],
    events: [],
    sections: ['calais'],
    translations: [],
    shownFrom: 'harbour.example',
    isCarried: true,
    wish: undefined,
    withdrawn: undefined,
    ...changes,
  };
}

/** The feed of a section. */
export function section(stories: readonly StoryView[], changes: Partial<FeedView> = {}): FeedView {
  return {
    id: 'tag:news.example,2026:feed/calais',
    title: 'Calais – No Borders News',
    about: 'News from the border at Calais',
    lang: 'en',
    path: 'calais/',
    page: 'calais/',
    stories,
    deleted: [],
    newestArchive: undefined,
    ...changes,
  };
}

/** A line as Relais and people read it: without what keeps it from looking like markup. */
export const asRead = (text = ''): string => text.replaceAll('\u2060', '');

/** The document as a tree, for looking at elements by name. */
export function tree(xml: string): ReturnType<typeof load> {
  return load(xml, { xml: true });
}

export const hasXmllint = spawnSync('xmllint', ['--version']).error === undefined;

/** What xmllint has to say about the documents; '' when all are well-formed. */
export function xmllint(documents: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'relais-xmllint-'));
  try {
    const files = documents.map((_, index) => join(folder, `${index}.xml`));
    for (const [index, file] of files.entries()) writeFileSync(file, documents[index] ?? '');
    const { stderr, status } = spawnSync('xmllint', ['--noout', ...files], { encoding: 'utf8' });
    return status === 0 ? '' : `${status} ${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
