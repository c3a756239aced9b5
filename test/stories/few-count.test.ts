/** Whether few fingerprints count in a text, told after a few of them: the same as when all are looked at. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countsFewer, uncountedIn } from '../../src/stories/stop-prints.ts';
import type { StopScope } from '../../src/story-plan.ts';

const own = 'quay.example/feed';

/** What counts for nothing: in this source's texts, in all, in another source's alone, or nowhere. */
const scopes: readonly (StopScope | undefined)[] = [
  { isEverywhere: false, sources: new Set([own]) },
  { isEverywhere: true, sources: new Set() },
  { isEverywhere: true, sources: new Set([own]) },
  { isEverywhere: false, sources: new Set(['phone.example/feed']) },
  undefined,
];

test('as many count as are left when those that do not are taken away', () => {
  const kinds = fc.array(fc.constantFrom(...scopes.keys()), { maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(kinds, fc.nat(8), fc.nat(30), (drawn, favoured, than) => {
      // Texts that are hardly anything but boilerplate are their own case, and chance hardly ever makes one.
      const made = favoured < 3 ? drawn.map((kind, at) => (at % 6 === 0 ? kind : 1)) : drawn;
      const prints = Int32Array.from(made, (_, at) => at * 1_000 - 20_000);
      const stopped = new Map([...prints].map((print, at) => [print, scopes[made[at] ?? 4]]));
      const left = prints.length - uncountedIn({ sourceKey: own, imprint: { ...blank, prints } }, stopped).size;
      const text = { id: 1, sourceKey: own, published: undefined, sorted: prints, title: [] };
      expect(countsFewer(text, stopped, than)).toBe(left < than);
    }),
    { numRuns: 3_000 },
  );
});

const blank = { title: [], days: [], media: [], names: [], isCut: false };
