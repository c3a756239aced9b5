/**
 * An entry into the item that `feed` writes as JSON Feed. Hole: `feed` writes version 1.0, with one author and without
 * language, attachments or external_url; its extension hook adds or replaces any member, which makes 1.1 of it.
 */
import type { FeedEntry } from './feed-entry.ts';
import { type Extension, extension, type LibraryItem } from './library-item.ts';
import { passedData } from './passed-on.ts';

export const jsonFeedVersion = 'https://jsonfeed.org/version/1.1';

export function jsonItem(entry: FeedEntry): LibraryItem {
  return {
    title: entry.title, // '' leaves it out: readers of JSON Feed show a short post as one (1.1, `title`)
    id: entry.id,
    link: entry.link ?? '',
    date: entry.updated,
    published: entry.published,
    description: entry.summaryText,
    content: entry.contentHtml,
    extensions: [
      ...member('external_url', entry.original),
      ...member(
        'authors',
        entry.authors.map(({ name, url }) => withoutGaps({ name, url })),
      ),
      ...member('language', entry.lang === 'und' ? undefined : entry.lang),
      ...member('tags', entry.categories.length === 0 ? undefined : entry.categories),
      ...member('attachments', attachmentsOf(entry)),
      ...member('_relais', attributionOf(entry)),
    ],
  };
}

function attachmentsOf({ attachments }: FeedEntry): unknown {
  if (attachments.length === 0) return undefined;
  return attachments.map(({ url, type, bytes, title }) =>
    withoutGaps({ url, mime_type: type ?? 'application/octet-stream', title, size_in_bytes: bytes }),
  );
}

/** Who wrote it and who passed it on, for programs that want more than a byline (JSON Feed 1.1, custom objects). */
function attributionOf({
  page,
  credit,
  langs,
  isHeld,
  group,
  isGuess,
  jointly,
  original,
  source,
  reposts,
  licence,
  wish,
  events,
}: FeedEntry): unknown {
  const isReposters = !isHeld && reposts.some(({ url }) => url === original);
  return withoutGaps({
    story: page,
    credit,
    languages: langs.length > 1 ? langs : undefined,
    original: withoutGaps({
      group: group.name,
      home: group.url,
      url: isReposters ? undefined : original,
      held: isHeld,
      guessed: isGuess || undefined,
    }),
    jointly: jointly.length === 0 ? undefined : jointly.map(({ name, url }) => withoutGaps({ group: name, home: url })),
    source: source?.url === undefined ? undefined : { url: source.url, title: source.title },
    reposts: reposts.map(({ name, url, date, via }) =>
      withoutGaps({ group: name, url, date: date?.toISOString(), via }),
    ),
    licence: licence && withoutGaps({ url: licence.url, text: licence.text }),
    republish: wish?.republish,
    images: wish?.images,
    events: passedData(events),
  });
}

/** A member of the feed or of an item. @returns [] for undefined, which writes nothing */
export function member(name: string, value: unknown): Extension[] {
  return value === undefined ? [] : [extension(name, value)];
}

function withoutGaps(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
