/** `relais explain`: which story an item belongs to, who is credited, and every piece of evidence, in sentences. */

import { systemClock } from '../clock.ts';
import type { Library } from '../library.ts';
import type { Config } from '../model.ts';
import type { PictureStanding } from '../picture-library.ts';
import { holdsOf } from '../publish/holding.ts';
import { jsonOf, linesOf, readBeside, titled } from '../telling/explain-story.ts';
import { termsLines } from '../telling/explain-terms.ts';
import { minuteOf } from '../telling/instants.ts';
import { missingWords } from '../telling/missing-words.ts';
import { nameOfSource } from '../telling/named.ts';
import { filterLines, judgementsOf, verdictJson } from '../telling/verdicts.ts';
import { terminalLine } from '../text/safe.ts';
import { pictureFolder } from '../text/safe-html.ts';
import { storyInAddress } from '../text/url.ts';
import { lookIntoStore } from './look.ts';
import type { Printer } from './print.ts';
import { refuse } from './refusing.ts';
import { type CommonOptions, exitCodes, readSettings, storageOf } from './settings.ts';

/** @param name address, guid, or the story's short name in our own addresses */
export async function explain(name: string, options: CommonOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const library = await lookIntoStore(storageOf(options, config), printer);
  try {
    const page = storyInAddress(name);
    const onPage = page === undefined ? undefined : await library.findStory(page);
    const id = onPage ?? (await library.findStory(name));
    const [story] = id === undefined ? [] : await library.stories([id]);
    if (story === undefined) return await explainAside(name, { config, library, options, printer });
    const pictures = await library.picturesOf(story.id);
    const beside = await readBeside(story, { config, library });
    const judgements = judgementsOf(story.items, new Map(config.sources.map((source) => [source.key, source])));
    const missing = await library.missing({ items: story.items.map(({ id: item }) => item) });
    if (options.json === true) {
      const sections = judgements.map(({ section, item, verdict }) => ({
        section,
        itemId: item.id,
        ...verdictJson(verdict),
      }));
      printer.json({ ...story, ...jsonOf(beside), sections, pictures, missing });
      return exitCodes.done;
    }
    const memories = await library.memories();
    const nameOf = (key: string): string => nameOfSource(key, config, memories);
    for (const line of linesOf(story, beside, { nameOf, site: config.site.url })) printer.line(terminalLine(line));
    for (const line of termsLines(story, {
      config,
      memories,
      holds: holdsOf(await library.holds()),
      now: systemClock.now(),
    }))
      printer.line(terminalLine(line));
    for (const line of filterLines(judgements, nameOf)) printer.line(terminalLine(line));
    for (const one of missing)
      printer.line(`  missing   ${terminalLine(titled(one.title))}  ${terminalLine(missingWords(one))}`);
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
    const hint = 'Give the post’s address, its guid, or the address of our page about it.';
    return refuse(`Nothing is stored under ${name}. ${hint}`, options, printer);
  }
  if (options.json === true) {
    printer.json(aside);
    return exitCodes.done;
  }
  const source = nameOfSource(aside.sourceKey, config, await library.memories());
  printer.line(
    `In no story yet: ${terminalLine(titled(aside.title))}, ${terminalLine(source)}  ${terminalLine(aside.url ?? '')}`,
  );
  printer.line(
    aside.waitsUntil === undefined
      ? '  It is held, as all that its source sends, until you have ruled:  relais held'
      : `  It is dated ahead and waits until ${minuteOf(aside.waitsUntil)}, since its source has  future: wait`,
  );
  return exitCodes.done;
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
