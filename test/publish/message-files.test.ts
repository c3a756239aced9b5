/** Message files: ours are whole, a mistake in another costs that message alone and says where it is. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { MessageFile } from '../../src/model.ts';
import { messageProblems } from '../../src/publish/message-problems.ts';
import { messageCount, readMessages } from '../../src/publish/words/judge.ts';
import { ourMessages } from '../../src/publish/words/ours.ts';
import { startingFile } from '../../src/publish/words/starting-file.ts';
import { groupsIn, momentsFor, ourLanguages, partnerWordsFor, speaks, wordsFor } from '../../src/publish/words.ts';

const own = (lang: string, text: string): MessageFile => ({
  name: `${lang}.yaml`,
  path: `messages/${lang}.yaml`,
  text,
});
const speaker = (lang: string, text: string): { messages: readonly MessageFile[] } => ({ messages: [own(lang, text)] });

describe('the files that come with Relais', () => {
  test.each([...ourLanguages()])('%s says everything, with what is to be put into it', (lang) => {
    const { faults, missing, locale } = ourMessages(lang);
    expect(faults).toEqual([]);
    expect(missing).toEqual([]);
    expect(locale).toBeDefined();
  });

  test.each([...ourLanguages()])('%s has the messages in the order of the English file, a line each', (lang) => {
    const names = (of: string): string[] =>
      readFileSync(new URL(`../../src/messages/${of}.yaml`, import.meta.url), 'utf8')
        .split('\n')
        .map((line) => line.replace(/:.*/, '').replace(/^ *#.*/, ''))
        .filter((name) => name !== '' && !/^ *(one|two|few|many|other)$/.test(name));
    expect(names(lang)).toEqual(names('en'));
  });
});

describe('a language of the maintainer’s own', () => {
  const greek = `readers:
  from: "Από {name}"
  earlier: "Παλαιότερα"
  stories:
    one: "{n} ιστορία"
    other: "{n} ιστορίες"
partners:
  texts: "{n} κείμενα"
`;
  const site = speaker('el', greek);

  test('is spoken where it says anything, and English where it does not', () => {
    const words = wordsFor('el-CY', site);
    expect(words.from('{date}')).toBe('Από {date}');
    expect([words.stories(1), words.stories(1234)]).toEqual(['1 ιστορία', '1.234 ιστορίες']);
    expect(words.later).toBe('Later');
    expect(words.carriedBy(1234)).toBe('1,234 groups published this');
    expect(partnerWordsFor('el', site).texts(2)).toBe('2 κείμενα');
    expect(words.locale).toBe('el');
    expect([speaks('el', site), speaks('el', {}), speaks('el', speaker('el', 'locale: "el"'))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('has a locale that tells its months and digits', () => {
    const instant = Date.parse('2010-01-21T12:00Z');
    const dayIn = (lang: string, text: string): string =>
      momentsFor(lang, { timezone: 'UTC', ...speaker(lang, text) }).day(instant);
    expect(dayIn('el', greek)).toBe('21 Ιανουαρίου 2010');
    expect(dayIn('en', 'locale: "en-US"')).toBe('January 21, 2010');
    expect(dayIn('en', 'locale: "fr"')).toBe('21 January 2010');
    expect(wordsFor('ar', speaker('ar', 'locale: "ar-u-nu-arab"')).stories(11)).toContain('١١');
    expect(
      momentsFor('ar', { timezone: 'UTC', ...speaker('ar', 'locale: "ar-u-nu-arab"') }).month('2010-01'),
    ).toContain('٢٠١٠');
  });

  test('never has the digits of the machine that publishes', () => {
    expect(wordsFor('xx', speaker('xx', 'readers: { stories: "{n} x" }')).stories(1234)).toBe('1,234 x');
  });

  test('may say single things otherwise in a language of ours', () => {
    const words = wordsFor('fr', speaker('fr', 'readers: { from: "De {name}" }'));
    expect([words.from('A'), words.earlier, words.locale]).toEqual(['De A', 'Plus ancien', 'fr']);
    expect(groupsIn(words, ['A'], 2)).toBe('A et 2 autres');
  });

  test('sets signs of programs apart where it runs from right to left', () => {
    const words = wordsFor('he', speaker('he', 'readers: { promise: "א &lt; https:// ב" }'));
    expect(words.promise).toBe('א \u2066&lt;\u2069 \u2066https://\u2069 ב');
  });

  test('is one line, whatever signs of control stand in a text', () => {
    const words = wordsFor('el', speaker('el', String.raw`readers: { earlier: "a\r\nSubject: b\u0001c\ud800" }`));
    expect(words.earlier).toBe('a Subject: b c\ufffd');
  });
});

/** Greek but for the last: line, column, and what is said. */
const mistakes: readonly (readonly [string, string, lang?: string])[] = [
  ['readers: { from: "Από {nmae}" }', '1:18 messages/placeholder {nmae} stands for nothing here. Did you mean {name}?'],
  [
    'readers: { from: "Από {name} {}" }',
    '1:18 messages/placeholder {} stands for nothing here. Here you can write {name}.',
  ],
  [
    'readers: { earlier: "{n}" }',
    '1:21 messages/placeholder {n} stands for nothing here. Nothing is put into this message: take it out.',
  ],
  [
    'readers:\n  fromOn: "Από {name}"',
    '2:11 messages/lost-placeholder {date} is missing, so that readers are not told. Put it where it belongs.',
  ],
  [
    'readers: { stories: "πολλές" }',
    '1:21 messages/lost-placeholder {n} is missing, so that readers are not told. Put it where it belongs.',
  ],
  [
    'readers:\n  readOrignal: "x"',
    '2:3 messages/unknown there is no message "readOrignal" here. Did you mean "readOriginal"?',
  ],
  ['readOriginal: "x"', '1:1 messages/unknown there is no message "readOriginal" here. It belongs below  readers:'],
  [
    'fromm: "x"',
    '1:1 messages/unknown there is no message "fromm" here. Did you mean "from"? It belongs below  readers:',
  ],
  [
    'readers: { stories: { two: "{n}", other: "{n}" } }',
    '1:23 messages/plural this language has no form "two". Its forms are one, other.',
  ],
  [
    'readers: { stories: { othr: "{n}" } }',
    '1:23 messages/plural this language has no form "othr". Did you mean "other"?',
  ],
  [
    'readers: { stories: { one: "{n}" } }',
    '1:12 messages/plural stories lacks the form "other", which is for all numbers that no other form is for.',
  ],
  [
    'readers: { stories: { few: "{n}" } }',
    '1:23 messages/plural this language has no form "few". Its forms are one, other.',
  ],
  [
    'readers: { later: { one: "a", other: "b" } }',
    '1:19 messages/wrong-type later counts nothing, so it is one text. Write  later: "…"',
  ],
  ['readers: { later: 12 }', '1:19 messages/wrong-type later: 12 is no text. Put it in quotation marks: "12".'],
  ['readers: { later: [ a ] }', '1:19 messages/wrong-type later should be one text, in quotation marks.'],
  [
    'readers:\n  via: {name}',
    '2:8 messages/wrong-type a text that begins with a brace needs quotation marks: "{name}".',
  ],
  [
    'readers:\n  via: {name} μέσω',
    '2:15 messages/syntax a value cannot begin with {. Put it in quotes: "{name} μέσω".',
  ],
  [
    'readers: { corrections: "x" }',
    '1:25 messages/wrong-type corrections should hold messages, each on a line of its own: its name, a colon, and the text in quotation marks.',
  ],
  [
    '- a',
    '1:1 messages/wrong-type the file should hold messages, each on a line of its own: its name, a colon, and the text in quotation marks.',
  ],
  [
    'readers: { related: "<b>Σχετικά</b>" }',
    '1:21 messages/markup "<b>" is no markup here: readers see it as it is written. Write plain text.',
  ],
  [
    'readers: { related: "α&nbsp;β" }',
    '1:21 messages/markup "&nbsp;" is no markup here: readers see it as it is written. Write plain text.',
  ],
  ['readers:\n  from: "Από {name}', '2:9 messages/syntax a quotation mark or bracket opens here and is never closed.'],
  [
    'readers:\n\tfrom: "x"',
    '2:1 messages/syntax line 2 is indented with a tab; YAML wants spaces. Replace each tab by two spaces.',
  ],
  ['locale: "fr"', '1:9 messages/wrong-type locale: "fr" is of another language than the file. Write  locale: "el"'],
  ['locale: "??"', '1:9 messages/wrong-type locale: "??" is none whose months are known here. Write  locale: "el"'],
  [
    'readers: { later: x }',
    '1:1 messages/wrong-type The months of "xx" are not known here: write whose are most like them, for example  locale: "tr"',
    'xx',
  ],
  ['readers: { stories: { one: "{n}", many: "{n}", other: "{n}" } }', '', 'pl'],
];

test.each(mistakes.map(([text, expected, lang = 'el']) => ({ text, expected, lang })))(
  '$text',
  ({ text, expected, lang }) => {
    const { faults } = readMessages(text, lang);
    expect(faults.map((one) => `${one.line}:${one.column} ${one.code} ${one.text}`).join('\n')).toBe(expected);
  },
);

test('a mistake costs its own message, and what is lost or markup not even that', () => {
  const { messages } = readMessages(
    'readers: { from: "{nmae}", fromOn: "{name}", later: 1, related: "<b>", stories: { one: "{x}", other: "{n}" } }',
    'el',
  );
  expect(messages.readers).toMatchObject({ fromOn: '{name}', related: '<b>', stories: { other: '{n}' } });
  expect(Object.keys(messages.readers ?? {})).not.toContain('from');
  expect(Object.keys(messages.readers ?? {})).not.toContain('later');
});

test('files that are not read, and how much is missing, are told too', () => {
  const files = [
    own('de', 'readers: { later: "Danach" }'),
    own('el', 'readers: { later: "Αργότερα" }'),
    own('pl', ''),
    { ...own('it', ''), mistake: 'it is not saved as UTF-8' },
    ...['greek.yaml', 'pt-BR.yaml', 'uk.yml', 'kmr.yaml'].map((name) => ({ name, path: `messages/${name}`, text: '' })),
  ];
  const said = messageProblems({ messages: files }).map(
    ({ code, subject, happened }) => `${subject.file} ${code} ${happened}`,
  );
  expect(said).toEqual([
    `messages/el.yaml messages/missing ${messageCount - 1} of ${messageCount} messages are not said yet, and stand there in English. The first is  readers: from`,
    'messages/pl.yaml messages/missing says nothing yet, so that Relais does not speak this language.',
    'messages/it.yaml messages/unreadable cannot be read: it is not saved as UTF-8',
    'messages/greek.yaml messages/unreadable is not read: its name is no language. Call it by the tag of one, as  el.yaml  for Greek.',
    'messages/pt-BR.yaml messages/unreadable is not read: there is one file for a language. Call it  pt.yaml, and write in it  locale: "pt-BR"',
    'messages/uk.yml messages/unreadable is not read: there is one file for a language. Call it  uk.yaml',
    'messages/kmr.yaml messages/unreadable is not read: there is one file for a language. Call it  ku.yaml',
  ]);
});

describe('a file to begin with', () => {
  test.each(['el', 'pl', 'he', 'ja', 'fr'])('of %s has every message, empty, in the forms of the language', (lang) => {
    const text = startingFile(lang);
    const { faults, missing, locale } = readMessages(text, lang);
    expect([faults, missing.length, locale]).toEqual([[], messageCount, lang]);
    const named = (value: unknown): number =>
      typeof value === 'string' || 'other' in (value as object)
        ? 1
        : Object.values(value as object).reduce((sum: number, one) => sum + named(one), 0);
    const { readers, partners } = parse(text);
    expect(named(readers) + named(partners)).toBe(messageCount);
  });

  test('shows what is said now, and for which numbers a form is', () => {
    expect(startingFile('pl')).toContain('  # In English: From {name}\n  from: ""\n');
    expect(startingFile('pl')).toContain('    one: ""   # 1\n    few: ""   # 2, 3, 4, 22 …\n');
    expect(startingFile('fr')).toContain('  # Now: Par {name}\n  from: ""\n');
  });
});
