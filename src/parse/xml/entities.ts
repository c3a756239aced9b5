/**
 * The entities that a document declares for itself: only those that are plain text. What refers to others, to files or to
 * itself stays as it was written, so no document grows by more than a bounded number of short texts.
 */
import { outsideCdata } from './references.ts';

const maxEntities = 200;
/** Characters that all of them may add to one document. */
const maxGrowth = 1024 * 1024;

/**
 * Reads the internal subset of a DOCTYPE (XML 1.0 §4.2.2).
 * @param prologue what stands before the root's start tag
 * @returns name → text, as it may stand in character data and in attributes
 */
export function declaredEntities(prologue: string): ReadonlyMap<string, string> {
  const entities = new Map<string, string>();
  if (!prologue.includes('<!ENTITY')) return entities;
  for (const match of prologue.matchAll(
    /<!ENTITY\s+([\p{L}_:][\p{L}\p{N}_:.-]{0,63})\s+(?:"([^"]{0,500})"|'([^']{0,500})')/gu,
  )) {
    const [, name = '', double, single] = match;
    const value = double ?? single ?? '';
    const isPlain = !/[<%]|&(?!#(?:\d{1,7}|x[\da-f]{1,6});)/i.test(value);
    if (isPlain && !entities.has(name)) entities.set(name, value.replaceAll('"', '&quot;'));
    if (entities.size === maxEntities) break;
  }
  return entities;
}

/** Puts declared entities in, until the document has grown by a mebibyte. What is no entity of ours stays. */
export function expandEntities(xml: string, declared: ReadonlyMap<string, string>): string {
  if (declared.size === 0) return xml;
  let room = maxGrowth;
  return outsideCdata(xml, (part) =>
    part.replace(/&([\p{L}_:][\p{L}\p{N}_:.-]{0,63});/gu, (raw: string, name: string) => {
      const value = declared.get(name);
      if (value === undefined || value.length > room) return raw;
      room -= value.length;
      return value;
    }),
  );
}
