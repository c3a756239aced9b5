/** The partner worlds end to end, judged by the published files alone: each story once, its authors credited. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningWorld, startWorld } from '../../src/demo/world/server.ts';
import { truth } from '../../src/demo/world/truth.ts';
import type { World } from '../../src/demo/world/world.ts';
import { worlds } from '../../src/demo/world/worlds.ts';
import { runOnce } from '../../src/run.ts';
import { openTestHouse, settings, type TestHouse } from '../pipeline/house.ts';

interface FeedItem {
  readonly id: string;
  readonly title?: string;
  readonly url: string;
  readonly authors: readonly { readonly name: string }[];
  readonly content_html: string;
  readonly _relais: { readonly reposts: readonly { readonly group: string }[] };
}

let house: TestHouse;
let running: RunningWorld;

async function open(world: World): Promise<void> {
  const now = world.now ?? Date.UTC(2026, 10, 23, 12);
  house = await openTestHouse(now);
  running = await startWorld(world, { now: () => now });
}

async function pull(tick: number): Promise<Awaited<ReturnType<typeof runOnce>>> {
  running.setTick(tick);
  return await runOnce(settings(running.sourcesYaml({ url: 'https://news.example/' })), house.house, { now: 'all' });
}

afterEach(async () => {
  await house.close();
  await running.close();
});

function published(path: string): string {
  return readFileSync(join(house.house.siteFolder, path), 'utf8');
}

function storiesOf(world: World): Map<string, FeedItem> {
  const items = world.sections.flatMap(
    (section) => (JSON.parse(published(`${section.id}/feed.json`)) as { items: FeedItem[] }).items,
  );
  return new Map(items.map((item) => [item.id, item]));
}

/** Original and reposters by title, as the feeds say. */
function credits(world: World): string[] {
  return [...storiesOf(world).values()]
    .map(
      (item) =>
        `${item.title} — ${item.authors[0]?.name} — ${item._relais.reposts
          .map((one) => one.group)
          .sort()
          .join(', ')}`,
    )
    .sort();
}

function trueCredits(world: World, tick: number): string[] {
  return truth(world, tick)
    .stories.filter((story) => story.withdrawn !== true)
    .map((story) => `${story.title} — ${story.originalGroup} — ${[...story.repostGroups].sort().join(', ')}`)
    .sort();
}

function everyFile(): string[] {
  return readdirSync(house.house.siteFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.\w+$/.test(name),
  );
}

describe('the world of today', () => {
  const world = worlds.today;
  beforeEach(() => open(world));

  test('every story once, its authors credited, at every tick', async () => {
    for (let tick = 0; tick <= world.lastTick; tick++) {
      const report = await pull(tick);
      expect(report.defects).toEqual([]);
      expect(credits(world)).toEqual(trueCredits(world, tick));
    }
  });

  test('a correction travels under the same id', async () => {
    await pull(0);
    const before = [...storiesOf(world).values()];
    await pull(1);
    const after = storiesOf(world);
    const corrected = before.filter((item) => after.get(item.id)?.title !== item.title);
    expect(corrected.map((item) => after.get(item.id)?.title)).toEqual([
      'Four people injured at the lorry park (corrected)',
    ]);
  });

  test('a text that was taken back is in no published file', async () => {
    await pull(0);
    await pull(1);
    const shown = everyFile().filter((name) => published(name).includes('Search for a boat missing'));
    expect(shown.length).toBeGreaterThan(0);
    await pull(2);
    const left = everyFile().filter((name) => published(name).includes('Search for a boat missing'));
    expect(left).toEqual([]);
  });

  test('a second look at an unchanged world asks conditionally and writes nothing', async () => {
    await pull(0);
    const asked = running.requests().length;
    const report = await pull(0);
    expect(report.publication.written).toEqual([]);
    // One partner shows a repair page and has never given anything to be conditional about; the feed of another is cut.
    const again = running
      .requests()
      .slice(asked)
      .filter((one) => one.partner !== 'visitors' && one.partner !== 'papiers');
    expect(again.map((one) => one.status)).toEqual(again.map(() => 304));
    expect(running.requests().length - asked).toBeGreaterThan(8);
  });
});

describe('the archive of 2009–10', () => {
  const world = worlds['calais-2010'];
  beforeEach(() => open(world));

  test('comes out as one page, newest first, each story once', async () => {
    await pull(0);
    expect(credits(world)).toEqual(trueCredits(world, 0));
    const dates = [
      ...published('calais/index.html').matchAll(/class="[^"]*dt-published[^"]*" dateTime="([^"]+)"/gi),
    ].map((match) => Date.parse(match[1] ?? ''));
    expect(dates.length).toBeGreaterThan(20);
    expect(dates).toEqual([...dates].sort((a, b) => b - a));
  });

  test('hand-made credit lines have become links to the partner', async () => {
    await pull(0);
    const page = published('calais/index.html');
    expect(page).not.toMatch(/reposted from Calais Migrant Solidarity;/);
    const home = running.partners.find((partner) => partner.name === 'Calais Migrant Solidarity')?.home ?? '';
    const { items } = JSON.parse(published('calais/feed.json')) as { items: FeedItem[] };
    const reposts = items.filter(
      (item) => item.authors[0]?.name === 'Calais Migrant Solidarity' && item._relais.reposts.length > 0,
    );
    expect(reposts.length).toBeGreaterThan(8);
    for (const item of reposts)
      expect(item.content_html.slice(0, 400)).toMatch(/^<p[^>]*>.*<a href="[^"]+"[^>]*>Calais Migrant Solidarity<\/a>/);
    expect(reposts.some((item) => item.url.startsWith(home))).toBe(true);
  });
});
