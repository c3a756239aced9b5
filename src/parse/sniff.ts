/** The beginning of a document to what it is: a feed in XML or JSON, a web page, or something else with a name. */

/** The element a feed's document starts with, by family. */
export type FeedRoot = 'rss' | 'rdf' | 'atom';

/** What a document is. */
export type Sniffed =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json' }
  | { readonly kind: 'html' }
  /** `rootAt` is the offset of the root's start tag: what stands before it is a prologue, or junk. */
  | { readonly kind: 'xml'; readonly root: FeedRoot; readonly rootAt: number; readonly hasJunk: boolean }
  | { readonly kind: 'other'; readonly what: string };

const roots: Readonly<Record<string, FeedRoot>> = { rss: 'rss', channel: 'rss', rdf: 'rdf', feed: 'atom' };

const otherRoots: Readonly<Record<string, string>> = {
  opml: 'an OPML list of feeds',
  urlset: 'a sitemap',
  sitemapindex: 'a list of sitemaps',
  svg: 'an SVG image',
  envelope: 'a SOAP message',
  opensearchdescription: 'a search description',
  service: 'an Atom service document',
  categories: 'an Atom list of categories',
  entry: 'a single Atom entry',
  oembed: 'an oEmbed description of a page',
  error: 'an error message in XML',
  rsd: 'a Really Simple Discovery document',
  methodresponse: 'an XML-RPC answer',
  kml: 'a map in KML',
};

const magicNumbers: readonly { readonly start: string; readonly what: string }[] = [
  { start: '\x89PNG', what: 'an image' },
  { start: 'GIF8', what: 'an image' },
  { start: '\xff\xd8\xff', what: 'an image' },
  { start: 'RIFF', what: 'an image, a sound or a film' },
  { start: '\0\0\x01\0', what: 'an image' },
  { start: 'ID3', what: 'a sound' },
  { start: 'OggS', what: 'a sound or a film' },
  { start: '%PDF', what: 'a PDF document' },
  { start: 'PK\x03\x04', what: 'a ZIP archive or an office document' },
  { start: '\x1f\x8b', what: 'a compressed file' },
];

/** What these bytes are when they are no text at all; undefined for text. */
export function binaryKind(body: Uint8Array): string | undefined {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 8)).toString('latin1');
  return magicNumbers.find((row) => start.startsWith(row.start))?.what;
}

/**
 * Names a document by its first element, as a browser would: the Content-Type decides only where the text says nothing,
 * since servers call their feeds text/html and their pages application/rss+xml.
 */
export function sniff(text: string, contentType: string | undefined): Sniffed {
  const start = skipPrologue(text);
  const first = text[start];
  if (first === undefined) return { kind: 'empty' };
  if (first === '{' || first === '[') return { kind: 'json' };
  const page = /^<!doctype\s+html[^<>]{0,200}>|^<(?:html|head|body)[\s>/]/i.exec(text.slice(start, start + 300))?.[0];
  // A program that puts its page's first line before its feed, too.
  const behind = page?.endsWith('>') ? skipPrologue(text, start + page.length) : start;
  if (page !== undefined && !/^<(?:[a-z_][\w.-]*:)?(?:rss|rdf|feed)[\s>]/i.test(text.slice(behind, behind + 50)))
    return { kind: 'html' };
  const name = /^<([\w.:-]+)/.exec(text.slice(start, start + 100))?.[1];
  const local = name?.split(':').at(-1)?.toLowerCase();
  const root = local === undefined ? undefined : own(roots, local);
  if (root !== undefined) return asFeed(text, root, start, false);
  const what = local === undefined ? undefined : own(otherRoots, local);
  if (what !== undefined) return { kind: 'other', what };
  const late = /<(?:[a-z_][\w.-]*:)?(rss|rdf|feed)[\s>]/i.exec(text.slice(0, 200_000));
  const lateRoot = late === null ? undefined : roots[late[1]?.toLowerCase() ?? ''];
  if (late !== null && lateRoot !== undefined) return asFeed(text, lateRoot, late.index, true);
  if (/html/i.test(contentType ?? '') || /<(?:html|body|title|meta|div|p|h1)[\s>]/i.test(text.slice(0, 20_000)))
    return { kind: 'html' };
  if (isPhpError(text.slice(0, 5_000).replace(/<[^<>]{0,500}>/g, '')))
    return { kind: 'other', what: 'an error message of PHP' };
  return {
    kind: 'other',
    what: name === undefined ? 'plain text' : `an XML document that starts with <${name.slice(0, 40)}>`,
  };
}

/** What PHP prints when a program of its fails. It names files of the server, so it is never quoted. */
export function isPhpError(text: string): boolean {
  return (
    /^\s*(?:PHP )?(?:(?:fatal|parse|catchable fatal|recoverable fatal) error|warning|notice|deprecated) ?: /i.test(
      text,
    ) && / in \S{1,300}(?: on line|:) ?\d/i.test(text)
  );
}

/** RDF carries all kinds of knowledge; only with a channel or items is it a feed. */
function asFeed(text: string, root: FeedRoot, rootAt: number, hasJunk: boolean): Sniffed {
  if (root === 'rdf' && !/<(?:[a-z_][\w.-]*:)?(?:channel|item)[\s>]/i.test(text)) {
    return { kind: 'other', what: 'an RDF document without a channel' };
  }
  return { kind: 'xml', root, rootAt, hasJunk };
}

/** Offset of the first thing that is no white space, comment, processing instruction, or DOCTYPE other than HTML's. */
function skipPrologue(text: string, from = 0): number {
  let at = from;
  for (;;) {
    while (at < text.length && /\s/.test(text.charAt(at))) at++;
    let end = -1;
    if (text.startsWith('<?', at)) end = after(text, '>', at);
    else if (text.startsWith('<!--', at)) end = after(text, '-->', at);
    else if (/^<!doctype(?!\s+html)/i.test(text.slice(at, at + 20))) end = afterDoctype(text, at);
    if (end < 0) return at;
    at = end;
  }
}

function after(text: string, what: string, at: number): number {
  const found = text.indexOf(what, at);
  return found < 0 ? -1 : found + what.length;
}

/** A DOCTYPE may carry an internal subset in brackets (XML 1.0 §2.8). Its declarations are never looked at. */
function afterDoctype(text: string, at: number): number {
  const end = text.indexOf('>', at);
  const bracket = text.indexOf('[', at);
  if (bracket < 0 || end < bracket) return after(text, '>', at);
  const close = text.indexOf(']', bracket);
  return close < 0 ? -1 : after(text, '>', close);
}

/** A row of a table by a name out of a document: `constructor` is none. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
