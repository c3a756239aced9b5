/**
 * `node bench/built.mjs FILE [ARGUMENTS]`: runs a file of the bench bundled, as the program is that people install. The loader that
 * runs TypeScript from source makes one more call for each function that another makes, which libraries are spared.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const [file = '', ...args] = process.argv.slice(2);
// In the project, so that what is not bundled is found: addons, and what is loaded where it is met.
mkdirSync('dist', { recursive: true });
const folder = mkdtempSync(resolve('dist', 'bench-'));
try {
  const outfile = join(folder, 'bench.mjs');
  await build({
    entryPoints: [resolve(file)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['re2js', 'better-sqlite3'],
    banner: {
      // Older libraries call it, and modules have none.
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  process.exitCode = spawnSync(process.execPath, [outfile, ...args], { stdio: 'inherit' }).status ?? 2;
} finally {
  rmSync(folder, { recursive: true });
}
