/** BCP 47 language tags: in canonical form, the direction in which a language is written, and whether two are one language. */
import type { Direction, Language } from '../model.ts';

/** True for tags of one language, whatever the region. */
export function isSameLanguage(one: Language, other: Language): boolean {
  return one === other || primaryOf(one) === primaryOf(other);
}

const rightToLeftLanguages = new Set(
  'ar arc ckb dv fa glk he khw ks lrc mzn nqo pnb prs ps sd syr ug ur yi'.split(' '),
);
const rightToLeftScripts = new Set('adlm arab aran hebr mand nkoo rohg samr syrc thaa'.split(' '));

/** The direction a language is written in; the tag's script subtag, if any, decides (`ku-Arab`, `ur-Latn`). */
export function directionOf(lang: Language): Direction {
  const subtags = lang.toLowerCase().split('-');
  const script = subtags.slice(1).find((subtag) => /^[a-z]{4}$/.test(subtag));
  if (script !== undefined) return rightToLeftScripts.has(script) ? 'rtl' : 'ltr';
  return rightToLeftLanguages.has(subtags[0] ?? '') ? 'rtl' : 'ltr';
}

/** The language itself, without script and region. */
export function primaryOf(tag: Language): string {
  return tag.includes('-') ? (tag.split('-', 1)[0] ?? tag) : tag;
}

const otherScripts = new Set('am be bg bn el hi hy ja ka ko mk mr ne pa ru si sr ta th ti uk zh my'.split(' '));

/** Written in Latin letters, as far as the tag tells. */
export function isLatin(tag: Language): boolean {
  return directionOf(tag) === 'ltr' && !otherScripts.has(primaryOf(tag));
}

/**
 * A written language tag in canonical form (BCP 47, RFC 5646 §4.5): `en_US` → `en-US`, `FR` → `fr`, `iw` → `he`.
 * @returns undefined for none, for `und`, and for what is no tag: a language's name, a locale with an encoding
 */
export function tagOf(written: string | undefined): Language | undefined {
  if (written === undefined) return undefined;
  if (!tags.has(written)) {
    if (tags.size >= mostTags) tags.clear();
    tags.set(written, readTag(written));
  }
  return tags.get(written);
}

/** One document says the same few tags thousands of times. */
const tags = new Map<string, Language | undefined>();
const mostTags = 200;

function readTag(written: string): Language | undefined {
  const tag = written.trim().replaceAll('_', '-');
  if (!/^[a-z]{2,3}(-[a-z0-9]{1,8}){0,6}$/i.test(tag)) return undefined;
  try {
    // Extensions (a calendar, a sorting) say nothing of the words, and two of one kind are a RangeError later on.
    const canonical = new Intl.Locale(tag).baseName;
    return primaryOf(canonical) === 'und' ? undefined : canonical;
  } catch {
    return undefined; // well-shaped, but no tag: en-a
  }
}
