/** CSS selectors in sources.yaml, judged before any page is asked for. */
import { createRequire } from 'node:module';

/** Loaded where a selector is met that is not plain: most are, and the engine takes longer than the rest of the file. */
const load = createRequire(import.meta.url);

/** Tags, classes and ids, one inside or beside another. */
const plain = /^[a-z][a-z0-9]*$|^(?:[a-z][a-z0-9]*)?[.#][a-z_][\w-]*(?:[ >,]+(?:[a-z][a-z0-9]*|[.#][a-z_][\w-]*))*$/i;

/** Half a sentence on why nothing can be found by a selector, asked of the engine that pages are read with. */
export function selectorMistake(text: string): string | undefined {
  if (/^https?:/i.test(text)) return 'that is an address, and a selector says where in the page something stands';
  if (plain.test(text)) return undefined;
  const { load: read } = load('cheerio/slim') as typeof import('cheerio/slim');
  try {
    read('<p></p>').root().find(text);
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return why
      .replace(/^[A-Z]/, (letter) => letter.toLowerCase())
      .replace(/, found $/, ' where it ends')
      .replace(/\.+$/, '')
      .replace(' by css-select', ' here');
  }
}
