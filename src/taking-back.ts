/**
 * What the maintainer takes back, and lets in again: named as `relais rule` takes names, and done in one transaction that needs
 * no lease, so that it works beside a run that is under way. Told in calls.
 */
import type { LogEntry } from './model.ts';
import { openDesk } from './pass.ts';
import type { Post } from './story-plan.ts';
import { type Bench, postsNamed } from './story-rulings.ts';

/** Posts as they were before, for their titles. */
export type TakenBack =
  | {
      readonly kind: 'done';
      readonly posts: readonly Post[];
      readonly alongside: readonly Post[];
      /** In the same story, and seen by readers as before. */
      readonly left: readonly Post[];
      /** Of other stories, seen as before: round-ups in which it stands, and the same in another language. */
      readonly elsewhere: readonly Post[];
    }
  /** Nothing was written. */
  | { readonly kind: 'refused' | 'already'; readonly why: string };

type Said = Pick<LogEntry, 'who' | 'because'>;

/** Takes back what a name means; of a story page the author's own post, or all of them where that is not here. */
export async function takeBack(name: string, { who, because }: Said, bench: Bench): Promise<TakenBack> {
  const { config, library, now } = bench;
  const desk = await openDesk(config, library);
  const named = await postsNamed(name, desk, library);
  if ('why' in named) return { kind: 'refused', why: named.why };
  const stories = await library.stories([...new Set(named.map(({ storyId }) => storyId))]);
  const before = await library.posts(stories.flatMap(({ items }) => items.map(({ id }) => id)));
  const elsewhere = await told(
    stories.map(({ id }) => id),
    bench,
  );
  const orders = named.map(({ id }) => ({ itemId: id, by: 'maintainer', who, because }) as const);
  const { items, alongside } = await library.withdraw(orders, desk.settle, now);
  if (items.length === 0)
    return { kind: 'already', why: `${name} was taken back before. What you say of it is in the log.` };
  const after = await library.stories([...new Set(named.map(({ storyId }) => storyId))]);
  const seen = new Set(
    after.flatMap((one) => one.items.filter((item) => item.withdrawn === undefined)).map(({ id }) => id),
  );
  const among = (ids: readonly number[]): readonly Post[] => before.filter(({ id }) => ids.includes(id));
  return {
    kind: 'done',
    posts: among(items),
    alongside: among(alongside),
    left: before.filter(({ id }) => seen.has(id)),
    elsewhere,
  };
}

export type LetIn =
  | {
      readonly kind: 'done';
      readonly shown: readonly Post[];
      /** Their words are gone: they come back when their sources list them. */
      readonly awaited: readonly Post[];
    }
  | { readonly kind: 'refused' | 'already'; readonly why: string };

/** One post of each other story that carries the words of these, or says them in another language. */
async function told(stories: readonly number[], { library }: Bench): Promise<readonly Post[]> {
  const links = [...(await library.links(stories)).values()].flat();
  const translations = [...(await library.translationsOf(stories)).values()].flat();
  const others = new Set([
    ...links.filter(({ kind, holds }) => kind === 'includes' && !holds).map(({ story }) => story),
    ...translations,
  ]);
  const records = await library.stories([...others].filter((id) => !stories.includes(id)));
  const shown = records.flatMap(({ items }) => items.find(({ withdrawn }) => withdrawn === undefined) ?? []);
  return await library.posts(shown.map(({ id }) => id));
}

/** Undoes `takeBack`, and what sources have taken back or listed again. */
export async function letInAgain(name: string, said: Said, bench: Bench): Promise<LetIn> {
  const { config, library, now } = bench;
  const desk = await openDesk(config, library);
  const named = await postsNamed(name, desk, library);
  if ('why' in named) return { kind: 'refused', why: named.why };
  const ids = named.map(({ id }) => id);
  const { shown, awaited } = await library.restoreItems(ids, said, desk.settle, now);
  if (shown.length + awaited.length === 0) return { kind: 'already', why: `${name} is not taken back.` };
  return { kind: 'done', shown: await library.posts(shown), awaited: await library.posts(awaited) };
}
