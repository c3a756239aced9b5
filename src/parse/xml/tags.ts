/** Where tags and their names end, and whether a tag is written as XML wants it. */

const soundAttributes = /(?:\s+[^\s"'<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*\/?>/y;

/** XML 1.0 §3.1: attributes have values, in quotes, in which no `<` is. The reader reads others all the same. */
export function isTagSound(text: string, nameEnd: number, end: number): boolean {
  soundAttributes.lastIndex = nameEnd;
  return soundAttributes.test(text) && soundAttributes.lastIndex === end;
}

/** XML 1.0 §2.3 names, loosely: everything from a letter up to white space, `/`, `>`, `<` or a quote. */
export function endOfName(text: string, at: number): number {
  const first = text.charCodeAt(at);
  const isStart =
    (first > 64 && first < 91) || (first > 96 && first < 123) || first === 95 || first === 58 || first > 127;
  if (!isStart) return at;
  let end = at + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code <= 32 || code === 47 || code === 62 || code === 60 || code === 34 || code === 39) break;
  }
  return end;
}

/** Offset behind the `>` that ends the tag, quoted ones passed over; -1 where there is none. */
export function tagEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 62) return at + 1;
    if (code !== 34 && code !== 39) continue;
    at = text.indexOf(code === 34 ? '"' : "'", at + 1);
    if (at < 0) return -1;
  }
  return -1;
}
