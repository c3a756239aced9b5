/**
 * HTML that a maintainer has written → its tags with their places. Strict, unlike a browser: what a browser would have to guess
 * (a quotation mark that is missing, a tag without an end) is a mistake, since it would swallow what Relais puts behind it. Pure.
 */

export interface Attribute {
  /** In small letters. */
  readonly name: string;
  /** As it is written, references and all; undefined where there is none. */
  readonly value: string | undefined;
  readonly at: number;
}

export interface Tag {
  readonly kind: 'open' | 'close';
  /** In small letters. */
  readonly name: string;
  readonly attributes: readonly Attribute[];
  /** It ends in `/>`. */
  readonly isSelfClosing: boolean;
  readonly start: number;
  readonly end: number;
}

/** A tag, or text between tags; comments are none of both. */
export type Mark = Tag | { readonly kind: 'text'; readonly text: string; readonly start: number };

export interface TagsRead {
  readonly marks: readonly Mark[];
  /** The first: what stands behind it was not read. */
  readonly mistake: { readonly at: number; readonly text: string } | undefined;
}

/** Elements whose content is no markup. */
const rawElements: ReadonlySet<string> = new Set('script style title textarea xmp iframe noembed noframes'.split(' '));

const tagName = /<(\/?)([a-z][^\s/>]*)/iy;
const attributeName = /\s*([^\s"'<>/=]+)/y;
const attributeValue = /\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/y;
const tagEnd = /\s*(\/?)>/y;

/** @param html all of it */
export function readTags(html: string): TagsRead {
  const marks: Mark[] = [];
  let at = 0;
  const text = (until: number): void => {
    if (until > at) marks.push({ kind: 'text', text: html.slice(at, until), start: at });
    at = until;
  };
  const stopped = (where: number, why: string): TagsRead => ({ marks, mistake: { at: where, text: why } });
  for (let next = html.indexOf('<'); next !== -1; next = html.indexOf('<', next)) {
    if (!/[a-z/!?]/i.test(html[next + 1] ?? '')) {
      next++; // as in 3 < 4
      continue;
    }
    text(next);
    if (html.startsWith('<!--', next)) {
      const end = html.indexOf('-->', next + 4);
      if (end === -1) return stopped(next, 'a remark opens here and is never closed. Write  -->  where it ends');
      at = next = end + 3;
      continue;
    }
    const doctype = sticky(/<!doctype[^<>]*>/iy, html, next);
    if (doctype !== undefined) {
      at = next = next + doctype[0].length;
      continue;
    }
    const tag = tagAt(html, next);
    if (tag === undefined)
      return stopped(next, 'a tag opens here and does not end as it should. Is a quotation mark missing, or a  > ?');
    marks.push(tag);
    at = next = tag.end;
    if (tag.kind === 'close' || !rawElements.has(tag.name)) continue;
    const end = new RegExp(`</${tag.name}[\\s/>]`, 'i').exec(html.slice(at));
    if (end === null) return stopped(tag.start, neverClosed(tag.name));
    at = next = at + end.index;
  }
  text(html.length);
  return { marks, mistake: undefined };
}

/** The sentence about an element without an end. */
export function neverClosed(name: string): string {
  return `<${name}> opens here and is never closed. Write  </${name}>  where it ends`;
}

function tagAt(html: string, start: number): Tag | undefined {
  const [opening = '', slash, name = ''] = sticky(tagName, html, start) ?? [];
  if (opening === '') return undefined;
  const attributes: Attribute[] = [];
  let at = start + opening.length;
  for (;;) {
    const end = sticky(tagEnd, html, at);
    if (end !== undefined) {
      at += end[0].length;
      const kind = slash === '/' ? 'close' : 'open';
      return { kind, name: name.toLowerCase(), attributes, isSelfClosing: end[1] === '/', start, end: at };
    }
    const named = sticky(attributeName, html, at);
    if (named?.[1] === undefined || !/^[\s]/.test(named[0])) return undefined;
    at += named[0].length;
    const valued = sticky(attributeValue, html, at);
    attributes.push({
      name: named[1].toLowerCase(),
      value: valued === undefined ? undefined : (valued[1] ?? valued[2] ?? valued[3]),
      at: at - named[1].length,
    });
    at += valued?.[0].length ?? 0;
  }
}

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
