/**
 * The days that a text names: "Saturday 3 March", "le 3 mars", "3.3.2026". An appeal that is used again names another day
 * than it did before, and so do two reports of one kind.
 */
import { foldDate, months, type NamedMonth } from '../text/date-words.ts';

/** Characters that are looked at: appeals name their day early. */
const mostCharacters = 20_000;
const mostDays = 40;

/** Characters around a number in which its month stands. */
const reach = 40;

/** Numbers are few in a text: words are looked at beside them alone. Several with one mark between them are one date. */
const numbers = /[\d٠-٩۰-۹]+(?:[./-][\d٠-٩۰-۹]+){0,3}/g;
const word = /[\p{L}\p{M}]+/gu;
const between = /^(?:st|nd|rd|th|er|e|de|do|del|of|den|di|της|يوم)$/;
/** Words that may stand between a number and its month: "3rd of", "3 de". */
const mostBetween = 2;

/** @returns `month-day`, each once, in order; the year is left out, since few name it */
export function namedDays(text: string): string[] {
  const days = new Set<string>();
  const looked = text.slice(0, mostCharacters);
  for (const { 0: written, index } of looked.matchAll(numbers)) {
    const folded = foldDate(written);
    const day = /^\d{1,2}$/.test(folded)
      ? besideMonth(looked, index, index + written.length, Number(folded))
      : numericDay(folded);
    if (day !== undefined) days.add(day);
    if (days.size >= mostDays) break;
  }
  return [...days];
}

function besideMonth(text: string, start: number, end: number, day: number): string | undefined {
  if (day < 1 || day > 31) return undefined;
  const after = foldDate(text.slice(end, end + reach)).match(word) ?? [];
  const skipped = after.findIndex((one) => !between.test(one));
  const behind = skipped >= 0 && skipped <= mostBetween ? months.get(after[skipped] ?? '') : undefined;
  const month =
    behind ?? (/\s/.test(text[start - 1] ?? '') ? lastMonth(text.slice(Math.max(0, start - reach), start)) : undefined);
  return month === undefined || month.isJalali ? undefined : `${month.number}-${day}`;
}

/** The month that a text ends with. What follows it without a space is the number of a note. */
function lastMonth(text: string): NamedMonth | undefined {
  return months.get(foldDate(text).match(word)?.at(-1) ?? '');
}

/** 2026-03-28, 28.3.2026, 28/3/26; not 3/4/2026, which is two days. */
function numericDay(word: string): string | undefined {
  const parts = word.split(/[./-]/).map(Number);
  const [first = 0, second = 0, third = 0] = parts;
  if (parts.length !== 3) return undefined;
  if (first > 31) return dayOf(second, third);
  const isDayFirst = word.includes('.') || first > 12;
  if (!isDayFirst && second <= 12 && first !== second) return undefined;
  return isDayFirst ? dayOf(second, first) : dayOf(first, second);
}

function dayOf(month: number, day: number): string | undefined {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? `${month}-${day}` : undefined;
}
