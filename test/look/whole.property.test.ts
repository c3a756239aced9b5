/**
 * Whatever a maintainer writes, in order or not: what Relais writes around it is in a browser's tree as it is without it. A page that is
 * swallowed by somebody's unclosed tag would be published by cron at night.
 */
import { load } from 'cheerio';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookOf } from '../../src/publish/look/look.ts';
import { renderAbout } from '../../src/publish/pages/about-page.tsx';
import { siteView } from '../publish/pages-views.ts';
import { dressed } from './dress.ts';

const runs = Number(process.env.LOOK_RUNS ?? 1_500);
const names =
  'p div b i a ul li dl dd dt table caption colgroup thead tbody tr td th form button label h2 h3 span details summary ruby rt pre blockquote script style svg math select option textarea title iframe template main body html head frameset nobr font center noscript plaintext xmp image'.split(
    ' ',
  );
const token = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...names).map((name) => `<${name}>`) },
  { weight: 6, arbitrary: fc.constantFrom(...names).map((name) => `</${name}>`) },
  { weight: 2, arbitrary: fc.constantFrom(...names).map((name) => `<${name} class="x" href="about/">`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'x',
      ' ',
      '\n',
      '<',
      '<<',
      '>',
      '"',
      '<!--',
      '-->',
      '<!-- x -->',
      '<!',
      '<?',
      '</',
      '<br>',
      '<hr/>',
      '<img src=x alt>',
      '&amp;',
      '&lt;',
      "<p title='",
      '</div',
      '<![CDATA[',
      ']]>',
    ),
  },
);
const allowed =
  'p div b i a ul li dl dd table caption thead tbody tr td th form button label h2 h3 span details ruby pre'.split(' ');
/** In order: what is opened is closed. */
const tree: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'tree' },
    fc.constantFrom('x', ' ', '<br>', '<p>', '<li>', '<td>'),
    fc
      .tuple(fc.constantFrom(...allowed), fc.array(tie('tree'), { maxLength: 3, depthIdentifier: 'tree' }))
      .map(([name, inside]) => `<${name}>${inside.join('')}</${name}>`),
  ),
})).tree;
const byItself = ['p', 'li', 'dd', 'td'];
/** Of few elements, each of which is likely to stand inside another of its kind; what may end by itself does so as often as not. */
const crowded: fc.Arbitrary<string> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...allowed), { minLength: 1, maxLength: 3 }),
    fc.uniqueArray(fc.constantFrom(...byItself), { minLength: 1, maxLength: 2 }),
  )
  .chain(([some, ends]) => {
    const { inside } = fc.letrec<{ inside: string }>((tie) => ({
      inside: fc.oneof(
        { maxDepth: 5, depthIdentifier: 'crowded' },
        fc.constantFrom('x', ...ends.map((name) => `<${name}>`)),
        fc
          .tuple(
            fc.constantFrom(...some, ...ends),
            fc.array(tie('inside'), { maxLength: 3, depthIdentifier: 'crowded' }),
            fc.boolean(),
          )
          .map(([name, within, isLeftOpen]) =>
            isLeftOpen && byItself.includes(name)
              ? `<${name}>${within.join('')}`
              : `<${name}>${within.join('')}</${name}>`,
          ),
      ),
    }));
    return fc.array(inside, { maxLength: 4 }).map((parts) => parts.join(''));
  });
const written = fc.oneof(
  fc.array(token, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.array(tree, { maxLength: 3 }).map((parts) => parts.join('')),
  crowded,
);
/** Each of these once ended what was not its own. */
const torn = [
  '<li><div><li></div>x',
  '<p><li></p><div><li></div>x',
  '<span><li></span><div><li></div>x',
  '<a><dd>x</a><div><dt></div>y',
  '<legend><li></legend><div><li></div>x',
];

/** The page without what is the maintainer's. */
function rest(html: string): string {
  const page = load(html);
  page('.own').remove();
  return page.html().replace(/\s+/g, ' ');
}

test('at the foot and on the page about the site', () => {
  const plain = rest(renderAbout(siteView()));
  let used = 0;
  fc.assert(
    fc.property(written, (text) => {
      const look = dressed({ 'foot.html': text });
      if (lookOf({ look }).foot.length > 0) used++;
      expect(rest(renderAbout(siteView({ look })))).toBe(plain);
    }),
    { numRuns: runs, examples: torn.map((text): [string] => [text]) },
  );
  expect(used).toBeGreaterThan(200);
}, 60_000);

test('in a frame around every page', () => {
  const plain = load(renderAbout(siteView()));
  let used = 0;
  fc.assert(
    fc.property(written, written, (before, behind) => {
      const look = dressed({
        'page.html': `<html><head><relais-head></relais-head></head><body><aside class="own">${before}</aside><div><relais-content></relais-content></div><aside class="own">${behind}</aside><relais-foot></relais-foot></body></html>`,
      });
      if (lookOf({ look }).page !== undefined) used++;
      const page = load(renderAbout(siteView({ look })));
      page('.own').remove();
      expect(page('main').toString()).toBe(plain('main').toString());
      expect(page('footer.foot').toString()).toBe(plain('footer.foot').toString());
      expect(page('head').html()).toBe(plain('head').html());
      expect(page('body > a.skip')).toHaveLength(1);
      expect(page('script, style, iframe, [onclick], [style]')).toHaveLength(0);
    }),
    { numRuns: runs },
  );
  expect(used).toBeGreaterThan(60);
}, 120_000);
