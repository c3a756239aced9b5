/** How the relay stands → lines for a terminal: a table of the sources, worst first, each with what to do; then the rest. */
import type { Instant } from '../model.ts';
import { type SourceState, type SourceStatus, worstFirst } from '../source-status.ts';
import { terminalLine } from '../text/safe.ts';
import { digestLines } from './digest-status.ts';
import { type Colour, colour, column } from './print.ts';
import { ownHubLine, pushRemarks } from './push-status.ts';
import type { RelayStatus } from './status.ts';

const colours: Readonly<Record<SourceState, Colour>> = {
  ok: 'green',
  waiting: 'yellow',
  silent: 'yellow',
  held: 'red',
  failing: 'red',
  gone: 'red',
  stopped: 'dim',
  paused: 'dim',
  'never-asked': 'dim',
};

/** Narrower terminals do without the columns of times, and have shorter names. */
const wide = 72;
const indent = '    ';

/**
 * @param timezone for the times of digests, which are set in it; all other times are UTC
 * @param width columns of the terminal
 */
export function statusLines(relay: RelayStatus, timezone: string, width: number): string[] {
  const { now, sources, agreements, pushes, hub } = relay;
  const layout = layoutFor(width);
  return [
    colour('bold', layout.row('SOURCE', 'STATE', 'ITEMS', 'ANSWERED', 'NEXT').trimEnd()),
    ...worstFirst(sources).flatMap((source) => [
      layout.row(
        source.name,
        source.state.replace('-', ' '),
        String(source.items),
        ago(source.lastSuccess, now),
        until(source.nextDue, now),
        colours[source.state],
      ),
      ...[
        ...remarksOn(source),
        ...agreementRemarks(agreements.get(source.key)),
        ...pushRemarks(pushes.get(source.key), moment),
      ].flatMap((remark) => wrap(remark, width)),
    ]),
    '',
    summary(sources),
    '',
    ...wrap(`Last run: ${lastRun(relay)}`, width, ''),
    ...wrap(`Last backup: ${day(relay.lastBackup) ?? 'none yet'}`, width, ''),
    ...(hub === undefined ? [] : wrap(ownHubLine(hub, moment), width, '')),
    ...relay.digests.flatMap((digest) =>
      digestLines(digest, timezone).flatMap((line, at) => wrap(line, width, at === 0 ? '' : indent)),
    ),
    ...(relay.news.length === 0
      ? []
      : ['', colour('bold', 'NEWS'), ...relay.news.flatMap((one) => newsLines(one, width))]),
  ];
}

interface Layout {
  row(name: string, state: string, items: string, answered: string, next: string, stateColour?: Colour): string;
}

function layoutFor(width: number): Layout {
  const isWide = width >= wide;
  const nameWidth = isWide ? 28 : Math.max(10, width - 20);
  return {
    row(name, state, items, answered, next, stateColour) {
      const shown = state.padEnd(12);
      const start = `${column(name, nameWidth)} ${stateColour === undefined ? shown : colour(stateColour, shown)} ${items.padStart(5)}`;
      return isWide ? `${start}  ${answered.padEnd(11)}  ${next}` : start;
    },
  };
}

function remarksOn(row: SourceStatus): string[] {
  const { why, todo, since, failures, move, itemsWaiting, firstWaiting, itemsMissing, itemsVanished } = row;
  const tries = failures === 0 ? '' : ` (${failures} ${failures === 1 ? 'try' : 'tries'})`;
  const begun = since === undefined ? '' : `since ${day(since)}${tries}: `;
  return [
    ...(why === undefined ? [] : [`${begun}${why}`]),
    ...(todo === '' ? [] : [`→ ${todo}`]),
    ...(itemsWaiting === 0
      ? []
      : [
          `${itemsWaiting} ${itemsWaiting === 1 ? 'item waits for its' : 'items wait for their'} time, the first until ${day(firstWaiting)}`,
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
          `leads for good to ${move.to} since ${day(move.since)}, seen ${move.sightings === 1 ? 'once' : `${move.sightings} times`}; being watched`,
        ]),
  ];
}

function agreementRemarks(words: { readonly why: string; readonly todo: string } | undefined): string[] {
  return words === undefined ? [] : [words.why, `→ ${words.todo}`];
}

function summary(sources: readonly SourceStatus[]): string {
  const states = new Map<SourceState, number>();
  for (const { state } of worstFirst(sources)) states.set(state, (states.get(state) ?? 0) + 1);
  const counts = [...states].map(([state, number]) => `${number} ${state.replace('-', ' ')}`);
  return `${sources.length} ${sources.length === 1 ? 'source' : 'sources'}: ${counts.join(', ')}.`;
}

function lastRun({ now, lastRun: { started, ended }, lastGoodRun }: RelayStatus): string {
  if (started === undefined) return 'none yet';
  const end = ended === undefined || ended < started ? 'not ended' : `ended ${day(ended)}`;
  if (lastGoodRun !== undefined && lastGoodRun >= started) return `began ${day(started)}, ${end}`;
  const good =
    lastGoodRun === undefined ? 'none has been good yet' : `the last good one ended ${ago(lastGoodRun, now)}`;
  return `began ${day(started)}, ${end}; ${good}`;
}

function newsLines({ at, source, kind, words }: RelayStatus['news'][number], width: number): string[] {
  return [
    `${day(at)}  ${kind.padEnd(7)}  ${column(source, Math.max(10, Math.min(28, width - 30))).trimEnd()}`,
    ...wrap(words, width),
  ];
}

/** Lines no longer than the terminal is wide, broken between words. @param before stands before each */
function wrap(text: string, width: number, before = indent): string[] {
  const lines: string[] = [];
  for (const word of terminalLine(text).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${before}${word}`);
  }
  return lines;
}

/** `2026-11-23 07:00Z` */
function moment(instant: Instant): string {
  return new Date(instant).toISOString().replace(/T(\d\d:\d\d).*$/, ' $1Z');
}

function day(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : moment(instant);
}

function ago(instant: Instant | undefined, now: Instant): string {
  return instant === undefined ? 'never' : instant >= now ? 'just now' : `${length(now - instant)} ago`;
}

function until(instant: Instant | undefined, now: Instant): string {
  return instant === undefined ? '–' : instant <= now ? 'now' : `in ${length(instant - now)}`;
}

/** In the largest unit of which there are two or more. */
function length(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}
