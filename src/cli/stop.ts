/** `relais stop`: a source is not asked any more, and what it brought since a day is taken back; `--undo` shows it again. */

import type { SourceRuling } from '../library.ts';
import type { Instant, Outcome } from '../model.ts';
import { counted } from '../telling/counted.ts';
import { shellWord } from '../telling/named.ts';
import { parseDate } from '../text/dates.ts';
import type { Printer } from './print.ts';
import { refuse } from './refusing.ts';
import { type Named, ruleOn } from './ruling.ts';
import type { CommonOptions } from './settings.ts';

export interface StopOptions extends CommonOptions {
  /** A date as people write it, midnight UTC; `all` for everything it ever brought. */
  readonly since?: string | undefined;
  readonly undo?: boolean | undefined;
}

/**
 * Without `--since`, what it has sent since it began to look strange is taken back: all that is held is out already, and
 * where nothing looked strange, nothing is taken back. Exit codes: see `ruleOn`.
 */
export async function stop(name: string, options: StopOptions, printer: Printer): Promise<number> {
  if (options.undo === true && options.since !== undefined)
    return refuse('--undo shows again everything that was taken back: leave out --since.', options, printer);
  if (options.undo === true) return await ruleOn(name, resumed, options, printer);
  const since = options.since === undefined ? undefined : sinceOf(options.since);
  if (since === undefined && options.since !== undefined)
    return refuse('That is no date. Write it as 2026-11-23, or --since all.', options, printer);
  return await ruleOn(name, stopped(since), options, printer);
}

function sinceOf(written: string): Instant | undefined {
  return written === 'all' ? 0 : parseDate(written);
}

function stopped(since: Instant | undefined): { rule: typeof rule; tell: typeof tell } {
  const rule = ({ memory }: Named, now: Instant): SourceRuling => ({
    kind: 'stop',
    since: since ?? memory?.held?.since ?? now,
  });
  const tell = ({ name, typed }: Named, outcome: Outcome | undefined): string => {
    const back = outcome === undefined ? '' : ` ${counted(outcome.withdrawnItems, 'item')} taken back.`;
    const more = since === undefined ? ` To take back what it brought before, add  --since DATE  (or  all).` : '';
    return `${name} is not asked any more.${back}${more} To undo this:  relais stop --undo ${shellWord(typed)}`;
  };
  return { rule, tell };
}

const resumed = {
  rule: (): SourceRuling => ({ kind: 'resume' }),
  tell: ({ name }: Named, outcome: Outcome | undefined): string =>
    `${name} is asked again.${outcome === undefined ? '' : ` ${counted(outcome.newItems, 'item')} shown again.`}`,
};
