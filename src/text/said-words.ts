/**
 * A text → what it says, word by word: two texts with the same words here say the same, however they are set (quotation
 * marks, dashes, capitals, spaces, ligatures, punctuation). Finer than what texts are recognised by: accents count.
 */

/** What joins letters or hides in words without being read, and the stroke that stretches Arabic letters. */
const unread = /\p{Cf}|\u034f|\u0640|[\ufe00-\ufe0f]/gu;
/** Letters and digits; signs that change what a number says; letters of scripts that put no spaces between words, each by itself. */
const said =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}\p{N}])+|[%‰\p{Sc}]/gu;

/** In the order of the text. Linear. */
export function saidWords(text: string): string[] {
  return text.normalize('NFKC').replace(unread, '').toLowerCase().match(said) ?? [];
}
