import { describe, expect, test } from 'vitest';
import { foldText, foldWords, hasWords } from '../../src/stories/folding.ts';
import { expectLinear } from '../expect-linear.ts';

/** The rule, without a shorter way for what is common. */
function byTheRule(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

describe('words are folded by one rule, whatever is written around them', () => {
  test.each([
    'Médecins sans frontières — “l’été”, e\u0301te\u0301',
    'ΟΔΟΣ, Ο Σ’Α ΣΑΣ; Ϲ 𝚺 σς',
    'İstanbul ıI ẞß ﬁn Ⅳ ½ № ™ … ´ ª',
    'نقلا عن الجزيرة\u200cها، ١٢٣',
    '漢字かな ｶﾞ 한글 \ud83d\ude00\ud83d x',
    ' - .. ',
    '',
  ])('%s', (text) => {
    expect(foldWords(text)).toEqual(byTheRule(text));
    expect(foldText(text)).toBe(byTheRule(text).join(' '));
  });

  test('every character, alone and inside a word', () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0x1_ffff; code++) {
      const text = `${String.fromCodePoint(code)} a${String.fromCodePoint(code)}B`;
      if (foldText(text) !== byTheRule(text).join(' ')) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});

test('words are counted up to the number asked for', () => {
  expect(hasWords('', 1)).toBe(false);
  expect(hasWords('at dawn', 2)).toBe(true);
  expect(hasWords('at dawn', 3)).toBe(false);
});

test.each(['—', ' ', ' .', 'é', 'a\u0301', 'Σ'])('time is linear in a text of “%s”', (part) => {
  return expectLinear((size) => foldText(part.repeat(size)), 200_000);
});
