/** Views for the tests of pages: a site with sections in three languages, stories of every kind, and hostile ones. */
import type { Instant, Section, Site } from '../../src/model.ts';
import { inOrder } from '../../src/publish/digest-order.ts';
import type { PartnerView } from '../../src/publish/partner-view.ts';
import { sourcePath } from '../../src/publish/source-path.ts';
import type {
  DigestView,
  OriginalView,
  RepostView,
  SectionView,
  SiteView,
  SourceView,
  StatusRow,
  StatusView,
  StoryView,
} from '../../src/publish/views.ts';
import { joinHtml, link, noHtml, paragraph, plainText } from '../../src/text/safe-html.ts';

export const at = (text: string): Instant => Date.parse(text);

const sectionOf = (id: string, title: string, lang: string): Section => ({
  id,
  title,
  lang,
  about: `About ${title}`,
  digest: undefined,
  keepMs: undefined,
});
export const calais = sectionOf('calais', 'Calais', 'en');
export const sea = sectionOf('sea', 'المتوسط', 'ar');
export const route = sectionOf('route', 'بالکان', 'fa');

export function siteView(changes: Partial<Site> = {}): SiteView {
  return {
    site: {
      title: 'Harbour News',
      url: 'https://news.example/',
      lang: 'en',
      timezone: 'Europe/Paris',
      contact: 'desk@news.example',
      ...changes,
    },
    sections: [calais, sea, route].map((section) => ({ section, path: `${section.id}/`, count: 1 })),
  };
}

export const original: OriginalView = {
  group: { name: 'Quay Watch', url: 'https://quay.example/' },
  jointly: [],
  creditAs: undefined,
  isGuess: false,
  isRuled: false,
  url: 'https://quay.example/2026/11/eviction/',
  authors: [],
  date: at('2026-11-02T09:00Z'),
  isDated: true,
  isHeld: true,
  translatedFrom: undefined,
  feed: { url: 'https://quay.example/feed/', title: 'Quay Watch' },
  because: [],
};

export function repost(name: string, changes: Partial<RepostView> = {}): RepostView {
  const host = name.toLowerCase().replace(/[^a-z]+/g, '');
  return {
    group: { name, url: `https://${host}.example/` },
    url: `https://${host}.example/copied/`,
    date: at('2026-11-02T18:30Z'),
    isDated: true,
    via: undefined,
    isBefore: undefined,
    because: [`in its own words: “reposted from Quay Watch;” (${name})`],
    ...changes,
  };
}

export function story(uid: string, changes: Partial<StoryView> = {}): StoryView {
  return {
    story: 1,
    uid,
    id: `tag:news.example,2026:story/${uid}`,
    path: `story/${uid}/`,
    title: `Story ${uid}`,
    heading: `Story ${uid}`,
    url: `https://quay.example/${uid}/`,
    show: 'full',
    body: joinHtml(paragraph('They came at six.'), paragraph('Forty tents are gone.')),
    standing: noHtml,
    excerpt: 'They came at six. Forty tents are gone.',
    lang: 'en',
    langs: [changes.lang ?? 'en'],
    dir: 'ltr',
    published: at('2026-11-02T09:00Z'),
    isDated: true,
    firstPublished: at('2026-11-02T09:00Z'),
    updated: at('2026-11-02T09:00Z'),
    corrections: [],
    original,
    reposts: [],
    related: [],
    credit: 'From Quay Watch, 2 November 2026',
    creditHtml: joinHtml(
      plainText('From '),
      link('Quay Watch', 'https://quay.example/'),
      plainText(', 2 November 2026'),
    ),
    licence: undefined,
    categories: [],
    enclosures: [],
    events: [],
    sections: ['calais'],
    translations: [],
    shownFrom: 'quay.example',
    isCarried: true,
    wish: undefined,
    withdrawn: undefined,
    ...changes,
  };
}

export const withdrawn = (uid: string): StoryView =>
  story(uid, {
    title: '',
    heading: '',
    url: undefined,
    show: 'link',
    body: noHtml,
    excerpt: '',
    credit: '',
    creditHtml: noHtml,
    withdrawn: { at: at('2026-11-05T10:00Z') },
  });

/** What a partner might write to break a page. */
export const hostile = story('hostile', {
  title: '</title><script>alert(1)</script> "><img src=x onerror=alert(2)> & <b>bold',
  heading: '</title><script>alert(1)</script> "><img src=x onerror=alert(2)> & <b>bold',
  url: 'javascript:alert(3)',
  lang: 'en"><script>alert(4)</script>',
  original: {
    ...original,
    group: { name: '"><script>alert(5)</script>', url: 'javascript:alert(6)' },
    authors: ['<i>x</i>'],
  },
  reposts: [
    repost('</bdi><img src=//evil.example/x>', { url: 'data:text/html,x', because: ['<script>alert(7)</script>'] }),
  ],
  categories: ['<script>alert(8)</script>'],
  enclosures: [
    { url: 'javascript:alert(9)', title: 'bad' },
    { url: 'https://quay.example/a.pdf', type: '"><script>', bytes: 1_250_000, title: '<img src=x>' },
  ],
  licence: 'javascript:alert(10)',
});

export const arabic = story('arabic', {
  title: 'ستون شخصاً في خطر (Zuwara)',
  heading: 'ستون شخصاً في خطر (Zuwara)',
  lang: 'ar',
  dir: 'rtl',
  sections: ['sea', 'calais'],
});

export function sectionView(
  section: Section,
  stories: readonly StoryView[],
  changes: Partial<SectionView> = {},
): SectionView {
  return {
    section,
    path: `${section.id}/`,
    languages: [],
    stories,
    months: [],
    digest: undefined,
    comingUp: [],
    calendar: undefined,
    sources: [],
    ...changes,
  };
}

export function source(name: string, changes: Partial<SourceView> = {}): SourceView {
  return {
    key: name,
    name,
    home: 'https://quay.example/',
    feedUrl: 'https://quay.example/feed/',
    lang: 'en',
    show: 'excerpt',
    licence: undefined,
    sections: ['calais'],
    state: 'ok',
    since: undefined,
    reason: undefined,
    remark: undefined,
    ...changes,
  };
}

export function digestView(
  section: Section,
  stories: readonly StoryView[],
  changes: Partial<DigestView> = {},
): DigestView {
  return {
    section,
    name: '2026-W45',
    path: `${section.id}/digest/2026-w45/`,
    start: at('2026-11-02T06:00Z'),
    end: at('2026-11-09T06:00Z'),
    ...inOrder(stories, { first: [], max: 20 }),
    comingUp: [],
    corrected: [],
    takenBack: [],
    ...changes,
  };
}

/** The page of a source with something of everything. */
export function partnerOf(view: SourceView, changes: Partial<PartnerView> = {}): PartnerView {
  const carried = story('carried', { reposts: [repost('Sea Rescue')] });
  return {
    source: view,
    path: sourcePath(view.key),
    everyHours: 3,
    lastNewItem: at('2026-11-04T12:00Z'),
    since: at('2026-01-04T12:00Z'),
    items: 12,
    shown: 11,
    only: [{ sections: [], part: 'title', words: ['camp', '/<b>tent/i'] }],
    skip: [],
    tags: ['news'],
    excerptWords: 60,
    images: 'link',
    creditAs: undefined,
    example: carried.creditHtml,
    embargoHours: 24,
    agreed: { on: '2026-01-01', until: '2026-12-31', isEnded: false },
    isWished: false,
    stopFile: { address: 'https://quay.example/.well-known/relais.json', text: '{ "republish": "none" }' },
    flaws: [{ kind: 'markup', line: 12, column: 7, detail: 'a bare <b onclick=alert(1)> & more' }],
    passedOn: { count: 1, newest: [story('plain', { reposts: [repost('Sea Rescue')] })] },
    reposts: { count: 40, newest: [story('late')] },
    ...changes,
  };
}

/** The status page of these rows alone. */
export function statusView(rows: readonly StatusRow[]): StatusView {
  const answering = rows.filter(({ state }) => state === 'ok').length;
  return { at: at('2026-11-05T12:00Z'), of: rows.length, answering, rows };
}
