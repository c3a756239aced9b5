/**
 * What a server's headers ask of our timing: Retry-After, Cache-Control, Expires and Age become milliseconds.
 * Junk, zero and what lies in the past count as not said.
 */
import type { Instant, ServerHints } from '../model.ts';

/** Header values as node:http hands them over: names in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Longer waits are a mistake more often than a wish, and would lose a partner for good. */
export const longestWaitMs = 7 * 24 * 3_600_000;

/**
 * Timing hints of one answer.
 * @param now our clock, for Retry-After as a date
 * @param isAnswer false for an error or redirect: only those may tell us to wait, only answers have a freshness
 */
export function serverHints(headers: Headers, now: Instant, isAnswer: boolean): ServerHints {
  return isAnswer
    ? { maxAgeMs: maxAge(headers, now), retryAfterMs: undefined }
    : { maxAgeMs: undefined, retryAfterMs: retryAfter(headerText(headers, 'retry-after'), now) };
}

/** One header's value; lists joined as RFC 9110 §5.3 allows, undefined when absent or empty. */
export function headerText(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  const text = Array.isArray(value) ? value.join(', ') : value;
  return text === undefined || text === '' ? undefined : text;
}

/** The validator to remember: none where it could be taken for `If-None-Match: *` (RFC 9110 §13.1.2), which any text matches. */
export function entityTag(headers: Headers): string | undefined {
  const etag = headerText(headers, 'etag');
  return etag?.split(',').some((part) => part.trim() === '*') ? undefined : etag;
}

/**
 * RFC 9110 §10.2.3: seconds or a date; fractions and spaces are tolerated.
 * @returns milliseconds from now, at most `longestWaitMs`
 */
export function retryAfter(written: string | undefined, now: Instant): number | undefined {
  const text = written?.trim() ?? '';
  const seconds = /^\d+(?:\.\d*)?$/.test(text) ? Number(text) : undefined;
  const wait = seconds === undefined ? (httpDate(text) ?? now) - now : Math.ceil(seconds * 1_000);
  return wait > 0 ? Math.min(wait, longestWaitMs) : undefined;
}

/**
 * RFC 9111 §4.2.1: max-age before Expires, less the Age it already has; s-maxage is for shared caches, not for us. Of two
 * max-ages the first counts, and where it makes no sense nothing is said (§4.2.1 again: such an answer is stale).
 */
function maxAge(headers: Headers, now: Instant): number | undefined {
  const control = directivesOf(headerText(headers, 'cache-control'));
  if (control.get('no-cache') === '' || control.has('no-store')) return undefined; // no-cache="…" is about single headers
  const ageText = headerText(headers, 'age') ?? '';
  const age = /^\d{1,12}$/.test(ageText) ? Number(ageText) * 1_000 : 0;
  const written = control.get('max-age');
  const fresh = written === undefined ? expiresIn(headers, now) : (deltaSeconds(written) ?? 0) * 1_000;
  return fresh - age > 0 ? fresh - age : undefined;
}

/** Arguments by directive, in lower case; '' where there is none. Of repeated ones the first. White space is tolerated. */
function directivesOf(control: string | undefined): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  if (control === undefined) return directives;
  for (const [, name = '', argument = ''] of control.matchAll(/(?:^|,)\s*([^\s,="]+)\s*(?:=\s*("[^"]*"|[^\s,"]*))?/g)) {
    const key = name.toLowerCase();
    if (!directives.has(key)) directives.set(key, argument);
  }
  return directives;
}

/** RFC 9111 §1.2.2: what is too large to count with is 2³¹. Quotation marks are tolerated (§5.2). */
function deltaSeconds(written: string): number | undefined {
  const digits = /^"?(\d+)"?$/.exec(written)?.[1];
  return digits === undefined ? undefined : Math.min(Number(digits), 2 ** 31);
}

/** Expires counts from the server's own Date, so that a wrong clock there does no harm. */
function expiresIn(headers: Headers, now: Instant): number {
  const expires = httpDate(headerText(headers, 'expires') ?? '');
  if (expires === undefined) return 0;
  return expires - (httpDate(headerText(headers, 'date') ?? '') ?? now);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** The three forms of RFC 9110 §5.6.7; `Date.parse` would also take "1" and local times. */
const dateForms: readonly RegExp[] = [
  /^[A-Z][a-z]{2}, (?<day>\d{1,2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<h>\d{2}):(?<m>\d{2}):(?<s>\d{2}) (?:GMT|UTC)$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<h>\d{2}):(?<m>\d{2}):(?<s>\d{2}) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<h>\d{2}):(?<m>\d{2}):(?<s>\d{2}) (?<year>\d{4})$/,
];

function httpDate(text: string): Instant | undefined {
  for (const form of dateForms) {
    const part = form.exec(text)?.groups;
    if (part === undefined) continue;
    const month = months.indexOf(part.month ?? '');
    const [day = 0, h = 24, m = 60, s = 61] = [part.day, part.h, part.m, part.s].map(Number);
    const year = Number(part.year) + (part.year?.length === 2 ? 2_000 : 0);
    if (month < 0 || day < 1 || h > 23 || m > 59 || s > 60) return undefined;
    // `Date.UTC` would make the third of March of the 31st of February.
    return day > new Date(Date.UTC(year, month + 1, 0)).getUTCDate() ? undefined : Date.UTC(year, month, day, h, m, s);
  }
  return undefined;
}
