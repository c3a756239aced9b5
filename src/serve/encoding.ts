/** What a browser can unpack → how a file is sent to it. */
import { parseAccept } from 'hono/utils/accept';

export type Encoding = 'br' | 'gzip' | 'identity';

/** Browsers ask in a handful of ways; of those who invent new ones without end, no more is remembered. */
const remembered = new Map<string, Encoding>();
const mostRemembered = 200;

/**
 * By RFC 9110 §12.5.3: the highest weight wins, the smaller of two that weigh alike, `*` stands for what is not named, and
 * what is refused is not sent. Whoever refuses everything gets the file as it is rather than an error.
 * @param header `Accept-Encoding`; undefined where there is none, which says nothing of what can be unpacked
 */
export function encodingFor(header: string | undefined): Encoding {
  if (header === undefined || header === '') return 'identity';
  const known = remembered.get(header);
  if (known !== undefined) return known;
  const chosen = choose(header);
  if (remembered.size < mostRemembered) remembered.set(header, chosen);
  return chosen;
}

function choose(header: string): Encoding {
  const weights = new Map(parseAccept(header).map(({ type, q }) => [type.toLowerCase(), q]));
  const others = weights.get('*') ?? 0;
  const br = weights.get('br') ?? others;
  const gzip = weights.get('gzip') ?? weights.get('x-gzip') ?? others;
  const identity = weights.get('identity') ?? 0;
  if (br > 0 && br >= gzip && br >= identity) return 'br';
  return gzip > 0 && gzip >= identity ? 'gzip' : 'identity';
}
