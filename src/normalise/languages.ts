/**
 * Which languages a text is written in, and which of its paragraphs are in another than the whole: groups along a border
 * write a post twice, one language below the other. Who already said so in the markup is believed.
 */
import type { Language, SafeHtml } from '../model.ts';
import { languageOfPart } from '../text/language.ts';
import { directionOf, isSameLanguage } from '../text/language-tags.ts';
import { withLanguages } from '../text/safe-html.ts';
import { tonguesIn } from './tongues.ts';

/** A language counts where it has so much of the text: less is a name, a slogan or a quotation. */
const fewestCharacters = 60;
const smallestShare = 0.15;
/** More languages than this, and it is a list of languages. */
const mostLanguages = 4;
/** Characters of a text that are listened to, by paragraph. */
const mostHeard = 40_000;

export interface Spoken {
  /** The first is the item's, as it is without the others; `und` stands alone. */
  readonly langs: readonly [Language, ...Language[]];
  /** Some paragraph is clearly in another language than the first. */
  readonly isMixed: boolean;
}

/**
 * The languages of a text.
 * @param text plain, one paragraph a line
 * @param lang the language of the whole, said or heard
 * @param isSaid somebody says so of this very text: then it is the first, whatever is heard
 */
export function languagesIn(text: string, lang: Language, isSaid: boolean): Spoken {
  const heard = hear(text, lang);
  if (heard.told.size === 0) return { langs: [lang], isMixed: false };
  const others = [...heard.told]
    .filter(([, length]) => length >= fewestCharacters && length >= smallestShare * heard.length)
    .sort(([, a], [, b]) => b - a)
    .map(([one]) => one);
  const [best] = others;
  const ownLength = heard.length - heard.foreign;
  // A post in two languages tells neither as a whole: then its largest part is what it is in.
  const isOwn = ownLength >= smallestShare * heard.length && lang !== 'und';
  if (!isOwn && !isSaid && best !== undefined && heard.foreign >= heard.length / 2) {
    const { told } = hear(text, best);
    const langs = [best, ...others.filter((one) => one !== best && told.has(one))] as const;
    return { langs: firstOf(langs), isMixed: told.size > 0 };
  }
  return { langs: isOwn ? firstOf([lang, ...others]) : [lang], isMixed: true };
}

function firstOf(langs: readonly [Language, ...Language[]]): readonly [Language, ...Language[]] {
  const [first, ...rest] = langs;
  return [first, ...rest.slice(0, mostLanguages - 1)];
}

interface Hearing {
  /** Characters of paragraphs in other languages than the whole, by language. */
  readonly told: ReadonlyMap<Language, number>;
  readonly foreign: number;
  readonly length: number;
}

function hear(text: string, lang: Language): Hearing {
  const told = new Map<Language, number>();
  let foreign = 0;
  let length = 0;
  for (const line of text.slice(0, mostHeard).split('\n')) {
    length += line.length;
    const other = languageOfPart(line, lang);
    if (other === undefined || isSameLanguage(other, lang)) continue;
    told.set(other, (told.get(other) ?? 0) + line.length);
    foreign += line.length;
  }
  return { told, foreign, length };
}

/** Blocks and lines in another language than what is around them say so, with their direction where that differs. Idempotent. */
export function markLanguages(html: SafeHtml, lang: Language): SafeHtml {
  const tongues = tonguesIn(html, {
    around: { lang, dir: directionOf(lang) },
    tell(line) {
      const told = languageOfPart(line, lang);
      if (told === undefined) return undefined;
      const dir = directionOf(told);
      // Where the language of the whole is not known, only what runs the other way is worth a word.
      return lang === 'und' && dir === 'ltr' ? undefined : { lang: told, dir };
    },
  });
  return tongues.length === 0 ? html : withLanguages(html, tongues);
}
