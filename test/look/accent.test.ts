/** The accent can be read on any paper of ours, whatever colour a maintainer gives, and stays that colour. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { feedStyleFor } from '../../src/publish/feeds/feed-style.ts';
import { accentsOf, leastContrast, papers } from '../../src/publish/look/accent.ts';
import { type Colour, contrast, fromOklch, toOklch } from '../../src/publish/look/colour.ts';
import { iconDocuments } from '../../src/publish/pages/icon.ts';
import { styleSheetFor } from '../../src/publish/pages/style.ts';

const colours = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);

/** Angle between two hues, in degrees. */
function turn(one: Colour, other: Colour): number {
  const apart = Math.abs(toOklch(one).hue - toOklch(other).hue) % (2 * Math.PI);
  return (Math.min(apart, 2 * Math.PI - apart) * 180) / Math.PI;
}

test('the ratios are those of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
  expect(contrast('#ff0000', '#ffffff')).toBeCloseTo(3.998, 3);
});

test('OKLCH there and back is the same colour', () => {
  fc.assert(
    fc.property(colours, (colour) => {
      expect(fromOklch(toOklch(colour))).toBe(colour);
    }),
    { numRuns: 2_000 },
  );
});

describe('any colour', () => {
  test('can be read on light paper and in the dark, also as the ground of a button', () => {
    fc.assert(
      fc.property(colours, (colour) => {
        const accents = accentsOf({ colour });
        for (const scheme of ['light', 'dark'] as const)
          for (const ground of Object.values(papers[scheme]))
            expect(contrast(accents[scheme], ground)).toBeGreaterThanOrEqual(leastContrast);
      }),
      { numRuns: 2_000 },
    );
  });

  test('keeps its hue, and is left alone where it can be read', () => {
    fc.assert(
      fc.property(colours, (colour) => {
        const accents = accentsOf({ colour });
        for (const scheme of ['light', 'dark'] as const) {
          const [accent, { paper, field }] = [accents[scheme], papers[scheme]];
          if (contrast(colour, paper) >= leastContrast && contrast(colour, field) >= leastContrast)
            expect(accent).toBe(colour);
          // Of what is nearly grey the hue is lost in 256 steps.
          if (Math.min(toOklch(colour).chroma, toOklch(accent).chroma) > 0.04)
            expect(turn(colour, accent)).toBeLessThan(4);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('moves no further than it must', () => {
    fc.assert(
      fc.property(colours, (colour) => {
        const { light, dark } = accentsOf({ colour });
        if (light !== colour) expect(contrast(light, papers.light.paper)).toBeLessThan(4.75);
        if (dark !== colour) expect(contrast(dark, papers.dark.field)).toBeLessThan(4.75);
      }),
    );
  });
});

test('pages, feeds and the icon are drawn in it; without one in ours', () => {
  const { light, dark } = accentsOf({ colour: '#8a1c1c' });
  expect([light, dark === light]).toEqual(['#8a1c1c', false]);
  for (const sheet of [styleSheetFor, feedStyleFor]) {
    expect(sheet({ colour: '#8a1c1c' })).toContain(`--accent: ${light};`);
    expect(sheet({ colour: '#8a1c1c' })).toContain(`--accent: ${dark};`);
    expect(sheet({})).toContain('--accent: #0a5566;');
    expect(sheet({})).toContain('--accent: #86cdd8;');
  }
  expect(iconDocuments({ colour: '#8a1c1c' })[0]?.body).toContain('stroke="#8a1c1c"');
});

test('ours can be read too', () => {
  for (const scheme of ['light', 'dark'] as const)
    for (const ground of Object.values(papers[scheme]))
      expect(contrast(accentsOf({})[scheme], ground)).toBeGreaterThanOrEqual(leastContrast);
});
