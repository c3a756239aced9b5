/** Sources and items for tests of decisions, with everything that a test does not speak of left at its plainest. */
import type { CanonicalUrl, Item, SafeHtml, Source } from '../../src/model.ts';
import { imprintOf } from '../../src/stories/imprint.ts';
import type { Ties } from '../../src/stories/ties.ts';
import type { Compared, Relation, Standing } from '../../src/story-plan.ts';
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
    excerptWords: 60,
    embargoMs: 0,
    agreed: undefined,
    footers: 'once',
    withdrawn: 'follow',
    images: 'link',
    licence: undefined,
    credit: undefined,
    maxAgeMs: undefined,
    filters: [],
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
    events: [],
    rights: undefined,
    ...given,
    html,
  };
}

/** A stored item as decisions about stories see it, on 1 January 1970 plus `date` milliseconds. */
export function standing(id: number, given: Partial<Standing> = {}): Standing {
  const date = given.date ?? 0;
  return {
    id,
    sourceKey: `${id}.example`,
    guid: `${id}`,
    storyId: id,
    url: undefined,
    date,
    seen: date,
    published: { from: date, to: date },
    isWithdrawn: false,
    takenBackBy: undefined,
    isAwaited: false,
    wentWith: undefined,
    isLetIn: false,
    textLength: 100,
    lang: 'en',
    langs: [given.lang ?? 'en'],
    statements: [],
    ...given,
  };
}

interface Written {
  readonly text: string;
  readonly title?: string | undefined;
  readonly isExcerpt?: boolean | undefined;
}

/** The same with what it is recognised by. */
export function compared(
  id: number,
  { text, title = '', isExcerpt = false }: Written,
  given: Partial<Standing> = {},
): Compared {
  const imprint = imprintOf({ title, text, isExcerpt });
  return { ...standing(id, { textLength: text.length, ...given }), keys: [], imprint };
}

/** Two items have nothing in common but their words. */
export const noTies: Ties = {
  guid: false,
  url: undefined,
  hasSharedAddress: false,
  text: false,
  post: false,
  title: false,
  claims: [],
  alternates: [],
};

/** Two items carry the same text. */
export function tie(a: number, b: number, given: Partial<Relation> = {}): Relation {
  return {
    a,
    b,
    kind: 'repost',
    strength: 80,
    coverA: 1,
    coverB: 1,
    placeA: [0, 1],
    placeB: [0, 1],
    claimer: undefined,
    isExplicit: false,
    reasons: [{ code: 'same-passages', detail: '40/50' }],
    ...given,
  };
}
