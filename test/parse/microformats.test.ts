/** Microformats: rules of single parts that cases do not show, and pages made to cost more than they weigh. */
import { describe, expect, test } from 'vitest';
import type { Entry, Parsed } from '../../src/model.ts';
import { parseDocument } from '../../src/parse/parse.ts';
import { cpuMs, expectLinear } from '../expect-linear.ts';

const parse = (html: string): Promise<Parsed> =>
  parseDocument(
    { body: Buffer.from(`<html>${html}`), contentType: undefined, url: 'https://page.example/' },
    undefined,
  );

async function entries(html: string): Promise<readonly Entry[]> {
  const parsed = await parse(html);
  return parsed.kind === 'feed' ? parsed.feed.entries : [];
}
const entry = async (inside: string): Promise<Entry | undefined> =>
  (await entries(`<div class="h-entry">${inside}</div>`))[0];

describe('dates', () => {
  const value = (text: string): string => `<b class="value">${text}</b>`;
  test.each([
    ['<time class="dt-published" datetime="2026-11-19">x</time>', '2026-11-19'],
    ['<abbr class="dt-published" title="2026-11-19T08:00Z">x</abbr>', '2026-11-19T08:00Z'],
    ['<data class="dt-published" value="2026-11-19"></data>', '2026-11-19'],
    ['<b class="dt-published">19 November 2026</b>', '19 November 2026'],
    [`<p class="dt-published">${value('2026-11-19')} ${value('7:05 pm')}</p>`, '2026-11-19T19:05:00'],
    [`<p class="dt-published">${value('12am')} ${value('2026-11-19')} ${value('Z')}</p>`, '2026-11-19T00:00:00Z'],
    [`<p class="dt-published">${value('12:30p.m.')} ${value('2026-11-19')}</p>`, '2026-11-19T12:30:00'],
    [`<p class="dt-published">${value('2026-11-19')} ${value('10:00:30+0100')}</p>`, '2026-11-19T10:00:30+0100'],
    [`<p class="dt-published">${value('2026-11-19T10:00Z')}</p>`, '2026-11-19T10:00Z'],
    [`<p class="dt-published"><time class="value" datetime="2026-11-19">x</time></p>`, '2026-11-19'],
    [`<p class="dt-published"><i class="p-x">${value('1999-01-01')}</i>${value('2026-11-19')}</p>`, '2026-11-19'],
  ])('%s', async (html, text) => {
    expect((await entry(`<p class="p-name">n</p>${html}`))?.publishedText).toBe(text);
  });
});

test.each([
  ['<a class="u-url" href="/a">x</a>', 'https://page.example/a'],
  ['<link class="u-url" href="a">', 'https://page.example/a'],
  ['<data class="u-url" value="/a"></data>', 'https://page.example/a'],
  ['<p class="u-url"><b class="value">/</b><b class="value">b</b></p>', 'https://page.example/b'],
  ['<p class="u-url">/a</p>', 'https://page.example/a'],
  ['<p class="u-url h-cite"><a href="/a">x</a></p>', 'https://page.example/a'],
])('an address: %s', async (html, href) => {
  expect((await entry(`<p class="p-name">n</p>${html}`))?.links).toEqual([{ href, rel: 'alternate' }]);
});

test.each([
  ['<p class="p-name">Title</p><p class="p-summary">Another text</p>', 'Title'],
  ['<abbr class="p-name" title="Long name">LN</abbr>', 'Long name'],
  ['<img class="p-name" alt="Described">', 'Described'],
  ['<p class="p-name"><b class="value">In</b> not <b class="value">deed</b></p>', 'Indeed'],
  ['<p class="p-name">a<script>no</script> &amp;&lt;b&gt;<br>c</p>', 'a &amp;&lt;b&gt; c'],
  ['<p class="p-name e-content">All there is</p>', undefined],
  ['<p class="p-name">All there is</p><div class="e-content"><p>All  there</p> is</div>', undefined],
  ['<p class="p-name">All…</p><div class="e-content">All there is</div>', undefined],
  ['<p class="p-name">Most…</p><div class="e-content">All there is</div>', 'Most…'],
  ['<p class="p-name p-summary">All there is</p>', undefined],
])('a title: %s', async (html, title) => {
  expect((await entry(`${html}<a class="u-url" href="/a"></a>`))?.title?.html).toBe(title);
});

test('a page with nothing to list, or only other things, is no feed', async () => {
  for (const html of [
    '<p class="h-entry">',
    '<p class="h-card">Anna</p>',
    'the class h-entry',
    '<p class="xh-entry">a',
  ])
    expect(await parse(html)).toMatchObject({ kind: 'page', feeds: [] });
});

test('what stands inside an entry is none of its siblings, and says nothing of it', async () => {
  const inner = '<div class="u-comment h-entry"><p class="p-name">Inner</p><i class="p-author">Eve</i></div>';
  expect(await entries(`<div class="h-entry"><p class="p-name">Outer</p>${inner}</div>`)).toMatchObject([
    { title: { html: 'Outer' }, authors: [] },
  ]);
});

describe('at a cost that grows with the page', () => {
  const deep = 400;
  /** Nested as deep as a page may be, again and again. */
  const nested = (tag: string, inside = 'x'): string => `${tag.repeat(deep)}${inside}${'</div>'.repeat(deep)}`;
  const named = (name: string): string => `<div class="${name}">`;
  const end = (inside: string): string => `${inside}</div>`;
  test.each([
    ['entries in entries', (size: number) => nested(named('h-entry')).repeat(size)],
    ['names in names', (size: number) => named('h-entry') + nested(named('p-name p-summary')).repeat(size)],
    ['categories in categories', (size: number) => (named('h-entry') + end(nested(named('p-category')))).repeat(size)],
    [
      'texts in texts',
      (size: number) => (named('h-entry') + end(nested(named('e-content'), '<b>x</b>'.repeat(50)))).repeat(size),
    ],
    [
      'values in values',
      (size: number) =>
        named('h-entry') + nested(named('dt-published value'), '<b class="value">x</b>'.repeat(size * 9)),
    ],
    ['people in people', (size: number) => (named('h-entry') + end(nested(named('p-author h-card')))).repeat(size)],
    ['things of before', (size: number) => nested(named('hentry vcard author')).repeat(size)],
    ['one with many names', (size: number) => `<p class="h-entry ${'p-a e-b '.repeat(size * 500)}">`],
    ['one with a long name', (size: number) => `<p class="h-entry p-${'a-'.repeat(size * 2_000)}">`],
    [
      'one with many links',
      (size: number) => `<p class="h-entry">${'<a class="u-url" href="/a">a</a>'.repeat(size * 200)}`,
    ],
    ['one long text', (size: number) => `<p class="h-entry">${'<b>x</b>'.repeat(size * 500)}`],
  ])('%s', async (_what, page) => {
    await expectLinear((size) => parse(page(size).slice(0, 4_000_000)), 10);
  });

  test('a text that a thousand names are given costs what it costs once', async () => {
    const names = 'p-name p-summary p-author p-category u-url u-photo u-video u-audio u-syndication u-in-reply-to';
    const costOf = async (times: number): Promise<number> => {
      const page = named('h-entry') + named(names).repeat(times) + 'word '.repeat(300_000);
      const start = cpuMs();
      await parse(page);
      return cpuMs() - start;
    };
    const once = await costOf(1);
    expect(await costOf(100)).toBeLessThan(4 * once + 200);
  });
});
