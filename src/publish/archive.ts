/**
 * A feed's list → what stands in the feed, and what in the documents of its archive (RFC 5005 §4), so that together they hold every
 * story. Pure.
 *
 * A document is filled to the end and then closed for good: what has once been put there stays there, whatever comes after, and
 * changes only with its stories. A feed grows to twice its size before its older half goes to the archive, so a new story
 * rewrites the feed and, mostly, nothing else. What a feed does not announce goes to the archive at once.
 */
import type { ArchivedStories } from '../feed-library.ts';
import type { Instant } from '../model.ts';
import type { Listed } from './supply.ts';

/** Stories in a feed, when its archive has just taken the older ones. */
export const feedSize = 50;
/** Stories in a feed at the most, and in a document of its archive. */
export const mostCarried = 100;

/** A document of an archive that holds something. */
export interface ArchiveDocument {
  readonly number: number;
  /** Newest first. */
  readonly stories: readonly Listed[];
  readonly previous: number | undefined;
  /** Undefined while this is the last, which is still filled. */
  readonly next: number | undefined;
}

export interface Archive {
  /** Newest to subscribers first. */
  readonly carried: readonly Listed[];
  readonly documents: readonly ArchiveDocument[];
  /** Documents that hold more than before, to be noted before they are published. */
  readonly grown: readonly ArchivedStories[];
}

/** Everything that there is to know of a feed. */
export interface Stream {
  /** Its folder, by which its documents are noted. */
  readonly feed: string;
  /** All that it has ever carried and may be seen still, newest first. */
  readonly listed: readonly Listed[];
  /** What it may carry, newest to subscribers first. */
  readonly announced: readonly Listed[];
  /** Documents as they are noted, by number. */
  readonly kept: readonly ArchivedStories[];
  /** What is older may be too old for the feed, by the `max_age` of some source. */
  readonly oldest: Instant;
}

export function archiveOf({ feed, listed, announced, kept, oldest }: Stream): Archive {
  const archived = new Set(kept.flatMap(({ stories }) => stories));
  const newest = announced.slice(0, mostCarried);
  const isCarried = new Set(newest.filter(({ date }) => date > oldest).map(({ id }) => id));
  const pending = listed.filter(({ id }) => !archived.has(id)).reverse();
  const unseen = pending.filter(({ id }) => !isCarried.has(id));
  const due = pending.length < mostCarried ? unseen : [...new Set([...pending.slice(0, -feedSize), ...unseen])];
  const documents = filled(
    feed,
    kept,
    due.map(({ id }) => id),
  );
  for (const { id } of due) archived.add(id);
  return {
    carried: newest.filter(({ id }, at) => at < feedSize || !archived.has(id)),
    documents: inChain(documents, listed),
    grown: documents.filter((one) => !kept.includes(one)),
  };
}

/** The documents with these stories too: the last one is filled, then there are new ones. */
function filled(feed: string, kept: readonly ArchivedStories[], due: readonly number[]): readonly ArchivedStories[] {
  if (due.length === 0) return kept;
  const last = kept.at(-1);
  const isOpen = last !== undefined && last.stories.length < mostCarried;
  const documents = isOpen ? kept.slice(0, -1) : [...kept];
  const stories = isOpen ? [...last.stories, ...due] : due;
  const first = (documents.at(-1)?.number ?? 0) + 1;
  const made = Array.from({ length: Math.ceil(stories.length / mostCarried) }, (_, at) => ({
    feed,
    number: first + at,
    stories: stories.slice(at * mostCarried, (at + 1) * mostCarried),
  }));
  return [...documents, ...made];
}

/** Those that still hold anything, each with those beside it. */
function inChain(documents: readonly ArchivedStories[], listed: readonly Listed[]): readonly ArchiveDocument[] {
  if (documents.length === 0) return [];
  const known = new Map(listed.map((story) => [story.id, story]));
  const held = documents.flatMap(({ number, stories }) => {
    const own = stories.flatMap((id) => known.get(id) ?? []).reverse();
    return own.length === 0 ? [] : [{ number, stories: own }];
  });
  return held.map((one, at) => ({ ...one, previous: held[at - 1]?.number, next: held[at + 1]?.number }));
}
