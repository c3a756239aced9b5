/** How a source and the relay stand, in sentences: for a terminal and for the web desk. */
import type { Instant } from '../model.ts';
import type { SourceStatus } from '../source-status.ts';
import type { RelayStatus } from './relay-status.ts';

/** What there is to say of a source beside its state, the worst first; each a sentence, or `→` and what to do. */
export function remarksOn(row: SourceStatus): string[] {
  const { why, todo, since, failures, move, itemsWaiting, firstWaiting, itemsMissing, itemsVanished } = row;
  const tries = failures === 0 ? '' : ` (${failures} ${failures === 1 ? 'try' : 'tries'})`;
  const begun = since === undefined ? '' : `since ${minuteIfAny(since)}${tries}: `;
  return [
    ...(why === undefined ? [] : [`${begun}${why}`]),
    ...(todo === '' ? [] : [`→ ${todo}`]),
    ...(itemsWaiting === 0
      ? []
      : [
          `${itemsWaiting} ${itemsWaiting === 1 ? 'item waits for its' : 'items wait for their'} time, the first until ${minuteIfAny(firstWaiting)}`,
        ]),
    ...(row.wish === undefined ? [] : [`its partner asks that ${row.wish}`]),
    ...(itemsMissing === 0
      ? []
      : [
          `${itemsMissing === 1 ? '1 item has' : `${itemsMissing} items have`} vanished from its feed:  relais vanished`,
        ]),
    ...(itemsVanished === 0 ? [] : [`→ ${itemsVanished} of them went at once and wait for you`]),
    ...(move === undefined
      ? []
      : [
          `leads for good to ${move.to} since ${minuteIfAny(move.since)}, seen ${move.sightings === 1 ? 'once' : `${move.sightings} times`}; being watched`,
        ]),
  ];
}

/** What is said of an agreement that ends. */
export function agreementRemarks(words: { readonly why: string; readonly todo: string } | undefined): string[] {
  return words === undefined ? [] : [words.why, `→ ${words.todo}`];
}

/** `began 2026-11-23 07:00Z, ended …` */
export function lastRun({ now, lastRun: { started, ended }, lastGoodRun }: RelayStatus): string {
  if (started === undefined) return 'none yet';
  const end = ended === undefined || ended < started ? 'not ended' : `ended ${minuteIfAny(ended)}`;
  if (lastGoodRun !== undefined && lastGoodRun >= started) return `began ${minuteIfAny(started)}, ${end}`;
  const good =
    lastGoodRun === undefined ? 'none has been good yet' : `the last good one ended ${ago(lastGoodRun, now)}`;
  return `began ${minuteIfAny(started)}, ${end}; ${good}`;
}

/** Of each way to the maintainer that does not work: since when and why, and `→` what to do. */
export function reportRemarks({ reportTroubles }: RelayStatus): string[] {
  return reportTroubles.flatMap(({ since, problem: { happened, todo } }) => [
    `Since ${minute(since)}: ${happened}`,
    `→ ${todo}`,
  ]);
}

/** `2026-11-23 07:00Z` */
export function minute(instant: Instant): string {
  return new Date(instant).toISOString().replace(/T(\d\d:\d\d).*$/, ' $1Z');
}

/** The same, where it is known. */
export function minuteIfAny(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : minute(instant);
}

/** `3 h ago` */
export function ago(instant: Instant | undefined, now: Instant): string {
  return instant === undefined ? 'never' : instant >= now ? 'just now' : `${length(now - instant)} ago`;
}

/** `in 3 h` */
export function until(instant: Instant | undefined, now: Instant): string {
  return instant === undefined ? '–' : instant <= now ? 'now' : `in ${length(instant - now)}`;
}

/** In the largest unit of which there are two or more. */
export function length(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}
