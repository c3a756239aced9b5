/** What is typed, what is tried, what is repeated: the tables of discovery, without any network. */
import { describe, expect, test } from 'vitest';
import { selectorMistake } from '../../src/config/selectors.ts';
import { guessesByAddress, guessesByPage } from '../../src/discovery/habits.ts';
import { signsOf } from '../../src/discovery/page-signs.ts';
import { proposals } from '../../src/discovery/repeated.ts';
import { doubtsOf } from '../../src/discovery/seen-feed.ts';
import { readTyped } from '../../src/discovery/typed.ts';
import { parseDocument } from '../../src/parse/parse.ts';

describe('what is typed', () => {
  test.each([
    ['https://group.example/a?b=1#c', ['https://group.example/a?b=1']],
    ['  group.example  ', ['https://group.example/', 'http://group.example/']],
    ['group.example:8080/a', ['https://group.example:8080/a', 'http://group.example:8080/a']],
    ['feed:https://group.example/f', ['https://group.example/f']],
    ['feed://group.example/f', ['http://group.example/f']],
    ['<https://group.example>', ['https://group.example/']],
    ['@group@social.example', ['https://social.example/@group']],
    ['acct:group@social.example', ['https://social.example/@group']],
    ['https://gröup.example/', ['https://xn--grup-6qa.example/']],
  ])('%s', (typed, urls) => {
    expect(readTyped(typed)).toEqual({ kind: 'addresses', urls });
  });

  test.each([
    ['', /Nothing was given/],
    ['harbour', /not a web address/],
    ['mailto:a@group.example', /not the address of a web site/],
    ['group@social.example', /@group@social\.example/],
    ['ftp://group.example', /not the address of a web site/],
    ['https://www.facebook.com/group', /Facebook offers no feeds/],
    ['x.com/group', /^X offers no feeds/],
    ['https://', /not a web address/],
  ])('%s is told what is wrong', (typed, words) => {
    expect(readTyped(typed)).toMatchObject({ kind: 'mistake', text: expect.stringMatching(words) as unknown });
  });
});

test.each([
  [
    'https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv',
    'https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv',
  ],
  ['https://www.youtube.com/playlist?list=PL12-3', 'https://www.youtube.com/feeds/videos.xml?playlist_id=PL12-3'],
  ['https://youtube.com/user/group', 'https://www.youtube.com/feeds/videos.xml?user=group'],
  ['https://medium.com/@group', 'https://medium.com/feed/@group'],
  ['https://group.medium.com/', 'https://group.medium.com/feed'],
  ['https://social.example/@group', 'https://social.example/@group.rss'],
  ['https://github.com/group/map', 'https://github.com/group/map/releases.atom'],
  ['https://bsky.app/profile/group.example', 'https://bsky.app/profile/group.example/rss'],
  ['https://group.blogspot.com/search/label/calais', 'https://group.blogspot.com/feeds/posts/default/-/calais'],
  ['https://group.example/spip.php?rubrique12', 'https://group.example/spip.php?page=backend&id_rubrique=12'],
  ['https://group.example/spip.php?article3&lang=fr', 'https://group.example/spip.php?page=backend&lang=fr'],
])('%s is known by its address', (typed, feed) => {
  expect(guessesByAddress(typed)[0]?.urls[0]).toBe(feed);
});

test('a channel of YouTube under a name of its own is told by its page', () => {
  const page = '<link rel="canonical" href="https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv">';
  const signs = signsOf(page, 'https://www.youtube.com/@group');
  expect(guessesByPage(signs)[0]?.urls).toEqual([
    'https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv',
  ]);
});

test('no site is taken for a service by a name inside its own', () => {
  expect(guessesByAddress('https://notyoutube.com/user/group')).toEqual([]);
  expect(guessesByAddress('https://medium.com.example/@group').map(({ name }) => name)).toEqual(['Mastodon']);
});

describe('selectors for a page without a feed', () => {
  const words = 'Some words of what has happened in the night, and of what is wanted by those who were there.';
  const menu =
    '<nav><ul><li><a href="/a">Who we are and what we want</a><li><a href="/b">Come to our meetings</a><li><a href="/c">Write to our group</a></ul></nav>';
  const items = (make: (number: number) => string): string => [1, 2, 3, 4].map(make).join('');

  const pages: readonly (readonly [string, string, object])[] = [
    [
      'articles with a time',
      `${menu}<main>${items((n) => `<article><h2><a href="/n/${n}">A night at the harbour ${n}</a></h2><time datetime="2026-11-0${n}">${n} November</time><p>${words}</p></article>`)}</main>`,
      { item: 'article', title: 'h2', content: 'p' },
    ],
    [
      'boxes with a picture first, and a date in words',
      `${menu}<div>${items((n) => `<div class="teaser t${n}"><a href="/img/${n}"><img src="x"></a><h3><a href="/n/${n}">A night at the harbour ${n}</a></h3><span class="when">${n} novembre 2026</span><p>${words}</p></div>`)}</div>`,
      { item: 'div.teaser', title: 'h3', link: 'h3 a', date: 'span.when', content: 'p' },
    ],
    [
      'a plain list',
      `${menu}<ul class="news">${items((n) => `<li><a href="/n/${n}">A night at the harbour ${n}</a> <i>0${n}.11.2026</i></li>`)}</ul>`,
      { item: 'ul.news > li', date: 'i' },
    ],
    [
      'a table',
      `${menu}<table>${items((n) => `<tr><td>0${n}/11/2026</td><td><a href="/n/${n}">A night at the harbour ${n}</a></td></tr>`)}</table>`,
      { item: 'table > tr', date: 'td' },
    ],
  ];

  test.each(pages)('%s', async (_what, body, expected) => {
    const [best] = proposals(`<html><body>${body}</body></html>`, 'https://group.example/');
    expect(best).toEqual(expected);
    if (best === undefined) return;
    expect(Object.values(best).map(selectorMistake)).toEqual(Object.values(best).map(() => undefined));
    const document = {
      body: Buffer.from(`<title>G</title>${body}`),
      contentType: 'text/html',
      url: 'https://group.example/',
    };
    const read = await parseDocument(document, best);
    if (read.kind !== 'feed') throw new Error(read.kind);
    const links = read.feed.entries.map(({ links: [link] }) => link?.href);
    expect(links).toEqual([1, 2, 3, 4].map((n) => `https://group.example/n/${n}`));
    const titles = read.feed.entries.map(({ title }) => title?.html.replace(/<[^>]*>/g, ''));
    expect(titles).toEqual([1, 2, 3, 4].map((n) => `A night at the harbour ${n}`));
    expect(read.feed.entries.every(({ publishedText }) => publishedText !== undefined)).toBe(true);
  });

  test('a menu is no list of texts, nor is a page of one text', () => {
    expect(proposals(`<body>${menu}<h1>A night</h1><p>${words}</p></body>`, 'https://group.example/')).toEqual([]);
  });

  test('names of classes that would be selectors of something else are not used', () => {
    const body = items(
      (n) => `<div class="a:b c[d] x&quot;y"><h2><a href="/n/${n}">A night at the harbour ${n}</a></h2></div>`,
    );
    const found = proposals(`<section>${body}</section>`, 'https://group.example/');
    expect(found.map(({ item }) => item)).toEqual(['section > div']);
  });
});

test('what looks dead, and what may be changed on its way', () => {
  const now = Date.parse('2026-11-24T12:00Z');
  const feed = { url: 'https://group.example/feed', itemCount: 3, newest: now, isOfComments: false, isCut: false };
  expect(doubtsOf(feed, now)).toEqual([]);
  expect(doubtsOf({ ...feed, newest: now - 366 * 86_400_000 }, now)).toEqual(['old']);
  expect(doubtsOf({ ...feed, itemCount: 0, newest: undefined }, now)).toEqual(['empty']);
  expect(doubtsOf({ ...feed, itemCount: 0, newest: undefined, isCut: true }, now)).toEqual(['cut']);
  expect(doubtsOf({ ...feed, newest: undefined, url: 'http://group.example/' }, now)).toEqual(['undated', 'http']);
});
