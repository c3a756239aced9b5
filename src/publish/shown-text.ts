/** The text of a story as readers get it: without hand-made credit lines and standing paragraphs, with copies of its pictures. Pure. */
import type { Language, SafeHtml } from '../model.ts';
import { excerptOf } from '../text/excerpt.ts';
import { generatorName } from '../text/relais-feeds.ts';
import {
  joinHtml,
  linkPhrase,
  noHtml,
  paragraph,
  removeParagraph,
  settlePictures,
  takeParagraph,
} from '../text/safe-html.ts';
import { safeHtmlToBlocks, safeHtmlToText } from '../text/safe-text.ts';
import { standingTail } from '../text/standing.ts';
import type { StoryReading } from './attribution-view.ts';
import { groupView } from './source-view.ts';
import type { Terms } from './terms.ts';
import { wordsFor } from './words.ts';

/** The language that a story is told in: the shown text's, else its source's, else the site's. */
export function languageOf({ shown, context }: StoryReading): Language {
  if (shown.lang !== 'und') return shown.lang;
  return context.sources.get(shown.sourceKey)?.lang ?? context.config.site.lang;
}

/** A text as its readers get it, in as many pieces as pages want. */
export interface ShownText {
  readonly html: SafeHtml;
  /** The same in plain words, a block a line. */
  readonly text: string;
  /** What its source prints under every text. */
  readonly standing: SafeHtml;
}

/** The text of the copy that is shown, whole: without hand-made credits and standing paragraphs, unless it is to be left as it is. */
export function shownText(reading: StoryReading, { isUnchanged }: Terms): ShownText {
  const { html, standing } = isUnchanged
    ? { html: withoutRelaysCredit(reading.shown.html, reading), standing: noHtml }
    : withoutStanding(withoutRelaysCredit(withoutCreditLine(reading), reading), reading);
  return { html, standing, text: safeHtmlToBlocks(html) };
}

/** The beginning of a text, in whole sentences; '' where none may be shown, or the first would have to be cut and must not be. */
export function beginningOf(text: string, { show, excerptWords, isUnchanged }: Terms, lang: Language): string {
  if (show === 'link' || show === 'none') return '';
  const { text: beginning, isWhole } = excerptOf(text, lang, excerptWords);
  return isWhole || !isUnchanged ? beginning : '';
}

/** As much of a text as may be shown. @param beginning of it, in plain words */
export function bodyOf(terms: Terms, html: SafeHtml, beginning: string, reading: StoryReading): SafeHtml {
  const { picture } = wordsFor(languageOf(reading), reading.context.config.site);
  if (terms.show === 'full') return withPictures(html, picture, reading, terms);
  return beginning === '' ? noHtml : paragraph(beginning);
}

/** Copies where they are wanted and there, links to those that are not, and nothing of what only counts readers. */
export function withPictures(html: SafeHtml, label: string, reading: StoryReading, { images }: Terms): SafeHtml {
  const copies = images === 'copy' ? reading.context.copies?.get(reading.record.id) : undefined;
  return settlePictures(html, label, (address) => (images === 'none' ? 'none' : (copies?.get(address) ?? 'link')));
}

/** A credit line made by hand becomes a real link: ours takes its place where it stands alone, else the name is linked. */
function withoutCreditLine({ record, shown, context }: StoryReading): SafeHtml {
  const member = record.attribution.members.find((one) => one.itemId === shown.id);
  let html = shown.html;
  for (const one of member?.evidence ?? []) {
    if (one.kind !== 'credit-phrase' && one.kind !== 'appeared-first') continue;
    const source = one.targetSource === undefined ? undefined : context.sources.get(one.targetSource);
    const url = one.targetUrl ?? (source && groupView(source, context.memories.get(source.key)).url);
    const removed = url === undefined && one.says !== 'original' ? html : removeParagraph(html, one.quote);
    html =
      removed !== html || url === undefined || one.targetName === undefined
        ? removed
        : linkPhrase(html, one.quote, one.targetName, url);
  }
  return html;
}

/**
 * What another Relais has put before a text is not the text's, and ours says it anew. Two that read each other would else
 * have one more such line with every visit.
 */
function withoutRelaysCredit(html: SafeHtml, { shown, context }: StoryReading): SafeHtml {
  if (context.memories.get(shown.sourceKey)?.generator !== generatorName) return html;
  const first = /^.*$/m.exec(safeHtmlToText(shown.html))?.[0] ?? '';
  return safeHtmlToText(html).startsWith(first) ? removeParagraph(html, first) : html;
}

/** What its source prints under every text is taken off: it belongs to the group, and no feed should say it fifty times. */
function withoutStanding(
  html: SafeHtml,
  { shown, context }: StoryReading,
): { readonly html: SafeHtml; readonly standing: SafeHtml } {
  const keys = new Set(context.memories.get(shown.sourceKey)?.standing);
  const taken: SafeHtml[] = [];
  let rest = html;
  for (const line of standingTail(safeHtmlToText(html), keys).reverse()) {
    const cut = takeParagraph(rest, line);
    if (cut.rest === rest) break; // a line inside a paragraph: what stands before it is not at the end
    rest = cut.rest;
    taken.unshift(cut.taken);
  }
  return { html: rest, standing: joinHtml(...taken) };
}
