/** What a hostile feed can bring as keys and texts, through the real network and store: PostgreSQL takes less than SQLite does. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StoredItem } from '../../src/model.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3);
let house: TestHouse;
let harbour: Partner;
let feed: string;

beforeEach(async () => {
  house = await openTestHouse(start);
  harbour = await startPartner((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/feed+json' }).end(feed),
  );
});
afterEach(async () => {
  await house.close();
  await harbour.close();
});

/** Serves items of a JSON Feed, twice. @returns what is stored */
async function stored(items: readonly unknown[], path = '/feed'): Promise<StoredItem[]> {
  feed = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Harbour\0 Watch', items });
  for (let round = 1; round <= 2; round++) {
    house.clock.set(start + round * 7_200_000);
    const { outcomes, defects, publication } = await house.run(
      `sections:\n  calais:\n    - { url: "${harbour.url}${path}", every: 1h, images: copy, agreed: { by: Amal, on: 2026-11-20 } }\n`,
    );
    expect([defects, publication.defects]).toEqual([[], []]);
    expect(outcomes[0]?.newItems).toBe(round === 1 ? items.length : 0);
  }
  const { ids } = await house.house.library.changedSince(0);
  return (await house.house.library.stories(ids)).flatMap((story) => story.items);
}

/** Letters that nothing can pack together, as index rows may be. */
const hex = (length: number): string => randomBytes(length).toString('hex').slice(0, length);
const cjk = (length: number): string =>
  Array.from(randomBytes(length * 2).subarray(0, length), (byte, at) =>
    String.fromCodePoint(0x4e00 + ((byte * 77 + at * 7_919) % 20_000)),
  ).join('');
const words = (name: string): string => Array.from({ length: 60 }, (_, at) => `${name}word${at}`).join(' ');

test('guids, addresses, names and tags of any length and alphabet', async () => {
  const long = `https://harbour.example/${hex(12_000)}`;
  const nearly = `https://harbour.example/${hex(1_960)}`;
  const items = [
    { id: cjk(1_000), title: 'a', content_text: words('a') },
    { id: cjk(999), url: long, title: 'b', content_text: words('b') },
    { id: hex(1_000), url: nearly, title: 'c', content_text: words('c') },
    { url: `${nearly}x`, title: 'd', content_text: words('d') },
    {
      id: '🚢'.repeat(400) + cjk(100),
      url: 'https://harbour.example/e',
      external_url: long,
      title: 'e',
      content_text: words('e'),
    },
    {
      id: 'f',
      url: 'https://harbour.example/f',
      title: cjk(3_000),
      content_html: `<p>${words('f')} <a href="${nearly}f">x</a> <a href="${long}">y</a></p><img src="https://harbour.example/${hex(1_900)}.png"><img src="${long}.png">`,
      authors: [{ name: cjk(3_000), url: long }],
      tags: [cjk(3_000), hex(3_000)],
      attachments: [{ url: `https://harbour.example/${hex(1_960)}.mp3`, mime_type: 'audio/mpeg' }],
      language: hex(3_000),
    },
    // Names are told by their capitals: pairs of them become keys.
    {
      id: 'g',
      title: `X${hex(2_000)} Y${hex(2_000)}`,
      content_text: `On ${[1, 2, 3, 4].map((at) => `N${at}${hex(1_900)}`).join(' in ')} ${words('g')} ${Array.from({ length: 8 }, () => `Ж${cjk(900)}`).join(' and ')}`,
    },
  ];
  expect(await stored(items)).toHaveLength(items.length);
});

test('NUL wherever a string may hold one, also behind a backslash', async () => {
  const nul = 'a\0b\\u0000c';
  const one = {
    id: nul,
    url: `https://harbour.example/${nul}`,
    external_url: `https://harbour.example/x\0y`,
    title: `Title ${nul}`,
    summary: nul,
    content_html: `<p>${words('n')} ${nul} &#0; <a href="https://harbour.example/&#0;\0">x</a></p>`,
    authors: [{ name: nul, url: `https://harbour.example/\0` }],
    tags: [nul],
    language: 'e\0n',
    attachments: [{ url: `https://harbour.example/\0.mp3`, mime_type: `audio/\0`, title: nul }],
    _relais: { reposts: [{ name: nul, url: `https://harbour.example/\0`, source: nul }], republish: nul },
  };
  const [item] = await stored([one]);
  expect(JSON.stringify(item)).not.toMatch(/(?<!\\)(\\\\)*\\u0000/);
});
