/** Excerpts: whole sentences in every script, and never more than was agreed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerptOf } from '../../src/text/excerpt.ts';
import { expectLinear } from '../expect-linear.ts';

const characters = (words: number): number => Math.round((words * 25) / 3);

describe('an excerpt', () => {
  test.each([
    [
      'en',
      10,
      'They came at six. Forty tents are gone. Nobody was told where to go that night.',
      'They came at six. Forty tents are gone.',
    ],
    ['en', 10, 'Come all\nOn Saturday at ten we meet at the old harbour gate, and walk.', 'Come all'],
    [
      'en',
      10,
      'They came at six.\nWhat was taken\nForty tents, and all the sleeping bags of those who slept there.',
      'They came at six.',
    ],
    ['en', 10, 'Short enough. To be whole.', 'Short enough. To be whole.'],
    ['en', 10, 'Dr. Amal Haddad spoke. Then they all walked slowly to the gate of the port.', 'Dr. Amal Haddad spoke.'],
    [
      'de',
      10,
      'Am 24. November kamen sie. Danach wurden alle Zelte zerstört und auf Lastwagen geladen.',
      'Am 24. November kamen sie.',
    ],
    [
      'fr',
      10,
      'Ils sont venus « à six heures ». Où dormir ? Personne ne le sait depuis que le camp est fermé.',
      'Ils sont venus « à six heures ».',
    ],
    [
      'ar',
      10,
      'وصلوا في السادسة صباحا. أين ينام الناس؟ لا أحد يعرف إلى أين يذهبون بعد أن أغلق المخيم.',
      'وصلوا في السادسة صباحا. أين ينام الناس؟',
    ],
    [
      'fa',
      10,
      'ساعت شش صبح آمدند. مردم کجا بخوابند؟ هیچ کس نمی‌داند پس از بسته شدن اردوگاه کجا برود.',
      'ساعت شش صبح آمدند. مردم کجا بخوابند؟',
    ],
    ['zh', 10, `他们六点来了。${'没有人知道该去哪里'.repeat(20)}。`, '他们六点来了。'],
    [
      'en',
      10,
      'One sentence that goes on and on, and on again, for far more words than fit.',
      'One sentence that goes on and on, and on again…',
    ],
    ['not a tag', 10, 'One. Two.', 'One. Two.'],
    ['en', 10, '', ''],
    ['en', 10, ' \n ', ''],
  ])('in %s of %i words', (lang, words, text, expected) => {
    expect(excerptOf(text, lang, words).text).toBe(expected);
  });

  const ends = ['. ', '? ', '! ', '؟ ', '。', '\n', ' ', ', ', '… ', '.” ', ' 3. ', ' Dr. ', '. . ', '😀 '];
  const texts = fc
    .array(
      fc.tuple(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.lorem({ maxCount: 8 }), fc.constantFrom(...ends)),
      { maxLength: 40 },
    )
    .map((parts) => parts.map((part) => part.join('')).join(''));

  test('is never longer than agreed, is a beginning of the text, and is cut only where no sentence fits', () => {
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 10, max: 80 }),
        fc.constantFrom('en', 'ar', 'fa', 'de', 'und'),
        (text, words, lang) => {
          const { text: shown, isWhole } = excerptOf(text, lang, words);
          expect(shown.length).toBeLessThanOrEqual(characters(words));
          expect((shown.match(/\S+/g) ?? []).length).toBeLessThanOrEqual(words);
          expect(shown.isWellFormed() || !text.isWellFormed()).toBe(true);
          const line = text.replace(/\s+/gu, ' ').trim();
          const begun = shown.replace(/\s+/gu, ' ').trim();
          if (isWhole) expect(line.startsWith(begun)).toBe(true);
          else expect(shown.endsWith('…') && line.startsWith(begun.slice(0, -1))).toBe(true);
          if (isWhole && begun !== line && begun !== '') {
            const next = line.charAt(begun.length);
            const hasLines = /[\n\r\v\f\u0085\u2028\u2029]/.test(text); // whose ends end sentences
            expect(/[\p{P}\p{S}]$/u.test(begun) || hasLines || next === '').toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each(['a. ', 'a ', 'a', '. ', 'Dr. ', '\n'])('is quick with many a %j', async (piece) => {
    await expectLinear(
      (text: string) => excerptOf(text, 'en', 60),
      25_000,
      (size) => piece.repeat(size),
    );
  });
});
