/** Feeds on loopback that gain items while they are asked, and a count of requests that met at one host. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Dice, diceOf } from '../dice.ts';

export interface WorldOptions {
  readonly sources: number;
  /** Addresses that the sources are spread over. */
  readonly hosts: number;
  /** Each answer takes so long, or up to twice as long. */
  readonly answerMs: number;
  /** Items of each source at the beginning. */
  readonly items: number;
}

export interface FleetWorld {
  readonly port: number;
  /** The addresses of all feeds. */
  readonly addresses: readonly string[];
  /**
   * A feed lists one item more from now on, but none twice with one text: whether those are one story is not asked here.
   * @param text number of its text: two items with one number are one text
   */
  gain(source: number, text: number): void;
  /** `source guid` of every item, as the database knows the source. */
  items(): ReadonlySet<string>;
  /** Number of the text of every item, by that name. */
  texts(): ReadonlyMap<string, number>;
  requests(): number;
  lastRequest(): number | undefined;
  /** Requests that came while another was being answered at the same host. */
  overlaps(): number;
  /** The first request at or after an instant, for one source or for any. */
  firstSince(instant: number, key?: string): number | undefined;
  close(): Promise<void>;
}

interface Item {
  readonly guid: string;
  readonly text: number;
}

export async function openFleetWorld({ sources, hosts, answerMs, items: atFirst }: WorldOptions): Promise<FleetWorld> {
  const dice = diceOf(2_026);
  const feeds: Item[][] = Array.from({ length: sources }, () => []);
  const asked: number[] = [];
  const askedOf = new Map<string, number[]>();
  const busy = new Map<string, number>();
  let overlaps = 0;
  let port = 0;
  const keyOf = (source: number): string =>
    `127.0.${1 + Math.floor((source % hosts) / 250)}.${1 + ((source % hosts) % 250)}:${port}/f${source}`;
  const gain = (source: number, text: number): void => {
    const feed = feeds[source];
    if (feed === undefined) throw new RangeError(`there is no source ${source}`);
    if (feed.some((item) => item.text === text)) return;
    feed.push({ guid: `tag:f${source},${feed.length}`, text });
  };
  for (let source = 0; source < sources; source++)
    for (let at = 0; at < atFirst; at++) gain(source, -1 - (source * atFirst + at));
  const server = createServer(({ headers, url = '' }, response) => {
    const { host = '' } = headers;
    const others = busy.get(host) ?? 0;
    if (others > 0) overlaps++;
    busy.set(host, others + 1);
    asked.push(Date.now());
    const key = `${host}${url}`;
    askedOf.set(key, [...(askedOf.get(key) ?? []), Date.now()]);
    let isOver = false;
    // Before the answer goes out: whoever has read it may ask again at once.
    const over = (): void => {
      if (!isOver) busy.set(host, (busy.get(host) ?? 1) - 1);
      isOver = true;
    };
    response.on('close', over); // the one who asked was killed
    setTimeout(
      () => {
        over();
        const feed = feeds[Number(/^\/f(\d+)$/.exec(url)?.[1] ?? -1)];
        const etag = `"${feed?.length}"`;
        if (feed === undefined) response.writeHead(404).end();
        else if (headers['if-none-match'] === etag) response.writeHead(304, { ETag: etag }).end();
        else
          response
            .writeHead(200, { ETag: etag, 'Content-Type': 'application/rss+xml' })
            .end(documentOf(host, url, feed));
      },
      answerMs * (1 + dice.next()),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  port = (server.address() as AddressInfo).port;
  const keys = feeds.map((_, source) => keyOf(source));
  return {
    port,
    addresses: keys.map((key) => `http://${key}`),
    gain,
    items: () => new Set(feeds.flatMap((feed, source) => feed.map(({ guid }) => `${keys[source]} ${guid}`))),
    texts: () =>
      new Map(
        feeds.flatMap((feed, source) => feed.map(({ guid, text }) => [`${keys[source]} ${guid}`, text] as const)),
      ),
    requests: () => asked.length,
    lastRequest: () => asked.at(-1),
    overlaps: () => overlaps,
    firstSince: (instant, key) => (key === undefined ? asked : (askedOf.get(key) ?? [])).find((at) => at >= instant),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const firstDay = Date.UTC(2026, 0, 1);

function documentOf(host: string, path: string, feed: readonly Item[]): string {
  const items = feed.map(({ guid, text }, at) => {
    const words = wordsOf(diceOf(text));
    const date = new Date(firstDay + at * 86_400_000 + (text & 0xffff) * 1_000).toUTCString();
    return `<item><title>${words.slice(0, 6).join(' ')}</title><guid isPermaLink="false">${guid}</guid><link>http://${host}${path}/${at}</link><pubDate>${date}</pubDate><description>${words.join(' ')}</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Group ${path.slice(2)}</title><link>http://${host}${path}/</link><description>A group</description>${items.reverse().join('')}</channel></rss>`;
}

const syllables = 'ca lo mi ster an po ri dun te qua sel bor ne ful ge ha'.split(' ');

function wordsOf(dice: Dice): string[] {
  const word = (): string => Array.from({ length: 2 + dice.roll(2) }, () => dice.pick(syllables)).join('');
  return Array.from({ length: 90 }, word);
}
