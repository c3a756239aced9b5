/** In which order and in how many visits labelled posts arrive: what they come to should not depend on it. Pure. */
import { diceOf } from '../test/dice.ts';
import type { Post } from './labelled-posts.ts';

const usualBatches = 10;

/** A date of missing precision stands before all that it may mean; undated posts come last. */
function byDate(one: Post, other: Post): number {
  const [a, b] = [one.date ?? '9999', other.date ?? '9999'];
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * @param order undefined for all at once; else words separated by commas: `date`, `reverse` or `shuffle:SEED`, and
 *   `batches:N`, ten when nothing is said. `batches:N` alone goes by date
 * @returns one list for each visit, none of them empty
 * @throws RangeError for any other word
 */
export function arrivals(posts: readonly Post[], order: string | undefined): (readonly Post[])[] {
  if (order === undefined) return posts.length === 0 ? [] : [posts];
  let sorted = [...posts].sort(byDate);
  let batches = usualBatches;
  for (const word of order.split(',')) {
    const [name, value] = word.split(':');
    const count = Number(value);
    if (word === 'reverse') sorted = sorted.reverse();
    else if (name === 'shuffle' && Number.isSafeInteger(count)) sorted = diceOf(count).shuffle(sorted);
    else if (name === 'batches' && Number.isSafeInteger(count) && count > 0) batches = count;
    else if (word !== 'date')
      throw new RangeError(`${word} is no order: date, reverse, shuffle:SEED or batches:N, separated by commas`);
  }
  const size = Math.max(1, Math.ceil(sorted.length / batches));
  return Array.from({ length: Math.ceil(sorted.length / size) }, (_, at) => sorted.slice(at * size, (at + 1) * size));
}
