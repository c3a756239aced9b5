/**
 * Stories that were taken back, as each format says it: RFC 6721 in Atom, the same element in RSS channels, and `deleted` of
 * our own member in JSON Feed. With the time at which it was done and nothing else: no reason, no name, no word.
 */
import { parseUrl } from '../../text/url.ts';
import type { Tombstone } from '../views.ts';
import { elementText, isWritable, markupText } from './safe-values.ts';

export interface DeletedStory {
  /** As the feed named it. */
  readonly id: string;
  /** RFC 3339. */
  readonly when: string;
}

/** RFC 6721 §3. */
export const tombstoneNamespace = 'http://purl.org/atompub/tombstones/1.0';

/** @param carried ids that the feed carries: those it does not take back */
export function deletedStories(deleted: readonly Tombstone[], carried: ReadonlySet<string>): readonly DeletedStory[] {
  const seen = new Set(carried);
  return deleted.flatMap(({ id: uri, at }) => {
    const id = parseUrl(uri)?.href;
    if (id === undefined || !isWritable(at) || seen.has(id)) return [];
    seen.add(id);
    return [{ id, when: new Date(at).toISOString() }];
  });
}

export function atomTombstones(deleted: readonly DeletedStory[]): string[] {
  return deleted.map(
    ({ id, when }) => `<at:deleted-entry xmlns:at="${tombstoneNamespace}" ref="${markupText(id)}" when="${when}"/>`,
  );
}

/** In the compact notation of xml-js. */
export function rssTombstones(deleted: readonly DeletedStory[]): unknown[] {
  return deleted.map(({ id, when }) => ({
    _attributes: { 'xmlns:at': tombstoneNamespace, ref: elementText(id), when },
  }));
}
