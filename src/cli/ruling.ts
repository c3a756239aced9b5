/** A maintainer's word on a source, noted and, where no other Relais is at work on the same folder, carried out at once. */

import type { SourceRuling } from '../library.ts';
import type { Config, Outcome, Source, SourceMemory } from '../model.ts';
import { openDesk } from '../pass.ts';
import { hasToBeSaid, type RunReport, runOnce, takeLease } from '../run.ts';
import { sourceName } from '../source-status.ts';
import { nameAlone, severalNamed, sourcesNamed, unknownName } from '../telling/named.ts';
import { terminalLine } from '../text/safe.ts';
import { type House, openHouse } from '../wire.ts';
import { personHere } from './person.ts';
import { type Printer, problemLines } from './print.ts';
import { refuse } from './refusing.ts';
import { type CommonOptions, exitCodes, readSettings, storageOf } from './settings.ts';

/** A source that a person has named. */
export interface Named {
  readonly source: Source;
  readonly memory: SourceMemory | undefined;
  readonly name: string;
  /** What means it and no other on a command line. */
  readonly typed: string;
}

export interface Sentence {
  /** What to rule; a string refuses to, with the reason. */
  readonly rule: (named: Named, now: number) => SourceRuling | string;
  /** What it came to, in a sentence; `undefined` while another process still has to do it. */
  readonly tell: (named: Named, outcome: Outcome | undefined) => string;
}

/**
 * Rules on every source that the name means, all of one group: notes it, publishes what follows, asks nobody.
 * @returns 0, also where it is left to another process; 2 where nobody is meant, or several groups; 3 where it could not be carried out
 */
export async function ruleOn(
  name: string,
  sentence: Sentence,
  options: CommonOptions,
  printer: Printer,
): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const house = await openHouse(config, storageOf(options, config));
  try {
    const memories = await house.library.memories();
    const stranger = unknownName([name], config, memories);
    if (stranger !== undefined) return refuse(stranger, options, printer);
    const sources = sourcesNamed(name, config, memories);
    if (sources.length > 1 && !(await areOneGroup(sources, config, house)))
      return refuse(severalNamed(name, sources), options, printer);
    const named = sources.map((source): Named => {
      const memory = memories.get(source.key);
      return { source, memory, name: sourceName(source, memory), typed: nameAlone(source, config, memories) };
    });
    const rulings = named.map((one) => ({ one, ruling: sentence.rule(one, house.clock.now()) }));
    const wanted = rulings.flatMap(({ one, ruling }) => (typeof ruling === 'string' ? [] : [{ one, ruling }]));
    const why = rulings.map(({ ruling }) => ruling).find((ruling) => typeof ruling === 'string');
    if (wanted.length === 0) return refuse(why ?? '', options, printer);
    for (const { one, ruling } of wanted)
      await house.library.rule(one.source.key, ruling, house.clock.now(), personHere());
    const report = await publishNow(config, house);
    return tell(
      wanted.map(({ one }) => one),
      report,
      sentence,
      options,
      printer,
    );
  } finally {
    await house.close();
  }
}

/** Feeds of strangers may bear one title, and call one page their home: neither makes them one group. */
async function areOneGroup(
  [first, ...others]: readonly Source[],
  config: Config,
  { library }: House,
): Promise<boolean> {
  const { speaksFor } = (await openDesk(config, library)).directory();
  return others.every(({ key }) => first !== undefined && speaksFor(first.key, key) && speaksFor(key, first.key));
}

/** @returns undefined where another process holds the lease: it looks for rulings whenever it runs */
export async function publishNow(config: Config, house: House): Promise<RunReport | undefined> {
  const lease = await takeLease(house);
  if ('pid' in lease) return undefined;
  try {
    return await runOnce(config, house, { now: [], signal: lease.signal });
  } finally {
    await lease.giveBack();
  }
}

function tell(
  named: readonly Named[],
  report: RunReport | undefined,
  { tell: say }: Sentence,
  options: CommonOptions,
  printer: Printer,
): number {
  const told = named.map((one) => {
    const outcome = report?.outcomes.find(({ sourceKey }) => sourceKey === one.source.key);
    return { one, outcome, words: say(one, outcome) };
  });
  const failures = report?.problems.filter(({ severity }) => severity === 'failure') ?? [];
  if (options.json === true) {
    const sources = told.map(({ one, outcome, words }) => ({
      source: one.name,
      isDone: outcome !== undefined,
      shown: outcome?.newItems ?? 0,
      takenBack: outcome?.withdrawnItems ?? 0,
      words,
    }));
    printer.json({ sources, problems: failures });
  } else {
    for (const { words } of told) printer.line(terminalLine(words));
    if (report === undefined)
      printer.line('Another Relais is at work on this folder: it will do this within a minute.');
    alarm(report, printer);
  }
  return failures.length + (report?.defects.length ?? 0) > 0 ? exitCodes.couldNotRun : exitCodes.done;
}

/** What went wrong while the site followed. */
export function alarm(report: RunReport | undefined, printer: Printer): void {
  for (const one of report?.problems.filter(hasToBeSaid) ?? []) printer.alarm(problemLines(one));
  for (const { error } of report?.defects ?? []) printer.alarm(`✗ a mistake of Relais itself (${String(error)})`);
}
