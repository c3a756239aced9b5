/** E-mail addresses in a text: as they are, and as people write them to hide them from machines. */
import type { Found } from './phone-numbers.ts';

/** Parts of an address stand left and right of the sign; no longer ones are looked for. */
const local = /[\p{L}\p{N}._%+-]{1,64}$/u;
const domain = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})(?:\.[\p{L}\p{N}-]{1,63}){1,6}/u;
const hiddenSign =
  /\s{0,3}[[({<]\s{0,2}(?:at|ad|arobase|arobas|chez|ät|arroba|chiocciola|klammeraffe|@|آت|ات|في)\s{0,2}[\])}>]\s{0,3}|\s(?:at|arobase|arroba|chiocciola)\s/giu;
const hiddenDomain =
  /^[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(?:(?:\s{0,2}[[({<]\s{0,2}(?:dot|point|punkt|punto|\.)\s{0,2}[\])}>]\s{0,2}|\s(?:dot|point|punkt|punto)\s|\.)[\p{L}\p{N}-]{1,63}){1,6}/iu;
const dotWord =
  /\s{0,2}[[({<]\s{0,2}(?:dot|point|punkt|punto|\.)\s{0,2}[\])}>]\s{0,2}|\s(?:dot|point|punkt|punto)\s/giu;
/** A picture for sharp screens, `photo@2x.png`. */
const fileEnding = /\.(?:png|jpe?g|gif|webp|svg|css|js)$/i;

const longestLocal = 64;
const longestDomain = 255;

export function emailAddressesIn(text: string): readonly Found[] {
  return [...plainIn(text), ...hiddenIn(text)].sort((a, b) => a.from - b.from);
}

function plainIn(text: string): Found[] {
  const found: Found[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const [left = ''] = local.exec(text.slice(Math.max(0, at - longestLocal), at)) ?? [];
    const [right = ''] = domain.exec(text.slice(at + 1, at + 1 + longestDomain)) ?? [];
    const before = text[at - left.length - 1] ?? ' ';
    // @name@host is where somebody writes, and a slash before it an address of a page.
    if (left === '' || right === '' || before === '@' || before === '/' || fileEnding.test(right)) continue;
    found.push({ from: at - left.length, to: at + 1 + right.length, key: `${left}@${right}`.toLowerCase() });
  }
  return found;
}

/** `name (at) host (dot) org`; without brackets only where the dot is written out too. */
function hiddenIn(text: string): Found[] {
  const found: Found[] = [];
  for (const sign of text.matchAll(hiddenSign)) {
    const end = sign.index + sign[0].length;
    const [left = ''] = local.exec(text.slice(Math.max(0, sign.index - longestLocal), sign.index)) ?? [];
    const [right = ''] = hiddenDomain.exec(text.slice(end, end + longestDomain)) ?? [];
    const isBare = /^\s\p{L}+\s$/u.test(sign[0]);
    if (left === '' || right === '' || (isBare && right.search(dotWord) < 0)) continue;
    const host = right.replace(dotWord, '.').toLowerCase();
    found.push({ from: sign.index - left.length, to: end + right.length, key: `${left.toLowerCase()}@${host}` });
  }
  return found;
}
