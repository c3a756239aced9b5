/**
 * A robots.txt (RFC 9309) → the rules that are ours, and an address → the rule that keeps programs from it. Feeds that a
 * person has listed are there for programs; pages are not, so their owners are asked.
 */
import { parseUrl } from '../text/url.ts';

export interface RobotsRule {
  readonly isAllowed: boolean;
  /** As written. */
  readonly path: string;
}

/** §2.2.1: what we are called there. */
const productToken = 'relais';
/** §2.5: what must be read of a file; what stands behind it says nothing. */
const mostBytes = 512_000;

/** Reads a file, whatever it is: lines that are no rules say nothing (§2.2). @returns the rules of our group, or of everybody's */
export function readRobots(body: Uint8Array): readonly RobotsRule[] {
  const text = new TextDecoder().decode(body.subarray(0, mostBytes));
  const lines = text.split(/\r\n|\n|\r/);
  if (body.byteLength > mostBytes) lines.pop();
  const ours: RobotsRule[] = [];
  const everybodys: RobotsRule[] = [];
  let isNamed = false;
  /** Of the group at hand: whom it is for, and whether only its names have come so far. */
  let group = { isOurs: false, isEverybodys: false, isHead: false };
  for (const line of lines) {
    const { key, value } = readLine(line);
    if (key === 'user-agent') {
      const before = group.isHead ? group : { isOurs: false, isEverybodys: false };
      const isOurs = /^[a-z_-]+/i.exec(value)?.[0].toLowerCase() === productToken;
      group = {
        isOurs: before.isOurs || isOurs,
        isEverybodys: before.isEverybodys || value.startsWith('*'),
        isHead: true,
      };
      isNamed ||= isOurs;
    } else if (key === 'allow' || key === 'disallow') {
      group = { ...group, isHead: false };
      if (value === '') continue;
      const rule = { isAllowed: key === 'allow', path: value };
      if (group.isOurs) ours.push(rule);
      if (group.isEverybodys) everybodys.push(rule);
    }
  }
  return isNamed ? ours : everybodys;
}

function readLine(line: string): { readonly key: string; readonly value: string } {
  const [said = ''] = line.split('#', 1);
  const colon = said.indexOf(':');
  return { key: said.slice(0, Math.max(0, colon)).trim().toLowerCase(), value: said.slice(colon + 1).trim() };
}

/**
 * The rule that keeps us from an address; undefined where none does. The longest that matches counts, of two as long the
 * one that allows (§2.2.2).
 * @returns its path as written
 */
export function disallowedBy(rules: readonly RobotsRule[], url: string): string | undefined {
  const { pathname = '/', search = '' } = parseUrl(url) ?? {};
  const address = comparable(`${pathname}${search}`);
  let longest: RobotsRule & { readonly length: number } = { isAllowed: true, path: '', length: 0 };
  for (const rule of rules) {
    const path = comparable(rule.path);
    const { length } = path;
    const isStronger = length > longest.length || (length === longest.length && rule.isAllowed);
    if (isStronger && matches(path, address)) longest = { ...rule, length };
  }
  return longest.isAllowed ? undefined : longest.path;
}

/** §2.2.2: escapes of what needs none are read, all other octets outside ASCII are escaped. */
function comparable(path: string): string {
  return path
    .toWellFormed()
    .replace(/%[0-9a-f]{2}/gi, (octet) => {
      const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16));
      return /[A-Za-z0-9._~-]/.test(character) ? character : octet.toUpperCase();
    })
    .replace(/[^\u0021-\u007e]+/gu, encodeURIComponent);
}

/** §2.2.3: `*` is any text, `$` at the end of a rule the end of the address. */
function matches(rule: string, address: string): boolean {
  const isWhole = rule.endsWith('$');
  const [first = '', ...others] = (isWhole ? rule.slice(0, -1) : rule).split('*');
  if (!address.startsWith(first)) return false;
  let at = first.length;
  const last = isWhole ? others.pop() : undefined;
  if (isWhole && last === undefined) return at === address.length;
  for (const part of others) {
    const found = address.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return last === undefined || (address.endsWith(last) && address.length - last.length >= at);
}
