/** The table of what can be wrong with the YAML itself → sentences for someone who has never read its specification. */
import type { Place } from './places.ts';
import { shown } from './shown.ts';

export const secondDocument =
  'a second document begins here (---), and only the first would be read. Take the line out, or make it two files.';
export const directive = 'lines that begin with % are not understood here. Take it out.';
export const neverClosed = 'a quotation mark or bracket opens here and is never closed.';
export const notAKey = 'this cannot be the name of a setting. If it is a text, put it in quotes.';

/** @param rest of the line, from the asterisk on */
export function alias(rest: string): string {
  if (/^\*[\s/0-9*]/.test(rest))
    return `a value cannot begin with *. Put it in quotes: ${JSON.stringify(rest.trim())}.`;
  return `${rest.split(/\s/, 1)[0]} points at another place of the file, which is not understood here. Write the value out, or put what many share under  defaults.`;
}

export function anchor(name: string): string {
  return `&${name} gives this place a name, which is not understood here. Take it out; what many share goes under  defaults.`;
}

export function tag(name: string): string {
  const advice = name === '!secret' ? `For a secret write \${NAME} and set NAME in the environment.` : 'Take it out.';
  return `${name} is not understood here. ${advice}`;
}

export function twice(name: string, firstLine: number): string {
  return `${shown(name)} is written twice; the first is on line ${firstLine}. Put both together, or give one another name.`;
}

export function linesOf(source: string): readonly string[] {
  return source.split(/\r\n|\r|\n/);
}

/**
 * Tabs at the beginning of lines. One message for all of them, and no other: what a tab does to the structure makes
 * the parser complain about lines that are right.
 */
export function tabFault(lines: readonly string[]): (Place & { readonly text: string }) | undefined {
  const numbers = lines.flatMap((line, index) => (/^ *\t\s*[^\s#]/.test(line) ? [index + 1] : []));
  const [line, ...more] = numbers;
  if (line === undefined) return undefined;
  const others = more.length === 0 ? '' : ` So ${more.length === 1 ? 'is line' : 'are lines'} ${listed(more)}.`;
  const column = (lines[line - 1] ?? '').indexOf('\t') + 1;
  return {
    line,
    column,
    text: `line ${line} is indented with a tab; YAML wants spaces.${others} Replace each tab by two spaces.`,
  };
}

function listed(numbers: readonly number[]): string {
  const shownOnes = numbers.slice(0, 5).join(', ');
  return numbers.length > 5 ? `${shownOnes} and ${numbers.length - 5} more` : shownOnes;
}

const maxDepth = 64;
/** Twenty times what the deepest setting needs. */
const maxIndent = 256;

/**
 * Brackets inside brackets, and lists inside lists on one line. Looked for before parsing: ten thousand brackets do
 * not make the parser (yaml 2.9 on Node 20) throw, they end the process.
 */
export function depthFault(lines: readonly string[]): (Place & { readonly text: string }) | undefined {
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    for (const character of line) {
      if (character === '[' || character === '{') depth += 1;
      else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    }
    const hyphens = /^[\s?-]*/.exec(line)?.[0].replace(/\s/g, '').length ?? 0;
    const indent = line.length - line.trimStart().length;
    const tooDeep = depth > maxDepth || indent > maxIndent || (hyphens > maxDepth && /[?-]\s/.test(line));
    if (tooDeep)
      return {
        line: index + 1,
        column: 1,
        text: 'this is nested too deeply: more than sixty brackets or lists inside each other, or hundreds of spaces.',
      };
  }
  return undefined;
}

/** The two things of a parser's error that the sentences need. */
interface ParserError {
  readonly code: string;
  readonly message: string;
}

/** What makes the parser stumble, most telling sign first, and what to say about the line. */
interface Stumble {
  readonly sign: (error: ParserError, line: string) => boolean;
  readonly text: (line: string) => string;
  /** The line to look at is the one after. */
  readonly isBelow?: true;
}

const colonInText = /^\s*(?:- )?[\w-]+: +([^"'\s[{].*: .*)$/;
/** A text that begins with a placeholder: to YAML a brace opens a group. */
const bracedText = /^\s*[\w-]+: +\{\w+\}.*[^\s}]\s*$/;
/** The same between braces, as in  { name: Calais: the group } */
const colonInBraces = /[{,] *[\w-]+: +([^"'\s[{,}][^,{}[\]]*: [^,}]*?) *[,}]/;
const noSpace = /^\s*(?:- )?([\w-]+):([^\s/]\S*)\s*$/;

const noColon = /^\s*(?:- )?([a-z_]+) +([^\s:]+)\s*$/;

const stumbles: readonly Stumble[] = [
  { sign: (_, line) => bracedText.test(line), text: quoteAdvice },
  { sign: ({ code }) => code === 'BAD_SCALAR_START', text: quoteAdvice },
  {
    sign: (_, line) => colonInText.test(line),
    text: (line) => `a text with a colon in it needs quotes: ${JSON.stringify(colonInText.exec(line)?.[1]?.trim())}.`,
  },
  {
    sign: (_, line) => colonInBraces.test(line),
    text: (line) => `a text with a colon in it needs quotes: ${JSON.stringify(colonInBraces.exec(line)?.[1]?.trim())}.`,
  },
  {
    sign: ({ code }, line) => code === 'BLOCK_AS_IMPLICIT_KEY' && /^\s*(?:- )?[\w-]+: +\S/.test(line),
    text: () =>
      'this line is indented deeper than the one above it, which has a value already. Begin it at the same column.',
    isBelow: true,
  },
  {
    sign: (_, line) => noSpace.test(line),
    text: (line) => `a space is missing after the colon. Write  ${line.trim().replace(noSpace, '$1: $2')}`,
  },
  {
    sign: ({ code, message }, line) =>
      /^\s*(?:- )?[\w-]+\s*$/.test(line) &&
      (code.endsWith('IMPLICIT_KEY') || message.includes('followed by map values')),
    text: (line) => `a colon is missing after ${shown(line.trim())}. Write  ${line.trim()}:  and the value after it.`,
  },
  {
    sign: ({ code }, line) => code.endsWith('IMPLICIT_KEY') && noColon.test(line),
    text: (line) => {
      const [, name = '', value = ''] = noColon.exec(line) ?? [];
      return `a colon is missing after ${shown(name)}. Write  ${name}: ${value}`;
    },
  },
  {
    sign: ({ code }) => code === 'BAD_DQ_ESCAPE',
    text: () => 'a backslash in double quotes has a meaning of its own. Use single quotes.',
  },
  {
    sign: ({ message }) => /already|on same line|at node end|flow-map-end|flow-seq-end/.test(message),
    text: () => 'something is left over on this line: look for a stray quotation mark, bracket or hyphen.',
  },
];
const misfit =
  'this line does not fit to the ones around it. Begin it at the same column as its neighbours, with spaces.';

/**
 * The sentence for an error of the parser, and the line a person should look at.
 * @param at 1-based line the parser stumbled over
 */
export function sentenceFor(
  error: ParserError,
  at: number,
  lines: readonly string[],
): { readonly text: string; readonly line: number } {
  const line = lines[at - 1] ?? '';
  const stumble = stumbles.find(({ sign }) => sign(error, line));
  return { text: stumble?.text(line) ?? misfit, line: stumble?.isBelow ? nextFilled(at, lines) : at };
}

function quoteAdvice(line: string): string {
  const [, value = ''] = /^\s*(?:- )?(?:[\w-]+: +)?(.*)$/.exec(line) ?? [];
  return `a value cannot begin with ${value.slice(0, 1)}. Put it in quotes: ${JSON.stringify(value.trim())}.`;
}

function nextFilled(at: number, lines: readonly string[]): number {
  const offset = lines.slice(at).findIndex((line) => /^\s*[^\s#]/.test(line));
  return offset === -1 ? at : at + offset + 1;
}
