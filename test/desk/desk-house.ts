/** The web desk as `relais start` has it: a real server on loopback over a real house, three partners on loopback, and the test's own clock. */
import { request } from 'node:http';
import { hashPassword } from '../../src/desk/password.ts';
import { openWebDesk } from '../../src/desk/web-desk.ts';
import type { Log } from '../../src/edges.ts';
import type { Config } from '../../src/model.ts';
import { openServer, type Server } from '../../src/serve/server.ts';
import { type DeskSocket, openDeskSocket } from '../../src/serve/socket.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, settings, type TestHouse } from '../pipeline/house.ts';

const start = Date.UTC(2026, 10, 24, 12);
export const password = 'soup at the harbour gate';
/** Cheap to make once, as dear to try as any. */
const hash = await hashPassword(password, 'c2FsdCBmb3IgdGhlIHRlc3RzIQ');

export interface DeskHouse {
  readonly url: string;
  readonly test: TestHouse;
  readonly socket: DeskSocket;
  readonly defects: unknown[];
  readonly logged: string[];
  /** A run that asks every source. */
  readonly read: () => Promise<void>;
  /** What the desk has asked to be carried out, is: asks nobody. @returns how often it was asked for */
  readonly follow: () => Promise<number>;
  readonly config: () => Config;
  /** Other settings, from now on. */
  readonly rule: (yaml: string) => void;
  /** Values that the settings take from the environment from now on. */
  readonly setSecrets: (secrets: Config['secrets']) => void;
  /** After a run, as the daemon does. */
  readonly settle: () => void;
  readonly close: () => Promise<void>;
}

interface Options {
  /** Path → document, at the one partner. */
  readonly feeds: Parameters<typeof startPartner>[0];
  /** The sections; `URL` stands for the partner's address. */
  readonly sections: string;
  readonly site?: string;
  readonly desk?: string;
}

export async function openDeskHouse({ feeds, sections, site, desk }: Options): Promise<DeskHouse> {
  const partner: Partner = await startPartner(feeds);
  const test = await openTestHouse(start);
  const head = `network: { allow: [127.0.0.1], spacing: 0s }\nsite: { title: Harbour News${site === undefined ? '' : `, url: "${site}"`} }\n`;
  const withDesk = (yaml: string, said: string): Config =>
    settings(`${head}${said}\n${yaml.replaceAll('URL', partner.url)}`);
  let config = withDesk(sections, desk ?? `desk: { password: ${hash}, socket: desk.sock }`);
  let follows = 0;
  const defects: unknown[] = [];
  const logged: string[] = [];
  const { clock, tokens, library, search } = test.house;
  const web = openWebDesk({
    clock,
    tokens,
    library,
    search,
    settings: () => config,
    listen: '127.0.0.1',
    follow: () => {
      follows++;
    },
  });
  const server: Server = await openServer(test.house.siteFolder, {
    port: 0,
    host: '127.0.0.1',
    clock: Date,
    maxAgeOf: () => 0,
    desk: { isOn: () => config.desk?.password !== undefined, answer: (asked) => web.answer(asked, 'web') },
    onDefect: (error) => defects.push(error),
  });
  const note = (_: unknown, words: string): void => void logged.push(words);
  const log: Log = { info: note, warn: note, error: note };
  const socket = openDeskSocket(test.folder, (asked) => web.answer(asked, 'socket'), log);
  const { runOnce } = await import('../../src/run.ts');
  return {
    url: server.url,
    test,
    socket,
    defects,
    logged,
    read: async () => {
      const report = await runOnce(config, test.house, { now: 'all' });
      if (report.defects.length > 0) throw report.defects[0]?.error;
    },
    follow: async () => {
      await runOnce(config, test.house, { now: [] });
      return follows;
    },
    config: () => config,
    rule: (yaml) => {
      config = withDesk(sections, yaml);
    },
    setSecrets: (secrets) => {
      config = { ...config, secrets };
    },
    settle: web.settle,
    async close() {
      await socket.close();
      await server.close();
      await test.close();
      await partner.close();
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly socketPath?: string;
}

/** As written: no client of the language tidies path or headers, or follows where an answer leads. */
export async function ask(
  url: string,
  path: string,
  { method = 'GET', headers = {}, body, socketPath }: Asked = {},
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const where = socketPath === undefined ? { host: hostname, port } : { socketPath };
  return await new Promise((resolve, reject) => {
    const asked = request({ ...where, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    asked.on('error', reject).end(body);
  });
}

/** A browser of few words: keeps cookies, sends what browsers send with a form. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  get(path: string): Promise<Answer>;
  /** @param headers in the place of those that a browser would send */
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  login(typed?: string): Promise<Answer>;
  /** The token of the forms of a page. */
  token(path?: string): Promise<string>;
}

export function visit(url: string, host = new URL(url).host, origin = `http://${host}`): Visitor {
  const cookies = new Map<string, string>();
  const keep = (answer: Answer): Answer => {
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const cookie = (): Record<string, string> =>
    cookies.size === 0 ? {} : { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') };
  const visitor: Visitor = {
    cookies,
    get: async (path) => keep(await ask(url, path, { headers: { host, ...cookie() } })),
    async post(path, fields, headers = { origin, 'sec-fetch-site': 'same-origin' }) {
      const body = new URLSearchParams(fields).toString();
      const type = {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(Buffer.byteLength(body)),
      };
      return keep(await ask(url, path, { method: 'POST', headers: { host, ...type, ...cookie(), ...headers }, body }));
    },
    login: (typed = password) => visitor.post('/desk/login', { password: typed }),
    async token(path = '/desk') {
      return /name="token" value="([^"]+)"/.exec((await visitor.get(path)).body)?.[1] ?? '';
    },
  };
  return visitor;
}
