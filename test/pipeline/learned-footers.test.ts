/** What turns out to be boilerplate changes how many passages two copies share, and nothing that their readers see. */
import { expect, test } from 'vitest';
import { diceOf } from '../dice.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3);
const footer = 'we are a network of groups along the coast and we need your help every winter again';

function words(seed: number): string {
  const dice = diceOf(seed);
  const syllables = 'ca lo mi ster an po ri dun te qua sel bor'.split(' ');
  return Array.from({ length: 300 }, () => [1, 2, 3].map(() => dice.pick(syllables)).join('')).join(' ');
}

function feed(group: string, seed: number): string {
  const text = words(seed);
  return `<rss version="2.0"><channel><title>${group}</title><link>https://${group}.example/</link><description>x</description><item><title>${text.slice(0, 30)}</title><guid isPermaLink="false">${group}-${seed}</guid><link>https://${group}.example/${seed}</link><pubDate>Thu, 19 Nov 2026 10:00:00 GMT</pubDate><description>${group} has this: ${text}. ${footer}.</description></item></channel></rss>`;
}

test('a page stays as it is when a footer of its text is learned', async () => {
  const house = await openTestHouse(start);
  const partners: Partner[] = [];
  const open = async (group: string, seed: number): Promise<string> => {
    const partner = await startPartner({ '/feed': feed(group, seed) });
    partners.push(partner);
    return `${partner.url}/feed`;
  };
  const passages = async (): Promise<readonly string[]> => {
    const id = (await house.house.library.findStory('harbour-1')) ?? 0;
    const stories = await house.house.library.stories([id]);
    const evidence = stories.flatMap(({ attribution }) => attribution.members.flatMap((member) => member.evidence));
    return evidence.filter(({ kind }) => kind === 'same-passages').map(({ quote }) => quote);
  };
  try {
    const urls = [await open('harbour', 1), await open('quay', 1)];
    const section = (): string => `sections:\n  calais:\n${urls.map((url) => `    - ${url}\n`).join('')}`;
    await house.run(section());
    const before = await passages();
    expect(before.length).toBeGreaterThan(0);
    house.clock.set(start + 3_600_000);
    urls.push(await open('mole', 2), await open('pier', 3));
    const { publication } = await house.run(section());
    expect(await passages()).not.toEqual(before);
    const pages = publication.written.filter((path) => path.startsWith('story/'));
    expect(pages).toHaveLength(2);
    const { ids } = await house.house.library.changedSince(start + 60_000);
    expect(ids).toHaveLength(2);
    expect(ids).not.toContain(await house.house.library.findStory('harbour-1'));
  } finally {
    await house.close();
    for (const partner of partners) await partner.close();
  }
});
