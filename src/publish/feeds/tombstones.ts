/**
 * Stories that were taken back, as each format says it: RFC 6721 in Atom, the same element in RSS channels, and `deleted` of
 * our own member in JSON Feed. With the time at which it was done and nothing else: no reason, no name, no word.
 */
import { escapeMarkup } from '../../text/safe.ts';
import { parseUrl } from '../../text/url.ts';
import type { Tombstone } from '../views.ts';
import { isWritable } from './safe-values.ts';

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

const feedEnd = '</feed>';

/** Puts them into Atom that `feed` has written, which has no hook for elements of the feed itself. */
export function withTombstones(atom: string, deleted: readonly DeletedStory[]): string {
  if (deleted.length === 0) return atom;
  const end = atom.lastIndexOf(feedEnd);
  if (end < 0 || atom.slice(end + feedEnd.length).trim() !== '')
    throw new Error('feed writes Atom in a form that withTombstones() does not know');
  const elements = deleted.map(
    ({ id, when }) =>
      `    <at:deleted-entry xmlns:at="${tombstoneNamespace}" ref="${escapeMarkup(id)}" when="${when}"/>\n`,
  );
  return `${atom.slice(0, end)}${elements.join('')}${atom.slice(end)}`;
}

/** In the compact notation of xml-js. */
export function rssTombstones(deleted: readonly DeletedStory[]): unknown[] {
  return deleted.map(({ id, when }) => ({
    _attributes: { 'xmlns:at': tombstoneNamespace, ref: escapeMarkup(id), when },
  }));
}
