/** An address as some program has written it → one that sources.yaml takes, or why there is none. */
import { addressPattern } from '../config/kinds.ts';
import { canonicalUrl, parseUrl } from '../text/url.ts';

type AddressRead =
  | { readonly url: string; readonly remark: string | undefined }
  /** Half a sentence. */
  | { readonly why: string };

/** Readers hand addresses to each other with these in front (`feed:` and RFC 8089's neighbours); they are fetched by http. */
const wrappers = /^(?:feed|rss|itpc|pcast|podcast|podto):(?:\/\/)?/i;

/** @param written of any length and content */
export function readAddress(written: string): AddressRead {
  const trimmed = written.trim();
  if (trimmed === '') return { why: 'it has no address' };
  if (trimmed.includes('${') && addressPattern.test(trimmed)) return { url: trimmed, remark: undefined };
  const bare = trimmed.replace(wrappers, '');
  const url = /^https?:\/\//i.test(bare)
    ? bare.replace(/^https?/i, (scheme) => scheme.toLowerCase())
    : guess(bare, trimmed);
  if (url === undefined) return { why: `its address is ${schemeOf(trimmed)}, and Relais asks by http and https alone` };
  const spaced = url.replace(/(?<![\s,;])[\s,;]+$/, '').replace(/\s/g, (sign) => encodeURIComponent(sign));
  if (!addressPattern.test(spaced) || canonicalUrl(spaced) === undefined)
    return { why: 'its address is none that can be asked. Open it in a browser and copy it from there' };
  return {
    url: spaced,
    remark: spaced === trimmed ? undefined : `its address was written otherwise: ${discreet(trimmed)}`,
  };
}

/** `feed://example.org/` was http when it was written, and a bare host has had time to get a certificate. */
function guess(bare: string, trimmed: string): string | undefined {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?([/?]\S*)?$/i.test(bare)) return undefined;
  return `${bare === trimmed ? 'https' : 'http'}://${bare}`;
}

function schemeOf(text: string): string {
  const scheme = /^([a-z][a-z0-9+.-]{0,20}):/i.exec(text)?.[1];
  return scheme === undefined ? 'no web address' : `one of ${scheme}:`;
}

/** An address as it may be printed: without a password. */
export function discreet(url: string): string {
  return url.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1…@');
}

/** True where a password stands in it. */
export function holdsPassword(url: string): boolean {
  return (parseUrl(url)?.password ?? '') !== '';
}

/** Names of secrets that it asks for. */
export function secretsIn(url: string): readonly string[] {
  return [...url.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name);
}
