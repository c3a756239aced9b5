/** `relais explain`: which story an item belongs to, who is credited, and every piece of evidence, in sentences. */
import type { Library, PictureStanding } from '../edges.ts';
import type { Config, Instant, SourceMemory, Withdrawal } from '../model.ts';
import { isNamed } from '../pass.ts';
import { becauseOf } from '../publish/because.ts';
import { terminalLine } from '../text/safe.ts';
import { pictureFolder } from '../text/safe-html.ts';
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
    if (story === undefined) return await explainAside(name, { config, library, options, printer });
    const pictures = await library.picturesOf(story.id);
    if (options.json === true) {
      printer.json({ ...story, pictures });
      return exitCodes.done;
    }
    const memories = await library.memories();
    const nameOf = (key: string | undefined): string | undefined => nameIn(config, memories, key);
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
      printer.line(`            ${titled(item.title)}  ${terminalLine(item.url ?? '')}`);
      if (item.withdrawn !== undefined) printer.line(`            ${terminalLine(goneBecause(item.withdrawn))}`);
      for (const sentence of becauseOf(member.evidence, 'en')) printer.line(`            – ${terminalLine(sentence)}`);
    }
    for (const one of pictures) printer.line(`  picture   ${terminalLine(one.address)}  ${terminalLine(fateOf(one))}`);
    return exitCodes.done;
  } finally {
    await library.close();
  }
}

interface Asked {
  readonly config: Config;
  readonly library: Library;
  readonly options: CommonOptions;
  readonly printer: Printer;
}

/** Of what stands in no story: why it does not, or that it is not known. */
async function explainAside(name: string, { config, library, options, printer }: Asked): Promise<number> {
  const aside = await library.findAside(name);
  if (aside === undefined) {
    printer.alarm(
      `Nothing is stored under ${terminalLine(name)}. Give the item's address, its guid, or the address of our page about it.`,
    );
    return exitCodes.usage;
  }
  if (options.json === true) {
    printer.json(aside);
    return exitCodes.done;
  }
  const source = nameIn(config, await library.memories(), aside.sourceKey) ?? '';
  printer.line(`In no story yet: ${titled(aside.title)}, ${terminalLine(source)}  ${terminalLine(aside.url ?? '')}`);
  printer.line(
    aside.waitsUntil === undefined
      ? '  It is held, as all that its source sends, until you have ruled:  relais held'
      : `  It is dated ahead and waits until ${minuteOf(aside.waitsUntil)}, since its source has  future: wait`,
  );
  return exitCodes.done;
}

function nameIn(
  config: Config,
  memories: ReadonlyMap<string, SourceMemory>,
  key: string | undefined,
): string | undefined {
  const source = config.sources.find((one) => one.key === key || isNamed(one, undefined, key ?? ''));
  return source?.name ?? memories.get(key ?? '')?.title ?? key;
}

function titled(title: string): string {
  return title === '' ? '(without a title)' : `“${terminalLine(title)}”`;
}

function goneBecause({ at, by, because }: Withdrawal): string {
  const words = because === '' ? '' : ` (${because})`;
  return `shown nowhere since ${minuteOf(at)}: ${by === 'maintainer' ? because : `withdrawn by its authors${words}`}`;
}

function minuteOf(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What readers see of a picture that may be copied, and why it is not more. */
function fateOf({ state, file, nextTry, why }: PictureStanding): string {
  if (state === 'copied') return `shown from our site: ${pictureFolder}${file}`;
  if (state === 'counter') return 'left out: it only counts readers';
  const reason = why === undefined ? '' : `: ${why}`;
  if (state === 'given-up') return `a link for good${reason}`;
  const next = nextTry === 0 ? 'at the next run' : `from ${minuteOf(nextTry)} on`;
  return `a link until it is here${reason}; asked for ${next}`;
}
