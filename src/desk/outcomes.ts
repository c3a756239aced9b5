/** What acts have in common: the post that a form means, the name it is ruled on by, and how an outcome is told. */
import type { Library } from '../library.ts';
import type { Config } from '../model.ts';
import { openDesk } from '../pass.ts';
import type { Post } from '../story-plan.ts';
import { lastingName } from '../story-rulings.ts';
import { titled } from '../telling/explain-story.ts';
import { nameOfSource } from '../telling/named.ts';
import type { Done } from './acts.ts';
import type { Form } from './requests.ts';
import type { UndoForm } from './sessions.ts';

interface Edges {
  readonly config: Config;
  readonly library: Library;
}

/** The post whose number a form has in this field; undefined where there is none. */
export async function postIn(form: Form, field: string, { library }: Edges): Promise<Post | undefined> {
  const written = form.get(field) ?? '';
  const [post] = /^\d{1,15}$/.test(written) ? await library.posts([Number(written)]) : [];
  return post;
}

/** By what a ruling may name a post, and commands know it; undefined where its address and guid are others' too. */
export async function nameOfPost(post: Post, { config, library }: Edges): Promise<string | undefined> {
  return await lastingName(post, await openDesk(config, library), library);
}

/** `“At the gate”, Harbour Watch`, by post. */
export async function namer({ config, library }: Edges): Promise<(post: Post) => string> {
  const memories = await library.memories();
  return ({ title, sourceKey }) => `${titled(title)}, ${nameOfSource(sourceKey, config, memories)}`;
}

/** The page of the story that a post belongs to by now: it may have moved to another one. */
export async function storyPathOf(post: Post | undefined, { library }: Edges): Promise<string> {
  const [now] = post === undefined ? [] : await library.posts([post.id]);
  return now === undefined ? 'stories' : `story/${now.storyUid}`;
}

export function done(to: string, lines: readonly string[], undo?: UndoForm): Done {
  return { to, told: { isRefused: false, lines, undo }, isChanged: true };
}

/** Nothing was written. */
export function refused(to: string, why: string): Done {
  return { to, told: { isRefused: true, lines: [why], undo: undefined }, isChanged: false };
}

/** Nothing was written, since it is so already: a form that was sent twice, or in two tabs. */
export function already(to: string, words: string): Done {
  return { to, told: { isRefused: false, lines: [words], undo: undefined }, isChanged: false };
}

export const goneWords = 'That post is not stored here any more. Nothing was changed.';
export const namelessWords =
  'This post has an address and a guid that others have too, so nothing can be ruled on it. Nothing was changed.';

/** A line of what a person has typed. */
export function lineIn(form: Form, field: string): string {
  return (form.get(field) ?? '').replace(/\s+/g, ' ').trim().slice(0, 1_000);
}
