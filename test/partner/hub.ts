/**
 * A hub (WebSub) on loopback: takes subscriptions, asks whether they are meant, reads a topic when its publisher says so, and hands
 * it on, signed. How it behaves is set by the test; what it was asked and told is kept.
 */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HubBehaviour {
  /** What it answers to a form. */
  status: number;
  headers: Record<string, string>;
  /** What it grants, whatever is wished. */
  leaseSeconds: number | undefined;
  /** When it asks whether a subscription is meant: before it answers, after that, or never. */
  verifies: 'before' | 'after' | 'never';
  /** It refuses with this reason in place of asking. */
  denies: string | undefined;
  algorithm: string;
}

export interface Granted {
  readonly topic: string;
  readonly callback: string;
  readonly secret: string;
  readonly leaseSeconds: number;
}

export interface TestHub {
  readonly url: string;
  readonly behaviour: HubBehaviour;
  /** Every form, in order. */
  readonly forms: readonly URLSearchParams[];
  /** Addresses of feeds that publishers have said to have changed, in order. */
  readonly told: readonly string[];
  /** By callback. */
  readonly granted: ReadonlyMap<string, Granted>;
  /** Resolves with the next that is granted. */
  nextGranted(): Promise<Granted>;
  /** Resolves when all that it has begun is done. */
  settled(): Promise<void>;
  /** Asks a callback something, as it likes. */
  ask(callback: string, question: Readonly<Record<string, string>>): Promise<{ status: number; body: string }>;
  /** Hands the topic on to whoever wants it. @returns what they answered */
  distribute(topic: string, body?: string): Promise<readonly number[]>;
  close(): Promise<void>;
}

/** @param port 0 for any: a hub that comes back has the one that it had */
export async function startHub(behaviour: Partial<HubBehaviour> = {}, port = 0): Promise<TestHub> {
  const forms: URLSearchParams[] = [];
  const told: string[] = [];
  const granted = new Map<string, Granted>();
  const waiting: ((granted: Granted) => void)[] = [];
  const works = new Set<Promise<unknown>>();
  const all: HubBehaviour = {
    status: 202,
    headers: {},
    leaseSeconds: undefined,
    verifies: 'after',
    denies: undefined,
    algorithm: 'sha256',
    ...behaviour,
  };

  const begin = (work: Promise<unknown>): void => {
    const done = work.catch(() => undefined).finally(() => works.delete(done));
    works.add(done);
  };
  const ask: TestHub['ask'] = async (callback, question) => {
    const answer = await fetch(`${callback}?${new URLSearchParams(question)}`);
    return { status: answer.status, body: await answer.text() };
  };
  const verify = async (form: URLSearchParams): Promise<void> => {
    const [mode = '', topic = '', callback = ''] = ['mode', 'topic', 'callback'].map(
      (name) => form.get(`hub.${name}`) ?? '',
    );
    if (all.denies !== undefined) {
      await ask(callback, { 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': all.denies });
      return;
    }
    const leaseSeconds = all.leaseSeconds ?? Number(form.get('hub.lease_seconds'));
    const challenge = `challenge-${forms.length}`;
    const lease = mode === 'subscribe' ? { 'hub.lease_seconds': String(leaseSeconds) } : undefined;
    const said = await ask(callback, { 'hub.mode': mode, 'hub.topic': topic, 'hub.challenge': challenge, ...lease });
    if (said.status !== 200 || said.body !== challenge) return;
    if (mode === 'unsubscribe') granted.delete(callback);
    else {
      const one = { topic, callback, secret: form.get('hub.secret') ?? '', leaseSeconds };
      granted.set(callback, one);
      waiting.shift()?.(one);
    }
  };
  const distribute: TestHub['distribute'] = async (topic, body) => {
    const content = body ?? (await (await fetch(topic)).text());
    const wanting = [...granted.values()].filter((one) => one.topic === topic);
    return await Promise.all(
      wanting.map(async ({ callback, secret }) => {
        const signature = `${all.algorithm}=${createHmac(all.algorithm, secret).update(content).digest('hex')}`;
        return (await fetch(callback, { method: 'POST', body: content, headers: { 'X-Hub-Signature': signature } }))
          .status;
      }),
    );
  };

  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await textOf(request));
    forms.push(form);
    const isGood = all.status >= 200 && all.status <= 299;
    const mode = form.get('hub.mode');
    if (isGood && mode === 'publish') {
      const topics = form.getAll('hub.url');
      told.push(...topics);
      for (const topic of topics) begin(distribute(topic));
    } else if (isGood && all.verifies === 'before') await verify(form);
    response.writeHead(all.status, all.headers).end();
    if (isGood && mode !== 'publish' && all.verifies === 'after') begin(verify(form));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    behaviour: all,
    forms,
    told,
    granted,
    nextGranted: () => new Promise((resolve) => waiting.push(resolve)),
    async settled() {
      while (works.size > 0) await Promise.all(works);
    },
    ask,
    distribute,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece as string;
  return text;
}
