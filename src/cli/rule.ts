/**
 * `relais rule`: what the maintainer says of stories, against any evidence. It acts at once, also beside a run that is under
 * way; readers see it after the next one.
 */

import { systemClock } from '../clock.ts';
import { hasDatabase, openStore } from '../storage.ts';
import type { KeptRuling, StoryRuling } from '../story-plan.ts';
import { type Bench, ruleOnStories, type Taken, undoRuling } from '../story-rulings.ts';
import { nameOfSource } from '../telling/named.ts';
import { type NameOf, rulingJson, rulingLines, rulingSentence } from '../telling/ruling-words.ts';
import { rulingLine } from '../text/ruling-lines.ts';
import { terminalLine } from '../text/safe.ts';
import { lookIntoStore } from './look.ts';
import { personHere } from './person.ts';
import type { Printer } from './print.ts';
import { refuse } from './refusing.ts';
import { type CommonOptions, exitCodes, readSettings, storageOf } from './settings.ts';

export interface RuleOptions extends CommonOptions {
  /** The maintainer's own words, kept with the ruling. */
  readonly because?: string | undefined;
}

/** @returns 0, also where it stands already; 2 where nothing was written, with the reason printed */
export async function rule(ruling: StoryRuling, options: RuleOptions, printer: Printer): Promise<number> {
  return await onBench(options, printer, async (bench) => {
    const because = (options.because ?? '').replace(/\s+/g, ' ').trim();
    const ruled = await ruleOnStories([{ ruling, at: undefined, because, line: 1 }], false, bench);
    if (ruled.kind === 'refused') return refuse(ruled.faults[0]?.words ?? '', options, printer);
    if (options.json === true) printer.json({ rulings: ruled.rulings.map(takenJson) });
    else {
      const memories = await bench.library.memories();
      const nameOf: NameOf = (key) => nameOfSource(key, bench.config, memories);
      for (const line of ruled.rulings.flatMap((one) => takenLines(one, nameOf))) printer.line(terminalLine(line));
    }
    return exitCodes.done;
  });
}

/** @param written a ruling's number; undefined for the last one */
export async function undo(written: string | undefined, options: CommonOptions, printer: Printer): Promise<number> {
  const number = written === undefined ? undefined : Number(written);
  if (number !== undefined && !/^\d{1,15}$/.test(written ?? ''))
    return refuse('A ruling is called by its number; relais rule list  shows them.', options, printer);
  return await onBench(options, printer, async (bench) => {
    const undone = await undoRuling(number, bench);
    if (undone === undefined) {
      const why = number === undefined ? 'Nothing has been ruled.' : `There is no ruling ${number}.`;
      return refuse(`${why}  relais rule list  shows what there is.`, options, printer);
    }
    if (options.json === true) printer.json({ undone: rulingJson(undone) });
    else
      printer.line(
        terminalLine(`Taken back: ruling ${undone.id} (${rulingLine(undone.ruling)}). ${follows(undone.ruling)}`),
      );
    return exitCodes.done;
  });
}

/** Every ruling by its number, and what has come to speak against it. */
export async function listRulings(options: CommonOptions, printer: Printer): Promise<number> {
  const kept = await readKept(options, printer);
  if (kept === undefined) return exitCodes.usage;
  const { rulings, nameOf } = kept;
  if (options.json === true) printer.json({ rulings: rulings.map(rulingJson) });
  else if (rulings.length === 0) printer.line('Nothing has been ruled on stories.');
  else for (const one of rulings) for (const line of rulingLines(one, nameOf)) printer.line(terminalLine(line));
  return exitCodes.done;
}

/** Looking makes no database. @returns undefined after what is wrong with the settings has been printed */
export async function readKept(
  options: CommonOptions,
  printer: Printer,
): Promise<{ readonly rulings: readonly KeptRuling[]; readonly nameOf: NameOf } | undefined> {
  const config = await readSettings(options, printer);
  if (config === undefined) return undefined;
  if (!(await hasDatabase(storageOf(options, config)))) return { rulings: [], nameOf: (key) => key };
  const library = await lookIntoStore(storageOf(options, config), printer);
  try {
    const memories = await library.memories();
    return { rulings: await library.storyRulings(), nameOf: (key) => nameOfSource(key, config, memories) };
  } finally {
    await library.close();
  }
}

/** Does something with the store open and no lease taken: each ruling is one transaction. */
export async function onBench(
  options: CommonOptions,
  printer: Printer,
  work: (bench: Bench) => Promise<number>,
): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const library = await openStore(storageOf(options, config));
  try {
    return await work({ config, library, now: systemClock.now(), who: personHere() });
  } finally {
    await library.close();
  }
}

function takenLines({ number, ruling, isNew }: Taken, nameOf: NameOf): string[] {
  if (!isNew) return [`Ruling ${number} says so already: ${rulingLine(ruling)}`];
  return [
    `Ruling ${number}: ${rulingSentence(ruling, nameOf)}.`,
    `  ${follows(ruling)} To undo this:  relais rule undo ${number}`,
  ];
}

/** What is done already and what comes later. */
function follows(ruling: StoryRuling): string {
  return ruling.kind === 'alias'
    ? 'Credits are read again at the next run, and the site follows.'
    : 'The stories are settled; the site follows at the next run.';
}

function takenJson({ number, ruling, isNew }: Taken): unknown {
  return { number, isNew, ...ruling };
}
