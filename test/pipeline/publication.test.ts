/** Publishing that is cut short: what readers find at each step, and what the next run makes of what it finds. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SiteFolder } from '../../src/edges.ts';
import { Halt, problem } from '../../src/problems.ts';
import { faultsOf, filesIn, type PublishedFile } from '../crash/site.ts';
import { type Partner, type Script, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3);
const hour = 3_600_000;
const day = 24 * hour;

let house: TestHouse;
const partners: Partner[] = [];

beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  await house.close();
  for (const partner of partners.splice(0)) await partner.close();
});

async function partner(script: Script): Promise<string> {
  const started = await startPartner(script);
  partners.push(started);
  return started.url;
}

function atom(...entries: readonly string[]): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Harbour Watch</title><id>urn:uuid:1</id><link href="https://harbour.example/"/>${entries.join('')}</feed>`;
}

function entry(name: string, date = '2026-11-19'): string {
  return `<entry><id>tag:harbour.example,2026:${name}</id><title>${name}</title><link href="https://harbour.example/${name}"/><updated>${date}T10:00:00Z</updated><content>Text of ${name}.</content></entry>`;
}

function tombstone(name: string): string {
  return `<at:deleted-entry ref="tag:harbour.example,2026:${name}" when="2026-11-20T00:00:00Z"/>`;
}

function section(...urls: readonly string[]): string {
  return `sections:\n  calais:\n${urls.map((url) => `    - ${url}\n`).join('')}`;
}

function site(): PublishedFile[] {
  return filesIn(house.house.siteFolder);
}

function carrying(word: string): string[] {
  return site().flatMap(({ path, body }) => (body.includes(word) ? [path] : []));
}

const faults = (): Promise<string[]> => faultsOf(site(), 'https://news.example/', 'judge');

const cut = new Halt(problem('publish/not-writable', {}, 'cut short'));

/** Dies when all is in place, before that is noted. */
function dyingAfterwards(): SiteFolder {
  return { ...house.house.folder, remove: () => Promise.reject(cut) };
}

/** Dies when all is ready, before any of it is put in place. */
function dyingBefore(): SiteFolder {
  const { folder } = house.house;
  return { ...folder, draft: async () => ({ ...(await folder.draft()), publish: () => Promise.reject(cut) }) };
}

/** Dies at the last page, before all is ready. */
function dyingEarly(): SiteFolder {
  const { folder } = house.house;
  return {
    ...folder,
    async draft() {
      const draft = await folder.draft();
      const add: typeof draft.add = async (documents) => {
        await draft.add(documents);
        if (documents.some(({ path }) => path === 'index.html')) throw cut;
      };
      return { ...draft, add };
    },
  };
}

describe('a reader who looks in the middle', () => {
  test('finds the site as it was until all is ready, and what goes is linked to by nothing any more', async () => {
    const url = await partner({ '/a': atom(entry('One')), '/b': atom(entry('Two')) });
    await house.run(section(`${url}/a`, `${url}/b`));
    const before = site();
    const { folder } = house.house;
    const seen: string[] = [];
    const watched: SiteFolder = {
      ...folder,
      async draft() {
        const draft = await folder.draft();
        return {
          async add(documents) {
            await draft.add(documents);
            expect(site().filter(({ path }) => !path.startsWith('.'))).toEqual(before);
            seen.push('add');
          },
          paths: draft.paths,
          publish: draft.publish,
        };
      },
      async remove(paths) {
        expect(await faults()).toEqual([]);
        const removed = await folder.remove(paths);
        expect(await faults()).toEqual([]);
        seen.push(...removed);
        return removed;
      },
    };
    await house.run(section(`${url}/a`), {}, watched);
    expect(seen.filter((one) => one.startsWith('story/'))).toHaveLength(1);
    expect(seen.filter((one) => one === 'add').length).toBeGreaterThan(2);
    expect(carrying('Two')).toEqual([]);
  });
});

describe('after a run that was cut short', () => {
  test.each([
    ['before all was ready', dyingEarly],
    ['before anything was put in place', dyingBefore],
    ['before it was noted', dyingAfterwards],
  ])('%s, the next one makes the site whole', async (_when, dying) => {
    const url = await partner({
      '/a': [atom(entry('One'), entry('Two')), atom(entry('One'), tombstone('Two'), entry('Three'))],
    });
    await house.run(section(`${url}/a`));
    await house.run(section(`${url}/a`), { now: 'all' }, dying());
    expect(await faults()).toEqual([]);
    await house.run(section(`${url}/a`));
    expect(await faults()).toEqual([]);
    expect(carrying('Two')).toEqual([]);
    expect(carrying('Three')).toContain('calais/feed.xml');
    expect((await house.run(section(`${url}/a`))).publication).toEqual({ written: [], removed: [], defects: [] });
  });

  test('a digest that nobody has noted still loses what is taken back weeks later', async () => {
    const url = await partner({
      '/a': [atom(entry('Secret', '2026-11-12')), atom(tombstone('Secret'), entry('Other'))],
    });
    await house.run(section(`${url}/a`), {}, dyingAfterwards());
    expect(carrying('Secret')).toContain('calais/digest/2026-w46/index.html');
    house.clock.set(start + 30 * day);
    await house.run(section(`${url}/a`), { now: 'all' });
    expect(carrying('Secret')).toEqual([]);
  });

  test('with other settings, the old settings bring back the old site', async () => {
    const url = await partner({ '/a': [atom(entry('One')), atom(entry('One'), entry('Two'))] });
    const full = section(`${url}/a`);
    const linkOnly = `sections:\n  calais:\n    - url: ${url}/a\n      show: link\n`;
    await house.run(full);
    house.clock.set(start + 2 * hour);
    await house.run(full);
    const told = (): PublishedFile[] => site().filter(({ path }) => !path.startsWith('status/')); // it says when it was made
    const before = told();
    await house.run(linkOnly, {}, dyingAfterwards());
    expect(told()).not.toEqual(before);
    await house.run(full);
    expect(told()).toEqual(before);
  });

  test('with other settings before all is ready, the old settings bring back what was found', async () => {
    const url = await partner({ '/a': atom(entry('One')), '/b': atom(entry('Two')) });
    const both = section(`${url}/a`, `${url}/b`);
    await house.run(both);
    const before = site();
    const found = async (): Promise<string[]> => {
      const query = { words: ['text'], section: undefined, skip: 0, limit: 9 };
      return (await house.house.search.find(query)).map(({ heading }) => heading).sort();
    };
    expect(await found()).toEqual(['One', 'Two']);
    await house.run(section(`${url}/a`), { now: [] }, dyingEarly());
    expect(await found()).toEqual(['One']); // what is to be shown no more is found no more, whatever comes of the pages
    await house.run(both, { now: [] });
    expect(await found()).toEqual(['One', 'Two']);
    expect(site()).toEqual(before);
  });

  test('with nothing to publish any more, what was ready is cleared away', async () => {
    const url = await partner({ '/a': atom(entry('One')) });
    await house.run(section(`${url}/a`));
    const before = site();
    await house.run(`${section(`${url}/a`)}      show: link\n`.replace('- http', '- url: http'), {}, dyingEarly());
    expect(site()).not.toEqual(before);
    await house.run(section(`${url}/a`));
    expect(site()).toEqual(before);
  });

  test('with news of a source that has passed by then, the news goes', async () => {
    const url = await partner({ '/a': [atom(entry('One')), { status: 500 }, atom(entry('One'))] });
    await house.run(section(`${url}/a`));
    const before = site();
    await house.run(section(`${url}/a`), { now: 'all' }, dyingAfterwards());
    expect(site()).not.toEqual(before);
    await house.run(section(`${url}/a`), { now: 'all' });
    expect(site()).toEqual(before);
  });
});
