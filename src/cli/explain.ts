/** `relais explain`: which story an item belongs to, who is credited, and every piece of evidence, in sentences. */
import { isNamed } from '../pass.ts';
import { becauseOf } from '../publish/because.ts';
import { terminalLine } from '../text/safe.ts';
import { lookIntoStore } from './look.ts';
import type { Printer } from './print.ts';
import { type CommonOptions, dataFolder, exitCodes, readSettings } from './settings.ts';

/** @param name address, guid, or the story's short name in our own addresses */
export async function explain(name: string, options: CommonOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const library = await lookIntoStore(dataFolder(options), printer);
  try {
    const id = await library.findStory(name.replace(/^.*\/story\/([a-z0-9]+)\/?$/, '$1'));
    const [story] = id === undefined ? [] : await library.stories([id]);
    if (story === undefined) {
      printer.alarm(
        `Nothing is stored under ${terminalLine(name)}. Give the item's address, its guid, or the address of our page about it.`,
      );
      return exitCodes.usage;
    }
    if (options.json === true) {
      printer.json(story);
      return exitCodes.done;
    }
    const memories = await library.memories();
    const nameOf = (key: string | undefined): string | undefined => {
      const source = config.sources.find((one) => one.key === key || isNamed(one, undefined, key ?? ''));
      return source?.name ?? memories.get(key ?? '')?.title ?? key;
    };
    const { original } = story.attribution;
    printer.line(`Story ${story.uid}`);
    if (original.kind === 'elsewhere') {
      const who = nameOf(original.sourceKey) ?? original.name ?? original.url ?? 'unknown';
      printer.line(`  original  ${terminalLine(who)} (credited; we do not hold its copy)`);
    }
    for (const member of story.attribution.members) {
      const item = story.items.find((one) => one.id === member.itemId);
      if (item === undefined) continue;
      const via = member.via === undefined ? '' : `, taken from ${nameOf(member.via)}`;
      printer.line(
        `  ${member.role.padEnd(9)} ${terminalLine(nameOf(item.sourceKey) ?? '')}, ${new Date(item.date).toISOString().slice(0, 10)}${via}`,
      );
      printer.line(`            “${terminalLine(item.title)}”  ${terminalLine(item.url ?? '')}`);
      for (const sentence of becauseOf(member.evidence, 'en')) printer.line(`            – ${terminalLine(sentence)}`);
    }
    return exitCodes.done;
  } finally {
    await library.close();
  }
}
