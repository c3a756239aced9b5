/** What the desk says where a ruling cannot be noted; and that no page of it says a secret of the settings. */
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Sqlite } from '../../src/store/database.ts';
import { type DeskHouse, type Visitor, visit } from './desk-house.ts';
import { openDeskWorld, rss } from './desk-world.ts';

let desk: DeskHouse;
afterEach(() => desk.close());

const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

async function login(): Promise<Visitor> {
  const maintainer = visit(desk.url);
  await maintainer.login();
  return maintainer;
}

test('a ruling that could not be noted is said to be none, with why and what to do; once that is mended it is taken', async () => {
  desk = await openDeskWorld();
  const { library, clock } = desk.test.house;
  const maintainer = await login();
  const token = await maintainer.token();
  await library.takeLease(clock.now());
  const other = new Sqlite(join(desk.test.folder, 'relais.db'));
  const owner = other.prepare("select owner from leases where name = 'run'").pluck().get();
  other.prepare("update leases set owner = 'another process'").run();
  const form = { item: '1', because: 'asked', token };
  const answer = await maintainer.post('/desk/story/withdraw', form);
  expect(answer.status).toBe(503);
  expect(plain(answer.body)).toMatch(
    /Not done another run holds the lease: .*Left the work to it\. Then go back, and send it once more\. To the desk/,
  );
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(await library.log(10)).toEqual([]);
  expect((await maintainer.get('/desk')).body).not.toContain('Withdrawn');
  other.prepare('update leases set owner = ?').run(owner);
  other.close();
  expect((await maintainer.post('/desk/story/withdraw', form)).status).toBe(303);
  expect((await library.log(10)).map(({ act }) => act)).toEqual(['withdrew', 'withdrew']); // and its repost
  expect(desk.defects).toEqual([]);
});

test('what a setting takes from the environment is on no page, however a partner, a log or markup writes it', async () => {
  const name = 'HARBOUR_KEY';
  const secret = 'k3y&"<harbour>\'s own';
  const spelled = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const leaky = rss('leaky', [
    { path: 'one', title: `Ask us with ${secret}`, html: `<b>Our</b> address is ${spelled}, tell nobody.`, day: 22 },
    { path: `two?key=${encodeURIComponent(secret)}`, title: 'Told in an address', html: 'Nothing else.', day: 22 },
  ]);
  desk = await openDeskWorld({ leaky }); // read while it was no secret: an older version, or another's copy
  const { library } = desk.test.house;
  const at = desk.test.clock.now();
  const source = desk.config().sources.find(({ url }) => url.endsWith('/leaky'));
  if (source === undefined) throw new Error('it is not there');
  const memory = (await library.memories()).get(source.key);
  if (memory === undefined) throw new Error('it has not been read');
  await library.remember({
    ...memory,
    title: `Leaks ${secret}`,
    held: { since: at, reasons: [`moved to ?key=${secret}`] },
  });
  await library.addNews([
    { sourceKey: source.key, source: 'Leaks', kind: 'parked', at, words: `asked with ${secret}` },
  ]);
  const uids = (await library.stories(await library.newestStories(0, 50))).map(({ uid }) => `/desk/story/${uid}`);
  const paths = ['/desk', '/desk/held', '/desk/stories', '/desk/log', '/desk/stories?q=address', ...uids];

  const pages = async (): Promise<readonly string[]> => {
    const maintainer = await login();
    const token = await maintainer.token();
    const ids = (await library.named([`leaky two?key=${encodeURIComponent(secret)}`])).values().next().value ?? [];
    const answers = [
      await maintainer.post('/desk/story/credit', { item: '1', name: `Group ${secret}`, because: secret, token }),
    ];
    const told = (await maintainer.get(String(answers[0]?.headers.location))).body;
    await maintainer.post('/desk/story/withdraw', { item: String(ids[0]?.id ?? 1), because: secret, token });
    const bodies: string[] = [told, (await maintainer.get('/desk/stories?q=x')).body];
    for (const path of paths) bodies.push((await maintainer.get(path)).body);
    return bodies;
  };
  const has = (html: string): boolean =>
    html.includes('k3y') || html.includes(secret) || html.includes(Buffer.from(secret).toString('base64'));
  expect((await pages()).filter(has).length).toBeGreaterThan(4); // the pages would say it
  desk.setSecrets([{ name, value: secret }]);
  const after = await pages();
  expect(after.filter(has)).toEqual([]);
  expect(after.join('')).toContain(`Group \${${name}}`);
  expect(after.every((html) => html.startsWith('<!doctype html>') && html.endsWith('</html>'))).toBe(true);
});

test('a form that was open for longer than its login is said to have done nothing', async () => {
  desk = await openDeskWorld();
  const maintainer = await login();
  const token = await maintainer.token();
  desk.test.clock.set(desk.test.clock.now() + 2 * 3_600_000);
  const { headers } = await maintainer.post('/desk/story/withdraw', { item: '1', because: 'asked', token });
  const { body } = await maintainer.get(String(headers.location));
  expect(plain(body)).toMatch(/Your login had ended, so nothing was done\. Log in, and do it once more\..*Password/);
  expect(plain((await maintainer.get('/desk/login')).body)).not.toContain('nothing was done');
  expect((await maintainer.login()).headers.location).toBe('/desk');
  const stale = await maintainer.post('/desk/story/withdraw', { item: '1', because: 'asked', token });
  expect([stale.status, plain(stale.body)]).toEqual([403, expect.stringContaining('older than your login')]);
  expect(await desk.test.house.library.log(10)).toEqual([]);
});
