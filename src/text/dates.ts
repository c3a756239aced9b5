/**
 * A date as a partner wrote it to an instant, or nothing. Two shapes are read, each strictly: RFC 822 and its habits
 * (`Tue, 3 Mar 2026 09:05:00 +0100`, `3 mars 2026`, `1. März 2010`) and ISO 8601 (`2026-03-03T09:05:00Z`, `2026-03`).
 * What fits neither, or no calendar, is no date: a wrong one is worse than none. No zone means UTC.
 */
import type { Instant } from '../model.ts';

/** Month names of the languages partners write in, by month; compared without case, marks and dots. */
const monthNames: readonly string[][] = [
  'jan january janv janvier januar janner ene enero gen gennaio janeiro januari'.split(' '),
  'feb february fev fevr fevrier februar feber febrero febbraio fevereiro februari'.split(' '),
  'mar march mars marz mrz maerz marzo marco maart mrt'.split(' '),
  'apr april avr avril abr abril aprile'.split(' '),
  'may mai mayo mag maggio maio mei'.split(' '),
  'jun june juin juni junio giu giugno junho'.split(' '),
  'jul july juil juillet juli julio lug luglio julho'.split(' '),
  'aug august aout aou ago agosto augustus'.split(' '),
  'sep sept september septembre septiembre setiembre set settembre setembro'.split(' '),
  'oct october octobre okt oktober octubre ott ottobre out outubro'.split(' '),
  'nov november novembre noviembre novembro'.split(' '),
  'dec december decembre dez dezember dic diciembre dicembre dezembro'.split(' '),
];
const months: ReadonlyMap<string, number> = new Map(
  monthNames.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

/** Named zones in minutes east of UTC: RFC 822 §5.1, and what European servers write. */
const zones: ReadonlyMap<string, number> = new Map([
  ['ut', 0],
  ['utc', 0],
  ['gmt', 0],
  ['z', 0],
  ['wet', 0],
  ['est', -300],
  ['edt', -240],
  ['cst', -360],
  ['cdt', -300],
  ['mst', -420],
  ['mdt', -360],
  ['pst', -480],
  ['pdt', -420],
  ['bst', 60],
  ['west', 60],
  ['cet', 60],
  ['met', 60],
  ['mest', 120],
  ['mez', 60],
  ['cest', 120],
  ['mesz', 120],
  ['eet', 120],
  ['eest', 180],
  ['msk', 180],
  ['trt', 180],
]);

/** Words between the parts of a written date: `3 de marzo de 2026`, `le 3 mars 2026 à 9:05`. */
const fillers = new Set(['-', 'de', 'del', 'di', 'le', 'den', 'of', 'at', 'a', 'om', 'um', 'uhr', 'as', 'the']);

/** Longer texts are no dates. */
const maxLength = 100;

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** Minutes east of UTC. */
  zone: number;
}

/**
 * Reads a date in the forms of RFC 822 §5, RFC 2822 §3.3 and §4.3, RFC 3339, ISO 8601 and W3CDTF. A weekday is skipped,
 * right or wrong; a bare date is midnight UTC.
 * @returns undefined for anything else, also for days that no calendar has (30 February) and for bare numbers
 */
export function parseDate(text: string): Instant | undefined {
  if (text.length > maxLength) return undefined;
  const line = text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase();
  const parts = isoParts(line) ?? writtenParts(line);
  return parts === undefined ? undefined : instantOf(parts);
}

const isoDate = /^([+-]?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:(?:t| +t? ?)(.+))?$/;
const isoCompact = /^(\d{4})(\d{2})(\d{2})(?:t(.+))?$/;
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(.*)$/;
const clockCompact = /^(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(z|[+-].*)?$/;

function isoParts(line: string): Parts | undefined {
  const date = isoDate.exec(line) ?? isoCompact.exec(line);
  if (date === null) return undefined;
  const [, year = '', month = '1', day = '1', rest] = date;
  const parts: Parts = { ...midnight, year: Number(year), month: Number(month), day: Number(day) };
  if (rest === undefined) return parts;
  const time = clock.exec(rest) ?? clockCompact.exec(rest);
  if (time === null) return undefined;
  return withTime(parts, time, zoneOffset((time[5] ?? '').trim()));
}

const midnight = { hour: 0, minute: 0, second: 0, millisecond: 0, zone: 0 };

function withTime(parts: Parts, time: RegExpExecArray, zone: number | undefined): Parts | undefined {
  if (zone === undefined) return undefined;
  const [, written = '0', minute = '0', second = '0', fraction = '0', tail = ''] = time;
  const millisecond = Math.floor(Number(`0.${fraction}`) * 1_000);
  const half = /^([ap])m$/.exec(tail)?.[1];
  const hour = half === undefined ? Number(written) : (Number(written) % 12) + (half === 'p' ? 12 : 0);
  if (half !== undefined && (Number(written) < 1 || Number(written) > 12)) return undefined;
  return { ...parts, hour, minute: Number(minute), second: Number(second), millisecond, zone };
}

/** One word at a time: what each can be is said by its shape, so the order of day and month does not matter. */
function writtenParts(line: string): Parts | undefined {
  const words = line
    .replace(/\([^()]*\)/g, ' ') // RFC 822 comments: (CEST)
    .replace(/(\d)\s?([ap])\.?m\.?(?=[\s,]|$)/, '$1$2m')
    .replace(/(\d)\s*(?:st|nd|rd|th|er|re|º|ª)(?=[\s,])/g, '$1')
    .split(/[\s,]+|(?<=[a-z])[.]|(?<=\d)[.](?=\s|$|[a-z])|(?<=[a-z\d])-(?=[a-z])|(?<=[a-z])-(?=\d)/)
    .filter((word) => word !== '' && !fillers.has(word));
  const numbers: string[] = [];
  let month: number | undefined;
  let monthAt = 0;
  let parts: Parts | undefined = { ...midnight, year: 0, month: 0, day: 0 };
  let hasTime = false;
  let hasZone = false;
  for (const [index, word] of words.entries()) {
    const named = months.get(word);
    const time = clock.exec(word) ?? /^(\d{1,2})h(\d{2})?()()()$/.exec(word);
    if (time !== null && !hasTime) {
      parts = withTime(parts, time, zoneOffset((time[5] ?? '').replace(/^[ap]m$/, '').trim()));
      hasTime = true;
    } else if (/^\d{1,4}$/.test(word) && numbers.length < 2) numbers.push(word);
    else if (named !== undefined && monthAt === 0 && index < 4) {
      month = named; // a first word may be the weekday yet: mar. is mardi, martes, martedì and March
      monthAt = index;
    } else if (hasTime && !hasZone) {
      const zone = zoneOffset(word);
      if (zone === undefined || parts === undefined) return undefined;
      parts = { ...parts, zone };
      hasZone = true;
    } else if (index > 0 || !/^[a-z]+$/.test(word)) return undefined; // only a weekday may stand in front
    if (parts === undefined) return undefined;
  }
  const [day, year] = numbers;
  if (day === undefined || year === undefined || month === undefined || day.length > 2) return undefined;
  return { ...parts, day: Number(day), month, year: fullYear(year) };
}

/** RFC 2822 §4.3: two digits below 50 are of this century, the others and three digits count from 1900. */
function fullYear(written: string): number {
  const year = Number(written);
  if (written.length === 4) return year;
  return written.length === 2 && year < 50 ? 2_000 + year : 1_900 + year;
}

/** @returns minutes east of UTC; 0 for none and for military letters (RFC 2822 §4.3: their sign is not to be trusted) */
function zoneOffset(written: string): number | undefined {
  if (written === '' || /^[a-ik-z]$/.test(written)) return 0;
  const named = zones.get(written.replace(/\.$/, ''));
  if (named !== undefined) return named;
  const match = /^(?:utc|gmt)?([+\-\u2212])(\d{1,2}):?(\d{2})?$/.exec(written);
  if (match === null) return undefined;
  const [, sign, hours = '0', minutes = '0'] = match;
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
}

function instantOf(parts: Parts): Instant | undefined {
  const { year, month, day, hour, minute, second, millisecond, zone } = parts;
  if (year < 1_000 || month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60) return undefined;
  if (hour === 24 && (minute > 0 || second > 0)) return undefined;
  const days = new Date(Date.UTC(year, month - 1, day));
  if (days.getUTCMonth() !== month - 1 || days.getUTCDate() !== day) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute - zone, second, millisecond);
}
