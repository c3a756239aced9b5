/**
 * A proxy on loopback behind which every site of a made-up world answers under its own name: whoever is told to ask
 * through it (`network: proxy`) meets real names and addresses, and no request leaves the machine.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LoopbackSites {
  /** `http://127.0.0.1:PORT`, as sources.yaml takes it. */
  readonly proxy: string;
  /** Puts a document at an address; anything else there is gone. */
  publish(address: string, document: string): void;
  /** Addresses that were asked for and are not there. */
  readonly strays: ReadonlySet<string>;
  close(): Promise<void>;
}

export async function openLoopbackSites(): Promise<LoopbackSites> {
  const documents = new Map<string, string>();
  const strays = new Set<string>();
  // A proxy is asked for whole addresses (RFC 9112 §3.2.2), a host at the end of a tunnel for paths.
  const server = createServer(({ url = '', headers }, response) => {
    const address = url.startsWith('/') ? `http://${headers.host}${url}` : url;
    const document = documents.get(address);
    if (document === undefined) strays.add(address);
    response
      .writeHead(document === undefined ? 404 : 200, { 'Content-Type': 'application/rss+xml; charset=utf-8' })
      .end(document ?? '');
  });
  server.on('connect', (_, socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    server.emit('connection', socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish: (address, document) => void documents.set(address, document),
    strays,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
