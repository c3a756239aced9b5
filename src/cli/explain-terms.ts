/** What readers get of a story, and why it is not more, as `explain` says it. Pure. */
import { inForce } from '../agreements.ts';
import type { Config, Instant, SourceKey, SourceMemory, StoryRecord } from '../model.ts';
import { storyView } from '../publish/story-view.ts';
import { opensAt } from '../publish/terms.ts';

/** @returns a line not yet made safe for a terminal; undefined of a story that was taken back, which says so itself */
export function termsLine(
  story: StoryRecord,
  settings: Config,
  memories: ReadonlyMap<SourceKey, SourceMemory>,
  now: Instant,
): string | undefined {
  const config = inForce(settings, memories, now);
  const sources = new Map(config.sources.map((source) => [source.key, source]));
  const view = storyView(story, { config, sources, memories, tagPrefix: '', now });
  if (view.withdrawn !== undefined) return undefined;
  const opens = opensAt(story, sources);
  if (opens === 'never') return '  shown     nowhere: whoever wrote it, or all who have it, stand under  show: none';
  if (opens > now)
    return `  shown     not yet: its embargo ends on ${new Date(opens).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const licence = view.licence === undefined ? 'no licence is stated' : `licence: ${view.licence}`;
  return `  shown     ${view.show}, the strictest of what its groups and its own licence allow; ${licence}`;
}
