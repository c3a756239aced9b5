/**
 * What a partner world is: groups with their sites and posts as plain data, moving in ticks. The texts stand in the
 * files of each world, the resolving of copies and dates in posts.ts, the formats in the render files.
 */

/** Hours before the world's now, or an ISO 8601 instant. */
export type When = number | string;

/** How a repost was made by hand: whose text, and where the credit stands. */
export interface Copy {
  /** `group/slug` of the post that was copied, as it stood at tick 0. */
  readonly of: string;
  /** The reposter's credit line, HTML; undefined when the credit is only in the feed's elements or missing. */
  readonly credit?: string;
  /**
   * `line`: a paragraph of its own on top (default). `break`: on top, before a line break. `inline`: the first words of
   * the first paragraph. `tail`: a paragraph of its own at the end.
   */
  readonly place?: 'line' | 'break' | 'inline' | 'tail';
  /** Only this many words of the text, with `[…]` after them. */
  readonly words?: number;
}

export interface Enclosure {
  /** File under the site's /media/; served with made-up bytes. */
  readonly file: string;
  readonly type: string;
  readonly bytes: number;
  readonly title: string;
}

export interface Post {
  /** Unique in its group; the `?p=` or `?article` of its address. */
  readonly id: number;
  /** Unique in its group: a-z 0-9 hyphen. */
  readonly slug: string;
  /** The same for every post that tells this story. */
  readonly story: string;
  /** As a person would read it. */
  readonly title: string;
  /** As it goes over the wire, where that is nastier than `title`: HTML for XML formats, text for JSON. */
  readonly wireTitle?: string;
  /** Paragraphs; one that begins with `<` is markup as it stands. `{{group}}`, `{{group/slug}}`, `{{media}}` are addresses. */
  readonly body: readonly string[] | Copy;
  readonly when: When;
  readonly author?: string;
  readonly tags?: readonly string[];
  /** When it differs from the group's. */
  readonly lang?: string;
  /** First tick at which it is there; 0 when left out. */
  readonly fromTick?: number;
  /** The page is there, but the feed no longer reaches back so far. */
  readonly hasLeftFeed?: true;
  readonly edit?: {
    readonly fromTick: number;
    readonly when: When;
    readonly title: string;
    readonly body: readonly string[];
  };
  readonly withdrawal?: { readonly fromTick: number; readonly when: When; readonly because: string };
  readonly enclosure?: Enclosure;
  /** It says for machines too when what it calls for begins: the next such day after now, 5 is Friday, UTC. */
  readonly call?: { readonly weekday: number; readonly hour: number; readonly place: string };
  /** `group` named by RSS or Atom `<source>`. */
  readonly sourceElement?: string;
  /** `group/slug` named by Atom `rel=via`, or by `external_url` in JSON Feed. */
  readonly via?: string;
  /** The group that wrote it, when it is no partner of this world: then this post is a repost. */
  readonly writtenBy?: string;
}

export type Format = 'rss' | 'rdf' | 'atom' | 'json' | 'page';

/** One address that a source in sources.yaml may name. */
export interface FeedAddress {
  /** With its leading slash and query. */
  readonly path: string;
  /** Only the posts in this language. */
  readonly lang?: string;
}

/**
 * `mangled`: cut in the middle of an entry, bare `&`, undeclared entities; still readable. `maintenance`: a web page
 * with status 200 in the feed's place. `dead`: connection refused.
 */
export type TroubleKind = 'mangled' | 'maintenance' | 'dead';

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly lang: string;
  readonly section: string;
  readonly format: Format;
  readonly feeds: readonly FeedAddress[];
  /** How its addresses look: WordPress's dated paths, SPIP's `?article12`, or plain file names. */
  readonly permalinks: 'dated' | 'spip' | 'plain';
  /** Appends "The post … appeared first on …" to every text in the feed, in this language, as WordPress plug-ins do. */
  readonly footer?: 'en' | 'fr';
  /** The feed says ISO-8859-1 and is windows-1252, as old programs do. */
  readonly isLatin1?: true;
  /** sources.yaml names the home page, which advertises the feed. */
  readonly isListedByHome?: true;
  readonly aliases?: readonly string[];
  readonly credit?: string;
  readonly licence?: string;
  readonly show?: 'full' | 'excerpt' | 'link';
  /** A sentence for the comment in sources.yaml. */
  readonly remark: string;
  readonly trouble?: { readonly kind: TroubleKind; readonly untilTick?: number };
  readonly posts: readonly Post[];
}

export interface WorldSection {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly lang: string;
}

export interface World {
  readonly id: string;
  readonly title: string;
  readonly lang: string;
  readonly timezone: string;
  /** After this tick nothing changes. */
  readonly lastTick: number;
  /** The world's own time, for one that lies in the past; undefined for one that moves with the reader. */
  readonly now?: number;
  /** What has happened since the tick before, in one line. */
  describe(tick: number): string;
  readonly sections: readonly WorldSection[];
  readonly groups: readonly Group[];
}

/** Is the group's feed out of order at this tick, and how? */
export function troubleAt(group: Group, tick: number): TroubleKind | undefined {
  const { trouble } = group;
  if (trouble === undefined || (trouble.untilTick !== undefined && tick >= trouble.untilTick)) return undefined;
  return trouble.kind;
}

/** The post that `group/slug` names; a world that names one it does not have is a mistake of ours and throws. */
export function findPost(world: World, name: string): { readonly group: Group; readonly post: Post } {
  const [groupId, slug] = name.split('/');
  const group = world.groups.find((one) => one.id === groupId);
  const post = group?.posts.find((one) => one.slug === slug);
  if (group === undefined || post === undefined) throw new RangeError(`no post ${name} in world ${world.id}`);
  return { group, post };
}

/** True for a post that passes on what another group wrote. */
export function isRepost(post: Post): boolean {
  return 'of' in post.body || post.writtenBy !== undefined;
}
