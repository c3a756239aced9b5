/** What another Relais says in a member of its own (`_relais`, docs/feeds.md), since JSON Feed has no word for it. */
import type { DeletedEntry, Entry, Link } from '../model.ts';
import { addressIn, isObject, type Json, listIn, member, textIn } from './json-members.ts';
import { mostDeleted } from './xml/atom.ts';
import { plainOf } from './xml/constructs.ts';
import type { Scope } from './xml/node.ts';
import { addressOf } from './xml/parts.ts';

/** JSON Feed has no word for it: what a relay like ours writes in a member of its own, as RFC 6721 means it. */
export function deletedIn(root: Json): readonly DeletedEntry[] {
  const own = member(root, '_relais');
  const listed = isObject(own) ? listIn(own, 'deleted') : [];
  return listed.slice(0, mostDeleted).flatMap((one) => {
    const guid = isObject(one) ? textIn(one, 'id') : undefined;
    if (!isObject(one) || guid === undefined || guid === '') return [];
    return [{ guid, whenText: textIn(one, 'when'), because: undefined }];
  });
}

/** JSON Feed names no generator. */
export function isOfRelais(item: unknown): boolean {
  const own = isObject(item) ? member(item, '_relais') : undefined;
  return isObject(own) && textIn(own, 'credit') !== undefined;
}

/** JSON Feed has no word for it: whose a text is as another Relais says (`_relais.original`), unless it only guesses. */
export function sourceIn(item: Json, scope: Scope): Entry['source'] {
  const part = (of: unknown, name: string): Json => {
    const value = isObject(of) ? member(of, name) : undefined;
    return isObject(value) ? value : {};
  };
  const own = member(item, '_relais');
  const original = part(own, 'original');
  if (member(original, 'guessed') === true) return undefined;
  const title = plainOf(textIn(original, 'group') ?? '', 300);
  const home = addressOf(addressIn(original, 'home'), scope);
  const feedUrl = addressOf(addressIn(part(own, 'source'), 'url'), scope);
  return title === undefined && home === undefined && feedUrl === undefined ? undefined : { title, feedUrl, home };
}

/** JSON Feed has no word for it: who has passed it on, as another Relais says (`_relais.reposts`), unless it only guesses. */
export function repostsIn(item: Json): readonly Json[] {
  const own = member(item, '_relais');
  const original = isObject(own) ? member(own, 'original') : undefined;
  if (!isObject(own) || (isObject(original) && member(original, 'guessed') === true)) return [];
  return listIn(own, 'reposts').filter(isObject);
}

export function viaOf(scope: Scope): (repost: Json) => Link | undefined {
  return (repost) => {
    const href = addressOf(addressIn(repost, 'url'), scope);
    return href === undefined ? undefined : { href, rel: 'via', title: textIn(repost, 'group') };
  };
}
