/** Postings of the index as plain arrays: sorted, merged, cut into chunks, and as the bytes of a chunk. */

/** Two arrays side by side, by key, then in no order that means anything. */
export interface Postings {
  readonly keys: Uint32Array;
  readonly items: Uint32Array;
}

/** @param owners of each fingerprint key: which items have it */
export function sortPostings(owned: readonly { readonly item: number; readonly keys: Uint32Array }[]): Postings {
  const total = owned.reduce((sum, { keys }) => sum + keys.length, 0);
  // A key and whose it is in one number, below 2⁵³: sorting numbers needs no comparing function.
  const packed = new Float64Array(total);
  let at = 0;
  for (let owner = 0; owner < owned.length; owner++) {
    const { keys } = owned[owner] ?? nothing;
    for (let place = 0; place < keys.length; place++) packed[at++] = (keys[place] ?? 0) * mostOwners + owner;
  }
  packed.sort();
  const postings = room(total);
  for (let place = 0; place < total; place++) {
    const one = packed[place] ?? 0;
    const key = Math.floor(one / mostOwners);
    postings.keys[place] = key;
    postings.items[place] = owned[one - key * mostOwners]?.item ?? 0;
  }
  return postings;
}

const nothing = { keys: new Uint32Array(0) };
/** Items whose postings are sorted at once. */
const mostOwners = 2 ** 20;

/** What no key reaches. */
const beyond = 2 ** 32;

/** Many sorted runs become one, what stands in two of them once. Linear, but for how many runs there are. */
export function mergePostings(runs: readonly Postings[]): Postings {
  const merged = room(runs.reduce((sum, { keys }) => sum + keys.length, 0));
  const heads = new Uint32Array(runs.length);
  const fronts = Float64Array.from(runs, ({ keys }) => keys[0] ?? beyond);
  let length = 0;
  let start = 0; // of the postings with the key at hand
  for (;;) {
    let next = 0;
    for (let run = 1; run < fronts.length; run++) if ((fronts[run] ?? beyond) < (fronts[next] ?? beyond)) next = run;
    const key = fronts[next] ?? beyond;
    const run = runs[next];
    if (key === beyond || run === undefined) break;
    const head = heads[next] ?? 0;
    const item = run.items[head] ?? 0;
    heads[next] = head + 1;
    fronts[next] = run.keys[head + 1] ?? beyond;
    if (length > 0 && merged.keys[length - 1] !== key) start = length;
    if (length > start && merged.items.subarray(start, length).includes(item)) continue;
    merged.keys[length] = key;
    merged.items[length] = item;
    length++;
  }
  return part(merged, 0, length);
}

/** Keys that so many postings in a row have. */
export function frequentKeys({ keys }: Postings, fewest: number): number[] {
  const found: number[] = [];
  for (let at = fewest - 1; at < keys.length; at++) {
    const key = keys[at] ?? 0;
    if (keys[at - fewest + 1] === key && found.at(-1) !== key) found.push(key);
  }
  return found;
}

/**
 * In the same order.
 * @param doubtful the keys of which it is asked: few among many, and all that lies between two of them is kept at once
 */
export function only(
  { keys, items }: Postings,
  doubtful: readonly number[],
  isWanted: (key: number, item: number) => boolean,
): Postings {
  if (doubtful.length === 0) return { keys, items };
  const kept = room(keys.length);
  let length = 0;
  let from = 0;
  const keep = (to: number): void => {
    kept.keys.set(keys.subarray(from, to), length);
    kept.items.set(items.subarray(from, to), length);
    length += to - from;
  };
  for (const key of doubtful.toSorted((a, b) => a - b)) {
    const first = placeOf(keys, key);
    keep(first);
    for (from = first; keys[from] === key; from++) {
      const item = items[from] ?? 0;
      if (!isWanted(key, item)) continue;
      kept.keys[length] = key;
      kept.items[length++] = item;
    }
  }
  keep(keys.length);
  return part(kept, 0, length);
}

/** From one key up to, not including, another. */
export function between(postings: Postings, from: number, to: number): Postings {
  return part(postings, placeOf(postings.keys, from), placeOf(postings.keys, to));
}

/** Chunks of a page, or of more where one key has more postings: all postings of a key are in one chunk. */
export function chunksOf(postings: Postings): Postings[] {
  const { keys } = postings;
  const found: Postings[] = [];
  for (let from = 0; from < keys.length; ) {
    let length = Math.min(Math.floor(pageBytes / 5), keys.length - from);
    while (widthsOf(postings, from, from + length).total * length > pageBytes) length = Math.floor(length * 0.9);
    let to = from + length;
    if (to < keys.length && keys[to] === keys[to - 1]) {
      const [first, after] = [placeOf(keys, keys[to] ?? 0), placeOf(keys, (keys[to] ?? 0) + 1)];
      to = first > from ? first : after;
    }
    found.push(part(postings, from, to));
    from = to;
  }
  return found;
}

/** What keys and items of a chunk need, counted from the smallest of each. */
function widthsOf({ keys, items }: Postings, from: number, to: number) {
  let least = items[from] ?? 0;
  let most = least;
  for (let at = from; at < to; at++) {
    const item = items[at] ?? 0;
    if (item < least) least = item;
    else if (item > most) most = item;
  }
  const key = bytesFor((keys[to - 1] ?? 0) - (keys[from] ?? 0));
  const item = bytesFor(most - least);
  return { key, item, least, total: key + item };
}

function bytesFor(largest: number): number {
  return largest < 2 ** 8 ? 1 : largest < 2 ** 16 ? 2 : largest < 2 ** 24 ? 3 : 4;
}

/** Bytes of the postings in a chunk: with what stands before them, and its row's own, they fill a page of 4096. */
const pageBytes = 4_030;
const headBytes = 10;

/**
 * A chunk: the width of its keys, that of its items, the smallest of each, then all keys, then all items, less the smallest;
 * lowest byte first.
 */
export function bytesOf(postings: Postings): Buffer {
  const { keys, items } = postings;
  const { key, item, least, total } = widthsOf(postings, 0, keys.length);
  const bytes = Buffer.alloc(headBytes + total * keys.length);
  bytes[0] = key;
  bytes[1] = item;
  bytes.writeUInt32LE(keys[0] ?? 0, 2);
  bytes.writeUInt32LE(least, 6);
  const end = writeWidth(bytes, headBytes, keys, keys[0] ?? 0, key);
  writeWidth(bytes, end, items, least, item);
  return bytes;
}

export function postingsOf(bytes: Buffer): Postings {
  const [key = 1, item = 1] = bytes;
  const length = (bytes.length - headBytes) / (key + item);
  const postings = room(length);
  readWidth(bytes, headBytes, postings.keys, bytes.readUInt32LE(2), key);
  readWidth(bytes, headBytes + key * length, postings.items, bytes.readUInt32LE(6), item);
  return postings;
}

function writeWidth(bytes: Uint8Array, from: number, values: Uint32Array, least: number, width: number): number {
  let at = from;
  for (const value of values)
    for (let rest = value - least, left = width; left > 0; left--, rest >>>= 8) bytes[at++] = rest & 255;
  return at;
}

function readWidth(bytes: Uint8Array, from: number, values: Uint32Array, least: number, width: number): void {
  for (let at = 0, byte = from; at < values.length; at++, byte += width)
    values[at] = readOne(bytes, byte, width) + least;
}

/** The items that have a key, out of a chunk's bytes: read where they stand, since most of a chunk is not asked for. */
export function itemsIn(bytes: Buffer, key: number): number[] {
  const [width = 1, itemWidth = 1] = bytes;
  const wanted = key - bytes.readUInt32LE(2);
  const least = bytes.readUInt32LE(6);
  const length = (bytes.length - headBytes) / (width + itemWidth);
  let [from, to] = [0, length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (readOne(bytes, headBytes + middle * width, width) < wanted) from = middle + 1;
    else to = middle;
  }
  const found: number[] = [];
  const items = headBytes + length * width;
  for (; from < length && readOne(bytes, headBytes + from * width, width) === wanted; from++)
    found.push(readOne(bytes, items + from * itemWidth, itemWidth) + least);
  return found;
}

export function lastKeyIn(bytes: Buffer): number {
  const [width = 1, itemWidth = 1] = bytes;
  const length = (bytes.length - headBytes) / (width + itemWidth);
  return readOne(bytes, headBytes + (length - 1) * width, width) + bytes.readUInt32LE(2);
}

function readOne(bytes: Uint8Array, at: number, width: number): number {
  let value = bytes[at] ?? 0;
  if (width > 1) value |= (bytes[at + 1] ?? 0) << 8;
  if (width > 2) value |= (bytes[at + 2] ?? 0) << 16;
  if (width > 3) value |= (bytes[at + 3] ?? 0) << 24;
  return value >>> 0;
}

export function joined(runs: readonly Postings[]): Postings {
  const all = room(runs.reduce((sum, { keys }) => sum + keys.length, 0));
  let at = 0;
  for (const { keys, items } of runs) {
    all.keys.set(keys, at);
    all.items.set(items, at);
    at += keys.length;
  }
  return all;
}

function room(length: number): Postings {
  return { keys: new Uint32Array(length), items: new Uint32Array(length) };
}

function part({ keys, items }: Postings, from: number, to: number): Postings {
  return { keys: keys.subarray(from, to), items: items.subarray(from, to) };
}

/** Of the first that is not smaller, among numbers by size. */
export function placeOf(keys: Uint32Array | Int32Array, key: number): number {
  let [from, to] = [0, keys.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((keys[middle] ?? 0) < key) from = middle + 1;
    else to = middle;
  }
  return from;
}
