/** The table of what a single value in sources.yaml can be: what it is called, how it looks, what a wrong one meant. */
import { isIP } from 'node:net';
import { hostOf } from '../text/url.ts';
import { nearest } from '../yaml/nearest.ts';
import { shown } from '../yaml/shown.ts';
import { addressMistake, guessAddress, withoutTypographicMarks } from './address-guess.ts';
import { colourPattern, guessColour } from './colours.ts';
import { cronMistake } from './cron.ts';
import { selectorMistake } from './selectors.ts';
import * as values from './values.ts';

export interface Kind {
  /** Completes "… is not". */
  readonly expected: string;
  readonly example: string;
  /** Also in the JSON Schema; kinds without one are judged by `accepts` alone, and only here. */
  readonly pattern?: RegExp;
  readonly accepts?: (text: string) => boolean;
  /** What a person who wrote the wrong thing probably meant. */
  readonly guess?: (text: string) => string | undefined;
  /** Half a sentence on what is wrong, where that is known more exactly. */
  readonly mistake?: (text: string) => string | undefined;
}

// No flags on the patterns: the JSON Schema cannot carry them, and editors must judge as we do.

/** A web address, or one that a secret is part of (then judged once the secret is known). */
export const addressPattern = /^(https?:\/\/|\$\{)\S*[^\s,;]$/; // what ends with a comma was a list in another language
export const quoted = (text: string): string => `${JSON.stringify(text)} (in quotes)`;
/** Folders that Relais itself makes beside those of the sections, and addresses that its web server answers. */
const reservedIds: readonly string[] =
  'story sources digest feeds images status search about look assets healthz metrics websub desk'.split(' ');
/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const deviceNames = /^(con|prn|aux|nul|com\d|lpt\d)$/;
const shows = ['full', 'excerpt', 'link', 'none'];
const footers = ['once', 'none'];
const withdrawn = ['follow', 'keep'];
const images = ['copy', 'link', 'none'];
const roles = ['group', 'aggregator', 'newswire'];

const languageNames: Readonly<Record<string, string>> = {
  english: 'en', anglais: 'en', french: 'fr', français: 'fr', francais: 'fr', german: 'de', deutsch: 'de',
  spanish: 'es', español: 'es', italian: 'it', italiano: 'it', arabic: 'ar', العربية: 'ar', persian: 'fa', farsi: 'fa',
  kurdish: 'ku', sorani: 'ckb', pashto: 'ps', greek: 'el', turkish: 'tr', dutch: 'nl', portuguese: 'pt', polish: 'pl',
  serbian: 'sr', croatian: 'hr', bosnian: 'bs', albanian: 'sq', tigrinya: 'ti', amharic: 'am', somali: 'so',
  ukrainian: 'uk', russian: 'ru',
}; // biome-ignore format: a list of pairs reads better in rows

export const kinds = {
  text: { expected: 'a line of text', example: '"some words"', pattern: /\S/, guess: quoted },
  every: {
    ...duration('h', '1h'),
    mistake: (text) =>
      values.durationPattern.test(text) && values.durationMs(text) < values.leastEveryMs
        ? 'nobody is asked more than once in 15 minutes'
        : undefined,
  },
  age: duration('d', '90d'),
  timeout: duration('s', '60s'),
  gap: { ...duration('s', '2s'), pattern: values.gapPattern },
  size: { expected: 'a size', example: '8MB', pattern: values.sizePattern, guess: values.guessSize },
  keep: {
    expected: 'a length of time, or the word forever',
    example: '2y',
    pattern: values.keepPattern,
    guess: (text) => values.guessKeep(text),
  },
  count: { expected: 'a whole number from 1 to 256', example: '32' },
  items: { expected: 'a whole number from 10 to 10000', example: '1000' },
  excerptWords: { expected: 'a whole number from 10 to 300', example: '60' },
  embargo: { ...duration('h', '24h'), pattern: values.gapPattern },
  day: {
    expected: 'a day of the calendar',
    example: '2026-11-20',
    pattern: values.dayPattern,
    guess: values.guessDay,
    mistake: values.dayMistake,
  },
  firstImport: { expected: 'a whole number from 0 to 1000', example: '20' },
  port: { expected: 'a port number from 1024 to 65535', example: '8081' },
  path: { expected: 'the name of a file', example: 'partner-ca.pem', pattern: /\S/, guess: quoted },
  proxy: {
    expected: 'the address of a proxy',
    example: 'socks5://127.0.0.1:9050',
    pattern: /^(http:\/\/|socks5h?:\/\/|\$\{)\S+$/,
    guess: (text) => (/^[a-z0-9.-]+:[0-9]{1,5}$/i.test(text) ? `socks5://${text}  or  http://${text}` : undefined),
  },
  smtp: {
    expected: 'the address of a mail server',
    example: `"smtp://name:\${SMTP_PASSWORD}@mail.example:587"`,
    pattern: /^(smtps?:\/\/|\$\{)\S+$/,
    guess: (text) => (/^[a-z0-9.-]+(:[0-9]{1,5})?$/i.test(text) ? `smtp://${text}` : undefined),
  },
  language: {
    expected: 'a language code',
    example: 'fr',
    pattern: /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
    guess: (text) => languageNames[text.toLowerCase()] ?? guessLanguage(text),
  },
  timezone: {
    expected: 'a time zone',
    example: 'Europe/Paris',
    accepts: isTimeZone,
    guess: (text) => nearestZone(text),
  },
  show: { expected: 'one of full, excerpt, link, none', example: 'excerpt', guess: (text) => nearest(text, shows) },
  withdrawn: { expected: 'one of follow, keep', example: 'follow', guess: (text) => nearest(text, withdrawn) },
  footers: { expected: 'one of once, none', example: 'none', guess: (text) => nearest(text, footers) },
  future: { expected: 'one of show, wait', example: 'wait', guess: (text) => nearest(text, ['show', 'wait']) },
  images: { expected: 'one of copy, link, none', example: 'copy', guess: (text) => nearest(text, images) },
  role: {
    expected: 'one of group, aggregator, newswire',
    example: 'newswire',
    guess: (text) => nearest(text, roles),
  },
  yes: { expected: 'true or false', example: 'true', guess: values.guessYes },
  address: {
    expected: 'a web address',
    example: 'https://example.org/feed',
    pattern: addressPattern,
    guess: guessAddress,
    mistake: addressMistake,
  },
  contact: {
    expected: 'a mail or web address',
    example: 'tech@example.org',
    pattern: /^(https?:\/\/[!-'*-~]+|[!-'*-?A-~]+@[!-'*-?A-~]+\.[A-Za-z0-9-]+)$/, // it stands in brackets in a header
  },
  colour: {
    expected: 'a colour in the form "#8a1c1c"',
    example: '"#8a1c1c" (in quotation marks, or # begins a remark)',
    pattern: colourPattern,
    guess: guessColour,
  },
  mail: {
    expected: 'a mail address',
    example: 'news@lists.example.org',
    pattern: /^[^\s@<>,"]+@[^\s@<>,"]+\.[A-Za-z0-9-]+$/,
  },
  host: {
    expected: 'the name of a host',
    example: 'old.example.org',
    pattern: /^[a-z0-9_-]+(\.[a-z0-9_-]+)*(:[0-9]{1,5})?$/,
    guess: guessHost,
  },
  privateAddress: {
    expected: 'a numeric address or range',
    example: '127.0.0.1:8080',
    accepts: isPrivateAddress,
    guess: (text) => (/^(https?:\/\/)?localhost\b/i.test(text) ? '127.0.0.1' : /^https?:\/\/([^/]+)/.exec(text)?.[1]),
  },
  filter: {
    expected: 'a word or a regular expression',
    example: '/calais|dunkerque/i',
    pattern: /\S/,
    guess: quoted,
    mistake: (text) => {
      const read = values.filterTerm(text);
      return 'mistake' in read ? read.mistake : undefined;
    },
  },
  selector: { expected: 'a CSS selector', example: 'h2', pattern: /\S/, mistake: selectorMistake },
  sectionId: {
    expected: 'a short name for addresses (small letters a-z, digits and hyphens)',
    example: 'calais',
    pattern: /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/,
    guess: guessSectionId,
    mistake: sectionIdMistake,
  },
  cron: { expected: 'a schedule', example: '"*/10 * * * *" (every ten minutes)', mistake: cronMistake },
} as const satisfies Record<string, Kind>;

function duration(bareUnit: string, example: string): Kind {
  return {
    expected: 'a length of time',
    example,
    pattern: values.durationPattern,
    guess: (text) => values.guessDuration(text, bareUnit),
  };
}

/** The sentence for a place where a group of settings is wanted and something else stands. */
export function notAGroup(value: unknown, example: string): string {
  const found = value === null ? 'there is nothing below' : `${shown(value)} is not a group of settings`;
  const how = Array.isArray(value) ? 'indented, without hyphens' : 'indented';
  return `${found}. Write the settings on lines of their own, ${how}, for example  ${example}`;
}

/** The sentence for an element of a list of sources that is neither an address nor settings. */
export function notASource(value: unknown): string {
  const found = value === null ? 'there is nothing after the hyphen' : `${shown(value)} is not a source`;
  return `${found}. Write an address, or a group of settings that begins with  url:`;
}

/** The sentence for a section that is there and feeds on nothing. */
export function noSources(): string {
  return 'this section has no source yet. Write one below it:  - https://example.org/feed';
}

/** The sentence for a value that is not of its kind: what is there, what was expected, what to write instead. */
export function wrongValue(kind: Kind, value: unknown): string {
  if (value === null)
    return `there is nothing after the colon. Write for example ${kind.example}, or take the line out.`;
  const written = typeof value === 'object' ? undefined : String(value);
  const inner = withoutTypographicMarks(written ?? '');
  if (written !== undefined && inner !== written && inner !== '') {
    const meant = isOf(kind, inner) ? inner : (kind.guess?.(inner) ?? `for example ${kind.example}`);
    return `the quotation marks around ${shown(inner)} are those of a word processor, and would be part of it. Write ${meant}.`;
  }
  const mistake = typeof value === 'string' ? kind.mistake?.(value) : undefined;
  const guess = written === undefined || written.trim() === '' || mistake ? undefined : kind.guess?.(written);
  const verdict = `${shown(value)} is not ${kind.expected}${mistake ? `: ${mistake}` : ''}.`;
  return `${verdict} Write ${guess ?? `for example ${kind.example}`}.`;
}

function isOf(kind: Kind, text: string): boolean {
  return (kind.pattern?.test(text) ?? true) && (kind.accepts?.(text) ?? true) && kind.mistake?.(text) === undefined;
}

function guessLanguage(text: string): string | undefined {
  const [primary = '', ...rest] = text
    .trim()
    .replace(/[.@].*$/, '')
    .split(/[-_]/); // de_DE.UTF-8, as in LANG
  const guess = [primary.toLowerCase(), ...rest].join('-');
  return primary.length <= 3 && kinds.language.pattern.test(guess) ? guess : undefined;
}

function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false; // +01:00 knows no summer time
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function nearestZone(text: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const town = text.replace(/^.*\//, '').toLowerCase().replaceAll(' ', '_');
  return zones.find((zone) => zone.toLowerCase().endsWith(`/${town}`)) ?? nearest(text, zones);
}

/** Hosts are compared as browsers send them: small letters, no `www.`, letters beyond ASCII as `xn--`. */
function guessHost(text: string): string | undefined {
  const host = hostOf(/^https?:\/\//i.test(text) ? text : `http://${text}`);
  return host?.includes('.') && kinds.host.pattern.test(host) ? host : undefined;
}

function sectionIdMistake(text: string): string | undefined {
  if (reservedIds.includes(text)) return 'Relais keeps that name for itself';
  return deviceNames.test(text) ? 'on Windows that is the name of a device, and no folder can have it' : undefined;
}

function guessSectionId(text: string): string | undefined {
  const id = sectionIdFor(text);
  return id === undefined ? undefined : `${id} (the name that readers see goes under  title)`;
}

/** The short name that a section of this title can have; undefined where no letter of it is one of a-z, or Relais keeps it for itself. */
export function sectionIdFor(title: string): string | undefined {
  const plain = title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const id = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');
  return id === '' || sectionIdMistake(id) !== undefined ? undefined : id;
}

/** An IP address, `address:port`, `[v6]:port` or CIDR range: what the guard of the network understands. */
function isPrivateAddress(text: string): boolean {
  const [, range, bits] = /^([^/]+)\/([0-9]{1,3})(?::[0-9]{1,5})?$/.exec(text) ?? [];
  if (range !== undefined) return isIP(range) !== 0 && Number(bits) <= (isIP(range) === 4 ? 32 : 128);
  const [, bracketed, named, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::([0-9]{1,5}))?$/.exec(text) ?? [];
  if (bracketed !== undefined) return isIP(bracketed) === 6 && Number(port ?? 0) <= 65_535;
  if (named !== undefined) return isIP(named) === 4 && Number(port ?? 0) <= 65_535;
  return isIP(text) === 6;
}
