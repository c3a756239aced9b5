/**
 * The XPath that people write for pages → a CSS selector, where it says the same: steps down the tree, a name, a class, an id, an
 * attribute, a place among its like. Everything else, a way up first of all, is given back as not understood.
 */

interface Step {
  readonly isDeep: boolean;
  readonly selector: string;
}

const axes = /^(?:(child|descendant|descendant-or-self|self)::)?/;
const name = /^(?:\*|[A-Za-z][\w-]*)/;

/** Each expects what is between the brackets, whole. */
const predicates: readonly (readonly [pattern: RegExp, selector: (match: RegExpExecArray) => string])[] = [
  [/^@id\s*=\s*(["'])([\w-]+)\1$/, (match) => `#${match[2]}`],
  [/^@class\s*=\s*(["'])\s*([\w-]+)\s*\1$/, (match) => `.${match[2]}`],
  [/^@([a-z][\w-]*)\s*=\s*(["'])([^"'\\\]]*)\2$/i, (match) => `[${match[1]}="${match[3]}"]`],
  [/^@([a-z][\w-]*)$/i, (match) => `[${match[1]}]`],
  [
    /^contains\(\s*concat\(\s*(["'])\s\1\s*,\s*(?:normalize-space\()?\s*@class\s*\)?\s*,\s*(["'])\s\2\s*\)\s*,\s*(["'])\s([\w-]+)\s\3\s*\)$/,
    (match) => `.${match[4]}`,
  ],
  [/^contains\(\s*@([a-z][\w-]*)\s*,\s*(["'])([^"'\\\]]+)\2\s*\)$/i, (match) => `[${match[1]}*="${match[3]}"]`],
  [/^starts-with\(\s*@([a-z][\w-]*)\s*,\s*(["'])([^"'\\\]]+)\2\s*\)$/i, (match) => `[${match[1]}^="${match[3]}"]`],
  [/^string-length\(\s*@([a-z][\w-]*)\s*\)\s*>\s*0$/i, (match) => `[${match[1]}]:not([${match[1]}=""])`],
];

/** What may stand behind the last step: it says which text of the element is wanted, and selectors name the element. */
const ending = /\/(?:text\(\)|@[a-z][\w-]*)$/i;

/**
 * @param written from the document down (`//article`), or from an item (`descendant::h2`, `.//a/@href`)
 * @returns undefined where no selector says the same; `attribute` is the one that is read at its end
 */
export function selectorOf(
  written: string,
): { readonly selector: string; readonly attribute: string | undefined } | undefined {
  const text = written.trim();
  const attribute = /\/@([a-z][\w-]*)$/i.exec(text)?.[1];
  const alternatives = splitOutside(text.replace(ending, ''), '|').map((one) => one.trim().replace(ending, ''));
  const selectors = alternatives.map(pathSelector);
  return selectors.length > 0 && selectors.every((one) => one !== undefined)
    ? { selector: selectors.join(', '), attribute }
    : undefined;
}

function pathSelector(path: string): string | undefined {
  let rest = path;
  const steps: Step[] = [];
  let isDeep = true; // from the item or the document: a child of it is looked for below it
  if (rest.startsWith('.//') || rest.startsWith('./')) rest = rest.slice(1);
  if (rest.startsWith('//')) rest = rest.slice(2);
  else if (rest.startsWith('/')) rest = rest.slice(1);
  while (rest !== '') {
    const axis = axes.exec(rest)?.[1];
    rest = rest.replace(axes, '');
    if (axis === 'self') return undefined;
    const tag = name.exec(rest)?.[0];
    if (tag === undefined) return undefined;
    rest = rest.slice(tag.length);
    let selector = tag === '*' ? '' : tag;
    while (rest.startsWith('[')) {
      const end = closing(rest);
      const made = end < 0 ? undefined : predicateSelector(rest.slice(1, end).trim(), tag);
      if (made === undefined) return undefined;
      selector += made;
      rest = rest.slice(end + 1);
    }
    steps.push({
      isDeep: isDeep || axis?.startsWith('descendant') === true,
      selector: selector === '' ? '*' : selector,
    });
    if (rest === '') break;
    if (!rest.startsWith('/')) return undefined;
    isDeep = rest.startsWith('//');
    rest = rest.slice(isDeep ? 2 : 1);
    if (rest === '') return undefined;
  }
  return steps.length === 0
    ? undefined
    : steps
        .map(({ isDeep: deep, selector }, at) => (at === 0 ? selector : `${deep ? ' ' : ' > '}${selector}`))
        .join('');
}

function predicateSelector(text: string, tag: string): string | undefined {
  if (/^[1-9][0-9]{0,2}$/.test(text) && tag !== '*') return `:nth-of-type(${text})`;
  const all = splitOutside(text, ' and ').map((one) => {
    for (const [pattern, selector] of predicates) {
      const match = pattern.exec(one.trim());
      if (match !== null) return selector(match);
    }
    return undefined;
  });
  return all.every((one) => one !== undefined) ? all.join('') : undefined;
}

/** The `]` that belongs to the `[` in front; quoted ones passed over. */
function closing(text: string): number {
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '[') depth++;
    else if (sign === ']' && --depth === 0) return at;
  }
  return -1;
}

/** Split at a word that stands neither in quotation marks nor in brackets. */
function splitOutside(text: string, at: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const sign = text.charAt(index);
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '[' || sign === '(') depth++;
    else if (sign === ']' || sign === ')') depth--;
    else if (depth === 0 && text.startsWith(at, index)) {
      pieces.push(text.slice(start, index));
      start = index + at.length;
    }
  }
  return [...pieces, text.slice(start)];
}
