/** Titles with and without what reposters put around them. */
import { expect, test } from 'vitest';
import { areOfOneSeries, areTitlesAlike, titleWords } from '../../src/stories/titles.ts';

test.each([
  ['Calais: Eviction of the camp by the canal', 'eviction of the camp by the canal'],
  ['[Calais] Eviction of the camp by the canal', 'eviction of the camp by the canal'],
  ['Eviction of the camp by the canal – Harbour Watch', 'eviction of the camp by the canal'],
  ['Eviction of the camp by the canal | Harbour Watch', 'eviction of the camp by the canal'],
  ['Eviction of the camp // Räumung des Lagers', 'eviction of the camp'],
  ['Eviction of the camp #calais #noborders', 'eviction of the camp'],
  [
    'Night watch – how eleven people kept a house warm all winter',
    'night watch how eleven people kept a house warm all winter',
  ],
  ['Ceuta: dos', 'ceuta dos'],
  ['#calais', 'calais'],
  ['', ''],
])('%s', (title, words) => {
  expect(titleWords(title).join(' ')).toBe(words);
});

const alike = (a: string, b: string): boolean => areTitlesAlike(titleWords(a), titleWords(b));

test('titles are alike with a word more or less, and not with half of them', () => {
  expect(alike('Calais: Camp evictions met with occupations', 'Camp Evictions Met With Occupations')).toBe(true);
  expect(alike('Camp evictions met with resistance', 'Camp evictions met with great resistance')).toBe(true);
  expect(alike('Camp evictions in Calais today', 'Camp evictions in Dunkirk yesterday')).toBe(false);
  expect(alike('Update', 'Update')).toBe(false);
});

const series = (a: string, b: string): boolean => areOfOneSeries(titleWords(a), titleWords(b));

test('titles that differ in a number are of one series', () => {
  expect(series('Weekly report 45', 'Weekly report 46')).toBe(true);
  expect(series('News digest, 3rd of May', 'News digest, 10th of May')).toBe(true);
  expect(series('Weekly report', 'Weekly report 2')).toBe(true);
  expect(series('Weekly report 45', 'Weekly report 45')).toBe(false);
  expect(series('45', '46')).toBe(false);
});
