/**
 * The text of a message file → the messages in it that can be used, and everything that is wrong with the others, each with its
 * line and column. What is wrong costs that message alone: another language, or ours, speaks in its place. Pure.
 */
import type { Language } from '../../model.ts';
import type { ProblemCode } from '../../problems.ts';
import { nearest } from '../../yaml/nearest.ts';
import type { Path, Place } from '../../yaml/places.ts';
import { readYaml } from '../../yaml/read.ts';
import { shown } from '../../yaml/shown.ts';
import { knownLocale } from './formats.ts';
import { judgeMessage, type Note } from './judge-message.ts';
import type { Message, Messages } from './messages.ts';
import { isMessage, type Shape, shape } from './shape.ts';

/** Something wrong in a message file. */
export interface MessageFault extends Place {
  readonly code: ProblemCode & `messages/${string}`;
  /** A whole sentence: what is there, and what was probably meant. */
  readonly text: string;
}

export interface MessagesRead {
  /** Those that can be used. */
  readonly messages: Messages;
  /** As the file says it, where it does and `Intl` knows it. */
  readonly locale: string | undefined;
  /** In the order of the file. */
  readonly faults: readonly MessageFault[];
  /** Names of messages that the file does not have, or has empty, as paths. */
  readonly missing: readonly Path[];
}

/**
 * Reads and checks a message file.
 * Problems: messages/syntax, unknown, wrong-type, placeholder, lost-placeholder, plural, markup.
 * @param lang its language, by the name of the file
 */
export function readMessages(text: string, lang: Language): MessagesRead {
  const yaml = readYaml(text);
  if (yaml.kind === 'errors') {
    const faults = yaml.errors.map(({ line, column, text: said }) => fault('messages/syntax', { line, column }, said));
    return { messages: {}, locale: undefined, faults, missing: allPaths };
  }
  const faults: MessageFault[] = [];
  const note: Note = (code, path, at, said) => faults.push(fault(code, yaml.locate(path, at), said));
  const { locale, ...rest } = groupOf(yaml.value, [], note);
  const known = localeIn(locale, lang, note);
  const missing: Path[] = [];
  const messages = judgeGroup(rest, shape, [], { locale: known ?? knownLocale(lang) ?? 'en', note, missing });
  const inOrder = faults.toSorted((one, other) => one.line - other.line || one.column - other.column);
  return { messages, locale: known, faults: inOrder, missing };
}

function fault(code: MessageFault['code'], place: Place, text: string): MessageFault {
  return { code, ...place, text };
}

interface Judging {
  readonly locale: string;
  readonly note: Note;
  /** Added to. */
  readonly missing: Path[];
}

function judgeGroup(values: Values, wanted: Shape, path: Path, judging: Judging): Messages {
  const { note, missing, locale } = judging;
  for (const name of Object.keys(values))
    if (!Object.hasOwn(wanted, name)) note('messages/unknown', [...path, name], 'key', unknownMessage(name, wanted));
  const said = Object.entries(wanted).flatMap(([name, one]): [string, Message | Messages][] => {
    const here = [...path, name];
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (!isMessage(one)) return [[name, judgeGroup(groupOf(value, here, note), one, here, judging)]];
    const message = judgeMessage(value, { path: here, places: one, locale }, note);
    if (message === undefined) missing.push(here);
    return message === undefined ? [] : [[name, message]];
  });
  return Object.fromEntries(said);
}

type Values = Readonly<Record<string, unknown>>;

/** Nothing written is an empty group: whoever has not begun yet has made no mistake. */
function groupOf(value: unknown, path: Path, note: Note): Values {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Values;
  const where = path.length === 0 ? 'the file' : `${path.at(-1)}`;
  note(
    'messages/wrong-type',
    path,
    'value',
    `${where} should hold messages, each on a line of its own: its name, a colon, and the text in quotation marks.`,
  );
  return {};
}

function unknownMessage(name: string, wanted: Shape): string {
  const begin = `there is no message ${shown(name)} here.`;
  const elsewhere = allPaths.find((path) => path.includes(name));
  if (elsewhere !== undefined) return `${begin} It belongs below  ${around(elsewhere, name)}`;
  const meant = nearest(name, Object.keys(wanted));
  if (meant !== undefined) return `${begin} Did you mean "${meant}"?`;
  const farther = nearest(name, [...new Set(allPaths.flatMap((path) => path.map(String)))]);
  const path = allPaths.find((one) => farther !== undefined && one.includes(farther));
  if (path === undefined || farther === undefined) return `${begin} Take it out.`;
  return `${begin} Did you mean "${farther}"? It belongs below  ${around(path, farther)}`;
}

/** The groups around a name. */
function around(path: Path, name: string): string {
  const groups = path.slice(0, path.indexOf(name));
  return groups.map((step) => `${step}:`).join(' ');
}

/** The way to every message. */
function pathsIn(wanted: Shape, path: Path = []): Path[] {
  return Object.entries(wanted).flatMap(([name, one]) =>
    isMessage(one) ? [[...path, name]] : pathsIn(one, [...path, name]),
  );
}

const allPaths: readonly Path[] = pathsIn(shape);
/** How many messages there are. */
export const messageCount = allPaths.length;

/** True where a file says anything at all. */
export function saysSomething({ missing }: MessagesRead): boolean {
  return missing.length < messageCount;
}

/** @returns undefined where the file names none, or one that cannot be used */
function localeIn(written: unknown, lang: Language, note: Note): string | undefined {
  const own = knownLocale(lang);
  const wrong = (text: string): undefined => {
    note('messages/wrong-type', ['locale'], 'value', text);
    return undefined;
  };
  if (written === undefined || written === null || written === '')
    return own === undefined ? wrong(unknownDates(lang)) : undefined;
  const locale = typeof written === 'string' ? knownLocale(written) : undefined;
  const advice = own === undefined ? unknownDates(lang) : `Write  locale: ${shown(own)}`;
  if (locale === undefined) return wrong(`locale: ${shown(written)} is none whose months are known here. ${advice}`);
  if (own === undefined || primary(locale) === primary(own)) return locale;
  return wrong(`locale: ${shown(written)} is of another language than the file. ${advice}`);
}

function unknownDates(lang: Language): string {
  return `The months of ${shown(lang)} are not known here: write whose are most like them, for example  locale: "tr"`;
}

function primary(locale: string): string {
  return locale.split('-', 1)[0] ?? locale;
}
