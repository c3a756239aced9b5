/**
 * What blogging software puts under a text so that readers pass it on and are counted doing so: rows of links that open a
 * network's own form. Known by what the links do and by words that only such rows are made of; a class name alone takes
 * nothing long away, since an element that was never closed holds the rest of the text.
 */
import { plainParts } from '../text/plain-url.ts';
import { sitesOf } from '../text/tracking.ts';
import { parseUrl } from '../text/url.ts';

/** A network, and how the address of its form begins or what its query holds. */
const forms: readonly (readonly [sites: string, form: RegExp])[] = [
  ['facebook.com', /^\/(sharer|share\.php|dialog\/(share|feed|send))/],
  ['twitter.com x.com', /^\/(intent\/(tweet|post)|share\b|home\?status=)/],
  ['t.me telegram.me', /^\/share\b/],
  ['wa.me', /^\/\?text=/],
  ['api.whatsapp.com web.whatsapp.com', /^\/send/],
  ['linkedin.com', /^\/(sharearticle|sharing\/share-offsite|cws\/share)/i],
  ['reddit.com', /^\/submit/],
  ['pinterest.*', /^\/pin\/create/],
  ['tumblr.com', /^\/(share|widgets\/share)/],
  ['bsky.app', /^\/intent\/compose/],
  ['threads.net threads.com', /^\/intent\/post/],
  ['getpocket.com', /^\/(save|edit)/],
  ['instapaper.com', /^\/(edit|hello2)/],
  ['flipboard.com', /^\/bookmarklet/],
  ['buffer.com bufferapp.com', /^\/add/],
  ['vk.com', /^\/share\.php/],
  ['xing.com', /^\/(spi\/shares|social_plugins\/share|app\/user\?op=share)/],
  ['news.ycombinator.com', /^\/submitlink/],
  ['digg.com stumbleupon.com', /^\/submit/],
  ['plus.google.com', /^\/share/],
  ['addtoany.com', /^\/(share|add_to)/],
  ['addthis.com', /^\/bookmark/],
  ['sharethis.com mastodonshare.com tootpick.org toot.kytta.dev share.diasporafoundation.org', /^\//],
  ['printfriendly.com', /^\/print/],
];
const formsBySite = new Map(forms.flatMap(([sites, form]) => sites.split(' ').map((site) => [site, form] as const)));
/** Jetpack's links lead to the post itself and say which form is wanted. */
const jetpack =
  /[?&]share=(facebook|x|twitter|email|telegram|jetpack-whatsapp|mastodon|bluesky|reddit|linkedin|pinterest|tumblr|pocket|threads|print|press-this|skype|nextdoor)(&|$)/;

/** True for a link that opens a form for passing a page on. @param href as it is kept */
export function isShareLink(href: string): boolean {
  const plain = plainParts(href);
  if (plain === undefined && /^mailto:\?/i.test(href)) return true;
  const url = plain ?? parseUrl(href);
  if (url === undefined) return false;
  if (url.search !== '' && jetpack.test(url.search)) return true;
  return sitesOf(url.hostname).some((site) => formsBySite.get(site)?.test(`${url.pathname}${url.search}`) === true);
}

/** What these rows say of themselves, in the languages of our partners. */
const words = new Set(
  `share this post article on via with to click opens in new window email e-mail mail print more like loading or a friend spread the word
   link copy be first facebook twitter x telegram whatsapp mastodon bluesky reddit linkedin pinterest tumblr pocket skype signal threads messenger tweet
   partager partagez sur cet article ce par imprimer plus chargement cliquez pour ouvre dans une nouvelle fenêtre
   teilen diesen beitrag artikel auf mit per drucken mehr wird geladen gefällt mir weitersagen
   compartir comparte esto este artículo en por imprimir más cargando me gusta condividi su questo articolo stampa mi piace
   compartilhe partilhar isso este artigo delen dit bericht op afdrukken meer paylaş bunu yazdır κοινοποίηση κοινοποιήστε στο
   شارك شاركها مشاركة على هذا المقال هم‌رسانی اشتراک‌گذاری در`.split(/\s+/),
);
const longestLabel = 200;

/** True for a text of nothing but such words and marks. */
export function isShareLabel(text: string): boolean {
  return (
    text.length <= longestLabel &&
    text
      .toLowerCase()
      .split(/[^\p{L}\p{M}\u200c-]+/u)
      .every((word) => word === '' || word === '-' || words.has(word))
  );
}

const calls =
  /\b(?:share|sharing|spread|partage[rz]|teilen|weitersagen|compart[ei]\w*|condividi|partilhar|delen)\b|paylaş|κοινοποί|شارك|مشاركة|اشتراک/i;

/** True for a label that calls upon readers to pass the page on: it introduces such a row. */
export function isShareCall(text: string): boolean {
  return isShareLabel(text) && calls.test(text);
}

/** Classes and ids under which plug-ins keep such rows, and lists of other posts. */
const blocks = new Set(
  `sharedaddy jp-relatedposts jp-post-flair sd-sharing wp-block-jetpack-sharing-buttons wp-block-outermost-social-sharing feedflare
   addtoany_share_save_container addtoany_content a2a_kit addthis_toolbox addthis_inline_share_toolbox addthis_sharing_toolbox
   sharethis-inline-share-buttons shareaholic-canvas ssba ssba-classic-2 ssbp-wrap heateor_sss_sharing_container heateorsssharing
   essb_links swp_social_panel shariff yarpp yarpp-related crp_related social-share share-buttons sharing-buttons sharebuttons
   simplesocialbuttons dpsp-content-wrapper post-share post-sharing entry-share wabtn_container`.split(/\s+/),
);

/** True for the names of a block that plug-ins write under a text. @param names values of `class` and `id` */
export function isShareBlock(names: string): boolean {
  return (
    names !== '' &&
    names.length < 1_000 &&
    names
      .toLowerCase()
      .split(/\s+/)
      .some((name) => blocks.has(name))
  );
}
