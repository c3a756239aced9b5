/**
 * Posts → the stories that Relais makes of them, by the way of every day: a world on loopback, a sources.yaml, passes over
 * it with a clock that goes on between them, a database in a temporary folder, and what it holds at the end.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config/read.ts';
import type { Config, Evidence, Instant, Original, Outcome, StoryRecord } from '../src/model.ts';
import { runPass } from '../src/pass.ts';
import { carryOut } from '../src/rulings.ts';
import { type House, openHouse } from '../src/wire.ts';
import { diceOf } from '../test/dice.ts';
import type { Post } from './labelled-posts.ts';
import { feedOf, type Site, settingsOf, siteName, sitesOf } from './labelled-world.ts';
import { type LoopbackSites, openLoopbackSites } from './loopback-sites.ts';

/** A post as the database has it. */
export interface Told {
  readonly story: number;
  /** The least of the stories that are translations of each other, through however many; its own where there is none. */
  readonly family: number;
  /** Nobody says who wrote it, and dates do not tell: nobody is credited. */
  readonly isGuess: boolean;
  /** Id of the original's post; undefined where the original is elsewhere. */
  readonly original: string | undefined;
  /** Who wrote it, where that is no post. */
  readonly elsewhere: Elsewhere | undefined;
  /** It is by the group that posted it and others together, and the original is a copy of theirs. */
  readonly isCoAuthors: boolean;
  readonly evidence: readonly Evidence[];
}

export interface Elsewhere {
  /** The group of ours that is credited, if it is one. */
  readonly group: string | undefined;
  readonly name: string | undefined;
  readonly url: string | undefined;
}

export interface Telling {
  readonly told: ReadonlyMap<string, Told>;
  /** Ids of posts that the database does not have: nothing can be said of how well the others are told. */
  readonly missing: readonly string[];
  /** What went wrong on the way, each once. */
  readonly problems: readonly string[];
  readonly passes: number;
  /** How often a source was held and, as a maintainer would, let in. */
  readonly accepted: number;
}

const betweenPassesMs = 24 * 60 * 60 * 1_000;
/** Stories read at a time. */
const atOnce = 500;

/**
 * Tells the stories of these posts.
 * @param batches the posts that come with each visit; feeds keep what they have listed before
 */
export async function tellStories(batches: readonly (readonly Post[])[]): Promise<Telling> {
  const posts = batches.flat();
  const sites = sitesOf(posts);
  const folder = mkdtempSync(join(tmpdir(), 'relais-stories-'));
  const world = await openLoopbackSites();
  let now = startAfter(posts);
  const clock = { now: () => now, wait: () => Promise.resolve() };
  const file = join(folder, 'sources.yaml');
  writeFileSync(file, settingsOf(sites, world.proxy));
  const config = readSettings(settingsOf(sites, world.proxy), file);
  const house = {
    ...(await openHouse(config, { folder: join(folder, 'data'), database: undefined }, clock)),
    random: diceOf(1),
  };
  const problems = new Set<string>();
  let accepted = 0;
  try {
    for (const [at] of batches.entries()) {
      publish(world, sites, batches.slice(0, at + 1).flat());
      note(problems, await runPass(config, house, { now: 'all' }));
      accepted += await acceptHeld(config, house);
      now += betweenPassesMs;
    }
    for (const address of world.strays) problems.add(`${address} was asked for and is not there`);
    const told = await readTold(sites, house);
    const missing = posts.map(({ id }) => id).filter((id) => !told.has(id));
    return { told, missing, problems: [...problems], passes: batches.length, accepted };
  } finally {
    await house.close();
    await world.close();
    rmSync(folder, { recursive: true });
  }
}

/** No post may be dated ahead of us: it would be listed under the day on which it is read. */
function startAfter(posts: readonly Post[]): Instant {
  const years = posts.map(({ date }) => Number((date ?? '').slice(0, 4))).filter((year) => year > 0);
  return Date.UTC(Math.max(2_000, ...years) + 1, 0, 1, 12);
}

function readSettings(yaml: string, file: string): Config {
  const read = readConfig(yaml, file, () => undefined);
  if (read.kind === 'config') return read.config;
  throw new Error(read.problems.map((one) => `${one.subject.line}: ${one.happened}`).join('\n'));
}

function publish(world: LoopbackSites, sites: readonly Site[], posts: readonly Post[]): void {
  const bySite = new Map<string, Post[]>();
  for (const post of posts) {
    const name = siteName(post.site, post.group);
    bySite.set(name, [...(bySite.get(name) ?? []), post]);
  }
  for (const site of sites) world.publish(site.feed, feedOf(site, bySite.get(siteName(site.site, site.group)) ?? []));
}

interface Passed {
  readonly outcomes: readonly Outcome[];
  readonly defects: readonly { readonly sourceKey: string; readonly error: unknown }[];
}

/** Of real posts, and no trouble: one has no date, another credits somebody who is no source. */
const expected = new Set(['normalise/no-date', 'stories/unknown-credit']);

function note(problems: Set<string>, { outcomes, defects }: Passed): void {
  for (const { sourceKey, error } of defects) problems.add(`${sourceKey}: a bug of ours: ${String(error)}`);
  for (const { source, problems: its } of outcomes)
    for (const { code, happened } of its) if (!expected.has(code)) problems.add(`${source}: ${code} ${happened}`);
}

/** Whole archives that arrive in a few visits look like floods. @returns how many sources were held */
async function acceptHeld(config: Config, house: House): Promise<number> {
  const held = [...(await house.library.memories()).values()].filter((one) => one.held !== undefined);
  for (const { key } of held) await house.library.rule(key, { kind: 'accept' }, house.clock.now());
  await carryOut(config, house);
  return held.length;
}

async function readTold(sites: readonly Site[], { library }: House): Promise<ReadonlyMap<string, Told>> {
  const groups = new Map(sites.map(({ key, group }) => [key, group]));
  const listed = (await library.storiesOf([...groups.keys()])).map(({ id }) => id);
  const families = familiesOf(await library.translationsOf(listed));
  const told = new Map<string, Told>();
  for (let at = 0; at < listed.length; at += atOnce)
    for (const story of await library.stories(listed.slice(at, at + atOnce)))
      for (const { id, guid } of story.items)
        told.set(guid, toldOf(story, id, groups, families.get(story.id) ?? story.id));
  return told;
}

function toldOf(
  { id: story, attribution, items }: StoryRecord,
  item: number,
  groups: ReadonlyMap<string, string>,
  family: number,
): Told {
  const { original, members } = attribution;
  const member = members.find(({ itemId }) => itemId === item);
  return {
    story,
    family,
    isGuess: attribution.confidence === 'guessed',
    original: original.kind === 'item' ? items.find(({ id }) => id === original.itemId)?.guid : undefined,
    elsewhere: elsewhereOf(original, groups),
    isCoAuthors: attribution.jointly.length > 0 && member?.role === 'copy',
    evidence: member?.evidence ?? [],
  };
}

/** Story → the least of all that it is linked to. */
function familiesOf(links: ReadonlyMap<number, readonly number[]>): ReadonlyMap<number, number> {
  const families = new Map<number, number>();
  for (const story of [...links.keys()].sort((a, b) => a - b)) {
    if (families.has(story)) continue;
    const next = [story];
    for (let one = next.pop(); one !== undefined; one = next.pop()) {
      if (families.has(one)) continue;
      families.set(one, story);
      next.push(...(links.get(one) ?? []));
    }
  }
  return families;
}

function elsewhereOf(original: Original, groups: ReadonlyMap<string, string>): Elsewhere | undefined {
  if (original.kind === 'item') return undefined;
  const { sourceKey, name, url } = original;
  return { group: sourceKey === undefined ? undefined : groups.get(sourceKey), name, url };
}
