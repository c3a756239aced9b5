/**
 * `npm run eval:feeds [-- CASES.jsonl] [--fails]`: how well feeds are read, by a scorer and cases that live beside the
 * project and are never part of it (a folder next to ours, or next to the folder we are in, with `eval/score-feeds.mjs`).
 * Without them it says so and is done. Exit code: the scorer's; 0 without one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));

function findScorer(): string | undefined {
  const around = [dirname(project), dirname(dirname(project))];
  return around
    .flatMap((folder) => readdirSync(folder, { withFileTypes: true }).map((entry) => join(folder, entry.name)))
    .map((folder) => join(folder, 'eval', 'score-feeds.mjs'))
    .find((file) => existsSync(file));
}

const scorer = findScorer();
if (scorer === undefined) {
  console.log(
    'There is no evaluation data beside this project (a folder with eval/score-feeds.mjs): nothing to score.',
  );
} else {
  const adapter = fileURLToPath(new URL('eval-feeds-adapter.ts', import.meta.url));
  const scoring = spawnSync(process.execPath, ['--import', 'tsx', scorer, adapter, ...process.argv.slice(2)], {
    cwd: project,
    stdio: 'inherit',
  });
  process.exitCode = scoring.status ?? 2;
}
