/** Texts that vanish from a partner's site at once, ruled on at the desk: by a partner that really takes them away, over days. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DeskHouse, openDeskHouse, type Visitor, visit } from './desk-house.ts';
import { rss } from './desk-world.ts';

const hour = 3_600_000;
let desk: DeskHouse;
let maintainer: Visitor;
let isGone = false;

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const gone = numbers(10, 17);
const words = (number: number): string =>
  `The words of report ${number}. ${numbers(1, 40)
    .map((at) => `word${number}x${at}`)
    .join(' ')}`;

beforeEach(async () => {
  isGone = false;
  let url = '';
  const feed = (): string =>
    rss(
      'harbour',
      numbers(1, 30)
        .filter((number) => !(isGone && gone.includes(number)))
        .reverse()
        .map((number) => ({
          path: `report/${number}`,
          title: `Report ${number}`,
          html: words(number),
          day: number - 10,
        })),
    ).replaceAll('https://harbour.example', url);
  desk = await openDeskHouse({
    feeds: (request, response) => {
      const path = request.url ?? '';
      if (path === '/feed') response.end(feed());
      else response.writeHead(isGone && gone.includes(Number(path.split('/').at(-1))) ? 404 : 200).end('a page');
    },
    sections:
      'sections: { quay: [ { url: "URL/feed", name: <b>Harbour</b>, show: full, every: 1h, first_import: 50 } ] }',
  });
  url = desk.config().sources[0]?.url.replace('/feed', '') ?? '';
  await desk.read();
  isGone = true;
  for (let turn = 0; turn < 30; turn++) {
    desk.test.clock.set(desk.test.clock.now() + 2 * hour);
    await desk.read();
  }
  maintainer = visit(desk.url);
  await maintainer.login();
});
afterEach(async () => {
  expect(desk.defects).toEqual([]);
  await desk.close();
});

const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

/** Whether any published file holds the words of a report. */
function isShown(number: number): boolean {
  const root = desk.test.house.siteFolder;
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, name))
    .some((path) => statSync(path).isFile() && readFileSync(path, 'utf8').includes(`words of report ${number}.`));
}

async function rule(kind: string): Promise<string> {
  const { body } = await maintainer.get('/desk/held');
  const form = new RegExp(`action="/desk/held/vanished".{0,200}?name="kind" value="${kind}"`).exec(body)?.[0] ?? '';
  const [token = '', source = ''] = ['token', 'source'].map(
    (name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(form)?.[1],
  );
  const { headers } = await maintainer.post('/desk/held/vanished', { token, source, kind });
  return plain((await maintainer.get(String(headers.location))).body);
}

test('the page lists them with why they are thought gone, and the board leads there', async () => {
  expect((await maintainer.get('/desk')).body).toContain(
    '<a href="/desk/held">1 source has taken many texts away at once</a>',
  );
  const held = plain((await maintainer.get('/desk/held')).body);
  expect(held).toMatch(/Many texts that have vanished at once &lt;b&gt;Harbour&lt;\/b&gt;/);
  for (const number of gone) expect(held).toContain(`Report ${number} `);
  expect(held).toContain('its page answered 404 on');
  expect(held).not.toContain('relais vanished'); // the buttons stand below
});

test('withdrawn, they leave the site, once, whoever says it twice', async () => {
  expect(gone.filter(isShown)).toEqual(gone);
  expect(await rule('withdraw-vanished')).toContain('What has vanished from &lt;b&gt;Harbour&lt;/b&gt; is withdrawn.');
  const held = (await maintainer.get('/desk/held')).body;
  expect(held).toContain('You have said what is to become of it');
  expect(held).not.toContain('action="/desk/held/vanished"');
  const again = {
    token: await maintainer.token(),
    source: desk.config().sources[0]?.key ?? '',
    kind: 'withdraw-vanished',
  };
  await maintainer.post('/desk/held/vanished', again);
  expect((await desk.test.house.library.rulings()).length).toBe(1);
  const contrary = await maintainer.post('/desk/held/vanished', { ...again, kind: 'keep-vanished' });
  expect(plain((await maintainer.get(String(contrary.headers.location))).body)).toContain('has been said already');
  await desk.follow();
  expect(gone.filter(isShown)).toEqual([]);
  expect([9, 18].every(isShown)).toBe(true);
  expect((await maintainer.get('/desk/held')).body).toContain('Nothing is held');
  await maintainer.post('/desk/held/vanished', again);
  expect(plain((await maintainer.get('/desk/held')).body)).toContain('that has vanished waits for you');
  expect((await desk.test.house.library.log(50)).filter(({ who }) => who === 'desk').length).toBe(1);
});

test('kept, they stay on the site, and are asked about no more', async () => {
  expect(await rule('keep-vanished')).toContain('What has vanished from &lt;b&gt;Harbour&lt;/b&gt; stays.');
  await desk.follow();
  expect(gone.filter(isShown)).toEqual(gone);
  expect((await maintainer.get('/desk/held')).body).toContain('Nothing is held');
  desk.test.clock.set(desk.test.clock.now() + hour); // within the login
  await desk.read();
  expect(gone.filter(isShown)).toEqual(gone);
  expect((await maintainer.get('/desk')).body).not.toContain('taken many texts away');
});
