/** A world at a tick to what each site shows: copies made, dates reckoned, addresses filled in. */
import { findPost, type Group, type Post, type World } from './world.ts';

/** Home page of each group by id, with its trailing slash. */
export type Homes = ReadonlyMap<string, string>;

export interface Scene {
  readonly world: World;
  readonly tick: number;
  /** Milliseconds since 1970, the same for the whole life of a running world. */
  readonly now: number;
  readonly homes: Homes;
}

export interface ShownPost {
  readonly url: string;
  readonly guid: string;
  /** Text; the formats escape it. */
  readonly title: string;
  /** Markup that goes out in the title's place. */
  readonly wireTitle: string | undefined;
  readonly html: string;
  readonly author: string | undefined;
  readonly published: number;
  readonly updated: number;
  readonly tags: readonly string[];
  readonly lang: string;
  readonly enclosure:
    | { readonly url: string; readonly type: string; readonly bytes: number; readonly title: string }
    | undefined;
  readonly source: { readonly name: string; readonly home: string; readonly feedUrl: string } | undefined;
  readonly viaUrl: string | undefined;
  readonly call: { readonly start: number; readonly place: string } | undefined;
}

/** A feed or list of posts as one site shows it, ready for a format. */
export interface Channel {
  readonly group: Group;
  readonly lang: string;
  readonly home: string;
  readonly feedUrl: string;
  /** Newest first. */
  readonly posts: readonly ShownPost[];
  readonly deleted: readonly { readonly guid: string; readonly when: number; readonly because: string }[];
  /** Latest change to any of it. */
  readonly updated: number;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Milliseconds since 1970; relative dates are cut to whole seconds, as feeds carry them. */
export function instantOf(when: string | number, now: number): number {
  const at = typeof when === 'string' ? Date.parse(when) : now - when * hourMs;
  return Math.floor(at / 1000) * 1000;
}

function homeOf(scene: Scene, groupId: string): string {
  const home = scene.homes.get(groupId);
  if (home === undefined) throw new RangeError(`no site for ${groupId}`);
  return home;
}

/** Absolute address of a feed. */
export function feedUrlOf(scene: Scene, group: Group, path = group.feeds[0]?.path ?? '/'): string {
  return homeOf(scene, group.id).replace(/\/$/, '') + path;
}

/** The path of a post's page, with its leading slash. */
export function pathOf(group: Group, post: Post, now: number): string {
  if (group.permalinks === 'spip') return `/spip.php?article${post.id}`;
  if (group.permalinks === 'plain') return `/news/${post.slug}.html`;
  const day = new Date(instantOf(post.when, now)).toISOString().slice(0, 10).replaceAll('-', '/');
  return `/${day}/${post.slug}/`;
}

function pageUrl(scene: Scene, group: Group, post: Post): string {
  return homeOf(scene, group.id).replace(/\/$/, '') + pathOf(group, post, scene.now);
}

/** Posts whose page is up: written, and not taken back. */
export function postsUp(group: Group, tick: number): Post[] {
  return group.posts.filter(
    (post) => (post.fromTick ?? 0) <= tick && (post.withdrawal === undefined || tick < post.withdrawal.fromTick),
  );
}

/** What a feed of a group holds at this tick. */
export function channelOf(scene: Scene, group: Group, feed = group.feeds[0]): Channel {
  const posts = postsUp(group, scene.tick)
    .filter((post) => !post.hasLeftFeed && (feed?.lang === undefined || (post.lang ?? group.lang) === feed.lang))
    .map((post) => showPost(scene, group, post))
    .sort((a, b) => b.published - a.published);
  const deleted = group.posts
    .filter((post) => post.withdrawal !== undefined && scene.tick >= post.withdrawal.fromTick)
    .map((post) => ({
      guid: guidOf(scene, group, post),
      when: instantOf(post.withdrawal?.when ?? 0, scene.now),
      because: post.withdrawal?.because ?? '',
    }));
  return {
    group,
    lang: feed?.lang ?? group.lang,
    home: homeOf(scene, group.id),
    feedUrl: feedUrlOf(scene, group, feed?.path),
    posts,
    deleted,
    updated: Math.max(0, ...posts.map((post) => post.updated), ...deleted.map((one) => one.when)),
  };
}

/** One post with everything filled in. */
export function showPost(scene: Scene, group: Group, post: Post): ShownPost {
  const edit = post.edit !== undefined && scene.tick >= post.edit.fromTick ? post.edit : undefined;
  const home = homeOf(scene, group.id);
  const source = scene.world.groups.find((one) => one.id === post.sourceElement);
  const published = instantOf(post.when, scene.now);
  return {
    url: pageUrl(scene, group, post),
    guid: guidOf(scene, group, post),
    title: edit?.title ?? post.title,
    wireTitle: edit === undefined ? post.wireTitle : undefined,
    html: fillAddresses(scene, group, edit === undefined ? htmlOf(scene.world, post) : paragraphs(edit.body)),
    author: post.author,
    published,
    updated: edit === undefined ? published : instantOf(edit.when, scene.now),
    tags: post.tags ?? [],
    lang: post.lang ?? group.lang,
    enclosure: post.enclosure && {
      url: `${home}media/${post.enclosure.file}`,
      type: post.enclosure.type,
      bytes: post.enclosure.bytes,
      title: post.enclosure.title,
    },
    source: source && { name: source.name, home: homeOf(scene, source.id), feedUrl: feedUrlOf(scene, source) },
    viaUrl: post.via === undefined ? undefined : urlOfNamed(scene, post.via),
    call: post.call && { start: nextDay(post.call, scene.now), place: post.call.place },
  };
}

function guidOf(scene: Scene, group: Group, post: Post): string {
  if (group.format === 'atom') return `tag:${group.id}.example,2009:${post.slug}`;
  return group.permalinks === 'dated' ? `${homeOf(scene, group.id)}?p=${post.id}` : pageUrl(scene, group, post);
}

/** Its start, one to seven days after now. */
function nextDay({ weekday, hour }: NonNullable<Post['call']>, now: number): number {
  const midnight = Math.floor(now / dayMs) * dayMs;
  const days = (weekday - new Date(midnight).getUTCDay() + 6) % 7;
  return midnight + (days + 1) * dayMs + hour * hourMs;
}

function urlOfNamed(scene: Scene, name: string): string {
  const { group, post } = findPost(scene.world, name);
  return pageUrl(scene, group, post);
}

function paragraphs(body: readonly string[]): string {
  return body.map((part) => (part.startsWith('<') ? part : `<p>${part}</p>`)).join('\n');
}

/** A copy has the text of its model to the letter; only the credit is the reposter's. */
function htmlOf(world: World, post: Post): string {
  const { body } = post;
  if (!('of' in body)) return paragraphs(body);
  const copied = htmlOf(world, findPost(world, body.of).post);
  const { credit, words, place = 'line' } = body;
  const text = words === undefined ? copied : `<p>${firstWords(copied, words)} […]</p>`;
  if (credit === undefined) return text;
  if (place === 'tail') return `${text}\n<p>${credit}</p>`;
  if (place === 'line') return `<p>${credit}</p>\n${text}`;
  return text.replace('<p>', () => `<p>${credit}${place === 'break' ? '<br/>\n' : ' '}`);
}

/** Texts of ours only: plain enough that taking out the tags leaves the words. */
function firstWords(html: string, count: number): string {
  const text = html.replace(/<[^<>]*>/g, ' ');
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, count)
    .join(' ');
}

function fillAddresses(scene: Scene, group: Group, html: string): string {
  return html.replace(/\{\{([a-z0-9-]+)(?:\/([a-z0-9-]+))?\}\}/g, (_, name: string, slug: string | undefined) => {
    if (name === 'media') return `${homeOf(scene, group.id)}media`;
    return slug === undefined ? homeOf(scene, name) : urlOfNamed(scene, `${name}/${slug}`);
  });
}
