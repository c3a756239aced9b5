/** Sites for tests: feeds and pages in our own words, and edges that find any host on loopback. */
import { openNetwork } from '../../src/fetch/client.ts';
import type { FindingEdges } from '../../src/finding.ts';
import { openInlineReader } from '../../src/reader/inline.ts';

export const now = Date.parse('2024-11-24T12:00Z');

interface Post {
  readonly title: string;
  readonly day?: string;
  readonly text?: string;
  readonly at?: string;
}

const words =
  'In the night the harbour was quiet, and those who had come over the water were given tea, blankets and a place to sleep. ';

/** Posts of these days, each with a text of some length. */
export function posts(count: number, { day = '2024-11-2', about = 'harbour' } = {}): readonly Post[] {
  return Array.from({ length: count }, (_, index) => ({
    title: `A night at the ${about}, number ${count - index}`,
    day: `${day}${(count - index) % 4}`,
    text: words.repeat(4),
    at: `https://group.example/${about}/${count - index}`,
  }));
}

/** An RSS feed. */
export function rss(title: string, items: readonly Post[], more = ''): string {
  const item = ({ title: name, day, text = '', at }: Post): string =>
    `<item><title>${name}</title>${at === undefined ? '' : `<link>${at}</link><guid>${at}</guid>`}${day === undefined ? '' : `<pubDate>${new Date(`${day}T08:00Z`).toUTCString()}</pubDate>`}<description>${text}</description></item>`;
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title>${more}${items.map(item).join('')}</channel></rss>`;
}

interface Page {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A page of a group. */
export function html(head: string, body = '<p>Welcome.</p>', lang = 'en'): Page {
  return {
    body: `<!doctype html><html lang="${lang}"><head><title>Some Group</title>${head}</head><body>${body}</body></html>`,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  };
}

/** Real client and reader; every name leads to this machine, and its ports may be asked. */
export function openEdges(limits: { readonly allow?: readonly string[] } = {}): FindingEdges {
  const clock = { now: () => now, wait: () => Promise.resolve() };
  const network = openNetwork(
    {
      allow: limits.allow ?? ['127.0.0.1'],
      ports: [],
      proxy: undefined,
      spacingMs: 0,
      parallel: 4,
      totalMs: 10_000,
      wireBytes: 262_144,
      unpackedBytes: 524_288,
    },
    'relais/test',
    clock,
    { resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) },
  );
  return { clock, network, reader: openInlineReader() };
}
