/** The licences that a text links to as its own: `rel="license"` (RFC 4946, microformats). */
import type { RawHtml } from '../model.ts';
import { readMarkup } from '../text/markup.ts';
import { resolveUrl } from '../text/url.ts';

/** More than one is rare. */
const most = 3;

/**
 * Addresses of the licences of a whole text, in order. What stands at a picture is the picture's.
 * @param base where it is read, for addresses that are not absolute
 */
export function licencesOf(raw: RawHtml | undefined, base: string): readonly string[] {
  if (raw === undefined || !raw.html.includes('=') || !/license/i.test(raw.html)) return [];
  const found = new Set<string>();
  let figures = 0;
  readMarkup(raw.html, {
    text: () => {},
    open(name, attributes) {
      if (name === 'figure') figures += 1;
      const isLicence = /(?:^|\s)license(?:\s|$)/i.test(attributes.get('rel') ?? '');
      const href = isLicence && figures === 0 ? resolveUrl(attributes.get('href') ?? '', raw.base ?? base) : undefined;
      if (href !== undefined && /^https?:/i.test(href) && found.size < most) found.add(href);
    },
    close(name) {
      if (name === 'figure') figures = Math.max(0, figures - 1);
    },
  });
  return [...found];
}
