/** A message is text: whatever stands in a file of the maintainer's own comes out as it was written, and as no markup. */
import { load } from 'cheerio';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageFile } from '../../src/model.ts';
import { digestDocuments } from '../../src/publish/digest.ts';
import { digestListDocuments } from '../../src/publish/digest-list.ts';
import { renderFeeds } from '../../src/publish/feeds/feeds.ts';
import { renderDigestMail } from '../../src/publish/pages/digest-page.tsx';
import { renderFront } from '../../src/publish/pages/front-page.tsx';
import { renderNowhere, renderPartner } from '../../src/publish/pages/partner-page.tsx';
import { renderSection } from '../../src/publish/pages/section-page.tsx';
import { renderSources } from '../../src/publish/pages/sources-page.tsx';
import { renderStatus } from '../../src/publish/pages/status-page.tsx';
import { renderStory } from '../../src/publish/pages/story-page.tsx';
import { renderMoved } from '../../src/publish/pages/stubs.tsx';
import type { CorrectionView, SiteView, StoryView } from '../../src/publish/views.ts';
import { compareWords, passagesOf } from '../../src/publish/word-diff.ts';
import { isMessage, type Shape, shape } from '../../src/publish/words/shape.ts';
import { speaks } from '../../src/publish/words.ts';
import {
  at,
  calais,
  digestView,
  original,
  partnerOf,
  repost,
  sectionView,
  siteView,
  source,
  statusView,
  story,
  withdrawn,
} from './pages-views.ts';

const section = { ...calais, lang: 'el' };

/** A file in which every message says this, and what is put into it. */
function saying(text: string): MessageFile {
  const filled = (one: Shape): unknown =>
    Object.fromEntries(
      Object.entries(one).map(([name, below]) => [
        name,
        isMessage(below) ? `${text}${below.map((place) => ` {${place}}`).join('')}` : filled(below),
      ]),
    );
  return { name: 'el.yaml', path: 'messages/el.yaml', text: JSON.stringify(filled(shape)) };
}

const passages = passagesOf(compareWords('Three were hurt.', 'Four were hurt.')).passages;
const correction: CorrectionView = {
  at: at('2026-11-04T10:00Z'),
  title: passages,
  text: passages,
  authors: { gone: 2, come: ['Zed'] },
  files: { gone: 1, come: [] },
  date: { from: at('2026-10-01'), to: at('2026-10-02') },
  isCallMoved: true,
  isMore: true,
  isElsewhere: true,
};
const greek = (uid: string, changes: Partial<StoryView>): StoryView => story(uid, { lang: 'el', ...changes });
const stories = [
  greek('chained', {
    show: 'excerpt',
    excerpt: 'Some.',
    reposts: [repost('Cook Together', { isBefore: at('2026-11-04T10:00Z') })],
    langs: ['el', 'fr'],
    categories: ['x'],
  }),
  greek('edited', {
    corrections: [correction],
    original: { ...original, isGuess: true },
    enclosures: [{ url: 'https://quay.example/a.pdf', title: 'A file', bytes: 3_400_000 }],
    licence: 'CC BY 4.0',
  }),
  { ...withdrawn('gone'), lang: 'el' },
];
const sources = [
  source('Quay Watch', { lang: 'el' }),
  source('Broken', { lang: 'el', state: 'failing', since: at('2026-10-01'), reason: 'refused' }),
];

/** Everything that is said in words, by path. */
async function documentsOf(site: SiteView): Promise<readonly (readonly [string, string])[]> {
  const rows = sources.map((one) => ({
    ...one,
    lastSuccess: at('2026-09-30T10:00Z'),
    lastNewItem: undefined,
    days: [],
  }));
  const view = sectionView(section, stories, { digest: { path: 'calais/digest/2026-w45/' }, sources });
  const digest = {
    ...digestView(section, stories),
    takenBack: [{ name: '', at: at('2026-11-01') }],
    corrected: stories.slice(1, 2).map((one) => ({ story: one, at: at('2026-11-02') })),
  };
  const list = { newest: [{ view: digest, updated: at('2026-11-02') }], list: [], tagPrefix: 'tag:x.example,2026:' };
  const feed = {
    id: 'tag:x.example,2026:feed',
    title: 'T',
    about: undefined,
    lang: 'el',
    path: 'calais/',
    page: 'calais/',
  };
  const feeds = renderFeeds(site, { ...feed, stories, deleted: [], newestArchive: undefined });
  return [
    ['index.html', renderFront(site, [view], { day: at('2026-11-05'), isOld: true })],
    ['sources.html', renderSources(site, sources)],
    ['status.html', renderStatus(site, statusView(rows))],
    ['section.html', renderSection(site, view)],
    ['mail.html', renderDigestMail(site, digest)],
    ...stories.map((one) => [`${one.uid}.html`, renderStory(site, one)] as const),
    ['moved.html', renderMoved(site, 'old', 'chained')],
    ...sources.map((one) => [`${one.key}.html`, renderPartner(site, partnerOf(one))] as const),
    ['nowhere.html', renderNowhere(site)],
    ['feed.xml', feeds.rss],
    ['atom.xml', feeds.atom],
    ['feed.json', feeds.json],
    ...(await digestDocuments(site, digest)).map(({ path, body }) => [path, body] as const),
    ...digestListDocuments(site, section, list).map(({ path, body }) => [`list/${path}`, body] as const),
  ];
}

/** What would be there if the words were taken for markup. */
const planted = 'x-said, script:not([type="application/ld+json"]), [onfocus]';

/** The HTML that a document holds, in as many pieces as it has. */
function markupIn(path: string, body: string): string[] {
  if (path.endsWith('.html')) return [body];
  if (path.endsWith('.json'))
    return (JSON.parse(body).items as { content_html?: string }[]).map(({ content_html: html = '' }) => html);
  if (!path.endsWith('.xml')) return [];
  const $ = load(body, { xml: true });
  expect($(planted).length, path).toBe(0);
  const escaped = $('description, content, summary, content\\:encoded').toArray();
  return escaped.map((element) => $(element).text());
}

test('any string in a message stays text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 20 }), async (some) => {
      const harmless = some.replace(/[{}]/g, '');
      const hostile = `${harmless}<x-said onfocus="a" tabindex=1>"'><script>a</script>]]>--><!--&lt;x-said>`;
      const site = siteView({ lang: 'el', messages: [saying(hostile)] });
      expect(speaks('el', site.site)).toBe(true);
      let count = 0;
      for (const [path, body] of await documentsOf(site)) {
        if (body.includes('x-said')) count += 1;
        for (const html of markupIn(path, body)) expect(load(html)(planted).length, path).toBe(0);
        if (path.endsWith('.md')) expect(body, path).not.toMatch(/(?<!\\)<(x-said|script)/);
        if (path.endsWith('.eml')) expect(body.split(/\r?\n\r?\n/, 1)[0], path).not.toMatch(/^x-said/im);
      }
      expect(count).toBeGreaterThan(15);
    }),
    { numRuns: 25 },
  );
});

test('readers see it as it was written', async () => {
  const site = siteView({ lang: 'el', messages: [saying('<x-said>&amp;')] });
  for (const [path, body] of await documentsOf(site))
    if (path.endsWith('.html')) expect(load(body)('body').text(), path).toContain('<x-said>&amp;');
});
