/**
 * A language tag to what Relais says in it: credit sentences, labels, dates. The words are in message files (docs/translating.md):
 * the maintainer's own come first, then those that come with Relais, then the English ones.
 */
import type { Language, MessageFile } from '../model.ts';
import { directionOf } from '../text/language-tags.ts';
import { knownLocale, listFormat, numberFormat } from './words/formats.ts';
import { type MessagesRead, saysSomething } from './words/judge.ts';
import { spokenIn, type Tongue } from './words/messages.ts';
import { ourLanguages, ourMessages } from './words/ours.ts';
import { ownMessages, primaryOf, type Speaker } from './words/own.ts';
import { type PartnerWords, shape, type Words } from './words/shape.ts';

export { languageName } from './words/formats.ts';
export { formatDay, formatMonth, formatSize, formatTime, type Moments, momentsFor } from './words/moments.ts';
export { ourLanguages } from './words/ours.ts';
export type { Speaker } from './words/own.ts';
export type { PartnerWords, Words } from './words/shape.ts';

/** True where there are words of this language: the program's, or the maintainer's. */
export function speaks(lang: Language, speaker: Speaker): boolean {
  const primary = primaryOf(lang);
  return ourLanguages().has(primary) || isOwn(primary, speaker);
}

function isOwn(primary: string, speaker: Speaker): boolean {
  const own = ownMessages(primary, speaker);
  return own !== undefined && saysSomething(own);
}

/** What is said to readers in a language, by its primary subtag (`fr-CH` → French); English where nobody has words of it. */
export function wordsFor(lang: Language, speaker: Speaker): Words {
  return speechIn(lang, speaker).words;
}

/** What is said to partners in a language; English where nobody has words of it. */
export function partnerWordsFor(lang: Language, speaker: Speaker): PartnerWords {
  return speechIn(lang, speaker).partners;
}

interface Speech {
  readonly words: Words;
  readonly partners: PartnerWords;
}

const noFiles: readonly MessageFile[] = [];
/** By the maintainer's files and by language: thousands of stories ask for the same few. */
const made = new WeakMap<readonly MessageFile[], Map<string, Speech>>();

function speechIn(lang: Language, speaker: Speaker): Speech {
  const files = speaker.messages ?? noFiles;
  const speeches = made.get(files) ?? new Map<string, Speech>();
  made.set(files, speeches);
  const primary = speaks(lang, speaker) ? primaryOf(lang) : 'en';
  const known = speeches.get(primary);
  if (known !== undefined) return known;
  const tongues = tonguesOf(primary, speaker);
  const { readers, partners } = spokenIn(shape, tongues);
  const speech = { words: { ...readers, locale: tongues[0]?.locale ?? 'en-GB' }, partners };
  speeches.set(primary, speech);
  return speech;
}

/** Whose words count, in this order: a message that one lacks is the next one's. */
function tonguesOf(primary: string, speaker: Speaker): readonly Tongue[] {
  const own = ownMessages(primary, speaker);
  const ours = ourLanguages().has(primary) ? ourMessages(primary) : undefined;
  const locale = own?.locale ?? ours?.locale ?? knownLocale(primary) ?? 'en-GB';
  const spoken = [own, ours].flatMap((read) => (read === undefined ? [] : [tongueOf(read, locale, primary)]));
  return primary === 'en' ? spoken : [...spoken, ...tonguesOf('en', speaker)];
}

function tongueOf({ messages }: MessagesRead, locale: string, lang: Language): Tongue {
  return { messages, locale, isRightToLeft: directionOf(lang) === 'rtl' };
}

/** "A, B and C" in pieces: the place of a name in the list, and what stands between them. */
export function enumeration(names: number, locale: string): (number | string)[] {
  const places = Array.from({ length: names }, (_, at) => String(at));
  return listFormat(locale)
    .formatToParts(places)
    .map(({ type, value }) => (type === 'element' ? Number(value) : value));
}

/** Groups as one list: "A, B and 2 others". @param others how many more there are than are named */
export function groupsIn(words: Words, names: readonly string[], others: number): string {
  const rest = names.length > 0 ? words.moreGroups : words.groups;
  return listFormat(words.locale).format(others > 0 ? [...names, rest(others)] : names);
}

/** That a text was taken back, as a digest says it. @param name of the group; '' when it is not known */
export function takenBackWords({ corrections }: Words, name: string, day: string): string {
  return name === '' ? corrections.takenBack(day) : corrections.takenBackOf(name, day);
}

/** The name of a weekly digest. @param week ISO 8601, `2026-W47`; anything else is printed as it is */
export function weekWords(words: Words, week: string): string {
  const [, year = '', number = ''] = /^(\d{4})-W(\d{1,2})$/.exec(week) ?? [];
  if (year === '') return week;
  const digits = numberFormat(words.locale, false);
  return words.weeklyDigest(digits.format(Number(number)), digits.format(Number(year)));
}
