/** Two processes on one database server: one asks partners' hubs to call, and the hubs call at the other. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../../src/edges.ts';
import type { Subscription } from '../../../src/hub-library.ts';
import { Halt, problem } from '../../../src/problems.ts';
import { runOnce } from '../../../src/run.ts';
import { openCrew } from '../../../src/schedule/crew.ts';
import { openHubCalls } from '../../../src/serve/hub-calls.ts';
import { openServer, type Server } from '../../../src/serve/server.ts';
import { subscribe } from '../../../src/subscribing.ts';
import { openSubscriptions, type Subscriptions } from '../../../src/subscriptions.ts';
import { type House, openHouse } from '../../../src/wire.ts';
import { startHub, type TestHub } from '../../partner/hub.ts';
import { type Partner, startPartner } from '../../partner/server.ts';
import { settings } from '../../pipeline/house.ts';
import { storageIn } from '../../storage.ts';
import { dropSchema } from '../../told-server.ts';
import { temporaryFolder } from '../open.ts';

const start = Date.UTC(2026, 10, 20, 9);
const minute = 60_000;
const day = 24 * 60 * minute;

let folder: ReturnType<typeof temporaryFolder>;
let now: number;
let hub: TestHub;
let partner: Partner;
/** The one that asks, and the one that is called. */
let [asking, called]: [House, House] = [undefined as never, undefined as never];
let [own, others]: [Subscriptions, Subscriptions] = [undefined as never, undefined as never];
let server: Server;
let wakes: number;
/** Before anything that a hub asks or tells is answered. */
let onCall: () => Promise<void>;

const clock: Clock = { now: () => now, wait: () => Promise.resolve() };
const topic = (): string => `${partner.url}/feed`;
const config = (push: string, more = '') =>
  settings(`network: { allow: [127.0.0.1], spacing: 0s${push} }\nsections: { calais: [ "${topic()}"${more} ] }`);

beforeEach(async () => {
  folder = temporaryFolder();
  [now, wakes, onCall] = [start, 0, async () => {}];
  hub = await startHub();
  partner = await startPartner((_request, response) =>
    response.end(
      `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour Watch</title><link>https://harbour.example/</link><atom:link rel="hub" href="${hub.url}"/><atom:link rel="self" href="${topic()}"/><item><guid>one</guid><title>One</title><link>https://harbour.example/one</link></item></channel></rss>`,
    ),
  );
  asking = await openHouse(config(''), storageIn(folder.path), clock);
  called = await openHouse(config(''), storageIn(folder.path), clock);
  own = await openSubscriptions(asking);
  others = await openSubscriptions(called);
  const wake = (): void => {
    wakes += 1;
  };
  const hubCalls = openHubCalls({ clock, random: called.random, subscriptions: others, wake });
  server = await openServer(called.siteFolder, {
    port: 0,
    host: '127.0.0.1',
    clock: Date,
    hubCalls: async (request) => {
      await onCall();
      return await hubCalls(request);
    },
    onDefect: (error) => {
      throw error;
    },
  });
  await runOnce(config(''), asking, {});
});
afterEach(async () => {
  await server.close();
  await asking.close();
  await called.close();
  await hub.close();
  await partner.close();
  await dropSchema(storageIn(folder.path).database ?? '');
  folder.remove();
});

/** The first asks its hubs what is due; they answer at the second. */
async function ask(push = `, push: "${server.url}"`): Promise<void> {
  expect(await subscribe(config(push), own, asking)).toEqual([]);
  await hub.settled();
}

test('a subscription that one has made since the other began is granted, and called about, at the other', async () => {
  await ask();
  expect([...hub.granted.values()]).toMatchObject([{ topic: topic() }]);
  expect(await asking.library.subscriptions()).toMatchObject([{ asked: undefined, until: start + 10 * day }]);
  now += minute;
  expect(await hub.distribute(topic())).toEqual([202]);
  expect(wakes).toBe(1);
  expect(others.take(now).sources.size).toBe(1);
});

test('what is renewed and given back is answered, and kept, by the other', async () => {
  await ask();
  now += 9 * day;
  await ask();
  expect(await called.library.subscriptions()).toMatchObject([{ asked: undefined, until: now + 10 * day }]);
  await ask('');
  expect(hub.forms.map((form) => form.get('hub.mode'))).toEqual(['subscribe', 'subscribe', 'unsubscribe']);
  expect([hub.granted.size, await called.library.subscriptions()]).toEqual([0, []]);
  await own.catchUp();
  expect([own.all(), others.all()]).toEqual([[], []]);
});

test('a call is acted on by the one that was called; where it does not within a minute, by another', async () => {
  await ask();
  await hub.distribute(topic());
  await own.catchUp();
  expect([own.isAnyDue(now), others.isAnyDue(now)]).toEqual([false, true]);
  await others.asked(others.take(now));
  now += minute;
  await own.catchUp();
  expect([own.isAnyDue(now), others.isAnyDue(now)]).toEqual([false, false]);
  await hub.distribute(topic());
  now += minute;
  await own.catchUp();
  expect(own.take(now).sources.size).toBe(1);
});

test('what is changed while it is read anew stays changed', async () => {
  await ask();
  await own.catchUp();
  const [one] = own.all();
  if (one === undefined) throw new RangeError('it is subscribed');
  const reading = own.catchUp();
  await own.keep({ ...one, until: start + 20 * day });
  await reading;
  expect(own.all()).toMatchObject([{ until: start + 20 * day }]);
  const again = own.catchUp();
  await own.drop(one.id);
  await again;
  expect(own.all()).toEqual([]);
});

test('noting what was asked because of a call leaves alone what another has heard meanwhile', async () => {
  await ask();
  await hub.distribute(topic());
  const taken = others.take(now);
  const [one] = own.all();
  if (one === undefined) throw new RangeError('it is subscribed');
  await own.keep({ ...one, until: start + 20 * day });
  await others.catchUp();
  expect(others.isAnyDue(now + 2 * minute)).toBe(false); // it is in hand
  await others.asked(taken);
  expect(await asking.library.subscriptions()).toMatchObject([{ until: start + 20 * day, dueAt: undefined }]);
  await own.drop(one.id);
  await others.asked(taken);
  expect(await asking.library.subscriptions()).toEqual([]);
});

/** The only one there is. */
async function onDisk(): Promise<Subscription> {
  const [one] = await asking.library.subscriptions();
  if (one === undefined) throw new RangeError('it is subscribed');
  return one;
}

/** A hub calls at the first. */
async function callOwn(id: string): Promise<boolean> {
  await own.find(id);
  return await own.push(id, now);
}

describe('a call that comes to one after another was called', () => {
  test('and may have asked already is acted on, a minute later', async () => {
    await ask();
    await hub.distribute(topic());
    const taken = others.take(now);
    const { id } = await onDisk();
    now += 1_000;
    expect([await callOwn(id), await callOwn(id)]).toEqual([false, false]);
    await others.catchUp();
    await others.asked(taken);
    expect(await onDisk()).toMatchObject({ dueAt: now + minute, pushedAt: start });
    await others.catchUp();
    now += minute - 1;
    expect([own.isAnyDue(now), others.isAnyDue(now)]).toEqual([false, false]);
    now += 1;
    expect([own.isAnyDue(now), others.isAnyDue(now)]).toEqual([true, false]);
    await own.asked(own.take(now));
    expect(await onDisk()).toMatchObject({ dueAt: undefined, pushedAt: now });
  });

  test('that has not asked yet waits for a minute after it has; neither waits for the other', async () => {
    await ask();
    await hub.distribute(topic());
    const { id } = await onDisk();
    now += 1_000;
    await callOwn(id);
    now += 50_000;
    await others.catchUp();
    const taken = others.take(now);
    expect(taken.sources.size).toBe(1);
    await others.asked(taken);
    now += 20_000;
    await own.catchUp();
    expect(own.isAnyDue(now)).toBe(false);
    now += 40_000;
    expect(own.take(now).sources.size).toBe(1);
  });

  test('and is late, so that a third may have taken charge of that, is not taken for the same', async () => {
    await ask();
    await hub.distribute(topic());
    now += 2 * minute;
    await own.catchUp();
    const taken = own.take(now);
    expect(taken.sources.size).toBe(1);
    await hub.distribute(topic());
    await own.asked(taken);
    await others.catchUp();
    now += minute;
    expect(others.take(now).sources.size).toBe(1);
  });
});

test('what could not be noted as asked is in nobody’s hand any more', async () => {
  await ask();
  const one = await onDisk();
  await own.keep({ ...one, id: 'B'.repeat(32), sourceKey: 'other' });
  const noteAsked = (): Promise<void> => Promise.reject(new Halt(problem('store/unreachable', {}, 'nowhere')));
  const failing = await openSubscriptions({ ...asking, library: { ...asking.library, noteAsked } });
  for (const { id } of failing.all()) await failing.push(id, now);
  await expect(failing.asked(failing.take(now))).rejects.toThrow(Halt);
  now += minute;
  await failing.catchUp();
  expect(failing.take(now).sources).toEqual(new Set([one.sourceKey, 'other']));
});

describe('what one hears while another asks a hub stays', () => {
  test('that the hub has called', async () => {
    await ask();
    const [one] = own.all();
    if (one === undefined) throw new RangeError('it is subscribed');
    await hub.distribute(topic());
    await own.keep({ ...one, nextTry: start + 20 * day });
    expect(await onDisk()).toMatchObject({ dueAt: start, nextTry: start + 20 * day });
  });

  test('that the hub has granted it, though it fails to say so in the end', async () => {
    hub.behaviour.verifies = 'before';
    onCall = async () => {
      hub.behaviour.status = 500;
    };
    await ask();
    expect(hub.granted.size).toBe(1);
    expect(await onDisk()).toMatchObject({ asked: undefined, until: start + 10 * day, failingSince: undefined });
  });

  test('that the hub refuses the next: it is not asked for that', async () => {
    const more = `, "${partner.url}/other"`;
    await runOnce(config('', more), asking, {});
    hub.behaviour.verifies = 'before';
    onCall = async () => {
      onCall = async () => {};
      const next = (await asking.library.subscriptions()).find((one) => one.asked === undefined);
      await hub.ask(next?.callback ?? '', { 'hub.mode': 'denied', 'hub.topic': topic() });
    };
    await subscribe(config(`, push: "${server.url}"`, more), own, asking);
    expect([hub.forms.length, hub.granted.size]).toEqual([1, 1]);
    const left = (await asking.library.subscriptions()).map(({ nextTry, until }) => [nextTry, until]);
    expect(left).toContainEqual([start + 7 * day, undefined]);
  });
});

test('a call about a source that another has in hand is acted on once it has not', async () => {
  await ask();
  now += minute;
  await hub.distribute(topic());
  const { sourceKey } = await onDisk();
  const current = {
    ...config(`, push: "${server.url}"`),
    refreshCron: '0 0 29 2 *', // runs are those of this test
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const crew = openCrew({
    house: called,
    stopping: new AbortController().signal,
    settings: { current: () => current, hasChanged: () => false, read: () => Promise.resolve(current) },
    log,
    onRun: () => Promise.resolve(),
    subscriptions: others,
  });
  try {
    const asked = (): number => partner.requests.length;
    const before = asked();
    await asking.claims?.take([sourceKey]);
    await crew.work();
    expect([asked(), others.isAnyDue(now)]).toEqual([before, true]);
    expect(await onDisk()).toMatchObject({ dueAt: now, pushedAt: undefined });
    await asking.claims?.giveBack([sourceKey]);
    await crew.work();
    expect([asked(), others.isAnyDue(now)]).toEqual([before + 1, false]);
    expect(await onDisk()).toMatchObject({ dueAt: undefined, pushedAt: now });
  } finally {
    await crew.dismiss();
  }
});
