/** Predictions beside labels → what is wrong, each with what the store holds about it, so that the rule can be found. Pure. */
import type { Label, Pair, Post } from './labelled-posts.ts';
import type { Prediction } from './predictions.ts';
import type { Told } from './told-stories.ts';

export interface Judged {
  readonly posts: readonly Post[];
  readonly labels: readonly Label[];
  readonly pairs: readonly Pair[];
  readonly predictions: readonly Prediction[];
  readonly told: ReadonlyMap<string, Told>;
}

/** What is wrong, in lines for a person; empty where all is right. */
export function faultsIn(judged: Judged): string[] {
  return [...pairFaults(judged), ...strangeMerges(judged), ...originFaults(judged)];
}

function byId<T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((one) => [one.id, one]));
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

function describe(id: string, { posts, told }: Judged): string[] {
  const post = posts.find((one) => one.id === id);
  const one = told.get(id);
  const evidence = (one?.evidence ?? []).map(
    ({ kind, says, strength, quote, targetSource, targetUrl, targetName }) =>
      `      ${kind} (${strength}) says ${says} ${targetSource ?? targetUrl ?? targetName ?? ''} ${JSON.stringify(quote.slice(0, 160))}`,
  );
  const head = `${id} [${post?.group ?? '?'}, ${post?.date ?? 'no date'}, ${post?.lang ?? '?'}, ${post?.text.length ?? 0} characters] ${JSON.stringify(post?.title ?? '')}`;
  return [`    ${head} → story ${one?.story ?? 'none'}`, ...(evidence.length > 0 ? evidence : ['      no evidence'])];
}

function pairFaults(judged: Judged): string[] {
  const stories = new Map(judged.predictions.map((one) => [one.id, one.story_id]));
  return judged.pairs.flatMap(({ a, b, label, kind }) => {
    if (label === 'ambiguous') return [];
    const isMerged = stories.has(a) && stories.get(a) === stories.get(b);
    if (isMerged === (label === 'same')) return [];
    const what = isMerged ? `merged, and labelled ${label}` : 'not merged';
    return [`  ${what} (${kind})`, ...describe(a, judged), ...describe(b, judged)];
  });
}

/** Merged without being of one story, where nobody has labelled the pair. */
function strangeMerges(judged: Judged): string[] {
  const labelled = new Set(judged.pairs.map(({ a, b }) => pairKey(a, b)));
  const labels = byId(judged.labels);
  const members = new Map<string, string[]>();
  for (const { id, story_id: story } of judged.predictions) members.set(story, [...(members.get(story) ?? []), id]);
  return [...members.values()].flatMap((ids) =>
    ids.flatMap((a, at) =>
      ids.slice(at + 1).flatMap((b) => {
        const isRight = labels.get(a)?.story === labels.get(b)?.story;
        if (isRight || labelled.has(pairKey(a, b))) return [];
        return ['  merged, of two stories (not labelled as a pair)', ...describe(a, judged), ...describe(b, judged)];
      }),
    ),
  );
}

/** As the scorer counts: the group must be right where a reader could tell, and nobody else credited for an original. */
function originFaults(judged: Judged): string[] {
  const posts = byId(judged.posts);
  const predictions = byId(judged.predictions);
  const groupOf = (origin: string): string | undefined =>
    origin.startsWith('ext:') ? origin.slice(4) : posts.get(origin)?.group;
  return judged.labels.flatMap(({ id, isRepost, isScored, origin, originGroup }) => {
    const credited = predictions.get(id)?.origin_id ?? id;
    if (isRepost && !isScored) return [];
    const isNobodyElse = credited === id || groupOf(credited) === posts.get(id)?.group;
    const isRight = credited === origin || groupOf(credited) === originGroup || (!isRepost && isNobodyElse);
    if (isRight) return [];
    const why = isRepost ? `credited to ${credited}, want ${originGroup}` : `an original, credited to ${credited}`;
    return [`  ${why}`, ...describe(id, judged)];
  });
}
