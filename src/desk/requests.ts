/**
 * Whether a request to the web desk is meant for it and comes from it, and what it says. A page of somebody else's can have a browser send
 * whatever it likes to us, cookies and all; but not under our name (Host, against DNS rebinding), not as from us (Origin and Sec-Fetch-Site), and
 * not with the token of a session.
 */
import { isIP } from 'node:net';
import type { Site } from '../model.ts';
import { parseUrl } from '../text/url.ts';

/** Bytes of a form: an address, a reason and a token. */
const mostBytes = 16_384;

/** Where the desk is. */
export interface Here {
  readonly site: Pick<Site, 'url'>;
  /** As `relais start --listen` has it: an address or a name. */
  readonly listen: string;
}

/**
 * True where the Host header names the site, this machine, or any address by its numbers: what an attacker can point elsewhere is a name,
 * and these are none of theirs.
 */
export function isOurHost(host: string | null, { site, listen }: Here): boolean {
  const asked = parseUrl(`http://${host ?? ''}/`);
  if (asked === undefined || host === null || /[/@?#\\\s]/.test(host)) return false;
  const name = asked.hostname.replace(/^\[|\]$/g, '');
  return name === 'localhost' || isIP(name) !== 0 || name === listen.toLowerCase() || isHostOfSite(host, site);
}

function isHostOfSite(host: string, { url }: Pick<Site, 'url'>): boolean {
  return url !== undefined && new URL(url).host === host.toLowerCase();
}

/** True where the browser reaches the site by its published address, and that is encrypted: then the cookie may say so. */
export function isEncrypted(host: string | null, { site }: Here): boolean {
  return host !== null && site.url?.startsWith('https:') === true && isHostOfSite(host, site);
}

/**
 * True where a form comes from a page of the desk, as far as the browser says; the token says it in any case. Browsers that know
 * Sec-Fetch-Site say it of every request, all send Origin with a form, and programs send neither. Where a web server in front has added
 * `Referrer-Policy: no-referrer` to our answer, the Origin is `null`, and Sec-Fetch-Site alone tells.
 */
export function isFromHere(headers: Headers, here: Here): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const origin = headers.get('origin');
  if (origin === 'null') return site === 'same-origin';
  return origin === null || isOurOrigin(origin, headers.get('host') ?? '', here);
}

function isOurOrigin(origin: string, host: string, { site }: Here): boolean {
  const ownOrigin = site.url === undefined ? undefined : new URL(site.url).origin;
  if (origin === ownOrigin) return true;
  if (isHostOfSite(host, site)) return false; // its other scheme, http beside https, may be anybody's on the way
  return [`http://${host}`, `https://${host}`].includes(origin);
}

/** @returns undefined where there is no such cookie, or more than one, of which somebody else may have set one */
export function cookieOf(headers: Headers, name: string): string | undefined {
  const values = (headers.get('cookie') ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return values.length === 1 && /^[\w.-]{1,200}$/.test(values[0] ?? '') ? values[0] : undefined;
}

/** The fields of a form, each once. */
export type Form = ReadonlyMap<string, string>;

/** Reads no more of a body than a form has. */
export async function formIn(request: Request): Promise<Form | 'too-large' | 'no-form'> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return 'too-large';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) return 'no-form';
  const pieces: Uint8Array[] = [];
  let came = 0;
  try {
    for await (const piece of request.body ?? []) {
      came += piece.byteLength;
      if (came > mostBytes) return 'too-large';
      pieces.push(piece);
    }
  } catch {
    return 'no-form'; // the server hangs up on who is too slow
  }
  return new Map(new URLSearchParams(Buffer.concat(pieces).toString('utf8')));
}
