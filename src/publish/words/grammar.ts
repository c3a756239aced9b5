/** Numbers, lists and weeks in the grammar of a language, by `Intl`: what the tables of words are written with. */
import { listFormat, numberFormat, pluralRules } from './formats.ts';

/** A phrase by plural category (CLDR); `{n}` stands for the number. */
type Plural = { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** The phrase for this many. @example count('en-GB', 2, { one: '{n} story', other: '{n} stories' }) === '2 stories' */
export function count(locale: string, n: number, forms: Plural): string {
  const form = forms[pluralRules(locale).select(n)] ?? forms.other;
  return form.replace('{n}', number(locale, n));
}

/** A number in the language's digits. */
export function number(locale: string, n: number): string {
  return numberFormat(locale).format(n);
}

/** Names as one enumeration: "A, B and C"; the last part counts those that are not named. */
export function list(locale: string, names: readonly string[], others: number, more: Plural): string {
  const parts = others > 0 ? [...names, count(locale, others, more)] : names;
  return listFormat(locale).format(parts);
}

/** `2026-W47` put into a pattern with `{week}` and `{year}`, in the language's digits. */
export function weekIn(locale: string, week: string, pattern: string): string {
  const [, year = '', number = ''] = /^(\d{4})-W(\d{1,2})$/.exec(week) ?? [];
  if (year === '') return week;
  const digits = numberFormat(locale, false);
  return pattern.replace('{week}', digits.format(Number(number))).replace('{year}', digits.format(Number(year)));
}

/** Signs of a program within a sentence from right to left, which would turn them round: `<` would be seen as `>`. */
export function signs(written: string): string {
  return `\u2066${written}\u2069`; // left-to-right isolate
}

/** What stands between this and a number after it: a dot, but not behind digits of Arabic or Farsi, whose zero is a dot too. */
export function between(before: string): string {
  return /[\u0660-\u0669\u06f0-\u06f9]$/.test(before) ? '، ' : ' · ';
}

/** The colon behind a label: French sets it apart. */
export function colon(lang: string): string {
  return lang === 'fr' ? '\u00a0:' : ':';
}
