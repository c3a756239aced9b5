/** What is read of plain markup without the tokeniser is what the tokeniser reads. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MarkupListener, readMarkup } from '../../src/text/markup.ts';
import { tokenise } from '../../src/text/tokenise.ts';
import { expectLinear } from '../expect-linear.ts';
import { allPayloads } from '../normalise/payloads.ts';

function eventsOf(read: (listener: MarkupListener) => void): unknown[] {
  const events: unknown[] = [];
  read({
    text: (text) => events.push(text),
    open: (name, attributes, at) => events.push(['open', name, [...attributes], at]),
    close: (name) => events.push(['close', name]),
  });
  return events;
}

function expectSame(html: string): void {
  expect(eventsOf((listener) => readMarkup(html, listener))).toEqual(
    eventsOf((listener) => tokenise(html, 0, listener)),
  );
}

const plain = fc.constantFrom(
  ...['words', '<p>', '</p>', '<BR/>', '<br />', '<a href="/?a=1&amp;b">', '</A>', '<img src=\'x\' alt="y" />'],
  ...['&amp;', '&#8217;', '&#039;', '&nbsp;', '&lt;b&gt;', '<td\n colspan="2" nowrap>', '<a href="?a&b&copy=1&lt;">'],
  ...[
    '<a href="?a=1&#038;b=2&notit=3&c">',
    '<!-- a -->',
    '<iframe src="/"><p></iframe >',
    '<style a="</style>">b</style>',
  ],
  ...['<x y="1" Y="2" z>', '<h2>', '<mi>'],
);
const odd = fc.oneof(
  fc.constantFrom(
    ...['<', '>', '&', '"', "'", '/', '=', '!', '-', ' ', '\n', '\u00a0', '<p', '</', '</p ', '<p class=a>', '<p/ >'],
    ...[
      '<script>',
      '</script>',
      '<title>',
      '<Style a="b">',
      '<textarea/>',
      '<iframe>',
      '<plaintext>',
      '<xmp>',
      '<svg>',
    ],
    ...[
      '<!-- a -->',
      '<!-->',
      '<!x>',
      '<?x?>',
      '<![CDATA[ a ]]>',
      '&amp',
      '&ampx',
      '&notin;',
      '&#1;',
      '&#150;',
      '&#xe9;',
    ],
    ...[
      '&eacute',
      '&#99999;',
      '&#55357;',
      "<a b='&copy'>",
      '<a b="&copy;">',
      '<a b="c',
      '<a"b>',
      '<a:b>',
      '<é>',
      '<a b="1"c>',
    ],
  ),
  fc.string({ maxLength: 4 }),
);

test('of any mixture', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: odd }), { maxLength: 12 }),
      (parts) => expectSame(parts.join('')),
    ),
    { numRuns: 10_000 },
  );
});

test.each(allPayloads)('%s', (payload) => {
  expectSame(payload);
  expectSame(`<p>a</p>${payload}<b>c</b>`);
});

test.each([
  '<',
  '&',
  '&amp',
  '<a ',
  '<a b="',
  '<a b="&copy;">',
  '&amp;',
  '</',
  '<a b',
  '<a\n',
  '<p><',
  '<!--',
  '<!-- -->',
  '<iframe>',
  '<a b="&a">',
  '<title></title x="',
])('in linear time: %s, over and over', async (part) => {
  const ignore = (): void => {};
  await expectLinear((size) => readMarkup(part.repeat(size), { text: ignore, open: ignore, close: ignore }), 20_000);
});
