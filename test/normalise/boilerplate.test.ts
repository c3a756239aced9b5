import { describe, expect, test } from 'vitest';
import type { SafeHtml } from '../../src/model.ts';
import { endsCut, stripBoilerplate } from '../../src/normalise/boilerplate.ts';
import { cleanHtml } from '../../src/normalise/clean-html.ts';
import { htmlToText } from '../../src/text/html.ts';

const safe = (html: string): SafeHtml =>
  cleanHtml({ html, base: undefined, lang: undefined }, 'https://partner.example/').html;
const own = ['Harbour Group', 'harbour.example'];

const footers: readonly (readonly [lang: string, footer: (name: string) => string])[] = [
  ['en', (name) => `The post <a href="/p">A morning</a> appeared first on <a href="/">${name}</a>.`],
  ['fr', (name) => `L’article <a href="/p">Un matin</a> est apparu en premier sur <a href="/">${name}</a>.`],
  ['fr, straight apostrophe', (name) => `L&#039;article Un matin est apparu en premier sur ${name}.`],
  ['fr, newer', (name) => `Cet article Un matin est apparu en premier sur ${name}.`],
  ['de', (name) => `Der Beitrag <a href="/p">Ein Morgen</a> erschien zuerst auf <a href="/">${name}</a>.`],
  ['es', (name) => `La entrada Una mañana se publicó primero en ${name}.`],
  ['nl', (name) => `Het bericht Een morgen verscheen eerst op ${name}.`],
  ['it', (name) => `L'articolo Un mattino proviene da ${name}.`],
  ['pt', (name) => `O post Uma manhã apareceu primeiro em ${name}.`],
  ['ar', (name) => `ظهرت المقالة صباح أولاً على ${name}.`],
  ['ar, older', (name) => `المقالة صباح ظهرت أولاً على ${name}.`],
  ['el', (name) => `Το άρθρο Ένα πρωί εμφανίστηκε πρώτα στο ${name}.`],
  ['fa', (name) => `نوشته صبح اولین بار در ${name} پدیدار شد.`],
  ['es, newer', (name) => `La entrada Una mañana aparece primero en ${name}.`],
  ['tr', (name) => `Bir sabah yazısı ilk önce ${name} üzerinde ortaya çıktı.`],
];

const strip = (html: SafeHtml, names: readonly string[]): ReturnType<typeof stripBoilerplate> =>
  stripBoilerplate(html, htmlToText(html), () => names);

describe('stripBoilerplate', () => {
  test.each(footers)('WordPress footer, %s: ours goes, somebody else’s stays', (_lang, footer) => {
    const text = '<p>All the text there is.</p>';
    expect(strip(safe(`${text}<p>${footer('Harbour Group')}</p>`), own)).toEqual({
      html: safe(text),
      isExcerpt: false,
    });
    const foreign = safe(`${text}<p>${footer('Another Group')}</p>`);
    expect(strip(foreign, own)).toEqual({ html: foreign, isExcerpt: false });
  });

  test.each(['harbour group', 'HARBOUR  GROUP', 'www.harbour.example', 'Harbour Group!'])(
    'the source is known by %j',
    (name) => {
      const html = safe(`<p>Text.</p><p>The post X appeared first on ${name}.</p>`);
      expect(strip(html, own).html).toBe(safe('<p>Text.</p>'));
    },
  );

  test('a feed of one topic is named after its blog', () => {
    const html = safe('<p>Text.</p><p>The post X appeared first on Harbour Group.</p>');
    expect(strip(html, ['Harbour Group » Camps']).html).toBe(safe('<p>Text.</p>'));
    expect(strip(html, ['Harbour']).html).toBe(html);
  });

  test('a copy of a copy: our own footer goes, the one above it stays', () => {
    const copy = '<p>Text.</p><p>The post X appeared first on Another Group.</p>';
    const html = safe(`${copy}<p>The post X appeared first on Harbour Group.</p>`);
    expect(strip(html, own).html).toBe(safe(copy));
  });

  test.each([
    '<p><a href="/p">Continue reading <span>A morning at the harbour</span> <span>→</span></a></p>',
    '<p><a href="/p">Read more »</a></p>',
    '<p>… <a href="/p">Lire la suite →</a></p>',
    '<p><a href="/p">Weiterlesen „Ein Morgen“</a></p>',
    '<p><a href="/p">Seguir leyendo</a></p>',
    '<p><a href="/p">(Leggi tutto…)</a></p>',
    '<p><a href="/p">اقرأ المزيد</a></p>',
    '<p><a href="/p">Devamını oku</a></p>',
  ])('a closing link to the whole text goes and says that this is a beginning: %s', (tail) => {
    expect(strip(safe(`<p>The first words.</p>${tail}`), own)).toEqual({
      html: safe('<p>The first words.</p>'),
      isExcerpt: true,
    });
  });

  test('a beginning and a footer together', () => {
    const html = safe('<p>The first words […]</p><p>The post X appeared first on Harbour Group.</p>');
    expect(strip(html, own)).toEqual({ html: safe('<p>The first words […]</p>'), isExcerpt: true });
  });

  test.each([
    '<p>We told the police to read more.</p>',
    '<p>Read more about the camp at the harbour office, every day from nine.</p>',
    '<p>Text</p><p>Read more: <a href="/1">report one</a>, <a href="/2">report two</a></p>',
    '<p>The post office appeared first on our list of places to close.</p><p>It did.</p>',
    '<p>And so we waited…</p>',
    '<p>Continue reading. It helps.</p>',
  ])('the partner’s own words stay: %s', (html) => {
    expect(strip(safe(html), own)).toEqual({ html: safe(html), isExcerpt: false });
  });
});

test.each([
  ['The first words [&#8230;]', false],
  ['The first words […]', true],
  ['The first words [...]', true],
  ['The first words (…) ', true],
  ['The first words […] read more', true],
  ['The first words… Read more »', true],
  ['View original post 1,013 more words', true],
  ['Ursprünglichen Post anzeigen 149 weitere Wörter', true],
  ['Bekijk origineel bericht 149 woorden meer', true],
  ['Ver la entrada original 1.013 palabras más', true],
  ['Visualizza articolo originale 88 altre parole', true],
  ['in the end there were no more words', false],
  ['The first words…', false],
  ['The last word.', false],
])('endsCut %j is %s', (text, is) => {
  expect(endsCut(text)).toBe(is);
});
