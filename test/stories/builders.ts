/** Sources and items for tests of decisions, with everything that a test does not speak of left at its plainest. */
import type { CanonicalUrl, Item, SafeHtml, Source } from '../../src/model.ts';
import { htmlToText } from '../../src/text/html.ts';
import { urlKey } from '../../src/text/url.ts';

export function source(url: string, given: Partial<Source> = {}): Source {
  return {
    key: urlKey(url),
    url,
    secrets: [],
    name: undefined,
    partner: undefined,
    aliases: [],
    hosts: [],
    role: 'group',
    openPublishing: false,
    lang: undefined,
    sections: ['calais'],
    everyMs: 3_600_000,
    firstImport: 20,
    proxy: undefined,
    authorityFile: undefined,
    show: 'full',
    footers: 'once',
    images: 'link',
    licence: undefined,
    credit: undefined,
    maxAgeMs: undefined,
    only: undefined,
    skip: undefined,
    tags: [],
    future: 'show',
    paused: undefined,
    page: undefined,
    ...given,
  };
}

/** HTML as it would come out of cleaning; tests write only what cleaning would leave as it is. */
export function safe(html: string): SafeHtml {
  return html as SafeHtml;
}

export function url(address: string): CanonicalUrl {
  return address as CanonicalUrl;
}

export function item(guid: string, given: Partial<Omit<Item, 'html'>> & { html?: string } = {}): Item {
  const html = safe(given.html ?? `<p>${given.title ?? guid}</p>`);
  return {
    guid,
    hash: `${guid}-1`,
    url: undefined,
    urls: given.url === undefined ? [] : [given.url],
    cites: [],
    source: undefined,
    title: '',
    text: htmlToText(html),
    isExcerpt: false,
    authors: [],
    lang: 'en',
    langs: [given.lang ?? 'en'],
    dir: 'ltr',
    published: undefined,
    publishedText: undefined,
    updated: undefined,
    categories: [],
    enclosures: [],
    rights: undefined,
    ...given,
    html,
  };
}
