/** One message of a file, as YAML has read it → the message, or why it cannot be used. Pure. */
import type { ProblemCode } from '../../problems.ts';
import { nearest } from '../../yaml/nearest.ts';
import type { Path } from '../../yaml/places.ts';
import { shown } from '../../yaml/shown.ts';
import { pluralRules } from './formats.ts';
import type { Message, Plural } from './messages.ts';
import type { Places } from './shape.ts';

/** Notes what is wrong. @param at whether the name at this place is meant, or what stands after it */
export type Note = (code: ProblemCode & `messages/${string}`, path: Path, at: 'key' | 'value', text: string) => void;

interface Wanted {
  readonly path: Path;
  readonly places: Places;
  /** Whose plural categories count. */
  readonly locale: string;
}

/** @returns undefined where nothing is said, or what is cannot be used */
export function judgeMessage(value: unknown, wanted: Wanted, note: Note): Message | undefined {
  const { path, places } = wanted;
  const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isGroup || bracedText(value) !== undefined) return judgeText(value, { ...wanted, required: places }, note);
  if (places.includes('n')) return judgeForms(value as Readonly<Record<string, unknown>>, wanted, note);
  const text = `${name(path)} counts nothing, so it is one text. Write  ${name(path)}: "…"`;
  note('messages/wrong-type', path, 'value', text);
  return undefined;
}

function name(path: Path): string {
  return String(path.at(-1));
}

/** `{name}` without quotation marks is a group to YAML. */
function bracedText(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const [key] = entries[0] ?? [];
  const isForm = categories.includes(key ?? '');
  return entries.length === 1 && entries[0]?.[1] === null && !isForm ? `{${key}}` : undefined;
}

/** Plural categories of all languages (CLDR), in the order in which people know them. */
export const categories: readonly string[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

function judgeForms(forms: Readonly<Record<string, unknown>>, wanted: Wanted, note: Note): Plural | undefined {
  const { path, places, locale } = wanted;
  const known: readonly string[] = pluralRules(locale).resolvedOptions().pluralCategories;
  const said = Object.entries(forms).flatMap(([category, value]): [string, string][] => {
    const here = [...path, category];
    if (!known.includes(category)) {
      note('messages/plural', here, 'key', unknownForm(category, known));
      return [];
    }
    // What speaks of one number alone need not name it.
    const required = numbersOf(category, locale).length === 1 ? [] : places;
    const text = judgeText(value, { path: here, places, required }, note);
    return text === undefined ? [] : [[category, text]];
  });
  if (said.length === 0) return undefined;
  const plural: Plural = Object.fromEntries(said);
  if (plural.other !== undefined) return plural;
  const isMisspelt = Object.keys(forms).some((category) => meantForm(category, known) === 'other');
  if (!isMisspelt && (!Object.hasOwn(forms, 'other') || isEmpty(forms.other))) {
    const text = `${name(path)} lacks the form "other", which is for all numbers that no other form is for.`;
    note('messages/plural', path, 'key', text);
  }
  return undefined;
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

function unknownForm(category: string, known: readonly string[]): string {
  const meant = meantForm(category, known);
  const advice = meant === undefined ? `Its forms are ${known.join(', ')}.` : `Did you mean "${meant}"?`;
  return `this language has no form ${shown(category)}. ${advice}`;
}

/** @returns undefined of a form that is spelled as it should be */
function meantForm(category: string, known: readonly string[]): string | undefined {
  return categories.includes(category) ? undefined : nearest(category, known);
}

/** Whole numbers that a form speaks of, so far as anybody counts here; 0 apart, since it is hardly ever said. */
export function numbersOf(category: string, locale: string): readonly number[] {
  const rules = pluralRules(locale);
  return counted.filter((n) => rules.select(n) === category);
}

const counted: readonly number[] = [...Array.from({ length: 120 }, (_, at) => at + 1), 1_000_000];

interface WantedText extends Pick<Wanted, 'path' | 'places'> {
  /** Placeholders without which readers are not told what they should be. */
  readonly required: Places;
}

function judgeText(value: unknown, { path, places, required }: WantedText, note: Note): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') {
    note('messages/wrong-type', path, 'value', noText(value, path));
    return undefined;
  }
  const text = oneLine(value);
  if (text.trim() === '') return undefined;
  const used = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, inside = '']) => inside);
  const unknown = used.filter((one) => !(places as readonly string[]).includes(one));
  for (const one of unknown) note('messages/placeholder', path, 'value', unknownPlaceholder(one, places));
  if (unknown.length > 0) return undefined;
  for (const place of required.filter((one) => !used.includes(one))) {
    const lost = `{${place}} is missing, so that readers are not told. Put it where it belongs.`;
    note('messages/lost-placeholder', path, 'value', lost);
  }
  const [markup] = /<\/?[a-z][^<>]*>|&(?!amp;|lt;|gt;)(?:[a-z]+|#x?[0-9a-f]+);/i.exec(text) ?? [];
  if (markup !== undefined) {
    const plainly = `${shown(markup)} is no markup here: readers see it as it is written. Write plain text.`;
    note('messages/markup', path, 'value', plainly);
  }
  return text;
}

function noText(value: unknown, path: Path): string {
  const braced = bracedText(value);
  if (braced !== undefined) return `a text that begins with a brace needs quotation marks: "${braced}".`;
  if (typeof value === 'object') return `${name(path)} should be one text, in quotation marks.`;
  return `${name(path)}: ${shown(value)} is no text. Put it in quotation marks: "${String(value)}".`;
}

function unknownPlaceholder(inside: string, places: Places): string {
  const begin = `{${inside}} stands for nothing here.`;
  if (places.length === 0) return `${begin} Nothing is put into this message: take it out.`;
  const meant = nearest(inside.trim(), places);
  const all = places.map((place) => `{${place}}`).join(' and ');
  return meant === undefined ? `${begin} Here you can write ${all}.` : `${begin} Did you mean {${meant}}?`;
}

/** Controls would end lines of a mail's head or mean something to a program; half a letter cannot be written. */
function oneLine(text: string): string {
  return text.toWellFormed().replace(/\s*[\u0000-\u001f\u007f-\u009f\u2028\u2029]+\s*/g, ' ');
}
