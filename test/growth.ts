/** How the cost of work grows with its size, in CPU time of this process: what else the machine does counts little. */

/** Less than this is linear with noise; twice the size costs four times as much where work is quadratic. */
export const linear = 3;

/**
 * @param make what is worked on, of a size
 * @param size big enough that the work takes some milliseconds
 * @returns what twice the size costs, as a multiple: about 2 where cost is linear
 */
export function growth<Input>(make: (size: number) => Input, work: (input: Input) => unknown, size: number): number {
  const [small, large] = [make(size), make(2 * size)];
  work(small); // code is compiled by now
  const ratios = Array.from({ length: 3 }, () => {
    const first = cpuOf(() => work(small));
    return cpuOf(() => work(large)) / Math.max(first, 1_000);
  });
  return Math.min(...ratios);
}

/** Microseconds. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
