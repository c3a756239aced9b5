/** The published folder over HTTP, with the headers that keep readers private. Static files only, no reader is logged. */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { Halt, problem } from '../problems.ts';
import { withdrawnMark } from '../text/withdrawn-mark.ts';
import type { Health } from './health.ts';

export interface Server {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export interface ServerOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
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

const patience: Patience = { headMs: 10_000, requestMs: 15_000, idleMs: 30_000, connections: 500 };

export interface Watch {
  readonly health: () => Promise<Health>;
  readonly metrics: () => Promise<{ readonly text: string; readonly contentType: string }>;
}

/** As strict as the pages allow: they load one style sheet, pictures from here, and nothing else. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What browsers style and validators accept: feeds as `application/xml` show their titles, as `rss+xml` only source text. */
const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
  svg: 'image/svg+xml',
  jpg: 'image/jpeg',
  png: 'image/png',
  txt: 'text/plain; charset=utf-8',
  md: 'text/plain; charset=utf-8', // of Markdown by its own name browsers make a download
  eml: 'message/rfc822',
  ics: 'text/calendar; charset=utf-8',
};

function siteApp(
  siteFolder: string,
  { watch, hubCalls, onDefect }: Pick<ServerOptions, 'watch' | 'hubCalls' | 'onDefect'>,
): Hono {
  const app = new Hono();
  if (watch !== undefined) watchOver(app, watch);
  if (hubCalls !== undefined) app.all('/websub/*', (context) => hubCalls(context.req.raw));
  app.use(etag());
  app.use(async (context, next) => {
    await next();
    context.header('Content-Security-Policy', policy);
    context.header('Referrer-Policy', 'no-referrer');
    context.header('X-Content-Type-Options', 'nosniff');
    // What was withdrawn may be restored, and what was shown before must not be shown from a cache of the answer now.
    context.header('Cache-Control', context.res.status === 410 ? 'no-cache' : 'max-age=300');
    const extension = /\.([a-z]+)$/.exec(context.req.path)?.[1] ?? 'html';
    const isOtherJson = extension === 'json' && !/\/(feed|archive\/\d+)\.json$/.test(context.req.path);
    const type = isOtherJson ? 'application/json; charset=utf-8' : types[extension];
    if (type !== undefined && [200, 410].includes(context.res.status)) context.header('Content-Type', type);
  });
  app.get('/*', async (context, next) => {
    const { path } = context.req;
    const proper = properPath(siteFolder, path);
    return proper === undefined || proper === path ? await next() : context.redirect(proper, 301);
  });
  app.get('/story/:uid{[\\w-]+}/:file{(index\\.html)?}', async (context, next) => {
    const stub = withdrawnStub(join(siteFolder, 'story', context.req.param('uid'), 'index.html'));
    return stub === undefined ? await next() : context.html(stub, 410);
  });
  app.get('/*', serveStatic({ root: siteFolder }));
  app.notFound((context) => context.text('There is nothing at this address.', 404));
  app.onError((error, context) => {
    onDefect(error);
    return context.text('Something went wrong here.', 500);
  });
  return app;
}

/** A page that stands in the place of a withdrawn text says so in its head (RFC 9110 §15.5.11); a static host serves it as it is. */
function withdrawnStub(file: string): string | undefined {
  return beginningOf(file)?.includes(withdrawnMark) === true ? readFileSync(file, 'utf8') : undefined;
}

/** Of a stub the mark stands far before that; no text of a partner can hold it, so that more may be read than the head. */
const headBytes = 4_096;

/** @returns undefined where there is no such file */
function beginningOf(file: string): string | undefined {
  const bytes = Buffer.allocUnsafe(headBytes);
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return undefined;
  }
  try {
    return bytes.toString('latin1', 0, readSync(handle, bytes, 0, headBytes, 0));
  } finally {
    closeSync(handle);
  }
}

/**
 * The one address of what is asked for: without the slash at its end a page's relative links would lead beside it, and a
 * doubled slash at the beginning of a `Location` is read as the name of another host (RFC 3986 §4.2).
 * @param path decoded, as the router has it
 * @returns undefined where there is nothing, or nothing under a name that the site uses
 */
function properPath(siteFolder: string, path: string): string | undefined {
  if (!/^[\w./-]+$/.test(path) || path.includes('..')) return undefined;
  const single = path.replace(/\/{2,}/g, '/');
  if (existsSync(join(siteFolder, single, 'index.html'))) return single.endsWith('/') ? single : `${single}/`;
  return existsSync(join(siteFolder, single)) ? single : undefined;
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

/** @throws Halt with `serve/port-in-use` */
export async function openServer(siteFolder: string, options: ServerOptions): Promise<Server> {
  mkdirSync(siteFolder, { recursive: true }); // it may be asked for pages before the first of them is written
  const { port, host } = options;
  const app = siteApp(siteFolder, options);
  const { headMs, requestMs, idleMs, connections } = { ...patience, ...options.patience };
  const serverOptions = {
    headersTimeout: headMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.ceil(headMs / 5),
  };
  return await new Promise((resolve, reject) => {
    const server = createAdaptorServer({ fetch: app.fetch, hostname: host, serverOptions }) as HttpServer;
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
