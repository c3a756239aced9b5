/** What stands in each section, and what has become of it: read before anything is rendered. */
import type { Library, ListedStory, StoryChange } from './library.ts';
import type { Config, Section } from './model.ts';
import { type Guarded, openAmong } from './openings.ts';
import type { Holds } from './publish/holding.ts';
import type { Circumstances, Supply } from './publish/supply.ts';
import { tombstonesKeepMs } from './publish/taken-back.ts';

type SectionLists = ReadonlyMap<string, readonly ListedStory[]>;

/** All that the parts of the site are made from, but its digests. @param guarded see `guardedStories` */
export async function supplyOf(
  circumstances: Circumstances,
  guarded: Guarded,
  holds: Holds,
  library: Library,
): Promise<Omit<Supply, 'digests'>> {
  return {
    ...circumstances,
    listed: await listSections(circumstances, library, guarded, holds),
    ...(await changesOf(circumstances.config, library)),
    notShown: await library.notShown(circumstances.now - tombstonesKeepMs),
    figures: await library.figures(),
    archives: await library.archives(),
  };
}

/** The stories of each section that readers may see now, newest first, by its id. */
async function listSections(
  { config, now, standing }: Circumstances,
  library: Library,
  guarded: Guarded,
  holds: Holds,
): Promise<SectionLists> {
  const listed = new Map<string, readonly ListedStory[]>();
  const onlyOpen = openAmong(config, guarded, holds, now);
  for (const section of config.sections)
    listed.set(section.id, onlyOpen(await listSection(section, config, library, standing), section));
  return listed;
}

/** What was corrected is told in digests alone. */
async function changesOf(config: Config, library: Library): Promise<Pick<Supply, 'corrected' | 'takenBack'>> {
  const corrected = new Map<string, readonly StoryChange[]>();
  const takenBack = new Map<string, readonly StoryChange[]>();
  for (const { id, digest } of config.sections) {
    const own = config.sources.filter(({ sections }) => sections.includes(id)).map(({ key }) => key);
    if (digest !== undefined) corrected.set(id, await library.corrected(own, 0));
    takenBack.set(id, await library.takenBack(own, 0));
  }
  return { corrected, takenBack };
}

/** Filters look at items; without any the list alone is enough. */
async function listSection(
  section: Section,
  config: Config,
  library: Library,
  standing: Circumstances['standing'],
): Promise<readonly ListedStory[]> {
  const own = config.sources.filter(({ sections, show }) => sections.includes(section.id) && show !== 'none');
  const listed = await library.storiesOf(own.map((source) => source.key));
  if (own.every(({ filters }) => filters.every((one) => one.section !== section.id))) return listed;
  const wanted = new Set<number>();
  const batch = 200;
  for (let at = 0; at < listed.length; at += batch) {
    const ids = listed.slice(at, at + batch).map(({ id }) => id);
    for (const [id, sections] of await standing(ids)) if (sections.includes(section.id)) wanted.add(id);
  }
  return listed.filter((story) => wanted.has(story.id));
}
