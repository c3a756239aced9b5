/** When something takes place: as readers read it, and as machines do. One of whole days names these, any other the hours. */

import { between } from '../../text/between.ts';
import type { EventView } from '../views.ts';
import type { Moments } from '../words.ts';

/** A point of it: for `<time datetime>`, and in words. */
export interface Point {
  readonly machine: string;
  readonly words: string;
  /** The Gregorian day where the words are of another calendar. */
  readonly gregorian: string | undefined;
}

export interface When {
  readonly from: Point;
  readonly to: Point | undefined;
}

/** An end on the day of the start is named by its hour alone. */
export function whenOf({ start, end, days }: EventView, moments: Moments): When {
  const gregorian = moments.gregorian(start);
  const dayOf = moments.inFull;
  const onDay = (at: number): string => `${dayOf(at)}${between(dayOf(at))}${moments.time(at)}`;
  if (days !== undefined) {
    const last = (end ?? start + 1) - 1;
    const to = days.last === days.first ? undefined : point(days.last, dayOf(last), moments.gregorian(last));
    return { from: point(days.first, dayOf(start), gregorian), to };
  }
  const from = point(moments.machine(start), onDay(start), gregorian);
  if (end === undefined) return { from, to: undefined };
  const isSameDay = moments.date(end) === moments.date(start);
  const words = isSameDay ? moments.time(end) : onDay(end);
  return { from, to: point(moments.machine(end), words, moments.gregorian(end)) };
}

function point(machine: string, words: string, gregorian: string | undefined): Point {
  return { machine, words, gregorian };
}

/** The same in one line. */
export function whenInWords(event: EventView, moments: Moments): string {
  const { from, to } = whenOf(event, moments);
  return to === undefined ? from.words : `${from.words} – ${to.words}`;
}
