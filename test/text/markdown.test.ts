import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdownLink, markdownText } from '../../src/text/markdown.ts';

test.each([
  ['# no heading', '\\# no heading'],
  ['1. no list', '1\\. no list'],
  ['- no list', '\\- no list'],
  ['*no* _stress_ `code`', '\\*no\\* \\_stress\\_ \\`code\\`'],
  ['[no](link) <b>html</b> &copy;', '\\[no\\](link) \\<b\\>html\\</b\\> \\&copy;'],
  ['two\n\nlines', 'two lines'],
  ['2026 – 3 boats, 40 people', '2026 – 3 boats, 40 people'],
])('%s', (text, expected) => {
  expect(markdownText(text)).toBe(expected);
});

test('no sign that Markdown acts on stands unescaped, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const written = markdownText(text);
      expect(written).not.toMatch(/[\r\n]/);
      expect(written.replace(/\\[\\`*_[\]<>|~&#+=.)-]/g, '')).not.toMatch(/[\\`*_[\]<>|~&]/);
      expect(written).not.toMatch(/^(#|[-+=]|\d{1,9}[.)])/);
    }),
  );
});

test('an address cannot end its link', () => {
  expect(markdownLink('a', 'https://a.example/x>) [b](<javascript:1')).toBe(
    '[a](<https://a.example/x%3E)%20[b](%3Cjavascript:1>)',
  );
});
