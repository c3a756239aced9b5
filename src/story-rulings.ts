/**
 * What the maintainer says of stories, taken at once: two posts are one story or are two, a group wrote a text, a name is a
 * group's. It is kept by canonical address or guid, and the stories it is about are settled in the same transaction, which
 * needs no lease: a run that is under way in another process waits for that one transaction and no longer.
 */

import { calledSo, groupMeant, nameOf, notOneGroup } from './group-meant.ts';
import type { Library } from './library.ts';
import type { Config, Instant, LogEntry, StoryRecord } from './model.ts';
import { openDesk } from './pass.ts';
import type { Desk } from './pipeline.ts';
import { clashWords, openStandingRulings } from './stories/conflicts.ts';
import { meant, type ResolvedRuling, ruledItems } from './stories/story-rulings.ts';
import {
  type KeptRuling,
  type NamedItem,
  namesIn,
  type Post,
  type RulingChange,
  type RulingPlan,
  type StoryRuling,
} from './story-plan.ts';
import { type LineFault, objectsOf, rulingLine, type WrittenRuling } from './text/ruling-lines.ts';
import { canonicalUrl, storyInAddress } from './text/url.ts';

/** A ruling that was taken, or stood already. */
export interface Taken {
  readonly number: number;
  readonly ruling: StoryRuling;
  readonly isNew: boolean;
}

export type Ruled =
  /** `notStored`: addresses and guids that mean no post here; what is ruled on them says nothing until one comes. */
  | { readonly kind: 'ruled'; readonly rulings: readonly Taken[]; readonly notStored: readonly string[] }
  /** Nothing was written. Lines are counted from 1, in the order of the rulings given; each says what is wrong. */
  | { readonly kind: 'refused'; readonly faults: readonly LineFault[] };

type Said = WrittenRuling & { readonly line: number };

export interface Bench {
  readonly config: Config;
  readonly library: Library;
  readonly now: Instant;
  /** Who speaks, for the log. */
  readonly who: string;
}

/**
 * Takes rulings, all of them or none. Names of items and groups may be given as a person types them.
 * @param mayBeUnknown true where a ruling on an item that is not stored is kept until it comes
 */
export async function ruleOnStories(said: readonly Said[], mayBeUnknown: boolean, bench: Bench): Promise<Ruled> {
  const { library, now, config } = bench;
  const desk = await openDesk(config, library);
  const faults: LineFault[] = [];
  const wanted: Said[] = [];
  for (const one of said) {
    const ruling = await canonical(one.ruling, mayBeUnknown, desk, library);
    if (typeof ruling === 'string') faults.push({ line: one.line, words: ruling });
    else wanted.push({ ...one, ruling });
  }
  if (faults.length > 0) return { kind: 'refused', faults };
  const names = wanted.flatMap(({ ruling }) => namesIn(ruling));
  const plan: RulingPlan<Decided> = {
    names,
    decide: (kept, named) => logged(decide(wanted, kept, named, desk, now), bench),
  };
  const under = await deskUnder(wanted, bench);
  const { change, ids } = await library.ruleOnStories(plan, under.settle, now);
  if (change.faults.length > 0) return { kind: 'refused', faults: change.faults };
  let added = 0;
  const rulings = change.taken.map(({ ruling, number }) => ({
    ruling,
    number: number ?? ids[added++] ?? 0,
    isNew: number === undefined,
  }));
  const stored = await library.named(names);
  return { kind: 'ruled', rulings, notStored: [...new Set(names)].filter((name) => !stored.has(name)) };
}

/** Takes a ruling back. @param number undefined for the last one. @returns it; undefined where there is none with that number */
export async function undoRuling(number: number | undefined, bench: Bench): Promise<KeptRuling | undefined> {
  const { library, now } = bench;
  const desk = await openDesk(bench.config, library);
  const decide = (kept: readonly KeptRuling[]): RulingChange & { readonly undone: KeptRuling | undefined } => {
    const undone = number === undefined ? kept.at(-1) : kept.find(({ id }) => id === number);
    if (undone === undefined) return { ...nothing, undone };
    const renamed = undone.ruling.kind === 'alias' ? [undone.ruling.group] : [];
    const log = [entryOf('undid', undone.ruling, '', bench)];
    return { undone, add: [], remove: [undone.id], touched: namesIn(undone.ruling), renamed, log };
  };
  const { change } = await library.ruleOnStories({ names: [], decide }, desk.settle, now);
  return change.undone;
}

/** Rulings that are about any of these items, with the items that each of their names means; and names of groups credited. */
export async function rulingsOn(
  { items, attribution }: StoryRecord,
  { config, library }: Pick<Bench, 'config' | 'library'>,
): Promise<readonly ResolvedRuling[]> {
  const kept = await library.storyRulings();
  if (kept.length === 0) return [];
  const directory = (await openDesk(config, library)).directory();
  const named = await library.named(kept.flatMap(({ ruling }) => namesIn(ruling)));
  const own = new Set(items.map(({ id }) => id));
  const credited = new Set(
    attribution.members.flatMap(({ evidence }) => evidence.map(({ targetSource }) => targetSource)),
  );
  return kept
    .map((one) => ({ kept: one, items: ruledItems(one, named, directory) }))
    .filter(({ kept: { ruling }, items: meantBy }) =>
      ruling.kind === 'alias' ? credited.has(ruling.group) : meantBy.some((ids) => ids.some((id) => own.has(id))),
    );
}

/** Why a name means no post. */
interface Unclear {
  readonly why: string;
  readonly isUnknown: boolean;
}

/** The story whose page a person names. */
async function storyNamed(name: string, library: Library): Promise<StoryRecord | undefined> {
  const page = storyInAddress(name);
  const story = page === undefined ? undefined : await library.findStory(page);
  const [record] = story === undefined ? [] : await library.stories([story]);
  return record;
}

/** The items that a person means: one; by our page about a story whose author's own post is not among them, all of it. */
export async function postsNamed(name: string, desk: Desk, library: Library): Promise<readonly Post[] | Unclear> {
  const record = await storyNamed(name, library);
  if (record?.attribution.original.kind === 'elsewhere') return await library.posts(record.items.map(({ id }) => id));
  const post = await postNamed(name, desk, library);
  return 'why' in post ? post : [post];
}

/** The item that a person means by an address, a guid or our page about it. */
async function postNamed(name: string, { directory }: Desk, library: Library): Promise<Post | Unclear> {
  const record = await storyNamed(name, library);
  if (record !== undefined) {
    const { original, members } = record.attribution;
    const [post] = await library.posts([original.kind === 'item' ? original.itemId : (members[0]?.itemId ?? 0)]);
    if (post !== undefined) return post;
  }
  const written = canonicalUrl(name);
  const named = await library.named(written === undefined ? [name] : [name, written]);
  const found = named.get(name) ?? named.get(written ?? name) ?? [];
  const own = meant(written ?? name, found, directory());
  const posts = await library.posts(own.map(({ id }) => id));
  const [post, ...others] = [...posts].sort((a, b) => a.id - b.id);
  if (post === undefined)
    return {
      why: `Nothing is stored under ${name}. Give the post’s address, its guid, or the address of our page about it.`,
      isUnknown: true,
    };
  if (others.length === 0 || isOnePost(own, directory())) return post;
  const guids = posts.slice(0, 5).map(({ guid }) => guid);
  const why = `More than one post is known under ${name}. Give the guid of the one you mean: ${guids.join(' or ')}`;
  return { why, isUnknown: false };
}

/** The same post in several feeds of one group. */
function isOnePost(items: readonly NamedItem[], { areOnePartner }: ReturnType<Desk['directory']>): boolean {
  const sources = new Set(items.map(({ sourceKey }) => sourceKey));
  const [first] = items;
  return (
    sources.size === items.length &&
    items.every(({ sourceKey }) => first !== undefined && areOnePartner(sourceKey, first.sourceKey))
  );
}

/** What the item is kept under: its canonical address where that means it alone, else its guid where that does. */
export async function lastingName(post: Post, { directory }: Desk, library: Library): Promise<string | undefined> {
  const names = post.url === undefined ? [post.guid] : [post.url, post.guid];
  const named = await library.named(names);
  return names.find((name) => {
    const items = meant(name, named.get(name) ?? [], directory());
    return items.some(({ id }) => id === post.id) && (items.length === 1 || isOnePost(items, directory()));
  });
}

/** A ruling in the names it is kept under, or a sentence that says why it cannot be kept. */
async function canonical(
  ruling: StoryRuling,
  mayBeUnknown: boolean,
  desk: Desk,
  library: Library,
): Promise<StoryRuling | string> {
  const empty = objectsOf(ruling).find((name) => !/[\p{L}\p{N}]/u.test(name));
  if (empty !== undefined) return `“${empty}” has no letter and no digit in it, so it names nothing.`;
  if (ruling.kind === 'alias') return canonicalAlias(ruling, desk);
  const names: string[] = [];
  for (const name of namesIn(ruling)) {
    const post = await postNamed(name, desk, library);
    const isUnclear = 'why' in post;
    if (isUnclear && !(post.isUnknown && mayBeUnknown)) return post.why;
    const kept = isUnclear ? (canonicalUrl(name) ?? name) : await lastingName(post, desk, library);
    if (kept === undefined)
      return `What is stored under ${name} has an address and a guid that others have too, so nothing can be ruled on it.`;
    names.push(kept);
  }
  const [a = '', b = ''] = names;
  if (ruling.kind === 'original') return canonicalOriginal({ ...ruling, item: a }, desk);
  return a === b ? `Both are one post: ${a}` : { ...ruling, a, b };
}

/** A group may be none of the sources, but not one of several that are called so. */
function canonicalOriginal(ruling: StoryRuling & { readonly kind: 'original' }, desk: Desk): StoryRuling | string {
  const group = groupMeant(ruling.group, desk);
  if (group === undefined && calledSo(ruling.group, desk).length > 1) return notOneGroup(ruling.group, desk);
  return { ...ruling, group: group ?? ruling.group };
}

function canonicalAlias(ruling: StoryRuling & { readonly kind: 'alias' }, desk: Desk): StoryRuling | string {
  const group = groupMeant(ruling.group, desk);
  if (group === undefined) return notOneGroup(ruling.group, desk);
  const owner = desk.directory().byName(ruling.name);
  const isRuled = desk.sources.some(({ key, aliases }) => key === owner && aliases.includes(ruling.name));
  if (owner === undefined || isRuled) return { ...ruling, group };
  return desk.directory().areOnePartner(owner, group)
    ? `“${ruling.name}” means ${nameOf(group, desk)} already.`
    : `“${ruling.name}” means ${nameOf(owner, desk)} already.`;
}

interface Decided extends RulingChange {
  readonly faults: readonly LineFault[];
  /** A number where it stands already. */
  readonly taken: readonly { readonly ruling: StoryRuling; readonly number: number | undefined }[];
}

function logged(decided: Decided, bench: Bench): Decided {
  return { ...decided, log: decided.add.map(({ ruling, because }) => entryOf('ruled', ruling, because, bench)) };
}

function entryOf(act: 'ruled' | 'undid', ruling: StoryRuling, because: string, { now, who }: Bench): LogEntry {
  return { at: now, who, act, subject: rulingLine(ruling), sourceKey: undefined, because };
}

const nothing: RulingChange = { add: [], remove: [], touched: [], renamed: [] };

/** Pure: called with all that stands, inside the transaction that will write. */
function decide(
  wanted: readonly Said[],
  kept: readonly KeptRuling[],
  named: ReadonlyMap<string, readonly NamedItem[]>,
  desk: Desk,
  now: Instant,
): Decided {
  const item = (name: string): NamedItem | undefined => meant(name, named.get(name) ?? [], desk.directory())[0];
  const standing = openStandingRulings(
    (name) => String(item(name)?.id ?? name),
    (name) => item(name)?.storyId,
    desk.directory(),
  );
  for (const { id, ruling } of kept) standing.add({ number: id, ruling });
  const faults: LineFault[] = [];
  const taken: { ruling: StoryRuling; number: number | undefined }[] = [];
  const add: RulingChange['add'][number][] = [];
  for (const { ruling, line, at, because } of wanted) {
    const clash = standing.clashOf(ruling);
    if (clash?.kind === 'against') {
      faults.push({ line, words: clashWords(clash.by, kept, wanted) });
      continue;
    }
    if (clash !== undefined && clash.by < 0) continue; // a line that stands twice
    taken.push({ ruling, number: clash?.by });
    if (clash !== undefined) continue;
    add.push({ ruling, because, at: at ?? now });
    standing.add({ number: -line, ruling });
  }
  if (faults.length > 0) return { ...nothing, faults, taken: [] };
  return { ...nothing, add, touched: add.flatMap(({ ruling }) => namesIn(ruling)), faults, taken };
}

/** The desk as it is once these rulings stand: their names are known while their stories are settled. */
async function deskUnder(wanted: readonly Said[], { config, library, now }: Bench): Promise<Desk> {
  const more = wanted.map(({ ruling, at, because }) => ({
    id: 0,
    ruling,
    because,
    at: at ?? now,
    holders: [],
    against: undefined,
  }));
  const storyRulings = async (): Promise<readonly KeptRuling[]> => [...(await library.storyRulings()), ...more];
  return await openDesk(config, { memories: library.memories, storyRulings });
}
