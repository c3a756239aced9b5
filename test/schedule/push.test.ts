/** A partner's post by push, from end to end: the built program with its own web server, a hub and a partner, and no poll in between. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { relais, type Started, start } from '../cli/relais.ts';
import { startHub, type TestHub } from '../partner/hub.ts';
import { type Partner, startPartner } from '../partner/server.ts';

/** No tick comes during a test: whatever is asked a second time is asked because a hub has called. */
const never = 'schedule: { refresh: "0 0 29 2 *" }';

const folders: string[] = [];
const daemons: Started[] = [];
let hub: TestHub;
let partner: Partner;
let names: string[];

beforeEach(async () => {
  hub = await startHub();
  names = ['one'];
  partner = await startPartner((_request, response) =>
    response.end(
      `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour Watch</title><link>https://harbour.example/</link><atom:link rel="hub" href="${hub.url}"/><atom:link rel="self" href="${partner.url}/feed"/>${names.map((name) => `<item><guid>${name}</guid><title>About ${name}</title><link>https://harbour.example/${name}</link><description>All about ${name}.</description></item>`).join('')}</channel></rss>`,
    ),
  );
});
afterEach(async () => {
  for (const daemon of daemons.splice(0)) {
    daemon.stop('SIGKILL');
    await daemon.ended;
  }
  await hub.close();
  await partner.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  return await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

interface Relay {
  readonly folder: string;
  readonly url: string;
  readonly running: Started;
  readonly feed: () => string;
}

/** @param hubOf our own hub */
async function relay(source: string, push = true, hubOf?: string): Promise<Relay> {
  const folder = mkdtempSync(join(tmpdir(), 'relais-push-'));
  folders.push(folder);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  writeFileSync(
    join(folder, 'sources.yaml'),
    `site: { url: "${url}"${hubOf === undefined ? '' : `, hub: "${hubOf}"`} }\nnetwork: { allow: [127.0.0.1], spacing: 0s${push ? `, push: "${url}"` : ''} }\n${never}\nsections:\n  calais:\n    - { url: "${source}", show: full }\n`,
  );
  const running = start(folder, 'start', '--port', String(port));
  daemons.push(running);
  await running.until('1 sources asked');
  return { folder, url, running, feed: () => readFileSync(join(folder, 'data/site/calais/atom.xml'), 'utf8') };
}

const askedTwice = /sources asked[\s\S]*1 new item[\s\S]*sources asked/;

test('a partner posts, its hub calls, and the post is in our feed', async () => {
  const granted = hub.nextGranted();
  const { folder, url, running, feed } = await relay(`${partner.url}/feed`);
  const { callback, secret } = await granted;
  names.unshift('two');
  expect(await hub.distribute(`${partner.url}/feed`)).toEqual([202]);
  await running.until(askedTwice);
  expect(feed()).toContain('About two');
  const status = await relais(folder, 'status');
  expect(status.out).toMatch(/its posts come by push from 127\.0\.0\.1:\d+, until \d{4}-/);
  const json = await relais(folder, '--json', 'status');
  expect(JSON.parse(json.out)).toMatchObject({ sources: [{ push: { until: expect.stringMatching(/^\d{4}-/) } }] });
  const metrics = await (await fetch(`${url}metrics`)).text();
  expect(metrics).toMatch(/^relais_source_push_until_timestamp_seconds\{source="[^"]+\/feed"\} 1\d{9}/m);
  running.stop();
  const { out, err } = await running.ended;
  for (const said of [status.out, json.out, metrics, out, err]) {
    expect(said).not.toContain(secret);
    expect(said).not.toContain(callback);
  }
}, 60_000);

test('a second Relais that reads the first through a hub has a post in one go', async () => {
  const first = await relay(`${partner.url}/feed`, true, hub.url);
  // The first is subscribed to the partner by the same hub; the second then to the first.
  while (![...hub.granted.values()].some(({ topic }) => topic === `${partner.url}/feed`)) await hub.nextGranted();
  const second = await relay(`${first.url}calais/atom.xml`);
  while (![...hub.granted.values()].some(({ topic }) => topic === `${first.url}calais/atom.xml`))
    await hub.nextGranted();
  names.unshift('two');
  await hub.distribute(`${partner.url}/feed`);
  await second.running.until(askedTwice);
  expect(second.feed()).toContain('About two');
  expect(hub.told).toContain(`${first.url}calais/atom.xml`);
}, 60_000);
