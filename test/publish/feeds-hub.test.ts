/** A feed names its hub and itself in each format (WebSub §4), and a document of an archive neither a hub nor that it will change. */
import { expect, test } from 'vitest';
import { renderArchive, renderFeeds } from '../../src/publish/feeds/feeds.ts';
import { complaints } from './feed-judge.ts';
import { section, site, story, tree } from './feeds-story.ts';

const hub = 'https://hub.example/?a=1&b=2';
const here = site({ hub });
const links = (xml: string, rel: string): (string | undefined)[] =>
  tree(xml)(`feed > link[rel="${rel}"], channel > atom\\:link[rel="${rel}"]`)
    .toArray()
    .map((link) => link.attribs.href);

test('each format names the hub and its own address', () => {
  const { rss, atom, json } = renderFeeds(here, section([story()]));
  expect([links(rss, 'hub'), links(rss, 'self')]).toEqual([[hub], ['https://news.example/calais/feed.xml']]);
  expect([links(atom, 'hub'), links(atom, 'self')]).toEqual([[hub], ['https://news.example/calais/atom.xml']]);
  expect(JSON.parse(json)).toMatchObject({
    feed_url: 'https://news.example/calais/feed.json',
    hubs: [{ type: 'WebSub', url: hub }],
  });
  expect(complaints(rss, 'https://news.example/calais/feed.xml')).toEqual([]);
  expect(complaints(atom, 'https://news.example/calais/atom.xml')).toEqual([]);
});

test('without a hub, and without an address of the site, none is named', () => {
  for (const where of [site(), site({ url: undefined, hub })]) {
    const { rss, atom, json } = renderFeeds(where, section([story()]));
    expect([...links(rss, 'hub'), ...links(atom, 'hub')]).toEqual([]);
    expect(JSON.parse(json)).not.toHaveProperty('hubs');
  }
});

test('documents of an archive name none, and stay as they are when there is one', () => {
  const place = { number: 1, previous: undefined, next: 2 };
  const archive = renderArchive(here, section([story()]), place);
  expect(archive).toEqual(renderArchive(site(), section([story()]), place));
  expect(links(archive.atom, 'hub')).toEqual([]);
  expect(archive.json).not.toContain('hubs');
});
