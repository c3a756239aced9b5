import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  escapeMarkup,
  isPathSegment,
  mailHeader,
  plainLine,
  readableText,
  terminalLine,
  xmlText,
} from '../../src/text/safe.ts';
import { expectLinear } from '../expect-linear.ts';

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        '\ud800',
        '\u202e',
        '\u200b',
        '\u0301',
        '\u0000',
        '\r\n',
        'a',
        ' ',
        '\u00a0',
        '&',
        '<',
        '"',
        '\u2028',
        '😀',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);

describe('every function for a place', () => {
  test('gives well-formed text without what that place must not see', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(xmlText(text)).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
        expect(xmlText(text).isWellFormed()).toBe(true);
        expect(readableText(text)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]|\p{M}{9}/u);
        expect(plainLine(text, 20)).not.toMatch(/[\r\n\t\u2028\u2029\u0085]/);
        expect(plainLine(text, 20).length).toBeLessThanOrEqual(20);
        expect(plainLine(text, 20).isWellFormed()).toBe(true);
        expect(escapeMarkup(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
        expect(terminalLine(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/);
        expect(mailHeader(text)).not.toMatch(/[\r\n\u0000]/);
      }),
    );
  });

  test('what people read is the same read twice', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const once of [xmlText, readableText, plainLine, mailHeader]) expect(once(once(text))).toBe(once(text));
        expect(plainLine(plainLine(text, 20), 20)).toBe(plainLine(text, 20));
      }),
    );
  });
});

describe('plainLine', () => {
  test.each([
    ['  two\n lines ', 'two lines'],
    ['a\u202eb\u2067c', 'abc'],
    ['so\u00adft\u200b', 'soft'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['👩\u200d🚒', '👩\u200d🚒'],
    [`e${'\u0301'.repeat(30)}`, `e${'\u0301'.repeat(8)}`],
  ])('%j', (text, line) => {
    expect(plainLine(text)).toBe(line);
  });

  test('is cut after a word, and inside one that is too long', () => {
    expect(plainLine('one two three four', 10)).toBe('one two…');
    expect(plainLine('x'.repeat(30), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(plainLine('😀'.repeat(30), 10)).toBe(`${'😀'.repeat(4)}…`);
  });

  test('is linear', async () => {
    const text = (size: number): string =>
      `${' '.repeat(size)}x${'\u0301'.repeat(size)}${'\u2067\u2069\u200d'.repeat(size)}`;
    await expectLinear(plainLine, 50_000, text);
  });
});

test('a mail header gets no second line', () => {
  expect(mailHeader('Subject\r\nBcc: all@partner.example\u0000x')).toBe('Subject Bcc: all@partner.example x');
});

test('a terminal shows what would have acted on it', () => {
  expect(terminalLine('a\u001b[2Jb\u202ec\nd')).toBe('a\\u{1b}[2Jb\\u{202e}c\\u{a}d');
});

test.each([
  ['calais', true],
  ['no-borders-2', true],
  ['', false],
  ['.', false],
  ['..', false],
  ['a/b', false],
  ['Calais', false],
  ['-a', false],
  ['a-', false],
  ['x'.repeat(64), true],
  ['x'.repeat(65), false],
])('isPathSegment %j is %s', (name, is) => {
  expect(isPathSegment(name)).toBe(is);
});
