/** OPML 2.0 (opml.org/spec2.opml) as text: a list of subscriptions, a folder for each section. */
import { escapeMarkup, xmlText } from './safe.ts';

/** The namespace of what OPML itself has no attribute for. */
export const ownSpace = 'https://relais.invalid/opml';
export const ownPrefix = 'relais';

/** Attributes in the order in which they are to stand; what is undefined is left out. */
export type OpmlAttributes = Readonly<Record<string, string | undefined>>;

export interface OpmlFolder {
  readonly attributes: OpmlAttributes;
  /** Attributes of each outline in it. */
  readonly outlines: readonly OpmlAttributes[];
}

/**
 * The same folders give the same bytes: no date is written.
 * @returns a document without empty folders; what XML has no place for is taken out of values
 */
export function opmlText(title: string, folders: readonly OpmlFolder[]): string {
  const filled = folders.filter(({ outlines }) => outlines.length > 0);
  const isExtended = filled.some(({ attributes, outlines }) =>
    [attributes, ...outlines].some((one) => Object.keys(one).some((name) => name.startsWith(`${ownPrefix}:`))),
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    isExtended ? `<opml version="2.0" xmlns:${ownPrefix}="${ownSpace}">` : '<opml version="2.0">',
    '  <head>',
    `    <title>${value(title)}</title>`,
    '    <docs>http://opml.org/spec2.opml</docs>',
    '  </head>',
    '  <body>',
    ...filled.flatMap(({ attributes, outlines }) => [
      `    <outline${written(attributes)}>`,
      ...outlines.map((one) => `      <outline${written(one)}/>`),
      '    </outline>',
    ]),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

function written(attributes: OpmlAttributes): string {
  return Object.entries(attributes)
    .flatMap(([name, text]) => (text === undefined ? [] : [` ${name}="${value(text)}"`]))
    .join('');
}

/** Line ends as references: XML parsers make spaces of those in attributes (XML 1.0 §3.3.3). */
function value(text: string): string {
  return escapeMarkup(xmlText(text)).replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
