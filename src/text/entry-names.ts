/** Names of entries, short enough for every database to find them by. */
import { hash } from 'node:crypto';

/** Longer guids are kept by their hash. */
const mostCharacters = 1_000;
/**
 * And so is whatever takes more room in UTF-8: PostgreSQL has at most 2,704 bytes in a row of an index
 * (https://www.postgresql.org/docs/15/btree-implementation.html), and a source's name stands beside it. An address of 2,000
 * characters is still its own name.
 */
const mostBytes = 2_000;
/** In front of names that are made of several parts. */
export const toldApart = 'told-apart:';

export function shortened(name: string): string {
  return name.length <= mostCharacters ? inBytes(name) : hashName(name);
}

/** A name that was kept before there was a limit in bytes, as it would be kept now. */
export function shortenedLater(name: string): string {
  return name.startsWith(toldApart) ? `${toldApart}${inBytes(name.slice(toldApart.length))}` : inBytes(name);
}

/** A key by which items are found again, as it is stored and asked for. */
export function findable(key: string): string {
  return shortenedLater(key);
}

function inBytes(name: string): string {
  return name.length * 3 > mostBytes && Buffer.byteLength(name) > mostBytes ? hashName(name) : name;
}

export function hashName(text: string): string {
  return `hash:${hash('sha256', text, 'hex').slice(0, 32)}`;
}
