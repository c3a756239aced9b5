/** A feed that was looked at → what a person reads of it before it is followed. */
import { type Doubt, doubtsOf, type SeenFeed } from '../discovery/seen-feed.ts';
import type { Found } from '../finding.ts';
import type { Feed, Instant } from '../model.ts';
import { dayOf } from '../telling/instants.ts';
import { plainLine, terminalLine } from '../text/safe.ts';
import { hostOf } from '../text/url.ts';
import { dayMs } from '../text/wall-clock.ts';
import { colour } from './print.ts';

const formats: Readonly<Record<Feed['format'], string>> = {
  rss: 'RSS',
  rdf: 'RSS 1.0',
  atom: 'Atom',
  json: 'JSON Feed',
  page: 'page',
};
const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** `French`; a tag that nobody knows as it is. */
export function languageName(tag: string): string {
  try {
    return languages.of(tag) ?? tag;
  } catch {
    return terminalLine(tag);
  }
}

/** `10 items, newest 3 days ago (2026-11-20), French` */
export function figures(look: Pick<SeenFeed, 'itemCount' | 'newest' | 'lang'>, now: Instant): string {
  const { itemCount, newest, lang } = look;
  return [
    itemCount === 0 ? 'no items' : `${itemCount} ${itemCount === 1 ? 'item' : 'items'}`,
    ...(newest === undefined ? [] : [`newest ${ageOf(newest, now)} (${dayOf(newest)})`]),
    ...(lang === undefined ? [] : [languageName(lang)]),
  ].join(', ');
}

function ageOf(instant: Instant, now: Instant): string {
  const days = Math.floor((now - instant) / dayMs);
  if (days < 1) return 'today';
  if (days < 60) return days === 1 ? 'yesterday' : `${days} days ago`;
  return days < 730 ? `${Math.floor(days / 30.5)} months ago` : `${Math.floor(days / 365.25)} years ago`;
}

/** The list from which a person chooses, the best first. */
export function choiceLines(feeds: readonly SeenFeed[], now: Instant): string[] {
  return feeds.flatMap((look, index) => [
    `  ${colour('bold', String(index + 1))}  ${titleOf(look)}${index === 0 ? colour('green', '  (the best)') : ''}`,
    `     ${formats[look.format]}, ${figures(look, now)}`,
    `     ${terminalLine(look.url)}`,
  ]);
}

/** All that a person should know before it is followed. */
export function lookLines(look: SeenFeed, now: Instant): string[] {
  const length = look.textLength === 0 ? 'titles only' : look.textLength < 600 ? 'short texts' : 'long texts';
  return [
    colour('bold', titleOf(look)),
    `  ${terminalLine(look.url)}`,
    `  ${formats[look.format]}, ${figures(look, now)}, ${length}`,
    ...look.items.map(({ title, published }) => {
      const day = published === undefined ? 'no date   ' : dayOf(published);
      return `    ${colour('dim', day)}  ${terminalLine(plainLine(title, 90)) || '(no title)'}`;
    }),
    ...doubtsOf(look, now).map((doubt) => `${colour('yellow', '!')} ${doubtWords[doubt](look)}`),
  ];
}

const doubtWords: Readonly<Record<Doubt, (look: SeenFeed) => string>> = {
  cut: () => 'It arrives cut off: it ends before its first entry does. Try again; if it stays so, tell the group.',
  empty: () => 'It has no items. It may be dead, or new: look at the site before you follow it.',
  old: ({ newest }) =>
    `Nothing new has come since ${newest === undefined ? 'long' : dayOf(newest)}. It may be dead: look whether the group has another site.`,
  undated: () => 'Its items have no dates: they will be listed under the day on which Relais first sees them.',
  comments: () => 'This is a feed of comments, not of texts.',
  http: () => 'Its address begins with http: whoever sits on the way can change what it says. Ask the group for https.',
};

/** True where following it may be a mistake. */
export function isDoubtful(look: SeenFeed, now: Instant): boolean {
  return doubtsOf(look, now).some((doubt) => ['cut', 'empty', 'old', 'comments'].includes(doubt));
}

function titleOf(look: Pick<SeenFeed, 'title' | 'url'>): string {
  return terminalLine(look.title ?? hostOf(look.url) ?? look.url);
}

/** How it was found, as a line. */
export function wayWords(found: Found & { readonly kind: 'feeds' }): string {
  const { way, habit, page, feeds } = found;
  const many = feeds.length === 1 ? 'a feed' : `${feeds.length} feeds`;
  const where = terminalLine(page ?? '');
  if (way === 'itself') return 'This is a feed itself:';
  if (way === 'named') return `The page ${where} names ${many}:`;
  if (way === 'linked') return `The page ${where} links to ${many}:`;
  if (way === 'marked') return `The page ${where} has no feed, but marks its texts so that it can be read:`;
  return `The page names no feed, but there is one${habit === undefined ? '' : ` where ${habit} puts it`}:`;
}

/** A group's name out of the title of its feed: without what only says that it is a feed. */
export function nameFrom(title: string | undefined): string | undefined {
  const name = plainLine(title ?? '', 80)
    .replace(
      /\s*(?:[»|–—:·-]\s*)+(?:(?:rss|atom)(?: ?2\.0)?(?:[ -]?feed)?|feed|flux(?: rss)?|newsfeed|news feed)\s*$/i,
      '',
    )
    .replace(/^(?:rss|atom|feed|flux rss)\s*[»|–—:-]\s*/i, '')
    .trim();
  return name === '' ? undefined : name;
}

/** The language to write down: only where all of its texts are in it. */
export function langOf({ lang, isOneLanguage }: SeenFeed): string | undefined {
  return isOneLanguage && lang !== 'und' ? lang : undefined;
}

/** The same for machines. */
export function factsOf(feed: SeenFeed, now: Instant): Readonly<Record<string, unknown>> {
  const { url, title, lang, format, itemCount, newest, items } = feed;
  const day = (instant: Instant | undefined): string | null => (instant === undefined ? null : dayOf(instant));
  const latest = items.map((item) => ({ title: item.title, url: item.url ?? null, published: day(item.published) }));
  return { url, title, lang, format, items: itemCount, newest: day(newest), latest, doubts: doubtsOf(feed, now) };
}
