/** New sources → sources.yaml with lines put in for them, and nothing else changed. */

import { isDeepStrictEqual } from 'node:util';
import { type Group, isGroup } from '../yaml/group.ts';
import { endOf, type Opening, withLines, type YamlText, yamlText } from '../yaml/insert.ts';
import type { Path } from '../yaml/places.ts';
import { readYaml } from '../yaml/read.ts';
import { written } from '../yaml/written.ts';

/** A source to be written into the file. */
export interface NewSource {
  /** As it is to stand there: a secret in it is `${NAME}`. */
  readonly url: string;
  /** What else is said of it, by the names of the schema, in this order. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A note for people, one line. */
  readonly remark?: string;
}

export interface NewSection {
  readonly id: string;
  /** Written only where the section is new. */
  readonly title?: string;
  /** What else is said of it, by the names of the schema; written only where it is new. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export type Insertion =
  | {
      readonly kind: 'inserted';
      readonly text: string;
      /** The first and last line that is new, 1-based. */
      readonly from: number;
      readonly to: number;
    }
  /** `why` says what stands in the way, and what to do by hand. */
  | { readonly kind: 'refused'; readonly why: string };

/** A source that takes more is written on several lines. */
const widest = 120;

/**
 * Puts sources at the end of a section; a section that is not there is made, at the end of the others. One source takes one line
 * where it fits.
 * @param text of the file; what is not YAML is refused
 */
export function insertSources(text: string, section: NewSection, sources: readonly NewSource[]): Insertion {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const file = yamlText(text.slice(mark.length));
  const before = readYaml(file.text);
  if (before.kind === 'errors') return refused('the file has mistakes. Run  relais check  and mend them first.');
  const value = (before.value ?? {}) as Group;
  const made = insert(file, value, section, sources);
  if (made === undefined) return refused(byHand(section, sources));
  const after = readYaml(made);
  const isAsWanted = after.kind === 'value' && isDeepStrictEqual(after.value, wanted(value, section, sources));
  if (!isAsWanted) return refused(byHand(section, sources));
  return { kind: 'inserted', text: mark + made, ...newLines(file.text, made) };
}

/** A section, and what is to be put into it. */
interface Part {
  readonly section: NewSection;
  readonly sources: readonly NewSource[];
}

/**
 * The same for sections that are all new: read and compared once, where an import makes dozens.
 * @param parts one at the least; none of their ids stands in the file
 */
export function insertSections(text: string, parts: readonly Part[]): Insertion {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const file = yamlText(text.slice(mark.length));
  const before = readYaml(file.text);
  if (before.kind === 'errors') return refused('the file has mistakes. Run  relais check  and mend them first.');
  const value = (before.value ?? {}) as Group;
  const made = insertNew(file, value, parts);
  const after = made === undefined ? undefined : readYaml(made);
  const whole = parts.reduce((tree, { section, sources }) => wanted(tree, section, sources), value);
  if (made === undefined || after?.kind !== 'value' || !isDeepStrictEqual(after.value, whole))
    return refused(parts.map(({ section, sources }) => byHand(section, sources)).join('\n'));
  return { kind: 'inserted', text: mark + made, ...newLines(file.text, made) };
}

function insert(file: YamlText, value: Group, section: NewSection, sources: readonly NewSource[]): string | undefined {
  const sections = isGroup(value.sections) ? value.sections : {};
  const list = listPath(section, sections[section.id]);
  if (Object.hasOwn(sections, section.id)) {
    const opening = endOf(file, list);
    if (opening !== undefined) return at(file, opening, sources);
    const group = endOf(file, list.slice(0, -1));
    if (list.at(-1) !== 'sources' || group?.kind !== 'lines') return undefined;
    return lines(file, group, ['sources:', ...itemLines(sources, 2)]);
  }
  return insertNew(file, value, [{ section, sources }]);
}

/** All at the end of the sections that there are, or below a new  sections: */
function insertNew(file: YamlText, value: Group, parts: readonly Part[]): string | undefined {
  const head = parts.flatMap(({ section, sources }) => sectionLines(section, sources));
  const opening = endOf(file, ['sections']);
  if (opening !== undefined) return opening.kind === 'lines' ? lines(file, opening, head) : undefined;
  const top = Object.hasOwn(value, 'sections') ? undefined : endOf(file, []);
  return top?.kind === 'lines' ? lines(file, top, ['sections:', ...head.map((line) => `  ${line}`)]) : undefined;
}

function sectionLines(section: NewSection, sources: readonly NewSource[]): string[] {
  const said = saidOf(section).map(([name, value]) => `  ${name}: ${written(value, 'block')}`);
  return said.length === 0
    ? [`${section.id}:`, ...itemLines(sources, 2)]
    : [`${section.id}:`, ...said, '  sources:', ...itemLines(sources, 4)];
}

/** Of a section that is new. */
function saidOf({ title, settings = {} }: NewSection): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries({ title, ...settings }).filter(([, value]) => value !== undefined);
}

function listPath({ id }: NewSection, body: unknown): Path {
  return isGroup(body) ? ['sections', id, 'sources'] : ['sections', id];
}

function at(file: YamlText, opening: Opening, sources: readonly NewSource[]): string {
  if (opening.kind === 'lines') return lines(file, opening, itemLines(sources, 0));
  const items = sources.map((source) => inBrackets(source)).join(', ');
  const { text } = file;
  return `${text.slice(0, opening.offset)}${opening.isFirst ? ' ' : ', '}${items}${text.slice(opening.offset)}`;
}

function lines(file: YamlText, opening: Extract<Opening, { kind: 'lines' }>, wantedLines: readonly string[]): string {
  const blanks = ' '.repeat(opening.indent);
  return withLines(
    file,
    opening.offset,
    wantedLines.map((line) => blanks + line),
  );
}

/** @param indent of the hyphens */
function itemLines(sources: readonly NewSource[], indent: number): string[] {
  const blanks = ' '.repeat(indent);
  return sources.flatMap((source) => oneItem(source, widest - indent).map((line) => blanks + line));
}

function oneItem(source: NewSource, width: number): string[] {
  const remark = source.remark === undefined ? '' : `# ${source.remark.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()}`;
  const said = settingsOf(source);
  const line = said === undefined ? `- ${written(source.url, 'block')}` : `- ${inBrackets(source)}`;
  const noted = remark === '' ? line : `${line}  ${remark}`;
  if (noted.length <= width) return [noted];
  const above = remark === '' ? [] : [remark];
  if (said === undefined || line.length <= width) return [...above, line];
  const rest = Object.entries(said).map(([name, value]) => `  ${name}: ${written(value, 'block')}`);
  return [...above, `- url: ${written(source.url, 'block')}`, ...rest];
}

function inBrackets(source: NewSource): string {
  const said = settingsOf(source);
  return said === undefined ? written(source.url, 'flow') : written({ url: source.url, ...said }, 'flow');
}

/** Without what is not said; undefined where the address alone is enough. */
function settingsOf({ settings = {} }: NewSource): Group | undefined {
  const said = Object.entries(settings).filter(([, value]) => value !== undefined);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

/** What the file has to say afterwards. */
function wanted(value: Group, section: NewSection, sources: readonly NewSource[]): Group {
  const items = sources.map((source) => {
    const said = settingsOf(source);
    return said === undefined ? source.url : { url: source.url, ...said };
  });
  const sections = isGroup(value.sections) ? value.sections : {};
  const body = sections[section.id];
  const isNew = !Object.hasOwn(sections, section.id);
  const said = Object.fromEntries(saidOf(section));
  const fresh = Object.keys(said).length === 0 ? items : { ...said, sources: items };
  const grown = isGroup(body)
    ? { ...body, sources: [...(Array.isArray(body.sources) ? body.sources : []), ...items] }
    : [...(Array.isArray(body) ? body : []), ...items];
  return { ...value, sections: { ...sections, [section.id]: isNew ? fresh : grown } };
}

function newLines(before: string, after: string): { readonly from: number; readonly to: number } {
  const old = before.split('\n');
  const now = after.split('\n');
  const from = now.findIndex((line, index) => line !== old[index]);
  let same = 0;
  while (same < old.length - from && now.at(-1 - same) === old.at(-1 - same)) same += 1;
  return { from: from + 1, to: Math.max(from + 1, now.length - same) };
}

function refused(why: string): Insertion {
  return { kind: 'refused', why };
}

function byHand({ id }: NewSection, sources: readonly NewSource[]): string {
  const items = sources.map((source) => oneItem(source, widest).join(' '));
  return `Relais cannot tell where in this file the section ${JSON.stringify(id)} goes on. Write there yourself:  ${items.join('  ')}`;
}
