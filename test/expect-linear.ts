/** Does the cost of a piece of work grow with its size, or with the square of it? Counted in CPU time, so that a busy machine tells the same. */
import { existsSync, readFileSync } from 'node:fs';

/** Four times the size costs four times as much; sixteen times where the cost is quadratic. */
const factor = 4;
const limit = 9;
/** What a tick of the clock or a collection of garbage may add, in ms. */
const noise = 8;
const attempts = 8;

/**
 * Passes where the work is linear. Other processes, the compiler and collections of garbage only ever add, to small work
 * as to large, so the least that each was seen to take is nearest to its cost; quadratic work stays over the limit
 * however often it is asked.
 * @param size at which the work takes some ten ms
 * @param make what is worked on, of a size; making it is not counted. Without it the work is given the size itself
 */
export async function expectLinear<Input = number>(
  work: (input: Input) => unknown,
  size: number,
  ...[make]: number extends Input ? [make?: (size: number) => Input] : [make: (size: number) => Input]
): Promise<void> {
  const [few, many] = [size, size * factor].map((one) => make?.(one) ?? (one as Input)) as [Input, Input];
  const readings: string[] = [];
  await work(few); // not compiled yet, small work takes as long as large
  let [small, large] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let attempt = 0; attempt < attempts; attempt++) {
    small = Math.min(small, await cpuOf(() => work(few)));
    large = Math.min(large, await cpuOf(() => work(many)));
    if ((large + noise) / (small + noise) < limit) return;
    readings.push(`${small.toFixed(0)} → ${large.toFixed(0)} ms`);
  }
  throw new Error(`${factor} times the size costs more than ${limit} times as much: ${readings.join(', ')}`);
}

async function cpuOf(work: () => unknown): Promise<number> {
  const start = cpuMs();
  await work();
  return cpuMs() - start;
}

const told = '/proc/thread-self/schedstat';
const isTold = existsSync(told);

/**
 * What this thread has had of a processor, in ms; where the system does not tell that, all threads of the process: in one that holds half a
 * gigabyte, as after three hundred files of tests, those that collect garbage take more than most work that is measured.
 */
export function cpuMs(): number {
  if (isTold) return Number(readFileSync(told, 'utf8').split(' ', 1)[0]) / 1e6;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
