/**
 * Markup through htmlparser2's events, given up when it nests too deep. Its stack of open elements makes every tag cost
 * as much as the nesting is deep (100,000 open `<b>`: 0.6 s, four times as many: 15 s), and so do trees made with it.
 */
import { DomHandler, type Handler, Parser, type ParserOptions } from 'htmlparser2';

/** More elements than any feed or page has; a tree of them would fill the memory. */
const maxElements = 500_000;
/** Nesting and number are looked at after each piece of this many characters. */
const pieceLength = 8_192;

/**
 * Feeds markup to a handler until it ends or nests deeper than `limit` or has too many elements.
 * @returns false where it was given up; the handler has then seen the beginning
 */
export function readWithin(
  limit: number,
  markup: string,
  options: ParserOptions,
  handler: Partial<Handler> = {},
): boolean {
  let depth = 0;
  let elements = 0;
  const parser = new Parser(
    {
      ...handler,
      onopentag(name, attributes, isImplied) {
        depth++;
        elements++;
        handler.onopentag?.(name, attributes, isImplied);
      },
      onclosetag(name, isImplied) {
        depth--;
        handler.onclosetag?.(name, isImplied);
      },
    },
    options,
  );
  for (let at = 0; at < markup.length; at += pieceLength) {
    parser.write(markup.slice(at, at + pieceLength));
    if (depth > limit || elements > maxElements) return false;
  }
  parser.end();
  return true;
}

/** The tree of a page; undefined where it nests deeper than `limit`. */
export function treeWithin(limit: number, html: string): DomHandler['root'] | undefined {
  const tree = new DomHandler();
  return readWithin(limit, html, {}, eventsOf(tree)) ? tree.root : undefined;
}

/** A handler's methods bound, since readWithin takes them apart. */
function eventsOf(tree: DomHandler): Partial<Handler> {
  return {
    onopentag: (name, attributes) => tree.onopentag(name, attributes),
    onclosetag: () => tree.onclosetag(),
    ontext: (text) => tree.ontext(text),
    onend: () => tree.onend(),
    onerror: (error) => tree.onerror(error),
  };
}
