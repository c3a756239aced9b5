/** A language tag to the words Relais says to partners in it; English where there are none. Loaded with the pages of sources alone. */
import type { Language } from '../model.ts';
import { arabic } from './partner-words/ar.ts';
import { german } from './partner-words/de.ts';
import { english } from './partner-words/en.ts';
import { spanish } from './partner-words/es.ts';
import { farsi } from './partner-words/fa.ts';
import { french } from './partner-words/fr.ts';
import { italian } from './partner-words/it.ts';
import type { PartnerWords } from './partner-words/shape.ts';
import { primaryLanguage } from './selection.ts';

const languages: ReadonlyMap<Language, PartnerWords> = new Map([
  ['en', english],
  ['fr', french],
  ['de', german],
  ['ar', arabic],
  ['es', spanish],
  ['it', italian],
  ['fa', farsi],
]);

/** @param lang as a page is in: a primary subtag may be followed by others */
export function partnerWordsFor(lang: Language): PartnerWords {
  return languages.get(primaryLanguage(lang)) ?? english;
}
