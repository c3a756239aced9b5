/** The published folder over HTTP, with the headers that keep readers private; what is made when asked for stands beside it. No reader is logged. */
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Clock } from '../edges.ts';
import { Halt, problem } from '../problems.ts';
import { type Answer, type Ask, answerFor } from './file-answer.ts';
import type { Health } from './health.ts';
import { answerQuickly } from './quick.ts';
import { openSiteFiles } from './site-files.ts';

export interface Server {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export interface ServerOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  /** For how many seconds a browser need not ask again for what is at a path; five minutes where nothing is said. */
  readonly maxAgeOf?: ((path: string) => number) | undefined;
  /** `Link` header of what is at a path: hub and address of a feed; undefined where there is nothing to say. */
  readonly linksOf?: ((path: string) => string | undefined) | undefined;
  /** Answers what readers search for, by what stands behind the `?`; without it the page that searches by itself is served. */
  readonly search?: ((question: URLSearchParams) => Promise<string>) | undefined;
  /** For machines that watch over the relay; a server without answers 404 there. */
  readonly watch?: Watch | undefined;
  /** The maintainer's page; what it leaves undefined is looked for like anything else. */
  readonly desk?: DeskDoor | undefined;
  /** Answers what is asked below `/websub/`; without it there is nothing. */
  readonly hubCalls?: ((request: Request) => Promise<Response>) | undefined;
  readonly clock: Pick<Clock, 'now'>;
  /** Is told what failed while a request was answered; whoever asked sees only that something did. */
  readonly onDefect: (error: unknown) => void;
  /** Tests have less of it. */
  readonly patience?: Partial<Patience> | undefined;
}

export interface DeskDoor {
  /** While it is, no published file stands in its place. */
  readonly isOn: () => boolean;
  readonly answer: (request: Request) => Promise<Response | undefined>;
}

/** How long, and with how many at once, the server waits for those who ask. */
interface Patience {
  /** For the head of a request, in milliseconds. */
  readonly headMs: number;
  /** For a whole request. */
  readonly requestMs: number;
  /** For the next byte, either way. */
  readonly idleMs: number;
  /** Open at once: whoever holds more open than this keeps others out for a few seconds, and takes no more memory. */
  readonly connections: number;
}

const usualMaxAge = 300;
const patience: Patience = { headMs: 10_000, requestMs: 15_000, idleMs: 30_000, connections: 500 };

export interface Watch {
  readonly health: () => Promise<Health>;
  readonly metrics: () => Promise<{ readonly text: string; readonly contentType: string }>;
}

/** As strict as the pages allow: they load one style sheet, pictures from here, and nothing else; what they ask is asked here. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page that searches by itself runs one script of ours, which asks for files of this site. */
const searchPolicy = `${policy}; script-src 'self'; connect-src 'self'`;

/** Of every answer. */
const privacy = privacyUnder(policy);
const searchPrivacy = privacyUnder(searchPolicy);

function privacyUnder(contentPolicy: string): readonly string[] {
  return [
    ...['Content-Security-Policy', contentPolicy],
    ...['Referrer-Policy', 'no-referrer'],
    ...['X-Content-Type-Options', 'nosniff'],
  ];
}

const searchPaths: readonly string[] = ['/search/', '/search/index.html'];

/** What is made when it is asked for; all else is a published file. */
function openApp({ watch, search, hubCalls, desk, onDefect }: ServerOptions): Hono {
  const app = new Hono();
  if (watch !== undefined) watchOver(app, watch);
  if (hubCalls !== undefined) app.all('/websub/*', (context) => hubCalls(context.req.raw));
  if (desk !== undefined)
    for (const path of ['/desk', '/desk/*'])
      app.all(path, async (context) => (await desk.answer(context.req.raw)) ?? context.notFound());
  if (search !== undefined)
    for (const path of searchPaths)
      app.get(path, async (context) =>
        context.html(await search(new URL(context.req.url).searchParams), 200, { 'Cache-Control': 'no-store' }),
      );
  app.notFound((context) => context.text('There is nothing at this address.', 404));
  app.onError((error, context) => {
    onDefect(error);
    return context.text('Something went wrong here.', 500);
  });
  return app;
}

/** Nothing here is cached, and nothing of it is the site's. */
function watchOver(app: Hono, { health, metrics }: Watch): void {
  app.get('/healthz', async (context) => {
    const { isWell, words } = await health();
    return context.text(`${words}\n`, isWell ? 200 : 503, { 'Cache-Control': 'no-store' });
  });
  app.get('/metrics', async (context) => {
    const { text, contentType } = await metrics();
    return context.body(text, 200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
  });
}

/** What is asked for of the files; undefined where there is none, or something is made in its place. */
function openFiles(siteFolder: string, options: ServerOptions): (ask: Ask) => Answer | Promise<Answer> | undefined {
  const files = openSiteFiles(siteFolder);
  const { maxAgeOf = () => usualMaxAge, linksOf, search, desk } = options;
  const isMade = (path: string): boolean =>
    (search !== undefined && searchPaths.includes(path)) ||
    (path.startsWith('/desk') && /^\/desk(?:\/|$)/.test(path) && desk?.isOn() === true);
  return (ask) => {
    const { path } = ask;
    const found = isMade(path) ? undefined : files.find(path);
    if (found === undefined) return undefined;
    if (found.kind === 'file')
      return answerFor(ask, found.file, { maxAge: maxAgeOf(path), links: linksOf?.(path) }, privacyOf(path));
    const headers = [
      ...privacy,
      'Location',
      `${found.path}${ask.query}`,
      'Cache-Control',
      'max-age=3600',
      'Content-Length',
      '0',
    ];
    return { status: 301, headers, body: undefined };
  };
}

/** Files first: what a site has most of is asked for most, and costs least. */
function listenerFor(answer: ReturnType<typeof openFiles>, options: ServerOptions): RequestListener {
  const made = getRequestListener(openApp(options).fetch);
  const make: RequestListener = (request, response) => {
    for (let at = 0; at < privacy.length; at += 2) response.setHeader(privacy[at] ?? '', privacy[at + 1] ?? '');
    void made(request, response);
  };
  return (request, response) => {
    const fail = (error: unknown): void => {
      options.onDefect(error);
      if (!response.headersSent) response.writeHead(500, [...privacy]).end('Something went wrong here.');
    };
    const send = ({ status, headers, body }: Answer): void => void response.writeHead(status, [...headers]).end(body);
    try {
      const ask = askOf(request);
      const found = ask === undefined ? undefined : answer(ask);
      if (found === undefined) make(request, response);
      else if (found instanceof Promise) found.then(send).catch(fail);
      else send(found);
    } catch (error) {
      fail(error);
    }
  };
}

/** @returns undefined where it asks for no file */
function askOf({ method, url = '/', headers }: IncomingMessage): Ask | undefined {
  const path = method === 'GET' || method === 'HEAD' ? pathOf(url) : undefined;
  if (path === undefined) return undefined;
  return {
    path,
    query: /\?[!-~]*/.exec(url)?.[0] ?? '',
    isHead: method === 'HEAD',
    acceptEncoding: headers['accept-encoding']?.toString(),
    ifNoneMatch: headers['if-none-match'],
    ifModifiedSince: headers['if-modified-since'],
  };
}

function privacyOf(path: string): readonly string[] {
  return searchPaths.includes(path) ? searchPrivacy : privacy;
}

/** @returns without query and decoded; undefined where it is no path, or its letters are written so that they are none */
function pathOf(url: string): string | undefined {
  const end = url.search(/[?#]/);
  const path = end === -1 ? url : url.slice(0, end);
  if (!path.startsWith('/')) return undefined;
  if (!path.includes('%')) return path;
  if (/%(?:2f|5c)/i.test(path)) return undefined; // a slash that is no slash
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** What fails on the quick way is tried again on the other, which has words for it. */
function unless(onDefect: ServerOptions['onDefect'], answer: ReturnType<typeof openFiles>): typeof answer {
  return (ask) => {
    try {
      return answer(ask);
    } catch (error) {
      onDefect(error);
      return undefined;
    }
  };
}

/** It is of another machine, or no name server knows it. */
const notOurs: ReadonlySet<string | undefined> = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN']);

/** @throws Halt with `serve/port-in-use`, `serve/no-such-address` */
export async function openServer(siteFolder: string, options: ServerOptions): Promise<Server> {
  mkdirSync(siteFolder, { recursive: true }); // it may be asked for pages before the first of them is written
  const { port, host } = options;
  const answer = openFiles(siteFolder, options);
  const { headMs, requestMs, idleMs, connections } = { ...patience, ...options.patience };
  const serverOptions = {
    headersTimeout: headMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.ceil(headMs / 5),
  };
  return await new Promise((resolve, reject) => {
    const server = createServer(serverOptions, listenerFor(answer, options));
    const quick = answerQuickly(server, {
      answer: unless(options.onDefect, answer),
      now: options.clock.now,
      idleMs,
      headMs,
    });
    server.maxConnections = connections;
    server.timeout = idleMs;
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code ?? error.message;
      const told = notOurs.has(error.code)
        ? problem('serve/no-such-address', {}, `${host} (${why})`)
        : problem('serve/port-in-use', {}, `port ${port} on ${host} (${why})`);
      reject(new Halt(told, { cause: error }));
    });
    server.listen(port, host, () => {
      server.on('error', options.onDefect);
      const address = server.address() as AddressInfo;
      const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      resolve({
        url: `http://${shownHost}:${address.port}/`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            quick.close();
            server.closeAllConnections();
          }),
      });
    });
  });
}
