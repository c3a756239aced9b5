/** What the maintainer has said of items, by address or guid → the stored items that is meant of. */
import type { Original } from '../model.ts';
import type { Shelf } from '../story-plan.ts';
import type { Directory } from './directory.ts';

export interface RuledPairs {
  readonly same: readonly (readonly [number, number])[];
  readonly different: readonly (readonly [number, number])[];
  /** Who wrote the story that an item stands in. */
  readonly originals: ReadonlyMap<number, Original>;
}

/** A ruling on an item that is not stored (yet, or any more) is kept, and says nothing meanwhile. */
export async function resolveRulings(shelf: Shelf, directory: Directory): Promise<RuledPairs> {
  const rulings = await shelf.rulings();
  if (rulings.length === 0) return { same: [], different: [], originals: new Map() };
  const names = rulings.flatMap((one) =>
    one.kind === 'alias' ? [] : one.kind === 'original' ? [one.item] : [one.a, one.b],
  );
  const ids = shelf.named(names);
  const same: (readonly [number, number])[] = [];
  const different: (readonly [number, number])[] = [];
  const originals = new Map<number, Original>();
  for (const ruling of rulings) {
    if (ruling.kind === 'alias') continue;
    if (ruling.kind === 'original') {
      const sourceKey = directory.byName(ruling.group);
      const original: Original = { kind: 'elsewhere', sourceKey, name: ruling.group, url: undefined };
      for (const id of ids.get(ruling.item) ?? []) originals.set(id, original);
      continue;
    }
    const list = ruling.kind === 'same' ? same : different;
    for (const a of ids.get(ruling.a) ?? []) for (const b of ids.get(ruling.b) ?? []) if (a !== b) list.push([a, b]);
  }
  return { same, different, originals };
}
