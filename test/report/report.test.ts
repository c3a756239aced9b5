import { afterEach, expect, test } from 'vitest';
import type { News } from '../../src/model.ts';
import { mailNews, ping } from '../../src/report/report.ts';
import { reportTroubles } from '../../src/report/trouble.ts';
import { startPartner } from '../partner/server.ts';
import { openTestHouse, settings, type TestHouse } from '../pipeline/house.ts';
import { startMailServer } from './mail-server.ts';

const at = (text: string): number => Date.parse(text);
const minute = 60_000;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function house(): Promise<TestHouse> {
  const made = await openTestHouse(at('2026-11-23T03:00Z'));
  closing.push(() => made.close());
  return made;
}

const withReport = (report: string) =>
  settings(
    `site: { title: A relay, url: "https://news.example/" }\nnetwork: { allow: [127.0.0.1] }\nreport: ${report}\nsections: { calais: [ "https://a.example/feed" ] }\n`,
  );

const died: News = {
  sourceKey: 'a.example/feed',
  source: 'Group A\r\nBcc: all@example.org',
  kind: 'failing',
  at: at('2026-11-22T20:00Z'),
  words: 'has not answered for eight hours: its certificate has expired. Write to the partner.',
};
const held: News = { ...died, source: 'Group B', kind: 'held', words: 'looks like another site.' };

test('what has changed comes in one mail, what needs a person most first, and never again', async () => {
  const [server, { house: edges, clock }] = [await startMailServer(), await house()];
  closing.push(() => server.close());
  const config = withReport(`{ mail: { to: tech@relay.example, smtp: "${server.url}" } }`);
  await edges.library.addNews([died, held]);
  expect(await mailNews(config, edges)).toEqual([]);
  clock.set(clock.now() + 60 * minute);
  expect(await mailNews(config, edges)).toEqual([]);
  expect(server.mails).toHaveLength(1);
  const mail = server.mails[0] ?? '';
  const [head = '', ...rest] = mail.split('\r\n\r\n');
  const body = rest.join('\n\n').replace(/=\r\n/g, ''); // quoted-printable, RFC 2045 §6.7
  expect(head).toMatch(/^To: tech@relay\.example\r$/m);
  expect(head).toMatch(/^Subject: A relay: Group B looks like another site; Group A/m);
  expect(head).not.toMatch(/^Bcc:/m);
  expect(head).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(body.indexOf('Group B')).toBeLessThan(body.indexOf('certificate has expired'));
});

test('a text that comes again after it was taken back is named in the subject, and what to type in the mail', async () => {
  const [server, { house: edges, clock }] = [await startMailServer(), await house()];
  closing.push(() => server.close());
  const words = 'Readers do not see it. If it is to be seen: relais restore-item gate';
  await edges.library.addNews([{ ...died, source: 'Group C', kind: 'again', words }]);
  clock.set(clock.now() + 60 * minute);
  await mailNews(withReport(`{ mail: { to: tech@relay.example, smtp: "${server.url}" } }`), edges);
  const mail = (server.mails[0] ?? '').replace(/=\r\n/g, '');
  expect(mail).toMatch(/^Subject: A relay: Group C \S/m);
  expect(mail).toContain(words);
});

test('a mail server that refuses costs nothing: the same news is tried again after a while, under the same Message-ID', async () => {
  const [refusing, { house: edges, clock }] = [await startMailServer('451 later'), await house()];
  closing.push(() => refusing.close());
  await edges.library.addNews([died]);
  const bad = withReport(`{ mail: { to: tech@relay.example, smtp: "${refusing.url}" } }`);
  expect((await mailNews(bad, edges)).map((one) => one.code)).toEqual(['report/mail-failed']);
  const server = await startMailServer();
  closing.push(() => server.close());
  const good = withReport(`{ mail: { to: tech@relay.example, smtp: "${server.url}" } }`);
  clock.set(clock.now() + minute);
  await mailNews(good, edges);
  expect(server.mails).toHaveLength(0);
  clock.set(clock.now() + 15 * minute);
  await mailNews(good, edges);
  expect(server.mails).toHaveLength(1);
  expect(await edges.library.untold()).toEqual([]);
});

test('the switch is called after a good run, and told of a bad one', async () => {
  const [watcher, { house: edges, clock }] = [await startPartner({ '/k3y': 'OK', '/k3y/fail': 'OK' }), await house()];
  closing.push(() => watcher.close());
  const config = withReport(`{ ping: "${watcher.url}/k3y" }`);
  expect(await ping(config, true, edges)).toEqual([]);
  expect(await ping(config, true, edges)).toEqual([]); // a moment later
  clock.set(clock.now() + 5 * minute);
  expect(await ping(config, true, edges)).toEqual([]);
  expect(await ping(config, false, edges)).toEqual([]);
  expect(watcher.requests.map((request) => request.path)).toEqual(['/k3y', '/k3y', '/k3y/fail']);
});

test('a switch that does not answer is a warning', async () => {
  const [watcher, { house: edges }] = [await startPartner({}), await house()];
  closing.push(() => watcher.close());
  const problems = await ping(withReport(`{ ping: "${watcher.url}/nowhere" }`), true, edges);
  expect(problems.map((one) => one.code)).toEqual(['report/ping-failed']);
});

test('what does not reach the maintainer is said when it begins and kept until it works again', async () => {
  let isDown = true;
  const watcher = await startPartner((_request, response) => response.writeHead(isDown ? 500 : 200).end());
  closing.push(() => watcher.close());
  const { house: edges, clock } = await house();
  const config = withReport(`{ ping: "${watcher.url}/k3y" }`);
  const call = async (): Promise<[said: number, kept: number | undefined]> => {
    clock.set(clock.now() + 5 * minute);
    const said = await ping(config, true, edges);
    return [said.length, (await reportTroubles(config, edges.library))[0]?.since];
  };
  const begun = clock.now() + 5 * minute;
  expect(await call()).toEqual([1, begun]);
  expect(await call()).toEqual([0, begun]);
  isDown = false;
  expect(await call()).toEqual([0, undefined]);
  isDown = true;
  expect(await call()).toEqual([1, clock.now()]);
  expect(await reportTroubles(withReport('{}'), edges.library)).toEqual([]);
});
