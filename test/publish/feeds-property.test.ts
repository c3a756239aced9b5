/** Whatever a partner writes, wherever it lands: the feeds are well-formed, whole, and give the title back. */
import fc from 'fast-check';
import Parser from 'rss-parser';
import { expect, test } from 'vitest';
import { renderFeeds } from '../../src/publish/feeds/feeds.ts';
import type { StoryView } from '../../src/publish/views.ts';
import { plainLine } from '../../src/text/safe.ts';
import { joinHtml, link, paragraph } from '../../src/text/safe-html.ts';
import { hasXmllint, section, site, story, xmllint } from './feeds-story.ts';

/** Lone surrogates and controls included, with what breaks XML and HTML thrown in often. */
const text = fc
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
const date = fc.oneof(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom(Number.NaN, -1e18, 9e15));
const optional = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });

const anyStory: fc.Arbitrary<StoryView> = fc
  .record({
    title: text,
    name: text,
    person: text,
    body: text,
    category: text,
    url,
    other: url,
    date,
    lang: fc.constantFrom('en', 'ar', 'ckb', 'und'),
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
        isHeld: false,
        feed: { url: made.other, title: made.name },
        because: [],
      },
      reposts: [
        {
          group: { name: made.person, url: made.url },
          url: made.other,
          date: made.date,
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

const anySite = fc.record({ title: text, url: fc.constantFrom(undefined, 'https://news.example/a%20b/') }).map(site);

function renderAll(where: ReturnType<typeof site>, stories: readonly StoryView[]): ReturnType<typeof renderFeeds> {
  return renderFeeds(
    where,
    section(stories.map((one, index) => ({ ...one, id: `tag:news.example,2026:story/${index}` }))),
  );
}

test('all three feeds are read back with every item and the same titles', async () => {
  await fc.assert(
    fc.asyncProperty(anySite, fc.array(anyStory, { maxLength: 3 }), async (where, stories) => {
      const { rss, atom, json } = renderAll(where, stories);
      const parser = new Parser();
      const plain = stories.map((one) => plainLine(one.title));
      const headings = stories.map(
        (one, index) => plain[index] || plainLine(one.heading) || expect.stringMatching(/./),
      );
      expect((await parser.parseString(rss)).items.map((item) => item.title ?? '')).toEqual(headings);
      expect((await parser.parseString(atom)).items.map((item) => item.title ?? '')).toEqual(headings);
      expect(JSON.parse(json).items.map((item: { title?: string }) => item.title ?? '')).toEqual(plain);
    }),
    { numRuns: 150 },
  );
});

test.skipIf(!hasXmllint)('xmllint accepts them (skipped where xmllint is not installed)', () => {
  const samples = fc.sample(fc.tuple(anySite, fc.array(anyStory, { minLength: 1, maxLength: 3 })), {
    numRuns: 60,
    seed: 7,
  });
  const documents = samples.flatMap(([where, stories]) => {
    const { rss, atom } = renderAll(where, stories);
    return [rss, atom];
  });
  expect(xmllint(documents)).toBe('');
});
