import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countWords, cutAtWord, foldSpace, htmlToText } from '../../src/text/html.ts';
import { readMarkup } from '../../src/text/markup.ts';
import { escapeMarkup } from '../../src/text/safe.ts';
import { expectLinear } from '../expect-linear.ts';

describe('htmlToText', () => {
  test.each([
    ['<p>a</p><p>b</p>', 'a\nb'],
    ['a<br>b<hr>c', 'a\nb\nc'],
    ['<ul><li>a</li><li>b</li></ul>', 'a\nb'],
    ['  a \n\t b&nbsp;&#160;c ', 'a b c'],
    ['a<b>b</b>c', 'abc'],
    ['&lt;b&gt; &amp;amp; &#8230; &eacute; &nosuch;', '<b> &amp; … é &nosuch;'],
    ['a<script>if (a<b) { x("</p>") }</script>b<style>p{}</style>c', 'abc'],
    ['a<svg><title>t</title><text>x</text></svg>b', 'ab'],
    ['<math><mi>a</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>b', 'a = 1 2b'],
    ['<math><semantics><mi>x</mi><annotation encoding="application/x-tex">\\x</annotation></semantics></math>', 'x'],
    ['<math><mphantom><mi>x</mi></mphantom><annotation-xml><p>y</p></annotation-xml></math>', ''],
    ['a<!-- <p>b</p> -->c', 'ac'],
    ['a<select><option>x</option></select>b', 'ab'],
    ['a<svg>b', 'ab'], // never closed: hides nothing
    ['a</svg></p>b', 'a\nb'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['<p>cut <a href="x', 'cut'],
    ['', ''],
    ['<p> </p>', ''],
  ])('%j', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  test('plain text, once escaped, comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(htmlToText(escapeMarkup(text))).toBe(foldSpace(text));
      }),
    );
  });

  test.each<[string, (size: number) => string]>([
    ['<b>', (size) => '<b>'.repeat(size)],
    ['<svg>', (size) => '<svg>'.repeat(size)],
    ['</p>', (size) => '</p>'.repeat(size)],
    ['<svg> closed', (size) => `${'<svg>'.repeat(size)}${'</svg>'.repeat(size)}`],
    ['&amp', (size) => '&amp'.repeat(size)],
  ])('is linear in %s', async (_what, make) => {
    await expectLinear(htmlToText, 50_000, make);
  });
});

describe('readMarkup', () => {
  test('tells text, tags and attributes in order, decoded, and leaves comments out', () => {
    const told: unknown[] = [];
    readMarkup('x<A HREF="/?a=1&amp;b" href=2 c>&lt;y<br/><!-- z --></a>', {
      text: (text) => told.push(text),
      open: (name, attributes) => told.push([name, ...attributes]),
      close: (name) => told.push(`/${name}`),
    });
    expect(told).toEqual(['x', ['a', ['href', '/?a=1&b'], ['c', '']], '<', 'y', ['br'], '/a']);
  });

  test('takes no name from a partner as the name of a property', () => {
    const names: string[] = [];
    readMarkup('<p __proto__=a constructor=b>', {
      text: () => {},
      open: (_, attributes) => names.push(...attributes.keys()),
      close: () => {},
    });
    expect(names).toEqual(['__proto__', 'constructor']);
  });
});

describe('cutAtWord', () => {
  test.each([
    ['one two three', 3, 'one two three'],
    ['one two three four', 3, 'one two three…'],
    ['one two, three', 2, 'one two…'],
    ['  one\n two ', 5, 'one two'],
    ['', 5, ''],
  ])('%j, %i words', (text, words, expected) => {
    expect(cutAtWord(text, words)).toBe(expected);
  });

  test('a text without spaces is cut by characters and never through a character', () => {
    expect(cutAtWord('字'.repeat(100), 5, 10)).toBe(`${'字'.repeat(9)}…`);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 1, max: 8 }), (text, words) => {
        const cut = cutAtWord(text, words, 20);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(21);
      }),
    );
  });
});

test('countWords counts words of any script with spaces', () => {
  expect(countWords('Three – words, here')).toBe(3);
  expect(countWords('أخلت الشرطة المخيم')).toBe(3);
  expect(countWords('… –')).toBe(0);
});
