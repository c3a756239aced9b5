/**
 * Items that are new, have changed or are to be looked at again → the stories they belong to. What is known around them is
 * read, each pair is decided by itself (relate.ts), and from all pairs that hang together the stories are made anew
 * (cluster.ts, attribute.ts): so a late original, a name learned or a ruling comes to the same as if it had been there first.
 */
import type { Going, Shelf, Standing, StoriesPlan } from '../story-plan.ts';
import { compareAnew, decideAgain } from './compare.ts';
import type { Directory } from './directory.ts';
import { storiesOf } from './gather.ts';
import { comeAgain } from './returning.ts';

/** Items whose surroundings are read at once. */
const batch = 100;

/** What decisions about stories need to know of groups. */
export interface Groups {
  readonly directory: Directory;
  /** Anybody may post there. */
  readonly isOpen: (sourceKey: string) => boolean;
  /** What a person calls it. */
  readonly nameOf: (sourceKey: string) => string;
  /** Where it takes a text back, what others have reposted of that stays. */
  readonly keepsReposts: (sourceKey: string) => boolean;
}

/**
 * @param touched ids of stored items, those withdrawn included
 * @param shelf the store, inside the transaction that will carry the plan out; what is known of pairs is written at once
 */
export async function settle(touched: readonly number[], shelf: Shelf, groups: Groups): Promise<StoriesPlan> {
  const ends = new Set(touched);
  const known = new Map<number, Standing>();
  const again: Going[] = [];
  for (let at = 0; at < touched.length; at += batch) {
    const compared = await compareAnew(touched.slice(at, at + batch), shelf, groups);
    const items = [...compared.items];
    for (const one of items) known.set(one.id, one);
    for (const [id, before] of await comeAgain(items, compared.before, shelf, groups)) {
      const one = known.get(id);
      if (one === undefined) continue;
      const by = before.takenBackBy === 'source' ? 'source' : 'maintainer';
      const { sourceKey } = one;
      known.set(id, { ...one, isWithdrawn: true, takenBackBy: by, wentWith: before.id });
      const source = groups.nameOf(sourceKey);
      again.push({ itemId: id, sourceKey, source, wentWith: before.id, by, how: 'again' });
    }
  }
  for (const id of shelf.joinedOrParted()) ends.add(id);
  const plan = await storiesOf([...ends], known, shelf, groups);
  return { ...plan, going: [...again, ...plan.going] };
}

/** Items some of whose passages count for nothing any more → the stories that come of that. @param doubtful their ids */
export async function tellAgain(doubtful: readonly number[], shelf: Shelf, groups: Groups): Promise<StoriesPlan> {
  const read = await decideAgain(doubtful, shelf, groups);
  return await storiesOf(shelf.joinedOrParted(), new Map(read.map((one) => [one.id, one])), shelf, groups);
}
