import { describe, expect, test } from 'vitest';
import { cleanHtml } from '../../src/normalise/clean-html.ts';
import { isShareLink } from '../../src/normalise/sharing.ts';
import { raw } from './entry.ts';

const clean = (html: string): string => cleanHtml(raw(html), 'https://partner.example/post/').html;

const page = 'https%3A%2F%2Fpartner.example%2Fpost%2F';
const shareLinks: readonly string[] = [
  `https://www.facebook.com/sharer/sharer.php?u=${page}`,
  `https://www.facebook.com/sharer.php?u=${page}`,
  `https://www.facebook.com/dialog/share?href=${page}`,
  `https://twitter.com/intent/tweet?text=x&url=${page}`,
  `https://x.com/intent/post?url=${page}`,
  `https://twitter.com/share?url=${page}`,
  `https://twitter.com/home?status=${page}`,
  `https://t.me/share/url?url=${page}`,
  `https://wa.me/?text=${page}`,
  `https://api.whatsapp.com/send?text=${page}`,
  `https://www.linkedin.com/shareArticle?mini=true&url=${page}`,
  `https://www.linkedin.com/sharing/share-offsite/?url=${page}`,
  `https://www.reddit.com/submit?url=${page}`,
  `https://www.pinterest.fr/pin/create/button/?url=${page}`,
  `https://www.tumblr.com/widgets/share/tool?canonicalUrl=${page}`,
  `https://bsky.app/intent/compose?text=${page}`,
  `https://getpocket.com/save?url=${page}`,
  `https://vk.com/share.php?url=${page}`,
  `https://www.xing.com/spi/shares/new?url=${page}`,
  `https://www.addtoany.com/share?url=${page}`,
  `https://www.addtoany.com/add_to/mastodon?linkurl=${page}`,
  `https://mastodonshare.com/?url=${page}`,
  'https://partner.example/post/?share=facebook&nb=1',
  'https://partner.example/post/?share=jetpack-whatsapp',
  `mailto:?subject=x&body=${page}`,
];

describe('links that share the page', () => {
  test.each(shareLinks)('%s', (href) => {
    expect(isShareLink(href)).toBe(true);
    expect(clean(`<p>a</p><p><a href="${href}">Share</a></p>`)).toBe('<p>a</p>');
  });

  test.each([
    'https://www.facebook.com/partner',
    'https://twitter.com/partner/status/1',
    'https://t.me/partner',
    'https://wa.me/33123456789',
    'https://partner.example/post/?share=12',
    'https://partner.example/share/',
    'mailto:partner@partner.example?subject=Join',
  ])('not one: %s', (href) => {
    expect(isShareLink(href)).toBe(false);
    expect(clean(`<p><a href="${href}">Share</a></p>`)).toContain('Share');
  });
});

describe('rows of them', () => {
  const row = shareLinks.slice(0, 4).map((href) => `<a href="${href}"><img src="/icon.png" alt="network"></a>`);
  test.each([
    [
      'Jetpack',
      `<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social"><h3 class="sd-title">Share this:</h3><div class="sd-content"><ul><li class="share-facebook"><a href="https://partner.example/post/?share=facebook&nb=1"><span>Click to share on Facebook (Opens in new window)</span></a></li><li class="share-end"></li></ul></div></div></div>`,
    ],
    [
      'related posts',
      '<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Related</em></h3><p><a href="/other">Another post</a> of March</p></div>',
    ],
    [
      'AddToAny',
      `<div class="addtoany_share_save_container addtoany_content"><div class="a2a_kit">${row.join('')}</div></div>`,
    ],
    ['a line', `<p>Share this: ${row.join(' | ')}</p>`],
    ['a line with its heading', `<h4>Partager :</h4>\n<ul><li>${row.join('</li><li>')}</li></ul>`],
    ['Arabic', `<p>شارك هذا المقال</p><p>${row.join(' ')}</p>`],
    [
      'FeedBurner',
      '<div class="feedflare"><a href="http://feeds.feedburner.com/~ff/a?a=b"><img src="http://feeds.feedburner.com/~ff/a?d=c"></a></div>',
    ],
  ])('%s', (_who, html) => {
    expect(clean(`<p>Text.</p>${html}`).trim()).toBe('<p>Text.</p>');
    expect(clean(`<div><p>Text.</p>${html}</div>`).replace(/\s/g, '')).toBe('<div><p>Text.</p></div>');
  });

  test('a sentence of the text stays, whatever it links to', () => {
    const html = `<p>Please write to the <a href="${shareLinks[3]}">prefecture on Twitter</a> before Monday.</p>`;
    expect(clean(html)).toContain('Please write to the');
  });

  test('a block that was never closed takes no text with it', () => {
    const text = '<p>The police came at six and took the tents away.</p>'.repeat(20);
    expect(clean(`<div class="sharedaddy">${text}`)).toContain('took the tents away');
  });

  test('cleaned again they are not there again, and what stands around them stays', () => {
    const once = clean(`<h3>Share</h3><p>We share.</p><ul><li>${row[0]}</li><li>Soup</li></ul>`);
    expect(once).toContain('<h3>Share</h3><p>We share.</p>');
    expect(once).toContain('Soup');
    expect(clean(once)).toBe(once);
  });
});
