/** Who belongs to whom is said in sources.yaml, and may be said later than the posts came. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Partner, startPartner } from '../partner/server.ts';
import { paragraphs } from '../stories/texts.ts';
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

const rss = (
  name: string,
  at: number,
): string => `<rss version="2.0"><channel><title>${name}</title><link>https://${name}.example/</link>
<item><guid isPermaLink="false">${name}-1</guid><title>Tents taken at the canal</title><link>https://${name}.example/1</link>
<pubDate>${new Date(at).toUTCString()}</pubDate><description>${paragraphs.join(' ')}</description></item></channel></rss>`;

test('a partner or a role that is named later counts for what had come before', async () => {
  const site = await startPartner({
    '/wire': rss('wire', start - 3 * hour),
    '/harbour': rss('harbour', start - 2 * hour),
  });
  partner = site;
  const yaml = (wire: string, harbour = ''): string => `sections:
  calais:
    - { url: "${site.url}/wire", name: Wire, every: 1h${wire} }
    - { url: "${site.url}/harbour", name: Harbour, every: 1h${harbour} }
`;
  const story = (): string => {
    const [path = ''] =
      /story\/[a-z0-9]+\/index\.html/.exec(readFileSync(join(house.house.siteFolder, 'calais/index.html'), 'utf8')) ??
      [];
    return readFileSync(join(house.house.siteFolder, path), 'utf8').replace(/\s+/g, ' ');
  };
  await house.run(yaml(''));
  expect(story()).toContain('First seen at <bdi><a href="https://wire.example/1"');
  house.clock.set(start + hour);
  await house.run(yaml(', role: newswire'));
  expect(story()).toContain('First seen at <bdi><a href="https://harbour.example/1"');
  house.clock.set(start + 2 * hour);
  await house.run(yaml(', partner: Harbour People', ', partner: Harbour People'));
  expect(story()).not.toContain('First seen at');
});
