/** The graded world is what it claims: unrelated reports share nothing, copies share what their grade leaves, and the table sees it. */
import { describe, expect, test } from 'vitest';
import { labelsOf, scoreGrades } from '../../bench/grade-scores.ts';
import { gradedWorld } from '../../bench/graded-world.ts';
import { type Prediction, predictionsOf } from '../../bench/predictions.ts';
import { faultsIn } from '../../bench/story-faults.ts';
import { type Told, tellStories } from '../../bench/told-stories.ts';

const world = gradedWorld(7, 6);
const texts = new Map(world.posts.map(({ id, text }) => [id, runsOf(text)]));

/** Runs of five words. */
function runsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.slice(4).map((_, at) => words.slice(at, at + 5).join(' ')));
}

/** The share of the second's runs that the first has too. */
function shared(a: string, b: string): number {
  const [one, other] = [texts.get(a), texts.get(b)];
  if (one === undefined || other === undefined) throw new Error(`${a} or ${b} is no post`);
  return [...other].filter((run) => one.has(run)).length / other.size;
}

function sharedBy(grade: string): number[] {
  const found = world.copies.filter((one) => one.grade.startsWith(grade));
  expect(found.length).toBe(6);
  return found.map(({ original, copy }) => shared(original, copy));
}

/** Predictions by which every post stands in the story that `storyOf` names, credited as `originOf` says. */
function predict(storyOf: (id: string) => string, originOf = storyOf): Prediction[] {
  return world.posts.map(({ id }) => ({ id, story_id: storyOf(id), origin_id: originOf(id) }));
}

describe('the graded world', () => {
  test('is the same for one seed, and another for another', () => {
    expect(gradedWorld(7, 6)).toEqual(world);
    expect(gradedWorld(8, 6).posts[0]?.text).not.toBe(world.posts[0]?.text);
  });

  test('leaves nothing to be filled in', () => {
    const broken = world.posts.filter(({ title, text }) => /undefined|@town|@date|@hour|[{}]/.test(title + text));
    expect(broken).toEqual([]);
    expect(new Set(world.posts.map(({ lang }) => lang))).toEqual(new Set(['en', 'fr', 'es']));
  });

  test('unrelated reports share hardly five words in a row', () => {
    const related = new Set([...world.copies.flatMap((one) => [`${one.original} ${one.copy}`])]);
    const plain = world.copies.filter(({ grade }) => grade === 'exact').map(({ original }) => original);
    for (const a of plain)
      for (const { id: b } of world.posts)
        if (a !== b && !related.has(`${a} ${b}`)) expect(shared(a, b), `${a} ${b}`).toBeLessThan(0.05);
  });

  test('most runs of words are one original’s own, as in real reports', () => {
    const posts = new Map<string, number>();
    for (const runs of texts.values()) for (const run of runs) posts.set(run, (posts.get(run) ?? 0) + 1);
    const [{ original } = { original: '' }] = world.copies;
    const runs = [...(texts.get(original) ?? [])];
    // The copy has them too; more than two posts make a phrase that everybody uses.
    expect(runs.filter((run) => (posts.get(run) ?? 0) > 2).length / runs.length).toBeLessThan(0.1);
  });

  test('of a copy is left what its grade says', () => {
    const within = (grade: string, least: number, most: number): void => {
      for (const share of sharedBy(grade)) {
        expect(share, grade).toBeGreaterThanOrEqual(least);
        expect(share, grade).toBeLessThanOrEqual(most);
      }
    };
    within('exact', 0.9, 1);
    within('prefix', 0.6, 0.97);
    within('2 % typos', 0.75, 0.99);
    within('30 %', 0.9, 1);
    within('55-word', 0.85, 1);
    within('whole and 50 %', 0.55, 0.75);
    within('8 % of words', 0.4, 0.85);
    within('original edited', 0.6, 0.95);
  });

  test('what must stay apart is tempting', () => {
    const most = (kind: string): number =>
      Math.max(...world.lookalikes.filter((one) => one.kind.startsWith(kind)).map(({ a, b }) => shared(a, b)));
    expect(most('quotation')).toBeGreaterThan(0.15);
    expect(most('round-up')).toBeGreaterThan(0.15);
    expect(most('appeal')).toBeGreaterThan(0.9);
    expect(most('numbers')).toBeGreaterThan(0.3);
    expect(most('long footer')).toBeGreaterThan(0.4);
  });
});

describe('its table', () => {
  const labels = new Map(labelsOf(world).labels.map((one) => [one.id, one]));
  const told = new Map<string, Told>();

  test('is perfect where the predictions are what is known', () => {
    const predictions = predict(
      (id) => labels.get(id)?.story ?? '',
      (id) => labels.get(id)?.origin ?? '',
    );
    const scores = scoreGrades(world, predictions);
    expect(scores).toMatchObject({ precision: 1, recall: 1, strangers: 0 });
    expect(scores.copies.every(({ pairs, merged, credited }) => pairs === merged && pairs === credited)).toBe(true);
    expect(faultsIn({ ...labelsOf(world), posts: world.posts, predictions, told })).toEqual([]);
  });

  test('counts what is merged wrongly, in its row or among all others', () => {
    const [wrong] = world.lookalikes.filter(({ kind }) => kind === 'equal titles');
    const [copy] = world.copies;
    const [a, b, original] = [wrong?.a ?? '', wrong?.b ?? '', copy?.original ?? ''];
    const predictions = predict((id) => (id === b || id === original ? a : id));
    const scores = scoreGrades(world, predictions);
    expect(scores.lookalikes.find(({ name }) => name === 'equal titles')?.merged).toBe(1);
    expect(scores).toMatchObject({ precision: 0, recall: 0, strangers: 2 });
    const faults = faultsIn({ ...labelsOf(world), posts: world.posts, predictions, told }).join('\n');
    expect(faults).toContain('merged, and labelled different (equal titles)');
    expect(faults).toContain('not merged (exact)');
  });

  test('the way of every day stores all of it and finds the exact copies, in any order', async () => {
    const backwards = [...world.posts].reverse();
    const authors = world.copies.map((one) => one.authors);
    for (const batches of [[world.posts], [backwards.slice(0, 90), backwards.slice(90)]]) {
      const telling = await tellStories(batches);
      expect(telling.missing).toEqual([]);
      const { copies } = scoreGrades(world, predictionsOf(world.posts, telling.told, authors));
      const exact = copies.find(({ name }) => name === 'exact');
      const outside = copies.find(({ name }) => name === 'two copies, authors not followed');
      expect(exact?.merged).toBe(exact?.pairs);
      expect(outside?.credited).toBe(outside?.pairs);
    }
  });
});
