/**
 * Which addresses may be connected to: an IP address and a port, as DNS or the URL gave them, become a yes or a reason.
 * Deciding on names is of no use (a name may lead anywhere), so nothing here looks at one.
 * Ranges: IANA special-purpose address registries (RFC 6890 and its updates).
 */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;
type Range = readonly [address: Address, bits: number];

/** One entry of `network: allow`, read. */
interface AllowRule {
  readonly range: Range;
  /** Undefined opens every port. */
  readonly port: number | undefined;
}

/** What to think of an address and a port. */
export interface Ruling {
  /** Undefined where they may be connected to; else why not, in words for the maintainer. */
  readonly refusal: string | undefined;
  /**
   * What requests to it share a limit by: the address, since one machine answers for all names that lead there; with
   * its port where the address is not public, since behind such a one several machines may answer.
   */
  readonly limit: string;
}

export interface Guard {
  /** @param address an IP address, without brackets */
  judge(address: string, port: number): Ruling;
  /** Whether to ask for this port where a proxy finds the address; undefined for yes, else why not. */
  portRefusal(port: number): string | undefined;
}

/** What no partner's server can have as its IPv4 address. */
const closedIpv4 = named([
  ['0.0.0.0/8', 'this machine'],
  ['10.0.0.0/8', 'a private network'],
  ['100.64.0.0/10', 'a provider’s inner network'],
  ['127.0.0.0/8', 'this machine'],
  ['169.254.0.0/16', 'a link-local address'],
  ['172.16.0.0/12', 'a private network'],
  ['192.0.0.0/24', 'a reserved address'],
  ['192.0.2.0/24', 'an address for documentation'],
  ['192.88.99.0/24', 'a reserved address'],
  ['192.168.0.0/16', 'a private network'],
  ['198.18.0.0/15', 'an address for measurements'],
  ['198.51.100.0/24', 'an address for documentation'],
  ['203.0.113.0/24', 'an address for documentation'],
  ['224.0.0.0/3', 'a multicast or reserved address'],
]);

/** IPv6 is the other way round: everything is closed but this, so loopback, mapped, NAT64, ULA … are out by construction. */
const openIpv6 = read('2000::/3');
const closedIpv6 = named([
  ['2001::/23', 'a reserved address'], // Teredo and ORCHID among them
  ['2001:db8::/32', 'an address for documentation'],
  ['2002::/16', 'an IPv4 address in disguise (6to4)'],
  ['3fff::/20', 'an address for documentation'],
]);
/** Only for the wording of a refusal; the decision is `openIpv6`. */
const ipv6Names = named([
  ['::1/128', 'this machine'],
  ['::/128', 'this machine'],
  ['::ffff:0:0/96', 'an IPv4 address in disguise (mapped)'],
  ['::/96', 'an IPv4 address in disguise (compatible)'],
  ['64:ff9b::/96', 'an IPv4 address in disguise (NAT64)'],
  ['64:ff9b:1::/48', 'an IPv4 address in disguise (NAT64)'],
  ['fc00::/7', 'a private network'],
  ['fe80::/10', 'a link-local address'],
  ['ff00::/8', 'a multicast address'],
]);

/** Where cloud machines keep their keys: never opened by a range, only by an entry that names exactly this address. */
const metadata: ReadonlySet<string> = new Set(
  [
    '169.254.169.254',
    '169.254.170.2',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    'fd00:ec2::254',
    'fd20:ce::254',
  ].map((address) => addressBytes(address).join('.')),
);

const usualPorts: readonly number[] = [80, 443, 8080, 8443];
/** Below are mail, databases of passwords and the like: no setting opens them for everyone. */
const leastExtraPort = 1_024;

/**
 * Makes the guard from `network: allow` and `network: ports`. Entries that cannot be read open nothing (the
 * configuration reports them), nor do ports below 1024.
 * @param allow `10.1.2.0/24`, `127.0.0.1`, `127.0.0.1:8099`, `[::1]:8080`, `::1`, `fd12::/64`; without a port, all ports
 * @param ports those that are open on public addresses beside the usual ones
 */
export function makeGuard(allow: readonly string[], ports: readonly number[] = []): Guard {
  const rules = allow.map(readAllowEntry).filter((rule) => rule !== undefined);
  const openPorts = new Set([...usualPorts, ...ports.filter((port) => port >= leastExtraPort)]);
  const portRefusal = (port: number): string | undefined =>
    openPorts.has(port) ? undefined : `port ${port} is not one that web servers use`;
  return {
    judge(text, port) {
      const address = readAddress(text);
      if (address === undefined) return { refusal: `${text} is not an address`, limit: text };
      const closed = closedBecause(address);
      const limit = closed === undefined ? text : `${text}:${port}`;
      if (rules.some((rule) => opens(rule, address, port))) return { refusal: undefined, limit };
      return { refusal: closed === undefined ? portRefusal(port) : `${text} is ${closed}`, limit };
    },
    portRefusal,
  };
}

/** An IP address as its 4 or 16 bytes. */
export function addressBytes(address: string): readonly number[] {
  return readAddress(address)?.toByteArray() ?? [];
}

/** Four-part decimal or IPv6: whatever else a URL may hold has been brought into that form by its parser. */
function readAddress(text: string): Address | undefined {
  const family = isIP(text);
  if (family === 0) return undefined;
  return family === 4 ? new ipaddr.IPv4(text.split('.').map(Number)) : ipaddr.IPv6.parse(text);
}

/** `10.1.2.0/24:80` is allowed for, since nothing else could be meant by it. */
const ipv4Entry = /^([\d.]+(?:\/\d{1,2})?)(?::(\d{1,5}))?$/;
const bracketedEntry = /^\[([\da-f]*:[\da-f:.]*)\](?::(\d{1,5}))?$/i;

/**
 * Reads one entry of `network: allow`.
 * @returns undefined where it is neither an IP address, one with a port, nor a CIDR range
 * @example readAllowEntry('[::1]:8080')
 */
export function readAllowEntry(entry: string): AllowRule | undefined {
  const text = entry.trim();
  // `::1:8080` without brackets is an IPv6 address of its own, never `::1` with a port.
  const [, written = '', portText] = ipv4Entry.exec(text) ?? bracketedEntry.exec(text) ?? [text, text];
  const range = readRange(written);
  const port = portText === undefined ? undefined : Number(portText);
  if (range === undefined || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  return { range, port };
}

/** Four-part decimal or IPv6 only: `0127.1` in a configuration means different things to different readers. */
function readRange(text: string): Range | undefined {
  const [address = ''] = text.split('/', 1);
  const isStrict = address.includes(':') ? ipaddr.IPv6.isValid(address) : ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!isStrict) return undefined;
  if (!text.includes('/')) {
    const parsed = ipaddr.parse(text);
    return [parsed, widthOf(parsed)];
  }
  return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : undefined;
}

function opens(rule: AllowRule, address: Address, port: number): boolean {
  if (rule.port !== undefined && rule.port !== port) return false;
  if (!inRange(address, rule.range)) return false;
  const [, bits] = rule.range;
  return bits === widthOf(address) || !isMetadata(address);
}

function closedBecause(address: Address): string | undefined {
  if (isMetadata(address)) return 'where a cloud machine keeps its keys';
  if (address.kind() === 'ipv4') return nameIn(closedIpv4, address);
  if (inRange(address, openIpv6)) return nameIn(closedIpv6, address);
  return nameIn(ipv6Names, address) ?? 'outside the public internet';
}

function isMetadata(address: Address): boolean {
  return metadata.has(address.toByteArray().join('.'));
}

function widthOf(address: Address): number {
  return address.kind() === 'ipv4' ? 32 : 128;
}

function inRange(address: Address, [base, bits]: Range): boolean {
  return address.kind() === base.kind() && address.match(base, bits);
}

function nameIn(table: readonly (readonly [Range, string])[], address: Address): string | undefined {
  return table.find(([range]) => inRange(address, range))?.[1];
}

function named(rows: readonly (readonly [string, string])[]): readonly (readonly [Range, string])[] {
  return rows.map(([range, name]) => [read(range), name]);
}

function read(range: string): Range {
  return ipaddr.parseCIDR(range);
}
