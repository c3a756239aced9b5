/** What `relais import` says: a line for every entry of the imported file, with its place there, and what is not as it was. */

import type { Told } from '../exchange/arrange.ts';
import type { Remark } from '../exchange/imported.ts';
import { counted } from '../telling/counted.ts';
import { shellWord } from '../telling/named.ts';
import { terminalLine } from '../text/safe.ts';
import type { Import } from './import.ts';
import { colour } from './print.ts';

const marks: Readonly<Record<Told['kind'], string>> = { taken: '+', named: '+', known: ' ', left: '✗' };

/** @param isVerbose also a line for entries that are there already */
export function importLines(
  what: Import,
  isVerbose: boolean,
): { readonly entries: readonly string[]; readonly end: readonly string[] } {
  const { file, list, arrangement } = what;
  const at = (line: number | undefined): string => (line === undefined ? file : `${file}:${line}`);
  const remark = (line: number | undefined, text: string): string => terminalLine(`${at(line)}  ${sentence(text)}`);
  const entries = [
    terminalLine(`${file} is read as ${list.form}.`),
    ...arrangement.told.flatMap((one) => {
      const shown =
        one.kind === 'known' && !isVerbose
          ? []
          : [`${marked(one.kind)} ${terminalLine(`${at(one.line)}  ${one.what}${where(one)}`)}`];
      return [...shown, ...one.remarks.map((text) => `    ${remark(one.line, text)}`)];
    }),
    ...list.remarks.toSorted(byLine).map(({ line, text }) => `${colour('yellow', '!')} ${remark(line, text)}`),
    ...arrangement.remarks.map((text) => `${colour('yellow', '!')} ${terminalLine(sentence(text))}`),
  ];
  return { entries, end: [terminalLine(ending(counts(arrangement.told, list.lost), what))] };
}

/** What concerns the whole file stands at the end. */
function byLine(one: Remark, other: Remark): number {
  return (one.line ?? Number.MAX_SAFE_INTEGER) - (other.line ?? Number.MAX_SAFE_INTEGER);
}

function marked(kind: Told['kind']): string {
  return kind === 'left' ? colour('red', marks.left) : kind === 'known' ? marks.known : colour('green', marks[kind]);
}

function where({ kind, section }: Told): string {
  if (kind === 'known') return `  stands there already, in ${section}`;
  if (kind === 'left') return '  is not taken';
  return kind === 'named' ? `  → ${section} too, where its address is enough` : `  → ${section}`;
}

function sentence(text: string): string {
  const whole = text.replace(/^[a-z]/, (letter) =>
    /^[A-Za-z_]+ is not taken/.test(text) ? letter : letter.toUpperCase(),
  );
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

interface Counts {
  readonly taken: number;
  readonly known: number;
  readonly left: number;
  readonly sections: number;
}

function counts(told: readonly Told[], lost: number): Counts {
  const of = (kind: Told['kind']): number => told.filter((one) => one.kind === kind).length;
  const sections = new Set(
    told.filter(({ kind }) => kind === 'taken' || kind === 'named').map(({ section }) => section),
  );
  return { taken: of('taken'), known: of('known'), left: of('left') + lost, sections: sections.size };
}

function ending({ taken, known, left, sections }: Counts, { target, isNew, isDry }: Import): string {
  const rest = [
    ...(known === 0 ? [] : [`${known} stood there already or came twice`]),
    ...(left === 0 ? [] : [`${left} could not be taken`]),
  ];
  const others = rest.length === 0 ? '' : `; ${rest.join(', ')}`;
  if (taken === 0)
    return isNew ? `No source was taken, so ${target} was not made${others}.` : `Nothing new for ${target}${others}.`;
  const what = `${counted(taken, 'source')} in ${counted(sections, 'section')}`;
  return isDry
    ? `${what} would be written into ${target}${others}. Nothing was written.`
    : `${what} written into ${target}${others}. To look at them:  relais ${target === 'sources.yaml' ? '' : `-c ${wordOf(target)} `}check`;
}

/** One word of a command to type. */
function wordOf(path: string): string {
  return /^[\w./@%+,-]+$/.test(path) ? path : shellWord(path);
}

/** The lines that a trial would put in, each with a plus in front, below the line that they come after. */
export function newLines({ before, after, isNew }: Import): string[] {
  const old = isNew ? [] : before.split(/\r?\n/);
  let at = 0; // nothing is taken out and nothing moved, so every line is the next old one or a new one
  let above: string | undefined;
  return after
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .flatMap((line) => {
      if (at < old.length && line === old[at]) {
        at += 1;
        above = line;
        return [];
      }
      const shown = above === undefined ? [] : [terminalLine(`  ${above}`)];
      above = undefined;
      return [...shown, colour('green', terminalLine(`+ ${line}`))];
    });
}

/** The same for programs. */
export function importJson({ file, target, isDry, list, arrangement, before, after }: Import): object {
  return {
    file,
    form: list.form,
    title: list.title,
    target,
    written: !isDry && after !== before,
    entries: arrangement.told,
    remarks: [...list.remarks, ...arrangement.remarks.map((text) => ({ text }))],
    counts: counts(arrangement.told, list.lost),
    ...(isDry ? { text: after } : {}),
  };
}
