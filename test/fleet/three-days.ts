/** A world of groups that write, and pass on what others have written, in their ways: as it is on each of three days. */
import type { LoopbackSites } from '../../bench/loopback-sites.ts';
import type { Config } from '../../src/model.ts';
import type { Dice } from '../dice.ts';
import { settings } from '../pipeline/house.ts';

export const hour = 3_600_000;
export const start = Date.UTC(2026, 10, 20, 3);
const groups = Array.from({ length: 24 }, (_, at) => `group-${at}`);
const hostOf = (group: string): string => `${group}.example`;

interface Post {
  readonly group: string;
  readonly slug: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly at: number;
}

/** Some write; the others pass that on in their ways: whole, with a credit, begun, with a word of their own, at an earlier date. */
export function worldOf(dice: Dice): readonly (readonly Post[])[] {
  const word = (): string =>
    `${dice.pick(['har', 'kan', 'lor', 'mis', 'ten', 'wal'])}${dice.pick(['bo', 'de', 'ri', 'su'])}${dice.roll(900)}`;
  const sentence = (): string => `${Array.from({ length: 14 + dice.roll(10) }, word).join(' ')}.`;
  const told: Post[] = [];
  return [0, 1, 2].map((visit) => {
    const fresh = groups.slice(0, 12).flatMap((group, at): Post[] =>
      dice.chance(0.7)
        ? [
            {
              group,
              slug: `p${visit}-${at}`,
              title: `${word()} ${word()} ${word()}`,
              paragraphs: Array.from({ length: 4 }, sentence),
              at: start + visit * 24 * hour - dice.roll(20) * hour,
            },
          ]
        : [],
    );
    const reposts = groups.flatMap((group, at): Post[] => {
      const original = dice.pick([...told, ...fresh]);
      if (original === undefined || original.group === group || !dice.chance(0.8)) return [];
      const credit = `Reposted from ${original.group};`;
      const paragraphs = dice.pick([
        [credit, ...original.paragraphs],
        [...original.paragraphs, `Source: http://${hostOf(original.group)}/${original.slug}`],
        [`${original.paragraphs[0] ?? ''} […]`, credit],
        original.paragraphs,
        [sentence(), credit, ...original.paragraphs],
      ]);
      const late = original.at + (1 + dice.roll(20)) * hour;
      return [
        {
          group,
          slug: `r${visit}-${at}`,
          title: original.title,
          paragraphs,
          at: dice.chance(0.2) ? original.at - hour : late,
        },
      ];
    });
    told.push(...fresh);
    return [...fresh, ...reposts];
  });
}

function feedOf(group: string, posts: readonly Post[]): string {
  const home = `http://${hostOf(group)}/`;
  const items = posts.map(
    ({ slug, title, paragraphs, at }) =>
      `<item><guid>${home}${slug}</guid><title>${title}</title><link>${home}${slug}</link><pubDate>${new Date(at).toUTCString()}</pubDate>
       <description>${paragraphs.map((one) => `&lt;p>${one}&lt;/p>`).join('')}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>${group}</title><link>${home}</link>${items.join('')}</channel></rss>`;
}

export function settingsFor(sites: Pick<LoopbackSites, 'proxy'>): Config {
  const sources = groups
    .map((group) => `    - { url: "http://${hostOf(group)}/feed", show: full, every: 1h }\n`)
    .join('');
  return settings(
    `network: { proxy: "${sites.proxy}", spacing: 0s, parallel: 4 }\nsite: { url: "https://news.example/" }\nsections:\n  coast:\n${sources}`,
  );
}

/** The feeds as they are after so many days. */
export function publishDays(days: readonly (readonly Post[])[], sites: LoopbackSites): void {
  const all = days.flat();
  for (const group of groups)
    sites.publish(
      `http://${hostOf(group)}/feed`,
      feedOf(
        group,
        all.filter((post) => post.group === group),
      ),
    );
}
