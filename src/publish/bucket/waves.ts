/**
 * Work on files of the site, as many at once as a bucket bears, in the order in which readers may meet them: what links to others
 * begins only when all that it may link to is done.
 */
import { type Laid, rankOf } from '../order.ts';

/** Requests under way at the same time: a bucket is far, and bears more. */
const atOnce = 16;

/**
 * @param order `last first` for what is taken away
 * @throws what a task throws first; then those under way have ended, and no other was begun
 */
export async function inWaves<T extends Laid>(
  all: readonly T[],
  order: 'first first' | 'last first',
  task: (one: T) => Promise<void>,
): Promise<void> {
  const waves = new Map<string, T[]>();
  const sorted = [...all].sort((a, b) => byWave(a, b));
  if (order === 'last first') sorted.reverse();
  for (const one of sorted) {
    const name = waveOf(one).join(' ');
    const wave = waves.get(name);
    if (wave === undefined) waves.set(name, [one]);
    else wave.push(one);
  }
  for (const wave of waves.values()) await atMost(atOnce, wave, task);
}

/** New or not, rank, and how deep: of pages of one rank the deeper come first. */
function waveOf({ path, isNew }: Laid): readonly [number, number, number] {
  return [isNew ? 0 : 1, rankOf(path), -path.split('/').length];
}

function byWave(one: Laid, other: Laid): number {
  const [a, b] = [waveOf(one), waveOf(other)];
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || (one.path < other.path ? -1 : 1);
}

/** @throws what a task throws first; then those under way have ended, and no other was begun */
export async function atMost<T>(most: number, all: readonly T[], task: (one: T) => Promise<void>): Promise<void> {
  const rest = all.values(); // one for all turns: each takes the next
  let failure: { readonly error: unknown } | undefined;
  const takeTurns = async (): Promise<void> => {
    for (const one of rest) {
      if (failure !== undefined) return;
      try {
        await task(one);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, all.length) }, takeTurns));
  if (failure !== undefined) throw failure.error;
}
