import { load } from 'cheerio';
import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import type { SafeHtml } from '../../src/model.ts';
import { renderDigestText } from '../../src/publish/digest-text.ts';
import { renderAbout } from '../../src/publish/pages/about-page.tsx';
import { renderDigest, renderDigestMail } from '../../src/publish/pages/digest-page.tsx';
import { renderFront } from '../../src/publish/pages/front-page.tsx';
import { renderMonth } from '../../src/publish/pages/month-page.tsx';
import { renderNowhere, renderPartner } from '../../src/publish/pages/partner-page.tsx';
import { renderSearch } from '../../src/publish/pages/search-page.tsx';
import { renderSection } from '../../src/publish/pages/section-page.tsx';
import { renderSources } from '../../src/publish/pages/sources-page.tsx';
import { renderStatus } from '../../src/publish/pages/status-page.tsx';
import { renderStory } from '../../src/publish/pages/story-page.tsx';
import { renderMoved } from '../../src/publish/pages/stubs.tsx';
import { styleSheetFor } from '../../src/publish/pages/style.ts';
import { nowherePath, sourcePath } from '../../src/publish/source-path.ts';
import type { EventView, RelatedView, StoryView } from '../../src/publish/views.ts';
import { wordsFor } from '../../src/publish/words.ts';
import {
  arabic,
  at,
  calais,
  digestView,
  hostile,
  original,
  partnerOf,
  repost,
  route,
  sea,
  sectionView,
  siteView,
  source,
  statusView,
  story,
  withdrawn,
} from './pages-views.ts';

const chained = story('chained', {
  reposts: [repost('Cook Together'), repost('Rete Porti')],
  categories: ['Calais', 'winter'],
});
const plain = story('plain', { published: at('2026-11-03T22:59Z') });
const lateNight = story('late', { published: at('2026-11-03T23:01Z') }); // the 4th in Paris
const edited = story('edited', { updated: at('2026-11-04T08:00Z') });
const licensed = story('licensed', {
  licence: 'https://creativecommons.org/licenses/by/4.0/',
  enclosures: [{ url: 'https://quay.example/a.pdf', title: 'A file' }],
  reposts: [repost('Cook Together')],
});
const stories: readonly StoryView[] = [lateNight, plain, chained, edited, arabic, hostile, withdrawn('gone')];
const sources = [
  source('Quay Watch'),
  source('Broken', {
    state: 'failing',
    since: at('2026-10-01T00:00Z'),
    reason: 'refused',
    remark: 'asked <b>403</b> times',
    home: 'javascript:alert(11)',
  }),
];
const rows = sources.map((source) => ({
  ...source,
  lastSuccess: at('2026-09-30T10:00Z'),
  lastNewItem: undefined,
  days: [
    { day: at('2026-11-03'), answered: 4, failed: 0, newItems: 3 },
    { day: at('2026-11-04'), answered: 0, failed: 9, newItems: 0 },
    { day: at('2026-11-05'), answered: 0, failed: 0, newItems: 0 },
  ],
}));
const months = ['2026-11', '2026-10', '2026-09'].map((month) => ({ month, path: `calais/${month}/`, count: 3 }));
const digest = { path: 'calais/digest/2026-w45/' };

const call: EventView = {
  index: 0,
  start: at('2026-12-05T09:00Z'),
  end: undefined,
  passes: at('2026-12-05T12:00Z'),
  days: undefined,
  title: 'March',
  place: undefined,
  url: undefined,
  isCancelled: false,
};

/** Every page of a site, by path, as publishing would lay them out. */
function wholeSite(site = siteView()): ReadonlyMap<string, string> {
  const views = [
    sectionView(calais, stories, { months, digest, sources }),
    sectionView(sea, [arabic]),
    sectionView(route, []),
  ];
  return new Map([
    ['index.html', renderFront(site, views, { day: at('2026-11-05T00:00Z'), isOld: false })],
    ['sources/index.html', renderSources(site, sources)],
    ['about/index.html', renderAbout(site)],
    ['search/index.html', renderSearch(site, undefined)],
    ['status/index.html', renderStatus(site, statusView(rows))],
    ...views.map((view) => [`${view.path}index.html`, renderSection(site, view)] as const),
    ...months.map(
      ({ month, path }) =>
        [`${path}index.html`, renderMonth(site, views[0] ?? sectionView(calais, []), month)] as const,
    ),
    [`${digest.path}index.html`, renderDigest(site, digestView(calais, stories))],
    ...stories.map((one) => [`${one.path}index.html`, renderStory(site, one)] as const),
    ['story/old/index.html', renderMoved(site, 'old', 'chained')],
    ['story/licensed/index.html', renderStory(site, licensed)],
    ...sources.map((one) => [`${sourcePath(one.key)}index.html`, renderPartner(site, partnerOf(one))] as const),
    [`${sourcePath('quay.example')}index.html`, renderPartner(site, partnerOf(source('quay.example')))],
    [`${nowherePath}index.html`, renderNowhere(site)],
  ]);
}

const pages = wholeSite();
const otherFiles = [
  'style.css',
  'search/search.js',
  'icon.svg',
  'opml.xml',
  'feed.xml',
  'atom.xml',
  'feed.json',
  `${digest.path}digest.txt`,
  `${digest.path}digest.md`,
  `${digest.path}digest.eml`,
  'calais/digest/index.html',
  'calais/digest/feed.xml',
  ...[calais, sea, route].flatMap(({ id }) => ['feed.xml', 'atom.xml', 'feed.json'].map((name) => `${id}/${name}`)),
  ...[...pages.keys()]
    .filter((path) => path.startsWith('sources/'))
    .flatMap((path) => ['feed.xml', 'atom.xml', 'feed.json'].map((name) => path.replace('index.html', name))),
];

test('a story says what it is in the words of schema.org, as a reader of microdata has it', () => {
  const of = (one: StoryView): Record<string, string[]> => {
    const $ = load(renderStory(siteView(), one));
    const article = $('[itemtype="https://schema.org/Article"]');
    expect(article).toHaveLength(1);
    const values: Record<string, string[]> = {};
    for (const element of article.find('[itemprop]').toArray()) {
      const { itemprop = '', content, href } = element.attribs;
      const owner = $(element).parents('[itemscope]').first();
      const name = owner.is(article) ? itemprop : `${owner.attr('itemprop')}.${itemprop}`;
      values[name] = [...(values[name] ?? []), content ?? href ?? ''];
    }
    return values;
  };
  expect(
    of(
      story('told', {
        licence: 'CC BY-SA 4.0',
        events: [{ ...call, place: 'Quay 3' }],
        updated: at('2026-11-04T08:00Z'),
      }),
    ),
  ).toMatchObject({
    headline: [story('told').heading],
    'author.name': ['Quay Watch'],
    mainEntityOfPage: [story('told').url],
    license: ['https://creativecommons.org/licenses/by-sa/4.0/'],
    dateModified: [expect.stringMatching(/^2026-11-04T09:00:00\+01:00$/)],
    inLanguage: ['en'],
    'about.name': ['March'],
    'about.location': ['Quay 3'],
    'about.eventStatus': ['https://schema.org/EventScheduled'],
  });
  const guessed = of(story('guessed', { original: { ...story('x').original, isGuess: true } }));
  expect(guessed['author.name']).toBeUndefined();
  const $ = load(renderStory(siteView(), hostile));
  expect($('[itemprop][href^="javascript:"], [itemprop][content^="javascript:"]')).toHaveLength(0);
});

test('every page is sound HTML, as an outside judge reads it', async () => {
  const judge = new HtmlValidate({
    root: true,
    extends: ['html-validate:recommended'],
    // How an empty element ends and how a switch is written are matters of taste; a title is as long as its authors made it.
    rules: {
      'void-style': 'off',
      'attribute-boolean-style': 'off',
      'attribute-empty-style': 'off',
      'long-title': 'off',
    },
  });
  const found = await Promise.all(
    [...pages].map(async ([path, html]) =>
      (await judge.validateString(html)).results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line, column }) => `${path}:${line}:${column} ${ruleId}: ${message}`),
      ),
    ),
  );
  expect(found.flat()).toEqual([]);
});

function page(path: string): ReturnType<typeof load> {
  return load(pages.get(path) ?? '');
}

/** Every link out of the site has the four words, and no link within it. */
function expectOutsideLinks($: ReturnType<typeof load>, isOurs = (_href: string): boolean => false): void {
  for (const element of $('a[href]').toArray()) {
    const href = $(element).attr('href') ?? '';
    const rel = ($(element).attr('rel') ?? '')
      .split(' ')
      .filter((word) => !['', 'license', 'prev', 'next'].includes(word));
    const isOut = /^https?:/.test(href) && !isOurs(href);
    expect(rel, href).toEqual(isOut ? ['noopener', 'noreferrer', 'nofollow', 'ugc'] : []);
  }
}

test('a contact that is a page is a link out like any other', () => {
  const front = renderFront(siteView({ contact: 'https://desk.example/' }), [], { day: at('2026-11-05'), isOld: true });
  const $ = load(front);
  expect($('a[href="https://desk.example/"]')).toHaveLength(1);
  expectOutsideLinks($);
});

describe.each([...pages])('%s', (path, html) => {
  const $ = load(html);

  test('is one whole document in a language, with one heading and a way past the top', () => {
    expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="[a-z-]+" dir="(ltr|rtl)">/);
    expect($('h1')).toHaveLength(1);
    expect($('main')).toHaveLength(1);
    expect($('body > a').first().attr('href')).toBe(`#${$('main').attr('id')}`);
    expect($('title').text()).not.toBe('');
    const ids = $('[id]')
      .toArray()
      .map((element) => $(element).attr('id'));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('loads nothing from anywhere else, runs nothing, asks for nothing', () => {
    // The page to search from has a script of ours, and a form that asks this site.
    const own = path === 'search/index.html' ? $('script[src="search.js"], form:not([action])') : $('');
    expect(own).toHaveLength(path === 'search/index.html' ? 2 : 0);
    const active = $('script, iframe, object, embed, form, img, video, audio, picture, source, style, base').not(own);
    expect(active).toHaveLength(0);
    expect($('[src], [srcset], [style], [data], [poster], [background], [action]').not(own)).toHaveLength(0);
    const loaded = $('link[rel=stylesheet]')
      .toArray()
      .map((element) => $(element).attr('href') ?? '');
    expect(loaded).toHaveLength(1);
    expect(loaded[0]).toMatch(/^(\.\.\/)*style\.css$/);
    for (const element of $('*').toArray()) {
      expect(Object.keys($(element).attr() ?? {}).filter((name) => name.startsWith('on'))).toEqual([]);
    }
    expect($('meta[http-equiv=Content-Security-Policy]').attr('content')).toContain("default-src 'none'");
    expect($('meta[name=referrer]').attr('content')).toBe('no-referrer');
  });

  test('vouches for nothing that it leads to elsewhere, and tells nothing there', () => {
    expectOutsideLinks($);
  });

  test('leads only to web pages, mail, and places of the site that exist', () => {
    for (const element of $('[href]').toArray()) {
      const href = $(element).attr('href') ?? '';
      if (/^(https?:|mailto:)/.test(href)) continue;
      const target = new URL(href, `https://here.invalid/${path}`);
      expect(target.host, href).toBe('here.invalid');
      const file = target.pathname.slice(1);
      expect(pages.has(file) || otherFiles.includes(file), `${path}: ${href}`).toBe(true);
      if (target.hash !== '' && file === path) expect($(target.hash), href).toHaveLength(1);
    }
  });
});

describe('a section', () => {
  const $ = page('calais/index.html');
  const entry = (uid: string): ReturnType<typeof $> => $(`#s-${uid}`);

  test('has each story once, newest first, and no withdrawn one', () => {
    const shown = $('article.h-entry')
      .toArray()
      .map((element) => $(element).attr('id'));
    expect(shown).toEqual(['s-late', 's-plain', 's-chained', 's-edited', 's-arabic', 's-hostile']);
  });

  test('groups them under the days of its time zone', () => {
    const days = $('section.day')
      .toArray()
      .map((element) => [
        $(element).find('h2 time').attr('datetime'),
        $(element).children('h2').text(),
        $(element).find('article').length,
      ]);
    expect(days).toEqual([
      ['2026-11-04', 'Wednesday 4 November 2026', 1],
      ['2026-11-03', 'Tuesday 3 November 2026', 1],
      ['2026-11-02', 'Monday 2 November 2026', 4],
    ]);
    const inLondon = load(
      renderSection(siteView({ timezone: 'Europe/London' }), sectionView(calais, [lateNight, plain])),
    );
    expect(inLondon('section.day time').first().attr('datetime')).toBe('2026-11-03');
    expect(inLondon('section.day')).toHaveLength(1);
  });

  test('says of what has no date of its own that it was seen on the day it stands under, and gives it no hour', () => {
    const site = siteView();
    const undated = story('undated', { isDated: false });
    const view = sectionView(calais, [plain, undated, chained], { months });
    const lists = [renderSection(site, view), renderMonth(site, view, '2026-11')].map((html) => load(html));
    for (const list of lists) {
      const uids = list('article.h-entry').map((_, element) => list(element).attr('id'));
      expect(uids.toArray()).toEqual(['s-plain', 's-undated', 's-chained']);
      expect(list('section.day')).toHaveLength(2);
      const shown = list('#s-undated');
      expect(shown.find('.ends').text()).toContain('Seen here on 2 November 2026');
      expect(shown.find('.dt-published')).toHaveLength(0);
      expect(shown.text()).not.toContain('10:00');
      expect(list('#s-chained .dt-published').text()).toBe('10:00');
    }
    const front = load(renderFront(site, [view], undefined));
    const lines = front('.lines li').map((_, element) => front(element).children().first().text());
    expect(lines.toArray()).toEqual(['3 November 2026', 'Seen here on 2 November 2026', '2 November 2026']);
  });

  test("a title leads to the original's page, or to ours where there is none", () => {
    expect(entry('plain').find('h3 a').attr('href')).toBe('https://quay.example/plain/');
    expect(entry('hostile').find('h3 a').attr('href')).toBe('../story/hostile/index.html');
  });

  test('the credit stands before the text, with a node for every group', () => {
    expect(entry('chained').find('.credit').text()).toContain('From Quay Watch, 2 November 2026');
    expect(entry('chained').find('.credit .chain i')).toHaveLength(3);
    expect(
      entry('chained')
        .children()
        .toArray()
        .map((element) => $(element).attr('class')?.split(' ')[0]),
    ).toEqual([undefined, 'credit', 'text', 'ends']);
  });

  test('says when, corrected when, filed where, and leads to how we know', () => {
    expect(entry('plain').find('time.dt-published').attr('datetime')).toBe('2026-11-03T23:59:00+01:00');
    expect(entry('plain').find('.dt-updated')).toHaveLength(0);
    expect(entry('edited').find('.dt-updated').text()).toBe('Corrected on 4 November 2026');
    expect(
      entry('chained')
        .find('.p-category')
        .toArray()
        .map((element) => $(element).text()),
    ).toEqual(['Calais', 'winter']);
    expect(entry('chained').find('a[href="../story/chained/index.html"]').text()).toBe('How we know');
  });

  test('tells machines who wrote it (h-entry, h-card)', () => {
    const author = entry('plain').find('.p-author.h-card');
    expect(author.find('.p-name').attr('value')).toBe('Quay Watch');
    expect(author.find('.u-url').attr('value')).toBe('https://quay.example/');
  });

  test('advertises its three feeds, in the head, in plain words, and with addresses to copy', () => {
    const head = $('link[rel=alternate]')
      .toArray()
      .map((element) => [$(element).attr('type'), $(element).attr('href')]);
    expect(head).toEqual([
      ['application/rss+xml', 'feed.xml'],
      ['application/atom+xml', 'atom.xml'],
      ['application/feed+json', 'feed.json'],
    ]);
    expect($('.opening a[href="feed.xml"]').text()).toBe('RSS feed for this section');
    expect(
      $('#subscribe input')
        .toArray()
        .map((element) => $(element).attr('value')),
    ).toEqual([
      'https://news.example/calais/feed.xml',
      'https://news.example/calais/atom.xml',
      'https://news.example/calais/feed.json',
    ]);
  });

  test('what has no feed of its own advertises that of everything', () => {
    for (const path of ['index.html', 'sources/index.html', 'status/index.html']) {
      const found = load(pages.get(path) ?? '')('link[rel=alternate]').toArray();
      expect(found.map((one) => one.attribs.href)).toEqual(
        ['feed.xml', 'atom.xml', 'feed.json'].map((file) => '../'.repeat(path.split('/').length - 1) + file),
      );
    }
  });

  test('leads to its months, its digest and its sources', () => {
    expect(
      $('.months a')
        .toArray()
        .map((element) => $(element).text()),
    ).toEqual(['November 2026', 'October 2026', 'September 2026']);
    expect($('.opening a[href="digest/2026-w45/index.html"]')).toHaveLength(1);
    expect(
      $('.sources li')
        .toArray()
        .map((element) => $(element).text().trim()),
    ).toEqual(['Quay Watch', 'Broken not answering']);
    expect($('.about').first().text()).toBe('About Calais');
  });

  test('shows the beginning of a long text with its first picture, and where the rest is', () => {
    const sentence = 'The harbour was closed at noon, and nobody was told why. ';
    const picture = '<figure><img src="images/a.jpg" width="600" height="400" alt="Closed gates" /></figure>';
    const words = `<p>${sentence}</p>${picture}<p>${sentence.repeat(30)}</p><p>The last words.</p>` as SafeHtml;
    const long = story('long', { body: words, excerpt: sentence.repeat(5).trim() });
    const list = load(renderSection(siteView(), sectionView(calais, [long, story('short')])));
    const text = list('#s-long .text');
    expect(text.text()).toContain('The harbour was closed');
    expect(text.text().split(/\s+/).length).toBeLessThan(50);
    expect(text.text().trim()).toMatch(/\.$/);
    expect(text.find('img').attr('src')).toBe('../images/a.jpg');
    expect(list('#s-long .ends a[href="../story/long/index.html"]').text()).toContain(siteView().site.title);
    expect(list('#s-short .e-content').html()).toBe(story('short').body);
  });

  test('is small enough for an old phone: long texts, many sources, twelve years', () => {
    const body = `<p>${'Ein Satz mit einigen längeren Wörtern darin. '.repeat(40)}</p>` as SafeHtml;
    const many = Array.from({ length: 25 }, (_, at) =>
      story(`long-${at}`, {
        body,
        excerpt: body.slice(3, 300),
        categories: ['evictions', 'Calais', 'police'],
        licence: 'CC BY-SA 4.0',
      }),
    );
    const old = Array.from({ length: 144 }, (_, at) => {
      const month = `${2026 - Math.floor(at / 12)}-${String(12 - (at % 12)).padStart(2, '0')}`;
      return { month, path: `calais/${month}/`, count: 30 };
    });
    const groups = Array.from({ length: 30 }, (_, at) => source(`group-${at}.example`));
    const html = renderSection(siteView(), sectionView(calais, many, { months: old, digest, sources: groups }));
    expect(Buffer.byteLength(html)).toBeLessThan(50 * 1_024);
  });

  test('an empty one says so', () => {
    expect(page('route/index.html')('.nothing').text()).toBe(wordsFor('fa', {}).nothingYet);
  });

  test('leads on to the month in which it ends, and not to what has been read on it', () => {
    const months = ['2026-12', '2026-11', '2026-10', '2026-09'].map((month) => {
      return { month, path: `calais/${month}/`, count: 3 };
    });
    const endingOn = (day: string): string | undefined => {
      const stories = ['2026-12-01T10:00:00Z', day].map((at) => story(at, { published: Date.parse(at) }));
      const $page = load(renderSection(siteView(), sectionView(calais, stories, { months })));
      return $page('a[rel=prev]').attr('href');
    };
    expect(endingOn('2026-12-01T09:00:00Z')).toBe('2026-12/index.html');
    expect(endingOn('2026-10-22T09:00:00Z')).toBe('2026-10/index.html');
    expect(endingOn('2026-09-30T22:30:00Z')).toBe('2026-10/index.html'); // in Paris it is the first already
  });

  test('a month leads to its neighbours', () => {
    const $month = page('calais/2026-10/index.html');
    expect($month('h1').text()).toBe('Calais October 2026');
    expect($month('a[rel=prev]').attr('href')).toBe('../2026-09/index.html');
    expect($month('a[rel=next]').attr('href')).toBe('../2026-11/index.html');
    expect(page('calais/2026-11/index.html')('a[rel=next]')).toHaveLength(0);
  });
});

describe('an excerpt or a link', () => {
  test('says where the whole text is', () => {
    const view = sectionView(calais, [
      story('short', { show: 'excerpt' }),
      story('bare', { show: 'link', body: '' as never, excerpt: '' }),
    ]);
    const $ = load(renderSection(siteView(), view));
    expect($('#s-short .doors .on').text()).toBe('Read the whole text at Quay Watch');
    expect($('#s-bare .doors .on').text()).toBe('Read the original');
    expect($('#s-bare .e-content')).toHaveLength(0);
  });

  test('never calls a reposter’s page the original', () => {
    const copy = repost('Cook Together');
    const orphan = story('orphan', {
      url: copy.url,
      original: { ...original, isHeld: false, url: copy.url },
      reposts: [copy],
    });
    expect(load(renderSection(siteView(), sectionView(calais, [orphan])))('.doors .on').text()).toContain(
      'at Cook Together',
    );
  });
});

describe('languages and directions', () => {
  test('an Arabic section is an Arabic page', () => {
    const $ = page('sea/index.html');
    expect([$('html').attr('lang'), $('html').attr('dir')]).toEqual(['ar', 'rtl']);
    expect($('a.skip').text()).toBe(wordsFor('ar', {}).skipToContent);
  });

  test('every story keeps its own language and direction wherever it stands', () => {
    for (const path of [
      'calais/index.html',
      'index.html',
      'calais/digest/2026-w45/index.html',
      'story/arabic/index.html',
    ]) {
      const $ = page(path);
      const title = $('.p-name')
        .filter((_, element) => $(element).text() === arabic.title)
        .closest('[dir]');
      expect([title.first().attr('lang'), title.first().attr('dir')], path).toEqual(['ar', 'rtl']);
    }
    expect(page('sea/index.html')('.e-content').attr('dir')).toBe('rtl');
  });

  test('what is written from right to left stays so when it begins with a foreign name', () => {
    const title = 'Calais والساحل';
    const place = 'Dunkerque، أمام المحطة';
    const march = { ...call, title: 'مسيرة', place };
    const told = story('march', { lang: 'ar', dir: 'rtl', events: [march] });
    const coast = { ...sea, title };
    const site = { ...siteView(), sections: [{ section: coast, path: 'sea/', count: 3 }] };
    const comingUp = [{ event: march, story: told }];
    for (const html of [
      renderSection(site, sectionView(coast, [], { comingUp })),
      renderDigest(site, digestView(coast, [], { comingUp })),
      renderDigestMail(site, digestView(coast, [], { comingUp })),
      renderFront(site, [sectionView(coast, [])], { day: at('2026-11-05'), isOld: false }),
      renderStory(site, told),
    ]) {
      const $ = load(html);
      const directions = $('body *')
        .toArray()
        .filter((one) => [title, place].includes($(one).text()) && $(one).children().length === 0)
        .map((one) => $(one).closest('[dir]').attr('dir'));
      expect(directions.length).toBeGreaterThan(0);
      expect(new Set(directions)).toEqual(new Set(['rtl']));
    }
    const latin = load(renderSection(site, sectionView({ ...sea, title: 'Calais!' }, [])));
    expect(latin('h1').attr('dir')).toBe('auto');
  });

  test('signs of a program stand as they are written in a sentence from right to left', () => {
    for (const lang of ['ar', 'fa']) {
      const view = partnerOf(source('Quay Watch', { lang }), { flaws: [{ kind: 'markup' }, { kind: 'bad-link' }] });
      const $ = load(renderPartner(siteView(), view));
      const told = $('.flaw').text();
      for (const written of ['&', '<', '&amp;', '&lt;', 'https://']) expect(told).toContain(`\u2066${written}\u2069`);
      expect(told.replace(/\u2066[^\u2069]*\u2069/g, '')).not.toMatch(/[<&]|https/);
    }
  });

  test('no dot stands behind digits of Farsi, in which a dot is a zero, and before others', () => {
    const told = story('march', { lang: 'fa', dir: 'rtl', events: [call] });
    const digest = digestView(route, [], { comingUp: [{ event: call, story: told }] });
    const site = siteView();
    const texts = [
      ...[renderDigest(site, digest), renderDigestMail(site, digest), renderStory(site, told)].map((html) =>
        load(html)('body').text(),
      ),
      renderDigestText(site, digest),
    ];
    for (const text of texts) {
      expect(text).toMatch(/[۰-۹]،\s+[۰-۹]/);
      expect(text).not.toMatch(/[۰-۹]\s*·\s*[۰-۹]/);
    }
    expect(renderDigestText(site, digestView(calais, [], { comingUp: [{ event: call, story: plain }] }))).toContain(
      'Saturday 5 December 2026 · 10:00',
    );
  });

  test('a colon stands apart in French, behind every label of ours', () => {
    const french = { ...calais, lang: 'fr' };
    const told = story('told', { lang: 'fr', licence: 'CC BY 4.0', reposts: [repost('Cook Together')] });
    const site = siteView();
    const texts = [
      renderDigestText(site, digestView(french, [told])),
      ...[
        renderDigest(site, digestView(french, [told])),
        renderDigestMail(site, digestView(french, [told])),
        renderPartner(site, partnerOf(source('Quay Watch', { lang: 'fr' }))).replace(/<pre.*?<\/pre>/gs, ''),
      ].map((html) => load(html)('body').text()),
    ];
    for (const text of texts) {
      expect(text).toMatch(/[\u00a0 ]:/);
      expect(text.replace(/https?:/g, '').match(/.*[^\u00a0\s]:.*/)).toBeNull();
    }
    expect(renderDigestText(site, digestView(calais, [story('told', { licence: 'CC BY 4.0' })]))).toContain(
      'Licence: CC BY 4.0',
    );
  });

  test('no Latin comma stands in an Arabic agreement', () => {
    const $ = load(renderPartner(siteView(), partnerOf(source('Quay Watch', { lang: 'ar' }), { tags: ['أ', 'ب'] })));
    expect($('#terms, #taken').parent().find('dd').text()).toContain('2026 · حتى');
    expect($('#taken').parent().text()).toContain('أ · ب');
  });

  test('group names are isolated', () => {
    expect(page('story/chained/index.html')('.relay .who bdi').toArray()).toHaveLength(3);
    expect(page('calais/index.html')('.sources li > bdi').toArray()).toHaveLength(2);
  });

  test('a Farsi page has the Persian date and the Gregorian one beside it', () => {
    const $ = load(renderSection(siteView(), sectionView(route, [plain])));
    expect($('.day h2').text()).toBe('سه‌شنبه ۱۲ آبان ۱۴۰۵');
    expect($('.day h2 time').attr('title')).toContain('۲۰۲۶');
    expect($('.day h2 time').attr('datetime')).toBe('2026-11-03');
  });

  test('a language without words of ours gets English ones, and says so', () => {
    const $ = load(renderSection(siteView(), sectionView({ ...calais, lang: 'nl' }, [])));
    expect($('html').attr('lang')).toBe('en');
    expect($('h1').attr('lang')).toBe('nl');
  });

  test('an unknown language is said to be unknown', () => {
    const $ = load(renderStory(siteView(), story('x', { lang: 'und' })));
    expect($('h1').attr('lang')).toBe('');
    expect($('html').attr('lang')).toBe('en');
  });
});

describe('what a partner writes stays text', () => {
  test.each([...pages].filter(([, html]) => html.includes('alert(')))('%s', (_path, html) => {
    const $ = load(html);
    expect(
      $('script, img, b, i:not(.chain i)').filter((_, element) => $(element).closest('h2 time').length === 0),
    ).toHaveLength(0);
    expect($('[href^="javascript:"], [href^="data:"]')).toHaveLength(0);
    expect(html).not.toContain('<script');
  });

  test('and is still there to read', () => {
    const $ = page('story/hostile/index.html');
    expect($('h1').text()).toBe(hostile.title);
    expect($('.because').text()).toContain('<script>alert(7)</script>');
    expect($('.attached dd').text()).toContain('<img src=x>');
    expect($('.attached dd')).toHaveLength(1);
    expect($('.attached dd').text()).toContain('1.3 MB');
  });
});

describe('a story', () => {
  const $ = page('story/chained/index.html');

  test('shows the way it came: who wrote, who passed on, how we know', () => {
    const stations = $('.relay > li')
      .toArray()
      .map((element) => $(element).find('.who').text().trim());
    expect(stations).toEqual(['Written by Quay Watch', 'Passed on by Cook Together', 'Passed on by Rete Porti']);
    expect($('.relay > li').eq(1).find('.because li').text()).toContain('reposted from Quay Watch');
    expect($('.relay > li').eq(1).find('time').attr('datetime')).toBe('2026-11-02T19:30:00+01:00');
    expect($('.relay > li').eq(1).find('.when a').attr('href')).toBe('https://cooktogether.example/copied/');
    expect($('.relay > li').first().text()).toContain('Published on the group’s own site.');
  });

  test('names nobody the author where only dates speak', () => {
    const guess = story('guess', {
      credit: 'First seen at Quay Watch',
      original: { ...original, isGuess: true },
      reposts: [repost('Cook Together', { because: [] })],
    });
    const text = load(renderStory(siteView(), guess))('.relay > li').first().text();
    expect(text).toContain('First seen at Quay Watch');
    expect(text).not.toContain('Written by');
    expect(text).toContain('Nobody says who wrote this.');
    const whole = load(renderStory(siteView(), guess));
    expect(whole('.p-author')).toHaveLength(0);
    expect(whole('.relay > li').eq(1).find('.who').text().trim()).toBe('Also published by Cook Together');
    expect(whole('.door a').text()).toBe('Read the whole text at Quay Watch');
  });

  test('says that a person has looked where one has, and gives no other reason', () => {
    const ruled = story('ruled', { original: { ...original, isRuled: true } });
    const first = load(renderStory(siteView(), ruled))('.relay > li').first();
    expect(first.find('.because li').text()).toBe(wordsFor('en', {}).ruled);
    expect(first.text()).toContain('Written by');
  });

  test('leads to what has to do with it, each in its own language and direction', () => {
    const related: RelatedView[] = [
      { kind: 'reissue', heading: 'إخلاء', group: 'Cook Together', lang: 'ar', dir: 'rtl', path: 'story/ar1/' },
      { kind: 'included', heading: 'A <week>', group: 'Digest', lang: 'en', dir: 'ltr', path: 'story/week/' },
    ];
    const $ = load(renderStory(siteView(), story('r', { related })));
    const links = $('.related a').toArray();
    expect(links.map((link) => [$(link).attr('href'), $(link).attr('lang'), $(link).attr('dir')])).toEqual([
      ['../ar1/index.html', 'ar', 'rtl'],
      ['../week/index.html', 'en', 'ltr'],
    ]);
    const rows = $('.related li')
      .toArray()
      .map((row) => $(row).text());
    expect(rows[0]).toContain(wordsFor('en', {}).links.reissue);
    expect(rows[0]).toMatch(/إخلاء\s+Cook Together · العربية/);
    expect(rows[1]).toContain(`${wordsFor('en', {}).links.included} A <week>`);
    expect(rows[1]).not.toContain('·');
    expect(load(renderStory(siteView(), story('alone')))('.related')).toHaveLength(0);
  });

  test('says so where we show a copy', () => {
    const lost = story('lost', {
      original: { ...original, isHeld: false, because: ['in its own words: “from Quay Watch:”'] },
      reposts: [repost('Cook Together')],
    });
    const first = load(renderStory(siteView(), lost))('.relay > li').first();
    expect(first.text()).toContain('Cook Together passed on');
    expect(first.text()).toContain('from Quay Watch:');
    expect(first.find('time')).toHaveLength(0);
  });

  test('names the original as the canonical page, and is itself none for search engines where it holds any of the text', () => {
    const robots = (changes: Partial<StoryView>): string | undefined =>
      load(renderStory(siteView(), story('r', changes)))('meta[name=robots]').attr('content');
    expect($('link[rel=canonical]').attr('href')).toBe('https://quay.example/chained/');
    expect(robots({ show: 'full' })).toBe('noindex');
    expect(robots({ show: 'excerpt' })).toBe('noindex');
    expect(robots({ show: 'full', licence: 'CC BY-SA 4.0' })).toBe('noindex');
    expect(robots({ show: 'link', excerpt: '' })).toBeUndefined();
  });

  test('states its licence, or that there is none', () => {
    const withLicence = load(
      renderStory(siteView(), story('l', { licence: 'https://creativecommons.org/licenses/by/4.0/' })),
    );
    expect(withLicence('a[rel~=license]').attr('href')).toBe('https://creativecommons.org/licenses/by/4.0/');
    expect(withLicence('.terms')).toHaveLength(0);
    expect($('.terms').text()).toContain('No licence stated');
  });

  test('leads back to its sections', () => {
    expect(
      $('.ways a')
        .toArray()
        .map((element) => $(element).attr('href')),
    ).toEqual(['../../calais/index.html']);
    expect(page('story/arabic/index.html')('.ways a')).toHaveLength(2);
  });

  test('a withdrawn one says so and no more', () => {
    const gone = page('story/gone/index.html');
    expect(gone('main').text()).toContain('This text was withdrawn by Quay Watch on 5 November 2026.');
    expect(gone('meta[name=robots]').attr('content')).toBe('noindex');
    expect(gone('link[rel=canonical], .e-content, .relay')).toHaveLength(0);
  });

  test('one that was joined to another leads there without a script', () => {
    const moved = page('story/old/index.html');
    expect(moved('meta[http-equiv=refresh]').attr('content')).toBe('0; url=../chained/index.html');
    expect(moved('main a').attr('href')).toBe('../chained/index.html');
    expect(moved('meta[name=robots]').attr('content')).toBe('noindex');
  });
});

describe('the front page', () => {
  const $ = page('index.html');

  test('has every section with its newest stories, credited', () => {
    expect(
      $('.station h2')
        .toArray()
        .map((element) => $(element).text()),
    ).toEqual(['Calais', 'المتوسط', 'بالکان']);
    expect($('.station').first().find('.lines > li')).toHaveLength(5);
    expect($('.station').first().find('.lines > li').first().text()).toContain('Quay Watch');
    expect($('h1').text()).toBe('Harbour News');
  });
});

describe('the sources', () => {
  const $ = page('sources/index.html');

  test('are named with their terms and their state', () => {
    const broken = $('.register > li').eq(1).text();
    expect(broken).toContain('not answering since 1 October 2026: its server does not let programs in');
    expect(broken).toContain('asked <b>403</b> times');
    expect(broken).toContain('the beginning');
    expect($('.register > li').eq(1).find('h2 a')).toHaveLength(0);
  });
});

describe('the state of the sources', () => {
  const $ = page('status/index.html');

  test('is drawn for the eye and said for everyone', () => {
    const first = $('.register > li').first();
    expect(first.find('svg').attr('aria-hidden')).toBe('true');
    const shapes = first.find('svg path').toArray();
    expect(shapes.map((element) => $(element).attr('class'))).toEqual(['ok', 'bad', 'none']);
    expect(first.text()).toContain('The last 3 days: answered on 1, no answer on 1, new texts: 3.');
    expect(first.find('dd time').attr('datetime')).toBe('2026-09-30T12:00:00+02:00');
  });

  test('is one door away from every page', () => {
    for (const [path, html] of pages) {
      const href = load(html)('.foot a[href$="status/index.html"], .foot a[href="index.html"]').attr('href');
      expect(href, path).toBeDefined();
    }
    expect(page('sources/index.html')('.opening a').attr('href')).toBe('../status/index.html');
  });

  test('runs right to left, in words of the site’s language', () => {
    const arabicPage = load(renderStatus(siteView({ lang: 'ar' }), statusView(rows)));
    expect(arabicPage('html').attr('dir')).toBe('rtl');
    expect(arabicPage('.register > li').eq(1).find('.state').text()).toContain('خادمه لا يسمح للبرامج بالدخول');
    expect(styleSheetFor({})).toContain('[dir="rtl"] .bar { transform: scaleX(-1); }');
  });

  test('holds two hundred sources in a page that a phone can open', () => {
    const days = Array.from({ length: 30 }, (_, day) => ({
      day,
      answered: 1 - (day % 2),
      failed: day % 2,
      newItems: 0,
    }));
    const many = Array.from({ length: 200 }, (_, n) => ({
      ...source(`S${n}`),
      lastSuccess: 1,
      lastNewItem: 1,
      days,
    }));
    expect(renderStatus(siteView(), statusView(many)).length).toBeLessThan(320_000);
  });
});

describe('where the site is', () => {
  test('is said where the maintainer said it', () => {
    const $ = page('calais/index.html');
    expect($('link[rel=canonical]').attr('href')).toBe('https://news.example/calais/');
    expect($('meta[property="og:url"]').attr('content')).toBe('https://news.example/calais/');
  });

  test('is left out everywhere else, and the pages still hold together', () => {
    for (const [path, html] of wholeSite(siteView({ url: undefined }))) {
      const $ = load(html);
      expect($('meta[property="og:url"]'), path).toHaveLength(0);
      if (!path.startsWith('story/')) expect($('link[rel=canonical]'), path).toHaveLength(0);
      expect($('#subscribe input'), path).toHaveLength(0);
      expect($('link[rel=stylesheet]'), path).toHaveLength(1);
    }
  });
});

describe('the mail of a digest', () => {
  test('loads nothing, links absolutely, and has its styles on its elements', () => {
    const html = renderDigestMail(siteView(), digestView(calais, stories));
    const $ = load(html);
    expect($('link, script, img, [src]')).toHaveLength(0);
    expect(html).not.toMatch(/url\(|@import/);
    for (const element of $('a').toArray()) expect($(element).attr('href')).toMatch(/^(https?:\/\/|mailto:)/);
    expectOutsideLinks($, (href) => href.startsWith('https://news.example/'));
    expect(
      $('h2')
        .toArray()
        .map((element) => $(element).text()),
    ).toContain('Story chained');
    expect($('h2')).toHaveLength(6);
    expect($(`a[href="https://news.example/${digest.path}"]`)).toHaveLength(1);
    expect($('h2[dir=rtl]').text()).toBe(arabic.title);
  });

  test('without an address of the site it leads to the originals alone', () => {
    const $ = load(renderDigestMail(siteView({ url: undefined, contact: undefined }), digestView(calais, [chained])));
    expect(
      $('a')
        .toArray()
        .map((element) => $(element).attr('href')),
    ).toEqual([
      'https://quay.example/chained/',
      'https://cooktogether.example/copied/',
      'https://reteporti.example/copied/',
      'https://quay.example/chained/',
    ]);
  });
});

describe('weight', () => {
  const weigh = (count: number): number => {
    const some = Array.from({ length: count }, (_, n) => story(`n${n}`, { reposts: [repost('Cook Together')] }));
    const written = some.map((one) => `${one.heading}${one.url}${one.url}${one.creditHtml}${one.body}`).join('');
    const html = renderSection(siteView(), sectionView(calais, some, { months, digest, sources }));
    return html.length - written.length;
  };

  test('a page and its style weigh little, and a story adds little to what partners wrote', () => {
    expect(weigh(0) + styleSheetFor({}).length).toBeLessThan(28_400);
    expect((weigh(50) - weigh(0)) / 50).toBeLessThan(800); // of these, a hundred for what two links say of where they lead
  });
});

test('a text in several languages names them, each in itself', () => {
  const bilingual = story('both', { lang: 'en', langs: ['en', 'ar', 'ckb'] });
  const $ = load(renderStory(siteView(), bilingual));
  const names = $('.particulars bdi[lang]').toArray();
  expect(names.map((one) => [one.attribs.lang, $(one).text()])).toEqual([
    ['en', 'English'],
    ['ar', 'العربية'],
    ['ckb', expect.stringMatching(/^کوردی/)],
  ]);
  expect(load(renderStory(siteView(), plain))('.particulars bdi[lang]').length).toBe(0);
  expect([$('h1').attr('dir'), load(renderStory(siteView(), arabic))('h1').attr('dir')]).toEqual(['auto', 'rtl']);
});
