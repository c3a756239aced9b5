import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalUrl, linkUrl } from '../../src/text/url.ts';

const page = 'https://partner.example/2026/a+b/?p=1&q=%C3%A9';
const escaped = encodeURIComponent(page);

/** Addresses that lead on, as networks and mail programs write them around `page`. */
const wrapped: readonly string[] = [
  `https://www.google.com/url?sa=t&source=web&rct=j&url=${escaped}&ved=2ah&usg=AOv`,
  `https://www.google.com/url?q=${escaped}&sa=D&ust=1`,
  `https://www.google.co.uk/url?q=${escaped}`,
  `https://news.google.com/news/url?ct2=fr&sa=t&url=${escaped}`,
  `https://news.google.com/rss?url=${escaped}`,
  `https://l.facebook.com/l.php?u=${escaped}&h=AT0`,
  `https://lm.facebook.com/l.php?h=AT0&u=${escaped}`,
  `https://www.facebook.com/l.php?u=${escaped}`,
  `https://www.facebook.com/flx/warn/?u=${escaped}`,
  `https://l.instagram.com/?u=${escaped}&e=AT0`,
  `https://l.threads.net/?u=${escaped}&e=AT0`,
  `https://l.messenger.com/l.php?u=${escaped}`,
  `https://out.reddit.com/t3_1?url=${escaped}&token=AQ&app_name=web`,
  `https://t.umblr.com/redirect?z=${escaped}&t=abc`,
  `https://href.li/?${page}`,
  `https://anonym.to/?${page}`,
  `https://steamcommunity.com/linkfilter/?url=${escaped}`,
  `https://steamcommunity.com/linkfilter/?u=${escaped}`,
  `https://slack-redir.net/link?url=${escaped}`,
  `https://www.youtube.com/redirect?event=video_description&redir_token=Q&q=${escaped}&v=abc`,
  `https://duckduckgo.com/l/?kh=-1&uddg=${escaped}`,
  `https://vk.com/away.php?to=${escaped}&cc_key=`,
  `https://away.vk.com/away.php?to=${escaped}`,
  `https://www.linkedin.com/safety/go?url=${escaped}&trk=x`,
  `https://www.linkedin.com/redir/redirect?url=${escaped}&urlhash=x`,
  `https://exit.sc/?url=${escaped}`,
  `https://gate.sc/?url=${escaped}&token=1`,
  `https://getpocket.com/redirect?url=${escaped}`,
  `https://link.zhihu.com/?target=${escaped}`,
  `https://www.deviantart.com/users/outgoing?${page}`,
  `https://disq.us/url?url=${escaped}%3AaBcDeFgHiJkLmNoPqRsTuVwXyZ0&cuid=1`,
  `https://www.bing.com/ck/a?!&&p=1&u=a1${Buffer.from(page).toString('base64url')}&ntb=1`,
  `https://abc.r.eu-west-1.awstrack.me/L0/${escaped}/1/0102/x=3`,
  `https://eur01.safelinks.protection.outlook.com/?url=${escaped}&data=05%7C&sdata=x&reserved=0`,
  `https://urldefense.proofpoint.com/v1/url?u=${escaped}&k=1`,
  'https://urldefense.proofpoint.com/v2/url?u=https-3A__partner.example_2026_a-2Bb_-3Fp-3D1-26q-3D-25C3-25A9&d=DwM&c=x&r=y&m=z&s=w&e=',
  'https://urldefense.com/v3/__https://partner.example/2026/a*b/?p=1&q=*C3*A9__;KyUl!!abc!def$',
  'https://urldefense.us/v3/__https:/partner.example/2026/a*b/?p=1&q=**E__;KyVDMyVBOQ!!abc!def$',
];

describe('addresses that only lead on', () => {
  test.each(wrapped)('%s', (url) => {
    expect(canonicalUrl(url)).toBe(page);
  });

  test('wrapper in wrapper, with what tracks and the place in the page', () => {
    const inner = `https://l.facebook.com/l.php?u=${encodeURIComponent(`${page}&fbclid=x#part`)}`;
    const outer = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(inner)}`;
    expect(linkUrl(outer)).toBe(`${page}#part`);
  });

  test.each([
    'https://www.google.com/url?q=javascript:alert(1)',
    'https://www.google.com/url?q=/search?hl=fr',
    'https://l.facebook.com/l.php?u=data:text/html,x',
    'https://l.facebook.com/l.php?u=https://a"b/',
    'https://l.facebook.com/l.php?u=%E0%A4%A',
    'https://l.facebook.com/l.php',
    'https://www.bing.com/ck/a?u=a1%%%',
    'https://urldefense.com/v3/__javascript:alert(1)__;!!a!b$',
    'https://t.co/abc',
    'https://bit.ly/abc?url=https://other.example/',
    'https://feeds.feedburner.com/~r/group/~3/abc/',
    'https://news.google.com/rss/articles/CBMiabc?oc=5',
    'https://web.archive.org/web/2020/https://partner.example/a',
    'https://translate.google.com/translate?u=https://partner.example/&sl=fr',
    'https://partner.example/url?q=https://other.example/',
    'https://evilgoogle.com/url?q=https://other.example/',
  ])('what leads nowhere that we may go, or says nothing, stays: %s', (url) => {
    expect(canonicalUrl(url)).toMatch(new RegExp(`^https://${new URL(url).host.replaceAll('.', '\\.')}/`));
  });

  test('a thousand wrappers are nobody’s; what is left is the same read twice', () => {
    let url = page;
    for (let depth = 0; depth < 20; depth++) url = `https://href.li/?${url}`;
    const once = canonicalUrl(url);
    expect(once).toBe(url);
    expect(canonicalUrl('https://href.li/?'.repeat(5_000) + page)).toBeUndefined();
  });

  test('canonical addresses stay what they are', () => {
    const around = fc.constantFrom(...wrapped.map((url) => url.replaceAll(escaped, '{}').replaceAll(page, '{}')));
    const leaf = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.constant(page),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(around, { maxLength: 12 }), leaf, fc.boolean(), (wraps, inner, escapes) => {
        const url = wraps.reduce(
          (text, wrap) => wrap.replaceAll('{}', escapes ? encodeURIComponent(text) : text),
          inner,
        );
        for (const canonicalise of [canonicalUrl, linkUrl]) {
          const once = canonicalise(url);
          if (once !== undefined) expect(canonicalise(once)).toBe(once);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
