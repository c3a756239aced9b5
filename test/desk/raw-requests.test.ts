/** What no browser sends: bytes as somebody writes them by hand, to the web server and to the desk's socket. */
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, type DeskHouse, password, visit } from './desk-house.ts';
import { openDeskWorld } from './desk-world.ts';

let desk: DeskHouse;
let cookie: string;
beforeAll(async () => {
  desk = await openDeskWorld();
  await desk.socket.follow('desk.sock');
});
afterAll(async () => {
  expect(desk.defects).toEqual([]);
  await desk.close();
});
beforeEach(async () => {
  desk.test.clock.set(desk.test.clock.now() + 3_700_000);
  const maintainer = visit(desk.url);
  await maintainer.login();
  cookie = [...maintainer.cookies].map((pair) => pair.join('=')).join('; ');
});

/** @returns all that comes back until the other side ends; of a connection that is told to end */
async function send(bytes: string, isBySocket = false): Promise<string> {
  const { hostname, port } = new URL(desk.url);
  return await new Promise((resolve) => {
    const socket = isBySocket
      ? connect({ path: join(desk.test.folder, 'desk.sock') })
      : connect(Number(port), hostname);
    let text = '';
    socket.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    socket.on('error', () => undefined).on('close', () => resolve(text));
    socket.write(bytes);
  });
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
const request = (first: string, ...fields: readonly string[]): string =>
  `${[first, 'Host: 127.0.0.1', `Cookie: ${cookie}`, 'Connection: close', ...fields].join('\r\n')}\r\n\r\n`;

test.each(['TRACE', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND', 'CONNECT', 'NOTHING'])(
  '%s does nothing, and gives nothing of the request back',
  async (method) => {
    const answer = await send(request(`${method} /desk/held HTTP/1.1`));
    expect([0, 400, 405]).toContain(statusOf(answer));
    expect(answer).not.toMatch(/relais-desk=|The Mill/); // neither the cookie nor a page
  },
);

test.each([
  '//desk/held',
  '/DESK/held',
  '/Desk',
  '/desk%2fheld',
  '/desk%5cheld',
  '/desk/..',
  '/desk/%2e%2e/',
  '/deskheld',
  '/desk;held',
  '/desk%00',
  '/desk/held%00',
  '/desk/held%2f',
  '/desk//held',
  '/xxxx/held',
  '/\\desk/held',
])('%s is no page of the desk, also for who is at it', async (path) => {
  for (const isBySocket of [false, true]) {
    const answer = await send(request(`GET ${path} HTTP/1.1`).replace('127.0.0.1', 'localhost'), isBySocket);
    expect([400, 404]).toContain(statusOf(answer));
    expect(answer).not.toContain('The Mill');
  }
});

test('HTTP/1.0 works with a host, and not without; nor with two', async () => {
  expect(await send(request('GET /desk/held HTTP/1.0'))).toContain('The Mill');
  expect(statusOf(await send(`GET /desk/held HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`))).toBe(400);
  expect(statusOf(await send(request('GET /desk/held HTTP/1.1', 'Host: evil.example')))).toBe(421);
  expect(statusOf(await send(request('GET /desk/held HTTP/1.1').replace('127.0.0.1', 'evil.example')))).toBe(421);
});

describe('what a proxy would say', () => {
  test('is believed of nobody: no other host, path or method, and no address to throttle by', async () => {
    const lies = [
      ['X-Forwarded-Host', '127.0.0.1'],
      ['Forwarded', 'host=127.0.0.1;proto=https'],
      ['X-Forwarded-Proto', 'https'],
      ['X-Original-URL', '/desk/held'],
      ['X-Rewrite-URL', '/desk/held'],
    ].map((pair) => pair.join(': '));
    const foreign = await send(request('GET /desk/held HTTP/1.1', ...lies).replace('127.0.0.1', 'evil.example'));
    expect(statusOf(foreign)).toBe(421);
    expect(await send(request('GET /desk/log HTTP/1.1', ...lies))).not.toContain('The Mill');
    const method = request('GET /desk/logout HTTP/1.1', 'X-HTTP-Method-Override: POST', 'X-Method-Override: POST');
    expect(statusOf(await send(method))).toBe(404);
    expect(statusOf(await send(request('GET /desk/held HTTP/1.1')))).toBe(200); // still logged in
    for (let tries = 0; tries < 4; tries++) await visit(desk.url).login(`wrong ${tries}`);
    const other = { origin: new URL(desk.url).origin, 'x-forwarded-for': '198.51.100.7', 'x-real-ip': '198.51.100.7' };
    expect((await visit(desk.url).post('/desk/login', { password }, other)).status).toBe(429);
  });
});

test('a login leads to the board, whatever address was asked for with it', async () => {
  for (const path of ['/desk/login?next=https://evil.example/', '/desk/login?to=//evil.example', '/desk/login/']) {
    const answer = await visit(desk.url).post(path, { password, next: 'https://evil.example/', to: '//evil.example/' });
    expect([answer.status, answer.headers.location]).toEqual([303, '/desk']);
  }
});

test('fields without an end, and a request that smuggles another, are refused by the server', async () => {
  expect(statusOf(await send(request('GET /desk/held HTTP/1.1', `X-Long: ${'x'.repeat(20_000)}`)))).toBe(431);
  const form = 'Content-Type: application/x-www-form-urlencoded';
  const both = request('POST /desk/login HTTP/1.1', form, 'Content-Length: 5', 'Transfer-Encoding: chunked');
  const smuggled = await send(`${both}0\r\n\r\n${request('GET /desk/held HTTP/1.1')}`);
  expect([statusOf(smuggled), smuggled.includes('The Mill')]).toEqual([400, false]);
});

test('a hundred connections that say nothing more keep nobody out', async () => {
  const { hostname, port } = new URL(desk.url);
  const slow = Array.from({ length: 100 }, () => connect(Number(port), hostname));
  try {
    for (const one of slow)
      one.on('error', () => undefined).write('POST /desk/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le');
    expect((await ask(desk.url, '/desk/held', { headers: { cookie } })).status).toBe(200);
  } finally {
    for (const one of slow) one.destroy();
  }
});
