/** Every control, format, private, separating and enclosing character of Unicode, and what becomes of it in a partner's text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainLine, readableText } from '../../src/text/safe.ts';
import { expectLinear } from '../expect-linear.ts';

const inRange = (code: number, ranges: readonly (readonly [first: number, last: number])[]): boolean =>
  ranges.some(([first, last]) => code >= first && code <= last);

/** What is written, or changes what is written, where it stands between two Latin letters. Everything else below goes. */
const staying: readonly (readonly [first: number, last: number])[] = [
  [0x09, 0x0a],
  [0x0d, 0x0d],
  [0x0600, 0x0605], // signs that stand under or over Arabic numbers
  [0x061c, 0x061c], // marks of direction, one at a time
  [0x200e, 0x200f],
  [0x06dd, 0x06dd],
  [0x070f, 0x070f],
  [0x0890, 0x0891],
  [0x08e2, 0x08e2],
  [0x110bd, 0x110bd],
  [0x110cd, 0x110cd],
  [0x13430, 0x13455], // how hieroglyphs stand to each other, and what is seen of them
  [0xe000, 0xf8ff], // private letters: seen, if only as a box, and somebody's
  [0xf0000, 0xffffd],
  [0x100000, 0x10fffd],
];
/** What parts lines or words does so. */
const ends = new Set([0x0b, 0x0c, 0x85, 0x2028, 0x2029]);

test('of controls, format characters and separators only what is seen, or means something, stays', () => {
  const wrong: string[] = [];
  for (let code = 0; code < 0x110000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const character = String.fromCodePoint(code);
    if (!/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Me}\p{Default_Ignorable_Code_Point}]/u.test(character)) continue;
    const enclosing = /\p{Me}/u.test(character);
    const expected = ends.has(code) ? 'a\nb' : enclosing || inRange(code, staying) ? `a${character}b` : 'ab';
    if (readableText(`a${character}b`) !== expected) wrong.push(`U+${code.toString(16)}`);
  }
  expect(wrong).toEqual([]);
});

const flag = (letters: string): string =>
  `🏴${[...letters].map((one) => String.fromCodePoint(0xe0000 + (one.codePointAt(0) ?? 0))).join('')}\u{e007f}`;

describe('what readers write stays to the letter', () => {
  test.each([
    ['Farsi', 'می\u200cخواهیم که همه\u200cی خانه\u200cها باز بمانند'],
    ['Farsi, where a word ends in one', 'نامه\u200c ما'],
    ['Sorani', 'ئێمە لە بەندەرەکە\u200cین و چاوەڕوانی هەواڵین'],
    ['Pashto', 'موږ په بندر کې یو او انتظار کوو'],
    ['Arabic with all its marks', 'السَّلَامُ عَلَيْكُمْ'],
    ['an abbreviation in Arabic', 'سنة ١٤٤٧ ه\u200d'],
    ['Hindi', 'क्\u200dष और क्\u200cष'],
    ['Bengali', 'র\u200d্যাব'],
    ['Sinhala', 'ශ්\u200dරී'],
    ['Malayalam', 'അവന്\u200d'],
    ['Amharic', 'ትናንት ማታ ፖሊስ መጣ።'],
    ['Tigrinya', 'ትማሊ ለይቲ ፖሊስ መጺኡ።'],
    ['Vietnamese taken apart', 'Tie\u0302\u0301ng Vie\u0323\u0302t'],
    ['Hebrew with points and accents', 'בְּרֵאשִׁ֖ית'],
    ['marks of direction', 'C++\u200f هنا \u200e(2026)'],
    ['Mongolian', 'ᠮᠤᠩᠭᠤᠯ\u180b'],
    ['a rare form of a Chinese letter', '葛\u{e0100}城'],
    ['a family', '👨\u200d👩\u200d👧\u200d👦'],
    ['a firefighter', '👩🏽\u200d🚒 🧑\u200d🚒'],
    ['somebody at sea', '🏊🏿\u200d♀️ ⛹️\u200d♂️'],
    ['two flags that are joined', '🏳️\u200d🌈 🏴\u200d☠️'],
    ['the flag of Scotland', `${flag('gbsct')} ${flag('gbwls')}`],
    ['flags of letters', '🇵🇸 🇪🇷'],
    ['a key', '1️⃣ #️⃣'],
    ['a heart, and a heart in text', '❤️ ❤︎'],
    ['a letter of a font', 'call us: \ue0b7'],
    ['pictures of controls', '␀ ␛ ␤'],
  ])('%s', (_language, text) => {
    expect(readableText(text)).toBe(text);
    expect(plainLine(text)).toBe(text);
  });
});

describe('what nobody reads goes', () => {
  test.each([
    ['joiners between Latin letters', 'f\u200cr\u200de\u200d\u200ce', 'free'],
    ['joiners that stand alone', '\u200d\u200c x \u200d', ' x '],
    ['more joiners than one', 'می\u200c\u200c\u200d\u200cخواهم', 'می\u200cخواهم'],
    ['a joiner behind a picture, and nothing to join', '👩\u200d next', '👩 next'],
    ['marks of direction in rows', 'a\u200e\u200f\u200e\u061cb', 'a\u200eb'],
    ['a text in tags', `a${String.fromCodePoint(0xe0068, 0xe0069, 0xe007f)}b`, 'ab'],
    ['tags behind a flag that no region has', `🏴${flag('a very long secret').slice(2)}!`, '🏴!'],
    ['tags behind a flag that never end', `${flag('gbsct').slice(0, -2)}!`, '🏴!'],
    ['bytes in selectors behind a picture', '😀\u{e0101}\u{e01ee}\ufe02\ufe0f', '😀'],
    ['selectors behind letters', 'a\ufe0fb\ufe00', 'ab'],
    ['more selectors than one', '❤\ufe0f\ufe0f\ufe0e', '❤\ufe0f'],
    ['blanks that are letters', '\u3164\u115f\u1160\uffa0x\u17b4', 'x'],
    ['joiners that let marks pile up', `ا${'\u064e\u200c'.repeat(30)}`, `ا${'\u064e\u200c'.repeat(8)}`],
    ['joiners behind a mark that goes', '\u200e\u061c\u200cx', '\u200ex'],
    ['overrides, whole or half', '\u202eabc\u202c \u2067def', 'abc def'],
    ['soft hyphens', 'Grenz\u00ad\u00ad\u00adzaun', 'Grenzzaun'],
  ])('%s', (_what, text, expected) => {
    expect(readableText(text)).toBe(expected);
  });

  test('so that a line of it is empty', () => {
    expect(plainLine('\u200b\u2800 \u3164\u00ad\u{e0041}\u200d\ufe0f\u2063')).toBe('');
  });
});

test('reading twice changes nothing, nor does cutting', () => {
  const piece = fc.constantFrom(
    ...['a', ' ', '\n', 'م', '\u064e', '\u0301', '\u200c', '\u200d', '\ufe0f', '\ufe00', '😀', '👩', '🏴', '❤', '🏽'],
    ...['\u{e0067}', '\u{e0062}', '\u{e0073}', '\u{e007f}', '\u{e0100}', '葛', 'क', '\u094d', '\u200b', '\u200f', '1'],
    ...['\u202e', '\ud83d', '\ude00', '\u3164', '\u2028', '\u00ad', '\u180b', 'ᠮ', '\u2800', '\u20e3', flag('gbsct')],
    ...['\u200e', '\u061c'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 2, max: 24 }), (pieces, length) => {
      const text = pieces.join('');
      expect(readableText(readableText(text))).toBe(readableText(text));
      const line = plainLine(text, length);
      expect(plainLine(line, length)).toBe(line);
      expect(line.length).toBeLessThanOrEqual(length);
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['joiners', '\u200d\u200c'],
  ['selectors', '❤\ufe0f\ufe0f'],
  ['tags', '🏴\u{e0067}'],
  ['marks and joiners', '\u064e\u200c'],
  ['marks of direction', '\u200e\u200f'],
])('%s without end cost in proportion', async (_what, unit) => {
  await expectLinear(readableText, 30_000, (size) => unit.repeat(size));
});
