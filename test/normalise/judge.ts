/** What may stand in a cleaned text, written down apart from the tables under test, and who finds what may not. */
import { load } from 'cheerio';
import { Parser } from 'htmlparser2';

const harmless = new Set(
  `p div blockquote pre hr h2 h3 h4 h5 h6 figure figcaption details summary ul ol li dl dt dd table caption thead tbody tfoot tr td th
   a img br wbr span bdi em strong b i u s del ins sub sup small mark code kbd samp var abbr cite q dfn time ruby rb rt rp`.split(
    /\s+/,
  ),
);
const harmlessAttributes = new Set(
  'href rel src alt width height lang dir cite title datetime colspan rowspan scope start reversed value open'.split(
    ' ',
  ),
);

/** Elements, attributes and addresses that a reader must never meet. Empty for a clean text. */
export function findHarm(html: string): string[] {
  const harm: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!harmless.has(name)) harm.push(`<${name}>`);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (!harmlessAttributes.has(attribute)) harm.push(`${name}[${attribute}]`);
        if (['src', 'cite'].includes(attribute) && !/^https?:\/\//.test(value)) harm.push(`${attribute}=${value}`);
        if (attribute === 'href' && !/^(https?:\/\/|mailto:|tel:)/.test(value)) harm.push(`href=${value}`);
      }
    },
    oncomment: (text) => harm.push(`comment ${text}`),
    onprocessinginstruction: (name) => harm.push(name),
  });
  parser.write(html);
  parser.end();
  return harm;
}

/** Parsed by the rules of the HTML standard (parse5) and written again: where a browser would see more than we do. */
export function asBrowserReads(html: string): string {
  return load(html, null, false).html();
}
