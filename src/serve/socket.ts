/**
 * The desk's Unix socket: HTTP for whoever may open the file, which nobody but the user that runs Relais may. It is followed through
 * settings that change, and one that a killed process has left behind is taken away.
 */
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Log } from '../edges.ts';

/** A request waits no longer than this, in milliseconds. */
const patienceMs = 15_000;

export interface DeskSocket {
  /** Listens at that name in the data folder, or nowhere. What goes wrong is told in the log, once. */
  follow(name: string | undefined): Promise<void>;
  close(): Promise<void>;
}

/** @param answer undefined of a request that nothing answers */
export function openDeskSocket(
  dataFolder: string,
  answer: (request: Request) => Promise<Response | undefined>,
  log: Log,
): DeskSocket {
  let open: { readonly name: string; readonly server: Server | undefined } | undefined;
  const close = async (): Promise<void> => {
    const server = open?.server;
    open = undefined;
    if (server === undefined) return;
    await new Promise<void>((done) => {
      server.close(() => done()); // takes the file away too
      server.closeAllConnections();
    });
  };
  return {
    async follow(name) {
      if (name === open?.name) return;
      await close();
      if (name === undefined) return;
      const path = join(dataFolder, name);
      const server = await listen(path, answer, log).catch((error: unknown) => {
        log.error({ socket: path }, `the desk cannot be reached by its socket ${path}: ${String(error)}`);
        return undefined;
      });
      if (server !== undefined) log.info({ socket: path }, `the desk is at the socket ${path}`);
      open = { name, server };
    },
    close,
  };
}

async function listen(
  path: string,
  answer: (request: Request) => Promise<Response | undefined>,
  log: Log,
): Promise<Server> {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there !== undefined && !there.isSocket()) throw new Error('another file has that name');
  rmSync(path, { force: true }); // whoever holds the lease is the only Relais here
  const listener = getRequestListener(async (request) => {
    try {
      return (
        (await answer(request)) ??
        new Response('There is nothing at this address. The desk is at /desk\n', { status: 404 })
      );
    } catch (error) {
      log.error({ code: 'defect' }, String(error));
      return new Response('Something went wrong here.', { status: 500 });
    }
  });
  const server = createServer({ headersTimeout: patienceMs, requestTimeout: patienceMs }, (request, response) => {
    void listener(request, response);
  });
  server.maxConnections = 50;
  return await new Promise((resolve, reject) => {
    const before = process.umask(0o177); // from its first moment nobody else may open it
    try {
      server.once('error', reject).listen(path, () => {
        server.off('error', reject).on('error', (error) => log.error({ socket: path }, String(error)));
        chmodSync(path, 0o600);
        resolve(server);
      });
    } finally {
      process.umask(before); // at once: the file is made by now, and the site's are for everybody
    }
  });
}
