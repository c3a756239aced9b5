/**
 * `npm run eval:feeds [-- CASES.jsonl] [--fails]`: how well feeds are read, by a scorer and cases that live beside the
 * project (`eval/score-feeds.mjs`). Without them it says so and is done. Exit code: the scorer's; 0 without one.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findEvaluation, project } from './evaluation-data.ts';

const scorer = findEvaluation('score-feeds.mjs');
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
