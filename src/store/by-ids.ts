/**
 * Statements that are asked for the rows of some ids. Most are asked for one, and then taking a list apart costs as much as all
 * the rest: so each is prepared for one id and for many.
 */
import type { Awaitable } from '../text/awaitable.ts';
import { type Engine, numbersIn } from './engine.ts';

/**
 * @param statement from a condition that stands behind a column of ids
 * @returns the rows of these ids; of an id that stands there twice, once
 */
export function byIds<Row>(
  engine: Engine,
  statement: (among: string) => string,
): (ids: readonly number[]) => Awaitable<readonly Row[]> {
  const ofOne = engine.prepare<Row>(statement('= ?'));
  const ofMany = engine.prepare<Row>(statement(`in ${numbersIn}`));
  return (ids) => {
    const [first] = ids;
    if (first === undefined) return [];
    return ids.length === 1 ? ofOne.all(first) : ofMany.all(JSON.stringify(ids));
  };
}
