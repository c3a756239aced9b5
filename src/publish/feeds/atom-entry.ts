/**
 * An entry into the entry that `feed` writes as Atom, and into what `feed` cannot write: language, source, via, related
 * and licence links, types of enclosures, categories with a term. Its Atom writer has no hook, so that part is woven in
 * afterwards.
 *
 * How: `feed` is given U+0001 as the title of every entry. All that it is given besides has passed xmlText(), which
 * takes that character away, so no text of a partner can imitate it; and `feed` lets it through. The output is cut at
 * these characters. What stands right before and after each cut is known to the letter, and our own, escaped block takes
 * its place. Nothing of the XML is searched or parsed. Should another version of `feed` write anything else
 * there, weaveAtom() throws instead of guessing.
 */
import type { FeedEntry } from './feed-entry.ts';
import type { LibraryItem } from './library-item.ts';
import { type PassedElement, passedElements } from './passed-on.ts';
import { elementText, feedLanguage, markupText, namelessId } from './safe-values.ts';

const cut = '\u0001';
/** A link is required by `feed`, and Atom wants none where there is content: ours replace it. */
const noLink = 'about:blank';
const entryIndent = '\n        ';

const beforeCut = `<entry>${entryIndent}<title type="html"><![CDATA[`;
const afterCut = (id: string): string =>
  `]]></title>${entryIndent}<id>${escapeElement(id)}</id>${entryIndent}<link href="${noLink}"/>`;
const documentEnd = '</feed>';
const documentStart = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"';

export function atomItem(entry: FeedEntry): LibraryItem {
  return {
    title: cut,
    id: entry.id,
    link: noLink,
    date: entry.updated,
    published: entry.published,
    description: entry.summaryHtml,
    content: entry.contentHtml,
    author: entry.authors.map(person),
    contributor: entry.reposts.map(person),
  };
}

function person({ name, url }: FeedEntry['authors'][number]): { name: string; link?: string } {
  return { name: elementText(name), ...(url === undefined ? {} : { link: url }) };
}

/**
 * Puts into Atom written by `feed` what it cannot write.
 * @param written made from atomItem() of the same entries, in the same order
 * @param lang the feed's language as xml:lang takes it
 * @param elements of the feed itself, as XML: they go before the first entry, where validators want all that is said of the feed
 */
export function weaveAtom(
  written: string,
  entries: readonly FeedEntry[],
  lang: string,
  elements: readonly string[],
): string {
  const pieces = written.split(cut);
  const woven = pieces.map((piece, at) => {
    const previous = entries[at - 1];
    const start = previous === undefined ? documentStart : afterCut(previous.id);
    const end = at < entries.length ? beforeCut : documentEnd;
    if (pieces.length !== entries.length + 1 || !piece.startsWith(start) || !piece.endsWith(end))
      throw new Error('feed writes Atom in a form that weaveAtom() does not know');
    const head = previous === undefined ? `${start} xml:lang="${markupText(lang)}"` : entryHead(previous);
    const more = previous === undefined ? elements.map((element) => `${element}\n    `).join('') : '';
    return head + piece.slice(start.length, piece.length - end.length) + more + (at < entries.length ? '' : end);
  });
  return woven.join('');
}

/** Everything from `<entry>` to the last link. */
function entryHead(entry: FeedEntry): string {
  const { source, licence, categories, wish, events } = entry;
  const parts = [
    `<title>${markupText(entry.heading)}</title>`,
    `<id>${markupText(entry.id)}</id>`,
    ...linksOf(entry),
    ...categories.map((term) => tag('category', { term })),
    ...(source === undefined ? [] : [sourceElement(source, entry)]),
    ...(licence === undefined || licence.url === licence.text ? [] : [`<rights>${markupText(licence.text)}</rights>`]),
    ...passedElements(wish, events).map(passedElement),
  ];
  return [`<entry xml:lang="${markupText(feedLanguage(entry.lang))}">`, ...parts].join(entryIndent);
}

/** RFC 4287 §4.2.7.2 (alternate, via, related, enclosure), RFC 4946 (license). */
function linksOf({ link, reposts, isGuess, original, page, licence, attachments }: FeedEntry): string[] {
  const takenFrom = isGuess ? [] : reposts; // whom another Relais would take for the author
  return [
    ...(link === undefined ? [] : [{ rel: 'alternate', href: link }]),
    ...takenFrom.flatMap(({ url, name }) => (url === undefined ? [] : [{ rel: 'via', href: url, title: name }])),
    ...(original === undefined || page === undefined ? [] : [{ rel: 'related', href: page }]),
    ...(licence?.url === undefined ? [] : [{ rel: 'license', href: licence.url }]),
    ...attachments.map(({ url, type, bytes, title }) => ({
      rel: 'enclosure',
      href: url,
      type,
      length: bytes?.toString(),
      title,
    })),
  ].map((attributes) => tag('link', attributes));
}

/**
 * RFC 4287 §4.2.11, id and date first of all. Those of a partner's feed are not kept: its address and the entry's own date
 * stand for them; and so does what is known of the entry's rights, which items have from their feed where they say nothing.
 */
function sourceElement({ url, title, home }: NonNullable<FeedEntry['source']>, entry: FeedEntry): string {
  const parts = [
    `<id>${markupText(sourceId(url ?? home, title))}</id>`,
    `<title>${markupText(title)}</title>`,
    `<updated>${entry.updated.toISOString()}</updated>`,
    ...(url === undefined ? [] : [tag('link', { rel: 'self', href: url })]),
    ...(home === undefined ? [] : [tag('link', { rel: 'alternate', href: home })]),
    ...(entry.licence === undefined ? [] : [`<rights>${markupText(entry.licence.text)}</rights>`]),
  ];
  return `<source>${parts.join('')}</source>`;
}

function passedElement({ name, namespace, content }: PassedElement): string {
  const inner = typeof content === 'string' ? markupText(content) : content.map(passedElement).join('');
  return `<${name} xmlns:${name.split(':')[0]}="${namespace}">${inner}</${name}>`;
}

/** Ids are compared letter by letter, so validators want none that could be spelled otherwise (`NonCanonicalURI`). */
function sourceId(address: string | undefined, title: string): string {
  return address === undefined || address.includes('%') ? namelessId(address ?? title) : address;
}

/** An element without content. */
export function tag(name: string, attributes: Readonly<Record<string, string | undefined>>): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${markupText(value)}"`],
  );
  return `<${name}${written.join('')}/>`;
}

/** As `feed` escapes the text of an element. */
function escapeElement(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
