/** The line of ship/crontab as cron runs it: /bin/sh, next to no environment, no terminal. What it prints would be mailed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Partner, type Script, startPartner } from '../partner/server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const crontab = readFileSync(join(root, 'ship/crontab'), 'utf8').split('\n');
const line = crontab.find((one) => /^[*\d]/.test(one))?.replace(/^(\S+\s+){5}/, '') ?? '';
const path = crontab.find((one) => one.startsWith('PATH='))?.slice('PATH='.length) ?? '';

const feed = `<rss version="2.0"><channel><title>Harbour News</title><link>http://127.0.0.1/</link>
<item><guid>1</guid><title>Boats</title><description>They came in the night.</description></item></channel></rss>`;

let home: string;
let partner: Partner | undefined;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'relais-cron-'));
  mkdirSync(join(home, 'my-relay'));
  symlinkSync(root, join(home, 'relais'));
});
afterEach(async () => {
  await partner?.close();
  rmSync(home, { recursive: true, force: true });
});

async function follow(script: Script, address: string): Promise<void> {
  partner = await startPartner(script);
  writeFileSync(
    join(home, 'my-relay/sources.yaml'),
    `network: { allow: [127.0.0.1] }\nsections: { harbour: ["${partner.url}${address}"] }\n`,
  );
}

/** As the page says, the folder of Node stands first where it is none of cron's own. */
async function cron(more = ''): Promise<{ code: unknown; mail: string }> {
  const env = { HOME: home, LOGNAME: 'you', SHELL: '/bin/sh', PATH: `${dirname(process.execPath)}:${path}` };
  const job = spawn('/bin/sh', ['-c', `${line}${more}`], { env, cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[code], out, err] = await Promise.all([once(job, 'exit'), text(job.stdout), text(job.stderr)]);
  return { code, mail: `${out}${err}` };
}

test('publishes beside the settings and has nothing to mail, the first time and the next', async () => {
  await follow({ '/feed': feed }, '/feed');
  expect(await cron()).toEqual({ code: 0, mail: '' });
  expect(existsSync(join(home, 'my-relay/data/site/harbour/feed.xml'))).toBe(true);
  expect(await cron()).toEqual({ code: 0, mail: '' });
  expect(partner?.requests.filter(({ path: asked }) => asked === '/feed')).toHaveLength(1);
});

test('mails a source that has died once', async () => {
  await follow({ '/feed': { status: 410 } }, '/feed');
  expect(await cron()).toEqual({ code: 1, mail: expect.stringContaining('410') });
  expect(await cron()).toEqual({ code: 0, mail: '' });
});

test('meets a pass that is under way, and leaves without a word', async () => {
  let second: ReturnType<typeof cron> | undefined;
  const slow: Script = {
    '/feed': async (_, response) => {
      second ??= cron();
      await second;
      response.end(feed);
    },
  };
  await follow(slow, '/feed');
  expect(await cron()).toEqual({ code: 0, mail: '' });
  expect(await second).toEqual({ code: 75, mail: '' });
});

test('a mistake in the settings is mailed with its line', async () => {
  writeFileSync(join(home, 'my-relay/sources.yaml'), 'sections: { harbour: 7 }\n');
  expect(await cron()).toEqual({ code: 2, mail: expect.stringContaining('sources.yaml:1:') });
});
