/**
 * Posts → the world that publishes them: a feed for each site, and the sources.yaml of a maintainer who knows these
 * groups, their names and hosts, and nothing else. Pure.
 */
import { canonicalUrl, parseUrl, urlKey } from '../src/text/url.ts';
import type { Post } from './labelled-posts.ts';

/** A site with the posts of one group on it. */
export interface Site {
  /** Host, perhaps with a port and a path; as the posts call it. */
  readonly site: string;
  readonly group: string;
  /** Where people read it. */
  readonly home: string;
  /** Address of its feed, the only one that is ever asked. */
  readonly feed: string;
  /** As the program names the source. */
  readonly key: string;
}

/** Ports that may be asked without a word in the settings (src/config/schema.ts). */
const usualPorts = new Set([80, 443, 8080, 8443]);

/** Where people read a site; a made-up host for one that has no address, such as a printed page. */
function homeOf(site: string): URL {
  const written = site.trim().replace(/^https?:\/\//i, '');
  const noHost = `site-${Buffer.from(site).toString('hex').slice(0, 40)}.example`;
  const home = new URL(parseUrl(`https://${written}`)?.href ?? `https://${noHost}/`);
  home.hostname = home.hostname.replace(/\.$/, ''); // the root of all names, which is asked for without
  return home;
}

/** `http://` spares the world certificates; sources are told apart without the scheme. */
function feedAddress({ host, port, hostname, pathname }: URL): string {
  // A port that may not be asked is where people read the site, and not where its feed is.
  const isAsked = port === '' || usualPorts.has(Number(port)) || Number(port) >= 1_024;
  return `http://${isAsked ? host : hostname}${pathname.replace(/\/$/, '')}/feed`;
}

/** The sites of these posts, in the order in which they first occur. Two groups on one site have a feed each. */
export function sitesOf(posts: readonly Post[]): Site[] {
  const sites = new Map<string, Site>();
  const keys = new Set<string>();
  for (const { site, group } of posts) {
    const name = siteName(site, group);
    if (sites.has(name)) continue;
    const home = homeOf(site);
    let feed = feedAddress(home);
    for (let count = 2; keys.has(keyOf(feed)); count++) feed = `${feedAddress(home)}/${count}`;
    keys.add(keyOf(feed));
    sites.set(name, { site, group, home: home.href, feed, key: keyOf(feed) });
  }
  return [...sites.values()];
}

export function siteName(site: string, group: string): string {
  return `${site}\n${group}`;
}

function keyOf(feed: string): string {
  return urlKey(canonicalUrl(feed) ?? feed);
}

/** XML 1.0 §2.2 knows no other characters; lone surrogates are none either. */
function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** An empty line parts paragraphs, a single break is one. */
function htmlOf(text: string): string {
  return text
    .split(/\n[^\S\n]*\n\s*/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${xmlText(paragraph.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
}

/** Whoever labelled a post may have read it in an archive; the site's own feed gives the address that is archived. */
function ownAddress(url: string): string {
  return url.replace(/^https?:\/\/web\.archive\.org\.?\/web\/[0-9]+[a-z_]*\/(?=https?:\/\/)/, '');
}

function itemXml({ id, url, date, lang, title, text }: Post): string {
  const element = (name: string, value: string | undefined): string =>
    value === undefined || value === '' ? '' : `<${name}>${xmlText(value)}</${name}>\n`;
  // W3CDTF, the form of dc:date, may end after the year or the month: no precision is made up.
  return `<item>
${element('title', title)}${element('link', ownAddress(url))}<guid isPermaLink="false">${xmlText(id)}</guid>
${element('dc:date', date)}${element('dc:language', lang)}<content:encoded>${xmlText(htmlOf(text))}</content:encoded>
</item>`;
}

/**
 * The RSS document of a site, newest first, undated posts last.
 * @param posts those of this site; none for a feed that lists nothing yet
 */
export function feedOf({ home, group }: Site, posts: readonly Post[]): string {
  const dated = [...posts].sort((a, b) =>
    (a.date ?? '') < (b.date ?? '') ? 1 : (a.date ?? '') > (b.date ?? '') ? -1 : 0,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${xmlText(group)}</title>
<link>${xmlText(home)}</link>
<description>${xmlText(group)}</description>
${dated.map(itemXml).join('\n')}
</channel>
</rss>
`;
}

/**
 * The settings of a maintainer who follows all these sites: the group's name, its sites as further names (a credit may
 * name one) where no other group has a claim to them, and the group as the partner of each. Nothing bounds what is stored.
 * @param proxy through which every name is asked: `http://127.0.0.1:PORT`
 */
export function settingsOf(sites: readonly Site[], proxy: string): string {
  const ports = [...new Set(sites.map(({ feed }) => Number(new URL(feed).port)))];
  const network = {
    proxy,
    spacing: '0s',
    max_items: 10_000,
    max_size: '100MB',
    max_unpacked: '100MB',
    ports: ports.filter((port) => port >= 1_024 && !usualPorts.has(port)),
  };
  const owners = ownersOfNames(sites);
  const sources = sites.map(({ group, home, feed }) => {
    const own = sites.filter((one) => one.group === group).flatMap((one) => [group, nameOfSite(one)]);
    const [name, ...aliases] = [...new Set(own)].filter((one) => one !== '' && owners.get(fold(one)) === group);
    const partner = group === '' ? undefined : group;
    return { url: feed, partner, name, aliases, hosts: hostsOf(home, feed), ...roleOf(home) };
  });
  // JSON is YAML, and quotes what must be quoted.
  return JSON.stringify({
    site: { title: 'Labelled posts', url: 'https://relais.example/' },
    network,
    sections: { labelled: sources },
  });
}

/** Anybody can post at an Indymedia, and every maintainer knows. */
function roleOf(home: string): { readonly role?: 'newswire'; readonly open_publishing?: true } {
  return /(?:^|\.)indymedia\./.test(new URL(home).hostname) ? { role: 'newswire', open_publishing: true } : {};
}

/** As a credit would name a site. */
function nameOfSite({ site }: Site): string {
  return site
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '');
}

/** As sources.yaml compares names. */
function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** The group that a name or site means; one that two groups share means none, but a group's own name comes first. */
function ownersOfNames(sites: readonly Site[]): ReadonlyMap<string, string | undefined> {
  const owners = new Map<string, string | undefined>();
  for (const { group } of sites) owners.set(fold(group), owners.get(fold(group)) ?? group);
  const names = new Set(owners.keys());
  for (const site of sites) {
    const { group } = site;
    const name = fold(nameOfSite(site));
    if (names.has(name)) continue;
    owners.set(name, owners.has(name) && owners.get(name) !== group ? undefined : group);
  }
  return owners;
}

/** The host with the port under which people read it, where the feed is elsewhere. */
function hostsOf(home: string, feed: string): string[] {
  const { host } = new URL(home);
  return host === new URL(feed).host ? [] : [host];
}
