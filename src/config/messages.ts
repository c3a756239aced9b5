/**
 * The maintainer's own message files, in the folder messages/ beside sources.yaml: found and read, and not looked into, since most
 * runs say nothing. The edge of this room, with load.ts.
 */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config, MessageFile } from '../model.ts';
import { readAtMost, whyNot } from './reading.ts';

const maxBytes = 256 * 1024;
/** Far more than there are languages that anybody translates a site into. */
const mostFiles = 100;

/** Where a maintainer's own message files are. @param configFile sources.yaml, by whatever way it was named */
export function messagesFolder(configFile: string): string {
  return join(dirname(configFile), 'messages');
}

/** Those that there are, in the order of their names; one that cannot be read says why. */
export async function readMessageFiles(configFile: string): Promise<readonly MessageFile[]> {
  const folder = messagesFolder(configFile);
  const found = await filesIn(folder);
  if ('mistake' in found) return [{ name: 'messages', path: folder, text: '', mistake: found.mistake }];
  const names = found.names.filter((name) => /^[^.].*\.ya?ml$/i.test(name)).sort();
  return await Promise.all(
    names.slice(0, mostFiles).map(async (name): Promise<MessageFile> => {
      const path = join(folder, name);
      const read = await readAtMost(path, maxBytes);
      return 'text' in read ? { name, path, text: read.text } : { name, path, text: '', mistake: read.mistake };
    }),
  );
}

/** Nobody needs such a folder. What is no file (a pipe would never end) is none of ours. */
async function filesIn(folder: string): Promise<{ readonly names: readonly string[] } | { readonly mistake: string }> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return { names: entries.filter((one) => one.isFile() || one.isSymbolicLink()).map(({ name }) => name) };
  } catch (error) {
    const isNone = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return isNone ? { names: [] } : { mistake: whyNot(error) };
  }
}

/** The settings with these files, which readers notice a change of. */
export function withMessages(config: Config, messages: readonly MessageFile[]): Config {
  if (messages.length === 0) return config;
  const said = messages.map(({ name, text, mistake }) => [name, text, mistake]);
  const hash = createHash('sha256')
    .update(JSON.stringify([config.hash, said]))
    .digest('hex')
    .slice(0, 16);
  return { ...config, site: { ...config.site, messages }, hash };
}
