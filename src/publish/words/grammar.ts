/** What stands between words, by the rules of a language. */

/** The colon behind a label: French sets it apart. */
export function colon(lang: string): string {
  return lang === 'fr' ? '\u00a0:' : ':';
}
