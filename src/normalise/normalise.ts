/** One entry as a partner wrote it to one item that is safe to store, compare and show. Knows no database and no clock. */
import type { Entry, Feed, Instant, Item, Language, RawHtml, SafeHtml, Source } from '../model.ts';
import { type Problem, problem, type Subject } from '../problems.ts';
import { htmlToText } from '../text/html.ts';
import { detectLanguage } from '../text/language.ts';
import { directionOf, tagOf } from '../text/language-tags.ts';
import { plainLine } from '../text/safe.ts';
import { noHtml } from '../text/safe-html.ts';
import { safeHtmlToText } from '../text/safe-text.ts';
import { hostOf } from '../text/url.ts';
import { addressesOf, enclosuresOf, sourceOf } from './addresses.ts';
import { endsCut, stripBoilerplate } from './boilerplate.ts';
import { cleanHtml } from './clean-html.ts';
import { eventsOf } from './events.ts';
import { languagesIn, markLanguages } from './languages.ts';
import { momentsOf } from './moments.ts';
import { categoriesOf, namesOf } from './people.ts';
import { licencesOf } from './rights.ts';

/** What is known around an entry when it is read. */
export interface ReadingContext {
  readonly feed: Pick<Feed, 'lang' | 'home' | 'rights' | 'authors' | 'format'>;
  readonly source: Pick<Source, 'name' | 'lang' | 'hosts' | 'tags' | 'future'>;
  /** The source's name where it has one, else its feed's title. */
  readonly sourceTitle: string | undefined;
  /** Address the document came from. */
  readonly documentUrl: string;
  readonly now: Instant;
  /** As identity.ts named the entry. */
  readonly guid: string;
  readonly hash: string;
}

export type Normalised =
  | { readonly kind: 'item'; readonly item: Item; readonly problems: Problem[] }
  | { readonly kind: 'dropped'; readonly problem: Problem };

/**
 * Brings an entry into the form that everything after this works on.
 * @returns an item and what was wrong with it (normalise/no-date, future-date, bad-link), or normalise/empty-entry for an
 * entry with neither title nor text nor link
 */
export function normaliseEntry(entry: Entry, context: ReadingContext): Normalised {
  const { feed, source, guid, hash, documentUrl } = context;
  const addresses = addressesOf(entry, documentUrl);
  const [url] = addresses.urls;
  const title = titleOf(entry);
  const body = bodyOf(entry, url ?? feed.home ?? documentUrl, context);
  const subject = { source: source.name ?? context.sourceTitle, entry: title || plainLine(guid, 200) };
  if (title === '' && body.html === noHtml && url === undefined) {
    return { kind: 'dropped', problem: problem('normalise/empty-entry', subject, subject.entry) };
  }
  const moments = momentsOf(entry, context.now, subject, source.future === 'wait');
  const said = languageSaid(entry, body.raw, context);
  const usual = said ?? source.lang ?? heardLanguage(title, body, context);
  const { langs, isMixed } = languagesIn(body.text, usual, said !== undefined);
  const [lang] = langs;
  const item: Item = {
    guid,
    hash,
    url,
    urls: addresses.urls,
    cites: addresses.cites,
    source: sourceOf(entry.source, documentUrl),
    title,
    html: isMixed ? markLanguages(body.html, lang) : body.html,
    text: body.text,
    isExcerpt: body.isExcerpt,
    authors: namesOf(entry.authors.length > 0 ? entry.authors : feed.authors),
    lang,
    langs,
    dir: directionOf(lang),
    published: moments.published,
    publishedText: moments.publishedText,
    updated: moments.updated,
    categories: categoriesOf(entry.categories, source.tags),
    enclosures: enclosuresOf(entry.enclosures, documentUrl),
    events: eventsOf(entry.events, { title, base: url ?? documentUrl, now: context.now }),
    rights: rightsOf(entry, feed, url ?? documentUrl),
    ...(entry.wish !== undefined && { wish: entry.wish }),
  };
  return { kind: 'item', item, problems: [...moments.problems, ...badLink(addresses.unusable, subject)] };
}

/** What is said of this very text, in its element or by a link in it; the feed's word is for those that say nothing. */
function rightsOf(entry: Entry, feed: ReadingContext['feed'], base: string): string | undefined {
  const links = [entry.content, entry.summary].flatMap((raw) => licencesOf(raw, base));
  const own = [entry.rights ?? '', ...links.filter((href) => entry.rights?.includes(href) !== true)];
  return plainLine([...new Set(own)].join(' ').trim() || (feed.rights ?? '')) || undefined;
}

/** Closing tags and references of HTML as people write it. */
const stillMarkup =
  /<\/(?:a|b|em|i|u|s|strong|span|font|small|sub|sup|p|div|h[1-6])>|<br ?\/?>|&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[\da-f]{1,6});/i;

/** Software that escapes titles once too often shows its own markup to readers: that was never meant to be read. */
function titleOf(entry: Entry): string {
  const text = htmlToText(entry.title?.html ?? '');
  return plainLine(stillMarkup.test(text) ? htmlToText(text) : text);
}

function badLink(unusable: string | undefined, subject: Subject): Problem[] {
  return unusable === undefined ? [] : [problem('normalise/bad-link', subject, plainLine(unusable, 200))];
}

interface Body {
  readonly html: SafeHtml;
  readonly text: string;
  readonly isExcerpt: boolean;
  /** The markup it was made of. */
  readonly raw: RawHtml | undefined;
}

/** The fullest text there is: the content, or the summary where the content comes to nothing. */
function bodyOf(entry: Entry, base: string, context: ReadingContext): Body {
  const ownNames = (): readonly string[] => ownNamesOf(context);
  for (const raw of [entry.content, entry.summary]) {
    if (raw === undefined) continue;
    const { html: clean, text: whole } = cleanHtml(raw, base);
    if (whole === '' && !clean.includes('<img')) continue;
    const { html, isExcerpt } = stripBoilerplate(clean, whole, ownNames);
    const text = html === clean ? whole : safeHtmlToText(html);
    const isSummary = raw === entry.summary;
    // Full texts may end in an ellipsis for effect; a summary that does was cut, and a list page shows only beginnings.
    const isCut =
      isSummary && (context.feed.format === 'page' || /(?:…|\.\.\.)\s*$/u.test(text.slice(-10)) || endsCut(text));
    return { html, text, isExcerpt: isExcerpt || isCut, raw };
  }
  return { html: noHtml, text: '', isExcerpt: false, raw: undefined };
}

function ownNamesOf({ source, sourceTitle, feed, documentUrl }: ReadingContext): string[] {
  const names = [source.name, sourceTitle, ...source.hosts, hostOf(feed.home ?? ''), hostOf(documentUrl)];
  return names.filter((name) => name !== undefined);
}

/**
 * Said of the very entry. What the settings say is what a source mostly writes in: of a text that is all in another language it would
 * have the title run the wrong way, and keep it from who reads that language alone.
 */
function languageSaid(entry: Entry, body: RawHtml | undefined, { feed }: ReadingContext): Language | undefined {
  const feedLang = tagOf(feed.lang);
  // Readers hand the feed's language down to its texts; only one of its own says something about a text.
  const ofTexts = [body?.lang, entry.title?.lang].map(tagOf).filter((tag) => tag !== feedLang);
  return [...ofTexts, tagOf(entry.lang)].find((tag) => tag !== undefined);
}

/** Where nobody says: heard, then said of the feed. */
function heardLanguage(title: string, { text }: Body, { feed }: ReadingContext): Language {
  return detectLanguage(`${title}\n${text}`, [tagOf(feed.lang)]);
}
