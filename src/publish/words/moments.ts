/**
 * Instants as readers read them, in a language and a time zone, by `Intl`; and as machines read them, with the offset.
 */
import type { Instant, Language, Site } from '../../model.ts';
import { dateFormat, knownLocale, numberFormat } from './formats.ts';
import { ownLocale, type Speaker } from './own.ts';

export interface Moments {
  /** `21 January 2010`; in Farsi in the Persian calendar. */
  readonly day: (instant: Instant) => string;
  /** `Thursday 21 January 2010` in one line, in German with a comma after the day. */
  readonly inFull: (instant: Instant) => string;
  /** `Thursday 21 January 2010` cut around the day's number, so that the number can be set apart. */
  readonly header: (instant: Instant) => readonly [before: string, day: string, after: string];
  /** The Gregorian date where `day` is in another calendar. */
  readonly gregorian: (instant: Instant) => string | undefined;
  /** `14:05` */
  readonly time: (instant: Instant) => string;
  /** @param month `2010-01` */
  readonly month: (month: string) => string;
  /** @param year Gregorian, `2010` */
  readonly year: (year: string) => string;
  /** `2010-01-21` in the time zone: what stories are grouped by. */
  readonly date: (instant: Instant) => string;
  /** `2010-01-21T14:05:00+01:00`, for `<time datetime>`. */
  readonly machine: (instant: Instant) => string;
}

/** Languages for which ICU puts the year first and the weekday last in a long date, though they are not spoken so. */
const dayFirst: ReadonlySet<string> = new Set(['fa', 'ckb']);
const englishLocale = 'en-GB';

/** Of each site by language: every story asks for them, and partners may use any number of languages. */
const known = new WeakMap<object, Map<Language, Moments>>();
const mostLanguages = 100;

/** @param site in whose time zone, and with whose message files: these may name a locale */
export function momentsFor(lang: Language, site: Pick<Site, 'timezone' | 'messages'>): Moments {
  const ofSite = known.get(site) ?? new Map<Language, Moments>();
  const moments = ofSite.get(lang) ?? makeMoments(lang, site);
  if (ofSite.size < mostLanguages) known.set(site, ofSite.set(lang, moments));
  return moments;
}

function makeMoments(lang: Language, site: Pick<Site, 'timezone' | 'messages'>): Moments {
  const { timezone } = site;
  const locale = localeOf(lang, site);
  const day = dateFormat('day', locale, timezone);
  const gregorian = new Intl.Locale(locale, { calendar: 'gregory' }).toString();
  const wall = (instant: Instant): WallClock => wallClock(dateFormat('wall', englishLocale, timezone), instant);
  const partsOf = (instant: Instant): [string, string, string] =>
    spoken(dateFormat('header', locale, timezone).formatToParts(instant), locale);
  const headerOf = (instant: Instant): [string, string, string] => setApart(partsOf(instant));
  const hasComma = !locale.startsWith('en'); // ICU writes it in English too, where British pages do not
  return {
    day: (instant) => spoken(day.formatToParts(instant), locale).join(''),
    inFull: (instant) => (hasComma ? partsOf(instant) : headerOf(instant)).join(''),
    header: headerOf,
    gregorian: (instant) =>
      day.resolvedOptions().calendar === 'gregory' ? undefined : dateFormat('day', gregorian, timezone).format(instant),
    time: (instant) => dateFormat('time', locale, timezone).format(instant),
    month: (month) => dateFormat('month', gregorian, 'UTC').format(Date.parse(`${month}-15T12:00Z`)),
    year: (year) => numberFormat(locale, false).format(Number(year)),
    date: (instant) => wall(instant).date,
    machine: (instant) => {
      const { date, time, ahead } = wall(instant);
      return `${date}T${time}${offsetOf(ahead)}`;
    },
  };
}

/** One date in words; many on one page are better made by `momentsFor`. */
export function formatDay(instant: Instant, lang: Language, site: Pick<Site, 'timezone' | 'messages'>): string {
  return momentsFor(lang, site).day(instant);
}

/** `14:05` in the zone and the language's digits. */
export function formatTime(instant: Instant, lang: Language, site: Pick<Site, 'timezone' | 'messages'>): string {
  return momentsFor(lang, site).time(instant);
}

/** `January 2010`. @param month `2010-01`, Gregorian in every language since the archive is cut so */
export function formatMonth(month: string, lang: Language, { messages }: Speaker): string {
  return momentsFor(lang, { timezone: 'UTC', messages }).month(month);
}

/** A file's size in the language's words: `3.4 MB`. */
export function formatSize(bytes: number, lang: Language, speaker: Speaker): string {
  const [unit, size] = bytes >= 1e6 ? (['megabyte', 1e6] as const) : (['kilobyte', 1e3] as const);
  const format = new Intl.NumberFormat(localeOf(lang, speaker), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: bytes >= 1e7 ? 0 : 1,
  });
  return format.format(Math.max(0.1, bytes / size));
}

/**
 * The maintainer's, where a message file names one and the tag says no more than the language; English where ICU has nothing for
 * the tag: never the language of the machine that publishes.
 */
function localeOf(lang: Language, speaker: Speaker): string {
  const own = lang.includes('-') ? undefined : ownLocale(lang, speaker);
  if (own !== undefined) return own;
  if (lang === 'en') return englishLocale;
  return knownLocale(lang) ?? englishLocale;
}

/** A date's parts around the day's number, in the order in which the language is spoken. */
function spoken(parts: readonly Intl.DateTimeFormatPart[], locale: string): [string, string, string] {
  const value = (type: Intl.DateTimeFormatPartTypes): string => parts.find((part) => part.type === type)?.value ?? '';
  const number = locale.split('-')[0] === 'fr' && value('day') === '1' ? '1er' : value('day'); // of which ICU knows nothing
  if (dayFirst.has(locale.split('-')[0] ?? '') && parts[0]?.type === 'year') {
    const weekday = value('weekday');
    return [weekday === '' ? '' : `${weekday} `, number, ` ${value('month')} ${value('year')}`];
  }
  const at = parts.findIndex((part) => part.type === 'day');
  const text = (some: readonly Intl.DateTimeFormatPart[]): string => some.map((part) => part.value).join('');
  return [text(parts.slice(0, at)), number, text(parts.slice(at + 1))];
}

/** No comma is left dangling after the weekday, and German's full stop stays with its number. */
function setApart([before, day, after]: readonly [string, string, string]): [string, string, string] {
  const stop = after.startsWith('.') ? '.' : '';
  return [before.replace(/[,،፣]? *$/u, before === '' ? '' : ' '), `${day}${stop}`, after.slice(stop.length)];
}

interface WallClock {
  readonly date: string;
  readonly time: string;
  /** Minutes east of UTC. */
  readonly ahead: number;
}

function wallClock(format: Intl.DateTimeFormat, instant: Instant): WallClock {
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const date = `${(part.year ?? '').padStart(4, '0')}-${part.month}-${part.day}`;
  const time = `${part.hour}:${part.minute}:${part.second}`;
  return { date, time, ahead: Math.round((Date.parse(`${date}T${time}Z`) - instant) / 60_000) };
}

/** @param ahead minutes east of UTC */
function offsetOf(ahead: number): string {
  const pad = (n: number): string => String(n).padStart(2, '0');
  const size = Math.abs(ahead);
  return `${ahead < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}
