/**
 * What eyes make of a colour: how far it stands out from another (relative luminance and contrast ratio of WCAG 2.2,
 * https://www.w3.org/TR/WCAG22/#dfn-relative-luminance), and its lightness, chroma and hue (OKLCH, by the matrices of
 * https://bottosson.github.io/posts/oklab/). Pure.
 */

/** `#rrggbb`, in small letters. */
export type Colour = string;

/** Red, green and blue as light, 0 to 1. */
type Light = readonly [red: number, green: number, blue: number];

/** 0 to 1, 0 to about 0.4, and an angle in radians. */
export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

function lightOf(colour: Colour): Light {
  const part = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

function colourOf(light: Light): Colour {
  const digits = light.map((part) => {
    const value = part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055;
    return Math.round(Math.min(1, Math.max(0, value)) * 255)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${digits.join('')}`;
}

function luminance(colour: Colour): number {
  const [red, green, blue] = lightOf(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 (the same) to 21 (black on white). */
export function contrast(one: Colour, other: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

export function toOklch(colour: Colour): Oklch {
  const [red, green, blue] = lightOf(colour);
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, b),
    hue: Math.atan2(b, a),
  };
}

function toLight({ lightness, chroma, hue }: Oklch): Light {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const isOnScreens = (light: Light): boolean => light.every((part) => part >= -0.0001 && part <= 1.0001);

/** What screens cannot show becomes paler until they can: lightness and hue stay (CSS Color 4, §13.2). */
export function fromOklch(wanted: Oklch): Colour {
  let [most, least] = [wanted.chroma, 0];
  if (isOnScreens(toLight(wanted))) return colourOf(toLight(wanted));
  for (let step = 0; step < 20; step++) {
    const chroma = (most + least) / 2;
    if (isOnScreens(toLight({ ...wanted, chroma }))) least = chroma;
    else most = chroma;
  }
  return colourOf(toLight({ ...wanted, chroma: least }));
}
