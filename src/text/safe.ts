/**
 * One function per place that makes partner text safe for it. Whatever a partner wrote passes exactly one of these on
 * its way out. (Pages escape by JSX; markup passes normalise/clean-html.ts.)
 */

/** U+202A–202E and U+2066–2069: they reorder what stands after them, in our sentence as well as in theirs. */
const bidiControls = /[\u202a-\u202e\u2066-\u2069]/g;
/**
 * Zero-width space, word joiner and its invisible kin, soft hyphen, byte order mark, interlinear anchors. Joiners
 * (U+200C, U+200D) stay: they are letters in Farsi and hold emoji together; so do U+200E and U+200F, which reorder nothing.
 */
const invisible = /[\u200b\u2060-\u2064\u206a-\u206f\u00ad\u180e\ufeff\ufff9-\ufffb]/g;
/** Everything XML 1.0 §2.2 leaves out, and the C1 controls and noncharacters that some readers choke on. */
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;
const terminalControls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Whatever the functions below may have to change; most lines of most partners have none of it, and a look is cheap. */
const questionable =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u02ff-\u036f\u0482-\u0489\u0590-\u1fff\u200b\u202a-\u202e\u2060-\u206f\u20cf-\u20ff\u2cee-\u2cf1\u2d7e-\u2dff\u3029-\u302f\u3098-\u309a\u3164\ua66e-\uabff\ud800-\udfff\ufb1d\ufb1e\ufdd0-\ufdef\ufdff-\ufe2f\ufeff\uffa0\ufff9-\uffff]/;

/** Well-formed Unicode that XML 1.0 allows: lone surrogates become U+FFFD, control characters go. */
export function xmlText(text: string): string {
  return text.toWellFormed().replace(notXml, '');
}

/**
 * Partner text of any length as people may read it: no control, no bidi override, no invisible stuffing, at most 8 marks
 * in a row. White space stays as it is. Idempotent.
 */
export function readableText(text: string): string {
  if (!questionable.test(text)) return text;
  return xmlText(text)
    .replace(bidiControls, '')
    .replace(invisible, '')
    .replace(/(\p{M}{8})\p{M}+/gu, '$1');
}

/** A single line of partner text for people: no control, no bidi override, no invisible stuffing, at most 8 marks in a row. */
export function plainLine(text: string, maxLength = 500): string {
  const clean = readableText(text)
    .replace(/[\s\u00a0\u2028\u2029]+/g, ' ')
    .trim();
  if (clean.length <= maxLength) return clean;
  const cut = clean
    .slice(0, maxLength - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '');
  const lastSpace = cut.lastIndexOf(' ');
  return `${lastSpace > maxLength / 2 ? cut.slice(0, lastSpace) : cut}…`;
}

/** Text as HTML or XML character data and attribute value. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => markupEscapes[character] ?? character);
}
const markupEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For a terminal, a log line or a plain-text file's heading: controls and bidi overrides shown as `\u{…}`, one line. */
export function terminalLine(text: string): string {
  return text.toWellFormed().replace(terminalControls, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** A mail header value: CR, LF, NUL and the rest of the controls become spaces, so that no header can be added. */
export function mailHeader(text: string): string {
  return plainLine(text.replace(/[\u0000-\u001f\u007f]+/g, ' '));
}

/** True for a name that may become a folder: only from configuration, never from a feed. */
export function isPathSegment(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(name);
}
