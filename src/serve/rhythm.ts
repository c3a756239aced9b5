/** How often something new comes to a section → for how long a browser need not ask again. */
import type { Config, SourceKey, SourceMemory } from '../model.ts';
import { pictureFolder } from '../text/safe-html.ts';

/** Nobody knows how often something comes: as long as most would bear. */
const usual = 300;
/** Whatever the rhythm, nobody waits longer than this for what is new, nor asks oftener than this. */
const [least, most] = [60, 3_600];
/** What changes with a new version of the program, or never. */
const ofLooks = 86_400;

/**
 * A tenth of the time between two new items of a section, all its sources together: one that brings something every hour
 * is worth asking every six minutes.
 * @param memories of the sources, with the rhythm that each has shown
 * @returns seconds for a path of the site, beginning with `/`
 */
export function agesOf(config: Config, memories: ReadonlyMap<SourceKey, SourceMemory>): (path: string) => number {
  const paces = new Map<string, number>();
  for (const { key, sections } of config.sources) {
    const rhythmMs = memories.get(key)?.rhythmMs ?? 0;
    if (rhythmMs > 0) for (const id of sections) paces.set(id, (paces.get(id) ?? 0) + 1 / rhythmMs);
  }
  const ages = new Map([...paces].map(([id, pace]) => [id, ageOf(pace)]));
  const ofAll = ages.size === 0 ? usual : Math.min(...ages.values());
  return (path) => {
    const [, first = '', second] = path.split('/', 3);
    if (`${first}/` === pictureFolder) return ofLooks;
    // What stands at the root is of all sections: the front page, and the feed of everything.
    return second === undefined ? ofAll : (ages.get(first) ?? usual);
  };
}

/** @param pace items a millisecond */
function ageOf(pace: number): number {
  return Math.round(Math.min(most, Math.max(least, 1 / pace / 10_000)));
}
