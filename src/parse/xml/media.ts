/** Files and pictures of an entry or a feed: RSS and Atom enclosures, Media RSS (rssboard.org/media-rss), iTunes. */
import type { Enclosure, Feed, Picture } from '../../model.ts';
import { plainText } from './constructs.ts';
import {
  attribute,
  childrenOf,
  childrenOfAny,
  firstText,
  hasAnyOf,
  type RawNode,
  type Scope,
  scopeOf,
} from './node.ts';
import { addressOf, distinct } from './parts.ts';

/** Elements that are read here inside an entry. */
export const mediaElements: readonly string[] =
  'enclosure media:content media:group media:thumbnail media:peerLink itunes:image'.split(' ');

const namesOfMedia = new Set(mediaElements);

/** `<enclosure url>` of RSS, `<link rel="enclosure">` of Atom, `media:content` in the open or in a group. */
export function enclosuresOf(node: RawNode, scope: Scope): readonly Enclosure[] {
  const atomLinks = childrenOfAny(node, ['link', 'atom:link']).filter(
    (link) => attribute(link, 'rel')?.toLowerCase() === 'enclosure',
  );
  const files = [
    ...childrenOf(node, 'enclosure').map((file) =>
      enclosure(file, attribute(file, 'url') ?? attribute(file, 'href'), scope),
    ),
    ...atomLinks.map((file) => enclosure(file, attribute(file, 'href'), scope)),
    ...inGroups(node, 'media:content').map((file) => enclosure(file, attribute(file, 'url'), scope)),
    ...inGroups(node, 'media:peerLink').map((file) => enclosure(file, attribute(file, 'href'), scope)),
  ];
  return distinct(files, (file) => file.url);
}

/** `media:thumbnail` at any level, and the picture of a podcast's episode. */
export function picturesOf(node: RawNode, scope: Scope): readonly Picture[] {
  if (!hasAnyOf(node, namesOfMedia)) return [];
  const inside = inGroups(node, 'media:content').flatMap((file) => childrenOf(file, 'media:thumbnail'));
  const pictures = [
    ...[...inGroups(node, 'media:thumbnail'), ...inside].map((one) => picture(one, attribute(one, 'url'), scope)),
    ...childrenOf(node, 'itunes:image').map((one) => picture(one, attribute(one, 'href'), scope)),
  ];
  return distinct(pictures, (one) => one.url);
}

/** Elements that are read here inside a feed. */
export const feedPictureElements: readonly string[] =
  'image logo icon atom:logo atom:icon itunes:image googleplay:image'.split(' ');

/** RSS `image` (its `url`), Atom `logo` and `icon`, and what podcasts have. */
export function feedPictures(feed: RawNode, scope: Scope): Pick<Feed, 'image' | 'icon'> {
  const images = childrenOf(feed, 'image').map((one) => firstText(one, 'url') ?? attribute(one, 'rdf:resource'));
  const podcasts = childrenOfAny(feed, ['itunes:image', 'googleplay:image']).map((one) => attribute(one, 'href'));
  const written = [...images, firstText(feed, 'logo', 'atom:logo'), ...podcasts].find((one) => one !== undefined);
  return { image: addressOf(written, scope), icon: addressOf(firstText(feed, 'icon', 'atom:icon'), scope) };
}

function inGroups(node: RawNode, name: string): readonly RawNode[] {
  return [node, ...childrenOf(node, 'media:group')].flatMap((holder) => childrenOf(holder, name));
}

function enclosure(node: RawNode, written: string | undefined, outer: Scope): Enclosure | undefined {
  const url = addressOf(written, scopeOf(node, outer));
  if (url === undefined) return undefined;
  const title = attribute(node, 'title') ?? plainText(childrenOf(node, 'media:title')[0]);
  return {
    url,
    type: attribute(node, 'type')?.toLowerCase(),
    bytes: byteCount(attribute(node, 'length') ?? attribute(node, 'fileSize')),
    title,
    ...sizeOf(node),
  };
}

function picture(node: RawNode, written: string | undefined, outer: Scope): Picture | undefined {
  const url = addressOf(written, scopeOf(node, outer));
  return url === undefined ? undefined : { url, ...sizeOf(node) };
}

function sizeOf(node: RawNode): { readonly width?: number; readonly height?: number } {
  const width = byteCount(attribute(node, 'width'));
  const height = byteCount(attribute(node, 'height'));
  return { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
}

/** A length that is one: many feeds write 0 or nothing for "unknown". */
export function byteCount(written: string | undefined): number | undefined {
  return written !== undefined && /^[1-9]\d{0,14}$/.test(written) ? Number(written) : undefined;
}
