/**
 * What the Dockerfile says, done by hand: its files into an empty folder, its build, its program under a stranger's user
 * with code and settings that cannot be written. A container engine is not needed, and its walls are not tried here.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Partner, startPartner } from '../partner/server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

/** Instructions by stage: `[['FROM', 'node:24 AS build'], ['COPY', …], …]`. */
const stages = read('Dockerfile')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => /^[A-Z]/.test(line))
  .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const)
  .reduce<(readonly [string, string])[][]>((made, one) => {
    if (one[0] === 'FROM') made.push([]);
    made.at(-1)?.push(one);
    return made;
  }, []);
const [building = [], running = []] = stages;
const said = (name: string): string => running.find(([one]) => one === name)?.[1] ?? '';

const feed = `<rss version="2.0"><channel><title>Harbour News</title><link>http://127.0.0.1/</link>
<item><guid>1</guid><title>Boats</title><description>They came in the night.</description></item></channel></rss>`;

let place: string;
let partner: Partner;
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'relais-image-'));
  chmodSync(place, 0o755); // the stranger has to get in
  partner = await startPartner({ '/feed': { body: feed, headers: { 'Content-Type': 'application/rss+xml' } } });
});
afterAll(async () => {
  await partner.close();
  if (existsSync(join(place, 'code'))) execFileSync('chmod', ['-R', 'u+w', place]);
  rmSync(place, { recursive: true, force: true });
});

/** Does a stage's COPYs: files of this folder, as far as .dockerignore lets them in, or of the stage built before. */
function copyInto(folder: string, instructions: readonly (readonly [string, string])[], built?: string): void {
  const allowed = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'));
  mkdirSync(folder);
  for (const [, written] of instructions.filter(([name]) => name === 'COPY')) {
    const words = written.split(' ');
    const from = words[0] === '--from=build' ? built : undefined;
    const names = words.slice(from === undefined ? 0 : 1, -1).map((name) => name.replace('/relais/', ''));
    const target = words.at(-1) ?? '';
    for (const name of names) {
      if (from === undefined) expect(allowed, '.dockerignore').toContain(`!${name}`);
      const to = join(folder, target === './' ? name : target);
      if (name === 'node_modules') copyLibraries(to);
      else cpSync(join(from ?? root, name), to, { recursive: true });
    }
  }
}

/** What `npm prune --omit=dev` leaves. */
function copyLibraries(to: string): void {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { dev?: boolean }> };
  for (const [path, { dev }] of Object.entries(packages)) {
    if (!path.startsWith('node_modules/') || dev === true || !existsSync(join(root, path))) continue;
    const target = join(dirname(to), path);
    if (!existsSync(target)) cpSync(join(root, path), target, { recursive: true, verbatimSymlinks: true });
  }
}

/** Every file with size and time of its last change. */
function traces(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const { mtimeMs, size } = statSync(join(folder, name));
    return `${name} ${size} ${mtimeMs}`;
  });
}

/** Nobody, where this test runs as root and can become somebody else. */
const stranger = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

test('the image builds from what it copies, serves a partner’s news as a stranger, and writes to its volume only', async () => {
  const [build, code, settings, data] = ['build', 'code', 'settings', 'data'].map((name) => join(place, name));
  if (build === undefined || code === undefined || settings === undefined || data === undefined) throw new Error();
  copyInto(build, building);
  symlinkSync(join(root, 'node_modules'), join(build, 'node_modules'));
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: build, stdio: 'inherit' });
  copyInto(code, running, build);
  mkdirSync(settings);
  writeFileSync(
    join(settings, 'sources.yaml'),
    `network: { allow: [127.0.0.1] }\nsite: { url: "https://news.example/" }\nsections: { harbour: ["${partner.url}/feed"] }\n`,
  );
  mkdirSync(data);
  if (stranger.uid !== undefined) chownSync(data, stranger.uid, stranger.gid);
  execFileSync('chmod', ['-R', 'a-w', code, settings]);
  const before = [traces(code), traces(settings)];

  const here = (text: string): string =>
    text.replace(/^\/(relais|settings|data)\b/, `${place}/$1`).replace('/relais/', '/code/');
  const [, ...words] = [...JSON.parse(said('ENTRYPOINT')), ...JSON.parse(said('CMD'))] as string[];
  const args = words.map((word) => ({ '8080': '0', '0.0.0.0': '127.0.0.1' })[word] ?? here(word));
  const env = Object.fromEntries(
    said('ENV')
      .split(' ')
      .map((one) => one.split('=')),
  ) as Record<string, string>;
  const program = spawn(process.execPath, args, {
    ...stranger,
    cwd: code,
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, here(value)])),
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const ended = once(program, 'exit');
  try {
    let url = '';
    const lines: string[] = [];
    for await (const line of createInterface(program.stderr)) {
      lines.push(line);
      const event = JSON.parse(line) as { url?: string; asked?: number };
      url = event.url ?? url;
      if (event.asked !== undefined) break;
    }
    expect(lines.join('\n')).toContain('"asked":1');
    expect(await (await fetch(new URL('harbour/feed.xml', url))).text()).toContain('They came in the night.');

    const check = JSON.parse(said('HEALTHCHECK').replace(/^.*? CMD /, '')) as string[];
    const probe = (port: string): string[] => check.slice(1).map((word) => word.replace(':8080', `:${port}`));
    expect(execFileSync(process.execPath, probe(new URL(url).port), { encoding: 'utf8' })).toContain('has succeeded');

    program.kill(said('STOPSIGNAL') as NodeJS.Signals);
    expect(await ended).toEqual([0, null]);
    expect(() => execFileSync(process.execPath, probe(new URL(url).port))).toThrow('Command failed');
  } finally {
    program.kill('SIGKILL');
  }
  expect([traces(code), traces(settings)]).toEqual(before);
  expect(readdirSync(data)).toEqual(expect.arrayContaining(['relais.db', 'site']));
}, 60_000);
