/** Who else has a story, as a digest says it behind the credit. */
import { outsideLink } from './pages/address.ts';
import type { Door } from './pages/doors.ts';
import type { StoryView } from './views.ts';
import type { Words } from './words.ts';

export interface Also {
  /** `Passed on by`, or `Also published by` where nobody knows who wrote it, or `Translation published by`. */
  readonly label: string;
  /** Each group once, but for the one whose page the story itself leads to. */
  readonly groups: readonly { readonly name: string; readonly href: string | undefined }[];
}

/** @returns undefined where nobody else has it */
export function alsoIn(story: StoryView, door: Door | undefined, words: Words): Also | undefined {
  const seen = new Set<string>();
  const groups = story.reposts.flatMap(({ group: { name }, url }) => {
    const href = outsideLink(url);
    if (seen.has(name) || (href !== undefined && href === door?.href)) return [];
    seen.add(name);
    return [{ name, href }];
  });
  if (groups.length === 0) return undefined;
  return { label: passedOnLabel(story, words), groups };
}

/** What stands before a group that has a story and has not written it. */
export function passedOnLabel({ original: { isGuess, translatedFrom } }: StoryView, words: Words): string {
  if (isGuess) return words.alsoBy;
  return translatedFrom === undefined ? words.passedOnBy : words.translationBy;
}
