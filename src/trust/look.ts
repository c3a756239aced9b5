/** A new or a stored item → what it is recognised by when its guid does not tell: addresses, title, date and opening words. */
import type { Instant, Item } from '../model.ts';
import type { KnownSample } from '../refresh-plan.ts';
import { hostOf, isHomePage, linkUrl, urlKey } from '../text/url.ts';

export interface Look {
  readonly guid: string;
  /** Its pages without scheme, `www.` and hosts of the source; fragments kept where the guid has one. */
  readonly addresses: readonly string[];
  /** Folded words; '' where there is none. */
  readonly title: string;
  /** Folded words of the beginning of the text: a summary and the full text have it in common. */
  readonly opening: string;
  /** The partner's own date. */
  readonly published: Instant | undefined;
}

const openingWords = 25;
/** Characters that hold so many words in any language, with room to spare. */
const openingLength = 2_000;

/** @param hosts those of the source, old and new, as `hostOf` gives them */
export function lookOf(item: Item | KnownSample, hosts: ReadonlySet<string>): Look {
  const urls = 'urls' in item ? item.urls : [];
  const pages = [linkUrl(item.guid), item.url, ...urls];
  const addresses = pages.flatMap((url) => (url === undefined || isHomePage(url) ? [] : [withoutHost(url, hosts)]));
  return {
    guid: item.guid,
    addresses: [...new Set(addresses)],
    title: folded(item.title),
    opening: folded(item.text.slice(0, openingLength)).split(' ').slice(0, openingWords).join(' '),
    published: item.published,
  };
}

/** Words for comparing: letters and digits only, without case and marks. */
export function folded(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

/** A second name for an address that stays when a site gets https, loses its `www.` or moves to another domain. */
function withoutHost(url: string, hosts: ReadonlySet<string>): string {
  const host = hostOf(url);
  const key = urlKey(url);
  return host !== undefined && hosts.has(host) ? key.slice(host.length) : key;
}
