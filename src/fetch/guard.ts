/**
 * Which addresses may be connected to: an IP address and a port, as DNS or the URL gave them, become a yes or a reason.
 * Deciding on names is of no use (a name may lead anywhere), so nothing here looks at one.
 * Ranges: IANA special-purpose address registries (RFC 6890 and its updates).
 */
import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;
type Range = readonly [address: Address, bits: number];

/** One entry of `network: allow`, read. */
interface AllowRule {
  readonly range: Range;
  /** Undefined opens every port. */
  readonly port: number | undefined;
}

export interface Guard {
  /**
   * Whether to connect to this address.
   * @param address an IP address, without brackets
   * @returns undefined for yes, else why not, in words for the maintainer
   */
  refusal(address: string, port: number): string | undefined;
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
const metadata = [
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  'fd00:ec2::254',
  'fd20:ce::254',
].map((address) => ipaddr.parse(address));

const openPorts: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);

/**
 * Makes the guard from `network: allow`. Entries that cannot be read open nothing (the configuration reports them).
 * @param allow `10.1.2.0/24`, `127.0.0.1`, `127.0.0.1:8099`, `[::1]:8080`, `::1`, `fd12::/64`; without a port, all ports
 */
export function makeGuard(allow: readonly string[]): Guard {
  const rules = allow.map(readAllowEntry).filter((rule) => rule !== undefined);
  return {
    refusal(text, port) {
      if (!ipaddr.isValid(text)) return `${text} is not an address`;
      const address = ipaddr.parse(text);
      if (rules.some((rule) => opens(rule, address, port))) return undefined;
      const closed = closedBecause(address);
      if (closed !== undefined) return `${text} is ${closed}`;
      return openPorts.has(port) ? undefined : `port ${port} is not one that web servers use`;
    },
  };
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
  return metadata.some((one) => inRange(address, [one, widthOf(one)]));
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
