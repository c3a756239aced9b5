/**
 * Addresses that need no parser: http(s) at a named host, with a path, a query and a fragment of plain characters. Nearly all
 * addresses of pages and pictures are written so, and to parse one costs some ten times as much as to see that it is.
 */

/** The parts of an address that rules look at, as the WHATWG parser names them. */
export interface UrlParts {
  readonly hostname: string;
  readonly pathname: string;
  /** With its `?`; '' for none. */
  readonly search: string;
  /** With its `#`; '' for none. */
  readonly hash: string;
}

/**
 * Small letters, no label that is Punycode or a number at the end (an IPv4 address), no port; no dot at the beginning of a
 * segment, which may lead up, and no character that is written in another way afterwards.
 */
const plain =
  /^https?:\/\/((?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,})((?:\/(?!\.)[\w.~!$&'()*+,;=:@-]*)+)(\?[\w.~!$&()*+,;=:@/?%-]+)?(#[\w.~!$&()*+,;=:@/?%-]+)?$/;

/** True for an address that the WHATWG parser gives back letter by letter, whatever its base. Linear. */
export function isPlainUrl(written: string): boolean {
  return plain.test(written);
}

/** Its parts; undefined where it is none of these. */
export function plainParts(written: string): UrlParts | undefined {
  const parts = plain.exec(written);
  if (parts === null) return undefined;
  const [, hostname = '', pathname = '', search = '', hash = ''] = parts;
  return { hostname, pathname, search, hash };
}
