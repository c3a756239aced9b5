/** The front of the room: the bytes of any document to a Feed, to a page that names feeds, or to the problem with it. */
import type { PageSelectors, Parsed } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import { xmlText } from '../text/safe.ts';
import { decode } from './decode.ts';
import { usualEntries } from './entries.ts';
import { readPage, readPlainPage } from './html-page.ts';
import { readJsonFeed } from './json-feed.ts';
import { binaryKind, type Sniffed, sniff } from './sniff.ts';
import { readXmlFeed } from './xml-feed.ts';

/** A document as it was fetched. */
interface FetchedDocument {
  readonly body: Uint8Array;
  /** The Content-Type header as sent. */
  readonly contentType: string | undefined;
  /** The address it came from, after redirects: relative addresses resolve against it. */
  readonly url: string;
}

/**
 * Reads a document of any kind; never throws, whatever the bytes. Problems have the entry as subject or nobody: the
 * caller knows the source.
 * @param page selectors for a site without a feed; used where the document is an HTML page
 * @param most entries; of more, the newest are read
 * @returns failed with parse/empty, parse/not-a-feed, parse/broken-xml, parse/broken-json or parse/no-match; a feed with
 *   parse/bad-encoding, parse/invalid-bytes, parse/repaired, parse/entry-skipped, parse/too-many-entries
 */
export async function parseDocument(
  document: FetchedDocument,
  page: PageSelectors | undefined,
  most: number = usualEntries,
): Promise<Parsed> {
  try {
    return await read(document, page, most);
  } catch (cause) {
    // Nesting that overflows the stack of a library: nothing else is known to end here.
    const why = cause instanceof RangeError ? 'it is nested too deeply' : cause instanceof Error ? cause.message : '';
    return failed(problem('parse/broken-xml', {}, why));
  }
}

async function read(
  { body, contentType, url }: FetchedDocument,
  page: PageSelectors | undefined,
  most: number,
): Promise<Parsed> {
  const binary = binaryKind(body);
  if (binary !== undefined) return failed(problem('parse/not-a-feed', {}, binary));
  const { text: decoded, mismatch, invalid } = await decode(body, contentType);
  const text = xmlText(decoded);
  const sniffed = sniff(text, contentType);
  const notes: readonly Problem[] = [
    ...(mismatch === undefined ? [] : [problem('parse/bad-encoding', {}, mismatch)]),
    ...(invalid === undefined ? [] : [problem('parse/invalid-bytes', {}, invalid)]),
    ...(sniffed.kind === 'xml' && sniffed.hasJunk
      ? [problem('parse/repaired', {}, 'something stands before the feed')]
      : []),
  ];
  const parsed = await readSniffed(sniffed, { text, url, page, most });
  return parsed.kind === 'feed' ? { ...parsed, problems: [...notes, ...parsed.problems] } : parsed;
}

interface Reading {
  readonly text: string;
  readonly url: string;
  readonly page: PageSelectors | undefined;
  readonly most: number;
}

async function readSniffed(sniffed: Sniffed, { text, url, page, most }: Reading): Promise<Parsed> {
  switch (sniffed.kind) {
    case 'empty':
      return failed(problem('parse/empty', {}));
    case 'json':
      return readJsonFeed(text, url, most);
    case 'xml':
      return readXmlFeed(text, sniffed, url, most);
    case 'html':
      return page === undefined ? await readPlainPage(text, url, most) : await readPage(text, url, page, most);
    case 'other':
      return failed(problem('parse/not-a-feed', {}, sniffed.what));
  }
}

function failed(why: Problem): Parsed {
  return { kind: 'failed', problem: why };
}
