/**
 * `tsx bench/serving.ts`: our server beside nginx with the same file, a section page of fifty stories: requests a second of the
 * page packed by gzip, whole, and of an answer 304. Both get two cores and the same client (wrk), which are of this machine too: the
 * ratio counts. Where nginx or wrk is not installed, it says so.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { here, measure, withWorld, writeSettings } from './worlds.ts';

const missing = ['nginx', 'wrk'].filter((name) => spawnSync('which', [name]).status !== 0);
const seconds = 4;
const turns = 3;
const page = '/bench/';

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Requests a second. */
function load(port: number, headers: readonly string[]): number {
  const named = headers.flatMap((header) => ['-H', header]);
  const args = ['-t', '1', '-c', '32', '-d', `${seconds}s`, ...named, `http://127.0.0.1:${port}${page}`];
  const { stdout } = spawnSync('wrk', args, { encoding: 'utf8' });
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
}

/** @param isStatic it finds packed files beside the others, in place of packing at each request */
function nginxSettings(folder: string, site: string, port: number, isStatic: boolean): string {
  const file = join(folder, `nginx-${port}.conf`);
  writeFileSync(
    file,
    `daemon off; worker_processes 2; pid ${folder}/nginx-${port}.pid; error_log /dev/null; user root;
events { worker_connections 512; }
http { access_log off; sendfile on; etag on; open_file_cache max=1000; types { text/html html; }
${isStatic ? 'gzip_static on;' : 'gzip on; gzip_types text/html;'} gzip_vary on;
client_body_temp_path ${folder}/c; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
server { listen 127.0.0.1:${port}; root ${site}; } }\n`,
  );
  return file;
}

async function etagOf(port: number, encoding: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}${page}`, { headers: { 'Accept-Encoding': encoding } });
  await answer.arrayBuffer();
  return answer.headers.get('etag') ?? '';
}

async function untilItAnswers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (
      await fetch(`http://127.0.0.1:${port}${page}`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers at port ${port}`);
}

if (missing.length > 0) {
  console.log(`\nServing is not measured: ${missing.join(' and ')} not installed here.`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'relais-serving-'));
  const children: ChildProcess[] = [];
  try {
    const config = await withWorld('yes', async (world) => {
      const file = writeSettings(folder, world.port, { sources: 5, parallel: 8 });
      await measure('one-run.mjs', ['--quiet', '--config', file, 'run', '--now']);
      return file;
    });
    const site = join(folder, 'data', 'site');
    const file = join(site, page, 'index.html');
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
    const [packing, ready, port] = [await freePort(), await freePort(), await freePort()];
    for (const conf of [nginxSettings(folder, site, packing, false), nginxSettings(folder, site, ready, true)])
      children.push(spawn('nginx', ['-p', folder, '-c', conf], { stdio: 'ignore' }));
    const start = [here('../bin/relais.js'), '--quiet', '--config', config, 'start', '--port', String(port)];
    children.push(spawn(process.execPath, start, { stdio: 'ignore' }));
    for (const one of [packing, ready, port]) await untilItAnswers(one);
    const gzip = 'Accept-Encoding: gzip';
    const rows: (readonly [string, number, number, readonly string[], readonly string[]])[] = [
      ['page, gzip, beside packing at each request', port, packing, [gzip], [gzip]],
      ['page, gzip, beside files packed before', port, ready, [gzip], [gzip]],
      ['page, whole', port, packing, [], []],
      [
        '304, gzip',
        port,
        ready,
        [gzip, `If-None-Match: ${await etagOf(port, 'gzip')}`],
        [gzip, `If-None-Match: ${await etagOf(ready, 'gzip')}`],
      ],
    ];
    console.log(
      `\npage of ${Math.round(statSync(file).size / 1_024)} KB, ${statSync(`${file}.gz`).size} bytes packed\n`,
    );
    console.log('| request | ours, a second | nginx, a second | ours ÷ nginx |\n|---|---|---|---|');
    for (const [what, own, other, ownHeaders, otherHeaders] of rows) {
      const pairs = Array.from({ length: turns }, () => [load(own, ownHeaders), load(other, otherHeaders)] as const);
      const [a, b] = pairs.sort((x, y) => x[0] / x[1] - y[0] / y[1])[turns >> 1] ?? [Number.NaN, Number.NaN];
      console.log(`| ${what} | ${a.toFixed(0)} | ${b.toFixed(0)} | ${(a / b).toFixed(2)} |`);
    }
  } finally {
    for (const child of children) child.kill();
    rmSync(folder, { recursive: true });
  }
}
