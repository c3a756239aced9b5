/**
 * The message files that come with Relais: one a language, in src/messages/, which the build copies beside the bundle. Each is read
 * when something is first said in its language, and once: they are a part of the program, and do not change while it runs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type MessagesRead, readMessages } from './judge.ts';

/** A bundle is beside them, or in a folder of its own beside them. */
const places = import.meta.url.endsWith('.ts') ? ['../../messages/'] : ['./messages/', '../messages/'];
const folder = places.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(new URL('en.yaml', url)));

const read = new Map<string, MessagesRead>();
let names: ReadonlySet<string> | undefined;

/** Primary subtags of the languages that Relais speaks by itself. */
export function ourLanguages(): ReadonlySet<string> {
  names ??= new Set(readdirSync(placed()).flatMap((name) => /^([a-z]{2,3})\.yaml$/.exec(name)?.[1] ?? []));
  return names;
}

/** What Relais says by itself in one of these. @throws Error where the program's own file cannot be read */
export function ourMessages(lang: string): MessagesRead {
  const known = read.get(lang);
  if (known !== undefined) return known;
  const made = readMessages(ourFile(lang), lang);
  read.set(lang, made);
  return made;
}

/** The text of the file. @throws Error where it cannot be read */
export function ourFile(lang: string): string {
  return readFileSync(new URL(`${lang}.yaml`, placed()), 'utf8');
}

function placed(): URL {
  if (folder === undefined) throw new Error('the folder messages is missing from the program');
  return folder;
}
