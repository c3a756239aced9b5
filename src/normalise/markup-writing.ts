/** How tags and texts are written in cleaned markup, and how long that is. */
import type { Kept } from './attributes.ts';
import { keptVoids } from './markup-rules.ts';

/** An opening tag, or the whole of an element without content. */
export function openTag(name: string, attributes: Kept): string {
  let tag = `<${name}`;
  for (const [attribute, value] of attributes) tag += ` ${attribute}="${escapeText(value).replaceAll('"', '&quot;')}"`;
  return `${tag}${keptVoids.has(name) ? ' />' : '>'}`;
}

const special = /[&<>]/;

/** Characters of a text as it is written. */
export function escapedLength(text: string): number {
  return special.test(text) ? escapeText(text).length : text.length;
}

/** A text between tags. */
export function escapeText(text: string): string {
  if (!special.test(text)) return text;
  return text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'));
}

/** The beginning of a text that, escaped, has at most `room` characters; never half a character. */
export function cutToRoom(text: string, room: number): string {
  if (text.length * 5 <= room || escapedLength(text) <= room) return text;
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += escapeText(character).length;
    if (length > room) break;
    end += character.length;
  }
  return text.slice(0, end);
}
