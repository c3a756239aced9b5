import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SafeHtml } from '../../src/model.ts';
import { cleanHtml } from '../../src/normalise/clean-html.ts';
import { htmlToText } from '../../src/text/html.ts';
import {
  joinHtml,
  link,
  linkPhrase,
  noHtml,
  paragraph,
  picturesAsWords,
  picturesFrom,
  picturesIn,
  picturesOnPage,
  removeParagraph,
  rewriteHtml,
  settlePictures,
} from '../../src/text/safe-html.ts';
import { expectLinear } from '../expect-linear.ts';

const rel = 'rel="noopener noreferrer nofollow ugc"';
const safe = (html: string): SafeHtml =>
  cleanHtml({ html, base: undefined, lang: undefined }, 'https://partner.example/').html;

test('paragraph and link let no markup in', () => {
  expect(paragraph('<b>"a" & \u202eb</b>')).toBe('<p>&lt;b&gt;&quot;a&quot; &amp; b&lt;/b&gt;</p>');
  expect(paragraph('x', { lang: 'ar', dir: 'rtl' })).toBe('<p lang="ar" dir="rtl">x</p>');
  expect(paragraph('x', { lang: '" onclick="y' })).not.toContain('" onclick');
  expect(link('a<b', 'https://other.example/?a=1&b="')).toBe(
    `<a href="https://other.example/?a=1&amp;b=%22" ${rel}>a&lt;b</a>`,
  );
  expect(link('a', 'javascript:alert(1)')).toBe('a');
  expect(link(' ', 'https://www.other.example/a')).toBe(
    `<a href="https://www.other.example/a" ${rel}>other.example/a</a>`,
  );
  expect(joinHtml(paragraph('a'), noHtml, paragraph('b'))).toBe('<p>a</p><p>b</p>');
});

describe('settlePictures', () => {
  const copy = { file: 'abc.jpg', width: 800, height: 600 };
  const ours = (alt = '', more = ''): string =>
    `<img src="images/abc.jpg" width="800" height="600" alt="${alt}"${more} />`;

  test.each([
    [
      '<p>a <img src="/1.png" alt="the &quot;sea&quot;"></p>',
      `<p>a <a href="https://partner.example/1.png" ${rel}>the &quot;sea&quot;</a></p>`,
    ],
    ['<img src="/1.png">', `<a href="https://partner.example/1.png" ${rel}>Picture</a>`],
    ['<a href="/page"><img src="/1.png" alt="x"></a>', `<a href="https://partner.example/page" ${rel}>x</a>`],
    ['<p>no picture</p>', '<p>no picture</p>'],
  ])('as links: %s', (html, expected) => {
    expect(settlePictures(safe(html), 'Picture', () => 'link')).toBe(expected);
  });

  test.each([
    ['<p>a <img src="/1.png" alt="the &quot;sea&quot;"></p>', `<p>a ${ours('the &quot;sea&quot;')}</p>`],
    ['<img src="/1.png" width="9999" height="3" lang="fr" alt="mer">', ours('mer', ' lang="fr"')],
    ['<a href="/1.png"><img src="/1.png"></a>', `<a href="https://partner.example/1.png" ${rel}>${ours()}</a>`],
  ])('as copies, with their true sizes: %s', (html, expected) => {
    expect(settlePictures(safe(html), 'Picture', () => copy)).toBe(expected);
  });

  test.each([
    ['<p>a<img src="/1.png" alt="sea">b</p>', '<p>ab</p>'],
    ['<p>a <a href="/1.png"> <b><img src="/1.png"></b></a> b</p>', '<p>a  b</p>'],
    ['<a href="/p"><img src="/1.png"> words</a>', `<a href="https://partner.example/p" ${rel}> words</a>`],
    ['<p><a href="/p"></a><a href="/q"><img src="/1.png"></a></p>', '<p></p>'],
  ])('left out, with the link that only held them: %s', (html, expected) => {
    expect(settlePictures(safe(html), 'Picture', () => 'none')).toBe(expected);
  });

  test('each by its own address', () => {
    const fates: Readonly<Record<string, typeof copy | 'none'>> = {
      'https://partner.example/1.png': copy,
      'https://partner.example/2.png': 'none',
    };
    const html = safe('<p><img src="/1.png"><img src="/2.png"><img src="/3.png"></p>');
    expect(picturesIn(html)).toEqual([1, 2, 3].map((name) => `https://partner.example/${name}.png`));
    expect(settlePictures(html, 'Picture', (address) => fates[address] ?? 'link')).toBe(
      `<p>${ours()}<a href="https://partner.example/3.png" ${rel}>Picture</a></p>`,
    );
  });

  test('copies are found from any page and from a feed, and are words where nobody finds them', () => {
    const html = settlePictures(
      safe('<p>&lt;img src="images/x <img src="/1.png" alt="a &amp; b"></p>'),
      '',
      () => copy,
    );
    expect(picturesOnPage(html, '../../')).toBe(
      html.replace('<img src="images/', '<img loading="lazy" decoding="async" src="../../images/'),
    );
    expect(picturesFrom(html, 'https://news.example/')).toContain('src="https://news.example/images/abc.jpg"');
    expect(picturesAsWords(html)).toBe('<p>&lt;img src="images/x a &amp; b</p>');
  });

  test.each(['link', 'none', copy] as const)(
    'nothing is left to load from anybody, whatever pictures are called: %o',
    (fate) => {
      fc.assert(
        fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (alt, label) => {
          const attribute = alt.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
          const result = settlePictures(safe(`<p>x<img src="/1.png" alt="${attribute}"></p>`), label, () => fate);
          expect(result.replace(/<img src="images\/abc\.jpg" width="800"/g, '')).not.toMatch(/<(?!\/?(p|a)[ >])/);
          if (fate === copy) return;
          expect(safe(result).replaceAll('&quot;', '"').replaceAll('&#39;', "'")).toBe(
            result.replaceAll('&quot;', '"').replaceAll('&#39;', "'"),
          );
        }),
      );
    },
  );

  test('takes time by the length', async () => {
    const one = safe('<p><a href="/x"> <b><img src="/1.png" alt="sea"></b></a></p>');
    const settle = (size: number): SafeHtml =>
      settlePictures(joinHtml(...Array.from({ length: size }, () => one)), 'P', () => 'none');
    await expectLinear(settle, 1_000);
  });
});

describe('linkPhrase', () => {
  const url = 'https://group.example/post';
  test.each([
    [
      '<p>Reposted from Group &amp; Friends; today</p>',
      'from Group & Friends;',
      'Group & Friends',
      `<p>Reposted from <a href="${url}" ${rel}>Group &amp; Friends</a>; today</p>`,
    ],
    [
      '<p>x</p><p>from Group; and from Group;</p>',
      'from Group;',
      'Group',
      `<p>x</p><p>from <a href="${url}" ${rel}>Group</a>; and from Group;</p>`,
    ],
    [
      '<p><a href="/x">from Group;</a> from Group;</p>',
      'from Group;',
      'Group',
      `<p><a href="https://partner.example/x" ${rel}>from Group;</a> from <a href="${url}" ${rel}>Group</a>;</p>`,
    ],
    [
      '<p>a &lt;b&gt; from Group;</p>',
      'from Group;',
      'Group',
      `<p>a &lt;b&gt; from <a href="${url}" ${rel}>Group</a>;</p>`,
    ],
  ])('%s', (html, phrase, words, expected) => {
    expect(linkPhrase(safe(html), phrase, words, url)).toBe(expected);
  });

  test.each([
    ['already a link', '<p><a href="/x">from Group;</a></p>', 'from Group;', 'Group', url],
    ['other case', '<p>From group;</p>', 'from Group;', 'Group', url],
    ['across elements', '<p>from <b>Group</b>;</p>', 'from Group;', 'Group', url],
    ['words outside the phrase', '<p>from Group;</p>', 'from Group;', 'Other', url],
    ['inside a tag', '<p><img src="/a.png" alt="from Group;"></p>', 'from Group;', 'Group', url],
    ['no address', '<p>from Group;</p>', 'from Group;', 'Group', 'javascript:alert(1)'],
    ['an empty phrase', '<p>x</p>', '', '', url],
  ])('unchanged: %s', (_fact, html, phrase, words, address) => {
    expect(linkPhrase(safe(html), phrase, words, address)).toBe(safe(html));
  });

  test('takes the phrase for words, not for a pattern', () => {
    expect(linkPhrase(safe('<p>from $& (x) .*;</p>'), 'from $& (x) .*;', '$& (x) .*', url)).toBe(
      `<p>from <a href="${url}" ${rel}>$&amp; (x) .*</a>;</p>`,
    );
  });
});

describe('removeParagraph', () => {
  test.each([
    ['<p>a</p><p>from <b>Group</b> &amp; friends</p><p>c</p>', 'from Group & friends', '<p>a</p><p>c</p>'],
    ['<p>a</p><p>x</p><p>x</p>', 'x', '<p>a</p><p>x</p>'],
    ['<div><blockquote><p>x</p></blockquote></div><p>a</p>', 'x', '<p>a</p>'],
    ['<p>a</p><div><p>x</p><p>y</p></div>', 'x', '<p>a</p><div><p>y</p></div>'],
    ['<p>two\n lines<br>here</p><p>a</p>', 'two lines here', '<p>a</p>'],
  ])('%s without %j', (html, text, expected) => {
    expect(removeParagraph(safe(html), text)).toBe(expected);
  });

  test.each(['y', 'X', '', ' ', 'x y'])('unchanged where no block says %j', (text) => {
    expect(removeParagraph(safe('<p>x</p><p><span lang="fr">x</span>y</p>z'), text)).toBe(
      safe('<p>x</p><p><span lang="fr">x</span>y</p>z'),
    );
  });

  test('takes exactly one paragraph away', () => {
    const words = fc.array(fc.constantFrom<string[]>('a', 'b', 'c c', 'd & e', '<f>'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(words, fc.nat(7), (texts, index) => {
        const text = texts[index % texts.length] ?? '';
        const html = joinHtml(...texts.map((one) => paragraph(one)));
        const rest = texts.filter((_, at) => at !== texts.indexOf(text));
        expect(htmlToText(removeParagraph(html, text))).toBe(rest.join('\n'));
      }),
    );
  });
});

describe('other words in the same elements', () => {
  const same = { text: (text: string) => text, address: (url: string) => url };
  const html =
    '<p lang="ar">One &amp; two <a href="/?b=1&amp;c=2">x</a><br>y <img src="/i.png" alt="A &quot;q&quot; &lt;b&gt;"></p><hr>';

  test('are the same where nothing changes', () => {
    expect(rewriteHtml(safe(html), same)).toBe(safe(html));
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<a href="/a?x=1&y">',
      '</a>',
      '<img src="/i" alt="&quot;">',
      '<br>',
      '&lt;',
      'a & "b"',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const clean = safe(pieces.join(''));
        expect(rewriteHtml(clean, same)).toBe(clean);
      }),
    );
  });
  test('let no markup in, whatever they are', () => {
    const evil = '"><script>x</script>';
    const written = rewriteHtml(safe(html), { text: () => evil, address: () => 'https://b.example/?"a&b' });
    expect(written).not.toContain('<script');
    expect(written).toContain('href="https://b.example/?&quot;a&amp;b"');
    expect(written).toContain('alt="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"');
    expect(htmlToText(written)).toContain(evil);
  });
  test('lose addresses that are to go, and pictures with them', () => {
    const written = rewriteHtml(safe(html), { ...same, address: () => undefined });
    expect(written).toContain(`<a ${rel}>x</a>`);
    expect(written).not.toMatch(/href|<img/);
  });
});
