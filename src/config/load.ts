/** The file and the environment → the text and secrets that read.ts wants. The edge of this room. */
import { readdir, readlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { problem } from '../problems.ts';
import type { AddressRead } from './database.ts';
import { type Keep, keepConfig, takeKept } from './kept.ts';
import { readLookFiles, withLook } from './look.ts';
import { readMessageFiles, withMessages } from './messages.ts';
import type { ConfigRead } from './read.ts';
import { readAtMost } from './reading.ts';
import { bucketKeyNames, databaseName, mailServerName } from './secrets.ts';

const maxBytes = 1024 * 1024;
const maxSecretBytes = 64 * 1024;

/**
 * Reads and checks the configuration file; secrets come from `NAME` in the environment, else from the file that
 * `NAME_FILE` names; the mail server of digests from RELAIS_SMTP_URL alike, the database from RELAIS_DATABASE_URL, the keys of a
 * bucket from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. The maintainer's message files and look come along, unread.
 * Problems: config/no-file, config/unreadable and all of readConfig's.
 * @param env usually the environment of the process
 * @param keep where what was read may be kept, and is taken from while the file stays the same
 */
export async function loadConfig(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  keep?: Keep,
): Promise<ConfigRead> {
  const [result, messages, look] = await Promise.all([
    loadFile(file, env, keep),
    readMessageFiles(file),
    readLookFiles(file),
  ]);
  return result.kind === 'config'
    ? { ...result, config: withLook(withMessages(result.config, messages), look) }
    : result;
}

async function loadFile(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  keep: Keep | undefined,
): Promise<ConfigRead> {
  const read = await readAtMost(file, maxBytes);
  if ('mistake' in read) {
    const code = read.isThere === false ? 'config/no-file' : 'config/unreadable';
    const words = read.isThere === false ? await missingWords(file, read.mistake) : read.mistake;
    return { kind: 'problems', problems: [problem(code, { file }, words)] };
  }
  const written = { file, text: read.text };
  const isTold = [mailServerName, databaseName].some((name) => (env[name] ?? env[`${name}_FILE`] ?? '') !== '');
  const keeping = isTold ? undefined : keep; // what is kept knows of neither
  const kept = keeping === undefined ? undefined : await takeKept(written, keeping);
  if (kept !== undefined) return { kind: 'config', config: kept };
  const result = await readText(read.text, file, env);
  if (result.kind === 'config' && keeping !== undefined) await keepConfig(written, result.config, keeping);
  return result;
}

/**
 * Where everything is kept, also by settings that are wrong elsewhere.
 * @returns undefined for a file in the data folder
 */
export async function loadDatabase(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const read = await readAtMost(file, maxBytes);
  const text = 'text' in read ? read.text : '';
  const secrets = await secretsIn(text, env);
  const [{ readYaml }, { readDatabase }] = await Promise.all([import('../yaml/read.ts'), import('./database.ts')]);
  const yaml = readYaml(text);
  return readDatabase(yaml.kind === 'errors' ? undefined : yaml.value, (name) => secrets.get(name)).database;
}

/** An address as it is typed on the command line, with `${NAME}` for secrets. */
export async function loadAddress(
  written: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<AddressRead> {
  const secrets = await secretsIn(written, env);
  const { readAddress } = await import('./database.ts');
  return readAddress(written, (name) => secrets.get(name));
}

async function missingWords(file: string, mistake: string): Promise<string> {
  const target = await readlink(file).catch(() => undefined);
  if (target !== undefined) return `it is a link to ${target}, which is not there. Bring that back, or delete the link`;
  const other = await otherwiseNamed(file);
  return other === undefined ? mistake : `${mistake}, but there is ${other}. Give that the name ${basename(file)}`;
}

/** A file beside it that an editor, Windows or a habit has named otherwise: sources.yml, sources.yaml.txt, Sources.yaml. */
async function otherwiseNamed(file: string): Promise<string | undefined> {
  const names = await readdir(dirname(file)).catch(() => []);
  const [stem = ''] = basename(file).toLowerCase().split('.', 1);
  return names.find((name) => endings.some((ending) => name.toLowerCase() === `${stem}${ending}`));
}

const endings = ['.yaml', '.yml', '.yaml.txt', '.yml.txt', '.yaml.yaml', '.yaml.yml', '.txt'];

/**
 * Reads the configuration as it would be after a change; the file stays as it is.
 * @param change the text of the file, '' where there is none, to the text to be read
 */
export async function loadChanged(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  change: (text: string) => string,
): Promise<ConfigRead> {
  const read = await readAtMost(file, maxBytes);
  return await readText(change('text' in read ? read.text : ''), file, env);
}

async function readText(
  text: string,
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ConfigRead> {
  const secrets = await secretsIn(text, env);
  const { readConfig } = await import('./read.ts'); // what reads YAML is large, and mostly not needed
  return readConfig(text, file, (name) => secrets.get(name));
}

/** What `${NAME}` stands for, and the names that count without being written. */
async function secretsIn(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ReadonlyMap<string, string>> {
  const secrets = new Map<string, string>();
  const named = [...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]{0,63})\}/g)].map(([, name = '']) => name);
  for (const name of [...named, mailServerName, databaseName, ...Object.values(bucketKeyNames)]) {
    const secret = env[name] ?? (await secretFromFile(env[`${name}_FILE`]));
    if (secret !== undefined && secret !== '') secrets.set(name, secret);
  }
  return secrets;
}

/** A file that cannot be read leaves the secret unset, which read.ts reports at the line that needs it. */
async function secretFromFile(path: string | undefined): Promise<string | undefined> {
  if (path === undefined || path === '') return undefined;
  const read = await readAtMost(path, maxSecretBytes);
  return 'text' in read ? read.text.trim() : undefined;
}
