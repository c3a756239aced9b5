/**
 * The sources as OPML 2.0 (opml.org/spec2.opml), a folder for each section, so that a reader can follow the partners
 * themselves. No date is written: the same sources give the same bytes.
 */
import { type OpmlAttributes, opmlText } from '../text/opml.ts';
import { plainLine } from '../text/safe.ts';
import { linkUrl } from '../text/url.ts';
import type { SiteView, SourceView } from './views.ts';

/**
 * @param sources in the order in which they are to stand; one that feeds two sections stands in both folders
 * @returns a document without the sources whose address is not http(s), and without empty folders
 */
export function renderOpml(site: SiteView, sources: readonly SourceView[]): string {
  const folders = site.sections.map(({ section }) => ({
    attributes: { text: line(section.title) },
    outlines: sources.filter((source) => source.sections.includes(section.id)).flatMap(outline),
  }));
  return opmlText(line(site.site.title), folders);
}

/** `rss` is the type of every subscription, whatever the feed's format (OPML 2.0, Subscription Lists). */
function outline({ name, feedUrl, home, lang }: SourceView): OpmlAttributes[] {
  const xmlUrl = feedUrl === undefined ? undefined : linkUrl(feedUrl);
  if (xmlUrl === undefined) return [];
  const shown = plainLine(name) || xmlUrl;
  const attributes = {
    type: 'rss',
    text: shown,
    title: shown,
    xmlUrl,
    htmlUrl: home === undefined ? undefined : linkUrl(home),
    language: lang === undefined || lang === 'und' ? undefined : lang,
  };
  return [attributes];
}

function line(text: string): string {
  return plainLine(text, Number.POSITIVE_INFINITY);
}
