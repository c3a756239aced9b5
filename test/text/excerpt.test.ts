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
    ['en', 10, 'The tel.\u2028Call when you see anything at all of the police at the gate.', 'The tel.'],
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

  test.each([
    ['a heading', 'en', 'What we saw\nOn Monday the police came.', 'What we saw · On Monday the police came.'],
    [
      'items of a list',
      'en',
      'We need:\nwater\nfood\nblankets\nBring them.',
      'We need: water · food · blankets · Bring them.',
    ],
    [
      'no mark of its own',
      'en',
      '“Open the gate!”\nWhy?\nSince…\nHe said –\nCome.',
      '“Open the gate!” Why? Since… He said – Come.',
    ],
    [
      'nor of another script',
      'ar',
      'ماذا رأينا؟\nنحتاج:\nماء،\nطعام؛\nتعالوا.',
      'ماذا رأينا؟ نحتاج: ماء، طعام؛ تعالوا.',
    ],
    ['nor of Chinese', 'zh', '我们看到了。\n他们来了。', '我们看到了。 他们来了。'],
    ['words of Arabic', 'ar', 'ما رأيناه\nيوم الاثنين جاءت الشرطة.', 'ما رأيناه · يوم الاثنين جاءت الشرطة.'],
    ['words of Farsi', 'fa', 'آنچه دیدیم\nروز دوشنبه پلیس آمد.', 'آنچه دیدیم · روز دوشنبه پلیس آمد.'],
    ['a number whose zero is a dot', 'fa', 'خیمه ۱۲\nپتو\n۴۰ نفر', 'خیمه ۱۲، پتو، ۴۰ نفر'],
    ['what has marks of a list already', 'en', 'Needed\n- water\n• food\n– soap', 'Needed - water • food – soap'],
    ['quoted words', 'fr', 'Un mot\n« Ouvrez »\nIls sont venus.', 'Un mot · « Ouvrez » · Ils sont venus.'],
    ['a line that goes on', 'en', 'They came\u2028on Monday\nat six', 'They came on Monday · at six'],
  ])('ends %s where it is put into one line', (_, lang, text, expected) => {
    expect(excerptOf(text, lang, 40)).toEqual({ text: expected, isWhole: true, isAll: true });
    expect(excerptOf(`${text}\n${'word '.repeat(400)}`, lang, 40).text).toBe(expected);
  });

  test('counts the words of the text, and every sign', () => {
    const list = Array.from({ length: 10 }, (_, at) => `item ${at}`).join('\n');
    expect(excerptOf(list, 'en', 20)).toMatchObject({ text: list.replaceAll('\n', ' · '), isAll: true });
    expect(excerptOf(list, 'en', 10)).toMatchObject({
      text: 'item 0 · item 1 · item 2 · item 3 · item 4',
      isAll: false,
    });
    const wide = 'extraordinary\n'.repeat(10);
    expect(excerptOf(wide, 'en', 17).text.length).toBeLessThanOrEqual(characters(17));
    expect(excerptOf(wide, 'en', 17).isAll).toBe(false);
  });

  test('leaves no mark before a cut', () => {
    const seen = excerptOf('Needed · and a sentence that is longer than what has been agreed', 'en', 10).text;
    expect(seen).toBe('Needed · and a sentence that is longer than what…');
    expect(excerptOf(`One two three four five six seven eight nine · ${seen}`, 'en', 10).text).toMatch(/nine…$/);
  });

  const ends = [
    '. ',
    '? ',
    '! ',
    '؟ ',
    '。',
    '\n',
    '\n',
    '\u2028',
    ' ',
    ', ',
    '… ',
    '.” ',
    ' 3. ',
    ' Dr. ',
    '. . ',
    '😀 ',
  ];
  const texts = fc
    .array(
      fc.tuple(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.lorem({ maxCount: 8 }), fc.constantFrom(...ends)),
      { maxLength: 40 },
    )
    .map((parts) => parts.map((part) => part.join('')).join(''));

  const unmarked = (text: string): string => text.replace(/[\s·،]+/gu, ' ').trim();

  test('is never longer than agreed, is a beginning of the text, and is cut only where no sentence fits', () => {
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 10, max: 80 }),
        fc.constantFrom('en', 'ar', 'fa', 'de', 'und'),
        (text, words, lang) => {
          const { text: shown, isWhole } = excerptOf(text, lang, words);
          expect(shown.length).toBeLessThanOrEqual(characters(words));
          expect((shown.match(/\S+/g) ?? []).filter((word) => word !== '·').length).toBeLessThanOrEqual(words);
          expect(shown.isWellFormed() || !text.isWellFormed()).toBe(true);
          const line = unmarked(text);
          const begun = unmarked(shown);
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

  test.each(['a. ', 'a ', 'a', '. ', 'Dr. ', '\n', 'a\n', '\n"', '.\n', '·', '”'])(
    'is quick with many a %j',
    async (piece) => {
      await expectLinear(
        (text: string) => excerptOf(text, 'en', 60),
        25_000,
        (size) => piece.repeat(size),
      );
    },
  );
});
