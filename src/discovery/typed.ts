/** What a person types for a partner's site → the addresses to ask for it, the likeliest first, or what is wrong with it. */
import { canonicalUrl, parseUrl } from '../text/url.ts';

export type Typed =
  | { readonly kind: 'addresses'; readonly urls: readonly [string, ...string[]] }
  | { readonly kind: 'mistake'; readonly text: string };

/** A name on a server of the fediverse, as people give it to each other: `@name@server`. */
const handle = /^(?:acct:|@)([\w.-]+)@([^\s/@]+\.[^\s/@]+)$/u;

/**
 * Sites that give their pages to nobody's program: whoever follows a group there is better told so than shown what a
 * page of a login looks like.
 */
const closed: readonly (readonly [host: RegExp, name: string])[] = [
  [/(?:^|\.)(?:facebook\.com|fb\.com|fb\.me)$/, 'Facebook'],
  [/(?:^|\.)(?:instagram\.com|threads\.net|threads\.com)$/, 'Instagram'],
  [/(?:^|\.)(?:twitter\.com|x\.com)$/, 'X'],
  [/(?:^|\.)tiktok\.com$/, 'TikTok'],
  [/(?:^|\.)linkedin\.com$/, 'LinkedIn'],
];

/**
 * Reads what was typed: an address with or without its beginning, one that starts with `feed:`, a name in the fediverse.
 * @returns where no scheme was said, https first and http after it
 */
export function readTyped(written: string): Typed {
  const text = written.trim().replace(/^<(.*)>$/s, '$1');
  if (text === '')
    return mistake('Nothing was given. Give the address of the group’s site, as in  https://group.example');
  const [, name, server] = handle.exec(text) ?? [];
  if (name !== undefined && server !== undefined) return addresses([`https://${server}/@${name}`], text);
  // https://en.wikipedia.org/wiki/Feed_URI_scheme: feed://host and feed:https://host
  const plain = text.replace(/^feed:(?=https?:)/i, '').replace(/^feed:(\/\/)?/i, 'http://');
  if (/^https?:\/\//i.test(plain)) return addresses([plain], text);
  if (/^[a-z][a-z0-9+.-]*:(?!\d{1,5}(?:[/?#]|$))/i.test(plain))
    return mistake(`“${text}” is not the address of a web site. Open the site in a browser and copy its address.`);
  if (/^[^\s/@]+@[^\s/@]+$/.test(plain))
    return mistake(`“${text}” looks like a mail address. For a name on Mastodon write an @ before it:  @${text}`);
  return addresses([`https://${plain}`, `http://${plain}`], text);
}

function addresses(urls: readonly [string, ...string[]], text: string): Typed {
  const read = urls.map((url) => withoutFragment(canonicalUrl(url) === undefined ? undefined : url));
  const [first, ...others] = read.filter((url) => url !== undefined);
  const host = first === undefined ? '' : new URL(first).hostname;
  const isName = host.includes('.') || host.startsWith('[') || host === 'localhost';
  if (first === undefined || !isName)
    return mistake(`“${text}” is not a web address. Write it as a browser shows it, as in  https://group.example`);
  const site = closed.find(([pattern]) => pattern.test(host))?.[1];
  if (site !== undefined)
    return mistake(
      `${site} offers no feeds, and lets no program read its pages. Ask the group whether it has a site, a blog or a Mastodon account as well.`,
    );
  return { kind: 'addresses', urls: [first, ...others] };
}

/** As it will be asked and written: what tracks stays, since a feed's address is what its site says it is. */
function withoutFragment(written: string | undefined): string | undefined {
  const url = written === undefined ? undefined : parseUrl(written);
  if (url === undefined) return undefined;
  url.hash = '';
  url.username = '';
  url.password = '';
  return url.href;
}

function mistake(text: string): Typed {
  return { kind: 'mistake', text };
}
