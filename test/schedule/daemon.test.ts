/** `relais start` as systemd and Docker know it: the built program, a signal, and what it answers while it runs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { relais, type Started, start } from '../cli/relais.ts';
import { type Partner, type Script, startPartner } from '../partner/server.ts';

const feed = `<rss version="2.0"><channel><title>Harbour "Watch"\nand more</title><link>https://harbour.example/</link>
<item><guid>1</guid><title>One</title><link>https://harbour.example/1</link><description>Text.</description></item></channel></rss>`;

let folder: string;
const partners: Partner[] = [];
const daemons: Started[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-daemon-'));
});
afterEach(async () => {
  for (const daemon of daemons.splice(0)) {
    daemon.stop('SIGKILL');
    await daemon.ended;
  }
  for (const partner of partners.splice(0)) await partner.close();
  rmSync(folder, { recursive: true });
});

async function partner(script: Script): Promise<Partner> {
  const started = await startPartner(script);
  partners.push(started);
  return started;
}

function write(sources: readonly string[], more = 'allow: [127.0.0.1], spacing: 0s'): void {
  const list = sources.map((source) => `    - ${source}\n`).join('');
  writeFileSync(
    join(folder, 'sources.yaml'),
    `site: { url: "https://news.example/" }\nnetwork: { ${more} }\nschedule: { refresh: "* * * * * *" }\nsections:\n  calais:\n${list}`,
  );
}

async function daemon(): Promise<{ readonly daemon: Started; readonly url: string }> {
  const started = start(folder, 'start', '--port', '0');
  daemons.push(started);
  const said = await started.until(/serving the site at (\S+?)"?\n/);
  return { daemon: started, url: /serving the site at (http:\/\/[^\s"]+)/.exec(said)?.[1] ?? '' };
}

test('SIGTERM ends it while a partner hangs, and the lease is free', async () => {
  let hanging: (() => void) | undefined;
  const asked = new Promise<void>((resolve) => {
    hanging = resolve;
  });
  const { url } = await partner({ '/good': feed, '/hangs': () => hanging?.() });
  write([`${url}/good`, `${url}/hangs`]);
  const { daemon: running } = await daemon();
  await asked;
  const sent = performance.now();
  running.stop();
  expect((await running.ended).exitCode).toBe(0);
  expect(performance.now() - sent).toBeLessThan(10_000); // systemd and Docker kill at ten seconds, so this one limit is real
  write([`${url}/good`]);
  expect((await relais(folder, 'run')).exitCode).toBe(0);
}, 30_000);

test('SIGTERM ends a run from cron or a timer too: what has come is published, and the rest is the next run’s', async () => {
  let hanging: (() => void) | undefined;
  const asked = new Promise<void>((resolve) => {
    hanging = resolve;
  });
  const hangs = await partner({ '/hangs': [() => hanging?.(), feed.replace('Harbour', 'Second')], '/waits': feed });
  const good = await partner({ '/good': feed });
  const yaml = [`${good.url}/good`, `${hangs.url}/hangs`, `${hangs.url}/waits`];
  write(yaml, 'allow: [127.0.0.1], spacing: 1h');
  const running = start(folder, '--verbose', 'run');
  daemons.push(running);
  await Promise.all([asked, running.until('1 new item')]);
  const sent = performance.now();
  running.stop();
  const { exitCode, err } = await running.ended;
  expect(performance.now() - sent).toBeLessThan(10_000);
  expect(exitCode).toBe(75);
  expect(err.match(/stopped; 2 sources are left for the next run/g)).toHaveLength(1);
  expect(readFileSync(join(folder, 'data', 'site', 'calais', 'feed.xml'), 'utf8')).toContain('One');
  expect(hangs.requests).toHaveLength(1);
  write(yaml);
  const next = await relais(folder, '--verbose', 'run');
  expect(next).toMatchObject({ exitCode: 0, err: expect.not.stringContaining('stopped') as unknown });
  expect(hangs.requests).toHaveLength(3);
  expect(good.requests).toHaveLength(1);
}, 60_000);

test.each(['SIGTERM', 'SIGINT'] as const)(
  'under cron it says nothing of a %s, but by its exit code',
  async (signal) => {
    let hanging: (() => void) | undefined;
    const asked = new Promise<void>((resolve) => {
      hanging = resolve;
    });
    const { url } = await partner({ '/hangs': () => hanging?.() });
    write([`${url}/hangs`]);
    const running = start(folder, 'run');
    daemons.push(running);
    await asked;
    running.stop(signal);
    expect(await running.ended).toEqual({ exitCode: 75, out: '', err: '' });
  },
  30_000,
);

test('tells machines that watch over it how it is', async () => {
  const { url: partnerUrl } = await partner({ '/good': feed, '/bad': { status: 500 } });
  write([`${partnerUrl}/good`, `${partnerUrl}/bad`]);
  const { daemon: running, url } = await daemon();
  await running.until('files written');
  const health = await fetch(`${url}healthz`);
  expect(health.status).toBe(200);
  expect(await health.text()).toMatch(/^A refresh has succeeded at \d{4}-/);
  expect(health.headers.get('cache-control')).toBe('no-store');
  const metrics = await (await fetch(`${url}metrics`)).text();
  expect(metrics).toMatch(/^relais_source_failing\{source="[^"]+\/bad",name="[^"]+"\} 1$/m);
  expect(metrics).toMatch(
    /^relais_source_last_success_timestamp_seconds\{source="[^"]+\/good",name="[^\n]+"\} 1\d{9}/m,
  );
  expect(metrics).toMatch(/^relais_last_good_run_timestamp_seconds 1\d{9}/m);
});

test('network settings count as soon as they are read', async () => {
  const { url } = await partner({ '/good': feed });
  write([`${url}/good`], 'spacing: 0s');
  const { daemon: running } = await daemon();
  await running.until('points at an address that Relais does not ask');
  const other = await partner({ '/good': feed.replace('Harbour', 'Tower') });
  write([`${other.url}/good`]);
  await running.until('1 new item');
});

test('a new sources.yaml with mistakes is told in the log, an event a line, and the old one stays in force', async () => {
  const { url } = await partner({ '/good': feed });
  write([`${url}/good`]);
  const { daemon: running } = await daemon();
  await running.until('files written');
  writeFileSync(
    join(folder, 'sources.yaml'),
    'network: { timeout: soon }\nsections:\n  calais:\n    - ftp://a.example/\n',
  );
  await running.until('kept the settings');
  running.stop();
  const { out, err, exitCode } = await running.ended;
  expect(exitCode).toBe(0);
  const events = `${out}${err}`
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const mistakes = events.filter(({ code }) => String(code).startsWith('config/'));
  expect(mistakes).toMatchObject([
    { level: 50, file: 'sources.yaml', line: 1, column: 21, msg: expect.stringMatching(/^sources\.yaml:1:21 .*soon/) },
    { level: 50, file: 'sources.yaml', line: 4, column: 7, msg: expect.stringMatching(/^sources\.yaml:4:7 .*ftp:/) },
  ]);
  const kept = events.filter(({ msg }) => /kept the settings/.test(String(msg)));
  expect(kept).toMatchObject([
    { msg: expect.stringMatching(/^the new sources\.yaml has 2 mistakes; kept the settings read at \d{4}-\d\d-\d\dT/) },
  ]);
  expect(`${out}${err}`).not.toMatch(/nothing was run/i);
});
