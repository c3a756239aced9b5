/** How the relay stands → lines for a terminal: a table of the sources, worst first, each with what to do; then the rest. */

import { type SourceState, type SourceStatus, worstFirst } from '../source-status.ts';
import { counted } from '../telling/counted.ts';
import { digestLines } from '../telling/digest-status.ts';
import { fleetLines } from '../telling/fleet-status.ts';
import { ownHubLine, pushRemarks } from '../telling/push-status.ts';
import type { RelayStatus } from '../telling/relay-status.ts';
import {
  ago,
  agreementRemarks,
  lastRun,
  minute,
  minuteIfAny,
  remarksOn,
  reportRemarks,
  until,
} from '../telling/status-words.ts';
import { terminalLine } from '../text/safe.ts';
import { type Colour, colour, column } from './print.ts';

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
  const { now, sources, agreements, pushes, hub, fleet } = relay;
  const layout = layoutFor(width);
  const shared = namesShared(sources);
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
        ...(shared.has(source.name) ? [`its address: ${source.url}`] : []),
        ...remarksOn(source),
        ...agreementRemarks(agreements.get(source.key)),
        ...pushRemarks(pushes.get(source.key), minute),
      ].flatMap((remark) => wrap(remark, width)),
    ]),
    '',
    summary(sources),
    '',
    ...wrap(`Last run: ${lastRun(relay)}`, width, ''),
    ...wrap(`Last backup: ${minuteIfAny(relay.lastBackup) ?? 'none yet'}`, width, ''),
    ...reportRemarks(relay).flatMap((line) => wrap(line, width, line.startsWith('→') ? indent : '')),
    ...(fleet === undefined
      ? []
      : fleetLines(fleet).flatMap((line) => wrap(line, width, line.startsWith('→') ? indent : ''))),
    ...(hub === undefined ? [] : wrap(ownHubLine(hub, minute), width, '')),
    ...relay.digests.flatMap((digest) =>
      digestLines(digest, timezone).flatMap((line, at) => wrap(line, width, at === 0 ? '' : indent)),
    ),
    ...(relay.news.length === 0
      ? []
      : ['', colour('bold', 'NEWS'), ...relay.news.flatMap((one) => newsLines(one, width))]),
  ];
}

/** Until it has answered, a source without a name is called by its host, which others may be on too. */
function namesShared(sources: readonly SourceStatus[]): ReadonlySet<string> {
  const met = new Set<string>();
  const shared = new Set<string>();
  for (const { name } of sources) (met.has(name) ? shared : met).add(name);
  return shared;
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

function summary(sources: readonly SourceStatus[]): string {
  const states = new Map<SourceState, number>();
  for (const { state } of worstFirst(sources)) states.set(state, (states.get(state) ?? 0) + 1);
  const counts = [...states].map(([state, number]) => `${number} ${state.replace('-', ' ')}`);
  return `${counted(sources.length, 'source')}: ${counts.join(', ')}.`;
}

function newsLines({ at, source, kind, words }: RelayStatus['news'][number], width: number): string[] {
  return [
    `${minute(at)}  ${kind.padEnd(7)}  ${column(source, Math.max(10, Math.min(28, width - 30))).trimEnd()}`,
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
