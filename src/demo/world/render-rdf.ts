/** A channel to RSS 1.0 (RDF Site Summary), as old publishing programs write it, and to their idea of Latin-1. */
import { cdata, escapeXml, lines, rfc3339 } from './markup.ts';
import type { Channel, ShownPost } from './posts.ts';

export function renderRdf(channel: Channel): string {
  const { group } = channel;
  return lines(
    `<?xml version="1.0" encoding="${group.isLatin1 ? 'ISO-8859-1' : 'UTF-8'}"?>`,
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:ev="http://purl.org/rss/1.0/modules/event/">',
    `<channel rdf:about="${escapeXml(channel.feedUrl)}">`,
    `<title>${escapeXml(group.name)}</title>`,
    `<link>${escapeXml(channel.home)}</link>`,
    `<description>${escapeXml(group.about)}</description>`,
    `<dc:language>${channel.lang}</dc:language>`,
    `<dc:date>${rfc3339(channel.updated)}</dc:date>`,
    '<items><rdf:Seq>',
    ...channel.posts.map((post) => `<rdf:li rdf:resource="${escapeXml(post.guid)}"/>`),
    '</rdf:Seq></items>',
    '</channel>',
    ...channel.posts.map(renderItem),
    '</rdf:RDF>\n',
  );
}

function renderItem(post: ShownPost): string {
  return lines(
    `<item rdf:about="${escapeXml(post.guid)}">`,
    `<title>${post.wireTitle ?? escapeXml(post.title)}</title>`,
    `<link>${escapeXml(post.url)}</link>`,
    post.author === undefined ? '' : `<dc:creator>${escapeXml(post.author)}</dc:creator>`,
    `<dc:date>${rfc3339(post.published)}</dc:date>`,
    ...post.tags.map((tag) => `<dc:subject>${escapeXml(tag)}</dc:subject>`),
    post.call === undefined
      ? ''
      : `<ev:startdate>${rfc3339(post.call.start)}</ev:startdate><ev:location>${escapeXml(post.call.place)}</ev:location>`,
    `<description>${escapeXml(post.html)}</description>`,
    `<content:encoded>${cdata(post.html)}</content:encoded>`,
    '</item>',
  );
}

/** The characters that windows-1252 has where Latin-1 has controls, as far as our texts use them. */
const windows1252: Readonly<Record<string, number>> = {
  '€': 0x80,
  '…': 0x85,
  Š: 0x8a,
  Œ: 0x8c,
  Ž: 0x8e,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '•': 0x95,
  '–': 0x96,
  '—': 0x97,
  š: 0x9a,
  œ: 0x9c,
  ž: 0x9e,
};

/**
 * Bytes of windows-1252. What it does not have must not occur: inside CDATA no reference could stand for it.
 * Throws RangeError for a text of ours that cannot be written so.
 */
export function latin1Bytes(text: string): Buffer {
  const codes = [...text].map((character) => {
    const code = windows1252[character] ?? character.codePointAt(0) ?? 0;
    if (code > 0xff) throw new RangeError(`windows-1252 has no ${character}`);
    return code;
  });
  return Buffer.from(codes);
}
