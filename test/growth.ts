/** How the cost of work grows with its size, in CPU time of this process: what else the machine does counts little. */

/** Less than this is linear with noise; twice the size costs four times as much where work is quadratic. */
export const linear = 3;

const leastRounds = 3;
const mostRounds = 12;

/**
 * Other processes, the compiler and collections of garbage only ever add, to small work as to large: the least that each
 * was seen to take is nearest to its cost. Whoever is still over the limit after some rounds gets more, in case that was
 * noise; what is quadratic stays over it.
 * @param make what is worked on, of a size
 * @param size big enough that the work takes some milliseconds
 * @returns what twice the size costs, as a multiple: about 2 where cost is linear
 */
export function growth<Input>(make: (size: number) => Input, work: (input: Input) => unknown, size: number): number {
  const [small, large] = [make(size), make(2 * size)];
  work(small); // code is compiled by now
  const least = { small: Number.POSITIVE_INFINITY, large: Number.POSITIVE_INFINITY };
  const ratio = (): number => least.large / Math.max(least.small, 1_000);
  for (let round = 0; round < leastRounds || (ratio() >= linear && round < mostRounds); round++) {
    least.small = Math.min(
      least.small,
      cpuOf(() => work(small)),
    );
    least.large = Math.min(
      least.large,
      cpuOf(() => work(large)),
    );
  }
  return ratio();
}

/** Microseconds. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
