/**
 * A generated world for measuring: N WordPress-like feeds of twenty items on loopback addresses of their own, a quarter
 * of the items reposted by hand from another feed. A pure function of its numbers; runs as a process of its own, so
 * that its CPU time is not counted.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { diceOf } from '../test/dice.ts';

const itemsPerFeed = 20;
const vocabulary = Array.from({ length: 4_000 }, (_, at) => wordFor(at));

function wordFor(at: number): string {
  const syllables = [
    'ca',
    'lo',
    'mi',
    'ster',
    'an',
    'po',
    'ri',
    'dun',
    'te',
    'qua',
    'sel',
    'bor',
    'ne',
    'ful',
    'ge',
    'ha',
  ];
  const [a, b, c] = [at % 16, Math.floor(at / 16) % 16, Math.floor(at / 256)];
  return `${syllables[a]}${syllables[b]}${c === 0 ? '' : syllables[c % 16]}`;
}

export function addressOf(feed: number, port: number): string {
  return `http://127.${1 + Math.floor(feed / 62_500)}.${Math.floor(feed / 250) % 250}.${1 + (feed % 250)}:${port}`;
}

function paragraphs(feed: number, item: number): string[] {
  const { next } = diceOf(feed * 1_000 + item);
  return Array.from({ length: 4 + Math.floor(next() * 6) }, () =>
    Array.from(
      { length: 30 + Math.floor(next() * 50) },
      () => vocabulary[Math.floor(next() ** 2 * vocabulary.length)],
    ).join(' '),
  );
}

/** The document of one feed. @param extra items beside the usual ones, newer than those */
export function feedXml(feed: number, port: number, extra = 0): string {
  const home = addressOf(feed, port);
  const items = Array.from({ length: itemsPerFeed + extra }, (_, item) => {
    const isRepost = feed > 0 && item % 4 === 3;
    const author = isRepost ? Math.floor(diceOf(feed * 31 + item).next() * feed) : feed;
    const credit = isRepost ? `<p>reposted from Group ${author};</p>` : '';
    const html =
      credit +
      paragraphs(author, isRepost ? item - 1 : item)
        .map((text) => `<p>${text}.</p>`)
        .join('\n');
    const date = new Date(
      Date.UTC(2025, 0, 1) + (item * 20 * 86_400 + (isRepost ? 600 : 0) + feed) * 1_000,
    ).toUTCString();
    return `<item><title>Post ${item} of group ${author}</title><link>${home}/${item}</link><guid isPermaLink="false">${home}/?p=${item}</guid>
<pubDate>${date}</pubDate><dc:creator>Somebody</dc:creator><category>calais</category>
<description><![CDATA[${html.slice(0, 300)}]]></description><content:encoded><![CDATA[${html}]]></content:encoded></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Group ${feed}</title><link>${home}/</link><description>A group</description>${items.reverse().join('\n')}</channel></rss>`;
}

/** Answers until the parent goes away. `validators=no` makes a server that always sends the whole body. */
function main(hasValidators: boolean): void {
  const bodies = new Map<number, { body: string; etag: string }>();
  const extras = new Map<number, number>();
  let port = 0;
  const server = createServer((request, response) => {
    const [, a, b, c] = (request.socket.localAddress ?? '').replace('::ffff:', '').split('.').map(Number);
    const feed = ((a ?? 1) - 1) * 62_500 + (b ?? 0) * 250 + (c ?? 1) - 1;
    const made = bodies.get(feed) ?? { body: feedXml(feed, port, extras.get(feed)), etag: '' };
    if (made.etag === '') made.etag = `"${createHash('sha1').update(made.body).digest('hex').slice(0, 16)}"`;
    bodies.set(feed, made);
    if (hasValidators && request.headers['if-none-match'] === made.etag)
      response.writeHead(304, { ETag: made.etag }).end();
    else
      response
        .writeHead(200, { ...(hasValidators ? { ETag: made.etag } : {}), 'Content-Type': 'application/rss+xml' })
        .end(made.body);
  });
  server.on('connection', (socket) => {
    if (!(socket.remoteAddress ?? '').replace('::ffff:', '').startsWith('127.')) socket.destroy();
  });
  server.listen(0, '0.0.0.0', () => {
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
    process.send?.({ port });
  });
  process.on('message', ({ add }: { add: number }) => {
    extras.set(add, (extras.get(add) ?? 0) + 1);
    bodies.delete(add);
    process.send?.({ added: add });
  });
  process.on('disconnect', () => process.exit(0));
}

const [, , validators] = process.argv;
if (process.send !== undefined && validators !== undefined) main(validators !== 'no');
