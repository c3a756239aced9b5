/** What the database says of posts → what the scorer reads: a story and an original for each, groups by their labels' ids. Pure. */
import { foldWords } from '../src/stories/folding.ts';
import { hostOf } from '../src/text/url.ts';
import type { Post } from './labelled-posts.ts';
import type { Elsewhere, Told } from './told-stories.ts';

/** A line of predictions: the names are the scorer's. */
export interface Prediction {
  readonly id: string;
  readonly story_id: string;
  /** Id of a post; its own where it is no repost; `ext:` and a group where the original is no post. */
  readonly origin_id: string;
}

/**
 * Stories linked as translations count as one, as the labels have it; where dates alone would have to guess, nobody is credited.
 * @param posts those that are scored
 * @param groupIds how the labels call groups, those included that no post is of: for spelling what a credit names, alone
 */
export function predictionsOf(
  posts: readonly Post[],
  told: ReadonlyMap<string, Told>,
  groupIds: readonly string[],
): Prediction[] {
  const spell = speller(posts, groupIds);
  return posts.flatMap(({ id, group }) => {
    const one = told.get(id);
    if (one === undefined) return [];
    return [{ id, story_id: String(one.family), origin_id: originOf(one, id, group, spell) }];
  });
}

type Spell = (elsewhere: Elsewhere) => string;

function originOf(one: Told, id: string, group: string, spell: Spell): string {
  // "First seen at" credits nobody, and who signs with others has not taken it from them.
  if (one.isGuess || one.isCoAuthors) return id;
  if (one.original !== undefined) return one.original;
  if (one.elsewhere === undefined) return id;
  const author = spell(one.elsewhere);
  // An original of this very group that is no post: nobody else is credited.
  return author === group ? id : `ext:${author}`;
}

/** Spaces, marks, dots and case apart: `Corporate Watch` is `corporatewatch`. */
function compact(name: string): string {
  return foldWords(name).join('');
}

function speller(posts: readonly Post[], groupIds: readonly string[]): Spell {
  const bySite = new Map(
    posts.map(({ site, group }) => [hostOf(`https://${site.replace(/^https?:\/\//i, '')}`) ?? site, group]),
  );
  const byName = new Map(groupIds.map((id) => [compact(id), id]));
  return ({ group, name, url }) => {
    const host = url === undefined ? undefined : hostOf(url);
    const hostWithoutEnd = host?.replace(/\.[a-z]+$/, '');
    const known = [name, host, hostWithoutEnd, host?.split('.')[0]].map((one) => byName.get(compact(one ?? '')));
    return (
      group ?? bySite.get(host ?? '') ?? known.find((one) => one !== undefined) ?? compact(name ?? host ?? 'unknown')
    );
  };
}
