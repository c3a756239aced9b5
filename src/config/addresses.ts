/**
 * Addresses that stand in the file once each (where the site is, proxies, whom to ping, how to mail) → the same with
 * their secrets filled in. Those of the sources are read with the sources, in listings.ts.
 */
import type { Secret } from '../model.ts';
import { canonicalUrl, parseUrl } from '../text/url.ts';
import type { Path } from '../yaml/places.ts';
import type { Fault } from './faults.ts';
import { expandSecrets, mailServerName, passwordsIn } from './secrets.ts';

type Row = {
  /** It is published, so no secret may be part of it. */
  readonly isPublic?: true;
  /** What is wrong with an address, in half a sentence; undefined for a good one. */
  readonly mistake: (text: string) => string | undefined;
  readonly finish: (text: string) => string;
};

const asIs = (text: string): string => text;
const web: Row = {
  mistake: (text) =>
    canonicalUrl(text) === undefined ? 'is not a web address. Write for example https://news.example/' : undefined,
  finish: asIs,
};
const proxy: Row = {
  mistake: (text) =>
    /^(http|socks5h?):\/\/(?:[^/@\s]*@)?[^/@\s]+:[0-9]{1,5}\/?$/.test(text) && parseUrl(text) !== undefined
      ? undefined
      : 'is not the address of a proxy. Write for example socks5://127.0.0.1:9050 (Tor) or http://proxy.example:3128',
  finish: (text) => text.replace(/^socks5h:/, 'socks5:').replace(/\/$/, ''),
};
const smtp: Row = {
  mistake: (text) =>
    /^smtps?:\/\/\S+$/.test(text) && parseUrl(text)?.hostname
      ? undefined
      : 'is not the address of a mail server. Write for example smtp://name:password@mail.example:587',
  finish: asIs,
};

const rows: readonly (readonly [path: RegExp, row: Row])[] = [
  [/^site\.url$/, { ...web, finish: asFolder }],
  [/^site\.hub$/, { ...web, isPublic: true }],
  [/^site\.bucket\.endpoint$/, web],
  [/^network\.push$/, { ...web, finish: asFolder }],
  [/^network\.proxy$/, proxy],
  [/^sections\.[^.]+\.(sources\.)?[0-9]+\.proxy$/, proxy],
  [/^report\.ping$/, web],
  [/^report\.mail\.smtp$/, smtp],
];

/** The addresses by their path in the file, dots between the steps: `network.proxy`. */
export type Addresses = ReadonlyMap<string, string>;

/** Problems: config/missing (a secret that is not set), config/bad-url. */
export function readAddresses(
  value: unknown,
  secrets: (name: string) => string | undefined,
): { readonly addresses: Addresses; readonly faults: readonly Fault[] } {
  const addresses = new Map<string, string>();
  const faults: Fault[] = [];
  for (const { path, written } of textsIn(value, [])) {
    const name = path.join('.');
    const row = rows.find(([pattern]) => pattern.test(name))?.[1];
    if (row === undefined) continue;
    const key = String(path.at(-1));
    if (row.isPublic === true && (written.includes('${') || /^[^/]*\/\/[^/?#]*@/.test(written))) {
      faults.push({ code: 'config/bad-url', path, at: 'value', text: `${key}: ${published}` });
      continue;
    }
    const expanded = expandSecrets(written, secrets);
    if ('mistake' in expanded) {
      faults.push({ code: 'config/missing', path, at: 'value', text: `${key}: ${expanded.mistake}` });
      continue;
    }
    const mistake = row.mistake(expanded.text);
    if (mistake === undefined) addresses.set(name, row.finish(expanded.text));
    else
      faults.push({ code: 'config/bad-url', path, at: 'value', text: `${key}: ${JSON.stringify(written)} ${mistake}` });
  }
  if (addresses.has('site.hub') && !isWritten(value, ['site', 'url'])) faults.push(homeless);
  return { addresses, faults };
}

const published =
  'this address stands in every feed, so no secret can be part of it. Write the address that subscribers use';

/** Feeds without an address of their own cannot be named to a hub. */
const homeless: Fault = {
  code: 'config/missing',
  path: ['site', 'hub'],
  at: 'value',
  text: 'hub: a hub is told the addresses of feeds, and they have none without  url.  Write the address of the site beside it, for example  url: https://news.example/',
};

function isWritten(value: unknown, path: Path): boolean {
  return [...textsIn(value, [])].some((one) => one.path.join('.') === path.join('.'));
}

function* textsIn(value: unknown, path: Path): Generator<{ readonly path: Path; readonly written: string }> {
  if (typeof value === 'string') yield { path, written: value };
  else if (Array.isArray(value)) for (const [at, one] of value.entries()) yield* textsIn(one, [...path, at]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) yield* textsIn(one, [...path, key]);
}

/** With a slash at its end, without query and fragment. */
function asFolder(text: string): string {
  const url = new URL(canonicalUrl(text) ?? text);
  url.search = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url.href;
}

interface MailServer {
  readonly smtp: string | undefined;
  /** The password in it, which no message may show either. */
  readonly secrets: readonly Secret[];
  readonly faults: readonly Fault[];
}

/**
 * The server by which digests are mailed, where a section has them: one that nobody is sent may be tried. Nothing is wrong with having
 * none: `relais check` says it.
 * Problems: config/bad-url, at the first section that sends
 */
export function readMailServer(value: unknown, secrets: (name: string) => string | undefined): MailServer {
  const { hasDigests, path } = sendingIn(value);
  const written = hasDigests ? secrets(mailServerName) : undefined;
  const mistake = written === undefined ? undefined : smtp.mistake(written);
  if (written === undefined || (mistake !== undefined && path === undefined))
    return { smtp: undefined, secrets: [], faults: [] };
  if (mistake !== undefined && path !== undefined) {
    const text = `send: what ${mailServerName} holds ${mistake}`;
    return { smtp: undefined, secrets: [], faults: [{ code: 'config/bad-url', path, at: 'value', text }] };
  }
  const url = parseUrl(written);
  return { smtp: written, secrets: url === undefined ? [] : passwordsIn(url, mailServerName), faults: [] };
}

/** @returns `path`: of the first list of receivers */
function sendingIn(value: unknown): { readonly hasDigests: boolean; readonly path: Path | undefined } {
  const sections = (value as { readonly sections?: unknown } | null)?.sections;
  const bodies = typeof sections === 'object' && sections !== null ? Object.entries(sections) : [];
  const digests = bodies.flatMap(([id, body]) => {
    const digest = (body as { readonly digest?: { readonly send?: unknown } | null } | null)?.digest;
    return digest === undefined || digest === null ? [] : [{ id, send: digest.send }];
  });
  const sending = digests.find(({ send }) => Array.isArray(send) && send.length > 0);
  return {
    hasDigests: digests.length > 0,
    path: sending && ['sections', sending.id, 'digest', 'send'],
  };
}
