/**
 * Phone numbers in a text, as people of Europe and North Africa write them: international, and national with a leading zero or in
 * the groups of their country; others where a word says that it is one. No dates, times, amounts, account numbers or addresses.
 */
import type { TextSpan } from '../model.ts';

export interface Found extends TextSpan {
  /** The same however it is written. */
  readonly key: string;
}

/** Codes of Europe, North Africa and around: how many digits follow, at the least and at the most. */
const countries: readonly (readonly [codes: string, least: number, most: number])[] = [
  ['1 7 30 90 98', 10, 10],
  ['31 33 34 40 41 48', 9, 9],
  ['20', 8, 10],
  ['32 36', 8, 9],
  ['39', 6, 11],
  ['43 49', 6, 13],
  ['44', 9, 10],
  ['45 47', 8, 8],
  ['46', 7, 10],
  ['211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 249 251 252 253 291', 7, 10],
  [
    '350 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377 378 380 381 382 383 385 386 387 389',
    6,
    12,
  ],
  ['420 421 423 961 962 963 964 965 966 967 968 970 971 972 973 974 992 993 994 995 996 998', 7, 11],
];
const lengths = new Map(
  countries.flatMap(([codes, least, most]) => codes.split(' ').map((code) => [code, { least, most }] as const)),
);

/** Says that a number beside it is one to be called. */
const callWord =
  /(?:tel|tél|fon|phone|mobile|mobil|handy|cell|call|ring|text|sms|whats ?app|signal|viber|telegram|hotline|helpline|numéro|numero|número|portable|appel\w*|llam\w+|chiam\w+|ruf\w*|anruf\w*|contact|kontakt|contatt\w+|τηλ|тел|هاتف|تلفون|تلفن|جوال|موبايل|موبایل|رقم|شماره|واتس\p{L}*|اتصل\p{L}*|تماس)\p{L}{0,6}[\s.:=\-–]*(?:\(?\p{L}{1,12}\)?[\s.:]*){0,2}$/iu;
const otherWord =
  /(?:isbn|issn|siret|siren|doi|iban|bic|ref|réf|id|nr|no|n°|№|art|art\.|#|§|rna|steuernummer|konto\w*|az|aktenzeichen|dossier|ticket|order|invoice|facture)[\s.:#]*$/iu;
const amountAfter =
  /^\s?(?:€|\$|£|¥|%|°|euros?\b|eur\b|usd\b|gbp\b|chf\b|mad\b|dzd\b|tnd\b|dinars?\b|dirhams?\b|km\b|m²|kg\b|people\b|personnes\b|menschen\b|personas\b)/iu;
const amountBefore = /[€$£¥]\s?$/u;

/** What looks like numbers and is none: addresses, dates, times. They are as long afterwards as before. */
const noNumbers: readonly RegExp[] = [
  /\b(?:https?:\/\/|www\.)[^\s<>"]+/giu,
  /(?<![\d./-])\d{1,2}\.(?:\d{1,2}\.)?\s?[-–]\s?\d{1,2}\.\d{1,2}\.(?:(?:19|20)?\d{2}(?!\d))?/gu,
  /(?<![\d./-])\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}(?!\d)/gu,
  /(?<![\d./-])(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}(?!\d)/gu,
  /(?<![\d./-])\d{1,2}\.\d{1,2}\.\d{2}(?![.\-/ ]?\d)/gu,
  /(?<!\d)(?:[01]?\d|2[0-3])[:h][0-5]\d(?:[:][0-5]\d)?(?!\d)/gu,
];
/** A run of digits with what stands between the groups of a number; a comma or a line's end parts two. */
const run = /(?:\+ ?)?\(?\d[\d ().\-–/·]*/gu;
const strongBreak = / {2,}| [-–/·] |\/ | \//;

/** @param text with Western digits and plain spaces (see `plainForm`) */
export function phoneNumbersIn(text: string): readonly Found[] {
  const found: Found[] = [];
  const bare = noNumbers.reduce((rest, pattern) => rest.replace(pattern, (gone) => ' '.repeat(gone.length)), text);
  for (const match of bare.matchAll(run)) found.push(...inRun(match[0], match.index, bare));
  return found;
}

interface Group {
  readonly digits: string;
  readonly from: number;
  /** What stands between it and the group before. */
  readonly before: string;
}

function inRun(written: string, at: number, text: string): Found[] {
  const found: Found[] = [];
  let offset = 0;
  for (const part of written.split(strongBreak)) {
    const from = written.indexOf(part, offset);
    offset = from + part.length;
    found.push(...inPart(part, at + from, text));
  }
  return found;
}

/** Numbers of one part: as many as it takes, each the longest that begins where it does. */
function inPart(part: string, at: number, text: string): Found[] {
  const groups: Group[] = [];
  let end = 0;
  for (const match of part.matchAll(/\d+/g)) {
    groups.push({ digits: match[0], from: at + match.index, before: part.slice(end, match.index) });
    end = match.index + match[0].length;
  }
  if (groups.length > 60) return []; // a table of figures
  const found: Found[] = [];
  for (let index = 0; index < groups.length; ) {
    const taken = numberAt(groups, index, text);
    if (taken !== undefined) found.push(taken.found);
    index += taken?.groups ?? 1;
  }
  return found;
}

const mostGroups = 9;

function numberAt(
  groups: readonly Group[],
  index: number,
  text: string,
): { readonly found: Found; readonly groups: number } | undefined {
  const first = groups[index];
  if (first === undefined) return undefined;
  const leftOf = text.slice(Math.max(0, first.from - 40), first.from);
  if (/[\p{L}\p{N}_@#&=]$/u.test(leftOf)) return undefined;
  for (let count = Math.min(mostGroups, groups.length - index); count > 0; count--) {
    const own = groups.slice(index, index + count);
    const last = own[count - 1] ?? first;
    const to = last.from + last.digits.length;
    if (/^[\p{L}_@]/u.test(text.slice(to, to + 1))) continue;
    const isWhole = index === 0 && count === groups.length;
    const key = keyOf(own, { leftOf, rightOf: text.slice(to, to + 12), isWhole });
    if (key !== undefined) return { found: { from: first.from, to, key }, groups: count };
  }
  return undefined;
}

interface Around {
  readonly leftOf: string;
  readonly rightOf: string;
  /** Nothing else stands in the run of digits. */
  readonly isWhole: boolean;
}

/** Its digits without what is written for calls from elsewhere; undefined where it is no number. */
function keyOf(groups: readonly Group[], around: Around): string | undefined {
  const { leftOf, rightOf, isWhole } = around;
  const digits = groups.map((group) => group.digits).join('');
  if (/\+ ?\(?$/.test(leftOf)) return international(digits, groups);
  if (digits.startsWith('00')) return codeOf(digits.slice(2)) && international(digits.slice(2), groups);
  if (amountAfter.test(rightOf) || amountBefore.test(leftOf)) return undefined;
  if (digits.length < 7 || digits.length > 13) return undefined;
  if (isWhole && callWord.test(leftOf.replace(/[(+\s]+$/, ' '))) return digits.replace(/^0/, '');
  if (otherWord.test(leftOf)) return undefined;
  if (digits.startsWith('0')) return isNational(groups, digits, isWhole) ? digits.slice(1) : undefined;
  return isWhole && hasCountrysGroups(groups) ? digits : undefined;
}

function codeOf(digits: string): string | undefined {
  return [1, 2, 3].map((length) => digits.slice(0, length)).find((one) => lengths.has(one));
}

function international(digits: string, groups: readonly Group[]): string | undefined {
  const code = codeOf(digits);
  const length = code === undefined ? undefined : lengths.get(code);
  if (code === undefined || length === undefined)
    return digits.length >= 10 && digits.length <= 15 ? digits : undefined;
  // +44 (0)20 …
  const isBracketed = groups.some((group, at) => group.digits.startsWith('0') && /\($/.test(group.before) && at > 0);
  const rest = digits.slice(code.length);
  const own = isBracketed || /^0[1-9]/.test(rest) ? rest.replace(/^0/, '') : rest;
  return own.length >= length.least && own.length <= length.most ? own : undefined;
}

/** With a leading zero: in pairs with one sign between, as one, or an area and one to three groups. */
function isNational(groups: readonly Group[], digits: string, isWhole: boolean): boolean {
  if (digits.length < 9 || digits.length > 12 || digits[1] === '0') return false;
  const shape = groups.map((group) => group.digits.length);
  if (shape.length === 1) return digits.length <= 11;
  const signs = new Set(groups.slice(1).map((group) => group.before));
  const isPairs = shape.every((length) => length === 2);
  if (isPairs) return digits.length === 10 && signs.size === 1;
  if (!isWhole) return false;
  if (shape.slice(0, 3).join('-') === '2-2-4' && /^(?:19|20)/.test(groups[2]?.digits ?? '')) return false; // a date
  const [area = 0, ...others] = shape;
  return area >= 2 && area <= 5 && others.length <= 5 && others.every((length) => length >= 2) && signs.size <= 2;
}

/** Without a zero: Spain, Italy, Greece, by how they group their digits. */
function hasCountrysGroups(groups: readonly Group[]): boolean {
  const shape = groups.map((group) => group.digits.length).join('-');
  const first = groups[0]?.digits ?? '';
  if (/^[679]/.test(first) && shape === '3-2-2-2') return true;
  if (/^3[2-9]/.test(first) && (shape === '3-7' || shape === '3-3-4' || shape === '10')) return true;
  return /^(?:69|2[1-8])/.test(first) && ['10', '3-7', '4-6', '3-3-4', '4-3-3'].includes(shape);
}
