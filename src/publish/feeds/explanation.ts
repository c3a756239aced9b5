/**
 * What a person sees who opens a feed in a browser: a style sheet (feed-style.ts), and one sentence with a link to the page. Not
 * XSLT, which browsers are removing: where it is gone they complain instead of drawing anything. Validators know an XHTML `div` in
 * feeds, and readers leave it out.
 */
import { directionOf } from '../../text/language-tags.ts';
import { relativePath } from '../pages/address.ts';
import { langAttribute } from '../pages/page.ts';
import type { FeedView } from '../views.ts';
import { speaks, wordsFor } from '../words.ts';
import type { Channel } from './channel.ts';
import { elementText, markupText } from './safe-values.ts';

const xhtml = 'http://www.w3.org/1999/xhtml';
/** Published once, at the site's root. */
export const feedStylePath = 'feed.css';

interface Explanation {
  readonly lang: string;
  readonly dir: string;
  readonly sentence: string;
  readonly href: string;
  readonly title: string;
}

/** A site without an address is read from a disk or somewhere unknown: there a relative link still leads to the page. */
function explanationOf({ site, title, page }: Channel, feed: FeedView): Explanation {
  const lang = speaks(feed.lang, site) ? feed.lang : 'en';
  const sentence = wordsFor(lang, site).feedHow;
  const href = page ?? relativePath(feed.path, feed.page);
  return { lang: langAttribute(lang), dir: directionOf(lang), sentence, href, title };
}

/** As an element of Atom. */
export function atomExplanation(channel: Channel, feed: FeedView): string {
  const { lang, dir, sentence, href, title } = explanationOf(channel, feed);
  const paragraphs = `<p>${markupText(sentence)}</p><p><a href="${markupText(href)}"><bdi>${markupText(title)}</bdi></a></p>`;
  return `<div xmlns="${xhtml}" lang="${markupText(lang)}" dir="${dir}">${paragraphs}</div>`;
}

/** As an element of RSS, in the compact notation of xml-js. */
export function rssExplanation(channel: Channel, feed: FeedView): unknown {
  const { lang, dir, sentence, href, title } = explanationOf(channel, feed);
  return {
    _attributes: { xmlns: xhtml, lang: elementText(lang), dir },
    p: [
      { _text: elementText(sentence) },
      { a: { _attributes: { href: elementText(href) }, bdi: { _text: elementText(title) } } },
    ],
  };
}

const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';

/** With the style sheet. Few letters, since whoever guesses types looks for the root in the first 512 bytes. */
export function styled(written: string, path: string): string {
  if (!written.startsWith(declaration)) throw new Error('feed writes XML in a form that styled() does not know');
  const href = relativePath(path, feedStylePath);
  return `${declaration}<?xml-stylesheet type="text/css" href="${href}"?>\n${written.slice(declaration.length)}`;
}
