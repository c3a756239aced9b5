/** Counts → the shapes of two pictures: stories per week as bars, and who passes on whose texts as lines between two columns. Pure. */

import type { RepostCount } from '../desk-library.ts';
import type { Instant } from '../model.ts';
import { dayMs } from '../text/wall-clock.ts';

export const weekMs = 7 * dayMs;
export const weeksShown = 26;
/** Monday, 5 January 1970. */
const firstMonday = 4 * dayMs;

/** Monday, UTC, of the first week that is shown. */
export function firstWeekShown(now: Instant): Instant {
  const thisWeek = Math.floor((now - firstMonday) / weekMs) * weekMs + firstMonday;
  return thisWeek - (weeksShown - 1) * weekMs;
}

export const weekBar = { wide: 10, step: 12, high: 80 } as const;

/** One path for all bars; a week with any story is at least one unit high. */
export function weekBars(counts: readonly number[]): string {
  const most = Math.max(1, ...counts);
  return counts
    .map((count, at) => {
      const high = count === 0 ? 0 : Math.max(1, Math.round((count / most) * weekBar.high));
      return high === 0 ? '' : `M${at * weekBar.step} ${weekBar.high}v-${high}h${weekBar.wide}v${high}z`;
    })
    .join('');
}

/** A group in one of the two columns. */
export interface Place {
  readonly name: string;
  readonly y: number;
}

export interface Relay {
  readonly authors: readonly Place[];
  readonly reposters: readonly Place[];
  readonly lines: readonly { readonly path: string; readonly width: number }[];
  readonly height: number;
}

/** Groups in each column of the picture; the table beside it has all. */
const mostPlaces = 8;
export const relayWidth = 600;
const row = 28;
const [fromX, toX] = [225, 375];

export interface NamedCount {
  readonly author: string;
  readonly by: string;
  readonly stories: number;
}

/** With what a group is called; one that has two sources under one name is one. */
export function namedCounts(counts: readonly RepostCount[], nameOf: (key: string) => string): readonly NamedCount[] {
  const sums = new Map<string, NamedCount>();
  for (const { author, authorName, by, stories } of counts) {
    const one = { author: author === undefined ? (authorName ?? '') : nameOf(author), by: nameOf(by) };
    const key = JSON.stringify([one.author, one.by]);
    sums.set(key, { ...one, stories: (sums.get(key)?.stories ?? 0) + stories });
  }
  return [...sums.values()].sort((a, b) => b.stories - a.stories);
}

export function relayOf(counts: readonly NamedCount[]): Relay {
  const authors = placesOf(counts, ({ author }) => author);
  const reposters = placesOf(counts, ({ by }) => by);
  const most = Math.max(1, ...counts.map(({ stories }) => stories));
  const lines = counts.flatMap(({ author, by, stories }) => {
    const from = authors.find(({ name }) => name === author);
    const to = reposters.find(({ name }) => name === by);
    if (from === undefined || to === undefined) return [];
    const middle = (fromX + toX) / 2;
    const path = `M${fromX} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${toX} ${to.y}`;
    return [{ path, width: Math.round((1 + (stories / most) * 7) * 10) / 10 }];
  });
  return { authors, reposters, lines, height: Math.max(authors.length, reposters.length) * row };
}

function placesOf(counts: readonly NamedCount[], of: (one: NamedCount) => string): readonly Place[] {
  const sums = new Map<string, number>();
  for (const one of counts) sums.set(of(one), (sums.get(of(one)) ?? 0) + one.stories);
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostPlaces)
    .map(([name], at) => ({ name, y: at * row + row / 2 }));
}
