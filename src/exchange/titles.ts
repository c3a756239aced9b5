/** Titles in OPML, as an import reads them. */
import { plainLine } from '../text/safe.ts';

const escapes: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#039': "'",
  '#39': "'",
};

/**
 * One line of no more than 200 signs. Old exports of FreshRSS and others are escaped twice (`Arts &amp; Design`), and nobody's title
 * has that in it.
 * @returns undefined where nothing is left
 */
export function titleLine(text: string | undefined): string | undefined {
  const once = (text ?? '').replace(/&(amp|lt|gt|quot|apos|#0?39);/g, (whole, name: string) => escapes[name] ?? whole);
  const line = plainLine(once, 200);
  return line === '' ? undefined : line;
}
