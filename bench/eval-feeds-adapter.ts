/** What Relais reads, in the scorer's words: every value comes from the functions that a refresh calls, and no other. */
import type { Entry, RawHtml } from '../src/model.ts';
import { writtenAddresses } from '../src/normalise/addresses.ts';
import { cleanHtml } from '../src/normalise/clean-html.ts';
import { parseDocument } from '../src/parse/parse.ts';
import { parseDate } from '../src/text/dates.ts';
import { resolveUrl } from '../src/text/url.ts';

/** Where a document without an address comes from. */
const nowhere = 'http://base.invalid/';

/** The scorer's interface: bytes and labels of one document to what is in it. @throws where it is no feed */
export async function parse(
  body: Uint8Array,
  contentType: string | null,
  { url }: { url: string | null },
): Promise<unknown> {
  const documentUrl = url ?? nowhere;
  const parsed = await parseDocument({ body, contentType: contentType ?? undefined, url: documentUrl }, undefined);
  if (parsed.kind === 'page') throw new Error('a page');
  if (parsed.kind === 'failed') throw new Error(parsed.problem.happened);
  const { id, title, subtitle, home, lang, authors, entries } = parsed.feed;
  return {
    feed: { id, title, subtitle, link: home, language: lang, authors },
    entries: entries.map((entry) => entryOf(entry, home, documentUrl)),
  };
}

function entryOf(entry: Entry, home: string | undefined, documentUrl: string): unknown {
  const [written] = writtenAddresses(entry);
  const link = written === undefined ? undefined : resolveUrl(written, documentUrl);
  const clean = (raw: RawHtml | undefined): string | undefined =>
    raw === undefined ? undefined : cleanHtml(raw, link ?? home ?? documentUrl).html;
  return {
    id: entry.guid,
    title: clean(entry.title),
    link,
    summary: clean(entry.summary),
    content: clean(entry.content),
    published: parseDate(entry.publishedText ?? ''),
    updated: parseDate(entry.updatedText ?? ''),
    authors: entry.authors.map(({ name, email, url }) => ({ name, email, uri: url })),
    categories: entry.categories,
    enclosures: entry.enclosures.map(({ url, type, bytes }) => ({ href: url, type, length: bytes })),
    source: entry.source && { title: entry.source.title, href: entry.source.home ?? entry.source.feedUrl },
  };
}
