/**
 * All of HTML to a row of events, by htmlparser2's Tokenizer. Deep nesting costs no more than flat markup: its Parser moves its
 * whole stack for every tag, 100,000 unclosed elements take it seconds; the Tokenizer is linear.
 */
import { Tokenizer } from 'htmlparser2';
import type { Attributes, MarkupListener } from './markup.ts';

/** The words of a formula (MathML Core §3.2). They stand apart, or the half in one of them would be read as twelve. */
const formulaWords: ReadonlySet<string> = new Set('mi mn mo ms mtext'.split(' '));

/** Tells that a tag is open, and a space before it where it is the word of a formula. */
export function tellOpen(listener: MarkupListener, name: string, attributes: Attributes, at: number): void {
  if (formulaWords.has(name)) listener.text(' ');
  listener.open(name, attributes, at);
}

/**
 * Tells the listener what stands in HTML, in order.
 * @param offset of its beginning in what the listener knows: added to the places of tags
 */
export function tokenise(html: string, offset: number, listener: MarkupListener): void {
  let name = '';
  let at = 0;
  let attributes = new Map<string, string>();
  let attribute = '';
  let value = '';
  const ignore = (): void => {};
  const open = (): void => tellOpen(listener, name, attributes, at);
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => listener.text(html.slice(start, end)),
      ontextentity: (codePoint) => listener.text(String.fromCodePoint(codePoint)),
      onopentagname(start, end) {
        name = html.slice(start, end).toLowerCase();
        at = offset + start;
        attributes = new Map();
      },
      onattribname(start, end) {
        attribute = html.slice(start, end).toLowerCase();
        value = '';
      },
      onattribdata(start, end) {
        value += html.slice(start, end);
      },
      onattribentity(codePoint) {
        value += String.fromCodePoint(codePoint);
      },
      onattribend() {
        if (!attributes.has(attribute)) attributes.set(attribute, value);
      },
      onopentagend: open,
      onselfclosingtag: open, // HTML ignores the slash: <p/> opens a paragraph
      onclosetag: (start, end) => listener.close(html.slice(start, end).toLowerCase()),
      oncomment: ignore,
      oncdata: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onend: ignore,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}
