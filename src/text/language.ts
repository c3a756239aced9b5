/**
 * A text and what its feed declared to a BCP 47 language tag. Scripts decide first, by letters that only
 * one language has; Latin letters are told by small words (function-words.ts), and by franc where these leave a doubt. (No library
 * tells Pashto and both Kurdish languages from Farsi: that is why the letters are ours.)
 */
import { francAll } from 'franc';
import type { Language } from '../model.ts';
import { isAllAscii } from './ascii.ts';
import { hearWords } from './function-words.ts';
import { isLatin, isSameLanguage, primaryOf } from './language-tags.ts';

/** Beginning of a text that is looked at: more does not make the guess better. */
const sampleLength = 2_000;
/** A hundred and twenty words: whoever is not sure by then is not sure after more. */
const heardLength = 800;
/** Trigrams of this many characters tell our languages apart as well as more would, at half the cost. */
const guessLength = 400;
/** Fewer letters than this say nothing: a name, a date. */
const minLatinLetters = 12;
/** Trigrams want more of them than words do: with a word or two that agree, and alone. */
const minTrigramLetters = 20;
const minAloneLetters = 60;
const minScriptLetters = 8;
/** franc scores the best language 1; a text in a language it is not asked about leaves the second close behind. */
const minLead = 0.03;

/** franc's ISO 639-3 codes and our tags. Its Latin model called `ckb` is Kurmanji. `als` is Tosk Albanian. */
const francTags: ReadonlyMap<string, Language> = new Map([
  ['eng', 'en'],
  ['fra', 'fr'],
  ['deu', 'de'],
  ['spa', 'es'],
  ['ita', 'it'],
  ['por', 'pt'],
  ['nld', 'nl'],
  ['tur', 'tr'],
  ['ckb', 'ku'],
  ['som', 'so'],
  ['als', 'sq'],
]);
const latinTags: ReadonlySet<Language> = new Set(francTags.values());

/** Letters of none of these: Czech, Polish, Romanian, Swedish … would be taken for the nearest one that we know. */
const foreignLetters = /[čďěňřťůľĺŕšžąęłńśźżățșåøæőűđ]/giu;

interface ScriptRule {
  /** Runs of them. */
  readonly letters: RegExp;
  /** The language where no sign below is met often enough. */
  readonly usual: Language;
  /** Signs of other languages, first match wins; `share` is per hundred letters of the script. */
  readonly signs: readonly { readonly lang: Language; readonly letters: RegExp; readonly share: number }[];
}

/** Scripts in the order they are asked. Every expression is one class of letters or a list of words, so linear. */
const scripts: readonly ScriptRule[] = [
  {
    letters: /\p{Script=Arabic}+/gu,
    usual: 'ar',
    signs: [
      { lang: 'ug', letters: /[ۈۋۇ]/gu, share: 2 },
      { lang: 'ps', letters: /[ټډړښږځڅڼۍې]/gu, share: 2 },
      { lang: 'ckb', letters: /[ەڕڵێۆ]/gu, share: 4 },
      { lang: 'ur', letters: /[ٹڈڑںےہھ]/gu, share: 3 },
      { lang: 'fa', letters: /[پچژگکی]/gu, share: 3 },
      { lang: 'fa', letters: /[پچژگ]/gu, share: 2 }, // Farsi typed on an Arabic keyboard has ي and ك
    ],
  },
  { letters: /\p{Script=Greek}+/gu, usual: 'el', signs: [] },
  { letters: /\p{Script=Hebrew}+/gu, usual: 'he', signs: [{ lang: 'yi', letters: /[װױײ]/gu, share: 0.5 }] },
  {
    letters: /\p{Script=Ethiopic}+/gu,
    usual: 'am',
    signs: [
      { lang: 'ti', letters: /[ኣቐ-ቝኸ-ዅ]/gu, share: 2 },
      { lang: 'ti', letters: /(?<!\p{L})(?:እቲ|እታ|እቶም|እዩ|እያ|እዮም|ነይሩ|ነይራ|ነይሮም|ካብ|ናብ|ናይ|ነፍሲ|ክልተ)(?!\p{L})/gu, share: 2 },
    ],
  },
  {
    letters: /\p{Script=Cyrillic}+/gu,
    usual: 'ru',
    signs: [
      { lang: 'uk', letters: /[іїєґ]/giu, share: 2 },
      { lang: 'be', letters: /[ў]/giu, share: 0.3 },
      { lang: 'sr', letters: /[ђћџљњј]/giu, share: 2 },
      { lang: 'ru', letters: /[ыэё]/giu, share: 0.5 },
      { lang: 'bg', letters: /[ъ]/giu, share: 0.5 },
    ],
  },
  { letters: /\p{Script=Armenian}+/gu, usual: 'hy', signs: [] },
  { letters: /\p{Script=Georgian}+/gu, usual: 'ka', signs: [] },
  { letters: /\p{Script=Devanagari}+/gu, usual: 'hi', signs: [] },
  { letters: /\p{Script=Bengali}+/gu, usual: 'bn', signs: [] },
  { letters: /\p{Script=Gurmukhi}+/gu, usual: 'pa', signs: [] },
  { letters: /\p{Script=Tamil}+/gu, usual: 'ta', signs: [] },
  { letters: /\p{Script=Sinhala}+/gu, usual: 'si', signs: [] },
  { letters: /\p{Script=Thai}+/gu, usual: 'th', signs: [] },
  { letters: /\p{Script=Myanmar}+/gu, usual: 'my', signs: [] },
  { letters: /\p{Script=Hangul}+/gu, usual: 'ko', signs: [] },
  {
    letters: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu,
    usual: 'zh',
    signs: [{ lang: 'ja', letters: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, share: 10 }],
  },
];

/**
 * The language of a text.
 * @param text title and text together, plain; its first 2,000 characters count
 * @param declared what is declared for it as a default only (a feed's `en-US` is often nobody's choice), most trusted
 * first. It is beaten by a text that clearly speaks another language that Relais knows, and settles every doubt.
 * @returns a BCP 47 tag, `und` where neither says anything
 */
export function detectLanguage(text: string, declared: readonly (Language | undefined)[]): Language {
  const stated = declared.find((tag) => tag !== undefined && tag !== 'und');
  const heard = languageOf(withoutAddresses(text.slice(0, sampleLength)));
  if (heard === undefined) return stated ?? 'und';
  if (stated === undefined) return heard;
  if (primaryOf(stated) === heard) return stated; // keeps the region: pt-BR
  // Swedish is Latin letters that we cannot tell apart from what we know, so a feed that says Swedish is believed.
  return latinTags.has(heard) && isLatin(stated) && !latinTags.has(primaryOf(stated)) ? stated : heard;
}

/** Beginning of a paragraph that is looked at: from forty characters on its sentences are told as well as they ever are. */
const partLength = 160;
/** Fewer letters than this are a name or a slogan: in Latin letters, and in the same letters as what is around. */
const minPartLetters = 24;
const minSameScriptLetters = 60;
/** What Latin letters and their marks are not; where there is none of it, nothing need be counted. */
const otherLetters = /[^\0-\u024f\u1e00-\u1eff\u2000-\u206f]/;

/**
 * The language of a paragraph inside a text, where its letters or its small words say it clearly; trigrams are not asked.
 * @param around the language of the text; a language of Latin letters that we cannot tell is not told apart from any
 * @returns `around` itself where the paragraph is in it; undefined where it is too short to tell, or nothing that we know
 */
export function languageOfPart(text: string, around: Language): Language | undefined {
  if (text.length < minScriptLetters) return undefined;
  const sample = withoutAddresses(text.slice(0, partLength));
  const isAllLatin = sample.length > 2 * minPartLetters && (isAllAscii(sample) || !otherLetters.test(sample));
  const total = isAllLatin ? sample.length : lengthOf(sample, /\p{L}+/gu);
  if (total < minScriptLetters) return undefined;
  const latin = isAllLatin ? sample.length : lengthOf(sample, /\p{Script=Latin}+/gu);
  if (latin * 2 <= total) {
    const heard = scriptLanguage(sample, total);
    if (heard === undefined || isSameLanguage(heard.lang, around)) return heard && around;
    const isNear = heard.languages.includes(primaryOf(around));
    return isNear && heard.letters < minSameScriptLetters ? undefined : heard.lang;
  }
  if (latin < minPartLetters || (!latinTags.has(primaryOf(around)) && around !== 'und' && isLatin(around)))
    return undefined;
  const heard = hearWords(sample);
  if (heard.lang === undefined || !heard.isSure) return undefined;
  return isSameLanguage(heard.lang, around) ? around : heard.lang;
}

function withoutAddresses(text: string): string {
  return text.includes('://') ? text.replace(/https?:\/\/\S+/g, ' ') : text;
}

interface HeardScript {
  readonly lang: Language;
  readonly letters: number;
  /** All that are written in the script, as far as we tell them. */
  readonly languages: readonly Language[];
}

/** By the script that most letters are of. */
function scriptLanguage(sample: string, total: number): HeardScript | undefined {
  for (const script of scripts) {
    const letters = lengthOf(sample, script.letters);
    if (letters < minScriptLetters || letters * 2 < total) continue;
    const sign = script.signs.find((one) => count(sample, one.letters) * 100 >= one.share * letters);
    const languages = [script.usual, ...script.signs.map(({ lang }) => lang)];
    return { lang: sign?.lang ?? script.usual, letters, languages };
  }
  return undefined;
}

function languageOf(sample: string): Language | undefined {
  const others = isAllAscii(sample) ? '' : sample.replace(/[\0-\x7f]+/g, ''); // few, and classes of Unicode are slow
  const ascii = asciiLetters(sample, others === '' ? minAloneLetters : sample.length);
  const total = others === '' ? ascii : ascii + lengthOf(others, /\p{L}+/gu);
  const latin = others === '' ? ascii : ascii + lengthOf(others, /\p{Script=Latin}+/gu);
  const script = latin * 2 > total ? undefined : scriptLanguage(sample, total);
  if (script !== undefined) return script.lang;
  if (latin < minLatinLetters) return undefined;
  const heard = hearWords(sample.slice(0, heardLength));
  if (heard.isSure || heard.isNeighbour) return heard.lang;
  if (heard.isStrange || latin < minTrigramLetters || count(others, foreignLetters) * 100 >= latin) return undefined;
  const [best, second] = francAll(sample.slice(0, guessLength), { only: [...francTags.keys()] });
  const guess = francTags.get(best?.[0] ?? '');
  if (guess === heard.lang) return guess; // two witnesses who are not sure
  const isLong =
    latin >= minAloneLetters && best !== undefined && (second === undefined || best[1] - second[1] >= minLead);
  return isLong && heard.lang === undefined ? guess : undefined;
}

/** Characters in runs of letters: as a sum over words it costs a quarter of counting one by one. */
function lengthOf(text: string, runs: RegExp): number {
  let length = 0;
  for (const run of text.match(runs) ?? []) length += run.length;
  return length;
}

function count(text: string, letters: RegExp): number {
  return text.match(letters)?.length ?? 0;
}

/** Counted no further than is asked. */
function asciiLetters(text: string, most: number): number {
  let letters = 0;
  for (let at = 0; at < text.length && letters < most; at++) {
    const lower = text.charCodeAt(at) | 0x20;
    if (lower >= 0x61 && lower <= 0x7a) letters++;
  }
  return letters;
}
