/** What stands between two pieces of one line. */

/** A dot, but not beside digits of Arabic or Farsi, whose zero is a dot too. */
export function between(before: string, after = ''): string {
  return /[\u0660-\u0669\u06f0-\u06f9]$/.test(before) || /^[\u0660-\u0669\u06f0-\u06f9]/.test(after) ? '، ' : ' · ';
}
