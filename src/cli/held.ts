/**
 * `relais held`: sources that do not look like themselves, with why, what they have sent since, and what to type; and texts that
 * wait for a person before a section shows them.
 */

import type { SourceRuling } from '../library.ts';
import type { Config, Outcome } from '../model.ts';
import { hasDatabase, type Storage } from '../storage.ts';
import { counted } from '../telling/counted.ts';
import { type HeldSource, type HeldText, readHeldSources, readHeldTexts } from '../telling/held.ts';
import { minuteOf } from '../telling/instants.ts';
import { shellWord } from '../telling/named.ts';
import { plainLine, terminalLine } from '../text/safe.ts';
import { heldTextJson, heldTextLines } from './held-texts.ts';
import { lookIntoStore } from './look.ts';
import { colour, type Printer } from './print.ts';
import { type Named, ruleOn } from './ruling.ts';
import { type CommonOptions, exitCodes, readSettings, storageOf } from './settings.ts';

/** Lists what is held. @returns exit code 0 also where something waits: this command looks and does not judge */
export async function held(options: CommonOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const { sources, texts } = await readHeld(config, storageOf(options, config), printer);
  if (options.json === true) printer.json({ sources: sources.map(jsonOf), texts: texts.map(heldTextJson) });
  else if (sources.length + texts.length === 0)
    printer.line('Nothing is held: every source looks like itself, and no text waits for you.');
  else for (const line of [...sources.flatMap(linesOf), ...texts.flatMap(heldTextLines)]) printer.line(line);
  return exitCodes.done;
}

/** Lets in what a source has sent, and believes it as it is now. Exit codes: see `ruleOn`. */
export async function acceptHeld(name: string, options: CommonOptions, printer: Printer): Promise<number> {
  return await ruleHeld(name, 'accept', options, printer);
}

/** Throws away what a source has sent; the source stays held. Exit codes: see `ruleOn`. */
export async function refuseHeld(name: string, options: CommonOptions, printer: Printer): Promise<number> {
  return await ruleHeld(name, 'refuse', options, printer);
}

async function ruleHeld(
  name: string,
  kind: 'accept' | 'refuse',
  options: CommonOptions,
  printer: Printer,
): Promise<number> {
  const rule = ({ memory, name: called }: Named): SourceRuling | string =>
    memory?.held === undefined ? `Nothing of ${called} is held.` : { kind };
  const tell = ({ name: called }: Named, outcome: Outcome | undefined): string => {
    if (kind === 'refuse') return `What ${called} has sent is thrown away, and what it sends next is held again.`;
    if (outcome === undefined) return `What ${called} has sent will be let in.`;
    return `${called} is believed again: ${counted(outcome.newItems, 'item')} let in. It is read anew on the next run.`;
  };
  return await ruleOn(name, { rule, tell }, options, printer);
}

/** Looking makes no database. */
async function readHeld(
  config: Config,
  data: Storage,
  printer: Printer,
): Promise<{ readonly sources: readonly HeldSource[]; readonly texts: readonly HeldText[] }> {
  if (!(await hasDatabase(data))) return { sources: [], texts: [] };
  const library = await lookIntoStore(data, printer);
  try {
    const sources = await readHeldSources(config, library);
    return { sources, texts: await readHeldTexts(config, library) };
  } finally {
    await library.close();
  }
}

const itemsShown = 5;

function linesOf({ name, typed, url, hold, items }: HeldSource): string[] {
  const argument = shellWord(typed);
  const shown = items.slice(0, itemsShown).map(({ title, published, url: page }) => {
    const date = published === undefined ? 'no date   ' : new Date(published).toISOString().slice(0, 10);
    return `    ${date}  ${plainLine(title, 80) || '(no title)'}  ${terminalLine(page ?? '')}`.trimEnd();
  });
  const rest = items.length - shown.length;
  return [
    `${colour('red', '✗')} ${colour('bold', terminalLine(name))}  ${terminalLine(url)}`,
    `  held since ${minuteOf(hold.since)}:`,
    ...hold.reasons.map((reason) => `    – ${terminalLine(reason)}`),
    `  ${counted(items.length, 'item')} ${items.length === 1 ? 'waits' : 'wait'}${items.length === 0 ? '' : ', the newest first:'}`,
    ...shown,
    ...(rest > 0 ? [`    … and ${rest} more`] : []),
    `  If this is theirs:      relais held accept ${argument}`,
    `  If somebody else's:     relais held refuse ${argument}`,
    '',
  ];
}

function jsonOf({ name, url, hold, items }: HeldSource): unknown {
  return {
    source: name,
    url,
    since: new Date(hold.since).toISOString(),
    reasons: hold.reasons,
    items: items.length,
    newest: items.slice(0, itemsShown).map(({ title, published, url: page }) => ({
      title,
      published: published === undefined ? undefined : new Date(published).toISOString(),
      url: page,
    })),
  };
}
