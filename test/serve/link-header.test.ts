import { expect, test } from 'vitest';
import { hubLinksIn } from '../../src/fetch/link-header.ts';
import { linksOf } from '../../src/serve/link-header.ts';

const url = 'https://news.example/relay/';
const hub = 'https://hub.example/';
const config = { site: { url, hub } };

test.each([
  'feed.xml',
  'atom.xml',
  'feed.json',
  'calais/feed.xml',
  'calais/in/fr/atom.xml',
  'sources/a.example-feed/feed.json',
  'calais/digest/feed.xml',
])('of %s: its hub and its own address', (path) => {
  const header = linksOf(`/${path}`, config);
  expect(header).toBe(`<${hub}>; rel="hub", <${url}${path}>; rel="self"`);
  expect(hubLinksIn(header, new URL(url))).toEqual({ hubs: [hub], self: `${url}${path}` });
});

test.each([
  '',
  'index.html',
  'calais/',
  'calais/archive/1.xml',
  'calais/archive/1.json',
  'opml.xml',
  'status/status.json',
  'feed.xml/',
  '../feed.xml',
  'a/../feed.xml',
  'calais/feed.xml\r\nX: y',
  'a>/feed.xml',
])('of %j nothing', (path) => {
  expect(linksOf(`/${path}`, config)).toBeUndefined();
});

test('without a hub, or an address of the site, nothing', () => {
  expect(linksOf('/feed.xml', { site: { url, hub: undefined } })).toBeUndefined();
  expect(linksOf('/feed.xml', { site: { url: undefined, hub } })).toBeUndefined();
});
