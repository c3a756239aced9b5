/** What of a text is the same in all its translations. */
import { describe, expect, test } from 'vitest';
import { namesKept } from '../../src/stories/names-kept.ts';
import { expectLinear } from '../expect-linear.ts';

/** Forty words without a name, so that the text is long enough to be looked at. */
const filler = `${'the rain fell on the roofs and nobody went out for bread or milk '.repeat(4)}. `;
const germanFiller =
  'der Regen fiel auf die Dächer und niemand ging für Brot oder Milch auf die Straße, weil der Wind die Fenster und die Türen schlug und die Kinder in der Küche saßen, wo die Großmutter mit dem Löffel in der Suppe rührte und die Katze auf dem Ofen schlief. ';

function kept(text: string, title = '', days: readonly string[] = []): string[] {
  return namesKept(title, filler + text, days);
}

describe('numbers are what they are in every language', () => {
  test.each([
    ['80 000, 80.000, 80,000 and 80’000', ['80000']],
    ['٨٠٬٠٠٠ ۴۱۵', ['80000', '415']],
    ['at 6 pm, à 18 h', ['18']],
    ['7h30, 7:30 and 7.30', ['730']],
    ['4.30 pm or 16h30', ['1630']],
    ['0161 496 0812', ['01614960812']],
    ['7,5 or 7.5', ['75']],
    ['in 2026, 5 people', []],
    ['on 3.3.2026 and 2026-03-03', []],
  ])('%s', (text, names) => {
    expect(kept(text)).toEqual(names);
  });
  test('the number of a day that is named is no number beside it', () => {
    expect(kept('on 18 March 27 came', '', ['3-18'])).toEqual(['27']);
  });
});

describe('names', () => {
  test('are words with a capital inside a sentence, without marks', () => {
    expect(kept('People of Téteghem met. Nobody came. We met Cédric Herrou.')).toEqual([
      'teteghem',
      'cedric',
      'herrou',
    ]);
  });
  test('are acronyms anywhere, and no months', () => {
    expect(kept('CRS came in March.')).toEqual(['crs']);
  });
  test('where all nouns have capitals, are what stands together, and places', () => {
    expect(namesKept('', `${germanFiller}Wir fahren nach Mytilini zur Band Rebetiko Nuevo in der Stadt.`)).toEqual([
      'mytilini',
      'band',
      'rebetiko',
      'nuevo',
    ]);
  });
  test('are Latin words in a text of another script', () => {
    const arabic = 'نزل المطر على السطوح ولم يخرج أحد لشراء الخبز أو الحليب في ذلك اليوم البارد '.repeat(4);
    expect(namesKept('', `${arabic} شركة Mitie و Practice Plus`)).toEqual(['mitie', 'practice', 'plus']);
  });
  test('none, where nearly every word has a capital', () => {
    expect(namesKept('', 'We Ask You All To Come And See What They Do '.repeat(5))).toEqual([]);
  });
});

test('hosts of addresses and mail', () => {
  expect(kept('write to us@harbour.example or see https://www.quay.example/a')).toEqual([
    'harbour.example',
    'quay.example',
  ]);
});

test('a title adds its own behind those of the text', () => {
  expect(kept('In Calais 14 people', 'What 126 people say in Calais')).toEqual(['calais', '14', '126']);
});

test('nothing is kept of a notice', () => {
  expect(namesKept('Meeting in Calais', 'On 3 March at 18:00, Quai de la Moselle 14.')).toEqual([]);
});

test.each(['12 ', '0 12 34 ', 'a.b', 'Abc ', 'A', '1', '1 000', '. A', '٣'])(
  'a long text of “%s” costs in proportion',
  async (piece) => {
    await expectLinear((size) => namesKept(piece.repeat(20), piece.repeat(size)), 20_000);
  },
);
