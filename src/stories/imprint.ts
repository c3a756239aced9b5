/** An item to what it is recognised by when its words turn up elsewhere. Pure, and a function of its words alone. */
import type { Imprint, Worded } from '../story-plan.ts';
import { namedDays } from './named-days.ts';
import { namesKept } from './names-kept.ts';
import { printsOf } from './prints.ts';
import { titleWords } from './titles.ts';

/** Recordings of one text that are kept. */
const mostMedia = 12;

/** Where recordings are kept, and how an address there names one. */
const recording =
  /(?:(youtu)be(?:-nocookie)?\.com\/(?:watch\?v=|embed\/|v\/|shorts\/)|(youtu)\.be\/|(vimeo)\.com\/(?:video\/)?|(dailymotion)\.com\/(?:embed\/)?video\/|\/(videos?|w)\/(?:watch|embed)\/)([\w-]{6,40})/g;

/** How a text ends that is only a beginning: "[…]", "… Read more". */
const cutEnding =
  /(?:\[\s?(?:…|\.\.\.|&hellip;)\s?\]|(?:…|\.\.\.)\s*(?:\(?(?:read|continue|see|lire|leer|weiter|mehr|leggi|lees|ler|continua|devam|διαβάστε|اقرأ|ادامه)[^\n]{0,60}\)?)?\s*$)/iu;
const longestEnding = 300;

/** What is kept of an item. */
export function imprintOf({ title, text, isExcerpt }: Pick<Worded, 'title' | 'text' | 'isExcerpt'>): Imprint {
  const days = namedDays(`${title}\n${text}`);
  return {
    prints: printsOf(text),
    title: titleWords(title),
    days,
    media: mediaIn(text),
    names: namesKept(title, text, days),
    isCut: isExcerpt || cutEnding.test(text.slice(-longestEnding)),
  };
}

function mediaIn(text: string): string[] {
  const media = new Set<string>();
  for (const [, one, short, vimeo, daily, tube, id] of text.matchAll(recording)) {
    media.add(`${one ?? short ?? vimeo ?? daily ?? tube}:${id}`);
    if (media.size >= mostMedia) break;
  }
  return [...media];
}
