/** `relais check --online`: what each source answers today, and that nothing is kept of it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkOnline } from '../../src/cli/check-online.ts';
import { startBucket } from '../bucket/server.ts';
import { html, openEdges, posts, rss } from '../discovery/sites.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { personTyping } from './person.ts';
import { relais } from './relais.ts';

let folder: string;
let partner: Partner;
const feed = rss('Some Group', posts(3));
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relais-online-'));
  partner = await startPartner({
    '/fine': feed,
    '/gone': { status: 410 },
    '/new': feed,
    '/moved': { status: 301, headers: { Location: '/new' } },
    '/lent': { status: 302, headers: { Location: '/new' } },
    '/page': html('<link rel="alternate" type="application/rss+xml" href="/fine">'),
    '/bare': html(''),
    '/broken': '{ "items": 3 ]',
    '/list': html('', '<article><h2><a href="/1">One</a></h2></article>'),
    '/old': rss('Old', posts(2, { day: '2019-11-2' })),
    '/empty': rss('Empty', []),
    '/cut': rss('Cut', posts(1)).slice(0, -40),
    '/cut-later': rss('Cut', posts(2)).slice(0, -40),
  });
});
afterEach(async () => {
  await partner.close();
  rmSync(folder, { recursive: true });
});

/** Each on a line of its own, from the fourth on. */
function lay(...sources: readonly string[]): void {
  const lines = sources.map((one) => `    - ${one.replaceAll('@', partner.url)}\n`).join('');
  writeFileSync(
    join(folder, 'sources.yaml'),
    `network: { allow: [127.0.0.1], spacing: 0s }\nsections:\n  calais:\n${lines}`,
  );
}

async function look(options = {}): Promise<{ exitCode: number; said: string; json: unknown }> {
  const { printer, said, json } = personTyping();
  const edges = openEdges();
  const open = () => Promise.resolve({ ...edges, close: () => edges.reader.close() });
  const exitCode = await checkOnline({ config: join(folder, 'sources.yaml'), ...options }, printer, open);
  return { exitCode, said: said(), json: json() };
}

test('each source by itself, with its place and what to do', async () => {
  lay(
    '@/fine',
    '{ url: "@/gone", name: Gone }',
    '@/moved',
    '@/lent',
    '@/page',
    '@/bare',
    '@/broken',
    '{ url: "@/list", page: { item: div.news } }',
    '{ url: "@/list?2", page: { item: article } }',
    '@/old',
    '@/empty',
    '@/cut',
    '@/cut-later',
    '{ url: "@/fine?paused", paused: asleep }',
    'http://127.0.0.1:1/feed',
  );
  const { exitCode, json } = await look({ json: true });
  expect(exitCode).toBe(1);
  const { online } = json as { online: { state: string; place: object; url?: string; todo: string }[] };
  expect(online.map(({ state }) => state)).toEqual([
    'fine',
    'dead',
    'moved',
    'fine',
    'behind-page',
    'not-a-feed',
    'not-understood',
    'no-match',
    'fine',
    'old',
    'old',
    'cut',
    'fine',
    'dead',
  ]);
  expect(online[1]?.place).toEqual({ line: 5, column: 14 });
  expect(online[2]?.url).toBe(`${partner.url}/new`);
  expect(online[4]?.url).toBe(`${partner.url}/fine`);
  expect(online[5]?.todo).toContain('relais add');
  expect(online[11]).toMatchObject({ happened: 'arrives cut off: it ends before its first entry does' });
  expect(partner.requests.filter(({ path }) => path.includes('paused'))).toEqual([]);
  expect(readdirSync(folder)).toEqual(['sources.yaml']);
});

test('at a terminal each is told as it answers, and how many are done', async () => {
  lay('@/fine', '@/moved', '{ url: "@/gone", name: "Gone" }');
  const { exitCode, said } = await look();
  expect(exitCode).toBe(1);
  expect(said).toMatch(/\[1\/3\] [\s\S]*\[2\/3\] [\s\S]*\[3\/3\] /);
  expect(said).toMatch(/✓ \S+sources\.yaml:4:7 {2}http\S+: 3 items, newest today|yesterday \(2024-11-2\d\), English/);
  expect(said).toMatch(/! \S+sources\.yaml:5:7 {2}.*\n {4}It has moved for good\. Write {2}url: \S+\/new/);
  expect(said).toMatch(/✗ \S+sources\.yaml:6:14 {2}Gone: .*410/);
  expect(said).toMatch(/3 sources asked: 1 needs you\. Nothing was stored\./);
});

test('by the real command: what needs nobody goes to standard output, and the exit code tells cron', async () => {
  lay('@/fine', '@/new');
  const fine = await relais(folder, 'check', '--online');
  expect(fine).toMatchObject({
    exitCode: 0,
    err: '',
    out: expect.stringContaining('2 sources asked: all answer') as unknown,
  });
  lay('@/fine', '@/gone');
  const sick = await relais(folder, 'check', '--online');
  expect(sick.exitCode).toBe(1);
  expect(sick.err).toMatch(/^✗ sources\.yaml:5:7 {2}http\S+\/gone: /);
  writeFileSync(join(folder, 'sources.yaml'), 'sections: 3\n');
  expect((await relais(folder, 'check', '--online')).exitCode).toBe(2);
  expect((await relais(folder, '--json', 'check', '--online')).exitCode).toBe(2);
  expect(readdirSync(folder)).toEqual(['sources.yaml']);
});

test('secrets in addresses are not shown', async () => {
  process.env.ONLINE_KEY = 'tr0mpette';
  try {
    lay(`"@/gone?key=\${ONLINE_KEY}"`);
    const { out, err } = await relais(folder, 'check', '--online');
    expect(out + err).toContain('/gone');
    expect(out + err).not.toContain('tr0mpette');
  } finally {
    delete process.env.ONLINE_KEY;
  }
});

test('titles that would command a terminal are shown as what they are', async () => {
  lay('{ url: "@/fine", name: "Red \\e[31m" }');
  const { said } = await look();
  expect(said).not.toContain('\u001b[31m');
});

test('the bucket of the site is asked too', async () => {
  const server = await startBucket();
  const { name, endpoint, region, keys } = server.settings;
  lay('@/fine');
  const file = join(folder, 'sources.yaml');
  const site = `site: { bucket: { url: "s3://${name}", endpoint: "${endpoint}", region: ${region} } }\n`;
  writeFileSync(file, site + readFileSync(file, 'utf8'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', keys.id);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', keys.secret);
  try {
    const before = await look({ json: true });
    expect(before.json).not.toHaveProperty('bucketProblem.code');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'of another');
    const { exitCode, said } = await look();
    expect(exitCode).toBe(1);
    expect(said).toContain('AWS_SECRET_ACCESS_KEY does not belong to the key');
    expect((await look({ json: true })).json).toMatchObject({ bucketProblem: { code: 'publish/bucket-denied' } });
    expect(server.asked.filter((one) => !one.startsWith('LIST '))).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
    await server.close();
  }
});
