/** The parts that RSS and Atom entries have in common (people, links, sources, licences), node to model. */
import type { FeedHints, Link, Person, SourceElement, Wish } from '../../model.ts';
import { resolveUrl } from '../../text/url.ts';
import { wishOf } from '../../text/wishes.ts';
import { atomPlain, cut, plainOf, plainText } from './constructs.ts';
import { attribute, childrenOf, childrenOfAny, firstText, type RawNode, type Scope, scopeOf, textOf } from './node.ts';

/** More of a kind than any honest entry has. */
const maxParts = 100;

/** The first hundred that differ. */
export function distinct<Part>(parts: readonly (Part | undefined)[], keyOf: (part: Part) => string): readonly Part[] {
  const [only] = parts;
  if (parts.length < 2) return only === undefined ? [] : [only];
  const seen = new Map<string, Part>();
  for (const part of parts) {
    if (seen.size === maxParts) break;
    if (part !== undefined && !seen.has(keyOf(part))) seen.set(keyOf(part), part);
  }
  return [...seen.values()];
}

/** Resolves an address written in an element; undefined for none and for what is no address. */
export function addressOf(written: string | undefined, scope: Scope): string | undefined {
  return written === undefined ? undefined : resolveUrl(written, scope.base);
}

/**
 * The people that a line of text names: RSS 2.0 wants `mail@example.org (Name)`, others write `Name <mail>` or a name.
 * @returns undefined for an empty line
 */
export function personOfText(text: string): Person | undefined {
  // Cut first: what follows looks for an @ from every letter.
  const line = plainOf(cut(text, 600).replace(/<([^<>\s@]+@[^<>\s@]+)>/g, ' $1 '), 300);
  if (line === undefined) return undefined;
  const email = /[^\s()<>"',;:]+@[^\s()<>"',;:]+/.exec(line)?.[0];
  if (email === undefined) return { name: line };
  const name = line
    .replace(email, '')
    .replace(/mailto:|[()<>"]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return name === '' ? { email } : { name, email };
}

/** RFC 4287 §3.2 Person construct; Atom 0.3 wrote `url`. A person that is bare text is read as a line. */
export function atomPerson(node: RawNode, outer: Scope): Person | undefined {
  const scope = scopeOf(node, outer);
  const name = plainText(childrenOfAny(node, ['name', 'atom:name'])[0], 300);
  const email = plainText(childrenOfAny(node, ['email', 'atom:email'])[0], 300);
  const url = addressOf(firstText(node, 'uri', 'url', 'homepage', 'atom:uri'), scope);
  if (name === undefined && email === undefined && url === undefined) return personOfText(textOf(node));
  return { name, email, url };
}

/** People without their doubles: one feed names the same author in three vocabularies. */
export function distinctPeople(people: readonly (Person | undefined)[]): readonly Person[] {
  return distinct(people, (person) => (person.name ?? person.email ?? person.url ?? '').toLowerCase());
}

/**
 * RFC 4287 §4.2.7. Feeds made by hand write the address inside, as RSS does.
 * @returns undefined for a link without an address, which would point nowhere
 */
export function atomLink(node: RawNode, outer: Scope): Link | undefined {
  const scope = scopeOf(node, outer);
  const href = addressOf(attribute(node, 'href') ?? (textOf(node) || undefined), scope);
  if (href === undefined) return undefined;
  return {
    href,
    rel: (attribute(node, 'rel') ?? 'alternate').toLowerCase().replace('http://www.iana.org/assignments/relation/', ''),
    type: attribute(node, 'type')?.toLowerCase(),
    title: attribute(node, 'title'),
    hreflang: attribute(node, 'hreflang'),
  };
}

/** RFC 4685 §3: what this answers, by the address of its page, else by its id where that is an address. */
export function answered(node: RawNode, scope: Scope): readonly (Link | undefined)[] {
  return childrenOf(node, 'thr:in-reply-to').map((one) => {
    const ref = attribute(one, 'ref');
    const href = addressOf(
      attribute(one, 'href') ?? (/^https?:/i.test(ref ?? '') ? ref : undefined),
      scopeOf(one, scope),
    );
    return href === undefined ? undefined : { href, rel: 'in-reply-to', type: attribute(one, 'type')?.toLowerCase() };
  });
}

/** Links without their doubles; files are no links, they are enclosures. */
export function distinctLinks(links: readonly (Link | undefined)[]): readonly Link[] {
  return distinct(
    links.filter((link) => link?.rel !== 'enclosure'),
    (link) => `${link.rel} ${link.href} ${link.hreflang ?? ''}`,
  );
}

/**
 * Where an entry was copied from, in all shapes: RSS `<source url>title</source>`, Atom's `<source>` with title and
 * links (RFC 4287 §4.2.11), and FeedWordPress's mixture of both.
 */
export function sourceOf(node: RawNode, outer: Scope): SourceElement | undefined {
  for (const written of childrenOfAny(node, ['source', 'atom:source'])) {
    const scope = scopeOf(written, outer);
    const links = childrenOfAny(written, ['link', 'atom:link']);
    const byRel = (rel: string): string | undefined =>
      distinctLinks(links.map((link) => atomLink(link, scope))).find((link) => link.rel === rel)?.href;
    const id = firstText(written, 'id', 'atom:id');
    const title = atomPlain(childrenOfAny(written, ['title', 'atom:title'])[0]) ?? plainText(written);
    const feedUrl = addressOf(attribute(written, 'url'), scope) ?? byRel('self');
    const linkText = links.map(textOf).find((text) => text !== '');
    const named = byRel('alternate') ?? addressOf(linkText, scope);
    const home =
      named ?? (feedUrl === undefined && id !== undefined && /^https?:/i.test(id) ? resolveUrl(id) : undefined);
    if (title !== undefined || feedUrl !== undefined || home !== undefined) return { title, feedUrl, home };
  }
  return undefined;
}

/** The sentence on rights and the licence's address, in one line. */
export function rightsOf(
  node: RawNode,
  sentence: string | undefined,
  links: readonly Link[],
  scope: Scope,
): string | undefined {
  const licences = [
    ...childrenOf(node, 'creativeCommons:license').map(textOf),
    ...childrenOf(node, 'cc:license').map((licence) => attribute(licence, 'rdf:resource') ?? textOf(licence)),
    ...childrenOf(node, 'dcterms:license').map((licence) => attribute(licence, 'rdf:resource') ?? textOf(licence)),
    ...links.filter(({ rel }) => rel === 'license').map(({ href }) => href),
  ];
  const licence = addressOf(
    licences.find((written) => written !== ''),
    scope,
  );
  if (sentence === undefined) return licence;
  return licence === undefined || sentence.includes(licence) ? sentence : `${sentence} ${licence}`;
}

/**
 * The program that wrote the feed, in one line: its name, version and address as far as they are said (RSS 2.0
 * `generator`; RFC 4287 §4.2.4, Atom 0.3 with `url`; RSS 1.0's `admin:generatorAgent`).
 */
export function generatorOf(feed: RawNode): string | undefined {
  const lines = childrenOfAny(feed, ['generator', 'atom:generator', 'admin:generatorAgent']).map((node) =>
    [
      plainText(node),
      attribute(node, 'version'),
      attribute(node, 'uri') ?? attribute(node, 'url') ?? attribute(node, 'rdf:resource'),
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  );
  return plainOf(lines.find((line) => line !== '') ?? '', 300);
}

/** RFC 5005 §2. */
export function isComplete(feed: RawNode): boolean {
  return childrenOf(feed, 'fh:complete').length > 0;
}

/** How much of it may be republished, in our own vocabulary (docs/partners.md). */
export function wishIn(node: RawNode): Wish | undefined {
  const [republish, images] = [firstText(node, 'relais:republish'), firstText(node, 'relais:images')];
  return republish === undefined && images === undefined ? undefined : wishOf({ republish, images });
}

/** What a document asks of our timing that asks nothing. */
export const noHints: FeedHints = { ttlMs: undefined, updatePeriodMs: undefined, skipHours: [], skipDays: [] };

const periods = new Map([
  ['hourly', 1],
  ['daily', 24],
  ['weekly', 168],
  ['monthly', 720],
  ['yearly', 8_760],
]);
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * What the channel asks of our timing: `ttl` in minutes, `skipHours` and `skipDays` (RSS 2.0); `sy:updatePeriod` holds
 * `sy:updateFrequency` updates (RSS 1.0 Syndication module). What is none of what these specifications allow is not said.
 */
export function hintsOf(channel: RawNode): FeedHints {
  const ttl = positive(firstText(channel, 'ttl'));
  const hours = periods.get(firstText(channel, 'sy:updatePeriod')?.toLowerCase() ?? '');
  const times = positive(firstText(channel, 'sy:updateFrequency')) ?? 1;
  return {
    ttlMs: ttl === undefined ? undefined : Math.round(ttl * 60_000),
    updatePeriodMs: hours === undefined ? undefined : Math.round((hours * 3_600_000) / times),
    skipHours: skipped(channel, 'skipHours', 'hour', hourOf),
    skipDays: skipped(channel, 'skipDays', 'day', (text) => weekdays.indexOf(text.toLowerCase())),
  };
}

/** Whole or not, and however large: whoever listens decides for how long. */
function positive(written: string | undefined): number | undefined {
  const number = written !== undefined && /^\d{1,15}(?:\.\d{1,9})?$/.test(written) ? Number(written) : 0;
  return number > 0 ? number : undefined;
}

/** The numbers inside such a list, in order; -1 is none. */
function skipped(channel: RawNode, list: string, one: string, read: (text: string) => number): readonly number[] {
  const numbers = childrenOf(channel, list)
    .flatMap((node) => childrenOf(node, one))
    .map((node) => read(textOf(node)))
    .filter((number) => number >= 0);
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** RSS 2.0 counts from 0, RSS 0.91 had called midnight 24. */
function hourOf(text: string): number {
  const hour = /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return hour > 24 ? -1 : hour % 24;
}
