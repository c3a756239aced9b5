/**
 * One function per place that makes partner text safe for it. Whatever a partner wrote passes exactly one of these on
 * its way out. (Pages escape by JSX; markup passes normalise/clean-html.ts.)
 */
import { isOrdinary, withoutInvisible } from './invisible.ts';

/** Everything XML 1.0 §2.2 leaves out, and the C1 controls and noncharacters that some readers choke on. */
const notXml = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;
/** Vertical tab, form feed, next line: word processors end lines with them, and XML has none of them. */
const oldLineEnds = /[\u000b\u000c\u0085]/g;
const terminalControls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Well-formed Unicode that XML 1.0 allows: lone surrogates become U+FFFD, control characters go, old line ends are new ones. */
export function xmlText(text: string): string {
  return notXmlText.test(text) ? madeXml(text) : text;
}

/** Any of them, and halves of characters, whole ones among them: one look instead of three, and most texts have none. */
const notXmlText = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;

function madeXml(text: string): string {
  return text.toWellFormed().replace(oldLineEnds, '\n').replace(notXml, '');
}

/**
 * Partner text of any length as people may read it: no control, no bidi override, no invisible stuffing, at most 8 marks
 * in a row. White space stays as it is. Idempotent.
 */
export function readableText(text: string): string {
  return isOrdinary(text) ? text : withoutInvisible(xmlText(text));
}

/** White space other than a single space between words; a blank of Braille is some more. */
const strayBlank = / [\s\u2800]|[^\S ]|\u2800/;
const strayBlanks = /(?:[^\S ]|\u2800)[\s\u2800]*| [\s\u2800]+/g;

/** A single line of partner text for people: no control, no bidi override, no invisible stuffing, at most 8 marks in a row. */
export function plainLine(text: string, maxLength = 500): string {
  const readable = readableText(text);
  const clean = (strayBlank.test(readable) ? readable.replace(strayBlanks, ' ') : readable).trim();
  if (clean.length <= maxLength) return clean;
  const cut = readableText(clean.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')).trimEnd();
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
