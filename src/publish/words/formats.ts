/**
 * The formats of `Intl`, each made once and kept: making one takes 0.3 ms, using it a thousandth of that, and ten thousand
 * stories would make forty thousand. It is a memo of pure functions, equal arguments give equal formats, so nobody can
 * see that it remembers; it holds few, since languages come from partners' feeds.
 */

const mostKept = 200;
const kept = new Map<string, unknown>();

function once<T>(name: string, make: () => T): T {
  const known = kept.get(name) as T | undefined;
  if (known !== undefined) return known;
  if (kept.size >= mostKept) kept.clear();
  const made = make();
  kept.set(name, made);
  return made;
}

const longDay = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const digits = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

/** Options of the dates we print. `wall` is for machines: every field in digits. */
const dateOptions = {
  day: longDay,
  header: { ...longDay, weekday: 'long' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  month: { month: 'long', year: 'numeric' },
  wall: { ...digits, year: 'numeric', hourCycle: 'h23' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** @param locale as `Intl` knows it, with `-u-ca-…` for another calendar. @param timeZone IANA name */
export function dateFormat(name: keyof typeof dateOptions, locale: string, timeZone: string): Intl.DateTimeFormat {
  return once(
    `${name} ${locale} ${timeZone}`,
    () => new Intl.DateTimeFormat(locale, { ...dateOptions[name], timeZone }),
  );
}

/** Numbers in the language's digits; years without a separator. */
export function numberFormat(locale: string, grouping: 'auto' | false = 'auto'): Intl.NumberFormat {
  return once(`number ${locale} ${grouping}`, () => new Intl.NumberFormat(locale, { useGrouping: grouping }));
}

/** The name of a language in itself: what those who read it look for. @param lang well-formed tag */
export function languageName(lang: string): string {
  return once(`name ${lang}`, () => new Intl.DisplayNames(lang, { type: 'language' })).of(lang) ?? lang;
}

export function pluralRules(locale: string): Intl.PluralRules {
  return once(`plural ${locale}`, () => new Intl.PluralRules(locale));
}

export function listFormat(locale: string): Intl.ListFormat {
  return once(`list ${locale}`, () => new Intl.ListFormat(locale, { type: 'conjunction' }));
}

/** A locale, with its extensions, as ICU has dates and numbers for it; undefined where it has none, and for what is no tag. */
export function knownLocale(tag: string): string | undefined {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0];
  } catch {
    return undefined; // not well-formed
  }
}
