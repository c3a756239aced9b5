/**
 * What stands first in a digest. The rule has no hidden score, is printed at the foot of each digest (`words.digestOrder`)
 * and told in docs/digest.md: what several groups carried, by how many they are; then what those who wrote it have marked;
 * then the rest; among equals what is marked, then the newest. Pure.
 */
import type { DigestSettings } from '../model.ts';
import type { DigestPart, DigestView, StoryView } from './views.ts';

/** How many groups have published it: two feeds of one group are one. A translation only those who have it, not its author. */
export function groupsWith({ original, reposts }: Pick<StoryView, 'original' | 'reposts'>): number {
  const written = original.jointly.length > 0 ? original.jointly : [original.group];
  const authors = original.translatedFrom === undefined ? written : [];
  return Math.max(1, new Set([...authors, ...reposts.map(({ group }) => group)].map(({ name }) => name)).size);
}

/**
 * Stories in their order and under their headings, without those that were taken back.
 * @param first tags by which partners mark what is to stand above others; compared whole, in any case
 * @param max those beyond it go into `more`
 */
export function inOrder(
  stories: readonly StoryView[],
  { first, max }: Pick<DigestSettings, 'first' | 'max'>,
): Pick<DigestView, 'parts' | 'more'> {
  const marks = new Set(first.map(folded));
  const ranked = stories
    .filter(({ withdrawn }) => withdrawn === undefined)
    .map((story) => ({
      story,
      groups: groupsWith(story),
      isMarked: story.categories.some((category) => marks.has(folded(category))),
    }))
    .sort(
      (a, b) =>
        b.groups - a.groups ||
        Number(b.isMarked) - Number(a.isMarked) ||
        b.story.published - a.story.published ||
        (a.story.uid < b.story.uid ? -1 : 1),
    );
  const kindOf = ({ groups, isMarked }: (typeof ranked)[number]): DigestPart['kind'] =>
    groups > 1 ? 'several' : isMarked ? 'marked' : 'rest';
  const shown = ranked.slice(0, max);
  const parts = (['several', 'marked', 'rest'] as const).map((kind) => ({
    kind,
    stories: shown.filter((one) => kindOf(one) === kind).map(({ story }) => story),
  }));
  return {
    parts: parts.filter(({ stories: own }) => own.length > 0),
    more: ranked.slice(max).map(({ story }) => story),
  };
}

function folded(tag: string): string {
  return tag.trim().replace(/^#/, '').toLowerCase();
}

/** All stories of a digest that are shown with their text, in order. */
export function shownIn({ parts }: Pick<DigestView, 'parts'>): readonly StoryView[] {
  return parts.flatMap(({ stories }) => stories);
}

/** How many stories it has, with those there is no room for. */
export function countIn(digest: Pick<DigestView, 'parts' | 'more'>): number {
  return shownIn(digest).length + digest.more.length;
}

/** The same digest with fewer stories in it: the last become some of those that are only counted. */
export function cutTo(digest: DigestView, max: number): DigestView {
  let room = max;
  const parts = digest.parts.map(({ kind, stories }) => {
    const kept = stories.slice(0, Math.max(0, room));
    room -= kept.length;
    return { kind, stories: kept };
  });
  const more = [...shownIn(digest).slice(max), ...digest.more];
  return { ...digest, parts: parts.filter(({ stories }) => stories.length > 0), more };
}
