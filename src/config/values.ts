/** The short texts of sources.yaml (`2h`, `8MB`, `/regex/i`) → the values that Relais computes with. */
import { createRequire } from 'node:module';
import type { Pattern, TextSpan } from '../model.ts';

const secondMs = 1_000;
const unitMs: Readonly<Record<string, number>> = {
  s: secondMs,
  m: 60 * secondMs,
  h: 3_600 * secondMs,
  d: 86_400 * secondMs,
  w: 7 * 86_400 * secondMs,
};
const unitBytes: Readonly<Record<string, number>> = { kB: 1_000, MB: 1_000_000, GB: 1_000_000_000 };

/** More often is a burden to a partner's server. */
export const leastEveryMs = 15 * 60 * secondMs;
/** `30s 30m 6h 2d 1w` */
export const durationPattern = /^[1-9][0-9]{0,4}[smhdw]$/;
/** As a duration, but `0s` too: where nothing is a length that makes sense. */
export const gapPattern = /^(0|[1-9][0-9]{0,4})[smhdw]$/;
/** As a duration of days or more, in years too; or for good. */
export const keepPattern = /^([1-9][0-9]{0,4}[dwy]|forever)$/;
/** `8MB`; decimal, as on the label of a disk. */
export const sizePattern = /^[1-9][0-9]{0,4}(kB|MB|GB)$/;
/** `2026-11-20` */
export const dayPattern = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** @param text one that durationPattern or gapPattern accepts; result in milliseconds */
export function durationMs(text: string): number {
  return Number.parseInt(text, 10) * (unitMs[text.slice(-1)] ?? Number.NaN);
}

/** @param text one that keepPattern accepts; result in milliseconds, undefined for `forever` */
export function keepMs(text: string): number | undefined {
  if (text === 'forever') return undefined;
  return text.endsWith('y') ? Number.parseInt(text, 10) * 365 * 24 * 3_600 * secondMs : durationMs(text);
}

/** @param text one that sizePattern accepts; result in bytes */
export function sizeBytes(text: string): number {
  return Number.parseInt(text, 10) * (unitBytes[text.slice(-2)] ?? Number.NaN);
}

/** A word to look for, a regular expression, or why the expression cannot be used (half a sentence). */
type FilterTerm = { readonly term: string | Pattern } | { readonly mistake: string };

/**
 * `Calais` is a word, `/manche/i` a regular expression; a single slash in front, as in a path, makes no expression.
 * The flags `g` and `y` are refused: they make an expression remember its last answer.
 */
export function filterTerm(text: string): FilterTerm {
  const [, body, flags] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? [];
  if (body === undefined || flags === undefined) return { term: text };
  const odd = [...flags].find((flag) => !'imsu'.includes(flag));
  if (odd !== undefined)
    return { mistake: `the letter ${odd} after the last slash has no meaning here; i ignores case` };
  return patternOf(text, body, flags);
}

/** Loaded where an expression is met: most files have none, and reading the engine takes as long as reading a file. */
const load = createRequire(import.meta.url);

/** One match costs no more than the length of the text; all of them may cost as much each. */
const mostMatches = 100;

/**
 * RE2's engine: V8's own takes minutes for `(a+)+$` on one title. It knows neither look-around nor back references, which
 * is what that costs.
 */
function patternOf(written: string, body: string, flags: string): FilterTerm {
  const { RE2JS, RE2JSException } = load('re2js') as typeof import('re2js');
  const known = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL, u: 0 };
  try {
    const bits = [...flags].reduce((sum, flag) => sum | known[flag as keyof typeof known], 0);
    const pattern = RE2JS.compile(RE2JS.translateRegExp(body), bits);
    const spans = (text: string): readonly TextSpan[] => {
      const found: TextSpan[] = [];
      for (const matcher = pattern.matcher(text); found.length < mostMatches && matcher.find(); )
        if (matcher.end() > matcher.start()) found.push({ from: matcher.start(), to: matcher.end() });
      return found;
    };
    return { term: { written, test: (text) => pattern.matcher(text).find(), spans } };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    if (/\(\?<?[=!]|\\[1-9k]/.test(body))
      return { mistake: 'expressions that look ahead, look behind or refer back are not known here' };
    const [why = ''] = error.message.replace(/^error parsing regexp: /, '').split(': `', 1);
    return { mistake: why };
  }
}

const unitWords: readonly (readonly [unit: string, words: RegExp, times: number])[] = [
  ['s', /^(s|secs?|seconde?s?|sekunden?)$/, 1],
  ['m', /^(mins?|minute[sn]?|minuti|minutos)$/, 1],
  ['h', /^(h|hrs?|hours?|heures?|stunden?|std|horas?|ore)$/, 1],
  ['d', /^(d|days?|j|jours?|tage?|d[ií]as?|giorni)$/, 1],
  ['w', /^(w|wks?|weeks?|semaines?|wochen?|semanas?)$/, 1],
  ['d', /^(mo|months?|mois|monate?)$/, 30],
  ['d', /^(y|years?|ans?|jahre?)$/, 365],
];
const rhythms: Readonly<Record<string, string>> = { hourly: '1h', daily: '1d', weekly: '1w', monthly: '30d' };

/**
 * What someone meant who wrote `2 hours`, `2`, `daily` or `30 minutes`.
 * @param bareUnit the unit of a number that stands alone
 */
export function guessDuration(text: string, bareUnit: string): string | undefined {
  const lower = text.trim().toLowerCase();
  const [, digits, word = ''] = /^([0-9]{1,5})\s*([a-zí]*)\.?$/.exec(lower) ?? [];
  if (digits === undefined) return rhythms[lower];
  if (word === '' || word === 'm') return fits(`${Number(digits)}${word === '' ? bareUnit : 'm'}`);
  const row = unitWords.find(([, words]) => words.test(word));
  return row && fits(`${Number(digits) * row[2]}${row[0]}`);
}

function fits(guess: string): string | undefined {
  return durationPattern.test(guess) ? guess : undefined;
}

/** What someone meant who wrote `2 years`, `always` or `90`. */
export function guessKeep(text: string): string | undefined {
  if (/^(always|ever|never|for ever|none|no)$/i.test(text.trim())) return 'forever';
  const [, years] = /^([0-9]{1,3})\s*(?:y|years?|ans?|jahre?)$/i.exec(text.trim()) ?? [];
  const guess = years === undefined ? guessDuration(text, 'd') : `${Number(years)}y`;
  return guess !== undefined && keepPattern.test(guess) ? guess : undefined;
}

/** What someone meant who wrote `8 mb`, `8M`, `8 MiB` or `8000000`. */
export function guessSize(text: string): string | undefined {
  const [, digits, letter = ''] = /^([0-9]{1,10})\s*([kmg]?)(i?b|bytes?)?$/i.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  const unit = { k: 'kB', m: 'MB', g: 'GB' }[letter.toLowerCase()];
  const guess =
    unit === undefined ? `${Math.max(1, Math.round(Number(digits) / 1_000_000))}MB` : `${Number(digits)}${unit}`;
  return sizePattern.test(guess) ? guess : undefined;
}

/** YAML 1.1 knew more words for it than 1.2 does. */
export function guessYes(text: string): string | undefined {
  if (/^(y|yes|on|1)$/i.test(text)) return 'true';
  return /^(n|no|off|0)$/i.test(text) ? 'false' : undefined;
}

/** @param text one that dayPattern accepts; half a sentence where no calendar has such a day */
export function dayMistake(text: string): string | undefined {
  if (!dayPattern.test(text)) return undefined;
  const day = new Date(`${text}T00:00Z`);
  const isReal = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  return isReal ? undefined : 'the calendar has no such day';
}

/** What someone meant who wrote `20.11.2026`, `2026/11/20` or `2026-11-20T00:00`. Of `3/4/2026` nobody knows. */
export function guessDay(text: string): string | undefined {
  const [, year, month, day] = /^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ].*)?$/.exec(text.trim()) ?? [];
  const [, first, second, last] = /^([0-9]{1,2})[-/.]\s?([0-9]{1,2})[-/.]\s?([0-9]{4})$/.exec(text.trim()) ?? [];
  const isDayFirst = Number(first) > 12 || text.includes('.');
  const parts = year !== undefined ? [year, month, day] : isDayFirst ? [last, second, first] : [];
  const guess = parts.map((part = '') => part.padStart(2, '0')).join('-');
  return dayPattern.test(guess) && dayMistake(guess) === undefined ? guess : undefined;
}
