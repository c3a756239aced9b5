/** Both doors of the desk at once, and what becomes of whoever is at the desk when a door is closed. */
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, ask, type DeskHouse, visit } from './desk-house.ts';
import { openDeskWorld } from './desk-world.ts';

let desk: DeskHouse;
let socketPath: string;
beforeAll(async () => {
  desk = await openDeskWorld();
  await desk.socket.follow('desk.sock');
  socketPath = join(desk.test.folder, 'desk.sock');
});
afterAll(async () => {
  expect(desk.defects).toEqual([]);
  await desk.close();
});
beforeEach(() => desk.test.clock.set(desk.test.clock.now() + 3_700_000));

const bySocket = async (path: string, cookie = ''): Promise<Answer> =>
  await ask(desk.url, path, { socketPath, headers: { host: 'localhost:8090', ...(cookie === '' ? {} : { cookie }) } });
const cookieOf = ({ headers }: Answer): string => String([headers['set-cookie']].flat()[0]).split(';')[0] ?? '';
const tokenIn = ({ body }: Answer): string => /name="token" value="([^"]+)"/.exec(body)?.[1] ?? '';

test('the socket answers below /desk alone: what else a browser asks for takes nobody’s place', async () => {
  const board = await bySocket('/desk/held');
  expect(board.status).toBe(200);
  for (const path of ['/', '/favicon.ico', '/deskheld', '/xxxx/held', '/abcd/log', '//desk', '/DESK']) {
    const { status, headers, body } = await bySocket(path);
    expect([path, status, headers['set-cookie']]).toEqual([path, 404, undefined]);
    expect(body).toContain('The desk is at /desk');
  }
  expect(tokenIn(await bySocket('/desk/held', cookieOf(board)))).toBe(tokenIn(board));
});

test('one browser may be at both under one name: neither puts it out of the other', async () => {
  const browser = visit(desk.url, 'localhost', 'http://localhost'); // cookies know no ports
  await browser.login();
  const all = (): string => [...browser.cookies].map((pair) => pair.join('=')).join('; ');
  const first = await bySocket('/desk/held', all());
  const [name = '', id = ''] = cookieOf(first).split('=');
  browser.cookies.set(name, id);
  expect((await browser.get('/desk')).status).toBe(200);
  expect(tokenIn(await bySocket('/desk/held', all()))).toBe(tokenIn(first));
  expect(tokenIn(await browser.get('/desk'))).not.toBe(tokenIn(first));
});

test('a session of one door opens not the other', async () => {
  const browser = visit(desk.url);
  await browser.login();
  const id = browser.cookies.get('relais-desk') ?? '';
  const own = cookieOf(await bySocket('/desk/held')).replace(/^[^=]+=/, '');
  for (const name of ['relais-desk', 'relais-desk-socket']) {
    expect((await ask(desk.url, '/desk', { headers: { cookie: `${name}=${own}` } })).status).toBe(303);
    expect(cookieOf(await bySocket('/desk/held', `${name}=${id}`))).toMatch(/^relais-desk-socket=/); // a new one
  }
});

test('whoever comes by the socket without a cookie, again and again, puts nobody out who has logged in', async () => {
  const maintainer = visit(desk.url);
  await maintainer.login();
  desk.test.clock.set(desk.test.clock.now() + 1);
  for (let times = 0; times < 120; times++) await bySocket('/desk/log');
  expect((await maintainer.get('/desk')).status).toBe(200);
});

test('a door that is closed, or has another key, puts out whoever came in by it, for good', async () => {
  const before = `desk: { password: ${desk.config().desk?.password}, socket: desk.sock }`;
  for (const other of ['', 'desk: { socket: desk.sock }', before.replace(/.(?=, socket)/, 'A')]) {
    const maintainer = visit(desk.url);
    await maintainer.login();
    const cookie = cookieOf(await bySocket('/desk/held'));
    const token = tokenIn(await bySocket('/desk/held', cookie));
    desk.rule(other);
    desk.settle();
    desk.rule(before);
    expect([other, (await maintainer.get('/desk')).status]).toEqual([other, 303]);
    expect(tokenIn(await bySocket('/desk/held', cookie)) === token).toBe(other !== '');
  }
});
