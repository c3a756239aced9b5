/**
 * What a partner wrote → the same without the secrets that we ask it with. Its own links repeat the key of its feed's
 * address more often than not, and whatever passes here is stored and published.
 */
import type { CanonicalUrl, Entry, Feed, Item, SourceElement } from '../model.ts';
import { rewriteHtml } from './safe-html.ts';
import { canonicalUrl, parseUrl } from './url.ts';

type Redact = (text: string) => string;

/**
 * An address without the parameters and the fragment that hold a secret.
 * @returns undefined where another part of it does: then it leads nobody else anywhere
 */
function discreetUrl(url: string, redact: Redact): string | undefined {
  if (redact(url) === url) return url;
  const plain = parseUrl(url);
  if (plain === undefined) return undefined;
  const isFree = (part: string): boolean => redact(part) === part;
  plain.search = plain.search.slice(1).split('&').filter(isFree).join('&');
  plain.username = '';
  plain.password = '';
  if (!isFree(plain.hash)) plain.hash = '';
  return isFree(plain.href) ? plain.href : undefined;
}

/** An entry as it is written, but for them: to be looked at, and led to by nobody. */
export function discreetEntry(entry: Entry, redact: Redact): Entry {
  return allRedacted(entry, redact) as Entry;
}

function allRedacted(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((one) => allRedacted(one, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, allRedacted(inner, redact)]));
}

/** An item without them; its name stays one of its own as long as names differ in more than their secrets. */
export function discreetItem(item: Item, redact: Redact): Item {
  const urls = [...new Set(item.urls.flatMap((url) => discreetPage(url, redact)))];
  return {
    ...item,
    guid: redact(item.guid),
    url: urls[0],
    urls,
    cites: item.cites.flatMap(({ rel, url }) => discreetPage(url, redact).map((page) => ({ rel, url: page }))),
    source: item.source && discreetSource(item.source, redact),
    title: redact(item.title),
    html: discreetHtml(item, redact),
    text: redact(item.text),
    authors: item.authors.map(redact),
    publishedText: item.publishedText && redact(item.publishedText),
    categories: item.categories.map(redact),
    enclosures: item.enclosures.flatMap((one) => {
      const url = discreetUrl(one.url, redact);
      return url === undefined ? [] : [{ ...one, url, title: one.title && redact(one.title) }];
    }),
    events: item.events.map((one) => ({
      ...one,
      title: one.title && redact(one.title),
      place: one.place && redact(one.place),
      url: one.url && discreetPage(one.url, redact)[0],
    })),
    rights: item.rights && redact(item.rights),
  };
}

/** A text that was cut in the middle of a secret shows it at the end of an element, and as plain text at its own end. */
function discreetHtml({ html, text }: Item, redact: Redact): Item['html'] {
  if (redact(html) === html && redact(text) === text) return html;
  return rewriteHtml(html, { text: redact, address: (url) => discreetUrl(url, redact) });
}

function discreetPage(page: CanonicalUrl, redact: Redact): CanonicalUrl[] {
  const url = discreetUrl(page, redact);
  const canonical = url === page ? page : canonicalUrl(url ?? '');
  return canonical === undefined ? [] : [canonical];
}

function discreetSource({ title, feedUrl, home }: SourceElement, redact: Redact): SourceElement {
  return {
    title: title && redact(title),
    feedUrl: feedUrl && discreetUrl(feedUrl, redact),
    home: home && discreetUrl(home, redact),
  };
}

/** What a feed says of itself, without them. */
export function discreetHead<Head extends Omit<Feed, 'entries'>>(head: Head, redact: Redact): Head {
  const person = ({ name, email, url }: Feed['authors'][number]): Feed['authors'][number] => ({
    name: name && redact(name),
    email: email && redact(email),
    url: url && discreetUrl(url, redact),
  });
  return {
    ...head,
    title: head.title && redact(head.title),
    home: head.home && discreetUrl(head.home, redact),
    lang: head.lang && redact(head.lang),
    rights: head.rights && redact(head.rights),
    generator: head.generator && redact(head.generator),
    authors: head.authors.map(person),
    deleted: head.deleted.map((one) => ({
      ...one,
      guid: redact(one.guid),
      because: one.because && redact(one.because),
    })),
  };
}
