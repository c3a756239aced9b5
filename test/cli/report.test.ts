/** A mail server or a dead man's switch that is not there, as cron hears of it: once, and  relais status  until it works again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../src/storage.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { storageIn } from '../storage.ts';
import { relais } from './relais.ts';

const feed = `<rss version="2.0"><channel><title>Harbour Watch</title><link>https://harbour.example/</link>
<item><guid>1</guid><title>One</title><link>https://harbour.example/1</link><description>Text.</description></item></channel></rss>`;

let folder: string;
let partner: Partner;
let isDown = true;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relais-report-'));
  partner = await startPartner((request, response) => {
    if (request.url === '/feed') response.end(feed);
    else response.writeHead(isDown ? 500 : 200).end();
  });
  const report = `{ ping: "${partner.url}/x", mail: { to: me@example.org, smtp: "smtp://127.0.0.1:2" } }`;
  writeFileSync(
    join(folder, 'sources.yaml'),
    `site: { url: "https://news.example/" }\nnetwork: { allow: [127.0.0.1], spacing: 0s }\nreport: ${report}\nsections:\n  calais:\n    - ${partner.url}/feed\n`,
  );
});
afterEach(async () => {
  await partner.close();
  rmSync(folder, { recursive: true });
});

/** As if nothing had been tried for a while, and there were something to mail. */
async function later(): Promise<void> {
  const store = await openStore(storageIn(join(folder, 'data')));
  await store.addNews([{ sourceKey: 'a.example', source: 'A', kind: 'silent', at: Date.now(), words: 'It is quiet.' }]);
  for (const fact of ['mail-tried', 'pinged']) await store.replaceFact(fact, '0');
  await store.close();
}

test('what is not told by mail or switch is said by one run, and stands in status until it works again', async () => {
  await later();
  const first = await relais(folder, 'run');
  expect(first.err).toMatch(/the mail with the news of the relay could not be sent: .*ECONNREFUSED/);
  expect(first.err).toContain('the address under  report: ping  could not be called');
  expect(first.exitCode).toBe(1);
  await later();
  expect(await relais(folder, 'run')).toEqual({ exitCode: 0, out: '', err: '' });
  const status = (await relais(folder, 'status')).out.replace(/\s+/g, ' ');
  expect(status).toMatch(/Since \S+ \S+Z: the mail with the news of the relay could not be sent/);
  expect(status).toMatch(/Since \S+ \S+Z: the address under report: ping could not be called/);
  isDown = false;
  await later();
  await relais(folder, 'run');
  const { reportTroubles } = JSON.parse((await relais(folder, 'status', '--json')).out) as {
    reportTroubles: unknown[];
  };
  expect(reportTroubles).toHaveLength(1);
}, 60_000);
