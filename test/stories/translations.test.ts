/** Which of many texts in several languages are one statement: found by keys, decided by what they keep. */
import { describe, expect, test } from 'vitest';
import { overlapOf, sideOf } from '../../src/stories/overlap.ts';
import { relate } from '../../src/stories/relate.ts';
import type { Ties } from '../../src/stories/ties.ts';
import { namesKeys } from '../../src/stories/translations.ts';
import type { Compared, Relation } from '../../src/story-plan.ts';
import { compared, noTies } from './builders.ts';
import { type Statement, statements, strangers } from './statements.ts';
import { paragraphs } from './texts.ts';

const texts = [...statements, ...strangers];
const dayMs = 86_400_000;

interface Given {
  readonly source?: string;
  readonly at?: number;
  readonly langs?: readonly string[];
}

function comparedAs(statement: Statement, id: number, given: Given = {}): Compared {
  const { lang, day } = statement;
  const { source = `${id}.example`, at = Date.parse(`2026-${day}`), langs = [lang] } = given;
  const one = compared(id, statement, { sourceKey: source, date: at, lang, langs });
  return { ...one, keys: namesKeys(one.imprint.names, one.imprint.days, one.imprint.title) };
}

function stand(a: Compared, b: Compared, given: Partial<Ties> = {}, areOnePartner = false): Relation | undefined {
  const ties: Ties = { ...noTies, ...given };
  const overlap = overlapOf(sideOf(a.imprint.prints), sideOf(b.imprint.prints));
  return relate({ a, b, ties, overlap, areOnePartner, isOpen: false });
}

const haveKey = (a: Compared, b: Compared): boolean => a.keys.some(({ key }) => b.keys.some((one) => one.key === key));
const one = (of: string, lang: string): Statement => {
  const found = statements.find((statement) => statement.of === of && statement.lang === lang);
  if (found === undefined) throw new RangeError(`${of} ${lang}`);
  return found;
};

test('of our own statements every translation is found, and none of what only sounds like one', () => {
  const all = texts.map((statement, id) => comparedAs(statement, id));
  const pairs = all.flatMap((a, at) => all.slice(at + 1).map((b) => [a, b] as const));
  const nameOf = ({ id }: Compared): string => `${texts[id]?.of} ${texts[id]?.lang}`;
  const isOne = (a: Compared, b: Compared): boolean => texts[a.id]?.of !== '' && texts[a.id]?.of === texts[b.id]?.of;
  const told = (of: readonly (readonly [Compared, Compared])[]): string[] =>
    of.map(([a, b]) => `${nameOf(a)} = ${nameOf(b)}`);
  const found = pairs.filter(([a, b]) => haveKey(a, b) && stand(a, b)?.kind === 'translation');
  expect(told(found)).toEqual(told(pairs.filter(([a, b]) => isOne(a, b))));
  expect(found.length).toBeGreaterThanOrEqual(20);
  // Also without keys, which find few pairs: the decision itself has nothing false.
  expect(told(pairs.filter(([a, b]) => stand(a, b)?.kind === 'translation' && !isOne(a, b)))).toEqual([]);
});

test('the reason names what they have in common', () => {
  const reasons = stand(comparedAs(one('bus', 'de'), 1), comparedAs(one('bus', 'en'), 2))?.reasons;
  expect(reasons?.[0]).toMatchObject({ code: 'same-names', detail: expect.stringContaining('1870') });
});

describe('is no translation', () => {
  const [en, fr] = [one('hangar', 'en'), one('hangar', 'fr')];
  test('the same more than a month later', () => {
    const date = Date.parse('2026-03-04');
    const later = (days: number): string | undefined =>
      stand(comparedAs(en, 1, { at: date }), comparedAs(fr, 2, { at: date + days * dayMs }))?.kind;
    expect([later(30), later(31)]).toEqual(['translation', undefined]);
  });
  test('another post of one source, unless both came at once', () => {
    const date = Date.parse('2026-03-04');
    const here = { source: 'one.example', at: date };
    const later = { source: 'one.example', at: date + 2 * dayMs };
    expect(stand(comparedAs(en, 1, here), comparedAs(fr, 2, later))).toBeUndefined();
    expect(stand(comparedAs(en, 1, here), comparedAs(fr, 2, here))?.kind).toBe('translation');
  });
  test('a text with one that is in both languages, or in one that nobody knows', () => {
    expect(stand(comparedAs(en, 1), comparedAs(fr, 2, { langs: ['fr', 'en'] }))).toBeUndefined();
    expect(stand(comparedAs(en, 1), comparedAs(fr, 2, { langs: ['und'] }))).toBeUndefined();
  });
  test('a text three times as long', () => {
    const long = { ...fr, text: `${fr.text} ${'Il pleut encore sur la ville et personne ne sort. '.repeat(25)}` };
    expect(stand(comparedAs(en, 1), comparedAs(long, 2))).toBeUndefined();
  });
  test('a text whose names stand in a passage that both carry', () => {
    const under = (text: string, lang: string): Statement => ({ ...en, title: '', lang, text: `${text} ${en.text}` });
    const [a, b] = [under(paragraphs[0] ?? '', 'en'), under('Il pleut sur la ville et personne ne sort.', 'fr')];
    expect(stand(comparedAs(a, 1), comparedAs(b, 2))?.kind).not.toBe('translation');
  });
});

test('a text that names its original in another language is no part of it, however short both are', () => {
  const short = (of: Statement): Statement => ({ ...of, title: 'Calais, Quai de la Moselle', text: 'Calais.' });
  const [en, fr] = [comparedAs(short(one('hangar', 'en')), 1), comparedAs(short(one('hangar', 'fr')), 2)];
  const claims = [{ by: 2, kind: 'page', detail: '1.example/hangar' }] as const;
  expect(stand(en, fr, { claims })?.kind).toBe('translation');
});

test('who credits the other group needs fewer names in common', () => {
  const plain = (lang: string, text: string): Statement => ({ of: '', lang, day: '03-04', title: '', text });
  const en = comparedAs(
    plain(
      'en',
      'They came on 3 March when it was still dark, and told all 126 people that a bus would bring them from Calais to Croisilles. Nobody was asked who wanted to go. Whoever stayed behind had to leave the hall before noon, without a roof and without a word.',
    ),
    1,
  );
  const de = comparedAs(
    plain(
      'de',
      'Sie kamen am 3. März, als es noch dunkel war, und sagten allen 126 Menschen, dass ein Bus sie von Calais nach Croisilles bringt. Niemand wurde gefragt, wer mitfahren will. Wer blieb, musste die Halle vor dem Mittag verlassen, ohne ein Dach und ohne ein Wort.',
    ),
    2,
  );
  const claims = [{ by: 2, kind: 'group', detail: 'Übersetzung von One' }] as const;
  expect([stand(en, de)?.kind, stand(en, de, { claims })?.kind]).toEqual([undefined, 'translation']);
});

describe('pages that are named as the same in another language', () => {
  const [en, fr] = [
    { ...one('hangar', 'en'), text: 'A short notice.', title: 'Notice' },
    { ...one('hangar', 'fr'), text: 'Une annonce.', title: 'Annonce' },
  ];
  const alternates = (of: readonly number[], areOnePartner: boolean): string | undefined =>
    stand(comparedAs(en, 1), comparedAs(fr, 2), { alternates: of }, areOnePartner)?.kind;
  test('within a group one word is enough; of a stranger both must say so', () => {
    expect(alternates([1], true)).toBe('translation');
    expect(alternates([1], false)).toBeUndefined();
    expect(alternates([1, 2], false)).toBe('translation');
  });
  test('are never made one, whatever else they have in common', () => {
    const ties = { alternates: [1, 2], post: true, title: true, url: 'one.example/a' };
    expect(stand(comparedAs(en, 1), comparedAs(fr, 2), ties, true)?.kind).toBe('translation');
  });
});
