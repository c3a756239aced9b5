/** Passwords and keys that stand in the file itself, where everyone who gets a copy of it can read them. Pure. */
import { hostOf } from '../text/url.ts';
import type { Path } from '../yaml/places.ts';

/** A secret that is written out, and what to do about it. */
export interface PlainSecret {
  readonly path: Path;
  /** Whole sentences, without the secret. */
  readonly text: string;
}

const password = /^[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:(?!\$\{)[^\s/@]+@/i;
const names = 'api_?key|key|token|[a-z]+_token|auth|secret|password|passwd|pass|pwd|sig|signature';
/** Shorter ones are numbers of pages and forums. */
const parameter = new RegExp(`[?&](${names})=(?!\\$\\{)[^&#\\s]{8,}`, 'i');

/** @param value of the whole file */
export function plainSecrets(value: unknown, path: Path = []): readonly PlainSecret[] {
  if (typeof value === 'string') return inText(value, path);
  if (Array.isArray(value)) return value.flatMap((one, index) => plainSecrets(one, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => plainSecrets(one, [...path, name]));
}

function inText(text: string, path: Path): readonly PlainSecret[] {
  const what = password.test(text) ? 'password' : parameter.exec(text)?.[1]?.toLowerCase();
  if (what === undefined) return [];
  const host = hostOf(text.replace(/^[a-z0-9+.-]+:\/\//i, 'http://')) ?? 'partner';
  const name = `${host}_${what}`
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_')
    .slice(0, 64);
  const place = typeof path.at(-1) === 'string' ? `${path.at(-1)}: ` : '';
  return [
    {
      path,
      text: `${place}the ${what} in this address can be read by everyone who gets the file. Write \${${name}} in its place, and set ${name} in the environment, or ${name}_FILE to the name of a file that holds it.`,
    },
  ];
}
