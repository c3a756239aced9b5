/** Posts in more than one language: which they are, and which paragraph is in which. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Language, SafeHtml } from '../../src/model.ts';
import { cleanHtml } from '../../src/normalise/clean-html.ts';
import { languagesIn, markLanguages } from '../../src/normalise/languages.ts';
import { htmlToText } from '../../src/text/html.ts';
import { detectLanguage } from '../../src/text/language.ts';
import { expectLinear } from '../expect-linear.ts';
import { asBrowserReads } from './judge.ts';

const clean = (html: string): SafeHtml =>
  cleanHtml({ html, base: undefined, lang: undefined }, 'https://a.example/').html;
const marked = (html: string, lang: Language): string => markLanguages(clean(html), lang);
const langsOf = (text: string, lang: Language, isSaid = false): readonly Language[] =>
  languagesIn(text, lang, isSaid).langs;

const en = 'Last night the police cleared the camp near the harbour and took away tents and blankets.';
const en2 = 'We ask everyone who can to bring dry clothes to the warehouse this weekend, and to tell their friends.';
const fr = 'Cette nuit la police a évacué le campement près du port et emporté les tentes et les couvertures.';
const fr2 = 'Nous demandons à toutes celles et ceux qui le peuvent d’apporter des vêtements secs au dépôt.';
const ar = 'أخلت الشرطة الليلة الماضية المخيم القريب من الميناء وأخذت الخيام والبطانيات.';
const ar2 = 'نطلب من كل من يستطيع أن يحضر ملابس جافة إلى المستودع في نهاية الأسبوع.';
const fa = 'دیشب پلیس اردوگاه نزدیک بندر را تخلیه کرد و چادرها و پتوها را با خود برد و رفت.';
const de = 'In der Nacht hat die Polizei das Lager am Hafen geräumt und Zelte und Decken mitgenommen.';

describe('the languages of a text', () => {
  const posts = readFileSync(new URL('../cases/bilingual.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n\n')
    .map((post) => {
      const [head = '', ...lines] = post.split('\n');
      const parts = lines.map((line) => {
        const [lang = '', ...words] = line.split(' ');
        return { lang, text: words.join(' ') };
      });
      return { langs: head.slice(2).split(' '), parts };
    });

  test('of posts in two of them are both, whatever the feed says, and every paragraph says its own', () => {
    expect(posts.length).toBeGreaterThan(15);
    const wrong = posts.flatMap(({ langs, parts }) =>
      [undefined, ...langs].flatMap((declared) => {
        const text = parts.map((part) => part.text).join('\n');
        const told = langsOf(text, detectLanguage(text, [declared]));
        const html = marked(parts.map((part) => `<p>${part.text}</p>`).join(''), told[0] ?? '');
        const heard = html.split('</p>').slice(0, -1);
        const areRight = parts.every(
          ({ lang }, at) => (/ lang="([^"]*)"/.exec(heard[at] ?? '')?.[1] ?? told[0]) === lang,
        );
        return areRight && [...told].sort().join(' ') === [...langs].sort().join(' ') ? [] : [parts[0]?.text];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test.each<[string, string, Language, boolean, readonly Language[]]>([
    ['one', [en, en2].join('\n'), 'en', false, ['en']],
    ['a quotation of some words is none more', `${en}\n${en2}\n« Papiers pour tous »`, 'en', false, ['en']],
    ['nor is a long one in a long text', [en, en2, en, en2, en, fr, en2, en].join('\n'), 'en', false, ['en']],
    ['nor a name in other letters', `${en}\n${en2}\nحرية`, 'en', false, ['en']],
    ['what was said is the first', [fr, fr2, en, en2].join('\n'), 'en', true, ['en', 'fr']],
    ['what was said stays alone where nothing is in it', [fr, fr2, ar].join('\n'), 'en', true, ['en']],
    ['what a feed says of all is not', [fr, fr2, ar].join('\n'), 'en', false, ['fr', 'ar']],
    ['a region stays', [en, fr].join('\n'), 'en-GB', true, ['en-GB', 'fr']],
    ['a language that we cannot tell is not told from others', [fr, fr2].join('\n'), 'oc', true, ['oc']],
    ['but from other letters', [fr, ar, fr2, ar2].join('\n'), 'oc', true, ['oc', 'ar']],
    ['three', [en, fr, ar].join('\n'), 'en', false, ['en', 'fr', 'ar']],
    ['no more than four', [en, fr, ar, de, `${fa} ${fa}`].join('\n'), 'en', true, ['en', 'fa', 'fr', 'de']],
    ['neighbours in letters', [`${ar} ${ar2}`, `${fa} ${fa}`].join('\n'), 'ar', false, ['ar', 'fa']],
    ['none', 'Calais 12/03', 'und', false, ['und']],
  ])('%s', (_what, text, lang, isSaid, langs) => {
    expect(langsOf(text, lang, isSaid)).toEqual(langs);
  });

  test('what stands in a file of one language is in one language', () => {
    for (const lang of ['en', 'fr', 'es', 'pt', 'it', 'ar', 'fa', 'ckb', 'ps', 'ti', 'am', 'ku', 'so', 'nl', 'tr']) {
      const text = readFileSync(new URL(`../cases/language/${lang}.txt`, import.meta.url), 'utf8').replaceAll('# ', '');
      expect(languagesIn(text, lang, false)).toEqual({ langs: [lang], isMixed: false });
    }
  });
});

describe('a block says its language', () => {
  test.each<[string, Language, string, string]>([
    [
      'where it is in another',
      'en',
      `<p>${en}</p><p>${fr}</p><h2>${fr2}</h2>`,
      `<p>${en}</p><p lang="fr">${fr}</p><h2 lang="fr">${fr2}</h2>`,
    ],
    ['with its direction', 'en', `<p>${en}</p><p>${ar}</p>`, `<p>${en}</p><p lang="ar" dir="rtl">${ar}</p>`],
    ['both ways', 'ar', `<p>${ar}</p><p>${en}</p>`, `<p>${ar}</p><p lang="en" dir="ltr">${en}</p>`],
    [
      'on the outermost that is all in it',
      'en',
      `<p>${en}</p><div><h3>${ar2}</h3><blockquote><p>${ar}</p></blockquote><p>حرية</p></div>`,
      `<p>${en}</p><div lang="ar" dir="rtl"><h3>${ar2}</h3><blockquote><p>${ar}</p></blockquote><p>حرية</p></div>`,
    ],
    [
      'lists whole, or item by item',
      'en',
      `<ul><li>${fr}</li><li>${fr2}</li></ul><ul><li>${fr}</li><li>${en}</li></ul>`,
      `<ul lang="fr"><li>${fr}</li><li>${fr2}</li></ul><ul><li lang="fr">${fr}</li><li>${en}</li></ul>`,
    ],
    [
      'again inside another',
      'en',
      `<ul><li>${fr}<ul><li>${en}</li></ul></li></ul>`,
      `<ul><li lang="fr">${fr}<ul lang="en"><li>${en}</li></ul></li></ul>`,
    ],
    [
      'not a frame of short lines for the sake of one',
      'en',
      `<div><p>${'Tent. '.repeat(40)}</p><p>${fr}</p></div>`,
      `<div><p>${'Tent. '.repeat(40).trim()} </p><p lang="fr">${fr}</p></div>`,
    ],
    [
      'wherever its lines end in the file',
      'en',
      `<p>${en}</p><p>${fr.replaceAll(' ', '\n')}</p>`,
      `<p>${en}</p><p lang="fr">${fr.replaceAll(' ', '\n')}</p>`,
    ],
    ['not where it is short', 'en', `<p>${en}</p><p>No Borders Kitchen</p><p>Le port</p>`, ''],
    ['not for a quotation in a line', 'en', `<p>${en} « Papiers pour tous », ${en2} (حرية)</p>`, ''],
    ['not where somebody said so', 'en', `<p lang="fr-CA">${fr}</p><div lang="oc"><p>${fr}</p></div>`, ''],
    ['with the direction that somebody wrote', 'en', `<p dir="auto">${ar}</p>`, `<p lang="ar" dir="auto">${ar}</p>`],
    [
      'behind what else is written there',
      'en',
      `<table><tr><td colspan="2">${ar}</td><td>${en}</td></tr></table>`,
      `<table><tbody><tr><td colspan="2" lang="ar" dir="rtl">${ar}</td><td>${en}</td></tr></tbody></table>`,
    ],
    ['not where nobody knows the whole, but for its direction', 'und', `<p>${fr}</p>`, ''],
    ['which is worth a word', 'und', `<p>${ar}</p>`, `<p lang="ar" dir="rtl">${ar}</p>`],
    [
      'line by line where only lines differ',
      'en',
      `<p>${en}<br>${en2}<br>${fr}<br><i>${fr2}</i><br>${ar}</p>`,
      `<p>${en}<br />${en2}<br /><span lang="fr">${fr}<br /><i>${fr2}</i></span><br /><span lang="ar" dir="rtl">${ar}</span></p>`,
    ],
    ['also where no block is', 'ar', `${ar}<br><br>${en}`, `${ar}<br /><br /><span lang="en" dir="ltr">${en}</span>`],
    [
      'line by line and not across blocks',
      'en',
      `<p>${en}<br>${fr}</p>${fr2}`,
      `<p>${en}<br /><span lang="fr">${fr}</span></p><span lang="fr">${fr2}</span>`,
    ],
    ['not where markup runs across lines', 'en', `<p><b>${en}<br>${ar}</b></p>`, ''],
    ['not where a line says so', 'en', `<p>${en}<br><span lang="fr-CA">${fr}</span></p>`, ''],
  ])('%s', (_what, lang, html, expected) => {
    expect(marked(html, lang)).toBe(expected === '' ? clean(html) : expected);
  });

  test('and is cleaned, marked and read to the same again', () => {
    const bit = fc.constantFrom(
      ...[en, fr, ar, fa, de, fr2, 'word', '<br>', '&amp;', '<td colspan=2>', '<p dir=rtl>', '<div lang=fr>', '<hr>'],
      '<span lang=fr>',
      ...'p div ul ol li dl dd blockquote table tr td th h2 b span pre figure figcaption details'
        .split(' ')
        .flatMap((name) => [`<${name}>`, `</${name}>`]),
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 24 }), fc.constantFrom('en', 'ar', 'und', 'oc'), (bits, lang) => {
        const before = clean(bits.join(''));
        const html = markLanguages(before, lang);
        expect(clean(html)).toBe(html);
        expect(markLanguages(html, lang)).toBe(html);
        expect(clean(asBrowserReads(html))).toBe(html);
        expect(htmlToText(html)).toBe(htmlToText(before));
      }),
      { numRuns: 1_000 },
    );
  });
});

test.each<[string, (size: number) => string]>([
  ['paragraphs in two languages', (size) => `<p>${en}</p><p>${ar}</p>`.repeat(size / 100)],
  ['blocks in blocks', (size) => `${'<div>'.repeat(200)}${ar}${'</div>'.repeat(200)}`.repeat(size / 200)],
  ['lines in two languages', (size) => `${en}<br>${ar}<br>`.repeat(size / 100)],
  ['one paragraph', (size) => `<p>${`${en}<br>`.repeat(size / 50)}</p>`],
  ['short paragraphs', (size) => '<p>a</p>'.repeat(size)],
])('%s cost in proportion', async (_what, make) => {
  const work = (html: SafeHtml): string => {
    const { langs } = languagesIn(htmlToText(html), 'en', false);
    return markLanguages(html, langs[0]);
  };
  await expectLinear(work, 5_000, (size) => clean(make(size)));
});
