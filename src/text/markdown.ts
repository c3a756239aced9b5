/** Text of others inside Markdown (CommonMark 0.31): it stays the text that it is, wherever it is pasted. */
import { plainLine } from './safe.ts';

/** What could begin emphasis, code, a link, a picture, HTML, a table, an entity or strikethrough. */
const special = /[\\`*_[\]<>|~&]/g;
/** What makes a line a heading, a list, a quotation or an underline at its beginning alone. */
const beginning = /^(?:[#+=-]|\d{1,9}(?=[.)]))/;

/** One line, every sign of it escaped that Markdown would act on. */
export function markdownText(text: string): string {
  const line = plainLine(text, 5_000).replace(special, '\\$&');
  return line.replace(beginning, (sign) => (/\d/.test(sign) ? `${sign}\\` : `\\${sign}`));
}

/** @param href an absolute web address, as a URL parser writes it */
export function markdownLink(text: string, href: string): string {
  return `[${markdownText(text)}](<${href.replace(/[<>\\\s]/g, encodeURIComponent)}>)`;
}
