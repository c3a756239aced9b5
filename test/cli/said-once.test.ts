/** What cron hears of sources: each thing once, also where the runs that first met it did not reach their end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Partner, startPartner } from '../partner/server.ts';
import { relais, relaisDyingAt } from './relais.ts';

const silent = { exitCode: 0, out: '', err: '' };
const post = (count: number): string =>
  `<item><guid>${count}</guid><title>Post ${count}</title><link>https://harbour.example/${count}</link><description>Text ${count}.</description></item>`;
const feed = (...counts: readonly number[]): string =>
  `<rss version="2.0"><channel><title>Harbour Watch</title><link>https://harbour.example/</link>${counts.map(post).join('')}</channel></rss>`;

let folder: string;
let partner: Partner | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-said-'));
});
afterEach(async () => {
  await partner?.close();
  rmSync(folder, { recursive: true });
});

async function lay(other: Parameters<typeof startPartner>[0] & object): Promise<void> {
  // Each time it brings something new, so that there is something to publish, in which a run can die.
  partner = await startPartner({
    '/good': [1, 2, 3, 4, 5, 6, 7, 8, 9].map((count) => feed(count, count - 1)),
    ...other,
  });
  const { url } = partner;
  writeFileSync(
    join(folder, 'sources.yaml'),
    `site: { url: "https://news.example/" }\nnetwork: { allow: [127.0.0.1], spacing: 0s }\nsections:\n  calais:\n    - { url: "${url}/good", name: Good }\n    - { url: "${url}/other", name: Other }\n`,
  );
  expect(await relais(folder, 'run')).toEqual(silent);
}

/** A run that asks everybody and is killed while the site is put in place. */
async function dying(): Promise<void> {
  expect(await relaisDyingAt(folder, 'rename 1', 'run', '--now')).toEqual({ exitCode: null, out: '', err: '' });
}

test('that a source has begun to fail is said by the next run that lives, and so is that it answers again', async () => {
  await lay({ '/other': [feed(1), { status: 500 }, { status: 500 }, feed(1)] });
  await dying();
  const first = await relais(folder, 'run');
  expect(first).toMatchObject({ exitCode: 1, out: '', err: expect.stringMatching(/^✗ Other .*500/) as unknown });
  expect(await relais(folder, 'run', '--now')).toEqual(silent);
  await dying();
  const back = await relais(folder, 'run');
  expect(back).toEqual({ exitCode: 0, out: expect.stringMatching(/^✓ Other .*answers again\n$/) as unknown, err: '' });
  expect(await relais(folder, 'run')).toEqual(silent);
}, 120_000);

test('so is that a source lists nothing any more; what was over before anybody could say it is not said', async () => {
  await lay({ '/other': [feed(1), { status: 500 }, feed(), feed(), feed()] });
  await dying();
  expect(await relais(folder, 'run', '--now')).toEqual(silent);
  expect(await relais(folder, 'run', '--now')).toEqual(silent);
  await dying();
  const first = await relais(folder, 'run');
  expect(first).toMatchObject({
    exitCode: 1,
    out: '',
    err: expect.stringMatching(/^✗ Other .*lists nothing/) as unknown,
  });
  expect(await relais(folder, 'run', '--now')).toEqual(silent);
}, 120_000);
