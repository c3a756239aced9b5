/** An archive from before texts were recognised by their passages, at the first run after. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Partner, startPartner } from '../partner/server.ts';
import { paragraphs } from '../stories/texts.ts';
import { tellDatabase } from '../told-database.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 2, 8, 12);
const hour = 3_600_000;

let house: TestHouse;
let partner: Partner | undefined;
beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  await house.close();
  await partner?.close();
});

const rss = (name: string, texts: readonly string[]): string =>
  `<rss version="2.0"><channel><title>${name}</title>${texts
    .map(
      (text, at) =>
        `<item><guid isPermaLink="false">${name}-${at}</guid><title>${name} ${at}</title><description>${text}</description></item>`,
    )
    .join('')}</channel></rss>`;

test('every text is compared once: of a source that is still asked, of one that has gone, and what was taken back', async () => {
  partner = await startPartner({
    '/a': rss('a', [paragraphs.join(' '), paragraphs[1] ?? '']),
    '/b': rss('b', [`From a friend: ${paragraphs.join(' ')}`]),
  });
  const source = (name: string): string => `{ url: "${partner?.url}/${name}", name: Group ${name} }`;
  await house.run(`sections: { calais: [ ${source('a')}, ${source('b')} ] }`);
  const count = async (what: string): Promise<unknown> =>
    (await tellDatabase(house.folder, `select count(*) as n from ${what}`))[0]?.n;
  const stories = await count('stories');
  for (const words of [
    'delete from imprints',
    'delete from relations',
    "delete from meta where name = 'imprints'",
    "update items set title = '', text = '', html = '', withdrawn_at = 1, withdrawn_because = 'ours' where guid = 'a-1'",
  ])
    await tellDatabase(house.folder, words);
  expect(await count('items')).toBe(3);
  house.clock.set(start + hour);
  await house.run(`sections: { calais: [ ${source('a')} ] }`);
  expect(await count('imprints')).toBe(3);
  expect(await count("relations where kind = 'repost'")).toBe(1);
  expect(await count('stories')).toBe(stories);
  expect(await count("meta where name = 'imprints'")).toBe(1);
});
