/**
 * Feeds are switched from whole texts to summaries, by their owners or by new software. An update that brings only a
 * beginning of what is known → the same update with the words that are known (spec requirements §6, shorter text).
 */
import type { Item } from '../model.ts';
import type { KnownText, Reading } from '../refresh-plan.ts';

/**
 * Keeps stored words where an item brings only a beginning of them; all else about the item is what has come.
 * @param known stored texts of the items' source, as far as any of the items is stored
 * @param rekeyed ids of items that are stored under other guids
 */
export function withKnownWords(
  items: readonly Item[],
  known: readonly KnownText[],
  rekeyed: Reading['rekeyed'],
): readonly Item[] {
  const byGuid = new Map(known.map((one) => [one.guid, one]));
  const byId = new Map(known.map((one) => [one.id, one]));
  return items.map((item) => {
    const stored = byGuid.get(item.guid) ?? byId.get(rekeyed.get(item.guid) ?? 0);
    if (stored === undefined || !isBeginning(item, stored.text)) return item;
    const { html, text, isExcerpt, lang, langs, dir } = stored;
    return { ...item, html, text, isExcerpt, lang, langs, dir };
  });
}

/** Fewer characters in common are a greeting. */
const fewestShared = 30;
/** Marks of a cut, with a link to the rest behind them, are no longer than this. */
const longestMark = 200;
const cutMark = /^[[(]?\s?(?:…|\.\.\.|\. \. \.)/;
const endsWithMark = /(?:…|\.\.\.)\s?[\])]?$/;

/**
 * True where a text is a beginning of another that somebody's software has cut. Its authors may shorten a text, to
 * protect somebody: what stops at the end of a sentence or paragraph without a mark is theirs, and so is a text that
 * lacks less than a third. White space says nothing: summaries have no paragraphs.
 */
function isBeginning({ text, isExcerpt }: Pick<Item, 'text' | 'isExcerpt'>, whole: string): boolean {
  const { ofPart, ofWhole } = sharedStart(text, whole);
  if (ofWhole < fewestShared || ofWhole * 3 > whole.length * 2) return false;
  const rest = text.slice(ofPart).trim();
  if (rest !== '') return rest.length <= longestMark && cutMark.test(rest);
  return isExcerpt || endsWithMark.test(text.slice(-10).trimEnd()) || isInsideSentence(whole, ofWhole);
}

/** @returns how much of each is the same text, white space apart */
function sharedStart(part: string, whole: string): { readonly ofPart: number; readonly ofWhole: number } {
  let [at, ofPart, ofWhole] = [0, 0, 0];
  for (let inWhole = 0; ; at++, inWhole++) {
    at = skipSpace(part, at);
    inWhole = skipSpace(whole, inWhole);
    if (at >= part.length || inWhole >= whole.length || part[at] !== whole[inWhole]) return { ofPart, ofWhole };
    ofPart = at + 1;
    ofWhole = inWhole + 1;
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at++;
  return at;
}

/** Nobody ends a text so: before and behind are words of one line. */
function isInsideSentence(text: string, at: number): boolean {
  return (
    /[\p{L}\p{N},]$/u.test(text.slice(Math.max(0, at - 2), at)) &&
    /^[^\S\n]*[\p{L}\p{N}]/u.test(text.slice(at, at + 10))
  );
}
