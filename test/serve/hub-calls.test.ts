/** What hubs, and those who would like to be one, ask and tell at the address that only one hub was told: over a real server. */
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Subscription } from '../../src/hub-library.ts';
import { Halt, problem } from '../../src/problems.ts';
import { openHubCalls } from '../../src/serve/hub-calls.ts';
import { openServer, type Server } from '../../src/serve/server.ts';
import { openSubscriptions, type Subscriptions } from '../../src/subscriptions.ts';

const start = Date.UTC(2026, 10, 20, 9);
const minute = 60_000;
const day = 86_400_000;
const id = 'A'.repeat(32);
const secret = 'S'.repeat(32);
const topic = 'https://harbour.example/feed/';

const asked: Subscription = {
  id,
  sourceKey: 'harbour.example/feed',
  callback: `https://news.example/websub/${id}`,
  hub: 'https://hub.example/',
  topic,
  secret,
  asked: 'subscribe',
  until: undefined,
  tries: 1,
  nextTry: start,
  failingSince: undefined,
  answer: undefined,
  isTold: false,
  dueAt: undefined,
  pushedAt: undefined,
};
const live: Subscription = { ...asked, asked: undefined, tries: 0, until: start + 10 * day, nextTry: start + 6 * day };

let folder: string;
let server: Server;
let now: number;
let wakes: number;
let writes: Subscription[];
let dropped: string[];
let subscriptions: Subscriptions;
const defects: unknown[] = [];

/** @param reread in the place of a server that several processes share: what it says of these names */
async function serve(
  known: Subscription,
  patience = {},
  reread?: (ids: readonly string[]) => Promise<readonly Subscription[]>,
): Promise<void> {
  const clock = { now: () => now, wait: () => Promise.resolve() };
  const done = (): Promise<void> => Promise.resolve();
  let { dueAt: noted } = known;
  subscriptions = await openSubscriptions({
    clock,
    claims: reread && { join: done, take: () => Promise.resolve(new Set()), giveBack: done },
    library: {
      subscriptions: (ids) => (ids === undefined ? Promise.resolve([known]) : (reread?.(ids) ?? Promise.reject())),
      keepSubscription: (one) => Promise.resolve(void writes.push(one)),
      noteCall: (_id, dueAt) => {
        noted = dueAt;
        return Promise.resolve(void writes.push({ ...known, dueAt }));
      },
      noteAsked: (_id, dueAt, pushedAt) => {
        if (noted === dueAt) noted = undefined;
        return Promise.resolve(void writes.push({ ...known, dueAt: noted, pushedAt }));
      },
      dropSubscription: (one) => Promise.resolve(void dropped.push(one)),
    },
  });
  const wake = (): void => {
    wakes += 1;
  };
  const hubCalls = openHubCalls({ clock, random: { next: () => 0.5 }, subscriptions, wake });
  const onDefect = (error: unknown): void => void defects.push(error);
  server = await openServer(folder, {
    port: 0,
    host: '127.0.0.1',
    clock: Date,
    hubCalls,
    onDefect,
    patience,
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-hub-'));
  [now, wakes, writes, dropped] = [start, 0, [], []];
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
  expect(defects.splice(0)).toEqual([]);
});

const at = (name = id): string => `${server.url}websub/${name}`;
const sign = (body: string | Buffer, algorithm = 'sha256', key = secret): string =>
  `${algorithm}=${createHmac(algorithm, key).update(body).digest('hex')}`;

async function ask(question: Readonly<Record<string, string>>, name = id): Promise<[number, string]> {
  const answer = await fetch(`${at(name)}?${new URLSearchParams(question)}`);
  return [answer.status, await answer.text()];
}
const meant = { 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.challenge': 'c<b>', 'hub.lease_seconds': '864000' };

async function call(body: string, headers: Readonly<Record<string, string>>, name = id): Promise<number> {
  return (await fetch(at(name), { method: 'POST', body, headers })).status;
}

describe('whether a subscription is meant', () => {
  test('yes to what was asked, as plain text; it holds for as long as the hub says, and is renewed at two thirds', async () => {
    await serve(asked);
    const answer = await fetch(`${at()}?${new URLSearchParams(meant)}`);
    expect([answer.status, await answer.text()]).toEqual([200, 'c<b>']);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(writes).toMatchObject([{ asked: undefined, until: start + 10 * day, tries: 0 }]);
    const renewal = ((writes[0]?.nextTry ?? 0) - start) / (10 * day);
    expect(renewal).toBeGreaterThan(0.6);
    expect(renewal).toBeLessThan(0.74);
  });

  test('yes again to a hub that has not heard it, which is granted no more by that', async () => {
    await serve(asked);
    expect(await ask(meant)).toEqual([200, 'c<b>']);
    expect(await ask({ ...meant, 'hub.lease_seconds': '999999999' })).toEqual([200, 'c<b>']);
    expect(writes).toHaveLength(1);
  });

  test.each<[string, Subscription, Readonly<Record<string, string>>]>([
    ['what was never asked', { ...live, until: start - 1 }, meant],
    ['another topic', asked, { ...meant, 'hub.topic': `${topic}other` }],
    ['leaving, where nobody leaves', asked, { ...meant, 'hub.mode': 'unsubscribe' }],
    ['staying, where we leave', { ...live, asked: 'unsubscribe' }, meant],
    ['nothing', asked, { ...meant, 'hub.challenge': '' }],
    ['a novel', asked, { ...meant, 'hub.challenge': 'x'.repeat(2_001) }],
    ['no mode', asked, { 'hub.topic': topic, 'hub.challenge': 'c' }],
    ['denial of another topic', live, { 'hub.mode': 'denied', 'hub.topic': 'https://other.example/' }],
  ])('no to %s, and nothing is written', async (_what, known, question) => {
    await serve(known);
    expect(await ask(question)).toEqual([404, 'There is nothing at this address.']);
    expect([writes, dropped]).toEqual([[], []]);
  });

  test('yes to leaving, where we leave: then nobody is there any more', async () => {
    await serve({ ...live, asked: 'unsubscribe' });
    expect(await ask({ ...meant, 'hub.mode': 'unsubscribe' })).toEqual([200, 'c<b>']);
    expect(dropped).toEqual([id]);
    expect(await call('x', { 'X-Hub-Signature': sign('x') })).toBe(404);
  });

  test.each([
    ['0', 10 * day],
    ['-5', 10 * day],
    ['soon', 10 * day],
    ['1e99', 30 * day],
    ['1', 1_000],
  ])('a lease of %s seconds is one of %i ms, and no hub is asked more than once an hour', async (seconds, leaseMs) => {
    await serve(asked);
    await ask({ ...meant, 'hub.lease_seconds': seconds });
    expect(writes).toMatchObject([{ until: start + leaseMs }]);
    expect((writes[0]?.nextTry ?? 0) - start).toBeGreaterThanOrEqual(60 * minute);
  });

  test('a hub that refuses is asked again after a week', async () => {
    await serve(live);
    expect(await ask({ 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': 'not\u202e you' })).toEqual([200, '']);
    expect(writes).toMatchObject([{ until: undefined, nextTry: start + 7 * day, failingSince: start }]);
    expect(writes[0]?.answer).toMatch(/^hub\.example refuses us: not/);
    expect(writes[0]?.answer).not.toContain('\u202e');
  });
});

describe('that something is new', () => {
  test.each(['sha1', 'sha256', 'sha384', 'sha512'])('signed by %s: its source is asked at once', async (algorithm) => {
    await serve(live);
    expect(await call('<feed/>', { 'X-Hub-Signature': sign('<feed/>', algorithm) })).toBe(202);
    expect([wakes, subscriptions.take(now).sources]).toEqual([1, new Set([live.sourceKey])]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['none', {}],
    ['that of another body', { 'X-Hub-Signature': sign('<feed></feed>') }],
    ['that of another secret', { 'X-Hub-Signature': sign('<feed/>', 'sha256', 'guessed') }],
    ['half of one', { 'X-Hub-Signature': sign('<feed/>').slice(0, 39) }],
    ['one by md5', { 'X-Hub-Signature': sign('<feed/>', 'md5') }],
    ['a digest under another name', { 'X-Hub-Signature': sign('<feed/>').replace('sha256', 'sha512') }],
    ['two', { 'X-Hub-Signature': `${sign('x')}, ${sign('<feed/>')}` }],
    ['no letters of one', { 'X-Hub-Signature': `sha256=${'z'.repeat(64)}` }],
  ])('with a wrong signature (%s) it is taken, and nothing comes of it', async (_what, headers) => {
    await serve(live);
    expect(await call('<feed/>', headers)).toBe(202);
    expect([wakes, writes]).toEqual([0, []]);
  });

  test('said again within a minute, it is the same; after it, it counts anew', async () => {
    await serve(live);
    const headers = { 'X-Hub-Signature': sign('<feed/>') };
    for (let turn = 0; turn < 50; turn++) expect(await call('<feed/>', headers)).toBe(202);
    expect([wakes, writes.length]).toEqual([1, 1]);
    await subscriptions.asked(subscriptions.take(now));
    now += 20_000;
    for (let turn = 0; turn < 50; turn++) expect(await call('<feed/>', headers)).toBe(202);
    expect([wakes, writes.length, subscriptions.isAnyDue(now)]).toEqual([1, 3, false]);
    now += 40_000;
    expect(subscriptions.isAnyDue(now)).toBe(true); // the rest of the minute is over: whoever looks every minute sees it
    await subscriptions.asked(subscriptions.take(now));
    now += minute;
    await call('<feed/>', headers);
    expect(wakes).toBe(2);
  });

  test('what comes while its source is being asked is not lost', async () => {
    await serve(live);
    const headers = { 'X-Hub-Signature': sign('<feed/>') };
    await call('<feed/>', headers);
    const taken = subscriptions.take(now);
    await call('<feed/>', headers);
    await subscriptions.asked(taken);
    expect(writes.at(-1)).toMatchObject({ dueAt: start + minute });
  });

  test('from a hub that we leave, it is taken, and nothing comes of it', async () => {
    await serve({ ...live, asked: 'unsubscribe' });
    expect(await call('<feed/>', { 'X-Hub-Signature': sign('<feed/>') })).toBe(202);
    expect(wakes).toBe(0);
  });

  test('in a body of giants it is not weighed to its end, announced or not', async () => {
    await serve(live);
    const giant = 'x'.repeat(8 * 1_048_576 + 1);
    expect(await call(giant, { 'X-Hub-Signature': sign(giant) }).catch(() => 413)).toBe(413);
    const pieces = new ReadableStream({
      pull: (controller) => controller.enqueue(Buffer.alloc(1_048_576)),
    });
    const headers = { 'X-Hub-Signature': sign('x') };
    const endless = { method: 'POST', body: pieces, headers, duplex: 'half' } as RequestInit;
    const status = await fetch(at(), endless).then(
      (answer) => answer.status,
      () => 413, // it hangs up
    );
    expect(status).toBe(413);
    expect([wakes, writes]).toEqual([0, []]);
    expect(await call('<feed/>', { 'X-Hub-Signature': sign('<feed/>') })).toBe(202);
    expect(wakes).toBe(1);
  });

  test('in bodies that do not come to an end, of which one at a time is waited for, it keeps the next from being heard no longer than a request may take', async () => {
    await serve(live, { headMs: 200, requestMs: 300, idleMs: 500 });
    const { port } = new URL(server.url);
    const head = `POST /websub/${id} HTTP/1.1\r\nHost: x\r\nX-Hub-Signature: ${sign('x')}\r\nContent-Length: 100\r\n\r\nx`;
    const closed = Array.from({ length: 3 }, () => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(head));
      socket.on('error', () => undefined).resume();
      return new Promise((resolve) => socket.on('close', resolve));
    });
    await Promise.all(closed);
    expect(await call('<feed/>', { 'X-Hub-Signature': sign('<feed/>') })).toBe(202);
    expect(wakes).toBe(1);
  });
});

test('ten thousand unknown names are nobody, and cost nothing on the disk', async () => {
  await serve(live);
  const names = Array.from({ length: 10_000 }, (_, at) => `B${at}`.padEnd(32, 'x'));
  for (let from = 0; from < names.length; from += 100) {
    const statuses = await Promise.all(
      names
        .slice(from, from + 100)
        .map((name, at) =>
          at % 2 === 0
            ? call('<feed/>', { 'X-Hub-Signature': sign('<feed/>') }, name)
            : ask(meant, name).then(([status]) => status),
        ),
    );
    expect(new Set(statuses)).toEqual(new Set([404]));
  }
  expect([wakes, writes]).toEqual([0, []]);
}, 60_000);

describe('where several processes share a server', () => {
  test('it is asked about every name that could be one, and no other', async () => {
    const asked: string[] = [];
    await serve(live, {}, (ids) => {
      asked.push(...ids);
      return Promise.resolve(ids.includes(id) ? [{ ...live, asked: 'unsubscribe' }] : []);
    });
    const unknown = 'B'.repeat(32);
    for (const name of [unknown, 'short', `${id}/x`]) expect((await ask(meant, name))[0]).toBe(404);
    expect(await ask({ ...meant, 'hub.mode': 'unsubscribe' })).toEqual([200, 'c<b>']);
    expect(asked).toEqual([unknown, id]);
  });

  test('hubs are asked to come again while it does not answer', async () => {
    await serve(live, {}, () => Promise.reject(new Halt(problem('store/unreachable', {}, 'nowhere'))));
    const answer = await fetch(at(), { method: 'POST', body: 'x', headers: { 'X-Hub-Signature': sign('x') } });
    expect([answer.status, answer.headers.get('retry-after'), wakes]).toEqual([503, '60', 0]);
  });
});

test.each(['', '/', 'short', `${id}/`, `${id}/x`, `${id}%2f`, '..%2f', '%'])('nor is anybody at %j', async (name) => {
  await serve(asked);
  expect([404, 301]).toContain((await ask(meant, name))[0]);
  expect(writes).toEqual([]);
});

test('other methods are none that a hub has', async () => {
  await serve(live);
  for (const method of ['PUT', 'DELETE', 'OPTIONS']) expect((await fetch(at(), { method })).status).toBe(405);
});
