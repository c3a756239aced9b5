/**
 * Partner markup to SafeHtml: rebuilt by our own rules (rebuild-html.ts), then held against an allow-list: by an inspector that
 * shares nothing with those rules (inspect.ts), and by sanitize-html where that finds anything it does not know. So two
 * programs must both be wrong before anything slips through. The only maker of SafeHtml from raw markup and the only file
 * that knows sanitize-html.
 */
import sanitizeHtml from 'sanitize-html';
import type { RawHtml, SafeHtml } from '../model.ts';
import { safeHtmlToText } from '../text/safe-text.ts';
import { type AllowList, inspectorFor } from './inspect.ts';
import { everywhere, hidden, keptAttributes, keptVoids } from './markup-rules.ts';
import { rebuildHtml } from './rebuild-html.ts';

const allowList = {
  allowedTags: Object.keys(keptAttributes),
  allowedAttributes: {
    ...Object.fromEntries(Object.entries(keptAttributes).map(([name, kept]) => [name, [...kept]])),
    '*': [...everywhere],
  },
  allowedEmptyAttributes: ['alt'],
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: false,
  selfClosing: [...keptVoids],
  disallowedTagsMode: 'discard',
  // sanitize-html ≤ 2.17.3 let live script out of <xmp>; all elements that it might read as raw text stay named here.
  nonTextTags: [...hidden],
  parseStyleAttributes: false,
} satisfies sanitizeHtml.IOptions & AllowList;

/** What of markup passes the allow-list. */
export const enforce = (html: string): string => sanitizeHtml(html, allowList);

/** True only for markup that passes it as it is. */
export const passesUnchanged = inspectorFor(allowList, enforce);

/** A text that is safe to show. */
export interface CleanText {
  readonly html: SafeHtml;
  /** What a reader sees of it, one paragraph a line. */
  readonly text: string;
}

/**
 * Cleans markup.
 *
 * - Elements, attributes and their values: the tables of markup-rules.ts and attributes.ts. No style, class or id.
 * - Links: http, https, mailto and tel, absolute, without credentials and tracking parameters, fragments kept.
 * - Images keep their partner's absolute address; counters, 1×1 images and `srcset` go.
 * - Players (iframe, embed, video, audio) become a link to what they play.
 * - No bidi override, no invisible character, no control; at most 256 levels and 1 MiB.
 *
 * Idempotent: cleaning the result again changes nothing. Linear.
 * @param base address that relative ones resolve against where the markup has no base of its own; absolute
 */
export function cleanHtml(raw: RawHtml, base: string): CleanText {
  const { html, text } = rebuildHtml(raw.html, raw.base ?? base);
  if (passesUnchanged(html)) return { html: html as SafeHtml, text };
  const enforced = enforce(html) as SafeHtml;
  return { html: enforced, text: safeHtmlToText(enforced) };
}
