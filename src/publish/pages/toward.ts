/** Which pages of many are named on one of them. Pure. */

/** So many are named all. */
const few = 12;

/**
 * The first, the last, the nearest, and those ten, a hundred, a thousand … pages on: of three thousand, named each on each, the numbers
 * alone would be nine million links, and more of a page than what it is about.
 * @returns numbers from 1 on, by size; any page is a few steps from any other
 */
export function pagesToward({ page, of }: { readonly page: number; readonly of: number }): readonly number[] {
  if (of <= few) return Array.from({ length: of }, (_, at) => at + 1);
  const steps = [1, 2];
  for (let step = 10; step < of; step *= 10) steps.push(step);
  const near = steps.flatMap((step) => [page - step, page + step]);
  const numbers = new Set([1, page, of, ...near.filter((number) => number > 1 && number < of)]);
  return [...numbers].sort((a, b) => a - b);
}
