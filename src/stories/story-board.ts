/** The stories that one plan touches, while items are put into them and stories turn out to be one. */
import type { Instant } from '../model.ts';
import type { Known, KnownStory, Ref, StoryMember } from '../refresh-plan.ts';

export interface PlacedStory {
  readonly story: Ref;
  readonly seed: string | undefined;
  readonly absorbed: readonly number[];
  readonly members: readonly StoryMember[];
  /** As the store has it; undefined for a new one. */
  readonly before: KnownStory | undefined;
}

export interface StoryBoard {
  /**
   * The story for an item: the oldest of those it belongs to, which takes the others in; or a new one.
   * @param belongsTo ids of stories it is in or joins
   * @param seed what a new story's public name is made from
   */
  readonly place: (belongsTo: readonly number[], seed: string) => Ref;
  readonly put: (story: Ref, member: StoryMember) => void;
  readonly placed: () => PlacedStory[];
}

export function openStoryBoard(known: Known): StoryBoard {
  const members = new Map<Ref, Map<number, StoryMember>>();
  const absorbed = new Map<Ref, number[]>();
  const became = new Map<Ref, Ref>();
  const seeds = new Map<Ref, string>();

  const current = (story: Ref): Ref => {
    let now = story;
    for (let next = became.get(now); next !== undefined; next = became.get(now)) now = next;
    return now;
  };
  const ageOf = (story: Ref): Instant => known.stories.get(story)?.created ?? Number.MAX_SAFE_INTEGER;
  const open = (story: Ref): Map<number, StoryMember> => {
    const opened = members.get(story) ?? new Map(known.stories.get(story)?.members.map((one) => [one.itemId, one]));
    members.set(story, opened);
    return opened;
  };
  const absorb = (keeper: Ref, other: Ref): void => {
    const into = open(keeper);
    for (const [id, member] of open(other)) into.set(id, member);
    members.delete(other);
    became.set(other, keeper);
    const taken = [...(absorbed.get(other) ?? []), ...(other > 0 ? [other] : [])];
    absorbed.set(keeper, [...(absorbed.get(keeper) ?? []), ...taken]);
  };

  return {
    place(belongsTo, seed) {
      const refs = [...new Set(belongsTo.map(current))].sort((a, b) => ageOf(a) - ageOf(b) || a - b);
      const [keeper, ...others] = refs;
      if (keeper === undefined) {
        const ref = -(seeds.size + 1);
        seeds.set(ref, seed);
        members.set(ref, new Map());
        return ref;
      }
      open(keeper);
      for (const other of others) absorb(keeper, other);
      return keeper;
    },
    put(story, member) {
      open(current(story)).set(member.itemId, member);
    },
    placed: () =>
      [...members].map(([story, inIt]) => ({
        story,
        seed: seeds.get(story),
        absorbed: absorbed.get(story) ?? [],
        members: [...inIt.values()],
        before: known.stories.get(story),
      })),
  };
}
