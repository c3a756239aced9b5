/** Asking partners' hubs to call us, with a hub, a partner and a web server on loopback and a clock that the test sets. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { News } from '../../src/model.ts';
import { openHubCalls } from '../../src/serve/hub-calls.ts';
import { openServer, type Server } from '../../src/serve/server.ts';
import { subscribe } from '../../src/subscribing.ts';
import { openSubscriptions, type Subscriptions } from '../../src/subscriptions.ts';
import { startHub, type TestHub } from '../partner/hub.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, settings, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 9);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const limits = 'network: { allow: [127.0.0.1], spacing: 0s';

let house: TestHouse;
let hub: TestHub;
let partner: Partner;
let server: Server;
let subscriptions: Subscriptions;
let names: string[];
let hubs: string[];
let headers: Record<string, string>;
let wakes: number;

const feed = (): string =>
  `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour Watch</title><link>https://harbour.example/</link>${hubs.map((url) => `<atom:link rel="hub" href="${url}"/>`).join('')}<atom:link rel="self" href="${partner.url}/feed"/>${names.map((name) => `<item><guid>${name}</guid><title>About ${name}</title><link>https://harbour.example/${name}</link><description>All about ${name}.</description></item>`).join('')}</channel></rss>`;

beforeEach(async () => {
  hub = await startHub();
  [names, hubs, headers, wakes] = [['one'], [hub.url], {}, 0];
  partner = await startPartner((_request, response) => response.writeHead(200, headers).end(feed()));
  house = await openTestHouse(start, `${limits} }\n`);
  subscriptions = await openSubscriptions(house.house);
  const edges = { clock: house.house.clock, random: house.house.random, subscriptions };
  const wake = (): void => {
    wakes += 1;
  };
  const hubCalls = openHubCalls({ ...edges, wake });
  server = await openServer(house.house.siteFolder, {
    port: 0,
    host: '127.0.0.1',
    clock: Date,
    hubCalls,
    onDefect: () => {},
  });
});
afterEach(async () => {
  await server.close();
  await house.close();
  await hub.close();
  await partner.close();
});

const yamlWith = (push = `, push: "${server.url}"`, source = `"${partner.url}/feed"`): string =>
  `${limits}${push} }\nsite: { url: "https://news.example/" }\nsections:\n  calais: [ ${source} ]\n`;

/** As `relais start` does: what hubs have called about, what is due, then what is to be asked of hubs. */
async function turn(yaml = yamlWith(), now?: 'all'): Promise<readonly News[]> {
  await subscriptions.catchUp();
  const taken = subscriptions.take(house.clock.now());
  const config = settings(yaml);
  const { runOnce } = await import('../../src/run.ts');
  await runOnce(config, house.house, { now, pushed: taken.sources });
  await subscriptions.asked(taken);
  const news = await subscribe(config, subscriptions, house.house);
  await hub.settled();
  return news;
}

const published = (): string => readFileSync(join(house.house.siteFolder, 'calais', 'feed.xml'), 'utf8');

test('a feed that names a hub is subscribed to, under a name and with a secret that nobody can guess', async () => {
  expect(await turn()).toEqual([]);
  const [form] = hub.forms;
  expect(Object.fromEntries(form ?? [])).toMatchObject({
    'hub.mode': 'subscribe',
    'hub.topic': `${partner.url}/feed`,
    'hub.lease_seconds': '864000',
    'hub.callback': expect.stringMatching(new RegExp(`^${server.url}websub/[\\w-]{32}$`)),
    'hub.secret': expect.stringMatching(/^[\w-]{32}$/),
  });
  expect([...hub.granted.values()]).toMatchObject([{ topic: `${partner.url}/feed` }]);
  expect(subscriptions.all()).toMatchObject([{ asked: undefined, until: start + 10 * day, failingSince: undefined }]);
  expect(await house.house.library.subscriptions()).toEqual(subscriptions.all());
  house.clock.set(start + hour);
  await turn();
  expect(hub.forms).toHaveLength(1);
});

test('a hub may ask whether it is meant before it answers', async () => {
  hub.behaviour.verifies = 'before';
  await turn();
  expect(subscriptions.all()).toMatchObject([{ asked: undefined, until: start + 10 * day }]);
});

test('Link headers come before what stands in the feed', async () => {
  const other = await startHub();
  try {
    headers = { Link: `<${other.url}>; rel="hub", <${partner.url}/feed?other>; rel="self"` };
    await turn();
    await other.settled();
    expect(hub.forms).toEqual([]);
    expect([...other.granted.values()]).toMatchObject([{ topic: `${partner.url}/feed?other` }]);
  } finally {
    await other.close();
  }
});

test('when the hub calls, the partner is asked although it is not its turn, and its post is published', async () => {
  await turn();
  names.unshift('two');
  house.clock.set(start + minute);
  expect(await hub.distribute(`${partner.url}/feed`, 'whatever the hub says stands nowhere')).toEqual([202]);
  expect(wakes).toBe(1);
  const asked = partner.requests.length;
  await turn();
  expect(partner.requests).toHaveLength(asked + 1);
  expect(published()).toContain('About two');
  expect(published()).not.toContain('whatever the hub says');
  await turn();
  expect(partner.requests).toHaveLength(asked + 1);
});

test('a call that is not acted on before the end of the process is acted on by the next', async () => {
  await turn();
  names.unshift('two');
  await hub.distribute(`${partner.url}/feed`);
  subscriptions = await openSubscriptions(house.house);
  house.clock.set(start + minute); // of several on a server each leaves it for so long to the one that was called
  await turn();
  expect(published()).toContain('About two');
});

test('whoever has asked us to wait is left alone, whatever its hub says', async () => {
  await turn();
  const memories = await house.house.library.memories();
  for (const memory of memories.values())
    await house.house.library.remember({ ...memory, waitUntil: start + 2 * hour, nextDue: start + 2 * hour });
  const asked = partner.requests.length;
  await hub.distribute(`${partner.url}/feed`, 'new');
  expect(wakes).toBe(1);
  house.clock.set(start + hour);
  await turn();
  expect(partner.requests).toHaveLength(asked);
});

describe('what is granted', () => {
  test('is renewed before it ends, at the same address', async () => {
    hub.behaviour.leaseSeconds = 86_400;
    await turn();
    const callback = [...hub.granted.keys()];
    const renewal = subscriptions.all()[0]?.nextTry ?? 0;
    expect(renewal).toBeGreaterThanOrEqual(start + 0.6 * day);
    expect(renewal).toBeLessThanOrEqual(start + 0.74 * day);
    house.clock.set(renewal - 1);
    await turn();
    expect(hub.forms).toHaveLength(1);
    house.clock.set(renewal);
    await turn();
    expect(hub.forms.map((form) => form.get('hub.mode'))).toEqual(['subscribe', 'subscribe']);
    expect([...hub.granted.keys()]).toEqual(callback);
    expect(subscriptions.all()).toMatchObject([{ until: renewal + day }]);
  });

  test.each<[string, () => string]>([
    ['removed', () => yamlWith(undefined, '"http://127.0.0.1:9/other"')],
    ['paused', () => yamlWith(undefined, `{ url: "${partner.url}/feed", paused: for a while }`)],
    ['no more wanted by push', () => yamlWith('')],
  ])('is given back where its source is %s', async (_what, yaml) => {
    await turn();
    await turn(yaml());
    expect(hub.forms.map((form) => form.get('hub.mode'))).toEqual(['subscribe', 'unsubscribe']);
    expect(hub.forms[1]?.get('hub.callback')).toBe(hub.forms[0]?.get('hub.callback'));
    expect([hub.granted.size, subscriptions.all(), await house.house.library.subscriptions()]).toEqual([0, [], []]);
  });

  test('is given back, and asked of the other, where a feed names another hub', async () => {
    await turn();
    const other = await startHub();
    try {
      hubs = [other.url];
      house.clock.set(start + 2 * hour);
      await turn(yamlWith(), 'all');
      await other.settled();
      expect(hub.granted.size).toBe(0);
      expect(other.granted.size).toBe(1);
      expect(other.forms[0]?.get('hub.secret')).not.toBe(hub.forms[0]?.get('hub.secret'));
      expect(subscriptions.all()).toMatchObject([{ hub: other.url, asked: undefined }]);
    } finally {
      await other.close();
    }
  });

  test('where the hub is not there to be told, it is told three times, and forgotten', async () => {
    await turn();
    hub.behaviour.status = 500;
    for (let at = 0; at < 8; at++) {
      house.clock.set(start + at * day);
      await turn(yamlWith(''));
    }
    expect(hub.forms.filter((form) => form.get('hub.mode') === 'unsubscribe')).toHaveLength(3);
    expect(subscriptions.all()).toEqual([]);
  });
});

describe('what is not granted', () => {
  const modes = (): number => hub.forms.length;

  test.each<[string, () => void, RegExp]>([
    ['refused', () => Object.assign(hub.behaviour, { status: 403 }), /refuses us/],
    ['not answered', () => Object.assign(hub.behaviour, { status: 500 }), /500/],
    ['denied', () => Object.assign(hub.behaviour, { denies: 'not for you' }), /refuses us: not for you/],
    ['not meant', () => Object.assign(hub.behaviour, { verifies: 'never' }), /has said yes and does not call/],
  ])(
    '(%s) is asked for ever more seldom, the maintainer hears of it once, and posts come in turn',
    async (_what, make, why) => {
      make();
      const news: News[] = [];
      for (let at = 0; at < 30 * 24; at++) {
        house.clock.set(start + at * hour);
        news.push(...(await subscribe(settings(yamlWith()), subscriptions, house.house)));
        if (at === 0) await turn();
        await hub.settled();
      }
      expect(modes()).toBeGreaterThanOrEqual(4);
      expect(modes()).toBeLessThanOrEqual(10);
      expect(news).toMatchObject([{ kind: 'hub', source: 'Harbour Watch', words: expect.stringMatching(why) }]);
      names.unshift('two');
      await turn(yamlWith(), 'all');
      expect(published()).toContain('About two');
    },
  );

  test('is asked of the next hub, where a feed names several', async () => {
    const other = await startHub();
    try {
      hub.behaviour.status = 500;
      hubs = [hub.url, other.url];
      await turn();
      house.clock.set(start + 11 * minute);
      await turn();
      await other.settled();
      expect([hub.forms.length, other.granted.size]).toEqual([1, 1]);
      expect(subscriptions.all()).toMatchObject([{ hub: other.url, asked: undefined, failingSince: undefined }]);
      expect(other.forms[0]?.get('hub.secret')).not.toBe(hub.forms[0]?.get('hub.secret'));
    } finally {
      await other.close();
    }
  });

  test('is acted on all the same, where the hub had called; also under the next one’s name', async () => {
    const other = await startHub();
    try {
      hub.behaviour.status = 500;
      hubs = [hub.url, other.url];
      await turn();
      const [{ id } = { id: '' }] = subscriptions.all();
      await subscriptions.push(id, house.clock.now());
      house.clock.set(start + 11 * minute);
      await subscribe(settings(yamlWith()), subscriptions, house.house);
      await other.settled();
      expect(subscriptions.all()).toMatchObject([{ hub: other.url, asked: undefined }]);
      expect(await house.house.library.subscriptions()).toMatchObject([{ dueAt: start }]);
      expect(subscriptions.take(house.clock.now()).sources.size).toBe(1);
    } finally {
      await other.close();
    }
  });

  test('thirty sources at a hub that is down cost one request at a time, and one message', async () => {
    const list = Array.from({ length: 30 }, (_, at) => `"${partner.url}/feed?${at}"`).join(', ');
    const yaml = yamlWith(undefined, list);
    hub.behaviour.status = 500;
    await turn(yaml);
    expect(hub.forms).toHaveLength(1);
    const news: News[] = [];
    for (let at = 1; at < 60; at++) {
      house.clock.set(start + at * hour);
      news.push(...(await subscribe(settings(yaml), subscriptions, house.house)));
    }
    expect(news).toHaveLength(1);
  });
});

test('a source whose address holds a secret is not told to any hub', async () => {
  const { readConfig } = await import('../../src/config/read.ts');
  const read = readConfig(yamlWith(undefined, `"${partner.url}/feed?key=\${KEY}"`), 'sources.yaml', (name) =>
    name === 'KEY' ? 's3cret' : undefined,
  );
  if (read.kind !== 'config') throw new Error('mistakes');
  const { runOnce } = await import('../../src/run.ts');
  await runOnce(read.config, house.house, {});
  await subscribe(read.config, subscriptions, house.house);
  expect([hub.forms, subscriptions.all()]).toEqual([[], []]);
  expect(JSON.stringify([...(await house.house.library.memories()).values()].map(({ hubOffer }) => hubOffer))).toBe(
    '[null]',
  );
});

test('without an address at which hubs reach us none is asked', async () => {
  await turn(yamlWith(''));
  expect(hub.forms).toEqual([]);
});
