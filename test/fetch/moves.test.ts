/** When a redirect becomes the address that is asked: what is counted, what is not, and what it takes. */
import { describe, expect, test } from 'vitest';
import { confirmMove, sightMove } from '../../src/fetch/moves.ts';
import type { Hop, Move } from '../../src/model.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse('2025-03-01T03:00Z');
const asked = 'https://old.example/feed';
const to = 'https://new.example/feed';

const hops = (...statuses: number[]): Hop[] =>
  statuses.map((status, at) => ({ status, to: at === statuses.length - 1 ? to : `https://step.example/${at}` }));
const move = (part: Partial<Move> = {}): Move => ({ to, since: now, sightings: 1, last: now, ...part });
const attested = move({ since: now - 7 * day, sightings: 4, last: now - day });

/** Sightings at those instants, one after the other. */
function seenAt(...instants: number[]): ReturnType<typeof sightMove> {
  let seen: ReturnType<typeof sightMove> = { move: undefined, adopt: undefined };
  for (const at of instants) seen = sightMove(seen.move, asked, hops(301), at);
  return seen;
}

describe('a permanent redirect', () => {
  test('is remembered from the first sighting', () => {
    expect(sightMove(undefined, asked, hops(301), now)).toEqual({ move: move(), adopt: undefined });
  });

  test.each<readonly [string, readonly number[], string | undefined]>([
    ['daily for six days', [0, 1, 2, 3, 4, 5, 6].map((at) => now + at * day), undefined],
    ['daily for seven days', [0, 1, 2, 3, 4, 5, 6, 7].map((at) => now + at * day), to],
    ['four times in a week', [0, 2, 4, 7].map((at) => now + at * day), undefined],
    ['five times in ten days', [0, 2, 4, 6, 10].map((at) => now + at * day), to],
    [
      'once, and five times in a minute a week later',
      [0, 0, 1, 2, 3, 4].map((s, at) => now + (at && 7 * day) + s),
      undefined,
    ],
    ['once, and hourly a week later', [0, 168, 169, 170, 171].map((at) => now + at * hour), to],
    ['again after a month of nothing', [0, 2, 4, 6, 37].map((at) => now + at * day), undefined],
    ['weekly', [0, 7, 14, 21, 28].map((at) => now + at * day), to],
  ])('%s', (_name, instants, adopt) => {
    expect(seenAt(...instants).adopt).toBe(adopt);
  });

  test('counts at most once an hour, however often the source is asked', () => {
    const quarters = Array.from({ length: 9 }, (_, at) => now + at * 15 * 60_000);
    expect(seenAt(...quarters).move).toEqual(move({ sightings: 3, last: now + 2 * hour }));
  });

  test('is counted on after a clock that ran a day ahead', () => {
    const ahead = move({ since: now + day, last: now + day });
    expect(sightMove(ahead, asked, hops(301), now).move).toEqual(move({ sightings: 2 }));
  });
});

describe('with a week and four sightings behind it, an answer', () => {
  test.each<readonly [string, readonly Hop[], { readonly move: Move | undefined; readonly adopt: string | undefined }]>(
    [
      ['by 301', hops(301), { move: { ...attested, sightings: 5, last: now }, adopt: to }],
      ['by 308', hops(308), { move: { ...attested, sightings: 5, last: now }, adopt: to }],
      ['by two permanent hops', hops(301, 308), { move: { ...attested, sightings: 5, last: now }, adopt: to }],
      ['by 302', hops(302), { move: attested, adopt: undefined }],
      ['by 303', hops(303), { move: attested, adopt: undefined }],
      ['by 307', hops(307), { move: attested, adopt: undefined }],
      ['by a temporary hop first', hops(302, 301), { move: attested, adopt: undefined }],
      ['by a temporary hop last', hops(301, 307), { move: attested, adopt: undefined }],
      ['without a redirect', [], { move: undefined, adopt: undefined }],
      [
        'from elsewhere',
        [{ status: 301, to: 'https://third.example/' }],
        { move: move({ to: 'https://third.example/' }), adopt: undefined },
      ],
      ['back at the address asked', [{ status: 301, to: asked }], { move: undefined, adopt: undefined }],
    ],
  )('%s', (_name, trail, expected) => {
    expect(sightMove(attested, asked, trail, now)).toEqual(expected);
  });
});

describe('only https is added', () => {
  test.each<readonly [string, string, number, boolean]>([
    ['http://a.example/feed', 'https://a.example/feed', 301, true],
    ['http://a.example/feed?x=1', 'https://a.example/feed?x=1', 308, true],
    ['http://a.example', 'https://a.example/', 301, true],
    ['http://a.example:80/feed', 'https://a.example/feed', 301, true],
    ['http://a.example/feed', 'https://a.example/feed', 302, false],
    ['http://a.example/feed', 'https://a.example/feed', 307, false],
    ['http://a.example/feed', 'https://www.a.example/feed', 301, false],
    ['http://a.example/feed', 'https://a.example/feed/', 301, false],
    ['http://a.example/feed', 'https://a.example/feed?x=1', 301, false],
    ['http://a.example:8080/feed', 'https://a.example:8443/feed', 301, false],
    ['https://a.example/feed', 'http://a.example/feed', 301, false],
  ])('%s → %s by %i: %s', (from, target, status, isAdopted) => {
    const seen = sightMove(undefined, from, [{ status, to: target }], now);
    expect(seen.adopt).toBe(isAdopted ? target : undefined);
    expect(confirmMove(seen, from, false).adopt).toBe(isAdopted ? target : undefined);
  });
});

describe('the last word', () => {
  const seen = { move: { ...attested, sightings: 5, last: now }, adopt: to };

  test('with an item in common the address is adopted, and there is no move left', () => {
    expect(confirmMove(seen, asked, true)).toEqual({ move: undefined, adopt: to });
  });

  test('without one it is not, and nothing is forgotten', () => {
    expect(confirmMove(seen, asked, false)).toEqual({ move: seen.move, adopt: undefined });
  });

  test('what is not attested is not adopted by an item in common', () => {
    expect(confirmMove({ move: attested, adopt: undefined }, asked, true)).toEqual({
      move: attested,
      adopt: undefined,
    });
  });
});
