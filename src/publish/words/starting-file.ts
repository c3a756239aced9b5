/**
 * A message file to fill: that of English, in which each text has become a comment and what a translator writes begins empty.
 * It is told from the lines of that file, which has one message a line and says above each where it stands. Pure, but for reading it.
 */
import type { Language } from '../../model.ts';
import type { Path } from '../../yaml/places.ts';
import { categories, numbersOf } from './judge-message.ts';
import type { Message, Messages } from './messages.ts';
import { ourFile, ourLanguages, ourMessages } from './ours.ts';
import { isMessage, type Places, type Shape, shape } from './shape.ts';

/** @param lang of a language that Relais speaks, what it says now stands in the place of the English */
export function startingFile(lang: Language): string {
  const spoken = ourLanguages().has(lang) ? lang : 'en';
  const { messages } = ourMessages(spoken);
  const source = ourFile('en').trimEnd().split('\n');
  const body = source.slice(source.findIndex((line) => !line.startsWith('#')));
  const lines: string[] = [...headOf(lang, spoken)];
  let path: string[] = [];
  for (const line of body) {
    const [, indent = '', name] = /^( *)([\w-]+):/.exec(line) ?? [];
    if (name === undefined) {
      lines.push(line);
      continue;
    }
    path = [...path.slice(0, indent.length / 2), name];
    const places = placesOf(path);
    if (name === 'locale') lines.push(`locale: "${lang}"`);
    else if (places === 'group') lines.push(line);
    else if (places !== undefined) lines.push(...emptied(said(messages, path), { indent, name, lang, spoken }));
  }
  return `${lines.join('\n')}\n`;
}

function headOf(lang: Language, spoken: Language): string[] {
  const name = new Intl.DisplayNames('en', { type: 'language' }).of(lang) ?? lang;
  const empty = spoken === lang ? 'What stays empty is said as it is now.' : 'What stays empty is said in English.';
  return [
    `# What Relais says in ${name}. Write each text between the quotation marks below it. ${empty}`,
    '#',
    '# The names before the colons stay as they are. What stands in braces is replaced, and goes where it belongs in your text:',
    '# {name} by the name of a group, {date} by a date, {n} by a number. Do not use the straight quotation mark " within a text.',
    '# relais check  says what is wrong with this file. How it works: docs/translating.md',
  ];
}

/** @returns undefined of a plural form, and of what is no message */
function placesOf(path: Path): Places | 'group' | undefined {
  let at: Places | Shape | undefined = shape;
  for (const step of path) at = at === undefined || isMessage(at) ? undefined : at[step];
  return at === undefined || isMessage(at) ? at : 'group';
}

function said(messages: Messages, path: Path): Message {
  const found = path.reduce<Messages | Message | undefined>(
    (at, step) => (typeof at === 'object' ? (at as Messages)[step] : undefined),
    messages,
  );
  return (found ?? '') as Message;
}

interface Line {
  readonly indent: string;
  readonly name: string;
  readonly lang: Language;
  readonly spoken: Language;
}

function emptied(message: Message, { indent, name, lang, spoken }: Line): string[] {
  const label = spoken === lang ? 'Now' : 'In English';
  if (typeof message === 'string') return [`${indent}# ${label}: ${message}`, `${indent}${name}: ""`];
  const forms = Object.entries(message).map(([category, text]) => `${text} (${category})`);
  const own = categories.filter((category) => category === 'other' || numbersOf(category, lang).length > 0);
  return [
    `${indent}# ${label}: ${forms.join(', ')}`,
    `${indent}${name}:`,
    ...own.map((category) => `${indent}  ${category}: ""${examples(category, lang)}`),
  ];
}

/** Numbers that a form is for. */
function examples(category: string, lang: Language): string {
  const numbers = numbersOf(category, lang);
  const some = numbers.slice(0, 4).join(', ');
  return numbers.length === 0 ? '   # all others' : `   # ${some}${numbers.length > 4 ? ' …' : ''}`;
}
