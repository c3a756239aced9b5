/** A path asked of one partner's site to the answer it gives: feed, page, picture, or that there is nothing. */
import { createHash } from 'node:crypto';
import { picture, recording } from './media.ts';
import { type Channel, channelOf, instantOf, pathOf, postsUp, type Scene, showPost } from './posts.ts';
import { renderAtom } from './render-atom.ts';
import { renderJson } from './render-json.ts';
import { renderHome, renderMaintenance, renderPostPage } from './render-page.ts';
import { latin1Bytes, renderRdf } from './render-rdf.ts';
import { mangleRss, renderRss } from './render-rss.ts';
import { type Group, troubleAt } from './world.ts';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
  /** Milliseconds since 1970; undefined where the world has no date for it. */
  readonly modified: number | undefined;
}

const html = 'text/html; charset=utf-8';

/** @param path with its query, as it stood in the request */
export function answerFor(scene: Scene, group: Group, path: string): Answer {
  const channel = channelOf(scene, group);
  if (troubleAt(group, scene.tick) === 'maintenance') return answer(200, html, renderMaintenance(channel), scene.now);
  const feed = group.feeds.find((one) => one.path === path);
  if (feed !== undefined && group.format !== 'page') return feedAnswer(channelOf(scene, group, feed), scene.tick);
  const post = postsUp(group, scene.tick).find((one) => pathOf(group, one, scene.now) === path);
  if (post !== undefined) {
    const shown = showPost(scene, group, post);
    return answer(200, html, renderPostPage(channel, shown), shown.updated);
  }
  if (path === '/' || feed !== undefined) return answer(200, html, renderHome(channel), channel.updated);
  return mediaAnswer(scene, group, path) ?? missing(scene, group, path);
}

function feedAnswer(channel: Channel, tick: number): Answer {
  const { group, updated } = channel;
  switch (group.format) {
    case 'rss': {
      const xml = renderRss(channel);
      const type = group.permalinks === 'spip' ? 'text/xml; charset=utf-8' : 'application/rss+xml; charset=UTF-8';
      return answer(200, type, troubleAt(group, tick) === 'mangled' ? mangleRss(xml) : xml, updated);
    }
    case 'rdf': {
      const xml = renderRdf(channel);
      return answer(200, 'application/rdf+xml', group.isLatin1 ? latin1Bytes(xml) : xml, updated);
    }
    case 'atom':
      return answer(200, 'application/atom+xml; charset=utf-8', renderAtom(channel), updated);
    case 'json':
      return answer(200, 'application/feed+json', renderJson(channel), updated);
    case 'page':
      return answer(200, html, renderHome(channel), updated);
  }
}

function mediaAnswer(scene: Scene, group: Group, path: string): Answer | undefined {
  const name = /^\/media\/([a-z0-9-]+\.[a-z0-9]+)$/.exec(path)?.[1];
  if (name === undefined) return undefined;
  const owner = group.posts.find((post) => post.enclosure?.file === name);
  if (owner?.enclosure !== undefined) {
    return answer(200, owner.enclosure.type, recording(owner.enclosure.bytes), instantOf(owner.when, scene.now));
  }
  return name.endsWith('.png') ? answer(200, 'image/png', picture(name), undefined) : undefined;
}

/** A page that was there once is gone (410), any other was never there (404). */
function missing(scene: Scene, group: Group, path: string): Answer {
  const wasThere = group.posts.some((post) => post.withdrawal !== undefined && pathOf(group, post, scene.now) === path);
  const words = wasThere ? 'This text has been taken back by its authors.' : 'There is no such page.';
  const body = `<!doctype html><html lang="en"><title>${words}</title><p>${words}</p></html>\n`;
  return answer(wasThere ? 410 : 404, html, body, undefined);
}

function answer(status: number, type: string, text: string | Buffer, modified: number | undefined): Answer {
  const body = typeof text === 'string' ? Buffer.from(text) : text;
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
  return { status, type, body, etag, modified };
}
