/**
 * Operations that turn SafeHtml and plain text into SafeHtml: the second and last place that may call a string safe. None
 * of them lets a tag or an attribute in that is not written here, and text is escaped on its way in.
 */
import type { CanonicalUrl, Direction, Language, PictureCopy, SafeHtml } from '../model.ts';
import { foldSpace } from './html.ts';
import { type Attributes, readMarkup, voidElements } from './markup.ts';
import { escapeMarkup, readableText } from './safe.ts';
import { decodeSafe, type Piece, piecesOf, safeHtmlToText } from './safe-text.ts';
import { linkUrl, urlKey } from './url.ts';

/** What every link out says: open nothing of ours, tell nothing, vouch for nothing. */
export const linkRel = 'noopener noreferrer nofollow ugc';

/** No HTML at all. */
export const noHtml = '' as SafeHtml;

/** Pieces one after the other. */
export function joinHtml(...parts: readonly SafeHtml[]): SafeHtml {
  return parts.join('') as SafeHtml;
}

type Said = { readonly lang?: Language; readonly dir?: Direction };

/** A paragraph of plain text. @param attrs its language and direction, where they differ from what is around it */
export function paragraph(text: string, attrs: Said = {}): SafeHtml {
  return paragraphOf(plainText(text), attrs);
}

/** A paragraph of what stands inside a line. */
export function paragraphOf(html: SafeHtml, attrs: Said = {}): SafeHtml {
  const lang = attrs.lang === undefined ? '' : ` lang="${escapeMarkup(attrs.lang)}"`;
  const dir = attrs.dir === undefined ? '' : ` dir="${escapeMarkup(attrs.dir)}"`;
  return `<p${lang}${dir}>${html}</p>` as SafeHtml;
}

/** Kept apart from the direction of the words around it: a name in another script moves no comma of ours. */
export function isolated(html: SafeHtml): SafeHtml {
  return `<bdi>${html}</bdi>` as SafeHtml;
}

/** Plain text inside a line. */
export function plainText(text: string): SafeHtml {
  return escapeMarkup(readableText(text)) as SafeHtml;
}

/** A link with plain text in it, or its address where the text is empty; only the text where the address is not http(s). */
export function link(text: string, url: CanonicalUrl | string): SafeHtml {
  const href = linkUrl(url);
  const readable = readableText(text);
  const shown = escapeMarkup(readable.trim() === '' && href !== undefined ? urlKey(href) : readable);
  return (href === undefined ? shown : `<a href="${escapeMarkup(href)}" rel="${linkRel}">${shown}</a>`) as SafeHtml;
}

/** What becomes of the parts of HTML that partners fill. */
interface Rewriting {
  /** For runs of text and for attributes that people read. */
  readonly text: (text: string) => string;
  /** For addresses; undefined takes the attribute away, and a picture with it. */
  readonly address: (url: string) => string | undefined;
}

/** HTML with other words and addresses in the same elements. */
export function rewriteHtml(html: SafeHtml, { text, address }: Rewriting): SafeHtml {
  const written = piecesOf(html).map((piece) => {
    if (piece.kind === 'close') return piece.written;
    if (piece.kind === 'text') {
      const before = decodeSafe(piece.written);
      const after = text(before);
      return after === before ? piece.written : escapeText(after);
    }
    const attributes = [...attributesOf(piece.written)].map(([name, value]): [string, string | undefined] => [
      name,
      name === 'href' || name === 'src' || name === 'cite' ? address(value) : text(value),
    ]);
    if (piece.name === 'img' && attributes.some(([name, value]) => name === 'src' && value === undefined)) return '';
    const kept = attributes.map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeMarkup(value)}"`));
    return `<${piece.name}${kept.join('')}${piece.written.endsWith('/>') ? ' />' : '>'}`;
  });
  return written.join('') as SafeHtml;
}

function attributesOf(tag: string): Attributes {
  let found: Attributes = new Map();
  readMarkup(tag, {
    text: () => {},
    open: (_name, attributes) => {
      found = attributes;
    },
    close: () => {},
  });
  return found;
}

/** Folder of the pictures that we show, from the root of the site. */
export const pictureFolder = 'images/';

/** Addresses of the pictures in it, in order. */
export function picturesIn(html: SafeHtml): string[] {
  if (!html.includes('<img')) return [];
  const pictures = piecesOf(html).filter(({ name, kind }) => name === 'img' && kind === 'open');
  return pictures.flatMap(({ written }) => attributesOf(written).get('src') ?? []);
}

/**
 * No picture is left where its partner has it, so that a page that shows this HTML loads nothing from anybody: each is a
 * copy of ours, a link, or left out, with the link around it where that holds nothing else.
 * @param label a link's text where a picture has no alternative text
 * @param fateOf by the picture's address
 * @returns HTML in which addresses of copies begin at the root of the site (`picturesFrom`); a linked picture inside a
 *   link is only its text, since the link leads on already
 */
export function settlePictures(
  html: SafeHtml,
  label: string,
  fateOf: (address: string) => PictureCopy | 'link' | 'none',
): SafeHtml {
  if (!html.includes('<img')) return html;
  const written: string[] = [];
  let around: { readonly start: number; isEmptied: boolean; hasContent: boolean } | undefined;
  for (const piece of piecesOf(html)) {
    if (piece.name === 'a' && piece.kind === 'open')
      around = { start: written.length, isEmptied: false, hasContent: false };
    if (piece.name === 'a' && piece.kind === 'close') {
      const ended = around;
      around = undefined;
      if (ended?.isEmptied === true && !ended.hasContent) {
        written.length = ended.start;
        continue;
      }
    }
    if (piece.name !== 'img' || piece.kind !== 'open') {
      if (around !== undefined && piece.kind === 'text' && piece.written.trim() !== '') around.hasContent = true;
      written.push(piece.written);
      continue;
    }
    const attributes = attributesOf(piece.written);
    const fate = fateOf(attributes.get('src') ?? '');
    if (around !== undefined) around[fate === 'none' ? 'isEmptied' : 'hasContent'] = true;
    if (fate === 'link') written.push(pictureLink(attributes, label, around !== undefined));
    else if (fate !== 'none') written.push(pictureElement(attributes, fate));
  }
  return written.join('') as SafeHtml;
}

function pictureLink(attributes: Attributes, label: string, isInLink: boolean): string {
  const text = attributes.get('alt')?.trim() || label;
  return isInLink ? escapeMarkup(readableText(text)) : link(text, attributes.get('src') ?? '');
}

/** What the partner says of its size is not believed, and says nothing of our copy's. */
function pictureElement(attributes: Attributes, { file, width, height }: PictureCopy): string {
  const said = ['lang', 'dir'].flatMap((name) => {
    const value = attributes.get(name);
    return value === undefined ? [] : [` ${name}="${escapeMarkup(value)}"`];
  });
  const alt = escapeMarkup(readableText(attributes.get('alt') ?? ''));
  const src = escapeMarkup(pictureFolder + file);
  return `<img src="${src}" width="${width}" height="${height}" alt="${alt}"${said.join('')} />`;
}

/** The beginning of every picture of ours, which no text can look like: a `<` in it is escaped. */
const ourPicture = `<img src="${pictureFolder}`;

/** HTML whose pictures of ours are found from elsewhere. @param root the way to the root of the site from there */
export function picturesFrom(html: SafeHtml, root: string): SafeHtml {
  return html.replaceAll(ourPicture, `<img src="${escapeMarkup(root + pictureFolder)}`) as SafeHtml;
}

/** The same for a page: browsers load what is looked at. Readers of feeds know no such attributes, and some complain. */
export function picturesOnPage(html: SafeHtml, root: string): SafeHtml {
  return html.replaceAll(
    ourPicture,
    `<img loading="lazy" decoding="async" src="${escapeMarkup(root + pictureFolder)}`,
  ) as SafeHtml;
}

/** HTML with other names for its headings. @param levelOf of each, in order, by the level that it has; kept between 1 and 6 */
export function withHeadings(html: SafeHtml, levelOf: (level: number) => number): SafeHtml {
  if (!/<h[1-6]/.test(html)) return html;
  let name = '';
  const written = piecesOf(html).map((piece) => {
    if (!/^h[1-6]$/.test(piece.name)) return piece.written;
    if (piece.kind === 'open') name = `h${Math.min(6, Math.max(1, levelOf(Number(piece.name.slice(1)))))}`;
    return piece.written.replace(piece.name, name);
  });
  return written.join('') as SafeHtml;
}

/** The first picture of ours in it, alone; nothing where there is none. */
export function firstPicture(html: SafeHtml): SafeHtml {
  const start = html.indexOf(ourPicture);
  return start === -1 ? noHtml : (html.slice(start, html.indexOf('>', start) + 1) as SafeHtml);
}

/** HTML without pictures of ours, for where nobody would find them: their words are left. */
export function picturesAsWords(html: SafeHtml): SafeHtml {
  if (!html.includes(ourPicture)) return html;
  const written = piecesOf(html).map((piece) =>
    piece.name === 'img' ? escapeMarkup(attributesOf(piece.written).get('alt') ?? '') : piece.written,
  );
  return written.join('') as SafeHtml;
}

/**
 * Makes words of the text a link.
 * @param phrase where to look: the first place inside one run of text, outside links, that reads so (case matters)
 * @param words the part of the phrase that becomes the link
 * @param url http(s) address
 * @returns the HTML as it was where there is no such place, no such words in it, or no such address
 */
export function linkPhrase(html: SafeHtml, phrase: string, words: string, url: string): SafeHtml {
  const within = phrase.indexOf(words);
  if (phrase === '' || words === '' || within === -1 || linkUrl(url) === undefined) return html;
  const pieces = piecesOf(html);
  let links = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.name === 'a') links += piece.kind === 'open' ? 1 : -1;
    if (piece.kind !== 'text' || links > 0) continue;
    const text = decodeSafe(piece.written);
    const at = text.indexOf(phrase);
    if (at === -1) continue;
    const start = at + within;
    const before = escapeText(text.slice(0, start));
    const after = escapeText(text.slice(start + words.length));
    const around = pieces.map((one) => one.written);
    around[index] = `${before}${link(words, url)}${after}`;
    return around.join('') as SafeHtml;
  }
  return html;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const removable: ReadonlySet<string> = new Set(['p', 'div', 'blockquote', 'li', 'h2', 'h3', 'h4', 'h5', 'h6']);

/**
 * Takes away the first paragraph or other block whose whole text, white space folded, is this; with what is around it
 * where that holds nothing else.
 * @returns the HTML as it was where there is none
 */
export function removeParagraph(html: SafeHtml, text: string): SafeHtml {
  return takeParagraph(html, text).rest;
}

/** As `removeParagraph`, with what was taken: `noHtml` where there is none. */
export function takeParagraph(html: SafeHtml, text: string): { readonly rest: SafeHtml; readonly taken: SafeHtml } {
  const nothing = { rest: html, taken: noHtml };
  const wanted = foldSpace(text);
  const size = letterCount(wanted);
  if (size === 0) return nothing;
  const pieces = piecesOf(html);
  const open: { readonly name: string; readonly start: number; readonly letters: number }[] = [];
  let letters = 0;
  let found: { start: number; end: number } | undefined;
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'text') letters += letterCount(decodeSafe(piece.written));
    if (piece.kind === 'open' && !voidElements.has(piece.name)) open.push({ name: piece.name, start: index, letters });
    if (piece.kind !== 'close') continue;
    const element = open.pop();
    if (element === undefined || element.name !== piece.name) return nothing; // not balanced: leave it alone
    // Counting letters first keeps this linear: only a block of the right size is read again.
    if (!removable.has(piece.name) || letters - element.letters !== size) continue;
    if (found !== undefined && element.start > found.start) continue;
    const inside = pieces
      .slice(element.start, index + 1)
      .map((one) => one.written)
      .join('');
    if (
      (found === undefined || element.start < found.start) &&
      foldSpace(safeHtmlToText(inside as SafeHtml)) === wanted
    )
      found = { start: element.start, end: index };
  }
  if (found === undefined) return nothing;
  const { start, end } = found;
  const written = (some: readonly Piece[]): SafeHtml => some.map((one) => one.written).join('') as SafeHtml;
  return {
    rest: written([...pieces.slice(0, start), ...pieces.slice(end + 1)]),
    taken: written(pieces.slice(start, end + 1)),
  };
}

function letterCount(text: string): number {
  return text.replace(/[\s\u00a0\u2028\u2029]+/g, '').length;
}

/** What is said of the words from one piece of HTML to another. */
export interface Tongue {
  readonly lang: Language;
  /** Left out where it is that of what is around. */
  readonly dir: Direction | undefined;
  /** The opening tag of the element that says it, or the first piece of a line. */
  readonly at: number;
  /** The last piece of the line, which no element begins or ends within; undefined for an element. */
  readonly to: number | undefined;
}

/**
 * Writes languages on elements that have none and around lines, and directions where none are written; `lang` stands
 * before `dir`.
 */
export function withLanguages(html: SafeHtml, tongues: readonly Tongue[]): SafeHtml {
  const written = piecesOf(html).map((piece) => piece.written);
  for (const { lang, dir, at, to } of tongues) {
    const own = ` lang="${escapeMarkup(lang)}"`;
    const direction = dir === undefined ? '' : ` dir="${escapeMarkup(dir)}"`;
    if (to === undefined) {
      const [, start = '', said = direction, end = ''] =
        /^(<[^>]*?)( dir="[^"]*")?( ?\/?>)$/.exec(written[at] ?? '') ?? [];
      written[at] = `${start}${own}${said}${end}`;
    } else {
      written[at] = `<span${own}${direction}>${written[at]}`;
      written[to] += '</span>';
    }
  }
  return written.join('') as SafeHtml;
}
