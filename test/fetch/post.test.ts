/** Forms handed to hubs: by POST, under the guards that all requests are under, and never turned into a question. */
import { afterEach, expect, test } from 'vitest';
import { openNetwork } from '../../src/fetch/client.ts';
import { type Partner, type Script, startPartner } from '../partner/server.ts';
import { limits, stillClock, userAgent } from './network.ts';

const partners: Partner[] = [];
afterEach(async () => {
  for (const partner of partners.splice(0)) await partner.close();
});

async function partner(script: Script): Promise<Partner> {
  const started = await startPartner(script);
  partners.push(started);
  return started;
}

const form = 'hub.mode=publish&hub.url=https%3A%2F%2Fnews.example%2Ffeed.xml';

test('a form comes as it was given, with who hands it over', async () => {
  let came = '';
  const hub = await partner({
    '/': (request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => {
        came += text;
      });
      request.on('end', () => response.writeHead(202).end('accepted'));
    },
  });
  const network = openNetwork(limits, userAgent, stillClock);
  expect(await network.post({ url: `${hub.url}/`, form })).toEqual({ kind: 'taken' });
  expect(came).toBe(form);
  expect(hub.requests).toMatchObject([
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': userAgent, accept: '*/*' },
    },
  ]);
});

test.each([200, 201, 202, 204])('%i has taken it', async (status) => {
  const hub = await partner({ '/': { status, headers: { 'Content-Type': 'text/html' } } });
  const network = openNetwork(limits, userAgent, stillClock);
  expect(await network.post({ url: `${hub.url}/`, form })).toEqual({ kind: 'taken' });
});

test.each([
  [400, 'fetch/unexpected-status'],
  [404, 'fetch/not-found'],
  [500, 'fetch/server-error'],
])('%i has not: %s', async (status, code) => {
  const hub = await partner({ '/': { status } });
  const network = openNetwork(limits, userAgent, stillClock);
  expect(await network.post({ url: `${hub.url}/`, form })).toMatchObject({ kind: 'failed', problem: { code } });
});

test.each([307, 308])('%i leads the same form on', async (status) => {
  const hub = await partner({ '/': { status, headers: { Location: '/there' } }, '/there': { status: 202 } });
  const network = openNetwork(limits, userAgent, stillClock);
  expect(await network.post({ url: `${hub.url}/`, form })).toEqual({ kind: 'taken' });
  expect(hub.requests.map(({ method, path }) => [method, path])).toEqual([
    ['POST', '/'],
    ['POST', '/there'],
  ]);
});

test.each([301, 302, 303])('%i would make a question of it, and leads nowhere', async (status) => {
  const hub = await partner({ '/': { status, headers: { Location: '/there' } }, '/there': 'here' });
  const network = openNetwork(limits, userAgent, stillClock);
  expect(await network.post({ url: `${hub.url}/`, form })).toMatchObject({ kind: 'failed' });
  expect(hub.requests).toHaveLength(1);
});

test('no form goes to a private address, nor to a hub that has asked us to wait', async () => {
  const hub = await partner({ '/': { status: 429, headers: { 'Retry-After': '3600' } } });
  const guarded = openNetwork({ ...limits, allow: [] }, userAgent, stillClock);
  expect(await guarded.post({ url: `${hub.url}/`, form })).toMatchObject({
    problem: { code: 'fetch/refused-address' },
  });
  const network = openNetwork(limits, userAgent, stillClock);
  for (let turn = 0; turn < 3; turn++)
    expect(await network.post({ url: `${hub.url}/`, form })).toMatchObject({ problem: { code: 'fetch/told-to-wait' } });
  expect(hub.requests).toHaveLength(1);
});
