/** What a reader of a whole world should find: each story once, with who wrote it and who passed it on. For tests. */
import { findPost, type Group, isRepost, type Post, troubleAt, type World } from './world.ts';

export interface StoryTruth {
  readonly key: string;
  /** Of the original where it can be read, otherwise of its earliest repost. */
  readonly title: string;
  /** Name of the group that wrote it; of a stranger, as the reposter wrote it. */
  readonly originalGroup: string;
  /** Names of the groups that passed it on, in the order of the world's groups. */
  readonly repostGroups: readonly string[];
  /** The author has taken it back. */
  readonly withdrawn?: true;
}

interface Placed {
  readonly group: Group;
  readonly post: Post;
}

/**
 * The stories of a reader who has read every feed at every tick up to this one. Posts that only a feed out of order
 * carries are not there yet; posts that have left a feed count as written but were never read.
 */
export function truth(world: World, tick: number): { readonly stories: readonly StoryTruth[] } {
  const byStory = new Map<string, Placed[]>();
  for (const group of world.groups) {
    for (const post of group.posts) {
      const met = byStory.get(post.story) ?? [];
      byStory.set(post.story, [...met, { group, post }]);
    }
  }
  const stories = [...byStory].flatMap(([key, placed]) => storyOf(world, key, placed, tick));
  return { stories };
}

function storyOf(world: World, key: string, placed: readonly Placed[], tick: number): StoryTruth[] {
  const met = placed.filter(({ group, post }) => wasRead(group, post, tick));
  const [first] = met;
  if (first === undefined) return [];
  const original = met.find(({ post }) => !isRepost(post));
  const edit = original?.post.edit;
  const title = edit !== undefined && tick >= edit.fromTick ? edit.title : (original ?? first).post.title;
  const isWithdrawn = original?.post.withdrawal !== undefined && tick >= original.post.withdrawal.fromTick;
  return [
    {
      key,
      title,
      originalGroup: original?.group.name ?? authorOf(world, first.post),
      repostGroups: met.filter(({ post }) => isRepost(post)).map(({ group }) => group.name),
      ...(isWithdrawn ? { withdrawn: true } : {}),
    },
  ];
}

/** In the feed, and the feed in order, at some tick up to this one. */
function wasRead(group: Group, post: Post, tick: number): boolean {
  if (post.hasLeftFeed) return false;
  const until = post.withdrawal?.fromTick ?? Number.POSITIVE_INFINITY;
  for (let at = post.fromTick ?? 0; at <= tick && at < until; at++) {
    const trouble = troubleAt(group, at);
    if (trouble === undefined || trouble === 'mangled') return true;
  }
  return false;
}

/** Whose words a post carries, along the chain of copies. */
function authorOf(world: World, post: Post): string {
  if (post.writtenBy !== undefined) return post.writtenBy;
  const { body } = post;
  if (!('of' in body)) throw new RangeError(`post ${post.slug} is an original of a group that was not named`);
  const copied = findPost(world, body.of);
  return isRepost(copied.post) ? authorOf(world, copied.post) : copied.group.name;
}
