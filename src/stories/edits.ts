/**
 * An item as it is stored and as it has come again → whether it looks any different. Counters, and numbers that keep caches
 * from pictures and links, change with every visit: no correction of anybody's, and no news for readers. Which changes are
 * corrections is asked of a whole document (corrections.ts).
 */
import type { Enclosure, Item, SafeHtml } from '../model.ts';
import type { VisiblePart } from '../refresh-plan.ts';
import { foldSpace } from '../text/html.ts';
import { type Attributes, readMarkup } from '../text/markup.ts';
import { safeHtmlToText } from '../text/safe-text.ts';
import { parseUrl } from '../text/url.ts';
import { areCounters, withoutCounters } from './counters.ts';

/** True where pages and feeds would be the same. A changed date or category leaves them as they were. */
export function looksEqual(old: VisiblePart, now: VisiblePart): boolean {
  return shown(old) === shown(now);
}

function shown({ title, html, url, authors, enclosures, events }: VisiblePart): string {
  return JSON.stringify([title, html, url, authors, enclosures.map((one) => one.url), events]);
}

/**
 * The item with its stored text and pictures where all that is new in them is noise; otherwise as it has come. Whoever
 * shows it later for another reason shows what readers know.
 */
export function withOldNoise(now: Item, old: VisiblePart): Item {
  if (looksEqual(old, now) || !differsInNoise(old, now)) return now;
  return { ...now, html: old.html, text: safeHtmlToText(old.html), enclosures: old.enclosures };
}

function differsInNoise(old: VisiblePart, now: Item): boolean {
  if (old.title !== now.title || old.url !== now.url || old.authors.join('\n') !== now.authors.join('\n')) return false;
  if (!areEqualPairs(old.enclosures, now.enclosures, isSameFile)) return false;
  if (withoutCounters(safeHtmlToText(old.html)) !== withoutCounters(now.text)) return false;
  return haveSameMarks(old.html, now.html);
}

function areEqualPairs<T>(old: readonly T[], now: readonly T[], isEqual: (a: T, b: T) => boolean): boolean {
  return old.length === now.length && old.every((one, at) => now[at] !== undefined && isEqual(one, now[at]));
}

function isSameFile(old: Enclosure, now: Enclosure): boolean {
  return old.url === now.url || (picture.test(pathOf(now.url)) && isSamePicture(old.url, now.url));
}

// ── markup ───────────────────────────────────────────────────────────────────────────────────────

interface Mark {
  readonly name: string;
  readonly attributes: Attributes;
  /** Nothing follows it but links, pictures and counters. */
  isTrailing: boolean;
}

function haveSameMarks(old: SafeHtml, now: SafeHtml): boolean {
  return areEqualPairs(marksIn(old), marksIn(now), (a, b) => {
    if (a.name !== b.name || a.attributes.size !== b.attributes.size) return false;
    return [...a.attributes].every(([key, value]) => {
      const other = b.attributes.get(key);
      if (value === other || other === undefined) return value === other;
      if (a.name === 'img') return key === 'src' && isSamePicture(value, other);
      return key === 'href' && a.isTrailing && b.isTrailing && isSameButForNoise(value, other, linkNoise);
    });
  });
}

const noAttributes: Attributes = new Map();

/** Tags in order, closing ones too. */
function marksIn(html: SafeHtml): readonly Mark[] {
  const marks: Mark[] = [];
  let text = '';
  let links = 0;
  let trailingFrom = 0;
  const mark = (name: string, attributes: Attributes): void => {
    if (links === 0 && /[\p{L}\p{N}]/u.test(text) && !areCounters(foldSpace(text))) trailingFrom = marks.length;
    text = '';
    marks.push({ name, attributes, isTrailing: false });
  };
  readMarkup(html, {
    text(piece) {
      text += piece;
    },
    open(name, attributes) {
      mark(name, attributes);
      if (name === 'a') links++;
    },
    close(name) {
      mark(`/${name}`, noAttributes);
      if (name === 'a') links = Math.max(0, links - 1);
    },
  });
  mark('', noAttributes);
  for (const one of marks.slice(trailingFrom)) one.isTrailing = true;
  return marks;
}

// ── addresses ────────────────────────────────────────────────────────────────────────────────────

const picture = /\.(?:jpe?g|png|gif|webp|avif|svg|bmp)$/i;
/** Parameters by which programs keep caches and sessions apart. Any other may name another document, however random it looks. */
const linkNoise: ReadonlySet<string> = new Set(
  'n _ t ts r rnd rand random nonce time timestamp cb cache nocache no_cache sid phpsessid jsessionid token _wpnonce'.split(
    ' ',
  ),
);
const pictureNoise: ReadonlySet<string> = new Set([...linkNoise, 'v', 'ver', 'version', 'rev']);

/** Where the path names the picture its query only keeps caches from it. */
function isSamePicture(old: string, now: string): boolean {
  const [a, b] = [old, now].map(pathOf);
  if (a === b && picture.test(a ?? '')) return true;
  return isSameButForNoise(old, now, pictureNoise);
}

/** An address without what keeps caches and sessions apart. */
export function withoutNoise(url: string): string {
  const parsed = url.includes('?') ? parseUrl(url) : undefined;
  if (parsed === undefined) return url;
  const pairs = parsed.search.slice(1).split('&');
  const kept = pairs.filter((pair) => !linkNoise.has(parameterOf(pair)[0].toLowerCase()));
  return `${parsed.origin}${parsed.pathname}${kept.length === 0 ? '' : `?${kept.join('&')}`}${parsed.hash}`;
}

/** The address without its query. */
export function pathOf(url: string): string {
  return url.replace(/\?.*$/s, '');
}

function isSameButForNoise(old: string, now: string, noise: ReadonlySet<string>): boolean {
  const [a, b] = [parseUrl(old), parseUrl(now)];
  if (a === undefined || b === undefined || pathOf(old) !== pathOf(now) || a.hash !== b.hash) return false;
  return areEqualPairs(a.search.slice(1).split('&'), b.search.slice(1).split('&'), (one, other) => {
    if (one === other) return true;
    const [[name, value], [otherName, otherValue]] = [one, other].map(parameterOf) as [Parameter, Parameter];
    // A bare number names a page where it is a link's, and keeps caches away where it is a picture's.
    if (value === undefined || otherValue === undefined) return value === otherValue && noise === pictureNoise;
    return name === otherName && noise.has(name.toLowerCase());
  });
}

type Parameter = readonly [name: string, value: string | undefined];

function parameterOf(pair: string): Parameter {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, undefined] : [pair.slice(0, at), pair.slice(at + 1)];
}
