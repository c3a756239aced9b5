/** The partner worlds: what their sites answer, how they move, and whether their truth hangs together. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { type RunningWorld, startWorld } from '../../src/demo/world/server.ts';
import { truth } from '../../src/demo/world/truth.ts';
import { findPost, isRepost, type Post, type World } from '../../src/demo/world/world.ts';
import { worlds } from '../../src/demo/world/worlds.ts';

const now = Date.UTC(2025, 2, 14, 9, 30);
const dayMs = 86_400_000;
const allWorlds = Object.values(worlds);

async function inWorld(world: World, visit: (running: RunningWorld) => Promise<void>): Promise<void> {
  const running = await startWorld(world, { now: () => world.now ?? now });
  try {
    await visit(running);
  } finally {
    await running.close();
  }
}

function addressOf(running: RunningWorld, id: string): { readonly url: string; readonly home: string } {
  const partner = running.partners.find((one) => one.id === id);
  if (partner === undefined) throw new Error(`no partner ${id}`);
  return partner;
}

async function read(running: RunningWorld, id: string): Promise<string> {
  const answer = await fetch(feedOf(running, id));
  expect(answer.status).toBe(200);
  return new TextDecoder(id === 'nbne' ? 'windows-1252' : 'utf-8').decode(await answer.arrayBuffer());
}

/** Passeurs stand in sources.yaml with their home page only. */
function feedOf(running: RunningWorld, id: string): string {
  const { url } = addressOf(running, id);
  return id === 'passeurs' ? `${url}feed/` : url;
}

/** Titles of the feed as text; enough for feeds that we wrote ourselves. */
function hasTitle(feed: string, title: string): boolean {
  return feed.includes(title.replaceAll('&', '&amp;')) || feed.includes(title);
}

const hasXmllint = ((): boolean => {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('xmllint is not installed: the partner worlds’ feeds were not checked for well-formedness\n');
    return false;
  }
})();

function isWellFormed(xml: Uint8Array): boolean {
  try {
    execFileSync('xmllint', ['--noout', '--nonet', '-'], { input: xml, stdio: ['pipe', 'ignore', 'ignore'] });
    return true;
  } catch {
    return false;
  }
}

describe('the sites answer', () => {
  test.each(allWorlds)('in world $id: every feed has its type, an ETag and a date; a second visit gets 304', (world) =>
    inWorld(world, async (running) => {
      running.setTick(world.lastTick);
      for (const { url } of running.partners) {
        const first = await fetch(url);
        const etag = first.headers.get('etag');
        expect(first.status, url).toBe(200);
        expect(etag).toMatch(/^"[0-9a-f]+"$/);
        expect(Date.parse(first.headers.get('last-modified') ?? '')).toBeLessThanOrEqual(world.now ?? now);
        await first.arrayBuffer();
        const second = await fetch(url, { headers: { 'if-none-match': `"other", W/${etag}` } });
        expect(second.status, url).toBe(304);
        expect(await second.text()).toBe('');
      }
      const asked = running.requests();
      expect(asked).toHaveLength(running.partners.length * 2);
      expect(asked.filter((one) => one.conditional).map((one) => one.status)).toEqual(running.partners.map(() => 304));
    }),
  );

  test('every post has a page, its pictures and its enclosure are there, and other paths are not', () =>
    inWorld(worlds.today, async (running) => {
      const feed = await read(running, 'cms');
      const pages = [...feed.matchAll(/<link>([^<]+\/\d{4}\/[^<]+)<\/link>/g)].map((match) => match[1] ?? '');
      expect(pages.length).toBeGreaterThanOrEqual(9);
      for (const page of pages) {
        const answer = await fetch(page);
        expect(answer.status, page).toBe(200);
        expect(await answer.text()).toContain('played by the Relais demo');
      }
      const picture = /src="([^"]+\.png)"/.exec(feed)?.[1] ?? '';
      const bytes = new Uint8Array(await (await fetch(picture)).arrayBuffer());
      expect([...bytes.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
      const [, enclosure = '', length] = /<enclosure url="([^"]+)" length="(\d+)"/.exec(feed) ?? [];
      expect((await (await fetch(enclosure)).arrayBuffer()).byteLength).toBe(Number(length));
      expect((await fetch(`${addressOf(running, 'cms').home}nothing-here`)).status).toBe(404);
    }));

  test.skipIf(!hasXmllint)('every XML feed is well-formed at every tick, but the broken one', async () => {
    for (const world of allWorlds) {
      await inWorld(world, async (running) => {
        let checked = 0;
        for (let tick = 0; tick <= world.lastTick; tick++) {
          running.setTick(tick);
          for (const { id, groupId } of running.partners) {
            const group = world.groups.find((one) => one.id === groupId);
            if (group === undefined || !['rss', 'rdf', 'atom'].includes(group.format) || id === 'visitors') continue;
            if (id === 'ligne' && tick < 2) continue;
            const answer = await fetch(feedOf(running, id));
            const isFine = isWellFormed(new Uint8Array(await answer.arrayBuffer()));
            expect(isFine, `${id} at tick ${tick}`).toBe(id !== 'papiers');
            checked++;
          }
        }
        expect(checked).toBeGreaterThan(2);
      });
    }
  });

  test('JSON feeds parse, with a control character in a title', () =>
    inWorld(worlds.today, async (running) => {
      const feed = JSON.parse(await read(running, 'tariq')) as {
        version: string;
        items: { title: string; id: string }[];
      };
      expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
      expect(new Set(feed.items.map((item) => item.id)).size).toBe(feed.items.length);
      expect(feed.items.some((item) => item.title.includes('\u0000'))).toBe(true);
    }));

  test('one site has no feed, one is under repair, one is dead until tick 2', () =>
    inWorld(worlds.today, async (running) => {
      expect((await read(running, 'dover')).match(/<article class="news"/g)).toHaveLength(3);
      const repair = await fetch(addressOf(running, 'visitors').url);
      expect([repair.status, repair.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      const dead = addressOf(running, 'ligne').url;
      await expect(fetch(dead)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
      running.setTick(2);
      expect((await fetch(dead)).status).toBe(200);
      running.setTick(1);
      await expect(fetch(dead)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    }));
});

describe('the world moves', () => {
  test('the same now and tick give the same feeds, on whatever ports', async () => {
    const texts: string[][] = [];
    for (let round = 0; round < 2; round++) {
      await inWorld(worlds.today, async (running) => {
        running.setTick(2);
        const names = new Map(running.partners.map((one) => [new URL(one.home).host, one.id]));
        const feeds: string[] = [];
        for (const { id } of running.partners) {
          feeds.push((await read(running, id)).replace(/127\.0\.0\.1:\d+/g, (host) => names.get(host) ?? host));
        }
        texts.push(feeds);
      });
    }
    expect(texts[0]).toEqual(texts[1]);
  });

  test('tick 1 corrects a report and brings a late repost; nothing else changes', () =>
    inWorld(worlds.today, async (running) => {
      const ids = running.partners.map((one) => one.id).filter((id) => id !== 'ligne');
      const before = await Promise.all(ids.map((id) => read(running, id)));
      running.setTick(1);
      const after = await Promise.all(ids.map((id) => read(running, id)));
      expect(ids.filter((_, place) => before[place] !== after[place])).toEqual(['cms', 'nbne']);
      expect(hasTitle(after[0] ?? '', 'Three people injured at the lorry park')).toBe(false);
      expect(hasTitle(after[0] ?? '', 'Four people injured at the lorry park (corrected)')).toBe(true);
      expect((after[1] ?? '').split('<item ').length - (before[1] ?? '').split('<item ').length).toBe(1);
    }));

  test('tick 2 takes a text back, which a repost still shows, and brings an original after its repost', () =>
    inWorld(worlds.today, async (running) => {
      const entry = /<id>([^<]+boat-missing[^<]*)<\/id>[\s\S]*?rel="alternate"[^>]*href="([^"]+)"/;
      const [, guid, page] = entry.exec(await read(running, 'alarm-phone')) ?? [];
      expect((await fetch(page ?? '')).status).toBe(200);
      expect(await read(running, 'migreurop')).not.toContain('le silence des États');
      running.setTick(2);
      const feed = await read(running, 'alarm-phone');
      expect(feed).not.toContain(`<id>${guid}</id>`);
      expect(feed).toMatch(new RegExp(`<at:deleted-entry ref="${guid}" when="[^"]+"><at:comment>[^<]+families`));
      expect((await fetch(page ?? '')).status).toBe(410);
      expect(await read(running, 'hafen')).toContain('Übernommen von Alarm Phone:');
      expect(await read(running, 'migreurop')).toContain('le silence des États');
    }));

  test('after the last tick nothing changes', () =>
    inWorld(worlds.today, async (running) => {
      const etags = async (): Promise<(string | null)[]> =>
        Promise.all(running.partners.map(async ({ url }) => (await fetch(url)).headers.get('etag')));
      running.setTick(worlds.today.lastTick);
      const last = await etags();
      running.setTick(worlds.today.lastTick + 5);
      expect(await etags()).toEqual(last);
    }));
});

describe('the truth', () => {
  const named = allWorlds.flatMap((world) =>
    Array.from({ length: world.lastTick + 1 }, (_, tick) => ({ world, id: world.id, tick })),
  );

  test.each(named)(
    'of $id at tick $tick: each story once, credited to a group that does not repost itself',
    ({ world, tick }) => {
      const { stories } = truth(world, tick);
      expect(new Set(stories.map((one) => one.key)).size).toBe(stories.length);
      for (const story of stories) {
        expect(story.originalGroup).not.toBe('');
        expect(story.repostGroups).not.toContain(story.originalGroup);
        expect(new Set(story.repostGroups).size).toBe(story.repostGroups.length);
      }
    },
  );

  test.each(allWorlds)('of $id: every story has exactly one original, or one author outside', (world) => {
    const postsByStory = new Map<string, Post[]>();
    for (const post of world.groups.flatMap((group) => group.posts)) {
      postsByStory.set(post.story, [...(postsByStory.get(post.story) ?? []), post]);
    }
    for (const [key, posts] of postsByStory) {
      const authors = posts.filter((post) => !isRepost(post)).length;
      const strangers = new Set(posts.map((post) => post.writtenBy).filter((name) => name !== undefined)).size;
      expect(authors + strangers, key).toBe(1);
    }
  });

  test.each(allWorlds)('of $id: a repost tells the story of what it copies', (world) => {
    for (const post of world.groups.flatMap((group) => group.posts)) {
      if (!('of' in post.body)) continue;
      expect(findPost(world, post.body.of).post.story, post.slug).toBe(post.story);
    }
  });

  test('knows chains, strangers, silent groups and withdrawals', () => {
    const find = (tick: number, key: string): unknown =>
      truth(worlds.today, tick).stories.find((one) => one.key === key);
    expect(find(0, 'thirty-four-people-south-of-crete')).toMatchObject({
      originalGroup: 'Alarm Phone',
      repostGroups: ['No Borders North East', 'Balkan Route Watch'],
    });
    expect(find(0, 'eyewitnesses-from-the-quay')).toMatchObject({
      originalGroup: 'Les Amis du Quai',
      repostGroups: ['No Borders North East'],
    });
    expect(find(2, 'the-visiting-room')).toBeUndefined();
    expect(find(0, 'semaine-calme')).toBeUndefined();
    expect(find(2, 'semaine-calme')).toBeDefined();
    expect(find(0, 'la-nuit-sur-la-plage')).toMatchObject({
      title: 'La nuit sur la plage, racontée par ceux qui veillent',
      originalGroup: 'Ligne de côte',
    });
    expect(find(2, 'la-nuit-sur-la-plage')).toMatchObject({
      title: 'Nuit de veille sur la plage',
      originalGroup: 'Ligne de côte',
    });
    expect(find(1, 'boat-missing-since-sunday')).not.toHaveProperty('withdrawn');
    expect(find(2, 'boat-missing-since-sunday')).toMatchObject({ withdrawn: true, repostGroups: ['Hafengruppe Nord'] });
  });

  test('of today agrees with the feeds: every title can be read at some site', () =>
    inWorld(worlds.today, async (running) => {
      const feeds = await Promise.all(
        running.partners.filter((one) => one.id !== 'ligne').map((one) => read(running, one.id)),
      );
      const hostile = new Set(
        worlds.today.groups.flatMap((group) => group.posts.filter((post) => post.wireTitle).map((post) => post.story)),
      );
      const mangled = new Set(
        worlds.today.groups
          .filter((group) => group.id === 'papiers')
          .flatMap((group) => group.posts.map((post) => post.story)),
      );
      for (const story of truth(worlds.today, 0).stories) {
        if (hostile.has(story.key) || mangled.has(story.key)) continue;
        expect(
          feeds.some((feed) => hasTitle(feed, story.title)),
          story.title,
        ).toBe(true);
      }
    }));
});

describe('the worlds have what the demo and the archive need', () => {
  test('today: nine groups, five formats, four languages, and six stories in any closed week', () => {
    const { groups } = worlds.today;
    expect(groups.length).toBeGreaterThanOrEqual(9);
    expect(new Set(groups.map((group) => group.format)).size).toBe(5);
    expect(new Set(groups.map((group) => group.lang))).toEqual(new Set(['en', 'fr', 'de', 'ar']));
    const originals = groups.flatMap((group) =>
      group.posts.filter((post) => !isRepost(post) && group.trouble === undefined),
    );
    for (let daysBack = 0; daysBack <= 7; daysBack += 0.5) {
      const inWeek = originals.filter(
        ({ when }) => typeof when === 'number' && when / 24 > daysBack && when / 24 <= daysBack + 7,
      );
      expect(inWeek.length, `week that closed ${daysBack} days ago`).toBeGreaterThanOrEqual(6);
    }
    for (const post of groups.flatMap((group) => group.posts)) {
      expect(typeof post.when === 'number' && post.when * 3_600_000 < 14 * dayMs, post.slug).toBe(true);
    }
  });

  test('calais-2010: one archive of nine months with its reposts, most of whose originals are still in the partner’s feed', () => {
    const world = worlds['calais-2010'];
    const host = world.groups.find((group) => group.id === 'host');
    const days = (host?.posts ?? []).map((post) => String(post.when).slice(0, 10));
    expect([days.at(-1), days[0]]).toEqual(['2009-06-05', '2010-03-12']);
    expect(days.filter((day) => day === '2009-09-22')).toHaveLength(3);
    const reposted = (host?.posts ?? []).flatMap((post) =>
      'of' in post.body ? [findPost(world, post.body.of).post] : [],
    );
    const fallenOff = reposted.filter((post) => post.hasLeftFeed).length;
    expect(fallenOff).toBeGreaterThan(0);
    expect(fallenOff).toBeLessThan(reposted.length / 2);
    const release = findPost(world, 'cms/wearing-people-out').post.body;
    const text = 'of' in release ? '' : release.join(' ');
    expect(text.replace(/<[^>]*>/g, ' ').split(/\s+/).length).toBeGreaterThan(400);
    for (let note = 1; note <= 6; note++) expect(text.split(`[${note}]`), `note ${note}`).toHaveLength(3);
  });

  test.each(allWorlds)('$id: a copy has the words of its model, between the credit and the end', (world) =>
    inWorld(world, async (running) => {
      const feeds = (
        await Promise.all(running.partners.filter((one) => one.id !== 'ligne').map((one) => read(running, one.id)))
      ).join('\n');
      let copies = 0;
      for (const post of world.groups.flatMap((group) => group.posts)) {
        if (!('of' in post.body) || post.body.words !== undefined || (post.fromTick ?? 0) > 0) continue;
        const { body } = findPost(world, post.body.of).post;
        const sentence = ('of' in body ? '' : (body.find((part) => !part.startsWith('<')) ?? '')).slice(20, 80);
        expect(feeds, post.slug).toContain(sentence);
        copies++;
      }
      expect(copies).toBeGreaterThan(5);
    }),
  );

  test.each(allWorlds)('$id: sources.yaml is a configuration without a fault that names every source once', (world) =>
    inWorld(world, async (running) => {
      const read = readConfig(running.sourcesYaml({ url: 'http://127.0.0.1:8080/' }), 'sources.yaml', () => undefined);
      if (read.kind !== 'config') throw new Error(JSON.stringify(read.problems));
      const { network, sections, sources } = read.config;
      expect([network.allow, network.spacingMs]).toEqual([['127.0.0.1'], 0]);
      expect(sections.map((section) => section.id)).toEqual(world.sections.map((section) => section.id));
      expect(sources.map((one) => one.url).sort()).toEqual(running.partners.map((one) => one.url).sort());
      expect(sources.filter((one) => one.page !== undefined).map((one) => one.name)).toEqual(
        world.groups.filter((group) => group.format === 'page').map((group) => group.name),
      );
    }),
  );
});
