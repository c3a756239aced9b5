/** Whatever the inspector waves through, sanitize-html gives back letter by letter. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanHtml, enforce, passesUnchanged } from '../../src/normalise/clean-html.ts';
import { keptAttributes } from '../../src/normalise/markup-rules.ts';
import { rebuildHtml } from '../../src/normalise/rebuild-html.ts';
import { htmlToText } from '../../src/text/html.ts';
import { safeHtmlToText } from '../../src/text/safe-text.ts';
import { expectLinear } from '../expect-linear.ts';
import { raw } from './entry.ts';
import { allPayloads } from './payloads.ts';

const page = 'https://partner.example/post';
const names = [...Object.keys(keptAttributes), 'script', 'svg', 'style', 'xmp', 'h1', 'P', 'x-y', ''];
const values = [
  '',
  'https://a.example/?a=1&amp;b=&quot;',
  'HTTPS://a.example/',
  'javascript:alert(1)',
  ' https://a.example/',
  '//a.example/',
  'data:text/html,x',
  'mailto:a@a.example',
  'tel:1',
  '2',
  'a & b',
  '&nbsp;',
  'a&#10;b',
  'a\nb',
  "it's",
  '<b>',
];
const attributeNames = [
  ...new Set([...Object.values(keptAttributes).flat(), 'lang', 'dir', 'onclick', 'style', 'srcset', 'HREF', 'a"b']),
];
const texts = [
  '',
  ' ',
  'words',
  'a &amp; b',
  '&lt;',
  '&gt;',
  '&quot;',
  '&nbsp;',
  '&',
  '>',
  '<',
  '"',
  "'",
  '\n',
  '\u0000',
  'é&amp',
];

const text = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('words', 'a &amp; b') },
  { weight: 3, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);
const attribute = fc
  .tuple(
    fc.constantFrom(...attributeNames),
    fc.constantFrom(...values),
    fc.constantFrom('="V"', "='V'", '=V', '', '="V" ', ' ="V"'),
  )
  .map(([name, value, form]) => ` ${name}${form.replace('V', () => value)}`);
const likelyAttributes: Readonly<Record<string, readonly string[]>> = {
  a: [' href="https://a.example/?a&amp;b"', ' rel="nofollow"'],
  img: [' src="http://a.example/a.png"', ' alt=""', ' width="3"'],
  td: [' colspan="2"'],
};
const attributesFor = (name: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 30, arbitrary: fc.constantFrom('', ...(likelyAttributes[name] ?? [' lang="fr"'])) },
        { weight: 1, arbitrary: attribute },
      ),
      { maxLength: 3 },
    )
    .map((some) => some.join(''));
const { tree } = fc.letrec<{ tree: string; element: string }>((tie) => ({
  tree: fc
    .array(fc.oneof({ maxDepth: 4, withCrossShrink: true }, text, tie('element')), { maxLength: 4 })
    .map((some) => some.join('')),
  element: fc.constantFrom(...names).chain((name) =>
    fc
      .tuple(
        attributesFor(name),
        tie('tree'),
        fc.constantFrom(...Array<string>(20).fill('whole'), 'void', 'unclosed', 'unopened'),
      )
      .map(([attributes, inside, form]) => {
        if (form === 'void') return `<${name}${attributes} />${inside}`;
        return `${form === 'unopened' ? '' : `<${name}${attributes}>`}${inside}${form === 'unclosed' ? '' : `</${name}>`}`;
      }),
  ),
}));

function expectHonest(html: string): void {
  if (passesUnchanged(html)) expect(enforce(html)).toBe(html);
}

test('markup of any kind', () => {
  let passed = 0;
  fc.assert(
    fc.property(tree, (html) => {
      if (passesUnchanged(html) && html.includes('<')) passed++;
      expectHonest(html);
      expectHonest(enforce(html));
    }),
    { numRuns: 5_000 },
  );
  expect(passed).toBeGreaterThan(100);
});

test('what a reader sees of any markup is told with it', () => {
  const spaces = fc.constantFrom(' ', '  ', '\n', '\t', '\r\n', '\u00a0', '&nbsp;', '<br>', '');
  fc.assert(
    fc.property(tree, spaces, tree, spaces, (one, space, other, end) => {
      const { html, text } = cleanHtml(raw(`${space}${one}${space}${other}${end}<p>${end}a${space}b</p>`), page);
      expect(text).toBe(safeHtmlToText(html));
      expect(text).toBe(htmlToText(html));
    }),
    { numRuns: 5_000 },
  );
});

test('markup that passes, with one character of it changed', () => {
  const signs = fc.constantFrom('<', '>', '"', "'", '&', ';', '/', '=', ' ', '\n', '\u0000', 'p', 'A', ':', '');
  fc.assert(
    fc.property(tree, fc.nat(), signs, fc.nat(1), (html, place, sign, taken) => {
      const clean = rebuildHtml(html, page).html;
      const at = place % (clean.length + 1);
      expectHonest(clean.slice(0, at) + sign + clean.slice(at + taken));
    }),
    { numRuns: 5_000 },
  );
});

test.each(allPayloads)('%s', (payload) => {
  expectHonest(payload);
  expectHonest(rebuildHtml(payload, page).html);
});

describe('what an article is made of needs no second reading', () => {
  test.each([
    'words',
    '<p>one &amp; <b>two</b> &lt;three&gt;, "four"</p>\n<p lang="fr" dir="ltr">cinq<br />six</p>',
    '<p><a href="https://a.example/?a=1&amp;b=2#c" rel="nofollow">a</a> <a href="mailto:a@a.example" rel="nofollow">b</a></p>',
    '<figure><img src="https://a.example/a.png" alt="" width="3" /><figcaption>a</figcaption></figure>',
    '<ul><li>a<ul><li>b</li></ul></li></ul><table><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
  ])('%s', (html) => {
    expect(passesUnchanged(html)).toBe(true);
  });
});

describe('what is not let pass', () => {
  test.each([
    ['an element', '<section>a</section>'],
    ['an attribute', '<p class="a">a</p>'],
    ['an attribute of another element', '<p href="https://a.example/">a</p>'],
    ['the scheme of a link', '<a href="javascript:alert(1)">a</a>'],
    ['the scheme of a picture', '<img src="mailto:a@a.example" />'],
    ['a paragraph in a paragraph', '<p>a<p>b</p></p>'],
    ['an end without a beginning', 'a</p>'],
    ['a beginning without an end', '<p>a'],
    ['a comment', '<!-- a -->'],
    ['a reference', '&nbsp;'],
    ['an attribute twice', '<p lang="fr" lang="de">a</p>'],
  ])('%s', (_what, html) => {
    expect(passesUnchanged(html)).toBe(false);
  });
});

test.each(['<', '>', '&', '<b>', '<b></b>', '<p lang="', '<p lang="fr" ', '</p>', '&amp;', 'a="'])(
  '%s, over and over',
  async (part) => {
    await expectLinear((size) => passesUnchanged(part.repeat(size)), 50_000);
    await expectLinear((size) => passesUnchanged(`<p lang="${part.repeat(size)}">`), 50_000);
  },
);
