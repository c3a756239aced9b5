/** All that hangs together with some items → the stories that are to be, each with its original and its public name. */

import type { Evidence, EvidenceKind } from '../model.ts';
import {
  type Going,
  joiningKinds,
  pairKey,
  type ReasonCode,
  type Relation,
  type Shelf,
  type Standing,
  type StoriesPlan,
  type StoryDecision,
  type StoryName,
  seedOf,
} from '../story-plan.ts';
import { evidenceAgainst } from './against.ts';
import { attribute } from './attribute.ts';
import { cluster } from './cluster.ts';
import type { Groups } from './settle.ts';
import { type RuledPairs, resolveRulings } from './story-rulings.ts';
import { spread } from './withdrawing.ts';

/** Items that may hang together: beyond that somebody is at work who floods, and what is further away stays as it is. */
const mostItems = 2_000;

/**
 * @param ids of items that may belong elsewhere now
 * @param known items that have just been read
 */
export async function storiesOf(
  ids: readonly number[],
  known: ReadonlyMap<number, Standing>,
  shelf: Shelf,
  groups: Groups,
): Promise<StoriesPlan> {
  const { directory } = groups;
  const ruled = await resolveRulings(shelf, directory);
  const { items, relations } = await closure(ids, known, shelf, ruled.same);
  const partners = directory.areOnePartner;
  const clusters = cluster({
    items,
    relations,
    same: [...ruled.same, ...goneTogether(items, ruled)],
    different: ruled.different,
    areOnePartner: partners,
  });
  const byId = new Map(items.map((one) => [one.id, one]));
  const storyIds = [...new Set(items.map(({ storyId }) => storyId))].filter((id) => id !== 0);
  const old: ReadonlyMap<number, StoryName> = storyIds.length === 0 ? new Map() : await shelf.names(storyIds);
  const names = namesFor(clusters, byId, old);
  const around = tiesByItem(relations);
  const going: Going[] = [];
  const stories = clusters.map((group): StoryDecision => {
    const members = group.map((id) => byId.get(id)).filter((one) => one !== undefined);
    const inStory = new Map(members.map((one) => [one.id, one]));
    const told = members.map((one) => {
      const tied = ties(one, around.get(one.id) ?? [], inStory);
      return { ...one, evidence: [...one.statements, ...tied] };
    });
    const original = group.map((id) => ruled.originals.get(id)).find((one) => one !== undefined);
    const gone = spread(told, groups, original);
    going.push(...gone.going);
    const isGoing = new Set(gone.going.map(({ itemId }) => itemId));
    const left = told.map((one) => (isGoing.has(one.id) ? { ...one, isWithdrawn: true } : one));
    const attribution = { ...attribute(left, directory, original), ...gone.original };
    const { storyId, absorbed } = names.get(group) ?? { storyId: undefined, absorbed: [] };
    return {
      storyId,
      absorbed,
      seed: members.map(seedOf).sort()[0] ?? '',
      attribution,
      date: dateOf(attribution.original, members),
    };
  });
  return { stories, examined: evidenceAgainst(ruled.resolved, { items: byId, relations, clusters }, groups), going };
}

/** What went along with another stays beside it, whatever it is tied by; the maintainer can part them. */
function goneTogether(items: readonly Standing[], { different }: RuledPairs): readonly (readonly [number, number])[] {
  const apart = new Set(different.map(([a, b]) => pairKey(a, b)));
  return items.flatMap(({ id, wentWith }): (readonly [number, number])[] =>
    wentWith === undefined || apart.has(pairKey(id, wentWith)) ? [] : [[wentWith, id]],
  );
}

function dateOf(original: StoryDecision['attribution']['original'], members: readonly Standing[]): number {
  const own = members.find(({ id }) => original.kind === 'item' && original.itemId === id);
  return own?.date ?? Math.min(...members.map(({ date }) => date));
}

/**
 * Items tied to these, through however many others, and all others in the stories of any of them: a story is looked at whole, or
 * it could be given up while some of its items are still in it.
 */
async function closure(
  ids: readonly number[],
  known: ReadonlyMap<number, Standing>,
  shelf: Shelf,
  same: readonly (readonly [number, number])[],
): Promise<{ readonly items: readonly Standing[]; readonly relations: readonly Relation[] }> {
  const items = new Map<number, Standing>();
  const relations = new Map<string, Relation>();
  let next = [...new Set(ids)];
  while (next.length > 0) {
    const unread = next.filter((id) => !known.has(id));
    const found = [
      ...next.map((id) => known.get(id)).filter((one) => one !== undefined),
      ...(unread.length === 0 ? [] : await shelf.standing(unread)),
    ];
    for (const one of found) items.set(one.id, one);
    // What is new stands in none yet.
    const stories = [...new Set(found.map(({ storyId }) => storyId))].filter((id) => id !== 0);
    const around = new Set(stories.length === 0 ? [] : await shelf.members(stories));
    const isFull = items.size >= mostItems;
    for (const relation of await shelf.relations(next)) {
      relations.set(pairKey(relation.a, relation.b), relation);
      if (!isFull && joiningKinds.has(relation.kind)) around.add(relation.a).add(relation.b);
    }
    if (!isFull) for (const { wentWith } of found) if (wentWith !== undefined) around.add(wentWith);
    if (!isFull) for (const [a, b] of same) if (items.has(a) || items.has(b)) around.add(a).add(b);
    next = [...around].filter((id) => !items.has(id));
  }
  return { items: [...items.values()], relations: [...relations.values()] };
}

interface Name {
  readonly storyId: number | undefined;
  readonly absorbed: readonly number[];
}

/**
 * Which stored story each group goes on as: the oldest goes on where its first item is. One that finds no group of its own
 * leads to where its first item has gone. Of one instant the older text decides, and then names: ids tell who came first among several
 * who read at once.
 */
function namesFor(
  groups: readonly (readonly number[])[],
  items: ReadonlyMap<number, Standing>,
  stories: ReadonlyMap<number, StoryName>,
): ReadonlyMap<readonly number[], Name> {
  const groupOf = new Map(groups.flatMap((group) => group.map((id) => [id, group] as const)));
  const claims = new Map<number, (readonly number[])[]>();
  const oldestText = new Map<number, number>();
  const firstSeen = [...items.values()].map((item) => ({ item, at: item.seen, text: item.date, name: seedOf(item) }));
  for (const { item } of firstSeen.sort(byAge)) {
    oldestText.set(item.storyId, Math.min(item.date, oldestText.get(item.storyId) ?? item.date));
    const group = groupOf.get(item.id);
    if (group === undefined || !stories.has(item.storyId)) continue;
    const claimed = claims.get(item.storyId) ?? [];
    if (!claimed.includes(group)) claims.set(item.storyId, [...claimed, group]);
  }
  const names = new Map<readonly number[], Name>();
  const named = [...stories].map(([story, { uid, created }]) => {
    return { story, at: created, text: oldestText.get(story) ?? created, name: uid };
  });
  for (const { story } of named.sort(byAge)) {
    const claimed = claims.get(story);
    if (claimed === undefined) continue;
    const free = claimed.find((group) => names.get(group)?.storyId === undefined);
    if (free !== undefined) names.set(free, { storyId: story, absorbed: names.get(free)?.absorbed ?? [] });
    else {
      const [first] = claimed;
      const name = first && names.get(first);
      if (first !== undefined && name !== undefined) names.set(first, { ...name, absorbed: [...name.absorbed, story] });
    }
  }
  return names;
}

interface Aged {
  /** Since when Relais has it. */
  readonly at: number;
  /** Date of its text. */
  readonly text: number;
  readonly name: string;
}

function byAge(a: Aged, b: Aged): number {
  return a.at - b.at || a.text - b.text || (a.name < b.name ? -1 : 1);
}

const evidenceFor: Readonly<Partial<Record<ReasonCode, EvidenceKind>>> = {
  'same-guid': 'same-guid',
  'same-url': 'same-url',
  'names-page': 'same-url',
  'same-text': 'same-text',
  'same-post': 'same-post',
  'same-passages': 'same-passages',
  'same-title': 'same-title',
};

/**
 * What ties an item to its story, as readers are told: its strongest tie to each source.
 * @param around ties of the item. @param members of its story, by id
 */
function ties(one: Standing, around: readonly Relation[], members: ReadonlyMap<number, Standing>): Evidence[] {
  const tied = around.flatMap((relation) => {
    const other = members.get(relation.a === one.id ? relation.b : relation.a);
    return other === undefined ? [] : [{ relation, other, name: `${other.sourceKey}\n${other.guid}` }];
  });
  tied.sort((a, b) => b.relation.strength - a.relation.strength || (a.name < b.name ? -1 : 1));
  const bySource = new Map<string, Evidence>();
  for (const { relation, other } of tied)
    if (!bySource.has(other.sourceKey)) bySource.set(other.sourceKey, evidenceOf(relation, other));
  return [...bySource.values()].slice(0, mostTies);
}

function tiesByItem(relations: readonly Relation[]): ReadonlyMap<number, readonly Relation[]> {
  const found = new Map<number, Relation[]>();
  for (const relation of relations) {
    if (!joiningKinds.has(relation.kind)) continue;
    for (const id of [relation.a, relation.b]) {
      const known = found.get(id);
      if (known === undefined) found.set(id, [relation]);
      else known.push(relation);
    }
  }
  return found;
}

/** A text that sixty groups repost would have thousands. */
const mostTies = 3;

function evidenceOf({ reasons }: Relation, other: Standing): Evidence {
  const reason = reasons.find(({ code }) => evidenceFor[code] !== undefined);
  return {
    kind: (reason && evidenceFor[reason.code]) ?? 'same-text',
    strength: 4,
    says: 'same',
    quote: reason?.detail ?? '',
    targetSource: other.sourceKey,
    targetUrl: undefined,
    targetName: undefined,
  };
}
