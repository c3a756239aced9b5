/**
 * Items under new guids and a source's stored items → which of them are the same (spec requirements §6, identity).
 * One to one, and the same whatever order either came in: what could be paired in two ways is not paired at all.
 */
import type { Item } from '../model.ts';
import type { KnownSample } from '../refresh-plan.ts';
import { type Look, lookOf } from './look.ts';

/**
 * How far the document has changed. `all`: hardly a guid is known, so the site has moved or is another's. `some`: the
 * source goes on as before, and a new guid is a new item unless nothing but the guid is new.
 */
export type Extent = 'all' | 'some';

/**
 * Pairs by address, then by title and date, then by the opening of the text. An address alone is not enough: the pages
 * of a thread share one, and a site set up anew numbers its posts from 1 again. Cost: a look-up for each key of each item.
 * @param items new ones only
 * @param samples stored items of the same source whose guids are not in the document
 * @param hosts all that belong or have belonged to the source, as `hostOf` gives them
 * @returns id of the stored item by the new item's guid
 */
export function pairItems(
  items: readonly Item[],
  samples: readonly KnownSample[],
  hosts: ReadonlySet<string>,
  extent: Extent,
): Map<string, number> {
  const left = new Set(items.map((item) => lookOf(item, hosts)));
  const right = new Map(samples.map((sample) => [lookOf(sample, hosts), sample.id]));
  const pairs = new Map<string, number>();
  for (const way of ways[extent]) {
    for (const [look, known] of matchOnce([...left], [...right.keys()], way)) {
      if (way.isSure?.(look, known) === false) continue;
      pairs.set(look.guid, right.get(known) ?? 0);
      left.delete(look);
      right.delete(known);
    }
  }
  return pairs;
}

/** True where two looks are so alike that one is the other edited. */
export function isAlike(a: Look, b: Look): boolean {
  if (a.opening !== '' && a.opening === b.opening) return true;
  return a.title === '' ? b.title === '' && isNear(a, b) : a.title === b.title;
}

/** Only the guid is new: not one word has changed, or neither the title nor the moment. */
function isUnchanged(a: Look, b: Look): boolean {
  if (a.opening !== '' && a.opening === b.opening && a.title === b.title) return true;
  return a.title !== '' && a.title === b.title && a.published !== undefined && a.published === b.published;
}

const dayMs = 86_400_000;

/** Dates without a zone, and zones that are wrong, are up to a day apart. */
function isNear(a: Look, b: Look): boolean {
  return a.published !== undefined && b.published !== undefined && Math.abs(a.published - b.published) <= dayMs;
}

interface Way {
  /** Keys of a new item, any of which a stored one must have. */
  readonly keys: (look: Look) => readonly string[];
  /** Keys of a stored item, where they are others. */
  readonly stored?: (look: Look) => readonly string[];
  readonly isSure?: (look: Look, known: Look) => boolean;
}

/** Shorter openings are greetings. */
const fewestWords = 12;

const ways: Readonly<Record<Extent, readonly Way[]>> = {
  some: [{ keys: (look) => look.addresses, isSure: isUnchanged }],
  all: [
    { keys: (look) => look.addresses, isSure: isAlike },
    { keys: (look) => titleAt(look, look.published) },
    { keys: (look) => titleAt(look, dayOf(look, 0)) },
    { keys: (look) => (look.opening.split(' ').length < fewestWords ? [] : [look.opening]) },
    {
      keys: (look) => [-1, 0, 1].flatMap((days) => titleAt(look, dayOf(look, days))),
      stored: (look) => titleAt(look, dayOf(look, 0)),
      isSure: isNear,
    },
  ],
};

function titleAt(look: Look, when: number | undefined): string[] {
  return look.title === '' || when === undefined ? [] : [`${when} ${look.title}`];
}

/** Days since 1970, `days` later. */
function dayOf({ published }: Look, days: number): number | undefined {
  return published === undefined ? undefined : Math.floor(published / dayMs) + days;
}

/** Pairs of which each side fits no other. */
function matchOnce(left: readonly Look[], right: readonly Look[], way: Way): [Look, Look][] {
  const byKey = indexed(right, way.stored ?? way.keys);
  const backByKey = indexed(left, way.keys);
  return left.flatMap((look): [Look, Look][] => {
    const known = onlyOne(look, way.keys, byKey);
    return known !== undefined && onlyOne(known, way.stored ?? way.keys, backByKey) === look ? [[look, known]] : [];
  });
}

function indexed(looks: readonly Look[], keys: Way['keys']): ReadonlyMap<string, readonly Look[]> {
  const index = new Map<string, Look[]>();
  for (const look of looks) {
    for (const key of keys(look)) {
      const list = index.get(key);
      if (list === undefined) index.set(key, [look]);
      else if (list.length < 2) list.push(look); // a third would say no more: none of them is meant
    }
  }
  return index;
}

function onlyOne(look: Look, keys: Way['keys'], index: ReadonlyMap<string, readonly Look[]>): Look | undefined {
  const found = new Set(keys(look).flatMap((key) => index.get(key) ?? []));
  const [one] = found;
  return found.size === 1 ? one : undefined;
}
