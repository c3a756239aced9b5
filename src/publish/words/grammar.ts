/** What stands between words, by the rules of a language. */

/** What stands between this and a number after it: a dot, but not behind digits of Arabic or Farsi, whose zero is a dot too. */
export function between(before: string): string {
  return /[\u0660-\u0669\u06f0-\u06f9]$/.test(before) ? '، ' : ' · ';
}

/** The colon behind a label: French sets it apart. */
export function colon(lang: string): string {
  return lang === 'fr' ? '\u00a0:' : ':';
}
