/**
 * A seed into a small partner world that moves on: every turn some groups post, correct, take back and repost each
 * other, and some do nothing. It remembers what each address has to say, so that a house can be compared with it.
 */
import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import sharp from 'sharp';
import { type Dice, diceOf } from '../dice.ts';
import { type Partner, startPartner } from '../partner/server.ts';

interface Post {
  readonly guid: string;
  /** Contains a word that stands nowhere else in the world: where it is, this text is. */
  readonly title: string;
  readonly text: string;
  readonly date: number;
  /** Name of the group it was taken from. */
  readonly from: string | undefined;
  readonly version: number;
  readonly isWithdrawn: boolean;
}

interface Group {
  readonly name: string;
  readonly path: string;
  /** The other kind is known again by the bytes of its feed alone. */
  readonly hasValidators: boolean;
  readonly posts: Post[];
}

/** What a maintainer may change from one run to the next. */
export interface Settings {
  readonly title: string;
  /** A group that is not in sources.yaml any more. */
  readonly without?: string | undefined;
}

export interface World {
  sourcesYaml(settings: Settings): string;
  readonly groups: readonly string[];
  /** Lets a turn's worth of things happen. */
  turn(): void;
  /** Resolves at the request after so many further ones. */
  atRequest(count: number): Promise<void>;
  /** By path of the feed: what a house that has read everything has stored, as `guid title`; sorted. */
  expected(): ReadonlyMap<string, readonly string[]>;
  /** By path of the feed, the validator that goes with it now. */
  validators(): ReadonlyMap<string, string>;
  /** Words that may stand nowhere any more. */
  withdrawn(): readonly string[];
  /** Answers given since the last call, by status. */
  answers(): ReadonlyMap<number, number>;
  close(): Promise<void>;
}

const day = 86_400_000;
const names = ['Harbour Watch', 'Channel Info', 'Border Post', 'Night Kitchen'];
const sections = ['calais', 'channel'];
/** Posts that a feed lists; older ones fall off its end. */
const listed = 40;
/** So many that a section has pages of months from the start. */
const firstPosts = 36;

/** @param now the newest date a post may have, UTC ms: dates lie in the ninety days before */
export async function startWorld(seed: number, now: number): Promise<World> {
  const dice = diceOf(seed);
  const groups = names.map(
    (name, at): Group => ({ name, path: `/${slugOf(name)}`, hasValidators: at % 3 !== 2, posts: [] }),
  );
  const writer = writerOf(dice, now);
  for (let post = 0; post < firstPosts; post++) for (const group of groups) group.posts.push(writer.post(group));
  const statuses = new Map<number, number>();
  const waiting: { count: number; resolve: () => void }[] = [];
  const answer: RequestListener = (request, response) => {
    const picture = /^\/picture\/(\d+)\.png$/.exec(request.url ?? '')?.[1];
    if (picture !== undefined) return void pictureOf(Number(picture)).then((body) => response.end(body));
    for (const one of waiting.splice(0)) {
      if (one.count-- > 0) waiting.push(one);
      else one.resolve();
    }
    const group = groups.find(({ path }) => path === request.url);
    const status = group === undefined ? 404 : request.headers['if-none-match'] === validatorOf(group) ? 304 : 200;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const headers = group?.hasValidators === true ? { ETag: validatorOf(group) } : {};
    response.writeHead(status, { 'Content-Type': 'application/atom+xml', ...headers });
    response.end(group === undefined || status !== 200 ? undefined : feedOf(group, request.headers.host));
  };
  // Two hosts, so that two sources are refreshed at the same time.
  const hosts = [await startPartner(answer), await startPartner(answer)];
  return {
    sourcesYaml: (settings) => yamlFor(groups, hosts, settings),
    groups: names,
    turn: () => groups.forEach((group) => void takeTurn(group, groups, dice, writer)),
    atRequest: (count) => new Promise((resolve) => waiting.push({ count, resolve })),
    expected: () => new Map(groups.map(({ path, posts }) => [path, posts.map(lineOf).sort()])),
    validators: () => new Map(groups.filter((one) => one.hasValidators).map((one) => [one.path, validatorOf(one)])),
    withdrawn: () =>
      groups.flatMap(({ posts }) =>
        posts.filter((post) => post.isWithdrawn && post.from === undefined).map((post) => wordOf(post)),
      ),
    answers() {
      const given = new Map(statuses);
      statuses.clear();
      return given;
    },
    close: async () => void (await Promise.all(hosts.map((host) => host.close()))),
  };
}

/** How a stored item is compared: a withdrawn one has no title left. */
function lineOf(post: Post): string {
  return `${post.guid} ${post.isWithdrawn ? '' : post.title}`;
}

/** The word by which a text is found, in whatever version. */
function wordOf(post: Post): string {
  return post.title.split(' ')[0] ?? '';
}

interface Writer {
  readonly post: (group: Group) => Post;
  readonly corrected: (post: Post) => Post;
  readonly reposted: (post: Post, by: Group, from: Group) => Post;
}

function writerOf(dice: Dice, now: number): Writer {
  let number = 0;
  const word = (): string => {
    const syllables = ['ka', 'lo', 'mi', 'ren', 'tu', 'sha', 'bor', 'del', 'fi', 'nau', 'pe', 'gos'];
    return Array.from({ length: 2 + dice.roll(3) }, () => dice.pick(syllables)).join('');
  };
  const words = (count: number): string => Array.from({ length: count }, word).join(' ');
  return {
    post: (group) => {
      number++;
      const mark = `Zq${number.toString(36)}Q`; // no digit is a capital: no mark begins another
      return {
        guid: `tag:${slugOf(group.name)}.example,2026:${number}`,
        title: `${mark} ${words(3)}`,
        text: `${mark} ${words(50)}`,
        date: now - dice.roll(90 * day),
        from: undefined,
        version: 1,
        isWithdrawn: false,
      };
    },
    corrected: (post) => ({
      ...post,
      title: `${wordOf(post)} corrected ${post.version + 1}`,
      version: post.version + 1,
    }),
    reposted: (post, by, from) => {
      number++;
      return {
        ...post,
        guid: `tag:${slugOf(by.name)}.example,2026:${number}`,
        date: Math.min(now, post.date + 3_600_000),
        from: from.name,
      };
    },
  };
}

function takeTurn(group: Group, groups: readonly Group[], dice: Dice, writer: Writer): void {
  if (dice.chance(0.25)) return;
  const own = (): number => {
    // Not one that falls off the feed's end before anybody has asked.
    const newest = Math.min(group.posts.length, listed - 5);
    return group.posts.length - 1 - dice.roll(newest);
  };
  if (dice.chance(0.3)) change(group, own(), writer.corrected);
  if (dice.chance(0.4)) change(group, own(), (post) => ({ ...post, isWithdrawn: true }));
  for (let post = dice.roll(3); post > 0; post--) group.posts.push(writer.post(group));
  const other = dice.pick(groups);
  if (other !== group && dice.chance(0.5)) {
    const post = dice.pick(other.posts.slice(-listed));
    if (post.from === undefined && !post.isWithdrawn) group.posts.push(writer.reposted(post, group, other));
  }
}

function change(group: Group, at: number, how: (post: Post) => Post): void {
  const post = group.posts[at];
  if (post !== undefined && !post.isWithdrawn) group.posts[at] = how(post);
}

/** Some posts have a picture, which is no other's. */
function pictureIn({ guid }: Post, host: string): string {
  const number = Number(guid.split(':').at(-1));
  return number % 9 === 0 ? `<p><img src="http://${host}/picture/${number}.png" alt=""></p>` : '';
}

async function pictureOf(number: number): Promise<Buffer> {
  const background = `#${(number * 4_099).toString(16).padStart(6, '0').slice(-6)}`;
  return await sharp({ create: { width: 30, height: 20, channels: 3, background } })
    .png()
    .toBuffer();
}

/** @param host where it says its pictures are */
function feedOf(group: Group, host = ''): string {
  const entries = group.posts.slice(-listed).map((post) => {
    if (post.isWithdrawn) return `<at:deleted-entry ref="${post.guid}" when="${new Date(post.date).toISOString()}"/>`;
    const credit = post.from === undefined ? '' : `<p>reposted from ${post.from};</p>`;
    const url = `https://${slugOf(group.name)}.example/${post.guid.split(':').at(-1)}`;
    const moved = new Date(post.date + post.version * 1000).toISOString();
    return `<entry><id>${post.guid}</id><title>${post.title}</title><link href="${url}"/><published>${new Date(post.date).toISOString()}</published><updated>${moved}</updated><content type="html">${escaped(`${credit}<p>${post.text}</p>${pictureIn(post, host)}`)}</content></entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>${group.name}</title><id>tag:${slugOf(group.name)}.example,2026:feed</id><link href="https://${slugOf(group.name)}.example/"/><updated>2026-01-01T00:00:00Z</updated>
${entries.join('\n')}
</feed>`;
}

function validatorOf(group: Group): string {
  return `"${createHash('sha256').update(feedOf(group)).digest('hex').slice(0, 16)}"`;
}

/** The first group is in both sections, and lets its pictures be copied; the last has the second to itself beside it. */
function yamlFor(groups: readonly Group[], hosts: readonly Partner[], { title, without }: Settings): string {
  const lines = sections.map((section, at) => {
    const own = groups.filter(
      ({ name }, index) => (index === 0 || (index === groups.length - 1) === (at === 1)) && name !== without,
    );
    const urls = own.map((group) => {
      const url = `${hosts[groups.indexOf(group) % 2]?.url ?? ''}${group.path}`;
      // Named here, for reposts go along with what a group takes back where the settings name it.
      return `    - { url: "${url}", name: ${group.name}${group === groups[0] ? ', show: full, images: copy' : ''} }\n`;
    });
    return `  ${section}:\n${urls.join('')}`;
  });
  const site = `site: { title: ${title}, url: "https://news.example/" }`;
  return `${site}\nnetwork: { allow: [127.0.0.1], spacing: 0s }\nsections:\n${lines.join('')}`;
}

function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

function escaped(html: string): string {
  return html.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
