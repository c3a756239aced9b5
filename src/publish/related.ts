/** Links from story to story as readers see them: in which language, in which round-up, or when else. Pure. */
import type { StoryLink } from '../story-plan.ts';
import type { RelatedView, StoryView } from './views.ts';

/** What is shown of a story beside others. */
export type LinkedView = Omit<RelatedView, 'kind'>;

/** @returns undefined for a story that readers are not led to: taken back, or in no section */
export function linkedView(story: StoryView): LinkedView | undefined {
  if (story.withdrawn !== undefined || !story.isCarried || story.sections.length === 0) return undefined;
  const { heading, lang, dir, path, original } = story;
  return { heading, group: original.group.name, lang, dir, path };
}

/** @param links of one story, the best first */
export function relatedViews(
  links: readonly StoryLink[],
  linked: ReadonlyMap<number, LinkedView>,
): readonly RelatedView[] {
  return links.flatMap(({ story, kind, holds }) => {
    const view = linked.get(story);
    if (view === undefined) return [];
    return [{ ...view, kind: kind === 'includes' && !holds ? 'included' : kind }];
  });
}
