/** Taking a text back, and letting it in again: what `relais withdraw` and `relais restore-item` do. */
import type { Post } from '../story-plan.ts';
import { letInAgain, takeBack } from '../taking-back.ts';
import type { Bench, Done } from './acts.ts';
import {
  already,
  done,
  goneWords,
  lineIn,
  namelessWords,
  nameOfPost,
  namer,
  postIn,
  refused,
  storyPathOf,
} from './outcomes.ts';
import type { Form } from './requests.ts';

export async function withdraw(form: Form, bench: Bench): Promise<Done> {
  const post = await postIn(form, 'item', bench);
  const to = await storyPathOf(post, bench);
  if (post === undefined) return refused(to, goneWords);
  const because = lineIn(form, 'because');
  if (because === '') return refused(to, 'Say why, for the log. Nothing was changed.');
  const name = await nameOfPost(post, bench);
  if (name === undefined) return refused(to, namelessWords);
  const nameOf = await namer(bench);
  const taken = await takeBack(name, { who: bench.who, because }, bench);
  if (taken.kind !== 'done') return taken.kind === 'already' ? already(to, taken.why) : refused(to, taken.why);
  const { posts, alongside, left, elsewhere } = taken;
  const lines = [
    ...posts.map((one) => `Withdrawn: ${nameOf(one)}.`),
    ...listed('With it go, as reposts of it or its group’s copies in other feeds:', alongside, nameOf),
    ...listed('Carried by others on their own, and still shown:', left, nameOf),
    ...listed('It also stands in, or is told in another language by, and these stay:', elsewhere, nameOf),
    'Its words leave the database and its copies with the next night’s work. Until then this can be undone in full.',
  ];
  return done(to, lines, { label: 'Let it in again', to: 'story/restore', fields: { item: String(post.id) } });
}

export async function restore(form: Form, bench: Bench): Promise<Done> {
  const post = await postIn(form, 'item', bench);
  const to = await storyPathOf(post, bench);
  if (post === undefined) return refused(to, goneWords);
  const name = await nameOfPost(post, bench);
  if (name === undefined) return refused(to, namelessWords);
  const nameOf = await namer(bench);
  const back = await letInAgain(name, { who: bench.who, because: lineIn(form, 'because') }, bench);
  if (back.kind !== 'done') return back.kind === 'already' ? already(to, back.why) : refused(to, back.why);
  const waits = 'Their words are gone; they come back with the next visit if their feeds still list them:';
  return done(await storyPathOf(post, bench), [
    ...back.shown.map((one) => `Shown again: ${nameOf(one)}.`),
    ...listed(waits, back.awaited, nameOf),
  ]);
}

function listed(heading: string, posts: readonly Post[], nameOf: (post: Post) => string): string[] {
  return posts.length === 0 ? [] : [`${heading} ${posts.map(nameOf).join('; ')}.`];
}
