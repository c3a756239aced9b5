/** What the desk's journeys look at: a story with its repost, a call that is told twice, a text that waits, and a source that is held. */
import type { Script } from '../partner/server.ts';
import type { DeskHouse } from './desk-house.ts';
import { openDeskHouse } from './desk-house.ts';

const gate =
  'On Monday morning forty people stood at the harbour gate with banners and soup, and nobody was turned away before noon. The crew of the small ferry came ashore, told how the night had been and asked for blankets. By evening the hall was full and the kitchen ran out of bread twice.';
export const call =
  'We call everyone to the square on 14 May at noon. Bring drums, water and friends, and leave your cars at home. The march goes by the old market to the prefecture, where three of us will speak; afterwards there is soup in the yard behind the library until late in the evening.';
const witness =
  'A man who saw the boat leave can be reached at 06 12 34 56 78 until Sunday; he speaks Arabic and a little French, and wants to be called in the evening only.';

interface Told {
  readonly path: string;
  readonly title: string;
  readonly html: string;
  readonly day: number;
}

export function rss(name: string, items: readonly Told[]): string {
  const written = items.map(
    ({ path, title, html, day }) =>
      `<item><guid isPermaLink="false">${name} ${path}</guid><title><![CDATA[${title}]]></title><link>https://${name}.example/${path}</link><pubDate>${new Date(Date.UTC(2026, 10, day, 9)).toUTCString()}</pubDate><description><![CDATA[<p>${html}</p>]]></description></item>`,
  );
  return `<rss version="2.0"><channel><title>${name}</title><link>https://${name}.example/</link><language>en</language>${written.join('')}</channel></rss>`;
}

export async function openDeskWorld(more: Script = {}): Promise<DeskHouse> {
  const house = await openDeskHouse({
    feeds: {
      '/harbour': rss('harbour', [
        { path: 'gate', title: 'At the gate', html: gate, day: 20 },
        { path: 'call', title: 'Come to the square', html: call, day: 20 },
        { path: 'witness', title: 'Somebody saw it', html: witness, day: 22 },
      ]),
      '/copies': rss('copies', [
        { path: 'gate', title: 'At the gate', html: `${gate} Reposted from Harbour Watch.`, day: 21 },
        { path: 'again', title: 'Come to the square', html: call.replace('14 May', '9 June'), day: 23 },
      ]),
      '/held': rss('held', [{ path: 'one', title: 'Our old news', html: 'Quiet days at the mill.', day: 19 }]),
      ...Object.fromEntries(Object.entries(more).map(([name, feed]) => [`/${name}`, feed])),
    },
    sections: `sections:
  calais:
    hold: { kinds: [phone-numbers] }
    sources:
      - { url: "URL/harbour", name: Harbour Watch, show: full }
      - { url: "URL/copies", name: Copies, show: full }
      - { url: "URL/held", name: The Mill }
${Object.keys(more)
  .map((name) => `      - { url: "URL/${name}", show: full }\n`)
  .join('')}`,
  });
  await house.read();
  const { library, clock } = house.test.house;
  const key = house.config().sources[2]?.key ?? '';
  const memory = (await library.memories()).get(key);
  if (memory === undefined) throw new Error('the mill has not been read');
  const held = { since: clock.now(), reasons: ['none of its 12 items was known', 'its language has changed'] };
  await library.remember({ ...memory, held });
  return house;
}
