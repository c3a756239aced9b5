/** What a section finds in an item: where it is looked for, what is allowed, what is quoted, and what a hostile text costs. */
import { expect, test } from 'vitest';
import { filterTerm } from '../../src/config/values.ts';
import type { Item, Pattern, SafeHtml, SafetyHold } from '../../src/model.ts';
import { findingsIn } from '../../src/stories/holding.ts';
import { expectLinear } from '../expect-linear.ts';
import { item as anItem } from './builders.ts';

const pattern = (written: string): Pattern => {
  const read = filterTerm(written);
  if (!('term' in read) || typeof read.term === 'string') throw new Error(written);
  return read.term;
};
const holding = (own: Partial<SafetyHold>): SafetyHold => ({
  kinds: [],
  words: [],
  patterns: [],
  faces: false,
  allow: [],
  delayMs: 0,
  ...own,
});
const all = holding({ kinds: ['phone-numbers', 'email-addresses', 'bank-accounts'] });
const found = (item: Partial<Item>, hold: SafetyHold = all, source = {}) =>
  findingsIn({ ...anItem('one'), html: '' as SafeHtml, text: '', title: '', ...item }, { hold, source });
const kinds = (item: Partial<Item>, hold?: SafetyHold, source?: object): string[] =>
  found(item, hold, source).map(({ kind }) => kind);

test.each<[string, Partial<Item>]>([
  ['title', { title: 'Call 06 12 34 56 78' }],
  ['text', { text: 'Call 06 12 34 56 78' }],
  ['link', { html: '<a href="tel:+33612345678">us</a>' as SafeHtml }],
  ['messenger', { html: '<a href="https://wa.me/33612345678">us</a>' as SafeHtml }],
  ['picture', { html: '<img src="https://a.example/b.jpg" alt="Call 06 12 34 56 78">' as SafeHtml }],
  ['author', { authors: ['06 12 34 56 78'] }],
  ['tag', { categories: ['06 12 34 56 78'] }],
  ['attachment', { enclosures: [{ url: 'https://a.example/b.mp3', title: 'Call 06 12 34 56 78' }] }],
])('a number in its %s is found', (_, item) => {
  expect(kinds(item)).toEqual(['phone-numbers']);
});

test('a link that writes is an address, and an account no number', () => {
  expect(kinds({ html: '<a href="mailto:name%40host.org?subject=x">us</a>' as SafeHtml })).toEqual(['email-addresses']);
  expect(kinds({ text: 'Give to FR76 3000 6000 0112 3456 7890 189' })).toEqual(['bank-accounts']);
});

test('however it is written it has one mark, and another number has another', () => {
  const marks = (text: string): string[] => found({ text }).map(({ mark }) => mark);
  expect(new Set(['06 12 34 56 78', '+33612345678', '0033 6 12 34 56 78'].flatMap(marks)).size).toBe(1);
  expect(marks('06 12 34 56 78')).not.toEqual(marks('06 12 34 56 79'));
  expect(marks('06 12 34 56 78')[0]).not.toContain('6123');
});

test('words are found anywhere and in any case, expressions where they match, each with what stands around', () => {
  const hold = holding({ words: ['witness'], patterns: [pattern('/file no\\. [0-9]+/i')] });
  const text = 'Two EYEWITNESSES came. They asked for File no. 17 and file no. 18.';
  expect(found({ text }, hold).map(({ kind, quote }) => [kind, quote])).toEqual([
    ['word', expect.stringContaining('Two EYEWITNESSES came.')],
    ['pattern', expect.stringContaining('asked for File no. 17 and')],
    ['pattern', expect.stringContaining('and file no. 18.')],
  ]);
});

test('what is allowed holds nothing up, in whatever way it is written, and nothing else passes with it', () => {
  const text = 'Hotline 06 12 34 56 78, mail help@host.org';
  expect(kinds({ text }, { ...all, allow: ['+33612345678'] })).toEqual(['email-addresses']);
  expect(kinds({ text }, all, { allow: ['help@host.org', '06.12.34.56.78'] })).toEqual([]);
  expect(kinds({ text }, { ...all, allow: ['mail help@host.org', pattern('/hotline [0-9 ]+/i')] })).toEqual([]);
  expect(kinds({ text: `${text} 07 98 76 54 32` }, { ...all, allow: [text] })).toEqual(['phone-numbers']);
  expect(kinds({ text: 'other-help@host.org' }, { ...all, allow: ['help@host.org'] })).toEqual(['email-addresses']);
});

test('more than can be told apart is one thing more, which changes with each of them', () => {
  const many = (count: number): string => Array.from({ length: count }, (_, at) => `name${at}@host.org`).join(' ');
  const last = (count: number): string | undefined => found({ text: many(count) }).at(-1)?.mark;
  expect(found({ text: many(300) })).toHaveLength(201);
  expect(last(300)).not.toBe(last(301));
});

test('a text too long for expressions waits for a person', () => {
  const hold = holding({ patterns: [pattern('/nowhere/')] });
  expect(kinds({ text: 'word '.repeat(30_000) }, hold)).toEqual(['too-long']);
  expect(kinds({ text: 'word '.repeat(10_000) }, hold)).toEqual([]);
});

test('costs no more than the length of a hostile text', async () => {
  const hold = {
    ...all,
    words: ['a', 'aa'],
    patterns: [pattern('/(a+)+$/'), pattern('/6/'), pattern('/a(.*z)?/')],
    allow: ['a', pattern('/6/'), '6 1'],
  };
  for (const piece of ['a', '06 12 34 56 78 ', 'a@a.a ', '6 1 ', 'FR76 '])
    await expectLinear((size) => found({ text: piece.repeat(size) }, hold), 1_500);
}, 60_000);
