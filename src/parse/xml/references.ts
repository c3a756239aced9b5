/** Text with references that no XML parser takes (`&nbsp;`, a bare `&`, `&#11;`) to text with the five it knows. */
import { Parser } from 'htmlparser2';

const known = /^&(?:amp|lt|gt|quot|apos);$/;
const reference = /&(?:#(?:x[0-9a-f]{1,8}|[0-9]{1,9})|[a-z][a-z0-9]{0,31});/iy;

/**
 * The reference that starts at this `&`, and whether XML 1.0 §4.1 and §4.6 allow it in a document without a DTD.
 * Numbers 128 to 159 are allowed there and mean control characters; everyone who writes them means windows-1252. So are
 * noncharacters, which we let nowhere.
 */
export function referenceAt(text: string, at: number): { readonly raw: string; readonly isSound: boolean } {
  reference.lastIndex = at;
  const raw = reference.exec(text)?.[0];
  if (raw === undefined) return { raw: '&', isSound: false };
  if (!raw.startsWith('&#')) return { raw, isSound: known.test(raw) };
  const code = codeOf(raw);
  const isSound =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 32 && code < 127) ||
    (code >= 160 && code < 0xd800) ||
    (code >= 0xe000 && code < 0xfffe && (code < 0xfdd0 || code > 0xfdef)) ||
    (code >= 0x10000 && code <= 0x10ffff);
  return { raw, isSound };
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text whose references are sound, with what they mean in their place. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(#?\w+);/g,
    (raw: string, name: string) => characters[name] ?? String.fromCodePoint(codeOf(raw)),
  );
}

function codeOf(raw: string): number {
  return /^&#x/i.test(raw) ? Number.parseInt(raw.slice(3), 16) : Number.parseInt(raw.slice(2), 10);
}

/**
 * Mends a document outside its CDATA sections: HTML's named references become their characters, a lone `&` or `<` becomes
 * text, numbers of no character go. Entities that are not HTML's stay visible as they were written (entities.ts has put in
 * those that are plain text).
 */
export function mendReferences(xml: string): string {
  const decoded = new Map<string, string>();
  return outsideCdata(xml, (part) => mendPart(part, decoded));
}

/** Closes HTML's elements that have no end tag (`<br>`), which a tree of XML would nest in each other. */
export function closeVoidElements(xml: string): string {
  return outsideCdata(xml, (part) =>
    part.replace(
      /<((?:area|base|br|col|embed|hr|img|input|param|track|wbr)(?:\s[^<>]*)?)>/gi,
      (tag: string, inside: string) => (inside.endsWith('/') ? tag : `<${inside}/>`),
    ),
  );
}

/** Rewrites what stands outside CDATA sections. */
export function outsideCdata(xml: string, mend: (part: string) => string): string {
  let out = '';
  for (let at = 0; at < xml.length; ) {
    const cdata = xml.indexOf('<![CDATA[', at);
    const start = cdata < 0 ? xml.length : cdata;
    out += mend(xml.slice(at, start));
    const close = cdata < 0 ? -1 : xml.indexOf(']]>', start);
    const end = close < 0 ? xml.length : close + 3;
    out += xml.slice(start, end);
    at = end;
  }
  return out;
}

function mendPart(part: string, decoded: Map<string, string>): string {
  return part
    .replace(
      /&#(?:x(d[89ab][0-9a-f]{2})|(5[567][0-9]{3}));&#(?:x(d[c-f][0-9a-f]{2})|(5[67][0-9]{3}));/gi,
      joinSurrogates,
    )
    .replace(/&(?:#(?:x[0-9a-f]{1,8}|[0-9]{1,9});|[a-z][a-z0-9]{0,31};)?/gi, (raw: string) => {
      if (referenceAt(raw, 0).isSound) return raw;
      const ready = decoded.get(raw);
      if (ready !== undefined) return ready;
      const made = mendOne(raw);
      decoded.set(raw, made);
      return made;
    })
    .replace(/<(?![a-z_/!?:])/gi, '&lt;');
}

/** JavaScript's escapes written as references: two halves of one character. */
function joinSurrogates(raw: string, highHex?: string, high?: string, lowHex?: string, low?: string): string {
  const first = highHex === undefined ? Number(high) : Number.parseInt(highHex, 16);
  const second = lowHex === undefined ? Number(low) : Number.parseInt(lowHex, 16);
  const joined = String.fromCharCode(first, second);
  return joined.isWellFormed() ? joined : raw;
}

function mendOne(raw: string): string {
  if (raw === '&') return '&amp;';
  const code = raw.startsWith('&#') ? codeOf(raw) : undefined;
  if (code !== undefined && (code < 127 || code > 159)) return ''; // no character, or one that XML has no place for
  let text = '';
  const parser = new Parser({
    ontext: (piece) => {
      text += piece;
    },
  });
  parser.write(raw);
  parser.end();
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
