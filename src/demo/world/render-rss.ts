/** A channel to RSS 2.0, as WordPress and SPIP write it; also the mangled form of it that some servers send. */
import { cdata, escapeXml, lines, rfc822 } from './markup.ts';
import type { Channel, ShownPost } from './posts.ts';

const footers = {
  en: (title: string, name: string) => `The post ${title} appeared first on ${name}.`,
  fr: (title: string, name: string) => `L’article ${title} est apparu en premier sur ${name}.`,
} as const;

export function renderRss(channel: Channel): string {
  const { group } = channel;
  const generator = group.permalinks === 'spip' ? 'SPIP - www.spip.net' : 'https://wordpress.org/?v=6.4';
  return lines(
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">',
    '<channel>',
    `<title>${escapeXml(group.name)}</title>`,
    `<atom:link href="${escapeXml(channel.feedUrl)}" rel="self" type="application/rss+xml"/>`,
    `<link>${escapeXml(channel.home)}</link>`,
    `<description>${escapeXml(group.about)}</description>`,
    `<lastBuildDate>${rfc822(channel.updated)}</lastBuildDate>`,
    `<language>${channel.lang}</language>`,
    `<generator>${generator}</generator>`,
    ...channel.posts.map((post) => renderItem(channel, post)),
    '</channel>',
    '</rss>\n',
  );
}

function renderItem(channel: Channel, post: ShownPost): string {
  const { group } = channel;
  return lines(
    '<item>',
    `<title>${post.wireTitle === undefined ? escapeXml(post.title) : cdata(post.wireTitle)}</title>`,
    `<link>${escapeXml(post.url)}</link>`,
    post.author === undefined ? '' : `<dc:creator>${cdata(post.author)}</dc:creator>`,
    `<pubDate>${rfc822(post.published)}</pubDate>`,
    ...post.tags.map((tag) => `<category>${cdata(tag)}</category>`),
    `<guid isPermaLink="${post.guid === post.url}">${escapeXml(post.guid)}</guid>`,
    post.lang === channel.lang ? '' : `<dc:language>${post.lang}</dc:language>`,
    post.source === undefined
      ? ''
      : `<source url="${escapeXml(post.source.feedUrl)}">${escapeXml(post.source.name)}</source>`,
    ...(group.permalinks === 'spip'
      ? [`<description>${escapeXml(post.html)}</description>`]
      : wordPressText(channel, post)),
    post.enclosure === undefined
      ? ''
      : `<enclosure url="${escapeXml(post.enclosure.url)}" length="${post.enclosure.bytes}" type="${post.enclosure.type}"/>`,
    '</item>',
  );
}

/** WordPress gives a beginning as description and the whole as content; plug-ins append the footer to both. */
function wordPressText(channel: Channel, post: ShownPost): string[] {
  const { group } = channel;
  const title = `<a href="${post.url}">${escapeXml(post.title)}</a>`;
  const name = `<a href="${channel.home}">${escapeXml(group.name)}</a>`;
  const footer = group.footer === undefined ? '' : `\n<p>${footers[group.footer](title, name)}</p>`;
  const words = post.html
    .replace(/<[^<>]*>/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const beginning = words.length <= 55 ? words.join(' ') : `${words.slice(0, 55).join(' ')} [&#8230;]`;
  return [
    `<description>${cdata(`<p>${beginning}</p>${footer}`)}</description>`,
    `<content:encoded>${cdata(post.html + footer)}</content:encoded>`,
  ];
}

/** No longer well-formed: titles with bare ampersands and HTML's entities, the end missing. Every whole entry survives. */
export function mangleRss(xml: string): string {
  const careless = xml.replace(/<title>[^<]*<\/title>/g, (title) =>
    title.replaceAll('&amp;', '&').replaceAll('é', '&eacute;').replaceAll('’', '&rsquo;'),
  );
  const end = careless.lastIndexOf('</item>') + '</item>'.length;
  return `${careless.slice(0, end)}\n<item>\n<tit`;
}
