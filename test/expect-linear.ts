/** Does the cost of a piece of work grow with its size, or with the square of it? Counted in CPU time, so that a busy machine tells the same. */

/** Four times the size costs four times as much; sixteen times where the cost is quadratic. */
const factor = 4;
const limit = 9;
/** What a tick of the clock or a collection of garbage may add, in ms. */
const noise = 8;

/**
 * Passes where the work is linear. Other processes and collections of garbage only ever add, so one good reading of five
 * is proof; quadratic work gives none.
 * @param size at which the work takes some ten ms
 */
export async function expectLinear(work: (size: number) => unknown, size: number): Promise<void> {
  const readings: string[] = [];
  for (let attempt = 0; attempt < 5; attempt++) {
    const small = await cpuOf(() => work(size));
    const large = await cpuOf(() => work(size * factor));
    if ((large + noise) / (small + noise) < limit) return;
    readings.push(`${small.toFixed(0)} → ${large.toFixed(0)} ms`);
  }
  throw new Error(`${factor} times the size costs more than ${limit} times as much: ${readings.join(', ')}`);
}

async function cpuOf(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
