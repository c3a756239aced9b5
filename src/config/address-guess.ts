/** What is written where an address is wanted, and is none → the address that was meant. Pure. */

/** Quotation marks of word processors and telephones, which are letters to YAML. */
const typographic =
  /^[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a\u2039\u203a]\s*(.*?)\s*[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a\u2039\u203a]$/s;
const address = /https?:\/\/[^\s"'<>()\u201c-\u201e\u00ab\u00bb]+/gi;
/** `https//`, `htpps://`, `http:/`: fingers slip at what nobody looks at. */
const slipped = /^(?:(?:feed|rss|h{0,2}t{1,3}p{1,2}s{0,2})[:;]?\/{1,3}|(?:feed|rss|https?):)(?=[^/])/i;
/** Nobody types as much, and the patterns above look at blanks more than once. */
const longest = 2_000;
/** A name in the fediverse. */
const handle = /^@([\w.-]+)@([\w-]+(?:\.[\w-]+)+)$/;

/** @returns the text between typographic quotation marks; the same where there are none around it */
export function withoutTypographicMarks(text: string): string {
  return text.length > longest ? text : (typographic.exec(text.trim())?.[1] ?? text);
}

/** @returns what would be an address; undefined where that is not clear */
export function guessAddress(text: string): string | undefined {
  if (text.length > longest) return undefined;
  const inner = withoutTypographicMarks(text)
    .trim()
    .replace(/[\s,;]+$/, '')
    .replace(/^<(.*)>$/, '$1');
  const [, name, server] = handle.exec(inner) ?? [];
  if (name !== undefined) return `https://${server}/@${name}`;
  const [found, ...others] = inner.match(address) ?? [];
  if (found !== undefined && others.length === 0) return alone(inner, found.replace(/[,;]+$/, ''));
  const bare = inner.replace(/^(?:feed|rss):(?=https?:)/i, '').replace(slipped, '');
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+([/:?]\S*)?$/i.test(bare) ? `https://${bare}` : undefined;
}

/** @param found the one address in the text */
function alone(inner: string, found: string): string | undefined {
  if (!inner.startsWith(found)) return found;
  const rest = inner.slice(found.length);
  // What follows a blank is a note, or the rest of a path in which blanks stand.
  const isMore = /^\s[^\s/#(\u2013\u2014-]/.test(rest) && !found.endsWith('#');
  if (isMore) return /\/[^/]+$/.test(found.slice(8)) ? encodeURI(found + rest) : undefined;
  return found.replace(/#$/, '').replace(/^https?/i, (scheme) => scheme.toLowerCase());
}

/** Half a sentence where more is known than that it is no address. */
export function addressMistake(text: string): string | undefined {
  return /\s/.test(text.trim()) && (text.match(address) ?? []).length > 1
    ? 'there are several in it, and each needs a line and a hyphen of its own'
    : undefined;
}
