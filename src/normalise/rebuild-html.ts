/**
 * Markup as partners write it to small, balanced, bounded markup of the kept elements only: what is unknown is unwrapped,
 * what hides is dropped, players become links, empty paragraphs go. Its result is what a browser would see in it, so a
 * second reading (sanitize-html's, a browser's) finds the same tree. It is tidy, not yet trusted: see clean-html.ts.
 */
import { type Attributes, readMarkup, silenceIn } from '../text/markup.ts';
import { linkRel } from '../text/safe-html.ts';
import { linkUrl, urlKey } from '../text/url.ts';
import { isDot, keepAttributes, keepPicture } from './attributes.ts';
import { hidden, keptAttributes, renamed } from './markup-rules.ts';
import { growTree, type MarkupTree } from './markup-tree.ts';
import type { Written } from './markup-writing.ts';
import { watchPage } from './pictures.ts';
import { isShareBlock } from './sharing.ts';

/** Characters, of what comes in and of what goes out. */
const maxLength = 1_048_576;

/**
 * Rebuilds markup. Linear in its length; what exceeds 1 MiB, in or out, is cut off.
 * @param base absolute address that relative ones resolve against
 */
export function rebuildHtml(written: string, base: string): Written {
  const html = written.slice(0, maxLength).toWellFormed();
  const silence = silenceIn(html, hidden);
  const tree = growTree(maxLength);
  /** Inside a player or just behind it; its address is `''` as long as it named none. */
  let player: Player | undefined;
  readMarkup(html, {
    text(text) {
      if (!silence.holds()) tree.text(text);
    },
    open(name, attributes, at) {
      if (silence.holds() && name === 'source' && player?.src === '') player = playerOf(attributes);
      const isOutside = !silence.holds();
      const hides = silence.opened(name, at);
      if (isOutside && players.has(name) && !isDot(attributes)) {
        player = playerOf(attributes);
      }
      if (isOutside && (!hides || name === 'iframe')) playerEnds();
      if (!hides) openElement(tree, name, attributes, base);
    },
    close(name) {
      const isHidden = silence.closed(name);
      if (!silence.holds()) playerEnds();
      if (!isHidden) tree.close(name);
    },
  });
  return tree.finish();

  function playerEnds(): void {
    if (player === undefined) return;
    const { src, type } = player;
    const url = src === '' ? undefined : linkUrl(src, base);
    player = undefined;
    if (url !== undefined) addPlayerLink(tree, linkUrl(watchPage(url)) ?? url, type);
  }
}

interface Player {
  readonly src: string;
  /** Media type of what it plays, as far as it says so. */
  readonly type: string | undefined;
}

function playerOf(attributes: Attributes): Player {
  const type = /^(?:audio|video)\/[\w.+-]{1,60}/i.exec(attributes.get('type')?.trim() ?? '')?.[0].toLowerCase();
  return { src: attributes.get('src') ?? attributes.get('data-src') ?? '', type };
}
const players: ReadonlySet<string> = new Set(['iframe', 'embed', 'video', 'audio']);

function openElement(tree: MarkupTree, tag: string, attributes: Attributes, base: string): void {
  const name = renamed.get(tag) ?? tag;
  if (!Object.hasOwn(keptAttributes, name)) return;
  if (name === 'img') {
    const picture = keepPicture(attributes, base);
    if (picture.kind === 'text') tree.text(picture.text);
    if (picture.kind === 'image') tree.open(tag, name, picture.attributes);
  } else {
    const names = `${attributes.get('class') ?? ''} ${attributes.get('id') ?? ''}`.trim();
    tree.open(tag, name, keepAttributes(name, attributes, base), isShareBlock(names));
  }
}

/** A player is a link to what it plays, with its type where it says so, in its own paragraph where it does not stand in one. */
function addPlayerLink(tree: MarkupTree, url: string, type: string | undefined): void {
  if (tree.isInside('a')) return; // links do not nest, and the one around it is the partner's choice
  const isAlone = tree.isContainer();
  if (isAlone) tree.open('', 'p', new Map());
  tree.open(
    '',
    'a',
    new Map([
      ['href', url],
      ['rel', linkRel],
    ]),
  );
  tree.text(urlKey(url));
  tree.close('');
  if (type !== undefined) tree.text(` (${type})`);
  if (isAlone) tree.close('');
}
