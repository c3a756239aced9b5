/** A partner's web pages: the home page with its posts, a post's own page, and the page of a site under repair. */
import { escapeXml, lines, rfc3339 } from './markup.ts';
import type { Channel, ShownPost } from './posts.ts';
import type { Format } from './world.ts';

const feedTypes: Readonly<Record<Exclude<Format, 'page'>, string>> = {
  rss: 'application/rss+xml',
  rdf: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
};

/** Real groups have real names here; nobody shall take these texts for theirs. */
const notice =
  'This site is played by the Relais demo. Its texts were written for the demo; no group of this name has written or endorsed them.';

function page(channel: Channel, title: string, head: string, body: string): string {
  const direction = channel.lang === 'ar' ? 'rtl' : 'ltr';
  return lines(
    '<!doctype html>',
    `<html lang="${channel.lang}" dir="${direction}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(title)}</title>`,
    head,
    '<style>body{max-width:40em;margin:2em auto;padding:0 1em;font:1.05em/1.5 serif}footer{color:#666;font-size:.85em;border-top:1px solid #ccc;margin-top:3em}img{max-width:100%;height:auto}</style>',
    '</head>',
    '<body>',
    body,
    `<footer lang="en" dir="ltr"><p>${notice}</p></footer>`,
    '</body>',
    '</html>\n',
  );
}

/** The list that a source without a feed is read from: `article.news`, `h2 a`, `time`, `.text`. */
export function renderHome(channel: Channel): string {
  const { group } = channel;
  const feed =
    group.format === 'page'
      ? ''
      : `<link rel="alternate" type="${feedTypes[group.format]}" title="${escapeXml(group.name)}" href="${escapeXml(channel.feedUrl)}">`;
  return page(
    channel,
    group.name,
    feed,
    lines(
      `<header><h1>${escapeXml(group.name)}</h1><p>${escapeXml(group.about)}</p></header>`,
      '<nav><ul><li><a href="/">Home</a></li></ul></nav>',
      '<main>',
      ...channel.posts.map(renderTeaser),
      '</main>',
    ),
  );
}

function renderTeaser(post: ShownPost): string {
  return lines(
    `<article class="news" lang="${post.lang}">`,
    `<h2><a href="${escapeXml(post.url)}">${escapeXml(post.title)}</a></h2>`,
    time(post),
    `<div class="text">${post.html}</div>`,
    '</article>',
  );
}

function time(post: ShownPost): string {
  return `<time datetime="${rfc3339(post.published)}">${rfc3339(post.published).slice(0, 10)}</time>`;
}

/** Where "the original" leads when a reader follows it. */
export function renderPostPage(channel: Channel, post: ShownPost): string {
  return page(
    channel,
    `${post.title} – ${channel.group.name}`,
    `<link rel="canonical" href="${escapeXml(post.url)}">`,
    lines(
      `<header><p><a href="/">${escapeXml(channel.group.name)}</a></p></header>`,
      `<main><article lang="${post.lang}" dir="${post.lang === 'ar' ? 'rtl' : 'ltr'}">`,
      `<h1>${escapeXml(post.title)}</h1>`,
      time(post),
      post.html,
      post.enclosure === undefined
        ? ''
        : `<p><a href="${escapeXml(post.enclosure.url)}">${escapeXml(post.enclosure.title)}</a></p>`,
      '</article></main>',
    ),
  );
}

export function renderMaintenance(channel: Channel): string {
  return page(
    channel,
    'Back soon',
    '',
    `<main><h1>Back soon</h1><p>${escapeXml(channel.group.name)} is moving to another server. Please come back in a few days.</p></main>`,
  );
}
