/** How many columns of a terminal a text takes: marks take none, the signs of Chinese, Japanese, Korean and pictures two. */

const takesNone = /^[\p{M}\p{Cf}]$/u;
/** https://www.unicode.org/reports/tr11/ (W and F), as far as scripts and properties that expressions know say it. */
const takesTwo =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;

export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += takesNone.test(sign) ? 0 : takesTwo.test(sign) ? 2 : 1;
  return width;
}

/** Cut or filled up to so many columns. */
export function fitted(text: string, width: number): string {
  const whole = widthOf(text);
  if (whole <= width) return text + ' '.repeat(width - whole);
  let cut = '';
  let used = 1;
  for (const sign of text) {
    const one = widthOf(sign);
    if (used + one > width) break;
    cut += sign;
    used += one;
  }
  return `${cut}…${' '.repeat(width - used)}`;
}
