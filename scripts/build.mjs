/**
 * src/ → dist/: the program as few files with the libraries inside. Loading a library of three hundred small files costs
 * more than a quiet run: bundled, the command starts in 0.2 s of CPU instead of 0.5. What a command does not need stays
 * in files of its own, loaded when used. Types are checked by `npm run types`.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What is packed holds nothing of earlier builds. */
const isFresh = process.argv.includes('--fresh');
const folder = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? join(root, 'dist');
const dayMs = 86_400_000;

/** Every file that the program is made of, in one number: what one build has written down, another does not believe. */
const made = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
for (const name of readdirSync(join(root, 'src'), { recursive: true }).sort())
  if (/\.(tsx?|yaml)$/.test(name)) made.update(name).update(readFileSync(join(root, 'src', name)));

const { metafile, outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: [
    'src/cli/main.ts',
    'src/reader/beside.ts',
    'src/reader/child.ts', // this and the last are processes of their own
    'src/darkroom/darkroom-child.ts',
  ],
  outdir: folder,
  entryNames: '[name]', // all in one folder: addresses relative to a file hold wherever its code ends up
  bundle: true,
  splitting: true,
  minifyWhitespace: true, // less to read at each start; names stay, for reports of our own mistakes
  minifySyntax: true,
  metafile: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  define: {
    buildId: JSON.stringify(made.digest('hex').slice(0, 16)),
    // The client of object storage says at each start that its later versions want a newer Node: nobody can act on that under cron.
    'process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED': '"true"',
  },
  external: ['sharp'], // machine code is no text; what is loaded by hand (better-sqlite3, re2js) stays outside too
  banner: {
    // Older libraries call it, and modules have none.
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

// Whoever starts the program meanwhile finds a whole one: each file is put in place at once, those that name others last.
mkdirSync(folder, { recursive: true });
const isEntry = ({ path }) => !/-[A-Z0-9]{8}\.js$/.test(path);
for (const file of outputFiles.toSorted((a, b) => Number(isEntry(a)) - Number(isEntry(b)))) {
  writeFileSync(`${file.path}.new`, file.contents);
  renameSync(`${file.path}.new`, file.path);
}

// What is said to readers stays text: read when something is first said in a language.
cpSync(join(root, 'src', 'messages'), join(folder, 'messages'), { recursive: true });

// A relay that runs may still load parts of an earlier build; those of yesterday nobody needs.
const current = new Set(['messages', ...Object.keys(metafile.outputs).map((name) => basename(name))]);
for (const name of readdirSync(folder)) {
  const path = join(folder, name);
  if (!current.has(name) && (isFresh || Date.now() - statSync(path).mtimeMs > dayMs)) rmSync(path, { recursive: true });
}
