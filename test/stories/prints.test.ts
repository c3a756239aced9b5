/** Fingerprints of passages: what is promised of winnowing, and what it must not cost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printsOf } from '../../src/stories/prints.ts';
import { expectLinear } from '../expect-linear.ts';

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const words = (least: number, most: number) => fc.array(word, { minLength: least, maxLength: most });

describe('eight words in a row', () => {
  test('are found in two texts wherever they stand, and whatever stands around them', () => {
    fc.assert(
      fc.property(words(8, 8), words(0, 30), words(0, 30), words(0, 30), words(0, 30), (shared, a, b, c, d) => {
        const one = new Set(printsOf([...a, ...shared, ...b].join(' ')));
        const other = printsOf([...c, ...shared, ...d].join(' '));
        expect(other.some((print) => one.has(print))).toBe(true);
      }),
    );
  });

  test('are found under other case, accents, punctuation and spaces', () => {
    const one = printsOf('La police est arrivée à l’aube, avec trois camions, près du canal');
    const other = printsOf('LA POLICE est arrivee à l aube avec\ntrois camions – près du canal!');
    expect([...one]).toEqual([...other]);
    expect(one.length).toBeGreaterThan(1);
  });

  test('are found in scripts that put no spaces between words', () => {
    const shared = '今天早上警察来到营地带走了帐篷和毯子';
    const one = new Set(printsOf(`新闻：${shared}。没有人知道去哪里`));
    expect(printsOf(`他们说${shared}`).some((print) => one.has(print))).toBe(true);
  });
});

test('texts that share nothing share no fingerprint', () => {
  const one = new Set(printsOf(Array.from({ length: 3_000 }, (_, n) => `a${n}`).join(' ')));
  const other = printsOf(Array.from({ length: 3_000 }, (_, n) => `b${n}`).join(' '));
  expect(other.filter((print) => one.has(print))).toHaveLength(0);
});

test('two in five shingles are kept, each fingerprint once, in the order of the text', () => {
  const text = Array.from({ length: 2_000 }, (_, n) => `w${(n * 7_919) % 2_003}`).join(' ');
  const prints = printsOf(text);
  expect(prints.length).toBeGreaterThan(1_996 * 0.33);
  expect(prints.length).toBeLessThan(1_996 * 0.47);
  expect(new Set(prints).size).toBe(prints.length);
  const beginning = printsOf(text.split(' ').slice(0, 500).join(' '));
  expect([...prints].slice(0, beginning.length - 4)).toEqual([...beginning].slice(0, -4));
});

test('fewer than five words have none, and web addresses are no words', () => {
  expect(printsOf('four words are few').length).toBe(0);
  expect(printsOf('')).toHaveLength(0);
  expect([...printsOf('see the whole call here https://a.example/x?y=1 and pass it on')]).toEqual([
    ...printsOf('see the whole call here https://other.example/zz and pass it on'),
  ]);
});

test('a long text costs in proportion', async () => {
  await expectLinear((size) => printsOf('https://x '.repeat(size).concat('è '.repeat(size))), 6_000);
});

test('are those that archives hold: stories of years would fall apart with others', () => {
  expect([...printsOf('the police came at dawn with three lorries and took the tents away')]).toEqual([
    -1292393008, -1341245020, -1272031897,
  ]);
  expect([...printsOf('ہم نے دیکھا que la police était là ẞ à l’aube')]).toEqual([202290074, 293748700, -1798792401]);
});

test('are the same whatever kind of text a passage stands in', () => {
  const passage = Array.from({ length: 40_000 }, (_, n) => `w${(n * 7_919) % 20_011}`).join(' ');
  for (const words of [passage.slice(0, 200), passage.slice(0, 30_000), passage]) {
    const alone = printsOf(words);
    for (const others of [' é', ' ß', ' 警']) {
      const prints = printsOf(words + others);
      expect([...prints.slice(0, alone.length - 8)]).toEqual([...alone.slice(0, -8)]);
    }
  }
});
