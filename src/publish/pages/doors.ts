/** Where a story is to be read, and what the link there may promise. */
import type { StoryView } from '../views.ts';
import type { Words } from '../words.ts';
import { outsideLink } from './address.ts';

export interface Door {
  readonly href: string;
  readonly label: string;
}

/**
 * The link to the page where a reader should end up. It says "the original" only where it leads there: of a text whose
 * author's page nobody names, the reposter's page is all there is.
 * @returns undefined where no page is known
 */
export function doorOf(story: StoryView, words: Words): Door | undefined {
  const href = outsideLink(story.url);
  if (href === undefined) return undefined;
  const reposter = story.reposts.find((repost) => repost.url === story.url)?.group.name;
  if (reposter !== undefined) return { href, label: words.readWhole(reposter) };
  const isWhole = story.show === 'full' || story.excerpt === '';
  const { isGuess } = story.original; // whose original it is nobody knows
  return { href, label: isWhole && !isGuess ? words.readOriginal : words.readWhole(story.original.group.name) };
}

/** What an excerpt ends in: the link to the whole text, in these words; our own page of it where no other is known. */
export function wholeOf(story: StoryView, words: Words, page: string | undefined): Door | undefined {
  const href = outsideLink(story.url) ?? page;
  if (href === undefined) return undefined;
  const { name } = story.reposts.find((repost) => repost.url === story.url)?.group ?? story.original.group;
  return { href, label: name === '' ? words.readOriginal : words.readWhole(name) };
}
