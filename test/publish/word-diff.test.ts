/** What has changed between two versions of a text: readable, bounded, and never more than it should print again. */
import { describe, expect, test } from 'vitest';
import { compareWords, type Passage, passagesOf, phrasesOf } from '../../src/publish/word-diff.ts';
import { diceOf } from '../dice.ts';

/** As a person would note it down: -gone- +come+ ~withheld words~. */
function noted({ pieces, hasBefore, hasBehind }: Passage): string {
  const marks = { kept: '', gone: '-', come: '+', withheld: '~' };
  const told = pieces.map(({ kind, text, words, isGlued }, at) => {
    const mark = marks[kind];
    return `${at === 0 || isGlued ? '' : ' '}${mark}${kind === 'withheld' ? words : text}${mark}`;
  });
  return `${hasBefore ? '… ' : ''}${told.join('')}${hasBehind ? ' …' : ''}`;
}
const change = (old: string, now: string): string[] => passagesOf(compareWords(old, now)).passages.map(noted);

describe('a correction reads as', () => {
  test.each<[string, string, string, string[]]>([
    ['a word for a word', 'Three were hurt.', 'Four were hurt.', ['-Three- +Four+ were hurt.']],
    [
      'words put in',
      'They left.\nIt rains.',
      'They left.\nAll of them. It rains.',
      ['They left. +All of them.+ It rains.'],
    ],
    ['words behind', 'They left.', 'They left. One has died.', ['They left. +One has died.+']],
    ['nothing', 'They left.', 'They left.', []],
    ['nothing where only the setting is other', '“They” – LEFT…', '"They" - left...', []],
    ['letters without spaces between', '三人受伤了', '四人受伤了', ['-三- +四+人受伤了']],
    ['Arabic', 'أُصيب ثلاثة أشخاص', 'أُصيب أربعة أشخاص', ['أُصيب -ثلاثة- +أربعة+ أشخاص']],
    ['one change where one word is between two', 'a b c d e f', 'a X c Y e f', ['a -b c d- +X c Y+ e f']],
  ])('%s', (_what, old, now, passages) => {
    expect(change(old, now)).toEqual(passages);
  });

  test('passages with a few words around, in the order of the text', () => {
    const words = Array.from({ length: 100 }, (_, at) => `w${at}`);
    const now = words.map((word, at) => (at === 20 ? 'first' : at === 70 ? 'second' : word));
    expect(change(words.join(' '), now.join(' '))).toEqual([
      '… w12 w13 w14 w15 w16 w17 w18 w19 -w20- +first+ w21 w22 w23 w24 w25 w26 w27 w28 …',
      '… w62 w63 w64 w65 w66 w67 w68 w69 -w70- +second+ w71 w72 w73 w74 w75 w76 w77 w78 …',
    ]);
  });
});

test('what is taken out without as much in its place is counted and not printed', () => {
  const told = 'It was seen by Nur Nameless of 12 Quay Street, who works there at night. They left.';
  const passages = [change(told, 'It was seen. They left.'), change(told, 'It was seen by a neighbour. They left.')];
  for (const one of passages.flat()) expect(one).not.toMatch(/Nur|Nameless|Quay/);
  expect(passages[1]).toEqual(['It was seen by ~11~ +a neighbour.+ They left.']);
});

describe('what looks like a name or a way to reach somebody is counted too, whatever takes its place', () => {
  test.each<[string, string, string]>([
    [
      'It was seen by Nur Nameless today.',
      'It was seen by a neighbour today.',
      'It was seen by ~2~ +a neighbour+ today.',
    ],
    ['Nur Nameless said so.', 'A neighbour said so.', '~2~ +A neighbour+ said so.'],
    ['He spoke to Nur.', 'He spoke to us.', 'He spoke to ~1~ +us.+'],
    ['Call 06 12 34 56 78 now', 'Call our friends at home now', 'Call ~5~ +our friends at home+ now'],
    ['Write to nur@quay.example now', 'Write to us now', 'Write to ~1~ +us+ now'],
    ['Это сказала Нур вчера', 'Это сказала соседка вчера', 'Это сказала ~1~ +соседка+ вчера'],
  ])('%s', (old, now, told) => {
    expect(change(old, now)).toEqual([told]);
  });
  test.each<[string, string, string]>([
    ['Come on Saturday at ten.', 'Come on Sunday at ten.', 'Come on -Saturday- +Sunday+ at ten.'],
    ['On 3 November at ten.', 'On 3 December at ten.', 'On 3 -November- +December+ at ten.'],
    [
      'In Calais they said. Three were hurt.',
      'In Calais they said. Four were hurt.',
      'In Calais they said. -Three- +Four+ were hurt.',
    ],
    [
      'The police of Calais came.',
      'Nobody came. Calais is quiet.',
      '-The police of Calais came.- +Nobody came. Calais is quiet.+',
    ],
  ])('and not: %s', (old, now, told) => {
    expect(change(old, now)).toEqual([told]);
  });
});

describe('hostile texts', () => {
  test('of random words cost little and are told as one change, cut', () => {
    const random = diceOf(7).next;
    const text = (words: number): string =>
      Array.from({ length: words }, () => Math.floor(random() * 1e9).toString(36)).join(' ');
    const begun = performance.now();
    for (const words of [4_500, 100_000, 1_500_000]) {
      const { passages, isCut } = passagesOf(compareWords(text(words), text(words)));
      expect(isCut).toBe(true);
      expect(JSON.stringify(passages).length).toBeLessThan(20_000);
    }
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
  test('of many small changes are told up to a bound', () => {
    const old = Array.from({ length: 6_000 }, (_, at) => `w${at}`);
    const now = old.map((word, at) => (at % 20 === 0 ? `x${at}` : word));
    const { passages, isCut } = passagesOf(compareWords(old.join(' '), now.join(' ')));
    expect(isCut).toBe(true);
    expect(JSON.stringify(passages).length).toBeLessThan(100_000);
  });
  test('of one endless word are cut inside it, and never through a character', () => {
    const shown = change('a', '𐎀'.repeat(100_000)).join('');
    expect(shown.length).toBeLessThan(300);
    expect(shown.isWellFormed()).toBe(true);
  });
  test('that turn the line around or hide letters lose that', () => {
    expect(change('They left', 'They \u202egone\u202c\u200b')).toEqual(['They -left- +gone+']);
  });
});

test('both versions are recognised by words around the change', () => {
  expect(phrasesOf(compareWords('One two three four five', 'One two three FIVE five'))).toEqual([
    { old: 'one two three four five', now: 'one two three five five' },
  ]);
  expect(phrasesOf(compareWords('Two', 'Three'))).toEqual([{ old: '', now: '' }]);
});
