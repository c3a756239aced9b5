/** What any of the ways of saying it says of something with a date → an EntryEvent, with bounds to every part. */
import type { EntryEvent } from '../../model.ts';
import { cut } from '../xml/constructs.ts';

export type Said = string | undefined;

/** Each undefined where nothing is said of it. */
export interface Written {
  readonly start: Said;
  readonly end?: Said;
  readonly duration?: Said;
  readonly zone?: Said;
  readonly isEndExclusive?: boolean;
  readonly title?: Said;
  readonly place?: Said;
  readonly url?: Said;
  /** iCalendar's `CANCELLED`, schema.org's `EventCancelled` and `EventPostponed`. */
  readonly status?: Said;
}

const longestDate = 100;
const longestAddress = 2_000;

/** @returns undefined where nothing says when it begins */
export function writtenEvent(written: Written): EntryEvent | undefined {
  const text = (said: Said): Said => (said === undefined ? undefined : cut(said.trim(), longestDate) || undefined);
  const startText = text(written.start);
  if (startText === undefined) return undefined;
  return {
    startText,
    endText: text(written.end),
    durationText: text(written.duration),
    zone: text(written.zone),
    isEndExclusive: written.isEndExclusive ?? false,
    title: written.title,
    place: written.place,
    url: written.url !== undefined && written.url.length <= longestAddress ? written.url : undefined,
    isCancelled: /(?:cancell?ed|postponed)$/i.test(text(written.status) ?? ''),
  };
}
