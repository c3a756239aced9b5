import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SafeHtml } from '../../src/model.ts';
import { cleanHtml } from '../../src/normalise/clean-html.ts';
import { htmlToText } from '../../src/text/html.ts';
import { safeHtmlToText } from '../../src/text/safe-text.ts';
import { expectLinear } from '../expect-linear.ts';
import { asBrowserReads, findHarm } from './judge.ts';
import { allPayloads } from './payloads.ts';

const rel = 'rel="noopener noreferrer nofollow ugc"';
const clean = (html: string): SafeHtml =>
  cleanHtml({ html, base: undefined, lang: undefined }, 'https://partner.example/2026/post/').html;

describe('cleanHtml', () => {
  test.each([
    [
      'text structure stays',
      '<h1>T</h1><p>a <em>b</em> <strong>c</strong></p><pre>x\n y</pre>',
      '<h2>T</h2><p>a <em>b</em> <strong>c</strong></p><pre>x\n y</pre>',
    ],
    ['sections become blocks', '<article><section><p>x</p></section></article>', '<div><div><p>x</p></div></div>'],
    ['unknown elements are unwrapped', '<p><font color=red>a</font> <blink>b</blink></p>', '<p>a b</p>'],
    [
      'unclosed paragraphs and list items',
      '<p>a<p>b<ul><li>c<li>d</ul>',
      '<p>a</p><p>b</p><ul><li>c</li><li>d</li></ul>',
    ],
    ['a list in a list', '<ul><li>a<ul><li>b</ul><li>c</ul>', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
    [
      'table cells get the rows that a browser gives them, and none outside a table',
      '<table><td>a</table><tr><td>b',
      '<table><tbody><tr><td>a</td></tr></tbody></table>b',
    ],
    [
      'what stands between the cells of a table goes before it, as in a browser',
      '<table>a<tr>b<td>c<td>d<h3>e</h3></table>f',
      'ab<table><tbody><tr><td>c</td><td>d<h3>e</h3></td></tr></tbody></table>f',
    ],
    [
      'a stray closing tag ends nothing outside its cell',
      '<div><table><tr><td>a</div></p></b>b<td>c</table>d</div>',
      '<div><table><tbody><tr><td>ab</td><td>c</td></tr></tbody></table>d</div>',
    ],
    ['headings never stand in headings', '<h2>a<b>b<h3>c</h3>', '<h2>a<b>b</b></h2><h3>c</h3>'],
    ['the first line of preformatted text is the first', '<pre>\r\n\n x\n y</pre>', '<pre> x\n y</pre>'],
    [
      'a table',
      '<table><tr><th scope=col colspan=2>a<td>b<tr><td>c</table>',
      '<table><tbody><tr><th colspan="2" scope="col">a</th><td>b</td></tr><tr><td>c</td></tr></tbody></table>',
    ],
    ['empty paragraphs go', '<p>a</p><p>&nbsp;</p><p><br></p><p><span> </span></p><div></div>', '<p>a</p>'],
    [
      'a formula is its words, in order and apart, without what is noted of it',
      '<p>of <math href="javascript:x"><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup><mtext>or <b>so</b></mtext></mrow><annotation>x^2</annotation></semantics></math>.</p>',
      '<p>of  x 2 or <b>so</b>.</p>',
    ],
    ['an empty phrase leaves its space', 'a<b> </b>b', 'a b'],
    ['two words stay two', 'a<div></div>b', 'a b'],
    [
      'language and direction stay',
      '<p lang="ar" dir="RTL">س</p><span lang="en_gb">x</span><span>y</span>',
      '<p lang="ar" dir="rtl">س</p><span lang="en-GB">x</span>y',
    ],
    [
      'ruby and bdi stay',
      '<ruby>漢<rp>(</rp><rt>kan<rp>)</rp></ruby><bdi>x</bdi><bdo dir="rtl">y</bdo>',
      '<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><bdi>x</bdi>y',
    ],
    ['nothing is decoded twice', '<p>&amp;lt;b&amp;gt; &amp;amp; &lt;</p>', '<p>&amp;lt;b&amp;gt; &amp;amp; &lt;</p>'],
    ['a form that never ends hides nothing', '<form><p>a</p>', '<p>a</p>'],
    ['a form goes with its labels', '<p>a</p><form><label>Your mail</label><input></form><p>b</p>', '<p>a</p><p>b</p>'],
    ['direction overrides and invisible letters go', '<p>a\u202eb\u2066c\u200bd\u00ade</p>', '<p>abcde</p>'],
    ['joiners of Farsi stay', '<p>می\u200cخواهم</p>', '<p>می\u200cخواهم</p>'],
    [
      'marks in a tower are cut',
      `<p>a${'\u0301'.repeat(5)}<x></x>${'\u0301'.repeat(50)}</p>`,
      `<p>a${'\u0301'.repeat(8)}</p>`,
    ],
  ])('%s', (_fact, html, expected) => {
    expect(clean(html)).toBe(expected);
  });

  describe('links', () => {
    test.each([
      [
        'relative',
        '<a href="../x?utm_source=feed&p=1#n">a</a>',
        `<a href="https://partner.example/2026/x?p=1#n" ${rel}>a</a>`,
      ],
      [
        'without credentials',
        '<a href="https://u:p@other.example/">a</a>',
        `<a href="https://other.example/" ${rel}>a</a>`,
      ],
      [
        'mail and telephone',
        '<a href="mailto:a@b.example">a</a> <a href="TEL:+33123">b</a>',
        `<a href="mailto:a@b.example" ${rel}>a</a> <a href="tel:+33123" ${rel}>b</a>`,
      ],
      ['unusable: the text stays', '<p><a href="javascript:x">a</a> <a>b</a> <a href="">c</a></p>', '<p>a b c</p>'],
      [
        'never inside each other',
        '<a href="/1">a<a href="/2">b</a>',
        `<a href="https://partner.example/1" ${rel}>a</a><a href="https://partner.example/2" ${rel}>b</a>`,
      ],
    ])('%s', (_fact, html, expected) => {
      expect(clean(html)).toBe(expected);
    });

    test('the base of the markup comes before the base of the document', () => {
      const raw = { html: '<a href="x">a</a>', base: 'https://other.example/y/', lang: undefined };
      expect(cleanHtml(raw, 'https://partner.example/').html).toContain('href="https://other.example/y/x"');
    });
  });

  describe('pictures', () => {
    test('keep address, text and size and nothing else', () => {
      expect(
        clean(
          '<img class=c loading=lazy srcset="/b.jpg 2x" src="/a.jpg" alt=\'the "sea"\' width="640px" height=100% title=t>',
        ),
      ).toBe('<img src="https://partner.example/a.jpg" alt="the &quot;sea&quot;" width="640" />');
    });

    test('are found where late-loading pages keep them', () => {
      expect(clean('<img src="data:image/gif;base64,R0" data-src="/late.jpg">')).toBe(
        '<img src="https://partner.example/late.jpg" alt="" />',
      );
    });

    test.each([
      '<img width="1" height="1" src="/a.gif">',
      '<img height=0 src="/a.gif">',
      '<iframe width=1 height=1 src="https://ads.example/a"></iframe>',
      '<img src="https://feeds.feedburner.com/~r/group/~4/abc">',
      '<img src="http://feeds.wordpress.com/1.0/comments/group.wordpress.com/1/">',
      '<img src="https://pixel.wp.com/b.gif?host=x">',
      '<img src="https://stats.wordpress.com/b.gif">',
      '<img src="https://group.example/matomo/matomo.php?idsite=1">',
      '<img src="https://vg05.met.vgwort.de/na/abc">',
      '<img src="https://counter.theconversation.com/content/1/count.gif?distributor=republish">',
      '<img src="https://partner.us1.list-manage.com/track/open.php?u=1">',
      '<img src="https://sb.scorecardresearch.com/p?c1=2">',
      '<img src="https://de.ioam.de/tx.io?st=x">',
      '<img src="https://group.example/wp-content/pixel.gif">',
      '<img src="/a.png" style="width: 1px; height:1px">',
      '<img src="/a.png" style="display:none !important">',
      '<img src="/a.png" style="border:0;visibility:hidden;">',
    ])('that count readers go: %s', (html) => {
      expect(clean(`<p>a${html}</p>`)).toBe('<p>a</p>');
    });

    test('of a character become the character', () => {
      expect(clean('<p>a <img src="https://s.w.org/images/core/emoji/14/72x72/1f600.png" alt="😀"></p>')).toBe(
        '<p>a 😀</p>',
      );
    });
  });

  describe('players become links', () => {
    const link = (href: string, text: string): string => `<a href="${href}" ${rel}>${text}</a>`;
    test.each([
      [
        '<iframe src="https://www.youtube.com/embed/a_B-9?rel=0"></iframe>',
        'https://www.youtube.com/watch?v=a_B-9',
        'youtube.com/watch?v=a_B-9',
      ],
      ['<iframe src="//player.vimeo.com/video/12"></iframe>', 'https://vimeo.com/12', 'vimeo.com/12'],
      ['<iframe data-src="https://map.example/m"></iframe>', 'https://map.example/m', 'map.example/m'],
      ['<embed src="https://tube.example/e">', 'https://tube.example/e', 'tube.example/e'],
      [
        '<video controls><source src="/a.mp4"><source src="/a.webm"><p>no player</p></video>',
        'https://partner.example/a.mp4',
        'partner.example/a.mp4',
      ],
      ['<audio src="/a.mp3">no player</audio>', 'https://partner.example/a.mp3', 'partner.example/a.mp3'],
    ])('%s', (html, href, text) => {
      expect(clean(html)).toBe(`<p>${link(href, text)}</p>`);
      expect(clean(`<p>x ${html} y</p>`)).toBe(`<p>x ${link(href, text)} y</p>`);
    });
  });

  test('a player says what it plays where it knows', () => {
    expect(clean('<video><source type="Video/MP4; codecs=x" src="/a.mp4"></video>')).toBe(
      `<p><a href="https://partner.example/a.mp4" ${rel}>partner.example/a.mp4</a> (video/mp4)</p>`,
    );
    expect(clean('<p><audio src="/a.ogg" type="audio/ogg"></audio><audio src="/b.ogg" type="x"></audio></p>')).toBe(
      `<p><a href="https://partner.example/a.ogg" ${rel}>partner.example/a.ogg</a> (audio/ogg)<a href="https://partner.example/b.ogg" ${rel}>partner.example/b.ogg</a></p>`,
    );
  });

  test('is idempotent and harmless on markup of any kind', () => {
    const bit = fc.oneof(
      fc.constantFrom(
        ...'p div b i a li ul ol table caption thead tr td th tbody blockquote span dl dt dd ruby rb rt rp pre details summary h1 h3 figure figcaption section font form svg object video select script style noscript'
          .split(' ')
          .flatMap((name) => [`<${name}>`, `</${name}>`]),
      ),
      fc.constantFrom(
        '<a href="/x?utm_source=a#b">',
        '<a href=javascript:x>',
        '<img src=/a.png alt="&quot;">',
        '<img width=1 src=a>',
        '<br>',
        '<hr>',
        '<wbr>',
        '<iframe src=//x.example/e></iframe>',
        '<a href="https://t.me/share/url?url=x">',
        '<div class=sharedaddy>',
        'Share this:',
        '<span lang=fr>',
        '<p dir=rtl>',
        '<td colspan=3>',
        '<source src=/v.mp4>',
        '<embed src=/e>',
        '<!-- c -->',
        '<!--',
        '<![CDATA[',
        '"',
        "'",
        '<',
        '>',
        '&',
        '&lt',
        '&lt;',
        '&amp;amp;',
        '&nbsp;',
        ' ',
        '\n',
        '\r',
        '&#13;',
        '\u202e',
        '\u200b',
        'e\u0301\u0301\u0301\u0301\u0301',
        '\u0301\u0301\u0301\u0301',
        '\ud800',
        'word',
        'كلمة',
      ),
      fc.constantFrom(...allPayloads),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 30 }), (bits) => {
        const once = clean(bits.join(''));
        expect(clean(once)).toBe(once);
        expect(findHarm(once)).toEqual([]);
        expect(findHarm(asBrowserReads(once))).toEqual([]);
        expect(clean(asBrowserReads(once))).toBe(once);
        expect(safeHtmlToText(once)).toBe(htmlToText(once));
      }),
      { numRuns: 1_500 },
    );
  });

  test('keeps the words of honest markup, whatever becomes of the tags', () => {
    const word = fc.stringMatching(/^[a-zé]{1,8}$/);
    const wrap = fc.constantFrom('p', 'div', 'b', 'em', 'li', 'blockquote', 'td', 'section', 'font', 'h3', 'span');
    fc.assert(
      fc.property(fc.array(fc.tuple(wrap, word), { maxLength: 20 }), (parts) => {
        const html = parts.map(([tag, text]) => `<${tag}>${text} `).join('');
        expect(htmlToText(clean(html)).split(/\s+/).join(' ')).toBe(parts.map(([, text]) => text).join(' '));
      }),
    );
  });

  describe('hostile sizes', () => {
    test.each<[string, (size: number) => string]>([
      ['unclosed <b>', (size) => `${'<b>'.repeat(size)}x`],
      ['unclosed <div>', (size) => `${'<div>'.repeat(size)}x`],
      ['nested tables', (size) => `${'<table><tr><td>'.repeat(size)}x`],
      ['tables in tables, not in cells', (size) => '<table>x<tr>y'.repeat(size)],
      ['crossed closing tags', (size) => `${'<b><i>'.repeat(size)}x${'</b></i>'.repeat(size)}`],
      ['links inside each other', (size) => `${'<a href=/x>'.repeat(size)}x`],
      [
        'links that only lead on',
        (size) => '<a href="https://href.li/?https://www.google.com/url?q=https://a.example/">x</a>'.repeat(size / 8),
      ],
      ['empty blocks between words', (size) => 'x<div></div>'.repeat(size)],
      ['open quotes', (size) => '<p title="'.repeat(size)],
      ['<', (size) => '<'.repeat(8 * size)],
      ['hidden in hidden', (size) => `${'<svg>'.repeat(size)}${'</svg>'.repeat(size)}`],
      ['a tower of marks', (size) => `a${'\u0301'.repeat(8 * size)}`],
      ['lines’ ends in preformatted text', (size) => `<pre>${'\r\n'.repeat(4 * size)}x</pre>`],
      ['one long address', (size) => `<a href="https://www.google.com/url?q=${'%25'.repeat(2 * size)}">x</a>`],
      ['closing tags of nothing', (size) => '<td></td></x>'.repeat(size)],
    ])('of %s cost in proportion', async (_what, make) => {
      await expectLinear(clean, 10_000, make);
      const result = clean(make(40_000));
      expect(clean(result)).toBe(result);
    });

    test('no more than 256 levels and 1 MiB come out, and the beginning of the text is there', () => {
      const deep = clean(`${'<div>'.repeat(2_000)}word`);
      expect(deep.split('<div>').length - 1).toBeLessThanOrEqual(256);
      expect(htmlToText(deep)).toBe('word');
      const long = clean(`<p>first</p>${'<p>a & b</p>'.repeat(200_000)}`);
      expect(long.length).toBeLessThanOrEqual(1_048_576);
      expect(long.startsWith('<p>first</p><p>a &amp; b</p>')).toBe(true);
    });
  });
});
