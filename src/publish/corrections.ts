/**
 * What a story said before and what it says now → its corrections as readers are shown them, with no more of the text than
 * may be shown; and since which of them a repost is out of date. Pure.
 */
import type { Enclosure, Instant, Item, Language, StoredItem, Version } from '../model.ts';
import { excerptOf } from '../text/excerpt.ts';
import { plainLine } from '../text/safe.ts';
import { saidWords } from '../text/said-words.ts';
import { dayMs } from '../text/wall-clock.ts';
import type { Terms } from './terms.ts';
import type { CorrectionView, NamesChange } from './views.ts';
import {
  beginningOf,
  compareWords,
  countTokens,
  type Passages,
  type Phrases,
  passagesOf,
  phrasesOf,
} from './word-diff.ts';

/** Shown of one story, the newest. */
const mostCorrections = 10;

/** A version that was corrected, and what came in its place. */
interface Correction {
  readonly at: Instant;
  readonly old: Version;
  readonly now: Said;
}

type Said = Pick<Version, 'title' | 'text' | 'authors' | 'enclosures' | 'published' | 'events'>;

/** @param versions of all items of the story, oldest first */
function correctionsIn(shown: StoredItem, versions: readonly Version[]): readonly Correction[] {
  const own = versions.filter(({ itemId }) => itemId === shown.id);
  return own
    .flatMap((old, at) => (old.isCorrected ? [{ at: old.until, old, now: own[at + 1] ?? shown }] : []))
    .slice(-mostCorrections);
}

/** The corrections of the copy that is shown, oldest first. */
export function correctionsOf(
  shown: StoredItem,
  versions: readonly Version[],
  terms: Pick<Terms, 'show' | 'excerptWords'>,
): readonly CorrectionView[] {
  const { show } = terms;
  return correctionsIn(shown, versions).map(({ at, old, now }) => {
    const { passages, isCut } = textChange(old.text, now.text, terms, shown.lang);
    const seen = {
      title: passagesOf(compareWords(old.title, now.title)).passages,
      text: passages,
      authors: namesChange(old.authors, now.authors),
      files: show === 'full' || show === 'excerpt' ? namesChange(...filesOf(old, now)) : undefined,
      date: dateChange(old, now),
      isCallMoved: isCallMoved(old, now),
      isMore: isCut,
    };
    const isSeen =
      seen.title.length + seen.text.length > 0 ||
      isCut ||
      [seen.authors, seen.files, seen.date, seen.isCallMoved].some(Boolean);
    return { at, ...seen, isElsewhere: !isSeen };
  });
}

/** Of a text that readers are shown the beginning of, they are shown what has changed in the beginning. */
function textChange(
  old: string | undefined,
  now: string | undefined,
  { show, excerptWords }: Pick<Terms, 'show' | 'excerptWords'>,
  lang: Language,
): Passages {
  if (old === undefined || now === undefined) return { passages: [], isCut: true };
  const isChanged = said(old) !== said(now);
  if (!isChanged || (show !== 'full' && show !== 'excerpt')) return { passages: [], isCut: isChanged };
  const all = compareWords(old, now).filter(isSaid);
  if (show === 'full') return passagesOf(all);
  // As lines of one block: a mark between blocks would be counted as a word.
  const { text: shown, isAll } = excerptOf(now.replaceAll('\n', '\u2028'), lang, excerptWords);
  // Of a text that is short enough to be shown whole, what has gone from its end is part of the beginning.
  const room = isAll ? excerptWords : countTokens(shown);
  const { stretches, isMore } = beginningOf(all, room);
  const { passages, isCut } = passagesOf(stretches);
  return { passages, isCut: isCut || isMore };
}

/** A dash or a full stop is nothing that was said. */
function isSaid(stretch: ReturnType<typeof compareWords>[number]): boolean {
  return stretch.kind === 'kept' || said(textOf(stretch.gone)) !== said(textOf(stretch.come));
}

function textOf(tokens: readonly { readonly text: string }[]): string {
  return tokens.map(({ text }) => text).join(' ');
}

function said(text: string): string {
  return saidWords(text).join(' ');
}

/** Names shown, and counted. */
const mostNames = 20;

function namesChange(old: readonly string[], now: readonly string[]): NamesChange | undefined {
  const without = (names: readonly string[], others: readonly string[]): string[] =>
    [...new Set(names)].filter((name) => !others.includes(name)).slice(0, mostNames);
  const [gone, come] = [without(old, now), without(now, old)];
  if (gone.length + come.length === 0) return undefined;
  // Who was named by mistake, or against their will, is not named again.
  return { gone: gone.reduce((sum, name) => sum + Math.max(1, saidWords(name).length), 0), come };
}

/** The files that only one of both has, by their names. */
function filesOf(old: Said, now: Said): [string[], string[]] {
  const names = ({ enclosures }: Said, others: Said): string[] =>
    enclosures.filter(({ url }) => others.enclosures.every((other) => other.url !== url)).map(fileName);
  return [names(old, now), names(now, old)];
}

function fileName({ title, url }: Enclosure): string {
  return plainLine(title ?? '', 200) || plainLine(url.replace(/[?#].*$/s, '').replace(/^.*\//s, ''), 200) || '—';
}

function dateChange(old: Said, now: Said): CorrectionView['date'] {
  const [from, to] = [old.published, now.published];
  return from === undefined || to === undefined || Math.abs(from - to) < dayMs ? undefined : { from, to };
}

/** Of versions from before events were kept with them nothing is said. */
function isCallMoved({ events: old }: Said, { events: now }: Said): boolean {
  return old !== undefined && now !== undefined && old.length > 0 && JSON.stringify(old) !== JSON.stringify(now);
}

// ── reposts that have not followed ───────────────────────────────────────────────────────────────

/** Tells of a repost the first correction that it lacks: it has words from before, and none that took their place. */
export function openStaleness(
  shown: StoredItem,
  versions: readonly Version[],
): (repost: Pick<Item, 'title' | 'text'>) => Instant | undefined {
  const corrections = correctionsIn(shown, versions);
  if (corrections.length === 0) return () => undefined;
  const now = inWords(shown.text);
  const changes = corrections.map(({ at, old, now: then }) => ({
    at,
    title: { old: inWords(old.title), now: inWords(then.title) },
    phrases: old.text === undefined || then.text === undefined ? [] : changedPhrases(old.text, then.text, now),
  }));
  return (repost) => {
    const [title, text] = [inWords(repost.title), inWords(repost.text)];
    const found = changes.find(
      (one) =>
        (one.title.old.trim() !== '' && one.title.old !== one.title.now && title === one.title.old) ||
        (one.phrases.some(({ old }) => holds(text, old)) && !one.phrases.some((phrase) => holds(text, phrase.now))),
    );
    return found?.at;
  };
}

/** Without those whose old words stand in the text as it is now. */
function changedPhrases(old: string, then: string, now: string): readonly Phrases[] {
  return phrasesOf(compareWords(old, then)).filter((one) => one.old !== one.now && !holds(now, one.old));
}

function inWords(text: string): string {
  return ` ${said(text)} `;
}

function holds(text: string, phrase: string): boolean {
  return phrase !== '' && text.includes(` ${phrase} `);
}
