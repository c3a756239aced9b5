/** Items at hand to the pairs that have passages in common: what is boilerplate is found on the way, and written down. */
import type { SourceKey } from '../model.ts';
import type { Compared, Marked, Posting, Shelf } from '../story-plan.ts';
import type { Directory } from './directory.ts';
import { mayBeWorthAsking } from './overlap.ts';
import { boilerplateIn, countsFewer, uncountedIn } from './stop-prints.ts';
import { creditedBy } from './ties.ts';

/** Fingerprints in common that make two items worth a look. */
const fewestShared = 3;
/** Others looked at beside one item, those with most in common first. */
export const mostBeside = 64;

interface PairIds {
  readonly a: number;
  readonly b: number;
}

/** An item at hand, and where its passages were met. */
interface Found {
  readonly one: Compared;
  readonly postings: readonly Posting[];
  /** Those of its fingerprints that counted for nothing, and were not looked for. */
  readonly unsought: ReadonlySet<number>;
}

type Met = ReadonlyMap<number, Marked>;

/** @returns pairs of which it is to be decided how they stand to each other; some of them twice */
export async function pairsByWords(
  own: readonly Compared[],
  shelf: Shelf,
  { areOnePartner }: Pick<Directory, 'areOnePartner'>,
): Promise<readonly PairIds[]> {
  const found: Found[] = [];
  for (const one of own) {
    let unsought: ReadonlySet<number> = new Set();
    const postings = await shelf.postings(one, (stopped) => {
      unsought = uncountedIn(one, stopped);
      return unsought;
    });
    if (postings.length > 0) found.push({ one, postings, unsought });
  }
  if (found.length === 0) return []; // as most have no word in common with any other
  const met = await shelf.marked([
    ...new Set([...own.map(({ id }) => id), ...found.flatMap(({ postings }) => postings.map(({ item }) => item))]),
  ]);
  await stopBoilerplate(found, met, new Set(own.map(({ id }) => id)), shelf, areOnePartner);
  const beside = await besideEach(found, met, shelf);
  return await worthDeciding(beside, shelf, areOnePartner);
}

/** What has turned out to be boilerplate counts for nothing from now on. */
async function stopBoilerplate(
  found: readonly Found[],
  met: Met,
  own: ReadonlySet<number>,
  shelf: Shelf,
  areOnePartner: Directory['areOnePartner'],
): Promise<void> {
  const holders = new Map<number, Set<number>>();
  for (const { one, postings } of found) {
    for (const { print, item } of postings) {
      const items = holders.get(print);
      if (items === undefined) holders.set(print, new Set([one.id, item]));
      else items.add(item).add(one.id);
    }
  }
  const common = new Map(
    [...holders]
      .filter(([, items]) => items.size > 2)
      .map(([print, items]) => [print, [...items].sort((a, b) => a - b)]),
  );
  const stops = boilerplateIn(common, met, own, areOnePartner);
  if (stops.length === 0) return;
  await shelf.stop(stops);
  await shelf.doubt([...new Set(stops.flatMap(({ print }) => common.get(print) ?? []))]);
}

/** An item at hand and one beside it. */
interface Beside {
  readonly one: Compared;
  readonly other: Marked;
  /** Fingerprints in both, those left out that count for nothing in either as far as that is known of the other. */
  readonly shared: number;
  /** Fingerprints of the one at hand that count; undefined where more may be in common than what was looked for. */
  readonly counted: number | undefined;
}

async function besideEach(found: readonly Found[], met: Met, shelf: Shelf): Promise<Beside[]> {
  const stopped = await shelf.stopped(found.flatMap(({ one }) => [...one.imprint.prints]));
  return found.flatMap(({ one, postings, unsought }) => {
    const uncounted = uncountedIn(one, stopped);
    const others = new Map<Marked, number>();
    for (const { print, item } of postings) {
      const other = met.get(item);
      if (item === one.id || other === undefined || uncounted.has(print)) continue;
      if (stopped.get(print)?.sources.has(other.sourceKey) !== true) others.set(other, (others.get(other) ?? 0) + 1);
    }
    // What was not looked for counts all the same once nearly all of the text turns out to be in others.
    const isAll = [...unsought].every((print) => uncounted.has(print));
    const counted = isAll ? one.imprint.prints.length - uncounted.size : undefined;
    return [...others].flatMap(([other, shared]) => (shared < fewestShared ? [] : [{ one, other, shared, counted }]));
  });
}

/** Those with most in common, but for those who can have nothing to do with each other: to read all of these is what costs most. */
async function worthDeciding(
  beside: readonly Beside[],
  shelf: Shelf,
  areOnePartner: Directory['areOnePartner'],
): Promise<PairIds[]> {
  const stopped = await shelf.stopped(printsOf(beside));
  const isEnough = ({ other, shared, counted }: Beside): boolean =>
    counted === undefined || mayBeWorthAsking(shared, counted, (than) => countsFewer(other, stopped, than));
  const wanted: Beside[] = [];
  const doubtful: Beside[] = [];
  for (const pair of beside) (isEnough(pair) ? wanted : doubtful).push(pair);
  const credits = await shelf.crediting([...new Set(doubtful.map(({ other }) => other.id))]);
  const isAmong = (source: SourceKey, credited: readonly SourceKey[]): boolean =>
    credited.some((one) => areOnePartner(one, source));
  const isCredited = ({ one, other }: Beside): boolean =>
    isAmong(other.sourceKey, creditedBy(one)) || isAmong(one.sourceKey, credits.get(other.id) ?? []);
  const byItem = new Map<number, Beside[]>();
  for (const pair of [...wanted, ...doubtful.filter(isCredited)]) {
    const pairs = byItem.get(pair.one.id);
    if (pairs === undefined) byItem.set(pair.one.id, [pair]);
    else pairs.push(pair);
  }
  return [...byItem.values()].flatMap((pairs) => {
    pairs.sort((a, b) => b.shared - a.shared || a.other.id - b.other.id);
    return pairs.slice(0, mostBeside).map(({ one, other }) => ({ a: one.id, b: other.id }));
  });
}

function* printsOf(beside: readonly Beside[]): Iterable<number> {
  for (const { sorted } of new Set(beside.map(({ other }) => other))) yield* sorted;
}
