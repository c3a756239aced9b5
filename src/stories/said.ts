/**
 * What a text of few words says, whole: too little for fingerprints, so it is known again by equal words alone. Asked only
 * where something was taken back; two posts that say the same in few words are tied by nothing here.
 */
import type { Item } from '../model.ts';
import type { ItemKey } from '../refresh-plan.ts';
import { foldText } from './folding.ts';
import { keyHash } from './keys.ts';
import { printsOf } from './prints.ts';
import { titleWords } from './titles.ts';

const webAddress = /https?:\/\/[^\s<>"]+/g;

/**
 * Keys of a text of few words: `said` for its words, and for title and words together; `phrase` for them as a title would be
 * compared. Where the words are hardly any, its title is what it says. Where that is not enough for one fingerprint either
 * ("Demo", "Today"), it is the same only with the same title and text under the same date.
 * @param texts its text, and its text without what the source repeats, where that is another
 */
export function saidKeys({ title, published }: Pick<Item, 'title' | 'published'>, texts: readonly string[]): ItemKey[] {
  const bare = texts.map((text) => text.replace(webAddress, ' '));
  const worded = bare.filter(isEnough);
  const whole = bare.map((text) => `${title} ${text}`).filter(isEnough);
  const own = worded.length > 0 ? worded : isEnough(title) ? [title] : [];
  const said = [...own, ...whole].map(foldText);
  if (said.length === 0 && published !== undefined)
    for (const text of bare) said.push(`${foldText(title)}\n${foldText(text)}\n${published}`);
  return [
    ...[...new Set(said)].map((words): ItemKey => ({ kind: 'said', key: keyHash(words) })),
    ...own.map((words): ItemKey => ({ kind: 'phrase', key: keyHash(titleWords(words).join(' ')) })),
  ];
}

/** Five words; where a script puts no spaces between them, five letters. */
function isEnough(text: string): boolean {
  return printsOf(text).length > 0;
}

/** The stored keys under which something that was taken back says the same. */
export function saidElsewhere({ kind, key }: ItemKey): ItemKey[] {
  if (kind === 'said') return [{ kind, key }];
  if (kind === 'phrase') return [{ kind: 'title', key }];
  return kind === 'title' ? [{ kind: 'phrase', key }] : [];
}

/**
 * The keys of one that was taken back by which another says the same again: in equal words, a title of it as a text or with
 * none, or its words as a title. A title that both have says nothing: it may stand over other words.
 */
export function saidAgain(fresh: readonly ItemKey[], gone: readonly ItemKey[]): ItemKey[] {
  const has = ({ kind, key }: ItemKey): boolean => gone.some((one) => one.kind === kind && one.key === key);
  return fresh.flatMap((one) => (one.kind === 'title' && has(one) ? [] : saidElsewhere(one).filter(has)));
}
