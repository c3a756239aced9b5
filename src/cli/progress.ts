/** How far a run is, in one line for whoever watches it: sources done, failing, items new, time left; then files of the site; and how far a copy is. Pure. */

import type { Instant, Outcome } from '../model.ts';
import type { ArchiveProgress } from '../storage.ts';
import { counted } from '../telling/counted.ts';

export interface Progress {
  /** So many sources are to be asked. */
  due(count: number): string;
  outcome(outcome: Pick<Outcome, 'kind' | 'newItems'>, now: Instant): string;
  /** So many files of the site have been drawn up. */
  drawn(files: number): string;
}

/** Fewer tell nothing of those that are left. */
const fewest = 5;
/** In milliseconds, and so does less time than this. */
const shortest = 3_000;

/** @param begun when the run began */
export function openProgress(begun: Instant): Progress {
  let all = 0;
  let done = 0;
  let failing = 0;
  let items = 0;
  const told = (left: string): string =>
    [
      `${done} of ${counted(all, 'source')}`,
      ...(failing === 0 ? [] : [`${failing} failing`]),
      `${counted(items, 'new item')}`,
      ...(left === '' ? [] : [left]),
    ].join(', ');
  return {
    due(count) {
      all = count;
      return told('');
    },
    outcome({ kind, newItems }, now) {
      done += 1;
      failing += kind === 'failed' ? 1 : 0;
      items += newItems;
      const elapsed = now - begun;
      const isKnown = done >= fewest && elapsed >= shortest && done < all;
      return told(isKnown ? timeLeft((elapsed / done) * (all - done)) : '');
    },
    drawn: (files) => `drawing up the site: ${counted(files, 'file')}`,
  };
}

const copySteps = { checking: 'looking through what is there already', copying: 'copying', comparing: 'comparing' };

/** How far a copy of the database is. */
export function copyLine({ step, table, rows, of, place, places }: ArchiveProgress): string {
  return `${copySteps[step]}: ${table.replaceAll('_', ' ')}, ${rows} of ${counted(of, 'row')}; table ${place} of ${places}`;
}

/** In steps that do not pretend to know better. */
function timeLeft(ms: number): string {
  if (ms < 10_000) return 'a few seconds left';
  if (ms < 90_000) return `about ${Math.round(ms / 10_000) * 10} seconds left`;
  const minutes = Math.round(ms / 60_000);
  return minutes < 90 ? `about ${minutes} minutes left` : `about ${Math.round(minutes / 60)} hours left`;
}
