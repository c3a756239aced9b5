/**
 * A story into what all three feed formats say about it, with every decision about feeds taken: what is linked, who is
 * the author, what stands in the content, what is left out. How it is written is the formats' own business.
 */
import type { Enclosure, Language, SafeHtml, Site, Wish } from '../../model.ts';
import { licenceAddress } from '../../text/licences.ts';
import { escapeMarkup } from '../../text/safe.ts';
import { link, noHtml, paragraph, picturesAsWords, picturesFrom, plainText } from '../../text/safe-html.ts';
import { hostOf, parseUrl } from '../../text/url.ts';
import { wholeOf } from '../pages/doors.ts';
import type { StoryView } from '../views.ts';
import { type Words, wordsFor } from '../words.ts';
import { type PassedEvent, passedEvents } from './passed-on.ts';
import { cdataHtml, feedLine, isWritable, webAddress } from './safe-values.ts';

/** A group or a person, named on one line; the name is never ''. */
export interface Credited {
  readonly name: string;
  readonly url: string | undefined;
}

export interface Attachment {
  readonly url: string;
  /** MIME type; undefined where neither the partner nor the file's name says. */
  readonly type: string | undefined;
  readonly bytes: number | undefined;
  readonly title: string | undefined;
}

/** Texts are single lines, addresses have passed webAddress(), dates can be written, HTML can stand in CDATA. */
export interface FeedEntry {
  /** URI, the same in all formats and sections. */
  readonly id: string;
  /** '' where the partner gave none. */
  readonly title: string;
  /** The title, or what stands for it; never ''. */
  readonly heading: string;
  /** The original's page. */
  readonly original: string | undefined;
  /** Our page about the story; undefined while the site has no address. */
  readonly page: string | undefined;
  /** Where an item leads: the original, else our page. */
  readonly link: string | undefined;
  /** Who wrote it, or where it was seen first, as a name. */
  readonly group: Credited;
  /** Only dates say that it was first there. */
  readonly isGuess: boolean;
  /** The group first, then those who wrote it with it, then people; at least one. */
  readonly authors: readonly [Credited, ...Credited[]];
  /** All groups of a joint text; empty for a text of one group. */
  readonly jointly: readonly Credited[];
  readonly reposts: readonly (Credited & { readonly date: Date | undefined; readonly via: string | undefined })[];
  /** The author's feed, or no more than who it is where we have the text from others. */
  readonly source:
    | { readonly url: string | undefined; readonly title: string; readonly home: string | undefined }
    | undefined;
  readonly published: Date;
  readonly updated: Date;
  readonly lang: Language;
  /** All languages of the text, `lang` first. */
  readonly langs: readonly Language[];
  /** Credit and beginning. */
  readonly summaryHtml: string;
  readonly summaryText: string;
  /** Credit and as much of the text as its authors allow. */
  readonly contentHtml: string;
  readonly categories: readonly string[];
  readonly attachments: readonly Attachment[];
  readonly licence: { readonly url: string | undefined; readonly text: string } | undefined;
  /** What its authors ask of whoever passes it on. */
  readonly wish: Wish | undefined;
  readonly events: readonly PassedEvent[];
  /** We hold the author's own copy. */
  readonly isHeld: boolean;
  readonly credit: string;
}

/**
 * @param site its paths are relative to its address, where it has one
 * @returns undefined for a story that no feed can carry: withdrawn, or without an id or any date that could be written.
 *   Hole: `feed` throws for the whole feed where one item has a bad id, link or date.
 */
export function feedEntry(story: StoryView, site: Site): FeedEntry | undefined {
  const { url: siteUrl } = site;
  const words = wordsFor(story.lang, site);
  const dates = datesOf(story);
  if (story.withdrawn !== undefined || dates === undefined || parseUrl(story.id) === undefined) return undefined;
  const original = webAddress(story.url);
  const page = siteUrl === undefined ? undefined : webAddress(new URL(story.path, siteUrl).href);
  const title = feedLine(story.title);
  const group = groupOf(story);
  const jointly = jointlyOf(story);
  const credit = feedLine(story.credit);
  return {
    id: new URL(story.id).href, // as the Atom writer would normalise it, so that all three formats say the same
    title,
    heading: title || feedLine(story.heading) || group.name,
    original,
    page,
    link: original ?? page,
    group,
    isGuess: story.original.isGuess,
    authors: authorsOf(story, group, jointly, words),
    jointly,
    reposts: repostsOf(story),
    source: sourceOf(story, group),
    ...dates,
    lang: story.lang,
    langs: story.langs,
    ...textsOf(story, group.name, { siteUrl, page, words }),
    summaryText: summaryOf(story, credit, page, words),
    categories: categoriesOf(story),
    attachments: story.enclosures.flatMap(attachment),
    licence: licenceOf(story),
    wish: story.wish,
    events: passedEvents(story),
    isHeld: story.original.isHeld,
    credit,
  };
}

function datesOf(story: StoryView): { published: Date; updated: Date } | undefined {
  const { firstPublished, updated: changed } = story;
  const published = [firstPublished, changed].find(isWritable);
  const updated = isWritable(changed) && changed > firstPublished ? changed : published;
  if (published === undefined || updated === undefined) return undefined;
  return { published: new Date(published), updated: new Date(updated) };
}

/** In brackets behind a name: no name, and not ours to spread (`ContainsEmail`). */
const mailAddress = /<[^<>\s]*@[^<>\s]*>/g;

function nameLine(name: string): string {
  return feedLine(name.replace(mailAddress, ''));
}

/** Atom and JSON Feed want a name for every author: where the group has none, its host stands for it. */
function groupOf(story: StoryView): Credited {
  const { group, feed } = story.original;
  const addresses = [group.url, story.url, feed?.url].flatMap((url) => webAddress(url) ?? []);
  const name = nameLine(group.name) || addresses.map(hostOf).find((host) => host !== undefined) || '—';
  return { name, url: webAddress(group.url) };
}

/** Where only dates speak, what readers show as the author says no more than where it was seen first. */
function authorsOf(
  { original }: StoryView,
  group: Credited,
  jointly: readonly Credited[],
  words: Words,
): [Credited, ...Credited[]] {
  if (original.isGuess) return [{ ...group, name: words.firstSeenAt(group.name) }];
  const others = jointly.filter(({ name }) => name !== group.name);
  const people = [...new Set(original.authors.map((person) => nameLine(person)))].filter(
    (person) => person !== '' && ![group, ...others].some(({ name }) => name === person),
  );
  return [group, ...others, ...people.map((person) => ({ name: person, url: undefined }))];
}

function jointlyOf({ original }: StoryView): Credited[] {
  const named = original.jointly.map(({ name, url }) => ({ name: nameLine(name), url: webAddress(url) }));
  return named.filter(({ name }) => name !== '');
}

function repostsOf(story: StoryView): FeedEntry['reposts'] {
  return story.reposts.flatMap(({ group, url, date, isDated, via }) => {
    const address = webAddress(url) ?? webAddress(group.url);
    const name = nameLine(group.name) || (address === undefined ? undefined : hostOf(address));
    const from = nameLine(via?.name ?? '') || undefined;
    const day = isDated && isWritable(date) ? new Date(date) : undefined;
    return name === undefined ? [] : [{ name, url: address, date: day, via: from }];
  });
}

/** Not where nobody knows whose it is: another Relais takes this for the author's own word. */
function sourceOf(story: StoryView, group: Credited): FeedEntry['source'] {
  const url = webAddress(story.original.feed?.url);
  if ((url === undefined && story.original.isHeld) || story.original.isGuess) return undefined;
  return { url, title: feedLine(story.original.feed?.title ?? '') || group.name, home: group.url };
}

/** Plain text has no links: the address stands there, behind what it leads to. */
function summaryOf(story: StoryView, credit: string, page: string | undefined, words: Words): string {
  const beginning = feedLine(story.excerpt, 5_000);
  const whole = beginning === '' ? undefined : wholeOf(story, words, page);
  const end = whole === undefined ? '' : `${feedLine(whole.label)}: ${whole.href}`;
  return [credit, beginning, end].filter((part) => part !== '').join('\n');
}

/** Most readers show neither authors nor sources, so the credit is also the first paragraph (spec ecosystem §2.2). */
function textsOf(
  story: StoryView,
  groupName: string,
  {
    siteUrl,
    page,
    words,
  }: { readonly siteUrl: string | undefined; readonly page: string | undefined; readonly words: Words },
): Pick<FeedEntry, 'summaryHtml' | 'contentHtml'> {
  // Never '': an item without any content is invalid in JSON Feed, and `feed` then declares no namespaces in RSS.
  const credit: SafeHtml = story.creditHtml === '' ? plainText(groupName) : story.creditHtml;
  const body = siteUrl === undefined ? picturesAsWords(story.body) : picturesFrom(story.body, siteUrl);
  const whole = wholeOf(story, words, page);
  const end = whole === undefined ? noHtml : (`<p>${link(feedLine(whole.label), whole.href)}</p>` as const);
  const beginning = story.excerpt === '' ? noHtml : paragraph(story.excerpt);
  return {
    summaryHtml: creditedHtml(story, credit, beginning === '' ? '' : beginning + end),
    contentHtml: creditedHtml(story, credit, story.show === 'excerpt' && body !== '' ? body + end : body),
  };
}

/** Feeds carry no direction (Atom's xml:lang has none, RSS has nothing), so right-to-left text brings its own. */
function creditedHtml(story: StoryView, credit: SafeHtml, rest: string): string {
  const html = `<p>${credit}</p>${rest}`;
  if (story.dir !== 'rtl') return cdataHtml(html);
  const lang = story.lang === 'und' ? '' : ` lang="${escapeMarkup(story.lang)}"`;
  return cdataHtml(`<div dir="rtl"${lang}>${html}</div>`);
}

function categoriesOf(story: StoryView): string[] {
  const names = story.categories.map((category) => feedLine(category, 200)).filter((name) => name !== '');
  return [...new Set(names)];
}

function licenceOf({ licence }: StoryView): FeedEntry['licence'] {
  const text = feedLine(licence ?? '');
  return text === '' ? undefined : { url: webAddress(licenceAddress(text)), text };
}

// ── enclosures ───────────────────────────────────────────────────────────────────────────────────

const mimeType = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/;

/** By the ending of the file's name, where the partner gave no type. */
const typesByEnding: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  opus: 'audio/opus',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  webm: 'video/webm',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
};

function attachment({ url, type, bytes, title }: Enclosure): Attachment[] {
  const address = webAddress(url);
  if (address === undefined) return [];
  const written = type?.trim().toLowerCase() ?? '';
  const ending = /\.([a-z0-9]{1,5})$/i.exec(new URL(address).pathname)?.[1]?.toLowerCase() ?? '';
  return [
    {
      url: address,
      type: mimeType.test(written) ? written : typesByEnding[ending],
      bytes: bytes !== undefined && Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined,
      title: feedLine(title ?? '') || undefined,
    },
  ];
}
