/**
 * Whom a credit means by what the maintainer has written of a source, or by the host that its feed is on. What a feed calls itself,
 * and what it claims as its home, is its own choice: enough to credit it, not enough to let it take away what others publish.
 */
import type { Evidence, Source, SourceKey } from '../model.ts';
import { canonicalUrl, hostOf, urlKey } from '../text/url.ts';
import { sharedHosts } from './authors.ts';
import { foldText } from './folding.ts';

type Said = Pick<Evidence, 'targetName' | 'targetUrl'>;

/** A name that is an address, as a credit writes it. */
const written = /^(?:https?:\/\/|(?:[a-z0-9_-]{1,63}\.){1,5}[a-z]{2,24}(?:[/:]|$))\S*$/i;

/**
 * @param byName the source that the maintainer calls so
 * @param homes urlKeys of the home pages that are believed
 * @returns the source that a credit means, told by nothing that the source itself has chosen
 */
export function openGiven(
  sources: readonly Source[],
  byName: (name: string) => SourceKey | undefined,
  homes: ReadonlyMap<SourceKey, string>,
): (said: Said) => SourceKey | undefined {
  const onHost = new Map<string, Source[]>();
  const named = new Map<string, Source[]>();
  for (const source of sources) {
    add(onHost, hostOf(source.url), source);
    for (const host of source.hosts) add(named, host.toLowerCase(), source);
  }
  const byUrl = (url: string): SourceKey | undefined => {
    const host = hostOf(url) ?? '';
    const here = [...(named.get(host) ?? []), ...(onHost.get(host) ?? [])];
    const [first] = here;
    if (first === undefined) return undefined;
    const isTheirs = named.has(host) || !sharedHosts.has(host);
    if (isTheirs && here.every((one) => areOne(one, first))) return first.key;
    return below(urlKey(url), here, homes);
  };
  return ({ targetName: name = '', targetUrl: url }) => {
    const address = written.test(name) ? canonicalUrl(name.includes('://') ? name : `https://${name}`) : undefined;
    return byName(foldText(name)) ?? (url && byUrl(url)) ?? (address && byUrl(address));
  };
}

function add(table: Map<string, Source[]>, host: string | undefined, source: Source): void {
  if (host !== undefined) table.set(host, [...(table.get(host) ?? []), source]);
}

function areOne(a: Source, b: Source): boolean {
  return (
    a.key === b.key ||
    (a.partner !== undefined && b.partner !== undefined && foldText(a.partner) === foldText(b.partner))
  );
}

/** On a host that several share, a folder belongs to whose feed lies in it. */
function below(asked: string, here: readonly Source[], homes: ReadonlyMap<SourceKey, string>): SourceKey | undefined {
  const folders = here.flatMap((source) => {
    const home = homes.get(source.key) ?? '';
    const isFolder = home.includes('/') && isWithin(source.key, home);
    return isFolder && isWithin(asked, home) ? [{ source, home }] : [];
  });
  const [deepest, ...others] = folders.sort((a, b) => b.home.length - a.home.length);
  if (deepest === undefined) return undefined;
  const rivals = others.filter(({ home }) => home === deepest.home);
  return rivals.every(({ source }) => areOne(source, deepest.source)) ? deepest.source.key : undefined;
}

/** True for an address that is this folder, or lies in it. Both as `urlKey` writes them. */
export function isWithin(address: string, folder: string): boolean {
  return address === folder || address.startsWith(`${folder}/`);
}
