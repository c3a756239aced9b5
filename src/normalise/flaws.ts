/** What a feed could do better that all its entries together tell: counted as they are written, known ones too. Pure. */
import type { Entry, Flaw, FlawKind } from '../model.ts';
import { parseDate } from '../text/dates.ts';

/** One text that is cut says nothing; all of so many do. */
const fewest = 3;
/** As much of a text as is looked at. */
const most = 2_000;

/** @returns one of each kind, with the number of entries */
export function flawsIn(entries: readonly Entry[], format: string): Flaw[] {
  const counts = new Map<FlawKind, number>();
  const add = (kind: FlawKind): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  for (const entry of entries) {
    if (format !== 'page' && (entry.guid ?? '').trim() === '') add('no-guid');
    const date = parseDate(entry.publishedText ?? '') ?? parseDate(entry.updatedText ?? '');
    if (date === undefined) add('no-date');
    if (isDoubleEncoded(entry)) add('double-encoded');
    if (isBeginning(entry)) add('beginnings');
    if (hasRelativeLinks(entry)) add('relative-links');
  }
  const isCutThroughout = entries.length >= fewest && counts.get('beginnings') === entries.length;
  if (!isCutThroughout) counts.delete('beginnings');
  return [...counts].map(([kind, number]) => ({ kind, entries: number }));
}

/** After one decoding, which the reader has done, a reference is left that says a letter. */
function isDoubleEncoded({ title }: Entry): boolean {
  return /&amp;(?:amp|quot|apos|nbsp|[lr]squo|[lr]dquo|hellip|ndash|mdash|#\d{2,6}|#x[0-9a-f]{2,5});/i.test(
    (title?.html ?? '').slice(0, most),
  );
}

/** An address in a text that begins with neither scheme nor host; one of the same page (`#note`) leads where it should. */
const relative =
  /<(?:a|img)\s(?:[^<>]{0,500}?\s)?(?:href|src)\s*=\s*["'](?!\s*(?:[a-z][a-z0-9+.-]{0,20}:|\/\/|#|["']))/i;

function hasRelativeLinks({ content, summary }: Entry): boolean {
  return relative.test((content ?? summary)?.html.slice(0, most) ?? '');
}

function isBeginning({ content, summary }: Entry): boolean {
  const end = (content ?? summary)?.html.slice(-400) ?? '';
  const text = end.replace(/<[^<>]{0,300}>/g, '');
  return /(?:\[(?:…|\.\.\.|&#8230;|&hellip;)\]|…|&hellip;|&#8230;|\.\.\.)\s*$/.test(text);
}
