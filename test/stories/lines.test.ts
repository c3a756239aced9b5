import { expect, test } from 'vitest';
import { linesOf } from '../../src/stories/lines.ts';
import { expectLinear } from '../expect-linear.ts';
import { safe } from './builders.ts';

const textsOf = (html: string): string[] => linesOf(safe(html)).map(({ text }) => text);

test('blocks and breaks end lines, other elements do not', () => {
  expect(
    textsOf('<h2>At <em>dawn</em></h2><p>One.<br />Two <a href="https://a.example/">and</a> three.</p>Four'),
  ).toEqual(['At dawn', 'One.', 'Two and three.', 'Four']);
});

test('what is escaped in text and addresses is read as written', () => {
  const [line] = linesOf(
    safe(
      '<p>a &lt;b&gt; &amp;amp; <a href="https://a.example/?x=1&amp;y=%22" rel="nofollow">&quot;it&#39;s&quot;</a></p>',
    ),
  );
  expect(line?.text).toBe('a <b> &amp; "it\'s"');
  expect(line?.links).toEqual([{ text: '"it\'s"', href: 'https://a.example/?x=1&y=%22' }]);
});

test('lines inside quotations and captions are marked, those behind are not', () => {
  const html =
    '<blockquote><p>theirs</p></blockquote><p>ours</p><figure><figcaption>a picture</figcaption></figure><p>ours</p>';
  expect(linesOf(safe(html)).map(({ isQuoted }) => isQuoted)).toEqual([true, false, true, false]);
});

test('an anchor without an address is no link', () => {
  expect(linesOf(safe('<p><a>here</a> and <a title="x">there</a></p>'))[0]?.links).toEqual([]);
});

test.each(['<p>a</p>', '&amp;', '<a href="https://a.example/">a</a>', '<blockquote>', 'a '])(
  'time is linear in “%s”',
  (part) => expectLinear((size) => linesOf(safe(part.repeat(size))), 20_000),
);
