/**
 * The sources as OPML 2.0 (opml.org/spec2.opml), a folder for each section, so that a reader can follow the partners
 * themselves. No date is written: the same sources give the same bytes.
 */
import { escapeMarkup, plainLine } from '../text/safe.ts';
import { linkUrl } from '../text/url.ts';
import type { SiteView, SourceView } from './views.ts';

/**
 * @param sources in the order in which they are to stand; one that feeds two sections stands in both folders
 * @returns a document without the sources whose address is not http(s), and without empty folders
 */
export function renderOpml(site: SiteView, sources: readonly SourceView[]): string {
  const folders = site.sections.map(({ section }) =>
    folder(
      section.title,
      sources.filter((source) => source.sections.includes(section.id)),
    ),
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<opml version="2.0">',
    '  <head>',
    `    <title>${text(site.site.title)}</title>`,
    '    <docs>http://opml.org/spec2.opml</docs>',
    '  </head>',
    '  <body>',
    ...folders.flat(),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

function folder(title: string, sources: readonly SourceView[]): string[] {
  const lines = sources.flatMap(outline);
  return lines.length === 0 ? [] : [`    <outline text="${text(title)}">`, ...lines, '    </outline>'];
}

/** `rss` is the type of every subscription, whatever the feed's format (OPML 2.0, Subscription Lists). */
function outline({ name, feedUrl, home, lang }: SourceView): string[] {
  const xmlUrl = feedUrl === undefined ? undefined : linkUrl(feedUrl);
  if (xmlUrl === undefined) return [];
  const shown = plainLine(name) || xmlUrl;
  const attributes: Readonly<Record<string, string | undefined>> = {
    type: 'rss',
    text: shown,
    title: shown,
    xmlUrl,
    htmlUrl: home === undefined ? undefined : linkUrl(home),
    language: lang === undefined || lang === 'und' ? undefined : lang,
  };
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}="${text(value)}"`],
  );
  return [`      <outline ${written.join(' ')}/>`];
}

function text(line: string): string {
  return escapeMarkup(plainLine(line, Number.POSITIVE_INFINITY));
}
