/** A language tag to the words Relais says in it: credit sentences, labels, dates. Data is in words/, a file a language. */
import type { Language } from '../model.ts';
import { arabic } from './words/ar.ts';
import { german } from './words/de.ts';
import { english } from './words/en.ts';
import { spanish } from './words/es.ts';
import { farsi } from './words/fa.ts';
import { listFormat } from './words/formats.ts';
import { french } from './words/fr.ts';
import { italian } from './words/it.ts';
import type { Words } from './words/shape.ts';

export { languageName } from './words/formats.ts';
export { formatDay, formatMonth, formatSize, formatTime, type Moments, momentsFor } from './words/moments.ts';
export type { Words } from './words/shape.ts';

/** Languages of the interface by primary subtag. A further one is a file like words/en.ts and a line here. */
export const languages: ReadonlyMap<Language, Words> = new Map([
  ['en', english],
  ['fr', french],
  ['de', german],
  ['ar', arabic],
  ['es', spanish],
  ['it', italian],
  ['fa', farsi],
]);

/** True where Relais has words of this language. */
export function speaks(lang: Language): boolean {
  return languages.has(primaryOf(lang));
}

/** The words of a language by its primary subtag (`fr-CH` → French); English where there is no table. */
export function wordsFor(lang: Language): Words {
  return languages.get(primaryOf(lang)) ?? english;
}

function primaryOf(lang: Language): string {
  return lang.toLowerCase().split('-', 1)[0] ?? '';
}

/** "A, B and C" in pieces: the place of a name in the list, and what stands between them. */
export function enumeration(names: number, locale: string): (number | string)[] {
  const places = Array.from({ length: names }, (_, at) => String(at));
  return listFormat(locale)
    .formatToParts(places)
    .map(({ type, value }) => (type === 'element' ? Number(value) : value));
}
