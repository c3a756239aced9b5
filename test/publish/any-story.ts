/** Stories in which partners have written whatever they like wherever they may, for properties of what is published. */
import fc from 'fast-check';
import type { StoryView } from '../../src/publish/views.ts';
import { plainLine } from '../../src/text/safe.ts';
import { joinHtml, link, paragraph } from '../../src/text/safe-html.ts';
import { site, story } from './feeds-story.ts';

/** Lone surrogates and controls included, with what breaks XML and HTML thrown in often. */
const text: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        ']]>',
        '<![CDATA[',
        '&amp;',
        '&',
        '<',
        '>',
        '"',
        "'",
        '<!--',
        '-->',
        '<?x',
        '\u0000',
        '\u0001',
        '\ud800',
        '\udc00',
        '\ufffe',
        '\r\n',
        ' ',
        'undefined',
        '</b>',
        '&#60;',
        '&copy',
        'Caf\u00e9 <amal@example.org>',
        '\ufffd',
        '\u0085',
        '$&',
        '$1',
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const url = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  text,
  text.map((tail) => `https://a.example/${tail}`),
);
const date = fc.oneof(fc.integer({ min: Date.UTC(1990, 0, 1), max: 4e12 }), fc.constantFrom(Number.NaN, -1e18, 9e15));
const optional = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });

export const anyStory: fc.Arbitrary<StoryView> = fc
  .record({
    title: text,
    name: text,
    person: text,
    body: text,
    category: text,
    url,
    other: url,
    date,
    lang: fc.constantFrom('en', 'ar', 'ckb', 'und', 'prs', 'rhg'),
    type: text,
    optionalUrl: optional(url),
  })
  .map((made) =>
    story({
      title: made.title,
      heading: plainLine(made.title) === '' ? made.body : made.title,
      url: made.optionalUrl,
      body: joinHtml(paragraph(made.body), link(made.name, made.other)),
      excerpt: made.body,
      lang: made.lang,
      dir: made.lang === 'ar' ? 'rtl' : 'ltr',
      published: made.date,
      original: {
        group: { name: made.name, url: made.other },
        jointly: [
          { name: made.name, url: made.url },
          { name: made.person, url: made.other },
        ],
        creditAs: undefined,
        isGuess: false,
        isRuled: false,
        url: made.url,
        authors: [made.person],
        date: made.date,
        isDated: true,
        isHeld: false,
        translatedFrom: undefined,
        feed: { url: made.other, title: made.name },
        because: [],
      },
      reposts: [
        {
          group: { name: made.person, url: made.url },
          url: made.other,
          date: made.date,
          isDated: true,
          via: { name: made.name, url: undefined },
          isBefore: undefined,
          because: [],
        },
      ],
      credit: made.body,
      creditHtml: link(made.name, made.url),
      licence: made.other,
      categories: [made.category, made.title],
      enclosures: [{ url: made.url, type: made.type, title: made.title, bytes: made.date }],
    }),
  );

export const anySite = fc
  .record({ title: text, url: fc.constantFrom(undefined, 'https://news.example/a%20b/') })
  .map(site);
