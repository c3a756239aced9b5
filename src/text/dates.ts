/**
 * A date as a partner wrote it to an instant, or nothing. One loop takes the pieces of a line one at a time; what each is
 * is said by its shape, so their order hardly matters. A line with a piece left over, with two readings, or of no calendar
 * is no date: a wrong one is worse than none. No zone means UTC.
 */
import type { Instant } from '../model.ts';
import { fullYear, gregorianDay, jalaliDay, numericDay, ordinalDay, weekDay } from './calendar.ts';
import {
  fillers,
  foldDate,
  halves,
  months,
  type NamedMonth,
  twoWordMonths,
  zones,
  zonesOfScripts,
} from './date-words.ts';
import { instantOf } from './wall-clock.ts';

/** Longer texts are no dates. */
const maxLength = 100;

/** What has been understood so far. */
interface Found {
  /** Midnight UTC of a day written in numbers. */
  day: Instant | undefined;
  month: NamedMonth | undefined;
  /** The month is the first word: perhaps the weekday. `mar.` is March, mardi, martes and martedì. */
  isMonthFirst: boolean;
  /** Day and year beside a month's name, as they stand. */
  readonly numbers: string[];
  /** What the clock on the wall shows. */
  time: { readonly hour: number; readonly minute: number; readonly ms: number } | undefined;
  half: 'am' | 'pm' | undefined;
  /** Minutes east of UTC, or the place whose clocks decide. */
  zone: number | string | undefined;
  hasOffset: boolean;
}

/**
 * Reads a date in the forms of RFC 822 §5, RFC 2822 §3.3 and §4.3, RFC 3339, ISO 8601 (also week dates and days of the
 * year), W3CDTF, asctime, Unix time in seconds or milliseconds, and as people write it, in the languages of
 * date-words.ts. A weekday in front is skipped, right or wrong; a bare date is midnight UTC.
 * @returns undefined for anything else, also for days that no calendar has (30 February) and for `3/4/2026`
 */
export function parseDate(text: string): Instant | undefined {
  if (text.length > maxLength) return undefined;
  if (!known.has(text)) {
    if (known.size >= mostKnown) known.clear();
    known.set(text, readDate(text));
  }
  return known.get(text);
}

/** A document is asked for its dates by several, and comes again with the same ones. */
const known = new Map<string, Instant | undefined>();
const mostKnown = 1_000;

function readDate(text: string): Instant | undefined {
  const usual = usualDate(text);
  if (usual !== undefined) return usual;
  const folded = foldDate(text);
  const line = plainer(folded);
  if (/^\d{10}(?:\d{3})?$/.test(line)) return unixTime(line);
  const found: Found = {
    day: undefined,
    month: undefined,
    isMonthFirst: false,
    numbers: [],
    time: undefined,
    half: undefined,
    zone: undefined,
    hasOffset: false,
  };
  for (let at = 0; at < line.length; ) {
    const end = takePiece(found, line, at);
    if (end === undefined) return undefined;
    at = end;
  }
  if (found.time !== undefined) found.zone ??= zonesOfScripts.find(({ sign }) => sign.test(folded))?.zone;
  return settle(found);
}

const dayNames = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun';
const monthNames = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
/** The one form of RFC 2822 and the one of RFC 3339 that nearly all feeds write: read at once, at a tenth of the price. */
const mailDate = new RegExp(
  `^(?:${dayNames}), (\\d\\d?) (${monthNames}) (\\d{4}) (\\d\\d):(\\d\\d):(\\d\\d) (GMT|[+-]\\d{4})$`,
);
const isoDate = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(Z|[+-]\d\d:\d\d)$/;

/** @returns undefined for all other forms, and for what no clock or calendar shows: that is judged piece by piece */
function usualDate(text: string): Instant | undefined {
  const mail = mailDate.exec(text);
  const parts = mail ?? isoDate.exec(text);
  if (parts === null) return undefined;
  const [, first = '', month = '', last = '', hour, minute, second, zone = ''] = parts;
  const day =
    mail === null
      ? gregorianDay(Number(first), Number(month), Number(last))
      : gregorianDay(Number(last), monthNames.indexOf(month) / 4 + 1, Number(first));
  const digits = /\d/.test(zone) ? zone.replace(':', '') : '+0000';
  const [hours, minutes] = [Number(digits.slice(1, 3)), Number(digits.slice(3))];
  const isShown = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60 && hours < 15 && minutes < 60;
  if (day === undefined || !isShown) return undefined;
  const offset = (digits.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
  return day + (Number(hour) * 60 + Number(minute) - offset) * 60_000 + Number(second) * 1_000;
}

/** Ten digits are seconds, thirteen milliseconds; a day and an hour without separators (2026030309) could be either. */
function unixTime(line: string): Instant | undefined {
  if (/^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])$/.test(line)) return undefined;
  return line.length === 10 ? Number(line) * 1_000 : Number(line);
}

/** What only changes the spelling: comments in brackets (RFC 822 §3.4.3), dots with spaces, East Asia's units. */
function plainer(line: string): string {
  const plain = line
    .replace(/\((?!\d{1,2}:)[^()]*\)/g, ' ')
    .replace(/(\d{1,2})\. (\d{1,2})\. (?=\d{4})/, '$1.$2.')
    .replace(/(\d{4})\. (\d{1,2})\. (\d{1,2})(?:\.|(?=\s|$))/, '$1-$2-$3 ');
  if (/^[ -~]*$/.test(plain)) return plain;
  return twoWordMonths
    .reduce((rest, [form, key]) => rest.replaceAll(form, key), plain)
    .replace(/(\d{4})\s?[年년]\s*(\d{1,2})\s?[月월]\s*(\d{1,2})\s?[日일号]?/, '$1-$2-$3 ')
    .replace(
      /(\d{1,2})\s?[時时시点]\s*(\d{1,2})\s?[分분](?:\s*(\d{1,2})\s?[秒초])?/,
      (_, hour, minute, second = '00') => [hour, minute, second].join(':'),
    );
}

type Taker = (found: Found, parts: RegExpExecArray) => boolean;

/** Shapes of pieces in the order they are tried, and who looks whether such a piece has a place. */
type Shapes = readonly { readonly shape: RegExp; readonly take: Taker }[];

const shapesOfDigits: Shapes = [
  { shape: /(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?![\d:])/y, take: takeTime },
  { shape: /(?<=\bklo?\.? ?)(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.])/y, take: takeTime },
  { shape: /(\d{1,2})h(\d{2})?(?![\p{L}\d])/uy, take: takeTime },
  { shape: /(\d{1,2})(?=\s?[ap]\.?\s?m(?:[.,\s]|$))/y, take: takeTime },
  {
    shape: /^(\d{4})(?:-(\d{2}))?(?= ?t ?\d|$)/y,
    take: (found, [, year, month = '1']) => setDay(found, gregorianDay(Number(year), Number(month), 1)),
  },
  {
    shape: /(\d{4})-?w(\d{2})(?:-?(\d))?(?!\d)/y,
    take: (found, [, year, week, day = '1']) => setDay(found, weekDay(Number(year), Number(week), Number(day))),
  },
  {
    shape: /((?:19|20)\d{2})-?(\d{3})(?![\d-])/y,
    take: (found, [, year, day]) => setDay(found, ordinalDay(Number(year), Number(day))),
  },
  { shape: /(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(?!\d)/y, take: takeCompact },
  {
    shape: /(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)/y,
    take: (found, [, a = '', dot = '', b = '', c = '']) => setDay(found, numericDay(a, dot, b, c)),
  },
  { shape: /(\d{1,4})(?:(?:st|nd|rd|th|er|ere|re|eme|e|o|a|an|ης|η|го|й|ی)(?!\p{L}))?(?!\d)/uy, take: takeNumber },
];

const shapesOfOthers: Shapes = [
  { shape: /([+-])(\d{1,2}):?(\d{2})?(?::\d{2})?(?![\d:])/y, take: takeOffset },
  {
    shape: /t ?(\d{2})(?:(\d{2})(?:(\d{2})(?:[.,](\d+))?)?)?(?![\d:])/y,
    take: (found, parts) => found.day !== undefined && takeTime(found, parts),
  },
  { shape: /\p{L}[\p{L}_'’׳]*(?:[./]\p{L}[\p{L}_'’׳]*)*\.?/uy, take: takeWords },
  { shape: /[\s,،、;:|/.-]|t(?=\s?\d)/y, take: () => true },
];

/** @returns where the piece that starts here ends, undefined where none has a place */
function takePiece(found: Found, line: string, at: number): number | undefined {
  const code = line.charCodeAt(at);
  for (const { shape, take } of code > 47 && code < 58 ? shapesOfDigits : shapesOfOthers) {
    shape.lastIndex = at;
    const parts = shape.exec(line);
    if (parts !== null && take(found, parts)) return at + parts[0].length;
  }
  return undefined;
}

function setDay(found: Found, day: Instant | undefined): boolean {
  if (day === undefined || found.day !== undefined) return false;
  found.day = day;
  return true;
}

function takeTime(found: Found, [, hour = '', minute, second, fraction]: RegExpExecArray): boolean {
  return setTime(found, hour, minute, second, fraction);
}

function setTime(found: Found, hour: string, minute = '0', second = '0', fraction = '0'): boolean {
  if (found.time !== undefined) return false;
  const ms = Number(second) * 1_000 + Math.floor(Number(`0.${fraction.slice(0, 9)}`) * 1_000);
  const time = { hour: Number(hour), minute: Number(minute), ms };
  if (time.hour > 24 || time.minute > 59 || Number(second) > 60) return false;
  if (time.hour === 24 && time.minute + ms > 0) return false;
  found.time = time;
  return true;
}

function takeCompact(found: Found, [, year, month, day, hour, minute, second]: RegExpExecArray): boolean {
  if (!setDay(found, gregorianDay(Number(year), Number(month), Number(day)))) return false;
  return hour === undefined || setTime(found, hour, minute, second);
}

/** An offset in hours and minutes, of the zone that nothing or `GMT` has named before it. */
function takeOffset(found: Found, [, sign, hours, minutes = '0']: RegExpExecArray): boolean {
  if (found.time === undefined || found.hasOffset || (found.zone ?? 0) !== 0) return false;
  if (Number(hours) > 14 || Number(minutes) > 59) return false;
  found.zone = (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
  found.hasOffset = true;
  return true;
}

function takeNumber(found: Found, [, digits = '']: RegExpExecArray): boolean {
  if (found.numbers.length === 2) return false;
  found.numbers.push(digits);
  return true;
}

/** A word, or several that dots and slashes join: `a.m.`, `america/los_angeles`, `شباط/فبراير`. */
function takeWords(found: Found, { 0: written, index }: RegExpExecArray): boolean {
  const whole = written.replace(/^d['’]|[.'’׳]$/g, '');
  const isFirst = index === 0;
  if (takeWord(found, whole, isFirst)) return true;
  const words = whole.split(/[./]/);
  if (words.length > 1) return words.every((word) => takeWord(found, word, false));
  return isFirst; // a weekday, in any language
}

function takeWord(found: Found, word: string, isFirst: boolean): boolean {
  const half = halves.get(word);
  const month = months.get(word);
  if (found.time !== undefined && takeZone(found, word)) return true;
  if (half !== undefined && found.half === undefined) found.half = half;
  else if (month === undefined) return fillers.has(word);
  else if (found.month === undefined || found.isMonthFirst) {
    found.month = month;
    found.isMonthFirst = isFirst;
  } else return found.month.number === month.number;
  return true;
}

/** Single letters are military zones whose sign is not to be trusted (RFC 2822 §4.3). An offset said before is better. */
function takeZone(found: Found, word: string): boolean {
  const isPlace = /^[a-z]+(?:\/[a-z_]+){1,2}$/.test(word);
  const zone = isPlace ? word : /^[a-ik-z]$/.test(word) ? 0 : zones.get(word);
  if (zone === undefined || (found.zone !== undefined && !found.hasOffset)) return false;
  if (!found.hasOffset) found.zone = zone;
  return true;
}

function settle(found: Found): Instant | undefined {
  const day = dayOf(found);
  const { hour, minute, ms } = found.time ?? { hour: 0, minute: 0, ms: 0 };
  const isHalf = found.half !== undefined;
  if (day === undefined || (isHalf && (found.time === undefined || hour < 1 || hour > 12))) return undefined;
  const hours = isHalf ? (hour % 12) + (found.half === 'pm' ? 12 : 0) : hour;
  if (typeof found.zone !== 'string') return day + (hours * 60 + minute - (found.zone ?? 0)) * 60_000 + ms;
  try {
    return instantOf(day, { hour: hours, minute }, found.zone) + ms;
  } catch {
    return undefined; // no such place
  }
}

function dayOf({ day, month, isMonthFirst, numbers }: Found): Instant | undefined {
  if (day !== undefined) return numbers.length > 0 || (month !== undefined && !isMonthFirst) ? undefined : day;
  const [first = '', second = ''] = numbers;
  if (month === undefined || first === '' || second === '') return undefined;
  const isYearFirst = first.length === 4;
  const [date, year] = isYearFirst ? [second, first] : [first, second];
  if (date.length > 2 || year.length < 2) return undefined;
  return (month.isJalali ? jalaliDay : gregorianDay)(fullYear(year), month.number, Number(date));
}
