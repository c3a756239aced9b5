/** Markup before and after it was cleaned → what is gone, in numbers. Pure. */
import { countWords, htmlToText } from './html.ts';
import { readMarkup } from './markup.ts';

/** How much of a text's markup was left out, by what it was. */
export interface LeftOut {
  /** Scripts, and texts for those who run none. */
  readonly scripts: number;
  /** Style sheets, and styles of single elements. */
  readonly styles: number;
  /** Documents of others within the text. */
  readonly frames: number;
  readonly forms: number;
  /** Pictures that are not there any more: most of them only counted readers. */
  readonly pictures: number;
  /** What elements would have done when touched: `onclick` and the like. */
  readonly handlers: number;
  /** Links that lead to the same place by a shorter address: without what tells who came from where. */
  readonly trackers: number;
  readonly wordsBefore: number;
  readonly wordsAfter: number;
}

/** @param before as written @param after as cleaned */
export function leftOut(before: string, after: string): LeftOut {
  const [raw, clean] = [countsOf(before), countsOf(after)];
  const gone = (which: 'scripts' | 'styles' | 'frames' | 'forms' | 'pictures' | 'handlers'): number =>
    Math.max(0, raw[which] - clean[which]);
  const kept = new Set(clean.links);
  const places = new Set(clean.links.map(placeOf));
  return {
    scripts: gone('scripts'),
    styles: gone('styles'),
    frames: gone('frames'),
    forms: gone('forms'),
    pictures: gone('pictures'),
    handlers: gone('handlers'),
    trackers: raw.links.filter((to) => to.includes('?') && !kept.has(to) && places.has(placeOf(to))).length,
    wordsBefore: countWords(htmlToText(before)),
    wordsAfter: countWords(htmlToText(after)),
  };
}

function placeOf(link: string): string {
  return link.replace(/[?#].*$/s, '');
}

const kinds: Readonly<Record<string, 'scripts' | 'styles' | 'frames' | 'forms' | 'pictures'>> = {
  script: 'scripts',
  noscript: 'scripts',
  style: 'styles',
  iframe: 'frames',
  frame: 'frames',
  object: 'frames',
  embed: 'frames',
  form: 'forms',
  img: 'pictures',
};

function countsOf(html: string) {
  const counts = { scripts: 0, styles: 0, frames: 0, forms: 0, pictures: 0, handlers: 0 };
  const links: string[] = [];
  readMarkup(html, {
    text: () => undefined,
    open(name, attributes) {
      const kind = kinds[name];
      if (kind !== undefined) counts[kind]++;
      for (const attribute of attributes.keys()) {
        if (attribute === 'style') counts.styles++;
        else if (attribute.startsWith('on')) counts.handlers++;
      }
      const to = name === 'a' ? attributes.get('href') : undefined;
      if (to !== undefined) links.push(to.trim());
    },
    close: () => undefined,
  });
  return { ...counts, links };
}
