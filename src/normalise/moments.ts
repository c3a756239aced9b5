/** The dates of an entry to instants, or to nothing where they cannot be true (spec requirements §6). */
import type { Entry, Instant } from '../model.ts';
import { type Problem, problem, type Subject } from '../problems.ts';
import { parseDate } from '../text/dates.ts';
import { plainLine } from '../text/safe.ts';

/** Before feeds there was nothing to feed: 1970 and 1899 are what programs write when they know no date. */
const earliest: Instant = Date.UTC(1990, 0, 1);
/** Clocks and time zones go wrong by less than a day. */
const slackMs = 24 * 60 * 60 * 1_000;
/** Nobody plans further ahead: such a date is a mistake. */
const longestWaitMs = 366 * slackMs;

export interface Moments {
  readonly published: Instant | undefined;
  readonly publishedText: string | undefined;
  readonly updated: Instant | undefined;
  readonly problems: readonly Problem[];
}

/**
 * When an entry was published and last changed. A date less than a day ahead is `now`; one before 1990 or further ahead
 * is none.
 * @param mayWait the source wants what it dates ahead to wait for its time: a date within a year ahead stands
 * @returns Problems normalise/no-date and normalise/future-date
 */
export function momentsOf(entry: Entry, now: Instant, subject: Subject, mayWait: boolean): Moments {
  const text = [entry.publishedText, entry.updatedText].find((one) => one !== undefined && one.trim() !== '');
  const publishedText = text === undefined ? undefined : plainLine(text, 100);
  const read = parseDate(text ?? '');
  const updated = believable(parseDate(entry.updatedText ?? ''), now);
  if (mayWait && read !== undefined && read > now && read <= now + longestWaitMs)
    return { published: read, publishedText, updated, problems: [] };
  const published = believable(read, now);
  const problems: Problem[] = [];
  if (read !== undefined && read > now + slackMs)
    problems.push(problem('normalise/future-date', subject, publishedText));
  else if (published === undefined)
    problems.push(problem('normalise/no-date', subject, publishedText ?? 'it has none'));
  return { published, publishedText, updated, problems };
}

function believable(instant: Instant | undefined, now: Instant): Instant | undefined {
  if (instant === undefined || instant < earliest || instant > now + slackMs) return undefined;
  return Math.min(instant, now);
}
