/** An import into a folder where there is no sources.yaml yet, without a program around it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importLines } from '../../src/cli/import-words.ts';
import { arrange } from '../../src/exchange/arrange.ts';
import { insertAll, newFile } from '../../src/exchange/insert-all.ts';
import { readImport } from '../../src/exchange/read.ts';
import { standingOf } from '../../src/exchange/standing.ts';

export const caseFolder = join(import.meta.dirname, '../cases/import');

/** @param name of a case. @returns all that is said, and the file */
export async function imported(name: string): Promise<{ readonly said: string; readonly after: string }> {
  const read = await readImport(readFileSync(join(caseFolder, name)));
  if (read.kind === 'refused') return { said: `${name}:${read.line}  ${read.why}`, after: '' };
  const { list } = read;
  const before = newFile(list.title, name);
  const arrangement = arrange(list, standingOf(null), { section: undefined, file: name, withSecrets: false });
  const inserted = insertAll(before, arrangement);
  const after = inserted.kind === 'inserted' ? inserted.text : inserted.why;
  const what = { file: name, target: 'sources.yaml', isNew: true, isDry: false, list, arrangement, before, after };
  const { entries, end } = importLines(what, true);
  return { said: [...entries, ...end].join('\n'), after };
}
