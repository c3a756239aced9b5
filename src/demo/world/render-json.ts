/** A channel to JSON Feed 1.1 (jsonfeed.org/version/1.1). */
import { rfc3339 } from './markup.ts';
import type { Channel, ShownPost } from './posts.ts';

/** Undefined members fall away in JSON.stringify. A wire title is text here and may hold what XML cannot. */
export function renderJson(channel: Channel): string {
  const { group } = channel;
  return JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title: group.name,
      description: group.about,
      home_page_url: channel.home,
      feed_url: channel.feedUrl,
      language: channel.lang,
      authors: [{ name: group.name, url: channel.home }],
      items: channel.posts.map((post) => renderItem(channel, post)),
    },
    undefined,
    1,
  );
}

function renderItem(channel: Channel, post: ShownPost): Readonly<Record<string, unknown>> {
  return {
    id: post.guid,
    url: post.url,
    external_url: post.viaUrl,
    title: post.wireTitle ?? post.title,
    content_html: post.html,
    date_published: rfc3339(post.published),
    date_modified: post.updated === post.published ? undefined : rfc3339(post.updated),
    authors: post.author === undefined ? undefined : [{ name: post.author }],
    tags: post.tags.length === 0 ? undefined : post.tags,
    language: post.lang === channel.lang ? undefined : post.lang,
    attachments: post.enclosure && [
      {
        url: post.enclosure.url,
        mime_type: post.enclosure.type,
        size_in_bytes: post.enclosure.bytes,
        title: post.enclosure.title,
      },
    ],
  };
}
