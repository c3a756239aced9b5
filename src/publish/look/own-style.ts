/**
 * A style sheet of the maintainer's → the same without its remarks, with the files that it names found, and what in it does nothing. It
 * is not judged beyond that: a rule that browsers do not understand costs itself alone. Pure.
 */
import { addressOf, type Surroundings } from './addresses.ts';
import { lostFault } from './element.ts';
import type { Fault } from './faults.ts';

/** Remarks, texts in quotation marks, addresses, imports, our colours, braces: whatever may hold what looks like another of them. */
const tokens =
  /\/\*[\s\S]*?(?:\*\/|$)|\burl\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'()]*))\s*\)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|@import\b[^;{}]*;?|--(?:paper|ink|faint|hair|field|accent)\s*:|[{}]/gi;

export interface StyleRead {
  readonly css: string;
  readonly faults: readonly Fault[];
}

/** @param folder where the sheet will be, from the site's root: '' or `look/` */
export function readStyle(written: string, folder: string, around: Surroundings): StyleRead {
  const faults: Fault[] = [];
  const told = (at: number, text: string): void => void faults.push({ code: 'look/as-it-is', at, text });
  const open: Block[] = [];
  const set = { everywhere: new Map<string, number>(), inTheDark: new Set<string>() };
  let before = 0;
  let css = '';
  let last = 0;
  for (const match of written.matchAll(tokens)) {
    const [token] = match;
    const at = match.index;
    css += written.slice(last, at);
    last = at + token.length;
    if (token.startsWith('/*')) {
      if (!token.endsWith('*/') || token.length < 4)
        told(at, 'a remark opens here and is never closed. Write  */  where it ends.');
      if (token.startsWith('/*!')) css += token;
    } else if (token === '{') open.push(blockIn(open.at(-1), at, written.slice(before, at)));
    else if (token === '}' && open.pop() === undefined)
      told(at, 'this brace closes nothing that is open: browsers stop reading a rule here.');
    else if (/^@import/i.test(token))
      told(at, 'an  @import  does nothing here. Write the rules themselves into style.css.');
    else if (/^["']/.test(token) && (token.length < 2 || token.at(-1) !== token[0]))
      told(at, 'a quotation mark opens here and is not closed on its line.');
    else if (/^url\(/i.test(token)) {
      css += foundUrl(match[1] ?? match[2] ?? match[3] ?? '', { token, at, folder, around, faults });
      continue;
    } else if (token.startsWith('--')) note(token.replace(/\s*:$/, ''), at, open.at(-1), set);
    if (/^[{}]$/.test(token)) before = last;
    if (!token.startsWith('/*')) css += token;
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined)
    told(unclosed.at, 'a brace opens here and is never closed. Write  }  where the rule ends.');
  for (const [name, at] of set.everywhere)
    if (!set.inTheDark.has(name))
      told(
        at,
        `${name} is the same in the dark here, where it may not be legible. Write it inside  @media screen and (prefers-color-scheme: light) { … } , or set it for  dark  too.`,
      );
  return { css: tidy(css + written.slice(last)), faults };
}

interface Block {
  readonly at: number;
  /** It holds on some screens alone. */
  readonly isConditional: boolean;
  readonly isDark: boolean;
}

/** @param head what stands before its brace */
function blockIn(around: Block | undefined, at: number, head: string): Block {
  const isConditional = /@(media|supports|container)\b/i.test(head);
  const isDark = isConditional && /prefers-color-scheme\s*:\s*dark/i.test(head);
  return {
    at,
    isConditional: isConditional || around?.isConditional === true,
    isDark: isDark || around?.isDark === true,
  };
}

interface ColoursSet {
  readonly everywhere: Map<string, number>;
  readonly inTheDark: Set<string>;
}

/** A colour that is set for all screens comes after ours for dark ones, and wins there too. */
function note(name: string, at: number, block: Block | undefined, { everywhere, inTheDark }: ColoursSet): void {
  if (block?.isDark === true) inTheDark.add(name);
  else if (block?.isConditional !== true && !everywhere.has(name)) everywhere.set(name, at);
}

interface Naming {
  readonly token: string;
  readonly at: number;
  readonly folder: string;
  readonly around: Surroundings;
  readonly faults: Fault[];
}

function foundUrl(url: string, { token, at, folder, around, faults }: Naming): string {
  const address = addressOf(url, around);
  if (address.kind === 'site' && address.path.startsWith('look/')) {
    const path = folder === '' ? address.path : address.path.slice('look/'.length);
    return `url("${path}${address.rest}")`;
  }
  if (/^#/.test(url)) return token;
  const lost = lostFault(address, at);
  const text =
    address.kind === 'outside'
      ? 'browsers load nothing of other hosts here. Put the file into the folder look/, and write its name.'
      : 'only pictures of the folder look/ are loaded here. Put the file there, and write its name.';
  faults.push(lost ?? { code: 'look/as-it-is', at, text });
  return token;
}

/** Remarks leave lines behind that hold nothing. */
function tidy(css: string): string {
  return css
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .trim();
}
