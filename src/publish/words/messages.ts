/** What message files say → the texts and functions that code uses: placeholders filled, plural forms chosen. Pure. */
import { numberFormat, pluralRules } from './formats.ts';
import { isMessage, type Places, type Shape, type Spoken } from './shape.ts';

/** What a file says in one place: a text, or one for each plural category (CLDR). */
export type Message = string | Plural;
export type Plural = { readonly [category in Intl.LDMLPluralRule]?: string };

/** Messages by name, as in a file: only those that it has. */
export interface Messages {
  readonly [name: string]: Message | Messages;
}

/** A language's messages, and how its numbers are written. */
export interface Tongue {
  readonly messages: Messages;
  readonly locale: string;
  readonly isRightToLeft: boolean;
}

/**
 * Builds what code uses, each message from the first tongue that has it, with the plurals and digits of that.
 * @param tongues the last has every message
 * @throws RangeError for a message that none of them has, which is a bug of ours
 */
export function spokenIn<S extends Shape>(shape: S, tongues: readonly Tongue[]): Spoken<S> {
  const entries = Object.entries(shape).map(([name, one]): [string, unknown] => {
    if (isMessage(one)) return [name, sayer(name, one, tongues)];
    const below = tongues.map((tongue) => ({ ...tongue, messages: groupIn(tongue.messages, name) }));
    return [name, spokenIn(one, below)];
  });
  return Object.fromEntries(entries) as Spoken<S>;
}

function groupIn(messages: Messages, name: string): Messages {
  const group = messages[name];
  return typeof group === 'object' ? (group as Messages) : {};
}

function sayer(name: string, places: Places, tongues: readonly Tongue[]): string | ((...values: never[]) => string) {
  const tongue = tongues.find(({ messages }) => messages[name] !== undefined);
  if (tongue === undefined) throw new RangeError(`no language says ${name}`);
  const message = tongue.messages[name] as Message;
  if (places.length === 0) return typeof message === 'string' ? isolated(message, tongue) : '';
  const forms = Object.entries(typeof message === 'string' ? { other: message } : message);
  const patterns = new Map(forms.map(([category, text]) => [category, partsOf(isolated(text, tongue))]));
  const other = patterns.get('other') ?? [];
  const counted = places.indexOf('n');
  const { locale } = tongue;
  return (...values: (string | number)[]) => {
    const n = patterns.size > 1 ? values[counted] : undefined;
    const parts = (typeof n === 'number' ? patterns.get(pluralRules(locale).select(n)) : undefined) ?? other;
    return parts
      .map((part, at) => (at % 2 === 0 ? part : filled(values[places.indexOf(part as never)], locale)))
      .join('');
  };
}

/** Every second part is the name of a placeholder. */
function partsOf(text: string): string[] {
  return text.split(placeholder);
}

const placeholder = /\{(\w+)\}/;

function filled(value: string | number | undefined, locale: string): string {
  return typeof value === 'number' ? numberFormat(locale).format(value) : (value ?? '');
}

/** Signs of a program within a sentence from right to left, which would turn them round: `<` would be seen as `>`. */
function isolated(text: string, { isRightToLeft }: Tongue): string {
  return isRightToLeft ? text.replace(signs, '\u2066$&\u2069') : text; // left-to-right isolate
}

const signs = /https?:\/\/|&(?:\w+;)?|[<>]/g;
