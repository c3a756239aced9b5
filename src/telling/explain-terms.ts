/** What readers get of a story, and why it is not more, as `explain` says it. Pure. */

import { inForce } from '../agreements.ts';
import type { Config, Instant, SourceKey, SourceMemory, StoryRecord } from '../model.ts';
import { type Holds, opensIn } from '../publish/holding.ts';
import { storyView } from '../publish/story-view.ts';
import { opensAt, shownOf } from '../publish/terms.ts';
import { minuteOf } from './instants.ts';

interface Known {
  /** As sources.yaml has it. */
  readonly config: Config;
  readonly memories: ReadonlyMap<SourceKey, SourceMemory>;
  readonly holds: Holds;
  readonly now: Instant;
}

/** @returns lines not yet made safe for a terminal; none of a story that was taken back, which says so itself */
export function termsLines(story: StoryRecord, known: Known): readonly string[] {
  const { memories, holds, now } = known;
  const config = inForce(known.config, memories, now);
  const sources = new Map(config.sources.map((source) => [source.key, source]));
  const standing = story.items.filter(({ withdrawn }) => withdrawn === undefined);
  if (standing.length > 0 && !standing.some(({ sourceKey }) => sources.has(sourceKey)))
    return ['  shown     nowhere: none of the sources that carry it is in sources.yaml any more'];
  const view = storyView(story, { config, sources, memories, tagPrefix: '', now, holds });
  if (view.withdrawn !== undefined) return [];
  const opens = opensAt(story, sources);
  if (opens === 'never') return ['  shown     nowhere: whoever wrote it, or all who have it, stand under  show: none'];
  if (opens > now) return [`  shown     not yet: its embargo ends on ${minuteOf(opens)}`];
  const shown = shownOf(story, sources);
  const fed = config.sections.filter(({ id }) =>
    story.items.some(({ sourceKey }) => sources.get(sourceKey)?.sections.includes(id)),
  );
  const waits = fed.flatMap((section) => {
    const there = shown === undefined ? 0 : opensIn(section, shown, holds);
    if (there === 'never')
      return [`  shown     not in ${section.id}: a person is to look at it first. See  relais held`];
    return there > now ? [`  shown     not yet in ${section.id}: its delay ends on ${minuteOf(there)}`] : [];
  });
  if (fed.length > 0 && waits.length === fed.length) return waits;
  const licence = view.licence === undefined ? 'no licence is stated' : `licence: ${view.licence}`;
  return [`  shown     ${view.show}, the strictest of what its groups and its own licence allow; ${licence}`, ...waits];
}
