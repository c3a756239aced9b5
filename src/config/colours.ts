/** What somebody meant who wrote a colour otherwise than as `#8a1c1c`. Pure. */

/** `#8a1c1c`, or short `#811`. */
export const colourPattern = /^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$/;

/** Those of CSS that somebody would give a site. */
const names: Readonly<Record<string, string>> = {
  black: '#000000', gray: '#808080', grey: '#808080', silver: '#c0c0c0', white: '#ffffff', red: '#ff0000', maroon: '#800000',
  darkred: '#8b0000', crimson: '#dc143c', firebrick: '#b22222', brown: '#a52a2a', orange: '#ffa500', darkorange: '#ff8c00',
  tomato: '#ff6347', gold: '#ffd700', yellow: '#ffff00', olive: '#808000', lime: '#00ff00', green: '#008000',
  darkgreen: '#006400', forestgreen: '#228b22', seagreen: '#2e8b57', teal: '#008080', turquoise: '#40e0d0', aqua: '#00ffff',
  cyan: '#00ffff', darkcyan: '#008b8b', blue: '#0000ff', darkblue: '#00008b', navy: '#000080', midnightblue: '#191970',
  royalblue: '#4169e1', steelblue: '#4682b4', skyblue: '#87ceeb', slateblue: '#6a5acd', indigo: '#4b0082', purple: '#800080',
  rebeccapurple: '#663399', violet: '#ee82ee', magenta: '#ff00ff', fuchsia: '#ff00ff', pink: '#ffc0cb', hotpink: '#ff69b4',
  deeppink: '#ff1493', salmon: '#fa8072', coral: '#ff7f50', chocolate: '#d2691e', sienna: '#a0522d', slategray: '#708090',
}; // biome-ignore format: a list of pairs reads better in rows

/** @returns a colour in the form that is wanted, with quotation marks; undefined where nobody knows */
export function guessColour(written: string): string | undefined {
  const text = written.trim().toLowerCase();
  const named = names[text.replaceAll(/[\s_-]/g, '')];
  if (named !== undefined) return JSON.stringify(named);
  if (/^[0-9a-f]{3}$|^[0-9a-f]{6}$/.test(text)) return JSON.stringify(`#${text}`);
  const [, digits] = /^(?:#|0x)([0-9a-f]{6})(?:[0-9a-f]{2})?$/.exec(text) ?? []; // the last two say how much shines through
  if (digits !== undefined) return JSON.stringify(`#${digits}`);
  const [, parts = ''] = /^rgba?\((.*)\)$/.exec(text) ?? [];
  const numbers = parts.split(/[\s,/]+/).filter((part) => part !== '');
  if (numbers.length < 3 || numbers.length > 4) return undefined;
  const hex = numbers.slice(0, 3).map((part) => hexOf(part));
  return hex.includes(undefined) ? undefined : JSON.stringify(`#${hex.join('')}`);
}

function hexOf(part: string): string | undefined {
  const [, number, percent] = /^([0-9]{1,3})(?:\.[0-9]+)?(%?)$/.exec(part) ?? [];
  if (number === undefined) return undefined;
  const value = percent === '%' ? Math.round((Number(number) * 255) / 100) : Number(number);
  return value > 255 ? undefined : value.toString(16).padStart(2, '0');
}

/** In small letters, with six digits. @param text one that colourPattern accepts */
export function colourOf(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === 7 ? lower : lower.replace(/[0-9a-f]/g, '$&$&');
}
