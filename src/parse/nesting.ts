/**
 * Markup through htmlparser2's events, given up when it nests too deep. Its stack of open elements makes every tag cost
 * as much as the nesting is deep (100,000 open `<b>`: 0.6 s, four times as many: 15 s), and so do trees made with it.
 */
import { type Handler, Parser, type ParserOptions } from 'htmlparser2';

/** The nesting is looked at after each piece of this many characters. */
const pieceLength = 8_192;

/**
 * Feeds markup to a handler until it ends or nests deeper than `limit`.
 * @returns false where it was given up; the handler has then seen the beginning
 */
export function readWithin(
  limit: number,
  markup: string,
  options: ParserOptions,
  handler: Partial<Handler> = {},
): boolean {
  let depth = 0;
  const parser = new Parser(
    {
      ...handler,
      onopentag(name, attributes, isImplied) {
        depth++;
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
    if (depth > limit) return false;
  }
  parser.end();
  return true;
}
