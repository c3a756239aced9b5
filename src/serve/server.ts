/** The published folder over HTTP, with the headers that keep readers private; what is made when asked for stands beside it. No reader is logged. */
import { mkdirSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { Halt, problem } from '../problems.ts';
import { answerFile } from './answer-file.ts';
import type { Health } from './health.ts';
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
  /** Answers what is asked below `/websub/`; without it there is nothing. */
  readonly hubCalls?: ((request: Request) => Promise<Response>) | undefined;
  /** Is told what failed while a request was answered; whoever asked sees only that something did. */
  readonly onDefect: (error: unknown) => void;
  /** Tests have less of it. */
  readonly patience?: Partial<Patience> | undefined;
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
function openApp({ watch, search, hubCalls, onDefect }: ServerOptions): Hono {
  const app = new Hono();
  if (watch !== undefined) watchOver(app, watch);
  if (hubCalls !== undefined) app.all('/websub/*', (context) => hubCalls(context.req.raw));
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

/** Files first: what a site has most of is asked for most, and costs least. */
function listenerFor(siteFolder: string, options: ServerOptions): RequestListener {
  const files = openSiteFiles(siteFolder);
  const made = getRequestListener(openApp(options).fetch);
  const { maxAgeOf = () => usualMaxAge, linksOf, search, onDefect } = options;
  const make: RequestListener = (request, response) => {
    for (let at = 0; at < privacy.length; at += 2) response.setHeader(privacy[at] ?? '', privacy[at + 1] ?? '');
    void made(request, response);
  };
  return (request, response) => {
    const fail = (error: unknown): void => {
      onDefect(error);
      if (!response.headersSent) response.writeHead(500, [...privacy]).end('Something went wrong here.');
    };
    try {
      const path = request.method === 'GET' || request.method === 'HEAD' ? pathOf(request.url ?? '/') : undefined;
      const isMade = search !== undefined && searchPaths.includes(path ?? '');
      const found = path === undefined || isMade ? undefined : files.find(path);
      if (path === undefined || found === undefined) return void make(request, response);
      if (found.kind === 'file')
        answerFile(
          request,
          response,
          found.file,
          { maxAge: maxAgeOf(path), links: linksOf?.(path) },
          privacyOf(path),
        )?.catch(fail);
      else response.writeHead(301, [...privacy, 'Location', found.path, 'Cache-Control', 'max-age=3600']).end();
    } catch (error) {
      fail(error);
    }
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

/** @throws Halt with `serve/port-in-use` */
export async function openServer(siteFolder: string, options: ServerOptions): Promise<Server> {
  mkdirSync(siteFolder, { recursive: true }); // it may be asked for pages before the first of them is written
  const { port, host } = options;
  const listener = listenerFor(siteFolder, options);
  const { headMs, requestMs, idleMs, connections } = { ...patience, ...options.patience };
  const serverOptions = {
    headersTimeout: headMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.ceil(headMs / 5),
  };
  return await new Promise((resolve, reject) => {
    const server = createServer(serverOptions, listener);
    server.maxConnections = connections;
    server.timeout = idleMs;
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new Halt(problem('serve/port-in-use', {}, `port ${port} on ${host} (${error.code ?? error.message})`), {
          cause: error,
        }),
      );
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
            server.closeAllConnections();
          }),
      });
    });
  });
}
