/**
 * Fingerprints of items that no segment of the index holds yet, in memory: a hash table with open addressing in which one
 * fingerprint may stand many times. Nothing leaves it alone; it is emptied when its items have become a segment. One for the
 * whole life of an index: what V8 has learned of its functions it would have to learn anew of each other.
 */

export interface FreshPrints {
  /** How many fingerprints have been added. */
  readonly size: () => number;
  readonly add: (item: number, period: number, prints: Int32Array) => void;
  readonly clear: () => void;
  /** Whether any item but this one was added with the fingerprint. */
  readonly hasBeside: (item: number, print: number) => boolean;
  /** @param met called with each item that was added with this fingerprint, and its period */
  readonly find: (print: number, met: (item: number, period: number) => void) => void;
}

/** Part of the slots that may be taken: some beyond the half, so that room for a number has room for the item that reaches it. */
const fullest = 0.6;

export function openFreshPrints(): FreshPrints {
  const items: number[] = [];
  const periods: number[] = [];
  let prints = new Int32Array(1_024);
  /** Place in `items`, from 1; 0 where a slot is empty. */
  let owners = new Int32Array(prints.length);
  let size = 0;

  const put = (print: number, owner: number): void => {
    const mask = prints.length - 1;
    let at = slotOf(print, mask);
    while (owners[at] !== 0) at = (at + 1) & mask;
    prints[at] = print;
    owners[at] = owner;
  };
  const grow = (): void => {
    const [oldPrints, oldOwners] = [prints, owners];
    prints = new Int32Array(oldPrints.length * 2);
    owners = new Int32Array(prints.length);
    for (const [at, owner] of oldOwners.entries()) if (owner !== 0) put(oldPrints[at] ?? 0, owner);
  };
  return {
    size: () => size,
    add(item, period, added) {
      items.push(item);
      periods.push(period);
      size += added.length;
      while (size > prints.length * fullest) grow();
      for (const print of added) put(print, items.length);
    },
    clear() {
      items.length = 0;
      periods.length = 0;
      owners.fill(0);
      size = 0;
    },
    hasBeside(item, print) {
      const mask = prints.length - 1;
      for (let at = slotOf(print, mask); owners[at] !== 0; at = (at + 1) & mask)
        if (prints[at] === print && items[(owners[at] ?? 0) - 1] !== item) return true;
      return false;
    },
    find(print, met) {
      const mask = prints.length - 1;
      for (let at = slotOf(print, mask); owners[at] !== 0; at = (at + 1) & mask) {
        if (prints[at] !== print) continue;
        const owner = (owners[at] ?? 0) - 1;
        met(items[owner] ?? 0, periods[owner] ?? 0);
      }
    },
  };
}

/** Where a table with open addressing looks for a fingerprint first. @param mask its slots less one, a power of two less one */
export function slotOf(print: number, mask: number): number {
  const mixed = Math.imul(print ^ (print >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) & mask;
}

/** Fingerprints as they are stored. */
export function printsIn(bytes: Buffer): Int32Array {
  return new Int32Array(new Uint8Array(bytes).buffer); // a Buffer may begin anywhere
}
