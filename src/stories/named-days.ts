/**
 * The days that a text names: "Saturday 3 March", "le 3 mars", "3.3.2026". An appeal that is used again names another day
 * than it did before, and so do two reports of one kind.
 */
import { foldDate, months } from '../text/date-words.ts';

/** Characters that are looked at: appeals name their day early. */
const mostCharacters = 20_000;
const mostDays = 40;

const token = /\d{1,4}(?:[./-]\d{1,2}[./-]\d{2,4})?|[\p{L}\p{M}]{2,}/gu;
const ordinal = /^(?:st|nd|rd|th|er|de|do|del|of|den|di|της|e)$/;

/** @returns `month-day`, each once, in order; the year is left out, since few name it */
export function namedDays(text: string): string[] {
  const days = new Set<string>();
  const words = foldDate(text.slice(0, mostCharacters)).match(token) ?? [];
  for (let at = 0; at < words.length && days.size < mostDays; at++) {
    const word = words[at] ?? '';
    const day = numericDay(word);
    if (day !== undefined) days.add(day);
    const month = months.get(word);
    if (month === undefined || month.isJalali) continue;
    let before = at - 1;
    while (before > at - 3 && ordinal.test(words[before] ?? '')) before -= 1;
    const number = dayNumber(words[before]) ?? dayNumber(words[at + 1]);
    if (number !== undefined) days.add(`${month.number}-${number}`);
  }
  return [...days];
}

function dayNumber(word: string | undefined): number | undefined {
  const value = word !== undefined && /^\d{1,2}$/.test(word) ? Number(word) : 0;
  return value >= 1 && value <= 31 ? value : undefined;
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
