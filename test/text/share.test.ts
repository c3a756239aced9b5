/** How much of a text another has, as readers are told it. */
import { expect, test } from 'vitest';
import { shareOf } from '../../src/text/share.ts';

test.each([
  ['54/54', 100],
  ['170/174', 100],
  ['109/116', 90],
  ['109/115', 90],
  ['1/300', 10],
  ['0/12', 0],
  ['3/0', 0],
  ['', 0],
])('%s', (quote, share) => {
  expect(shareOf(quote)).toBe(share);
});
