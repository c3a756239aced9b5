/** What every part of one page needs to know: where the page is, its language, its words and its dates. */
import type { Direction, Language } from '../../model.ts';
import { directionOf } from '../../text/language-tags.ts';
import type { SiteView } from '../views.ts';
import { type Moments, momentsFor, speaks, type Words, wordsFor } from '../words.ts';
import { relativePath } from './address.ts';

export interface Page {
  readonly site: SiteView;
  /** From the site's root, with a trailing slash; '' for the front page. */
  readonly path: string;
  /** Of the words on the page; stories say their own. */
  readonly lang: Language;
  readonly dir: Direction;
  readonly words: Words;
  readonly moments: Moments;
  /** The way from it to the site's root: `../` as often as need be. */
  readonly root: string;
  /** The relative link to a path of the site. */
  readonly to: (path: string) => string;
}

/** @param lang the language wished for; the page is in English where there are no words of it */
export function pageAt(site: SiteView, path: string, lang: Language): Page {
  const spoken = speaks(lang, site.site) ? lang : 'en';
  return {
    site,
    path,
    lang: spoken,
    dir: directionOf(spoken),
    words: wordsFor(spoken, site.site),
    moments: momentsFor(spoken, site.site),
    root: '../'.repeat(path.split('/').length - 1),
    to: (target) => relativePath(path, target),
  };
}

/** One of the pages that a long list is spread over; 1 is the first. */
export interface Part {
  readonly page: number;
  readonly of: number;
}

export const onlyPart: Part = { page: 1, of: 1 };

/** @param first path of the first page */
export function partPath(first: string, page: number): string {
  return page === 1 ? first : `${first}${page}/`;
}

/** HTML's way to say that a text's language is unknown is the empty string. */
export function langAttribute(lang: Language): string {
  return lang === 'und' ? '' : lang;
}

/** Alphabets from right to left. */
const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * A line that somebody wrote in this language, a section's title or an event's place: in a language from right to left its
 * first letter may be that of a foreign name, and says nothing of the direction of the rest.
 */
export function lineIn(lang: Language, text: string): { readonly lang: string; readonly dir: 'rtl' | 'auto' } {
  const isRightToLeft = directionOf(lang) === 'rtl' && rightToLeft.test(text);
  return { lang: langAttribute(lang), dir: isRightToLeft ? 'rtl' : 'auto' };
}
