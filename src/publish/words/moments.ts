/**
 * Instants as readers read them, in a language and a time zone, by `Intl`. A page makes one set of formats and uses it
 * for all its dates, since making them is the dear part.
 */
import type { Instant, Language } from '../../model.ts';

export interface Moments {
  /** `21 January 2010`; in Farsi in the Persian calendar. */
  readonly day: (instant: Instant) => string;
  /** `Thursday 21 January 2010` cut around the day's number, so that the number can be set apart. */
  readonly header: (instant: Instant) => readonly [before: string, day: string, after: string];
  /** The Gregorian date where `day` is in another calendar. */
  readonly gregorian: (instant: Instant) => string | undefined;
  /** `14:05` */
  readonly time: (instant: Instant) => string;
  /** @param month `2010-01` */
  readonly month: (month: string) => string;
  /** `2010-01-21` in the time zone: what stories are grouped by. */
  readonly date: (instant: Instant) => string;
  /** `2010-01-21T14:05:00+01:00`, for `<time datetime>`. */
  readonly machine: (instant: Instant) => string;
}

/** Languages for which ICU puts the year first and the weekday last in a long date, though they are not spoken so. */
const dayFirst: ReadonlySet<string> = new Set(['fa', 'ckb']);
const englishLocale = 'en-GB';
const longDay = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** @param timezone IANA name */
export function momentsFor(lang: Language, timezone: string): Moments {
  const locale = localeOf(lang);
  const format = formatsFor(locale, timezone);
  const isGregorian = memo(() => format('day').resolvedOptions().calendar === 'gregory');
  return {
    day: (instant) => spoken(format('day').formatToParts(instant), locale).join(''),
    header: (instant) => setApart(spoken(format('header').formatToParts(instant), locale)),
    gregorian: (instant) => (isGregorian() ? undefined : format('gregorian').format(instant)),
    time: (instant) => format('time').format(instant),
    month: (month) => format('month').format(Date.parse(`${month}-15T12:00Z`)),
    date: (instant) => wallClock(format('wall'), instant).date,
    machine: (instant) => {
      const { date, time, ahead } = wallClock(format('wall'), instant);
      return `${date}T${time}${offsetOf(ahead)}`;
    },
  };
}

/** One date in words; many on one page are better made by `momentsFor`. */
export function formatDay(instant: Instant, lang: Language, timezone: string): string {
  return momentsFor(lang, timezone).day(instant);
}

/** `14:05` in the zone and the language's digits. */
export function formatTime(instant: Instant, lang: Language, timezone: string): string {
  return momentsFor(lang, timezone).time(instant);
}

/** `January 2010`. @param month `2010-01`, Gregorian in every language since the archive is cut so */
export function formatMonth(month: string, lang: Language): string {
  return momentsFor(lang, 'UTC').month(month);
}

/** A file's size in the language's words: `3.4 MB`. */
export function formatSize(bytes: number, lang: Language): string {
  const [unit, size] = bytes >= 1e6 ? (['megabyte', 1e6] as const) : (['kilobyte', 1e3] as const);
  const format = new Intl.NumberFormat(localeOf(lang), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: bytes >= 1e7 ? 0 : 1,
  });
  return format.format(Math.max(0.1, bytes / size));
}

/** English where ICU has nothing for the tag: never the language of the machine that publishes. */
function localeOf(lang: Language): string {
  if (lang === 'en') return englishLocale;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(lang)[0] ?? englishLocale;
  } catch {
    return englishLocale; // no well-formed tag
  }
}

type FormatName = 'day' | 'header' | 'gregorian' | 'time' | 'month' | 'wall';

function formatsFor(locale: string, timeZone: string): (name: FormatName) => Intl.DateTimeFormat {
  const make: Readonly<Record<FormatName, () => Intl.DateTimeFormat>> = {
    day: () => new Intl.DateTimeFormat(locale, { ...longDay, timeZone }),
    header: () => new Intl.DateTimeFormat(locale, { ...longDay, weekday: 'long', timeZone }),
    gregorian: () => new Intl.DateTimeFormat(`${locale}-u-ca-gregory`, { ...longDay, timeZone }),
    time: () => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }),
    month: () => new Intl.DateTimeFormat(`${locale}-u-ca-gregory`, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
    wall: () =>
      new Intl.DateTimeFormat('en-GB', {
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hourCycle: 'h23',
        timeZone,
      }),
  };
  const made = new Map<FormatName, Intl.DateTimeFormat>();
  return (name) => {
    const known = made.get(name) ?? make[name]();
    made.set(name, known);
    return known;
  };
}

function memo<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A date's parts around the day's number, in the order in which the language is spoken. */
function spoken(parts: readonly Intl.DateTimeFormatPart[], locale: string): [string, string, string] {
  const value = (type: Intl.DateTimeFormatPartTypes): string => parts.find((part) => part.type === type)?.value ?? '';
  if (dayFirst.has(locale.split('-')[0] ?? '') && parts[0]?.type === 'year') {
    const weekday = value('weekday');
    return [weekday === '' ? '' : `${weekday} `, value('day'), ` ${value('month')} ${value('year')}`];
  }
  const at = parts.findIndex((part) => part.type === 'day');
  const text = (some: readonly Intl.DateTimeFormatPart[]): string => some.map((part) => part.value).join('');
  return [text(parts.slice(0, at)), value('day'), text(parts.slice(at + 1))];
}

/** No comma is left dangling after the weekday, and German's full stop stays with its number. */
function setApart([before, day, after]: readonly [string, string, string]): [string, string, string] {
  const stop = after.startsWith('.') ? '.' : '';
  return [before.replace(/[,،፣]? *$/u, before === '' ? '' : ' '), `${day}${stop}`, after.slice(stop.length)];
}

function wallClock(format: Intl.DateTimeFormat, instant: Instant): { date: string; time: string; ahead: number } {
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
