/** Whoever names thousands of pages, and has as many, holds up nobody who compares them. */
import { test } from 'vitest';
import type { ItemKey } from '../../src/refresh-plan.ts';
import { emptyImprint } from '../../src/store/imprints.ts';
import { openDirectory } from '../../src/stories/directory.ts';
import { tiesOf } from '../../src/stories/ties.ts';
import type { Compared } from '../../src/story-plan.ts';
import { expectLinear } from '../expect-linear.ts';
import { standing } from './builders.ts';

const directory = openDirectory([], []);

/** @param id whose pages are called by it */
function naming(id: number, count: number): Compared {
  const keys = Array.from({ length: count }, (_, at): ItemKey[] => [
    { kind: 'url', key: `${id}.example/${at}` },
    { kind: 'cite', key: `elsewhere${id}.example/${at}` },
    { kind: 'alternate', key: `elsewhere${id}.example/${at}` },
  ]);
  return { ...standing(id), keys: keys.flat(), imprint: emptyImprint };
}

test('as long as there are pages, and no longer', async () => {
  await expectLinear<readonly [Compared, Compared]>(
    ([a, b]) => tiesOf(a, b, () => false, directory),
    5_000,
    (count) => [naming(1, count), naming(2, count)],
  );
});
