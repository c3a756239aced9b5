/**
 * The accent: of the one colour that a maintainer gives, what is drawn with it on light paper and in the dark. Its hue stays, and
 * its lightness moves, no further than it must, until accent on paper and paper on accent can be read.
 */
import type { Site } from '../../model.ts';
import { type Colour, contrast, fromOklch, toOklch } from './colour.ts';

/** What letters stand on, and what fields are filled with. */
export const papers = {
  light: { paper: '#f6f7f4', field: '#ffffff' },
  dark: { paper: '#101517', field: '#182024' },
} as const;

/** Of letters of any size, either way round (WCAG 2.2, 1.4.3 level AA). */
export const leastContrast = 4.5;

export interface Accents {
  readonly light: Colour;
  readonly dark: Colour;
}

const ours: Accents = { light: '#0a5566', dark: '#86cdd8' };

/** Of lightness, from 0 to 1. */
const step = 0.004;

/** Both, as the site's colour has them; ours where it names none. */
export function accentsOf({ colour }: Pick<Site, 'colour'>): Accents {
  if (colour === undefined) return ours;
  const known = kept.get(colour);
  if (known !== undefined) return known;
  const accents = { light: legible(colour, papers.light, -step), dark: legible(colour, papers.dark, step) };
  kept.clear(); // a site has one
  kept.set(colour, accents);
  return accents;
}

/** A mail asks for each of its links. */
const kept = new Map<Colour, Accents>();

/** Ends with black, or white, at the latest. @param by what lightness moves by, away from that of the paper */
function legible(colour: Colour, { paper, field }: (typeof papers)['light' | 'dark'], by: number): Colour {
  const isLegible = (one: Colour): boolean =>
    contrast(one, paper) >= leastContrast && contrast(one, field) >= leastContrast;
  if (isLegible(colour)) return colour;
  const { lightness, chroma, hue } = toOklch(colour);
  for (let moved = lightness + by; moved > 0 && moved < 1; moved += by) {
    const tried = fromOklch({ lightness: moved, chroma, hue });
    if (isLegible(tried)) return tried;
  }
  return by < 0 ? '#000000' : '#ffffff';
}
