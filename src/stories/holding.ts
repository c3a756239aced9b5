/**
 * What a section wants a person to look at before it shows an item: numbers, addresses, accounts, words, expressions, faces.
 * Each thing found has a mark by which it is known again, so that what a person has let pass stays let pass. Pure.
 */
import { createHash } from 'node:crypto';
import type { FindKind, Item, Pattern, SafetyHold, Section, Source, TextSpan } from '../model.ts';
import type { Finds } from '../refresh-plan.ts';
import { bankAccountsIn } from '../text/bank-accounts.ts';
import { emailAddressesIn } from '../text/email-addresses.ts';
import { htmlToText } from '../text/html.ts';
import { type Found, phoneNumbersIn } from '../text/phone-numbers.ts';
import { picturesIn } from '../text/safe-html.ts';

/** Something that was found in an item. */
export interface Finding {
  readonly kind: FindKind | 'word' | 'pattern' | 'face' | 'too-long';
  /** A hash, from which nobody reads what it was. */
  readonly mark: string;
  /** What was found, with the very words around it; of a picture its address. */
  readonly quote: string;
}

type Allowing = Pick<Source, 'allow' | 'picturesShowFaces'>;

/** A section that holds, with its id. */
export type HoldingSection = Pick<Section, 'id'> & { readonly hold: SafetyHold };

export function holdingSections(sections: readonly Section[]): readonly HoldingSection[] {
  return sections.flatMap(({ id, hold }) => (hold === undefined || !isLooking(hold) ? [] : [{ id, hold }]));
}

/** A mere delay finds nothing. */
function isLooking({ kinds, words, patterns, faces }: SafetyHold): boolean {
  return faces || kinds.length + words.length + patterns.length > 0;
}

/** What each of these sections finds in an item, by section; sections that find nothing are left out. */
export function findsOf(item: Item, source: Allowing | undefined, sections: readonly HoldingSection[]): Finds {
  if (sections.length === 0) return new Map();
  const words = wordsOf(item);
  const found = sections.map(
    ({ id, hold }) => [id, findingsIn(item, { hold, source, words }).map(({ mark }) => mark)] as const,
  );
  return new Map(found.flatMap(([id, marks]) => (marks.length === 0 ? [] : [[id, [...new Set(marks)]]])));
}

/** In the order in which it stands, the kinds one after another. */
export function findingsIn(
  item: Item,
  given: { readonly hold: SafetyHold; readonly source: Allowing | undefined; readonly words?: string },
): readonly Finding[] {
  const { hold, source, words = wordsOf(item) } = given;
  const faces = hold.faces && source?.picturesShowFaces === true ? facesIn(item) : [];
  return [...inWords(words, hold, [...hold.allow, ...(source?.allow ?? [])]), ...faces];
}

// ── what is looked through ───────────────────────────────────────────────────────────────────────

/** All that readers may get of an item, as one text. */
function wordsOf(item: Item): string {
  const parts = [
    item.title,
    item.text,
    ...hiddenIn(item.html),
    ...item.authors,
    ...item.categories,
    ...item.enclosures.flatMap(({ title, url }) => [title ?? '', url]),
    ...item.events.flatMap(({ title, place, url }) => [title ?? '', place ?? '', url ?? '']),
  ];
  return plainForm(parts.filter((part) => part !== '').join('\n'));
}

/** Where links lead that call or write to somebody, and what pictures are said to show: no text has it. */
const attribute = /\s(?:href|alt|title)="([^"]*)"/gi;
const callLink =
  /^(?:tel:|https?:\/\/(?:wa\.me|api\.whatsapp\.com|signal\.me|(?:www\.)?t\.me)\/\D*)(\+?\d[\d.-]{6,20})/i;

function hiddenIn(html: string): string[] {
  const found: string[] = [];
  for (const [, value = ''] of html.matchAll(attribute)) {
    const written = decoded(htmlToText(value));
    const [, number] = callLink.exec(written) ?? [];
    if (number !== undefined) found.push(`tel: ${number}`);
    else if (/^mailto:/i.test(written)) found.push(written.slice('mailto:'.length));
    else if (!/^https?:/i.test(written)) found.push(written);
  }
  return found;
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written; // a per cent sign is no mistake
  }
}

/** One spelling for what looks alike: Western digits, plain spaces, nothing that nobody sees. */
export function plainForm(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}|\u034f/gu, '')
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15))
    .replace(/[^\S\n]/g, ' ');
}

// ── what is found in it ──────────────────────────────────────────────────────────────────────────

const finders: Readonly<Record<FindKind, (text: string) => readonly Found[]>> = {
  'phone-numbers': (text) => phoneNumbersIn(withoutAccounts(text)),
  'email-addresses': emailAddressesIn,
  'bank-accounts': bankAccountsIn,
};
const kindsInOrder: readonly FindKind[] = ['phone-numbers', 'email-addresses', 'bank-accounts'];

/** An account is no number to call. */
function withoutAccounts(text: string): string {
  let rest = '';
  let end = 0;
  for (const { from, to } of bankAccountsIn(text)) {
    rest += `${text.slice(end, from)}${' '.repeat(to - from)}`;
    end = to;
  }
  return rest + text.slice(end);
}

/** A maintainer's expressions look at so much of a text; one that is longer waits for a person where there are any. */
const longest = 100_000;
/** As many matches of an expression may be all that it was asked for, and there may be more. */
const mostMatches = 100;
/** Told apart of one kind in one item. */
const mostFound = 200;

function inWords(text: string, hold: SafetyHold, allow: SafetyHold['allow']): readonly Finding[] {
  const allowed = allowedIn(text, allow);
  const findings: Finding[] = [];
  for (const kind of kindsInOrder) {
    if (!hold.kinds.includes(kind)) continue;
    const found = finders[kind](text).filter((one) => !allowed.spans.has(one) && !allowed.keys(kind).has(one.key));
    findings.push(...eachOnce(kind, text, new Map(found.map((one) => [one.key, one]))));
  }
  const folded = text.toLowerCase();
  for (const word of hold.words) {
    const wanted = plainForm(word).toLowerCase();
    const found = occurrences(folded, wanted).filter((one) => !allowed.spans.has(one));
    if (found[0] !== undefined) findings.push(finding('word', wanted, text, found[0]));
  }
  const looked = text.slice(0, longest);
  let isCut = text.length > longest;
  for (const pattern of hold.patterns) {
    const matches = pattern.spans(looked);
    isCut ||= matches.length >= mostMatches;
    const found = matches.filter((one) => !allowed.spans.has(one));
    const each = new Map(found.map((one) => [looked.slice(one.from, one.to).toLowerCase(), one]));
    findings.push(...eachOnce('pattern', text, each));
  }
  if (hold.patterns.length > 0 && isCut)
    findings.push({ kind: 'too-long', mark: markOf('too-long', text), quote: `${text.slice(0, 80)} …` });
  return findings;
}

/** Of more than can be told apart all together are one thing, so that none is added unseen. */
function eachOnce(kind: Finding['kind'], text: string, found: ReadonlyMap<string, TextSpan>): readonly Finding[] {
  const own = [...found].slice(0, mostFound).map(([key, span]) => finding(kind, key, text, span));
  if (found.size <= mostFound) return own;
  return [
    ...own,
    { kind: 'too-long', mark: markOf('too-long', [...found.keys()].join(' ')), quote: `${found.size} in all` },
  ];
}

/** What is allowed: parts of the text, and numbers or addresses however they are written. */
interface Allowed {
  readonly spans: { readonly has: (one: TextSpan) => boolean };
  readonly keys: (kind: FindKind) => ReadonlySet<string>;
}

function allowedIn(text: string, allow: readonly (string | Pattern)[]): Allowed {
  const written = allow.filter((one) => typeof one === 'string').map(plainForm);
  const folded = text.toLowerCase();
  const spans = [
    ...written.flatMap((one) => occurrences(folded, one.toLowerCase())),
    ...allow.flatMap((one) => (typeof one === 'string' ? [] : one.spans(text.slice(0, longest)))),
  ];
  return {
    spans: { has: insideOf(spans) },
    keys: (kind) => new Set(written.flatMap((one) => finders[kind](`tel: ${one}`).map(({ key }) => key))),
  };
}

/** Whether a part lies within one of these: a look that costs no more where there are thousands. */
function insideOf(spans: readonly TextSpan[]): (one: TextSpan) => boolean {
  const sorted = [...spans].sort((a, b) => a.from - b.from);
  let furthest = 0;
  const reach = sorted.map(({ to }) => {
    furthest = Math.max(furthest, to);
    return furthest;
  });
  return ({ from, to }) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.from ?? 0) <= from) low = middle + 1;
      else high = middle;
    }
    return low > 0 && (reach[low - 1] ?? 0) >= to;
  };
}

/** At most so many: what stands in a text more often is one thing all the same. */
const mostOccurrences = 500;

function occurrences(folded: string, wanted: string): readonly TextSpan[] {
  const found: TextSpan[] = [];
  if (wanted === '') return found;
  for (let at = folded.indexOf(wanted); at >= 0 && found.length < mostOccurrences; at = folded.indexOf(wanted, at + 1))
    found.push({ from: at, to: at + wanted.length });
  return found;
}

/** Characters quoted on either side. */
const around = 40;

function finding(kind: Finding['kind'], key: string, text: string, { from, to }: TextSpan): Finding {
  const left = text.slice(Math.max(0, from - around), from);
  const right = text.slice(to, to + around);
  const quote = `${from > around ? '…' : ''}${left}${text.slice(from, to)}${right}${to + around < text.length ? '…' : ''}`;
  return { kind, mark: markOf(kind, key), quote: quote.replace(/\s+/g, ' ').trim() };
}

function markOf(kind: Finding['kind'], key: string): string {
  return `${kind}:${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

/** Pictures in its text, and those that are attached. */
function facesIn(item: Item): readonly Finding[] {
  const attached = item.enclosures.filter(({ type, url }) =>
    type === undefined ? /\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)/i.test(url) : type.startsWith('image/'),
  );
  const pictures = new Set([...picturesIn(item.html), ...attached.map(({ url }) => url)]);
  return [...pictures].slice(0, mostFound).map((url) => ({ kind: 'face', mark: markOf('face', url), quote: url }));
}
