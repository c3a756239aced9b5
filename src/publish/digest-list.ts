/** The digests of a section as a feed, in the three formats of all feeds here, and as the page that lists them. */
import type { CarryingDigest } from '../digest-library.ts';
import type { Instant, SafeHtml, Section, SiteDocument } from '../model.ts';
import { between } from '../text/between.ts';
import { licenceAddress } from '../text/licences.ts';
import { joinHtml, link, noHtml, paragraph, paragraphOf, plainText } from '../text/safe-html.ts';
import { alsoIn } from './digest-also.ts';
import { digestName } from './digest-name.ts';
import { countIn } from './digest-order.ts';
import { orderIn } from './digest-words.ts';
import { renderFeeds } from './feeds/feeds.ts';
import { publishedAt } from './pages/address.ts';
import { renderDigestList } from './pages/digest-list-page.tsx';
import { doorOf } from './pages/doors.ts';
import { type Page, pageAt } from './pages/page.ts';
import { whenInWords } from './pages/when.ts';
import type { DigestView, FeedView, SiteView, StoryView } from './views.ts';
import { colon } from './words/grammar.ts';
import { takenBackWords, wordsFor } from './words.ts';

/** A digest in the list. */
export interface ListedDigest {
  readonly digest: CarryingDigest;
  readonly count: number;
}

interface DigestList {
  /** Those that the feed carries, the newest first. */
  readonly newest: readonly { readonly view: DigestView; readonly updated: Instant }[];
  /** All, the newest first. */
  readonly list: readonly ListedDigest[];
  /** What `tag:` URIs begin with. */
  readonly tagPrefix: string;
}

/** Files in the folder `SECTION/digest/`. */
export function digestListDocuments(site: SiteView, section: Section, digests: DigestList): SiteDocument[] {
  const folder = `${section.id}/digest/`;
  const stories = digests.newest.map(({ view, updated }) => entryOf(site, view, updated, digests.tagPrefix));
  const view: FeedView = {
    id: `${digests.tagPrefix}feed/${section.id}/digest`,
    title: wordsFor(section.lang, site.site).digestsOf(section.title),
    about: section.about,
    lang: section.lang,
    path: folder,
    page: folder,
    stories,
    deleted: [],
    newestArchive: undefined,
  };
  const { rss, atom, json } = renderFeeds(site, view);
  return [
    { path: `${folder}feed.xml`, body: rss },
    { path: `${folder}atom.xml`, body: atom },
    { path: `${folder}feed.json`, body: json },
    { path: `${folder}index.html`, body: renderDigestList(site, view, section, digests.list) },
  ];
}

/** A digest as feeds carry stories: written by this site, since it is its selection; each text in it names its own authors. */
function entryOf(site: SiteView, view: DigestView, updated: Instant, tagPrefix: string): StoryView {
  const { section, name, path, start, end } = view;
  const page = pageAt(site, path, section.lang);
  const { words, moments } = page;
  const title = digestName(name, page.lang, site.site);
  const lastDay = moments.day(end - 1);
  const credit = `${moments.day(start)} – ${lastDay}${between(lastDay)}${words.stories(countIn(view))}`;
  const url = publishedAt(site.site, path);
  return {
    story: 0, // a digest is none
    uid: `${section.id}-${name}`,
    id: `${tagPrefix}digest/${section.id}/${name}`,
    path,
    title: `${section.title}${colon(page.lang)} ${title}`,
    heading: title,
    url,
    show: 'full',
    body: bodyOf(page, view),
    standing: noHtml,
    excerpt: '',
    lang: page.lang,
    langs: [page.lang],
    dir: page.dir,
    published: end,
    isDated: true,
    firstPublished: end,
    updated,
    corrections: [],
    original: {
      group: { name: site.site.title, url: site.site.url },
      jointly: [],
      creditAs: undefined,
      url,
      authors: [],
      date: end,
      isDated: true,
      isGuess: false,
      isRuled: false,
      isHeld: true,
      translatedFrom: undefined,
      feed: undefined,
      because: [],
    },
    reposts: [],
    related: [],
    credit,
    creditHtml: plainText(credit),
    licence: undefined,
    wish: undefined,
    categories: [],
    enclosures: [],
    events: [],
    sections: [section.id],
    translations: [],
    shownFrom: '',
    isCarried: true,
    withdrawn: undefined,
  };
}

function bodyOf(page: Page, view: DigestView): SafeHtml {
  const { words, moments } = page;
  const hasParts = view.parts.length > 1;
  const address = publishedAt(page.site.site, view.path);
  const line = (text: string, href: string | undefined): SafeHtml =>
    paragraphOf(href === undefined ? plainText(text) : link(text, href));
  return joinHtml(
    ...view.parts.flatMap(({ kind, stories }) => [
      ...(hasParts ? [paragraph(words.digestParts[kind])] : []),
      ...stories.map((story) => storyHtml(page, story)),
    ]),
    ...(view.more.length === 0 ? [] : [line(words.andMore(view.more.length), address)]),
    ...(view.comingUp.length === 0 ? [] : [paragraph(words.comingUp)]),
    ...view.comingUp.map(({ event, story }) =>
      line(
        `${whenInWords(event, moments)}${event.isCancelled ? ` (${words.cancelled})` : ''} · ${event.title} · ${story.credit}`,
        publishedAt(page.site.site, story.path),
      ),
    ),
    ...(view.corrected.length + view.takenBack.length === 0 ? [] : [paragraph(words.corrections.sinceLastDigest)]),
    ...view.corrected.map(({ story, at }) =>
      line(
        `${story.heading} · ${story.original.group.name} · ${words.corrected(moments.day(at))}`,
        publishedAt(page.site.site, story.path),
      ),
    ),
    ...view.takenBack.map(({ name, at }) => paragraph(takenBackWords(words, name, moments.day(at)))),
    paragraph(orderIn(view.section, page)),
  );
}

function storyHtml(page: Page, story: StoryView): SafeHtml {
  const { words } = page;
  const door = doorOf(story, words);
  const also = alsoIn(story, door, words);
  const said = { ...(story.lang === 'und' ? {} : { lang: story.lang }), dir: story.dir };
  const href = door?.href ?? publishedAt(page.site.site, story.path);
  const others = also?.groups.map(({ name, href: at }) => (at === undefined ? plainText(name) : link(name, at))) ?? [];
  return joinHtml(
    paragraphOf(href === undefined ? plainText(story.heading) : link(story.heading, href), said),
    paragraphOf(story.creditHtml, said),
    ...(story.excerpt === '' ? [] : [paragraph(story.excerpt, said)]),
    ...(also === undefined
      ? []
      : [paragraphOf(joinHtml(plainText(`${also.label}${colon(page.lang)} `), ...withCommas(others)))]),
    ...(story.licence === undefined ? [] : [paragraphOf(licenceHtml(page, story.licence))]),
  );
}

function licenceHtml(page: Page, licence: string): SafeHtml {
  const href = licenceAddress(licence);
  const named = href === undefined ? plainText(licence) : link(licence, href);
  return joinHtml(plainText(`${page.words.licence}${colon(page.lang)} `), named);
}

function withCommas(parts: readonly SafeHtml[]): SafeHtml[] {
  return parts.flatMap((part, at) => (at === 0 ? [part] : [plainText(', '), part]));
}
