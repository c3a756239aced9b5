import { build } from 'esbuild';

await build({
  entryPoints: ['bench/story-cost.ts'],
  outfile: 'dist/prof-sc.mjs',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['re2js', 'better-sqlite3'],
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
