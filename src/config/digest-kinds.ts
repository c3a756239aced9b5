/** What single values under `digest:` can be, and the times at which one closes (`Mon 07:00`, `07:00`, `1 07:00`). */
import type { DigestSchedule } from '../model.ts';
import { nearest } from '../yaml/nearest.ts';
import { type Kind, kinds } from './kinds.ts';

export const rhythms = ['daily', 'weekly', 'monthly'] as const;
type Rhythm = (typeof rhythms)[number];

const weekdays: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const time = '([01][0-9]|2[0-3]):[0-5][0-9]';
/** What editors know: which of the three it must be depends on `when`. */
export const anyTime = new RegExp(`^((Mon|Tue|Wed|Thu|Fri|Sat|Sun|[1-9]|1[0-9]|2[0-8]) )?${time}$`);

/** When a digest closes, by how often there is one. The 28th is the last day that every month has. */
export const timeKinds = {
  daily: {
    expected: 'a time of day',
    example: '"07:00"',
    pattern: new RegExp(`^${time}$`),
    guess: (text) => `"${guessTime(text) ?? '07:00'}"`,
  },
  weekly: {
    expected: 'a weekday and a time',
    example: '"Mon 07:00"',
    pattern: new RegExp(`^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${time}$`),
    guess: guessWeekly,
  },
  monthly: {
    expected: 'a day of the month, 1 to 28, and a time',
    example: '"1 07:00"',
    pattern: new RegExp(`^([1-9]|1[0-9]|2[0-8]) ${time}$`),
    guess: guessMonthly,
  },
} as const satisfies Record<Rhythm, Kind & { readonly pattern: RegExp }>;

export const digestKinds = {
  when: {
    expected: 'one of daily, weekly, monthly',
    example: 'weekly',
    guess: (text) => nearest(text, rhythms),
  },
  /** It stands in headers, where only these signs are let in; a domain of other letters is written `xn--…`. */
  mail: { ...kinds.mail, pattern: /^[!-'*+\-./0-9=?A-Z^-~]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+$/ },
  most: { expected: 'a whole number from 1 to 100', example: '20' },
  mark: { expected: 'a tag', example: 'urgent', pattern: /\S/ },
} as const satisfies Record<string, Kind>;

/** When it closes, where nothing is said: at seven, on Mondays, on the first of the month. */
export const usualTime = { weekday: 1, day: 1, hour: 7, minute: 0 };

/** @param text one that a pattern of `timeKinds` accepts */
export function closingTime(text: string): Partial<DigestSchedule> {
  const [, day = '', hour, minute] = /^(?:(\S+) )?([0-9]{2}):([0-9]{2})$/.exec(text) ?? [];
  const clock = { hour: Number(hour), minute: Number(minute) };
  if (day === '') return clock;
  return weekdays.includes(day) ? { weekday: weekdays.indexOf(day) + 1, ...clock } : { day: Number(day), ...clock };
}

function guessTime(text: string): string | undefined {
  const found = /(?:^|[^0-9])([01]?[0-9]|2[0-3])(?:[:h.]([0-5][0-9])|h)(?![0-9])/.exec(text);
  return found === null ? undefined : `${(found[1] ?? '').padStart(2, '0')}:${found[2] ?? '00'}`;
}

/** What someone meant who wrote `Monday 7:00`, `mon 7h` or `07:00`. */
function guessWeekly(text: string): string | undefined {
  const named = weekdays.find((name) => text.toLowerCase().includes(name.toLowerCase()));
  const clock = guessTime(text);
  return named === undefined && clock === undefined ? undefined : `"${named ?? 'Mon'} ${clock ?? '07:00'}"`;
}

function guessMonthly(text: string): string | undefined {
  const day = /^([1-9]|1[0-9]|2[0-8])\b(?![:h.])/.exec(text.trim())?.[1] ?? '1';
  return `"${day} ${guessTime(text) ?? '07:00'}"`;
}
