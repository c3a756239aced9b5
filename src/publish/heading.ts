/**
 * What a story is called where its authors gave it no title: its first words, else what its picture shows, else its day.
 * The only place that answers this: pages, feeds and digests print what it says. In the store a missing title stays
 * missing, since stories are matched by titles.
 */
import type { Enclosure, Item } from '../model.ts';
import { cutAtWord } from '../text/html.ts';
import { readMarkup } from '../text/markup.ts';
import { plainLine } from '../text/safe.ts';

const mostCharacters = 80;
const mostWords = 20;
/** Words are looked for in so many characters of a text. */
const beginning = 4_000;

/** What stands in the place of words where there are none, in the language of the story. */
interface Substitutes {
  readonly picture: string;
  /** The story's day, or when it was seen, as it is written. */
  readonly day: string;
}

/** @returns a line of plain text, never empty */
export function headingOf(
  { title, html, text, enclosures }: Pick<Item, 'title' | 'html' | 'text' | 'enclosures'>,
  { picture, day }: Substitutes,
): string {
  if (title !== '') return title;
  const candidates = [() => text, () => pictureIn(html, picture), () => attached(enclosures, picture)];
  for (const candidate of candidates) {
    const heading = firstWords(candidate());
    if (heading !== '') return heading;
  }
  return day;
}

/** Addresses as people and players write them, and the type behind a player's. */
const noWords =
  /^[(<[]?(?:https?:\/\/|www\.|[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,9}\/)|^\((?:audio|video)\/[^\s()]+\)$/iu;
const saysSomething = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

function firstWords(text: string): string {
  const words = text
    .slice(0, beginning)
    .split(/\s+/)
    .filter((word) => !noWords.test(word))
    .join(' ');
  return saysSomething.test(words) ? plainLine(cutAtWord(words, mostWords, mostCharacters)) : '';
}

/** The first description of a picture, else the word for one; '' where there is none. */
function pictureIn(html: string, word: string): string {
  if (!html.includes('<img')) return '';
  const described: string[] = [];
  readMarkup(html, {
    text: () => {},
    open(name, attributes) {
      const alt = name === 'img' ? (attributes.get('alt') ?? '') : '';
      if (saysSomething.test(alt) && !fileName.test(alt)) described.push(alt);
    },
    close: () => {},
  });
  return described[0] ?? word;
}
const fileName = /^\S+\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)$/i;

function attached(files: readonly Enclosure[], word: string): string {
  const named = files.find(({ title }) => title !== undefined && !fileName.test(title))?.title;
  return named ?? (files.some(({ type }) => type?.startsWith('image/') === true) ? word : '');
}
