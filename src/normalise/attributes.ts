/** The attributes of one partner element to those that stay, with addresses absolute, clean and http(s). */
import { tagOf } from '../text/language-tags.ts';
import type { Attributes } from '../text/markup.ts';
import { plainLine } from '../text/safe.ts';
import { linkRel } from '../text/safe-html.ts';
import { linkUrl } from '../text/url.ts';
import { everywhere, keptAttributes } from './markup-rules.ts';
import { isCounter, isEmojiPicture } from './pictures.ts';

/** Attributes ready to be written, in order. */
export type Kept = ReadonlyMap<string, string>;

type Rule = (written: string, base: string) => string | undefined;

const number: Rule = (written) => /^\s*(\d{1,5})(?:px)?\s*$/.exec(written)?.[1]?.replace(/^0+(?=\d)/, '');
const span: Rule = (written) => {
  const cells = Number(number(written, ''));
  return cells >= 2 && cells <= 100 ? String(cells) : undefined;
};
const present: Rule = () => '';

/** What becomes of the value of an attribute; undefined takes the attribute away. */
const rules: Readonly<Record<string, Rule>> = {
  lang: (written) => tagOf(written),
  dir: (written) => /^(ltr|rtl|auto)$/i.exec(written.trim())?.[0].toLowerCase(),
  cite: linkUrl,
  open: present,
  reversed: present,
  start: number,
  value: number,
  colspan: span,
  rowspan: span,
  scope: (written) => /^(row|col|rowgroup|colgroup)$/i.exec(written.trim())?.[0].toLowerCase(),
  title: (written) => plainLine(written) || undefined,
  datetime: (written) => /^[\d:TZ.+ -]{4,40}$/.exec(written.trim())?.[0],
};

const none: Kept = new Map();
const namesFor = new Map(Object.entries(keptAttributes).map(([name, own]) => [name, [...own, ...everywhere]]));

/**
 * The attributes that stay.
 * @param name a kept element other than img
 * @param base absolute address that relative ones resolve against
 * @returns undefined where the element means nothing without what it lost: a link without an address, a bare span
 */
export function keepAttributes(name: string, written: Attributes, base: string): Kept | undefined {
  if (written.size === 0) return name === 'a' || name === 'span' ? undefined : none;
  const kept = new Map<string, string>();
  if (name === 'a') {
    const href = linkAddress(written.get('href') ?? '', base);
    if (href === undefined) return undefined;
    kept.set('href', href).set('rel', linkRel);
  }
  for (const attribute of namesFor.get(name) ?? everywhere) {
    const value = written.get(attribute);
    const result = value === undefined ? undefined : rules[attribute]?.(value, base);
    if (result !== undefined) kept.set(attribute, result);
  }
  return name === 'span' && kept.size === 0 ? undefined : kept;
}

/** http(s) as linkUrl makes it; mail and telephone only where nothing but an address is in them. */
function linkAddress(written: string, base: string): string | undefined {
  const web = linkUrl(written, base);
  if (web !== undefined) return web;
  const other = /^(mailto|tel):([\w.+%@?&=;,():-]{3,254})$/i.exec(written.trim());
  return other === null ? undefined : `${other[1]?.toLowerCase()}:${other[2]}`;
}

const unseen =
  /(?:^|;)\s*(?:(?:width|height)\s*:\s*[01](?:px)?|display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!\s*important\s*)?(?:;|$)/i;

/** True for what is there to be loaded and not to be seen: one pixel wide or high, or none, or hidden. */
export function isDot(written: Attributes): boolean {
  return (
    ['width', 'height'].some((side) => Number(number(written.get(side) ?? '', '') ?? 2) <= 1) ||
    unseen.test(written.get('style')?.slice(0, 1_000) ?? '')
  );
}

/** Where the address of a picture may stand: pages that load late keep it out of `src`. */
const sources: readonly string[] = ['src', 'data-src', 'data-lazy-src', 'data-original', 'data-orig-file'];

/** What becomes of an image: it stays, it is the text that it shows, or it goes (a counter, a dot, no address). */
export type Picture =
  | { readonly kind: 'image'; readonly attributes: Kept }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'gone' };

/** Decides on an image. @param base absolute address that relative ones resolve against */
export function keepPicture(written: Attributes, base: string): Picture {
  const src = sources.map((name) => linkUrl(written.get(name) ?? '', base)).find((url) => url !== undefined);
  const alt = plainLine(written.get('alt') ?? '');
  const width = number(written.get('width') ?? '', base);
  const height = number(written.get('height') ?? '', base);
  if (src === undefined || isDot(written) || isCounter(src)) return { kind: 'gone' };
  if (isEmojiPicture(src)) return { kind: 'text', text: alt };
  const kept = new Map([
    ['src', src],
    ['alt', alt],
  ]);
  if (width !== undefined) kept.set('width', width);
  if (height !== undefined) kept.set('height', height);
  for (const attribute of ['lang', 'dir']) {
    const result = rules[attribute]?.(written.get(attribute) ?? '', base);
    if (result !== undefined) kept.set(attribute, result);
  }
  return { kind: 'image', attributes: kept };
}
