/** `relais vanished`: what feeds list no more, what the pages say, and what the maintainer wants done where many went at once. */

import type { MissingItem, SourceRuling } from '../library.ts';
import type { Outcome } from '../model.ts';
import { hasDatabase, openStore } from '../storage.ts';
import { counted } from '../telling/counted.ts';
import { titled } from '../telling/explain-story.ts';
import { isOpen, missingWords } from '../telling/missing-words.ts';
import { nameAlone, nameOfSource, shellWord } from '../telling/named.ts';
import { terminalLine } from '../text/safe.ts';
import { lookIntoStore } from './look.ts';
import type { Printer } from './print.ts';
import { type Named, ruleOn } from './ruling.ts';
import { type CommonOptions, exitCodes, foundStorage, readSettings, storageOf } from './settings.ts';

/** Lists what is missing. @returns exit code 0 also where something waits: this command looks and does not judge */
export async function vanished(options: CommonOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const data = storageOf(options, config);
  if (!(await hasDatabase(data))) return list([], { nameOf: String, typedFor: String }, options, printer);
  const library = await lookIntoStore(data, printer);
  try {
    const memories = await library.memories();
    const missing = (await library.missing()).filter(isOpen);
    const sources = new Map(config.sources.map((source) => [source.key, source]));
    const nameOf = (key: string): string => nameOfSource(key, config, memories);
    const typedFor = (key: string): string => {
      const source = sources.get(key);
      return source === undefined ? nameOf(key) : nameAlone(source, config, memories);
    };
    return list(missing, { nameOf, typedFor }, options, printer);
  } finally {
    await library.close();
  }
}

function list(
  missing: readonly MissingItem[],
  { nameOf, typedFor }: Readonly<Record<'nameOf' | 'typedFor', (key: string) => string>>,
  options: CommonOptions,
  printer: Printer,
): number {
  if (options.json === true) {
    printer.json({ items: missing.map((one) => ({ ...one, source: nameOf(one.sourceKey) })) });
    return exitCodes.done;
  }
  if (missing.length === 0) printer.line('Nothing has vanished: every feed still lists what it should.');
  for (const key of new Set(missing.map(({ sourceKey }) => sourceKey))) {
    const own = missing.filter(({ sourceKey }) => sourceKey === key);
    printer.line(terminalLine(nameOf(key)));
    for (const one of own) printer.line(terminalLine(`  ${titled(one.title)}  ${one.url ?? ''}  ${missingWords(one)}`));
    if (own.every(({ state }) => state !== 'held')) continue;
    const name = shellWord(typedFor(key));
    printer.line(`  If they have taken these away:  relais vanished withdraw ${name}`);
    printer.line(`  If their site is broken:        relais vanished keep ${name}`);
  }
  return exitCodes.done;
}

/** Says of what waits that it is to go, or to stay. Exit codes: see `ruleOn`. */
export async function ruleVanished(
  kind: 'withdraw' | 'keep',
  name: string,
  options: CommonOptions,
  printer: Printer,
): Promise<number> {
  const waiting = await waitingOf(options);
  const rule = ({ source, name: called }: Named): SourceRuling | string =>
    waiting.has(source.key) ? { kind: `${kind}-vanished` } : `Nothing of ${called} that has vanished waits for you.`;
  const tell = ({ name: called }: Named, outcome: Outcome | undefined): string => {
    if (kind === 'keep') return `What has vanished from ${called} stays.`;
    if (outcome === undefined) return `What has vanished from ${called} will be withdrawn.`;
    return `${counted(outcome.withdrawnItems, 'item')} of ${called} withdrawn.`;
  };
  return await ruleOn(name, { rule, tell }, options, printer);
}

/** Sources of which something waits. */
async function waitingOf(options: CommonOptions): Promise<ReadonlySet<string>> {
  const data = await foundStorage(options);
  if (!(await hasDatabase(data))) return new Set();
  const library = await openStore(data);
  try {
    const missing = await library.missing();
    return new Set(missing.filter(({ state }) => state === 'held').map(({ sourceKey }) => sourceKey));
  } finally {
    await library.close();
  }
}
