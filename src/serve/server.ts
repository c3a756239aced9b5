/** The published folder over HTTP, with the headers that keep readers private. Static files only, no reader is logged. */
import { existsSync, mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { Halt, problem } from '../problems.ts';
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
}

export interface Watch {
  readonly health: () => Promise<Health>;
  readonly metrics: () => Promise<{ readonly text: string; readonly contentType: string }>;
}

/** As strict as the pages allow: they load one style sheet, one icon, and nothing else. */
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
  txt: 'text/plain; charset=utf-8',
  eml: 'message/rfc822',
};

function siteApp(siteFolder: string, watch: Watch | undefined): Hono {
  const app = new Hono();
  if (watch !== undefined) watchOver(app, watch);
  app.use(etag());
  app.use(async (context, next) => {
    await next();
    context.header('Content-Security-Policy', policy);
    context.header('Referrer-Policy', 'no-referrer');
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Cache-Control', 'max-age=300');
    const extension = /\.([a-z]+)$/.exec(context.req.path)?.[1] ?? 'html';
    const isOtherJson = extension === 'json' && !context.req.path.endsWith('/feed.json');
    const type = isOtherJson ? 'application/json; charset=utf-8' : types[extension];
    if (type !== undefined && context.res.status === 200) context.header('Content-Type', type);
  });
  // Without the slash a page's relative links would lead beside it.
  app.get('/*', async (context, next) => {
    const { path } = context.req;
    const isFolder =
      !path.endsWith('/') && !path.includes('..') && existsSync(join(siteFolder, decodeURI(path), 'index.html'));
    if (isFolder) return context.redirect(`${path}/`, 301);
    return await next();
  });
  app.get('/*', serveStatic({ root: siteFolder }));
  app.notFound((context) => context.text('There is nothing at this address.', 404));
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

/** @throws Halt with `serve/port-in-use` */
export async function openServer(siteFolder: string, { port, host, watch }: ServerOptions): Promise<Server> {
  mkdirSync(siteFolder, { recursive: true }); // it may be asked for pages before the first of them is written
  const app = siteApp(siteFolder, watch);
  return await new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: host }, (address: AddressInfo) => {
      const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      resolve({
        url: `http://${shownHost}:${address.port}/`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        new Halt(problem('serve/port-in-use', {}, `port ${port} on ${host} (${error.code ?? error.message})`), {
          cause: error,
        }),
      );
    });
  });
}
