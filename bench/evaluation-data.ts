/** Evaluation data lies beside the project and is never part of it: a folder next to ours, or next to the folder we are in. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, with a slash at the end. */
export const project = fileURLToPath(new URL('..', import.meta.url));

/** @returns path of `eval/NAME` in the first such folder that has it */
export function findEvaluation(name: string): string | undefined {
  const around = [dirname(project), dirname(dirname(project))];
  return around
    .flatMap((folder) => readdirSync(folder, { withFileTypes: true }).map((entry) => join(folder, entry.name)))
    .map((folder) => join(folder, 'eval', name))
    .find((file) => existsSync(file));
}
