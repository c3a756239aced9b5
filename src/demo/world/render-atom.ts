/** A channel to Atom (RFC 4287), with deleted entries (RFC 6721); German sites get XHTML content, the others HTML. */
import { escapeXml, lines, rfc3339 } from './markup.ts';
import type { Channel, ShownPost } from './posts.ts';

export function renderAtom(channel: Channel): string {
  const { group } = channel;
  return lines(
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="${channel.lang}">`,
    `<id>tag:${group.id}.example,2009:feed</id>`,
    `<title>${escapeXml(group.name)}</title>`,
    `<subtitle>${escapeXml(group.about)}</subtitle>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(channel.home)}"/>`,
    `<link rel="self" type="application/atom+xml" href="${escapeXml(channel.feedUrl)}"/>`,
    `<updated>${rfc3339(channel.updated)}</updated>`,
    `<author><name>${escapeXml(group.name)}</name></author>`,
    group.licence === undefined ? '' : `<rights>${escapeXml(group.licence)}</rights>`,
    ...channel.deleted.map(
      (one) =>
        `<at:deleted-entry ref="${escapeXml(one.guid)}" when="${rfc3339(one.when)}"><at:comment>${escapeXml(one.because)}</at:comment></at:deleted-entry>`,
    ),
    ...channel.posts.map((post) => renderEntry(channel, post)),
    '</feed>\n',
  );
}

function renderEntry(channel: Channel, post: ShownPost): string {
  return lines(
    post.lang === channel.lang ? '<entry>' : `<entry xml:lang="${post.lang}">`,
    `<id>${escapeXml(post.guid)}</id>`,
    `<title type="html">${escapeXml(post.wireTitle ?? escapeXml(post.title))}</title>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(post.url)}"/>`,
    post.viaUrl === undefined ? '' : `<link rel="via" type="text/html" href="${escapeXml(post.viaUrl)}"/>`,
    post.enclosure === undefined
      ? ''
      : `<link rel="enclosure" type="${post.enclosure.type}" length="${post.enclosure.bytes}" title="${escapeXml(post.enclosure.title)}" href="${escapeXml(post.enclosure.url)}"/>`,
    `<published>${rfc3339(post.published)}</published>`,
    `<updated>${rfc3339(post.updated)}</updated>`,
    post.author === undefined ? '' : `<author><name>${escapeXml(post.author)}</name></author>`,
    ...post.tags.map((tag) => `<category term="${escapeXml(tag)}"/>`),
    channel.lang === 'de'
      ? `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${post.html}</div></content>`
      : `<content type="html">${escapeXml(post.html)}</content>`,
    '</entry>',
  );
}
