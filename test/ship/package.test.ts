/** What `npm pack` makes works from an empty folder, with its production dependencies and nothing else of ours. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
let folder: string;
/** As npm lays it out: the package in node_modules of an empty folder. */
let installed: string;

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-package-'));
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  execFileSync('tar', ['xzf', filename], { cwd: folder });
  installed = join(folder, 'empty/node_modules/relais');
  mkdirSync(dirname(installed), { recursive: true });
  cpSync(join(folder, 'package'), installed, { recursive: true });
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  for (const [path, { dev, devOptional }] of Object.entries(lock.packages)) {
    if (path === '' || dev === true || devOptional === true || !existsSync(join(root, path))) continue;
    const place = join(folder, 'empty', path);
    if (existsSync(place)) continue; // inside another
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, path), place);
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

function relais(...argv: string[]): { readonly status: number | null; readonly out: string; readonly err: string } {
  const done = spawnSync(process.execPath, [join(installed, 'bin/relais.js'), ...argv], {
    cwd: join(folder, 'empty'),
    encoding: 'utf8',
  });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

test('it holds the program, its docs and its licence, and no sources, tests or data', () => {
  expect(readdirSync(installed).sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'bin',
    'dist',
    'docs',
    'package.json',
    'sources.schema.json',
    'sources.yaml',
  ]);
  const links = [...readFileSync(join(installed, 'README.md'), 'utf8').matchAll(/\]\((docs\/[^)#]+)/g)].map(
    ([, link = '']) => link,
  );
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !existsSync(join(installed, link)))).toEqual([]);
});

test('from an empty folder: what to do next, mistakes, and the whole house', () => {
  expect(relais().out).toContain('There is no sources.yaml');
  writeFileSync(join(folder, 'empty/sources.yaml'), 'sections:\n  calais:\n    - nonsense\n');
  expect(relais('check')).toMatchObject({ status: 2 });
  const demo = relais('demo', '--once');
  expect(demo.err).toBe('');
  expect(demo.status).toBe(0);
  expect(existsSync(join(folder, 'empty/data/demo/site/index.html'))).toBe(true);
}, 60_000);

test('where its machine code is not built, a sentence says what to type', () => {
  const engine = join(folder, 'empty/node_modules/better-sqlite3');
  const whole = join(root, 'node_modules/better-sqlite3');
  rmSync(engine);
  cpSync(whole, engine, { recursive: true, filter: (path) => !path.startsWith(join(whole, 'build')) });
  writeFileSync(join(folder, 'empty/sources.yaml'), 'sections:\n  calais:\n    - https://a.example/\n');
  const { status, err } = relais('run');
  expect(status).toBe(3);
  expect(err).toContain('npm rebuild better-sqlite3');
  expect(err).not.toMatch(/^\s+at |mistake of its own/m);
});
