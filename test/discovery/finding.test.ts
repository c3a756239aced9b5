/** Feeds behind sites, each played on loopback as its program behaves. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { type Found, findFeeds } from '../../src/finding.ts';
import { type Partner, type Script, startPartner } from '../partner/server.ts';
import { html, openEdges, posts, rss } from './sites.ts';

const partners: Partner[] = [];
afterEach(async () => {
  for (const partner of partners.splice(0)) await partner.close();
});

async function partner(script: Parameters<typeof startPartner>[0]): Promise<Partner> {
  const started = await startPartner(script);
  partners.push(started);
  return started;
}

/** The site, asked by this name or by its number. */
async function find(
  script: Script | ((request: IncomingMessage, response: ServerResponse) => void),
  path = '/',
  host?: string,
): Promise<{ found: Found; site: string; asked: string[] }> {
  const one = await partner(script as Script);
  const site = host === undefined ? one.url : one.url.replace('127.0.0.1', host);
  const found = await findFeeds([`${site}${path}`], openEdges());
  return { found, site, asked: one.requests.map((request) => request.path) };
}

function feedsOf(found: Found): string[] {
  return found.kind === 'feeds' ? found.feeds.map(({ url }) => new URL(url).pathname + new URL(url).search) : [];
}

const feed = rss('Some Group', posts(3));
const wordpress = html(
  '<meta name="generator" content="WordPress 6.7"><link rel="stylesheet" href="/wp-content/a.css">',
);

test('a feed is itself', async () => {
  const { found, asked } = await find({ '/feed': feed }, '/feed');
  expect(found).toMatchObject({ kind: 'feeds', way: 'itself', feeds: [{ title: 'Some Group', itemCount: 3 }] });
  expect(asked).toEqual(['/feed']);
});

test('what the page names comes first, without comments and descriptions', async () => {
  const named = html(`
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">
    <link rel="alternate" type="application/rss+xml" title="Some Group » Comments Feed" href="/comments/feed/">
    <link rel="alternate" type="application/rss+xml" title="Some Group » Feed" href="/feed/">`);
  const { found, asked } = await find({ '/': named, '/feed/': feed, '/comments/feed/': rss('Comments', posts(9)) });
  expect(found).toMatchObject({ kind: 'feeds', way: 'named' });
  expect(feedsOf(found)).toEqual(['/feed/']);
  expect(asked).toEqual(['/', '/feed/']);
});

test('a feed named in a Link header', async () => {
  const page = html('');
  const headers = { ...page.headers, Link: '</news.rss>; rel="alternate"; type="application/rss+xml"; title="News"' };
  const { found } = await find({ '/': { ...page, headers }, '/news.rss': feed });
  expect(feedsOf(found)).toEqual(['/news.rss']);
});

describe('of several', () => {
  const two = (first: string, second: string, lang = 'en'): Script[string] =>
    html(
      `<link rel="alternate" type="application/rss+xml" href="${first}"><link rel="alternate" type="application/rss+xml" href="${second}">`,
      '',
      lang,
    );
  const french = rss(
    'Le Groupe',
    [1, 2, 3].map((day) => ({
      title: `La nuit du ${day} au port`,
      day: `2024-11-0${day}`,
      at: `https://group.example/fr/${day}`,
      text: 'Dans la nuit, le port était calme, et les personnes arrivées par la mer ont reçu du thé et des couvertures. '.repeat(
        4,
      ),
    })),
    '<language>fr</language>',
  );

  test('the one with the longest texts is the best', async () => {
    const short = rss(
      'Some Group',
      posts(3).map((post) => ({ ...post, text: 'In short.' })),
    );
    const { found } = await find({ '/': two('/short', '/long'), '/short': short, '/long': feed });
    expect(feedsOf(found)).toEqual(['/long', '/short']);
  });

  test('the one in the language of the page', async () => {
    const { found } = await find({ '/': two('/en.xml', '/fr.xml', 'fr-FR'), '/en.xml': feed, '/fr.xml': french });
    expect(feedsOf(found)).toEqual(['/fr.xml', '/en.xml']);
    expect(found).toMatchObject({ feeds: [{ lang: 'fr', newest: Date.parse('2024-11-03T08:00Z') }, { lang: 'en' }] });
  });

  test('the one of the section that was asked for', async () => {
    const { found } = await find(
      { '/calais/': two('/feed/', '/calais/feed/'), '/feed/': feed, '/calais/feed/': feed },
      '/calais/',
    );
    expect(feedsOf(found)).toEqual(['/calais/feed/', '/feed/']);
  });

  test('one that is empty comes last', async () => {
    const { found } = await find({ '/': two('/a', '/b'), '/a': rss('Empty', []), '/b': feed });
    expect(feedsOf(found)).toEqual(['/b', '/a']);
  });
});

test('links in the page that look like feeds', async () => {
  const page = html(
    '',
    '<a href="/about">About</a><a href="/flux.php">RSS</a><a href="https://other.example/rss">RSS</a>',
  );
  const { found, asked } = await find({ '/': page, '/flux.php': feed });
  expect(found).toMatchObject({ way: 'linked' });
  expect(feedsOf(found)).toEqual(['/flux.php']);
  expect(asked).toEqual(['/', '/flux.php']);
});

describe('where programs put their feeds', () => {
  test.each<[string, string | undefined, string, Script, string]>([
    ['WordPress', undefined, '/', { '/': wordpress, '/feed/': feed }, '/feed/'],
    ['WordPress', undefined, '/', { '/': wordpress, '/?feed=rss2': feed, '/feed/': { status: 404 } }, '/?feed=rss2'],
    [
      'WordPress',
      undefined,
      '/category/calais',
      { '/category/calais': wordpress, '/category/calais/feed/': feed },
      '/category/calais/feed/',
    ],
    [
      'SPIP',
      undefined,
      '/site/',
      { '/site/': html('<meta name="generator" content="SPIP 4.3">'), '/site/spip.php?page=backend': feed },
      '/site/spip.php?page=backend',
    ],
    [
      'SPIP',
      undefined,
      '/',
      { '/': html('', '<a href="local/spip.php?article12">A text</a>'), '/local/spip.php?page=backend': feed },
      '/local/spip.php?page=backend',
    ],
    ['Blogger', 'group.blogspot.com', '/', { '/': html(''), '/feeds/posts/default': feed }, '/feeds/posts/default'],
    [
      'Drupal',
      undefined,
      '/',
      { '/': html('<meta name="generator" content="Drupal 10">'), '/rss.xml': feed },
      '/rss.xml',
    ],
    ['Mastodon', undefined, '/@group', { '/@group': html(''), '/@group.rss': feed }, '/@group.rss'],
    ['Medium', 'group.medium.com', '/', { '/': html(''), '/feed': feed }, '/feed'],
    ['Medium', 'medium.com', '/@group', { '/@group': html(''), '/feed/@group': feed }, '/feed/@group'],
    ['Tumblr', 'group.tumblr.com', '/', { '/': html(''), '/rss': feed }, '/rss'],
    ['Indymedia', 'nantes.indymedia.org', '/', { '/': html(''), '/newswire.rss': feed }, '/newswire.rss'],
    ['Indymedia', 'athens.indymedia.org', '/', { '/': html(''), '/features.rss': feed }, '/features.rss'],
    ['Ghost', undefined, '/', { '/': html('<meta name="generator" content="Ghost 5.9">'), '/rss/': feed }, '/rss/'],
    [
      'Joomla',
      undefined,
      '/',
      {
        '/?format=feed&type=rss': feed,
        '/': html('<meta name="generator" content="Joomla! - Open Source">'),
      },
      '/?format=feed&type=rss',
    ],
    [
      'Hugo',
      undefined,
      '/fr/',
      { '/fr/': html('<meta name="generator" content="Hugo 0.1">'), '/fr/index.xml': feed },
      '/fr/index.xml',
    ],
  ])('%s at %s%s', async (habit, host, path, script, expected) => {
    const { found } = await find(script, path, host);
    expect(found).toMatchObject({ kind: 'feeds', way: 'guessed', habit });
    expect(feedsOf(found)).toEqual([expected]);
  });

  test('and where any program may, of a site that tells nothing', async () => {
    const { found, asked } = await find({ '/': html(''), '/feed.xml': feed });
    expect(feedsOf(found)).toEqual(['/feed.xml']);
    expect(asked).toEqual(['/', '/feed/', '/rss.xml', '/feed.xml']);
  });

  test('a service that shows its page to nobody is still asked for its feed', async () => {
    const { found } = await find({ '/': { status: 403 }, '/feeds/posts/default': feed }, '/', 'group.blogspot.com');
    expect(feedsOf(found)).toEqual(['/feeds/posts/default']);
  });

  test('the feed of the comments on a page is not the feed of a group', async () => {
    const comments = rss('Comments on: A night at the harbour', posts(4));
    const script = { '/night/': wordpress, '/night/feed/': comments, '/feed/': feed };
    expect(feedsOf((await find(script, '/night/')).found)).toEqual(['/feed/']);
  });

  test('an unknown address that leads to the front page is no feed', async () => {
    const { found } = await find((request, response) => {
      const isHome = request.url === '/' || request.url === '/robots.txt';
      if (isHome) response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>Home</title><p>Words.</p>');
      else response.writeHead(302, { Location: '/' }).end();
    });
    expect(found.kind).toBe('page');
  });

  test('nor is a page for what was not found that marks its texts', async () => {
    const marked = '<div class="h-feed"><div class="h-entry"><a class="p-name u-url" href="/1">One</a></div></div>';
    const { found } = await find((request, response) => {
      const isHome = request.url === '/';
      response.writeHead(request.url === '/robots.txt' ? 404 : 200, { 'Content-Type': 'text/html' });
      response.end(isHome ? '<title>Home</title><p>Words.</p>' : `<title>Sorry</title>${marked}`);
    });
    expect(found.kind).toBe('page');
  });
});

test('a page that marks its texts is a feed itself, where its site lets programs read it', async () => {
  const marked = html(
    '',
    '<div class="h-feed"><div class="h-entry"><a class="p-name u-url" href="/1">One</a></div></div>',
  );
  const { found } = await find({ '/': marked });
  expect(found).toMatchObject({ kind: 'feeds', way: 'marked', feeds: [{ format: 'page', itemCount: 1 }] });
  const shut = await find({ '/': marked, '/robots.txt': 'User-agent: *\nDisallow: /' });
  expect(shut.found.kind).toBe('page');
});

test('the front page is asked where a page below it names nothing, or is not there', async () => {
  const home = html('<link rel="alternate" type="application/rss+xml" href="/f">');
  expect(feedsOf((await find({ '/': home, '/about': html(''), '/f': feed }, '/about')).found)).toEqual(['/f']);
  expect(feedsOf((await find({ '/': home, '/f': feed }, '/no-such-page')).found)).toEqual(['/f']);
});

test('a feed that has moved for good is known by where it is now, one that is lent elsewhere by its own address', async () => {
  const script = { '/new': feed, '/old': { status: 301, headers: { Location: '/new' } } };
  expect(feedsOf((await find(script, '/old')).found)).toEqual(['/new']);
  const lent = { '/new': feed, '/old': { status: 302, headers: { Location: '/new' } } };
  expect(feedsOf((await find(lent, '/old')).found)).toEqual(['/old']);
});

test('no scheme: without encryption only where there is none', async () => {
  const { url } = await partner({ '/feed': feed });
  const found = await findFeeds([`${url.replace('http', 'https')}/feed`, `${url}/feed`], openEdges());
  expect(found).toMatchObject({ kind: 'feeds', way: 'itself' });
});

describe('what is hostile', () => {
  test('no more than a dozen addresses are looked at', async () => {
    const links = Array.from({ length: 40 }, (_, index) => `<a href="/${index}/feed">RSS</a>`).join('');
    const { found, asked } = await find({ '/a/b': html('<meta name="generator" content="TYPO3">', links) }, '/a/b');
    expect(found.kind).toBe('page');
    expect(asked.length).toBeLessThanOrEqual(12);
  });

  test('redirects without end', async () => {
    let count = 0;
    const { found, asked } = await find((_request, response) => {
      count += 1;
      response.writeHead(302, { Location: `/${count}` }).end();
    });
    expect(found).toMatchObject({ kind: 'failed', problem: { code: 'fetch/too-many-redirects' } });
    expect(asked.length).toBeLessThanOrEqual(12);
  });

  test('a page without end', async () => {
    const { found } = await find((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      const pour = (): void => {
        while (!response.destroyed && response.write('<p>more'.repeat(1_000)));
      };
      response.on('drain', pour);
      pour();
    });
    expect(found).toMatchObject({ kind: 'failed', problem: { code: 'fetch/too-large' } });
  });

  test('a page that names feeds at private addresses', async () => {
    const inside = await partner({ '/feed': feed });
    const { port } = new URL(inside.url);
    const named = html(`<link rel="alternate" type="application/rss+xml" href="http://localhost:${port}/feed">`);
    const outside = await partner({ '/': named });
    const edges = openEdges({ allow: [`127.0.0.1:${new URL(outside.url).port}`] });
    const found = await findFeeds([`${outside.url}/`], edges);
    expect(found.kind).toBe('page');
    expect(inside.requests).toEqual([]);
  });

  test('a link to the feed of another site is none of this one’s', async () => {
    const { found } = await find({ '/': html('', '<a href="http://elsewhere.example/feed">RSS</a>') });
    expect(found.kind).toBe('page');
  });

  test('nesting that would take minutes', async () => {
    const { found } = await find({ '/': html('', '<b>'.repeat(40_000)) });
    expect(found.kind).toBe('page');
  });
});
