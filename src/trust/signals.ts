/**
 * What a document and its server look like beside what is remembered of the source → signs that somebody else has it
 * now, each in words for the maintainer (spec requirements §6, hijack signals; the letters are the table's). No sign
 * says anything alone: partners rename themselves, change their software and hosts, and write in a second language.
 */
import type { FeedHead } from '../edges.ts';
import type { Fetched, Instant, Item, ServerMarks, Source, SourceMemory } from '../model.ts';
import type { KnownSample } from '../refresh-plan.ts';
import { plainLine } from '../text/safe.ts';
import { hostOf, parseUrl, politenessKey } from '../text/url.ts';
import { folded } from './look.ts';

/** What is looked at. */
export interface Sight {
  readonly source: Pick<Source, 'url' | 'hosts'>;
  readonly before: SourceMemory;
  readonly head: Pick<FeedHead, 'title' | 'home' | 'lang' | 'generator'>;
  readonly fetched: Pick<Extract<Fetched, { kind: 'fresh' }>, 'url' | 'marks'>;
  readonly now: Instant;
}

const dayMs = 86_400_000;
const abandonedMs = 60 * dayMs;

/** (a) A domain that nobody pays for any more is first lost, then sold. */
export function hasBeenDown({ before, now }: Sight): string | undefined {
  const { failures } = before;
  const abandoned = lastAbandoned(before, now);
  if (abandoned !== undefined) return `on ${dateWords(abandoned)} its domain name was not found, or was for sale`;
  return failures >= 2 ? `it has failed ${failures} times before it answered again` : undefined;
}

/** When the domain looked lost, as long as that says anything; name servers have a bad hour too. */
export function lastAbandoned({ lastAbandoned: last }: SourceMemory, now: Instant): Instant | undefined {
  return last !== undefined && now - last <= abandonedMs ? last : undefined;
}

/** (c) Title or host of the home page. */
export function hasOtherName({ source, before, head }: Sight): string | undefined {
  const changes: string[] = [];
  if (before.title !== undefined && head.title !== undefined && folded(before.title) !== folded(head.title))
    changes.push(`its title changed from ${quoted(before.title)} to ${quoted(head.title)}`);
  const [old, now] = [before.home, head.home].map((home) => (home === undefined ? undefined : hostOf(home)));
  if (old !== undefined && now !== undefined && old !== now && !hostsIn(source).has(now))
    changes.push(`its home page moved from ${plainLine(old, 100)} to ${plainLine(now, 100)}`);
  return changes.length === 0 ? undefined : changes.join(' and ');
}

/** Fewer items may be guests' or translations. */
const fewestVoices = 3;

/** (d) The feed's language tag, or the language that its new items are written in, which no known one is. */
export function hasOtherLanguage(
  { before, head }: Sight,
  newItems: readonly Item[],
  samples: readonly KnownSample[],
): string | undefined {
  const [old, now] = [primary(before.lang), primary(head.lang)];
  if (old !== undefined && now !== undefined && old !== now)
    return `its language changed from ${quoted(old)} to ${quoted(now)}`;
  const [spoken, count] = mostCommon(newItems.map((item) => primary(item.lang)));
  const [usual, usualCount] = mostCommon(samples.map((sample) => primary(sample.lang)));
  const isNew = spoken !== undefined && samples.every((sample) => primary(sample.lang) !== spoken);
  const isTold = count >= fewestVoices && count * 2 > newItems.length && usualCount >= fewestVoices;
  return isNew && isTold ? `its new items are written in ${quoted(spoken)}, not in ${quoted(usual ?? '')}` : undefined;
}

/** (e) The feed's generator or the web server, whatever their versions. */
export function hasOtherSoftware({ before, head, fetched }: Sight): string | undefined {
  const pairs = [
    [before.generator, head.generator],
    [before.marks?.software, fetched.marks.software],
  ] as const;
  for (const [old, now] of pairs) {
    if (old === undefined || now === undefined || productOf(old) === productOf(now)) continue;
    return `its software changed from ${quoted(old)} to ${quoted(now)}`;
  }
  return undefined;
}

/** Fewer say nothing. */
const fewestLinks = 3;

/**
 * (f) Most of the document's links to other sites go where this source has never linked to. Of an edited item only what
 * the edit has brought counts: whoever adds links to old texts leaves those that are there.
 * @param newItems items that are new or edited
 * @param unchanged stored items that the document lists as they are
 * @param samples all stored items at hand
 */
export function hasOtherLinks(
  { source, before, head, fetched }: Sight,
  newItems: readonly Item[],
  unchanged: readonly KnownSample[],
  samples: readonly KnownSample[],
): string | undefined {
  const own = new Set([...hostsOf(source, before), hostOf(fetched.url), hostOf(head.home ?? '')]);
  const outbound = (one: Item | KnownSample): string[] =>
    linkedHosts(one.html).filter((host) => !own.has(host) && host !== hostOf(one.url ?? ''));
  const byGuid = new Map(samples.map((sample) => [sample.guid, outbound(sample)]));
  const known = new Set([...byGuid.values()].flat());
  const links = newItems.flatMap((item) => {
    const old = new Set(byGuid.get(item.guid));
    return outbound(item).filter((host) => !old.has(host));
  });
  const strange = links.filter((host) => !known.has(host));
  const total = links.length + unchanged.flatMap(outbound).length;
  if (samples.length === 0 || strange.length < fewestLinks || strange.length * 2 <= total) return undefined;
  const [example = ''] = mostCommon(strange);
  return `${strange.length} of ${total} links lead to sites it has never linked to, such as ${plainLine(example, 100)}`;
}

/** Fewer are links that were mended. */
const fewestStrays = 3;

/** A known item of the document: the domain that it led to, and the one that it leads to now. */
export interface Target {
  readonly was: string;
  readonly now: string;
}

/**
 * Items that lead to other domains than before while the feed itself has moved to none of those. What the feed says of
 * its home page counts for nothing here: it is as easily written as the links.
 */
export function strayTargets(sight: Sight, targets: readonly Target[]): readonly Target[] {
  const own = ownDomains(sight);
  return targets.filter(({ was, now }) => was !== now && !own.has(now));
}

/** (i) Most known items lead to other domains than before: now, or with what was changed little by little. */
export function hasOtherTargets(sight: Sight, targets: readonly Target[]): string | undefined {
  const stray = strayTargets(sight, targets);
  const [usual = '', count] = mostCommon(targets.map(({ was }) => was));
  const own = new Set([...ownDomains(sight), ...(count * 2 > targets.length ? [usual] : [])]);
  const away = (when: keyof Target): number => targets.filter((target) => !own.has(target[when])).length;
  const isMost = (many: number): boolean => many * 2 > targets.length;
  const inTime = stray.length > 0 && isMost(away('now')) && !isMost(away('was')) ? away('now') : 0;
  const many = isMost(stray.length) ? stray.length : inTime;
  if (many < fewestStrays) return undefined;
  const [place = ''] = mostCommon(stray.map(({ now }) => now));
  const from = plainLine(usual, 100);
  return `${many} of its ${targets.length} known items lead to ${plainLine(place, 100)} now, not to ${from}`;
}

function ownDomains({ source, before, fetched }: Sight): ReadonlySet<string | undefined> {
  const hosts = [...hostsIn(source)].map((host) => `https://${host}`);
  return new Set([...[source.url, fetched.url, ...hosts].map(domainOf), before.marks?.domain]);
}

/** (g) The certificate's issuer and the block of addresses that the server's is in. */
export function hasOtherServer({ before, fetched }: Sight): string | undefined {
  const [old, now] = [before.marks, fetched.marks];
  if (old?.tlsIssuer === undefined || now.tlsIssuer === undefined || old.tlsIssuer === now.tlsIssuer) return undefined;
  const [oldBlock, newBlock] = [blockOf(old), blockOf(now)];
  if (oldBlock === undefined || newBlock === undefined || oldBlock === newBlock) return undefined;
  if (oldBlock.includes(':') !== newBlock.includes(':')) return undefined; // one server has both kinds of address
  return `its server moved from ${oldBlock} to ${newBlock}, and ${quoted(now.tlsIssuer)} instead of ${quoted(old.tlsIssuer)} vouches for it`;
}

/** (h) @param count new items since the last success */
export function hasOtherPace({ before, now }: Sight, count: number): string | undefined {
  const { rhythmMs, lastSuccess } = before;
  if (rhythmMs === undefined || lastSuccess === undefined) return undefined;
  const usual = Math.max(1, (now - lastSuccess) / rhythmMs);
  return count > 10 * usual
    ? `it brought ${count} new items where ${Math.ceil(usual)} ${usual > 1 ? 'are' : 'is'} usual`
    : undefined;
}

/**
 * (i) Another domain than the one that it was last read from: a redirect has led there, or a page that names its feed.
 * Where it was read before does not count for ever: a domain that a group has left may be sold.
 */
export function leadsElsewhere({ source, before, fetched }: Sight): string | undefined {
  const domain = domainOf(fetched.url);
  const last = before.marks?.domain;
  const usual = last === undefined ? [before.feedUrl ?? source.url, source.url].map(domainOf) : [last];
  if (domain === undefined || usual.includes(domain) || hostsIn(source).has(hostOf(fetched.url) ?? ''))
    return undefined;
  return `it leads to ${plainLine(domain, 100)}`;
}

/** Hosts that belong to a source, as far as is known, as `hostOf` gives them. */
export function hostsOf(source: Sight['source'], before: SourceMemory): Set<string> {
  const pages = [source.url, before.feedUrl, before.home].map((url) => (url === undefined ? undefined : hostOf(url)));
  return new Set([...hostsIn(source), ...pages.filter((host) => host !== undefined)]);
}

function hostsIn(source: Sight['source']): Set<string> {
  return new Set(source.hosts.map((host) => host.toLowerCase().replace(/^www\./, '')));
}

/** The day, for the maintainer. */
export function dateWords(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function quoted(text: string): string {
  return `“${plainLine(text, 100)}”`;
}

function primary(lang: string | undefined): string | undefined {
  const subtag = lang?.split('-', 1)[0]?.toLowerCase();
  return subtag === 'und' ? undefined : subtag;
}

function mostCommon(words: readonly (string | undefined)[]): [string | undefined, number] {
  const counts = new Map<string, number>();
  for (const word of words) if (word !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [first] = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return first ?? [undefined, 0];
}

/** `https://wordpress.org/?v=6.4`, `WordPress 6.5 (…)` and `nginx/1.18` without what changes at every update. */
function productOf(software: string): string {
  const host = hostOf(software.trim());
  if (host !== undefined) return host.split('.').at(-2) ?? host;
  return folded(software.slice(0, 200).replace(/\(.*$/, '')).match(/\p{L}+/u)?.[0] ?? '';
}

/** Hosts of a text's links, each once. Its HTML is ours (SafeHtml), so attributes stand in quotation marks. */
function linkedHosts(html: string): string[] {
  const hosts = [...html.matchAll(/ href="(https?:[^"]{0,2000})"/g)].map((match) => hostOf(match[1] ?? ''));
  return [...new Set(hosts.filter((host) => host !== undefined))];
}

/** Registrable domain; undefined where there is no address. */
export function domainOf(url: string): string | undefined {
  return parseUrl(url) === undefined ? undefined : politenessKey(url);
}

/** The first 16 bits of an IPv4 address, the first 32 of an IPv6 one. */
function blockOf({ address }: ServerMarks): string | undefined {
  const plain = address?.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '') ?? '';
  const four = /^(\d+\.\d+)\.\d+\.\d+$/.exec(plain);
  if (four !== null) return `${four[1]}.0.0/16`;
  const [first, second] = plain.split(':');
  return plain.includes(':') ? `${first}:${second || '0'}::/32` : undefined;
}
