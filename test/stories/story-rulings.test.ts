/** Which stored items a ruling is about. */
import { expect, test } from 'vitest';
import { openDirectory } from '../../src/stories/directory.ts';
import { ruledItems } from '../../src/stories/story-rulings.ts';
import type { KeptRuling, NamedItem } from '../../src/story-plan.ts';
import { source } from './builders.ts';

const gate = source('https://gate.example/feed', { name: 'Open Gate' });
const stranger = source('https://stranger.example/feed', { name: 'Stranger' });
const another = source('https://another.example/feed', { name: 'Another' });
const directory = openDirectory([gate, stranger, another], []);
const spokenAt = 1_000;
const unowned = 'https://leaflets.example/7';
const owned = 'https://gate.example/7';

function ruled(name: string, then: readonly NamedItem[], now: readonly NamedItem[]): readonly number[] {
  const ruling = { kind: 'original', item: name, group: 'Open Gate' } as const;
  const kept: KeptRuling = { id: 1, ruling, at: spokenAt, because: '', holders: [then], against: undefined };
  return ruledItems(kept, new Map([[name, now]]), directory)[0] ?? [];
}

function post(id: number, { key }: { readonly key: string }, seen: number): NamedItem {
  return { id, sourceKey: key, storyId: id, seen };
}

const first = post(1, gate, 500);
const edited = post(2, stranger, 600);
const later = post(3, another, 2_000);

test('what had the name when the maintainer spoke, under whatever name now, and what its group brings under it later', () => {
  expect(ruled(unowned, [first], [])).toEqual([1]);
  expect(ruled(unowned, [first], [first, post(4, gate, 2_000), later])).toEqual([1, 4]);
});

test('what comes later, where nobody had the name', () => {
  expect(ruled(unowned, [], [later])).toEqual([3]);
});

test('not an older post of a stranger that is edited to carry it, whoever else has it', () => {
  expect(ruled(unowned, [], [edited])).toEqual([]);
  expect(ruled(unowned, [], [edited, later])).toEqual([3]);
  expect(ruled(unowned, [first], [first, edited])).toEqual([1]);
});

test('an older post of the group whose address it is', () => {
  expect(ruled(owned, [], [edited, first])).toEqual([1]);
});
