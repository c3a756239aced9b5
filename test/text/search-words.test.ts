import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchScript } from '../../src/publish/pages/search-script.ts';
import { askedWords, searchWords } from '../../src/text/search-words.ts';

test.each([
  ['Calais, Calais: CALAIS!', ['calais']],
  ['L’été à Œuvres', ['l', 'ete', 'a', 'oeuvres']],
  ['Straße Łódź', ['strasse', 'lodz']],
  ['İstanbul ISPARTA ılık', ['istanbul', 'isparta', 'ilik']],
  ['ΟΔΥΣΣΕΥΣ Οδυσσεύς', ['οδυσσευσ']],
  ['مُخَيَّم مخيم إلى الى', ['مخيم', 'الي']],
  ['کتاب كتاب یک يك', ['كتاب', 'يك']],
  ['خانه‌های', ['خانه', 'هاي', 'خانههاي']],
  ['٤٥ ۴۵ 45', ['45']],
  ['۲۰۲۶/٠٩', ['2026', '09']],
  ['\u0000 -- …', []],
])('%j', (text, words) => {
  expect(searchWords(text)).toEqual(words);
});

test('what readers type in a browser is folded as the index is', () => {
  const fold = runInNewContext(searchScript) as (text: string) => string[];
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      expect([...new Set([...fold(text)])]).toEqual(askedWords(text));
    }),
    { numRuns: 2_000 },
  );
  for (let code = 0x20; code < 0x2fff; code++) {
    const letter = String.fromCharCode(code);
    expect([...new Set(fold(`a${letter}b`))].join()).toBe(askedWords(`a${letter}b`).join());
  }
});

test.each(['می‌خواهم', 'میخواهم'])('a word with a half-space is found by %j', (asked) => {
  for (const word of askedWords(asked)) expect(searchWords('من می‌خواهم')).toContain(word);
});
test('and by its parts', () => {
  for (const word of askedWords('می خواهم')) expect(searchWords('من می‌خواهم')).toContain(word);
});
