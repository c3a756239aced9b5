/** What became of a graded world → what was found of each grade, what was merged that must stay apart. Pure. */
import type { GradedWorld } from './graded-world.ts';
import type { Label, Pair } from './labelled-posts.ts';
import type { Prediction } from './predictions.ts';

export interface Row {
  readonly name: string;
  readonly pairs: number;
  /** In one story. */
  readonly merged: number;
  /** The copy is credited to the group that wrote it. */
  readonly credited: number;
}

export interface GradeScores {
  readonly copies: readonly Row[];
  readonly lookalikes: readonly Row[];
  /** Pairs in one story that are neither copies nor lookalikes. */
  readonly strangers: number;
  /** Of all pairs of posts in one story, those of one original; 1 where nothing is merged. */
  readonly precision: number;
  readonly recall: number;
}

export function scoreGrades(world: GradedWorld, predictions: readonly Prediction[]): GradeScores {
  const groups = new Map(world.posts.map(({ id, group }) => [id, group]));
  const predicted = new Map(predictions.map((one) => [one.id, one]));
  const isMerged = (a: string, b: string): boolean =>
    predicted.has(a) && predicted.get(a)?.story_id === predicted.get(b)?.story_id;
  const authorsOf = (id: string): string | undefined => {
    const origin = predicted.get(id)?.origin_id ?? '';
    return origin.startsWith('ext:') ? origin.slice(4) : groups.get(origin);
  };
  const copies = world.copies.map(({ grade, original, copy, authors }) => ({
    name: grade,
    isMerged: isMerged(original, copy),
    isCredited: authorsOf(copy) === authors,
  }));
  const lookalikes = world.lookalikes.map(({ kind, a, b }) => ({
    name: kind,
    isMerged: isMerged(a, b),
    isCredited: false,
  }));
  const found = copies.filter((one) => one.isMerged).length;
  const wrong = lookalikes.filter((one) => one.isMerged).length;
  const merged = mergedPairs(predictions);
  return {
    copies: rowsOf(copies),
    lookalikes: rowsOf(lookalikes),
    strangers: merged - found - wrong,
    precision: merged === 0 ? 1 : found / merged,
    recall: copies.length === 0 ? 1 : found / copies.length,
  };
}

/** What is known of a graded world, as people would label it. */
export function labelsOf(world: GradedWorld): { readonly labels: readonly Label[]; readonly pairs: readonly Pair[] } {
  const copies = new Map(world.copies.map((one) => [one.copy, one]));
  const groups = new Map(world.posts.map(({ id, group }) => [id, group]));
  // Where the authors are not followed, what stands for the original is a copy too.
  for (const one of world.copies) if (groups.get(one.original) !== one.authors) copies.set(one.original, one);
  const labels = world.posts.map(({ id, group }): Label => {
    const known = copies.get(id);
    if (known === undefined)
      return { id, story: id, isRepost: false, origin: id, originGroup: group, isScored: true, split: '' };
    const { original, authors } = known;
    const origin = groups.get(original) === authors ? original : `ext:${authors}`;
    return { id, story: original, isRepost: true, origin, originGroup: authors, isScored: true, split: '' };
  });
  const same = world.copies.map(({ grade, original, copy }): Pair => {
    return { a: original, b: copy, label: 'same', kind: grade, split: '' };
  });
  const different = world.lookalikes.map(({ kind, a, b }): Pair => ({ a, b, label: 'different', kind, split: '' }));
  return { labels, pairs: [...same, ...different] };
}

/** Every pair of posts that stand in one story. */
function mergedPairs(predictions: readonly Prediction[]): number {
  const sizes = new Map<string, number>();
  for (const { story_id: story } of predictions) sizes.set(story, (sizes.get(story) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}

interface Judged {
  readonly name: string;
  readonly isMerged: boolean;
  readonly isCredited: boolean;
}

/** In the order in which the names first occur. */
function rowsOf(judged: readonly Judged[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { name, isMerged, isCredited } of judged) {
    const row = rows.get(name) ?? { name, pairs: 0, merged: 0, credited: 0 };
    rows.set(name, {
      name,
      pairs: row.pairs + 1,
      merged: row.merged + (isMerged ? 1 : 0),
      credited: row.credited + (isCredited ? 1 : 0),
    });
  }
  return [...rows.values()];
}
