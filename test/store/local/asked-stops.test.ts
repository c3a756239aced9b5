/** What is remembered of stops says what was said of each fingerprint last, or nothing. */
import { expect, test } from 'vitest';
import { notStopped, openAskedStops } from '../../../src/store/asked-stops.ts';
import type { StopScope } from '../../../src/story-plan.ts';
import { diceOf } from '../../dice.ts';

const scopes: readonly StopScope[] = [
  notStopped,
  { isEverywhere: true, sources: new Set() },
  { isEverywhere: false, sources: new Set(['a.example/feed']) },
  { isEverywhere: true, sources: new Set(['a.example/feed', 'b.example/feed']) },
];

test('as a map would, for as many as come', () => {
  const dice = diceOf(7);
  const asked = openAskedStops();
  const known = new Map<number, StopScope>();
  let remembered = 0;
  for (let round = 0; round < 400_000; round++) {
    const print = Math.imul(dice.roll(300_000) - 150_000, 0x9e3779b1) | 0;
    const said = asked.get(print);
    if (said !== undefined) {
      remembered++;
      if (said !== known.get(print)) expect(said).toEqual(known.get(print));
    }
    if (dice.chance(0.1)) {
      asked.delete(print);
      known.delete(print);
      expect(asked.get(print)).toBeUndefined();
    } else {
      const scope = dice.pick(scopes);
      asked.set(print, scope);
      known.set(print, scope);
      if (asked.get(print) !== scope) expect(asked.get(print)).toEqual(scope);
    }
  }
  expect(remembered).toBeGreaterThan(50_000);
  asked.clear();
  expect([...known.keys()].filter((print) => asked.get(print) !== undefined)).toEqual([]);
});
