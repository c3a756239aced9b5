/**
 * The maintainer's own message files, in the folder messages/ beside sources.yaml: found and read, and not looked into, since most
 * runs say nothing. The edge of this room, with load.ts.
 */
import { join } from 'node:path';
import type { Config, MessageFile } from '../model.ts';
import { ownFolder } from '../text/own-folders.ts';
import { entriesIn, withOwnFiles } from './own-files.ts';
import { readAtMost } from './reading.ts';

const maxBytes = 256 * 1024;
/** Far more than there are languages that anybody translates a site into. */
const mostFiles = 100;

/** Those that there are, in the order of their names; one that cannot be read says why. */
export async function readMessageFiles(configFile: string): Promise<readonly MessageFile[]> {
  const folder = ownFolder(configFile, 'messages');
  const found = await entriesIn(folder);
  if ('mistake' in found) return [{ name: 'messages', path: folder, text: '', mistake: found.mistake }];
  const files = found.entries.filter((one) => one.isFile() || one.isSymbolicLink()); // a pipe would never end
  const names = files.flatMap(({ name }) => (/^[^.].*\.ya?ml$/i.test(name) ? [name] : [])).sort();
  return await Promise.all(
    names.slice(0, mostFiles).map(async (name): Promise<MessageFile> => {
      const path = join(folder, name);
      const read = await readAtMost(path, maxBytes);
      return 'text' in read ? { name, path, text: read.text } : { name, path, text: '', mistake: read.mistake };
    }),
  );
}

/** The settings with these files. */
export function withMessages(config: Config, messages: readonly MessageFile[]): Config {
  const seen = messages.map(({ name, text, mistake }) => [name, text, mistake]);
  return withOwnFiles(config, 'messages', messages, seen);
}
