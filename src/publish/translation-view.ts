/** Stories linked as translations of one statement → what the page of each says of the others. Pure. */
import type { StoryView } from './views.ts';

/** A story beside those that are it in other languages, as far as readers may see them; by language. */
export function withTranslations(story: StoryView, others: readonly StoryView[]): StoryView {
  if (story.withdrawn !== undefined) return story;
  const translations = others
    .filter(({ withdrawn, isCarried, sections }) => withdrawn === undefined && isCarried && sections.length > 0)
    .map(({ path, heading, lang, langs, dir, original }) => ({
      path,
      heading,
      lang,
      langs,
      dir,
      group: original.group,
    }))
    .sort((a, b) => (a.lang < b.lang ? -1 : a.lang > b.lang ? 1 : a.path < b.path ? -1 : 1));
  return { ...story, translations };
}
