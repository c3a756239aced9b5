/** Bank accounts in a text: IBANs (ISO 13616), by their check digits or by the word before them. */
import type { Found } from './phone-numbers.ts';

const shape = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]{4}){2,7}(?:[ .-]?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/giu;

export function bankAccountsIn(text: string): readonly Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(shape)) {
    const key = match[0].replace(/[ .-]/g, '').toUpperCase();
    const isCalledOne = /\biban[\s:.]*$/i.test(text.slice(Math.max(0, match.index - 12), match.index));
    if (key.length <= 34 && (isCalledOne || isValid(key)))
      found.push({ from: match.index, to: match.index + match[0].length, key });
  }
  return found;
}

function isValid(account: string): boolean {
  let rest = 0;
  for (const sign of account.slice(4) + account.slice(0, 4)) rest = Number(`${rest}${Number.parseInt(sign, 36)}`) % 97;
  return rest === 1;
}
