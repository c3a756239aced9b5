/** Same story, not the same, credit, and taking a ruling back: what `relais rule` does. */
import type { StoryRuling } from '../story-plan.ts';
import { ruleOnStories, type Taken, undoRuling } from '../story-rulings.ts';
import { nameOfSource } from '../telling/named.ts';
import { rulingSentence, undoneBy } from '../telling/ruling-words.ts';
import { rulingLine } from '../text/ruling-lines.ts';
import type { Bench, Done } from './acts.ts';
import {
  already,
  done,
  goneWords,
  lineIn,
  namelessWords,
  nameOfPost,
  postIn,
  refused,
  storyPathOf,
} from './outcomes.ts';
import type { Form } from './requests.ts';
import type { UndoForm } from './sessions.ts';

/** Posts of one story that one click parts from another: more are parted one by one. */
const mostParted = 40;

/** Two posts are one story: `other` is a post's number, or `address` what a person has typed. */
export async function join(form: Form, bench: Bench): Promise<Done> {
  const [a, b] = [await postIn(form, 'item', bench), await postIn(form, 'other', bench)];
  const to = await storyPathOf(a, bench);
  const typed = lineIn(form, 'address');
  if (a === undefined || (b === undefined && form.has('other'))) return refused(to, goneWords);
  if (b === undefined && typed === '') return refused(to, 'Give the address of the other post. Nothing was changed.');
  const names = [await nameOfPost(a, bench), b === undefined ? typed : await nameOfPost(b, bench)];
  const [first, second] = names;
  if (first === undefined || second === undefined) return refused(to, namelessWords);
  return await take([{ kind: 'same', a: first, b: second }], lineIn(form, 'because'), bench, () =>
    storyPathOf(a, bench),
  );
}

/** A post is another story than all others of the one it is in. */
export async function differ(form: Form, bench: Bench): Promise<Done> {
  const post = await postIn(form, 'item', bench);
  const to = await storyPathOf(post, bench);
  if (post === undefined) return refused(to, goneWords);
  const [story] = await bench.library.stories([post.storyId]);
  const others = (story?.items ?? []).filter(({ id, withdrawn }) => id !== post.id && withdrawn === undefined);
  if (others.length === 0) return already(to, 'It stands alone in its story already.');
  const own = await nameOfPost(post, bench);
  const posts = await bench.library.posts(others.slice(0, mostParted).map(({ id }) => id));
  const names: string[] = [];
  for (const one of posts) {
    const name = await nameOfPost(one, bench);
    if (name !== undefined && name !== own) names.push(name);
  }
  if (own === undefined || names.length === 0) return refused(to, namelessWords);
  const rulings = [...new Set(names)].map((name): StoryRuling => ({ kind: 'different', a: own, b: name }));
  return await take(rulings, lineIn(form, 'because'), bench, () => storyPathOf(posts[0], bench));
}

/** A group wrote what a post carries: one that was picked, or the name of another. */
export async function credit(form: Form, bench: Bench): Promise<Done> {
  const post = await postIn(form, 'item', bench);
  const to = await storyPathOf(post, bench);
  if (post === undefined) return refused(to, goneWords);
  const group = lineIn(form, 'name') || lineIn(form, 'group');
  if (group === '') return refused(to, 'Say which group wrote it. Nothing was changed.');
  const item = await nameOfPost(post, bench);
  if (item === undefined) return refused(to, namelessWords);
  return await take([{ kind: 'original', item, group }], lineIn(form, 'because'), bench, () =>
    storyPathOf(post, bench),
  );
}

/** Takes rulings back by their numbers. */
export async function undo(form: Form, bench: Bench): Promise<Done> {
  const page = /^[\w-]{1,80}$/.exec(form.get('page') ?? '')?.[0];
  const to = page === undefined ? 'log' : `story/${page}`;
  const numbers = (form.get('numbers') ?? '').split(' ').filter((number) => /^\d{1,15}$/.test(number));
  const lines: string[] = [];
  let undone = 0;
  for (const number of numbers.slice(0, mostParted)) {
    const ruling = await undoRuling(Number(number), bench);
    if (ruling !== undefined) undone++;
    lines.push(
      ruling === undefined
        ? `There is no ruling ${number} any more.`
        : `Taken back: ruling ${number} (${rulingLine(ruling.ruling)}).`,
    );
  }
  if (lines.length === 0) return refused(to, 'No ruling was named. Nothing was changed.');
  return undone > 0 ? done(to, lines) : already(to, lines.join(' '));
}

async function take(
  rulings: readonly StoryRuling[],
  because: string,
  bench: Bench,
  path: () => Promise<string>,
): Promise<Done> {
  const said = rulings.map((ruling, at) => ({ ruling, at: undefined, because, line: at + 1 }));
  const ruled = await ruleOnStories(said, false, bench);
  if (ruled.kind === 'refused') {
    const words = [...new Set(ruled.faults.map((fault) => fault.words))].join(' ');
    const there = await path();
    const refusal = refused(there, `${words} Nothing was changed.`);
    const [inTheWay] = ruled.faults.flatMap((fault) => undoneBy(fault.words) ?? []);
    if (inTheWay === undefined) return refusal;
    return { ...refusal, told: { ...refusal.told, undo: undoOf([inTheWay], there, `Undo ruling ${inTheWay}`) } };
  }
  const to = await path();
  const fresh = ruled.rulings.filter(({ isNew }) => isNew);
  const memories = await bench.library.memories();
  const tell = ({ number, ruling }: Taken): string =>
    `Ruling ${number}: ${rulingSentence(ruling, (key) => nameOfSource(key, bench.config, memories))}.`;
  if (fresh.length === 0) return already(to, `Said already. ${ruled.rulings.map(tell).join(' ')}`);
  return done(
    to,
    fresh.map(tell),
    undoOf(
      fresh.map(({ number }) => number),
      to,
    ),
  );
}

/** A button that takes back these rulings, and comes back to this page. */
function undoOf(numbers: readonly (number | string)[], to: string, label?: string): UndoForm {
  const page = to.replace(/^story\//, '');
  return {
    label: label ?? (numbers.length === 1 ? 'Undo this ruling' : 'Undo these rulings'),
    to: 'story/undo',
    fields: { numbers: numbers.join(' '), page },
  };
}
