/** Days that texts name, in the languages of partners. */
import { expect, test } from 'vitest';
import { namedDays } from '../../src/stories/named-days.ts';
import { expectLinear } from '../expect-linear.ts';

test.each([
  ['Come to the square on Saturday 3 March at noon.', ['3-3']],
  ['On March 3rd and on the 4th of March', ['3-3', '3-4']],
  ['Le samedi 3 mars, puis le 1er mai', ['3-3', '5-1']],
  ['Am Samstag, den 3. März um 14 Uhr', ['3-3']],
  ['El sábado 3 de marzo', ['3-3']],
  ['Sabato 3 marzo', ['3-3']],
  ['Το Σάββατο 3 Μαρτίου', ['3-3']],
  ['يوم 3 مارس', ['3-3']],
  ['on 28.3.2026, and 28/3/26, and 2026-03-29', ['3-28', '3-29']],
  ['3/4/2026 is two days, and 31/31/2026 none', []],
  ['We marched in March, and may do so again. 2026.', []],
  ['400 people in May', []],
  ['It was on 9 July.1 They asked for more. Sept. 3 was next.', ['7-9', '9-3']],
])('%s', (text, days) => {
  expect(namedDays(text)).toEqual(days);
});

test('a long text costs in proportion', async () => {
  await expectLinear((size) => namedDays('12 '.repeat(size)), 20_000);
});
