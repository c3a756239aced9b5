/**
 * What does not belong into such a file at all, and makes everything after it look wrong: signs that only look like the
 * right ones, marks of other programs, other kinds of file. Looked for where a file has mistakes, and then said alone.
 */
import type { Place } from './places.ts';

/** A sort of strange line. */
interface Sort {
  /** Its match is what is wrong, beginning at the place a person has to look at; an empty group is passed over. */
  readonly sign: RegExp;
  /** @param match of the first such line */
  readonly text: (match: RegExpExecArray) => string;
}

/** Blanks that YAML takes for letters, and signs without width; the tab has a message of its own. */
const unseen = '[\\u00a0\\u00ad\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f\\u2060\\u3000\\ufeff]';
const key = '[\\p{L}_][\\p{L}\\p{N}_-]*';

const sorts: readonly Sort[] = [
  {
    sign: /^(<{7}|={7}|>{7})(?: .*)?$/,
    text: () =>
      'git has marked here that two people have changed the same lines. Keep the lines of one of them (between the marks), and take out the lines that begin with <<<<<<<, ======= and >>>>>>>.',
  },
  {
    sign: /^\s*```.*$/,
    text: () => 'this mark belongs to the page that the lines were copied from. Take the lines with ``` out.',
  },
  {
    sign: new RegExp(`^ *(?:- *)*(?:${key} *: *)?(${unseen}+)`, 'u'),
    text: () =>
      'a sign stands here that nobody sees, or that only looks like a space (it often comes along when text is copied). Delete what stands before the next letter, and type ordinary spaces.',
  },
  {
    sign: new RegExp(`^ *(?:- +)*${key}(${unseen}+)(?= *:)`, 'u'),
    text: () =>
      'a sign stands before the colon that nobody sees, or that only looks like a space. Delete it: the colon follows the name of the setting at once.',
  },
  {
    sign: new RegExp(`^ *(?:- +)*${key} ?(：)`, 'u'),
    text: () => 'this is the colon of another script. Type an ordinary one, and a space after it:  :',
  },
  {
    sign: /^\s*([*•·‣◦–—−]\s*)(?=https?:\/\/|url:)/,
    text: ({ input }) =>
      `each line of a list begins with a hyphen and a space. Write  - ${input.trim().replace(/^[*•·‣◦–—−]\s*/, '')}`,
  },
  {
    sign: /^\s*(\/\/+ ?|\/\*+ ?)(?=\S)/,
    text: ({ input }) => `a note for people begins with #. Write  # ${input.trim().replace(/^\/[/*]+ ?/, '')}`,
  },
  {
    sign: new RegExp(`^ *(?:- +)?(${key}(?: += *| *= +))(?=\\S)`, 'u'),
    text: ({ input }) =>
      `a colon and a space stand after the name of a setting, and no =. Write  ${input.trim().replace(/ *= */, ': ')}`,
  },
  {
    sign: /^\s*- (\[[^\]]*\]\((https?:[^\s)]+)\))/,
    text: (match) => `this is a link as other programs write it. Write the address alone:  - ${match[2]}`,
  },
];

/** A source that is an address, and settings below it that would be its own. */
const address = /^( *)- (https?:\/\/\S+)\s*$/;
const below = /^( *)[a-z_]+:(?: |$)/;

/**
 * The first strange thing of the sort that says most; undefined where there is none.
 * @param lines of the file
 */
export function strangeFault(lines: readonly string[]): (Place & { readonly text: string }) | undefined {
  const other = otherFile(lines);
  if (other !== undefined) return { line: 1, column: 1, text: other };
  for (const { sign, text } of sorts) {
    const found = lines.flatMap((line, index) => {
      const match = line.length > longest ? null : sign.exec(line);
      return match === null ? [] : [{ line: index + 1, match }];
    });
    const [first, ...more] = found;
    if (first === undefined) continue;
    const column = first.match.index + first.match[0].lastIndexOf(first.match[1] ?? first.match[0]) + 1;
    return { line: first.line, column, text: `${text(first.match)}${others(more.map(({ line }) => line))}` };
  }
  return describedAddress(lines);
}

/** No line that a person writes is as long. */
const longest = 500;

function others(numbers: readonly number[]): string {
  if (numbers.length === 0) return '';
  const few =
    numbers.length > 5 ? `${numbers.slice(0, 5).join(', ')} and ${numbers.length - 5} more` : numbers.join(', ');
  return ` (The same on ${numbers.length === 1 ? 'line' : 'lines'} ${few}.)`;
}

/** The whole file is something else. */
function otherFile(lines: readonly string[]): string | undefined {
  const [first = '', second = ''] = lines.filter((line) => line.trim() !== '');
  if (/\0/.test(first)) return 'this is no file of text, or is not saved as UTF-8. Save it as UTF-8 in a text editor.';
  if (!/^\s*</.test(first) || /^<{7}/.test(first)) return undefined;
  return /<(?:opml|rss|feed)\b/i.test(first + second)
    ? 'this is a list of feeds or a feed, and not sources.yaml. To take a list of feeds over:  relais import FILE'
    : 'this is a web page, and not sources.yaml: perhaps the page about a file was saved instead of the file. Save the file itself.';
}

function describedAddress(lines: readonly string[]): (Place & { readonly text: string }) | undefined {
  for (const [index, line] of lines.entries()) {
    const [, indent = '', url = ''] = address.exec(line) ?? [];
    const deeper = url === '' ? undefined : below.exec(lines[index + 1] ?? '')?.[1];
    if (deeper !== undefined && deeper.length > indent.length)
      return {
        line: index + 1,
        column: indent.length + 3,
        text: `settings stand below this source, so its address needs a name as well. Write  - url: ${url}`,
      };
  }
  return undefined;
}
