/** A feed that gives a beginning of a text that is known in full, and a text that its authors have shortened. */
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model.ts';
import type { KnownText } from '../../src/refresh-plan.ts';
import { withKnownWords } from '../../src/stories/beginnings.ts';
import { expectLinear } from '../expect-linear.ts';
import { item, safe } from './builders.ts';

const full = `The police came at dawn with three vans.
They took away tents and blankets while people were still asleep near the canal, and nobody was told where their things would be brought.
We ask everybody who can to bring tents to the usual place on Friday, and to write to the prefecture.`;
const known: KnownText = {
  id: 7,
  guid: 'a',
  html: safe(`<p>${full.replaceAll('\n', '</p><p>')}</p>`),
  text: full,
  isExcerpt: false,
  lang: 'en',
  langs: ['en'],
  dir: 'ltr',
};
const cut = 'The police came at dawn with three vans. They took away tents and blankets while people were';

function update(text: string, given: Partial<Item> = {}): Item {
  const made = item('a', { title: 'Eviction', html: `<p>${text}</p>`, lang: 'und', ...given });
  const [result] = withKnownWords([{ ...made, text, ...given }], [known], new Map());
  return result ?? made;
}
const isKept = (text: string, given: Partial<Item> = {}): boolean => update(text, given).text === full;

test.each([
  ['an ellipsis', `${cut}…`],
  ['three dots', `${cut} ...`],
  ['the mark of WordPress', `${cut} […]`],
  ['an ellipsis and a link to the rest', `${cut} … Continue reading Eviction →`],
  ['a word cut in two', 'The police came at dawn with three vans. They took away ten…'],
  ['nothing, in the middle of a sentence', cut],
])('a beginning that ends with %s leaves the words that are known', (_how, text) => {
  expect(isKept(text)).toBe(true);
});

test('what was marked as an excerpt when it was read is a beginning wherever it ends', () => {
  const first = 'The police came at dawn with three vans.';
  expect(isKept(first, { isExcerpt: true })).toBe(true);
});

test('the rest of the item is what has come', () => {
  expect(update(`${cut}…`, { title: 'Eviction in Calais', hash: '2', isExcerpt: true })).toMatchObject({
    title: 'Eviction in Calais',
    hash: '2',
    html: known.html,
    isExcerpt: false,
    lang: 'en',
  });
});

describe('is not kept from its authors:', () => {
  test.each([
    ['a whole sentence less', full.slice(0, full.indexOf(' We ask'))],
    ['the last paragraph taken out', full.split('\n').slice(0, 2).join('\n')],
    ['only the first sentence left', 'The police came at dawn with three vans.'],
    ['a name taken out in the middle', full.replace(' near the canal', '')],
    ['hardly anything cut off', `${full.slice(0, -20)}…`],
    ['another text that begins alike', `${cut} not there. Everybody was safe.`],
    ['another text with an ellipsis far on', `${cut} not there … and so on.`],
    ['nothing but a mark', '[…]'],
    ['nothing', ''],
    ['more text', `${full}\nUpdate: they are back.`],
  ])('%s', (_what, text) => {
    expect(update(text).text).toBe(text);
  });
  test('a paragraph taken out behind a heading', () => {
    const list = {
      ...known,
      text: 'What we need today at the warehouse in town\nTents and blankets and many other things',
    };
    const [result] = withKnownWords(
      [item('a', { html: '<p>What we need today at the warehouse in town</p>' })],
      [list],
      new Map(),
    );
    expect(result?.text).toBe('What we need today at the warehouse in town');
  });
});

test('an item that has come back under another guid is known by its id', () => {
  const moved = { ...item('urn:1', { html: `<p>${cut}…</p>` }), text: `${cut}…` };
  expect(withKnownWords([moved], [known], new Map([['urn:1', 7]]))).toMatchObject([{ guid: 'urn:1', text: full }]);
  expect(withKnownWords([moved], [known], new Map())).toEqual([moved]);
});

test('a megabyte of spaces is compared in no time', async () => {
  await expectLinear((size) => isKept(`${' '.repeat(size)}x${' '.repeat(size)}`), 250_000);
});
