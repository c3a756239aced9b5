/** The attributes of one start tag as written: names with their prefixes, values not decoded. */

/** More on one element are a bomb: no honest one comes near. */
export const maxAttributes = 256;

/**
 * Reads a start tag from `<` to `>`, in one pass over it. Values without quotes, and names without a value, count too: people write them.
 * @returns one more than there may be at the most
 */
export function readAttributes(tag: string): readonly (readonly [name: string, value: string])[] {
  const attributes: [string, string][] = [];
  let at = endOfRun(tag, 1); // the element's own name
  while (at < tag.length && attributes.length <= maxAttributes) {
    const end = endOfRun(tag, at);
    if (end === at) {
      at++;
      continue;
    }
    const name = tag.slice(at, end);
    const equals = endOfSpace(tag, end);
    if (tag.charCodeAt(equals) !== equalsSign) {
      attributes.push([name, '']);
      at = end;
      continue;
    }
    const from = endOfSpace(tag, equals + 1);
    const isQuoted = isQuote(tag.charCodeAt(from));
    const to = isQuoted ? closing(tag, from) : endOfBare(tag, from);
    attributes.push([name, tag.slice(isQuoted ? from + 1 : from, to)]);
    at = isQuoted ? to + 1 : to;
  }
  return attributes;
}

const equalsSign = 61;

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}

function closing(tag: string, quote: number): number {
  const end = tag.indexOf(tag.charAt(quote), quote + 1);
  return end < 0 ? tag.length : end;
}

/** Behind everything that is neither white space nor a sign of the tag's own: `"`, `'`, `<`, `>`, `/`, `=`. */
function endOfRun(tag: string, at: number): number {
  let end = at;
  for (; end < tag.length; end++) {
    const code = tag.charCodeAt(end);
    if (code <= 32 || isQuote(code) || code === 60 || code === 62 || code === 47 || code === equalsSign) break;
  }
  return end;
}

/** Of a value without quotes, in which addresses are written too: white space, or the end of the tag. */
function endOfBare(tag: string, at: number): number {
  const last = tag.length - (tag.endsWith('/>') ? 2 : 1);
  let end = at;
  while (end < last && tag.charCodeAt(end) > 32) end++;
  return end;
}

function endOfSpace(tag: string, at: number): number {
  let end = at;
  while (end < tag.length && tag.charCodeAt(end) <= 32) end++;
  return end;
}
