/** Which story comes into which digest: over nights that were slept through, clocks that change, texts that come late. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filesIn } from '../crash/site.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const at = (text: string): number => Date.parse(text);

let house: TestHouse;
let partner: Partner;
let feed: string;

const limits = (timezone: string): string =>
  `network: { allow: [127.0.0.1], spacing: 0s }\nsite: { url: "https://news.example/", timezone: "${timezone}" }\n`;

async function open(start: string, timezone = 'Europe/Paris'): Promise<void> {
  house = await openTestHouse(at(start), limits(timezone));
}

beforeEach(async () => {
  feed = atom();
  partner = await startPartner({ '/feed': (_request, response) => void response.end(feed) });
});
afterEach(async () => {
  await house.close();
  await partner.close();
});

function atom(...entries: readonly string[]): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Harbour Watch</title><id>urn:uuid:1</id><link href="https://harbour.example/"/>${entries.join('')}</feed>`;
}

/** @param date `2026-11-12T05:00Z` */
function entry(name: string, date: string): string {
  return `<entry><id>tag:harbour.example,2026:${name}</id><title>${name}</title><link href="https://harbour.example/${name}"/><updated>${new Date(date).toISOString()}</updated><content>Text of ${name}, which happened there.</content></entry>`;
}

async function visit(when: string, digest: string): Promise<void> {
  house.clock.set(at(when));
  await house.run(`sections:\n  calais:\n    digest: ${digest}\n    sources: [ "${partner.url}/feed" ]\n`, {
    now: 'all',
  });
}

/** Names of the digests on the site, with the titles of their stories. */
function digests(): Record<string, string[]> {
  const pages = filesIn(house.house.siteFolder).filter(({ path }) => /\/digest\/2[^/]*\/digest\.txt$/.test(path));
  return Object.fromEntries(
    pages.map(({ path, body }) => [
      path.split('/')[2] ?? '',
      [...body.matchAll(/^\d+\. (.*)$/gm)].map(([, title = '']) => title).sort(),
    ]),
  );
}

const daily = '{ when: daily, at: "07:00" }';

describe('a daily digest', () => {
  test('takes in what was published in nights that were slept through, once', async () => {
    await open('2026-11-10T12:00Z');
    feed = atom(entry('Monday', '2026-11-09T20:00Z'));
    await visit('2026-11-10T12:00Z', daily);
    const entries = [entry('Tuesday', '2026-11-10T20:00Z'), entry('Thursday', '2026-11-12T05:00Z')];
    feed = atom(...entries, entry('Friday', '2026-11-13T05:59Z'), entry('Later', '2026-11-13T06:00Z'));
    await visit('2026-11-13T09:00Z', daily);
    expect(digests()).toEqual({ '2026-11-10': ['Monday'], '2026-11-13': ['Friday', 'Thursday', 'Tuesday'] });
    await visit('2026-11-14T09:00Z', daily);
    expect(digests()['2026-11-14']).toEqual(['Later']);
  });

  test('begins with one day, whatever its sources list', async () => {
    await open('2026-11-10T12:00Z');
    feed = atom(entry('Old', '2026-11-08T20:00Z'), entry('New', '2026-11-09T20:00Z'));
    await visit('2026-11-10T12:00Z', daily);
    expect(digests()).toEqual({ '2026-11-10': ['New'] });
  });

  test('without anything in it is not made, and moves nothing out of the next', async () => {
    await open('2026-11-10T12:00Z');
    await visit('2026-11-10T12:00Z', daily);
    await visit('2026-11-11T12:00Z', daily);
    expect(digests()).toEqual({});
    expect((await house.house.library.digests()).map(({ name, isEmpty }) => [name, isEmpty])).toEqual([
      ['2026-11-10', true],
      ['2026-11-11', true],
    ]);
    // It was dated before, and came only now.
    feed = atom(entry('Late', '2026-11-10T20:00Z'));
    await visit('2026-11-12T12:00Z', daily);
    expect(digests()).toEqual({ '2026-11-12': ['Late'] });
  });

  test('takes in what came late, and never again what a corrected text or a repost changes', async () => {
    await open('2026-11-10T12:00Z');
    feed = atom(entry('First', '2026-11-09T20:00Z'));
    await visit('2026-11-10T12:00Z', daily);
    feed = atom(
      entry('First', '2026-11-11T05:00Z').replace('happened', 'was said to have happened'),
      entry('Late', '2026-11-09T21:00Z'),
    );
    await visit('2026-11-11T12:00Z', daily);
    expect(digests()).toEqual({ '2026-11-10': ['First'], '2026-11-11': ['Late'] });
  });

  test('closes by the clocks of the site when these change', async () => {
    await open('2026-10-24T12:00Z');
    const entries = [entry('Before', '2026-10-25T04:59Z'), entry('In the hour more', '2026-10-25T05:30Z')];
    feed = atom(...entries);
    await visit('2026-10-25T05:45Z', daily); // a quarter to seven by the new time
    expect(digests()).toEqual({});
    await visit('2026-10-25T06:00Z', daily);
    expect(digests()).toEqual({ '2026-10-25': ['Before', 'In the hour more'] });
    feed = atom(...entries, entry('After', '2026-10-25T06:00Z'));
    await visit('2026-10-26T06:00Z', daily);
    expect(digests()['2026-10-26']).toEqual(['After']);
  });

  test('that closed under a clock that was wrong holds nothing back', async () => {
    await open('2026-11-10T12:00Z');
    await visit('2027-11-10T12:00Z', daily);
    feed = atom(entry('Now', '2026-11-10T20:00Z'));
    await visit('2026-11-11T12:00Z', daily);
    expect(digests()).toEqual({ '2026-11-11': ['Now'] });
  });
});

test('other settings change when the next one closes, and what is in it', async () => {
  await open('2026-11-16T12:00Z');
  feed = atom(entry('Week', '2026-11-15T20:00Z'));
  await visit('2026-11-16T12:00Z', '{ at: "Mon 07:00" }');
  feed = atom(entry('Week', '2026-11-15T20:00Z'), entry('Until Friday', '2026-11-19T20:00Z'));
  await visit('2026-11-20T12:00Z', '{ at: "Fri 07:00" }');
  feed = atom(entry('Until Friday', '2026-11-19T20:00Z'), entry('Sunday', '2026-11-22T20:00Z'));
  await visit('2026-11-23T12:00Z', '{ at: "Mon 07:00" }');
  feed = atom(entry('Sunday', '2026-11-22T20:00Z'), entry('Month', '2026-11-28T20:00Z'));
  await visit('2026-12-01T12:00Z', '{ when: monthly }');
  expect(digests()).toEqual({
    '2026-w46': ['Week'],
    '2026-w47': ['Until Friday'],
    '2026-w47.2': ['Sunday'],
    '2026-11': ['Month'],
  });
});

test('weekly digests that were published before it was noted what they carry stay as they were', async () => {
  await open('2026-11-16T12:00Z');
  feed = atom(entry('Week', '2026-11-12T20:00Z'));
  const { library } = house.house;
  await library.published(new Map([['calais/digest/2026-W46', { stamp: 'x', at: 0, paths: [] }]]));
  await visit('2026-11-24T12:00Z', '{ at: "Mon 07:00", send: [ { email: list@lists.example } ] }');
  expect(digests()).toEqual({ '2026-w46': ['Week'] });
  expect(await library.digestMailings()).toEqual([]);
});
