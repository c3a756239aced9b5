/**
 * Fake proxies: real servers on loopback that connect names to where the test says, and remember what they were asked.
 * They do what Squid, Tor and their like do on the wire, and misbehave where the test wants it.
 */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect, createServer as createSocketServer, type Socket } from 'node:net';

export interface FakeProxy {
  /** `http://…` or `socks5://…`, without a slash at the end. */
  readonly url: string;
  /** What it was asked for: `CONNECT host:port`, `GET http://…`, `host:port`. */
  readonly asked: readonly string[];
  /** Names and passwords that came with it. */
  readonly credentials: readonly string[];
  /** Connections that are open. */
  open(): number;
  close(): Promise<void>;
}

/** Where `host:port` is, as the partner's `http://127.0.0.1:port`; undefined where the proxy knows no such host. */
type Find = (target: string) => string | undefined;

/** Statuses for CONNECT and for plain requests, instead of doing what is asked. */
interface HttpManners {
  readonly status?: number;
}

export async function startHttpProxy(find: Find, { status }: HttpManners = {}): Promise<FakeProxy> {
  const asked: string[] = [];
  const credentials: string[] = [];
  const sockets = new Set<Socket>();
  const note = (what: string, authorization: string | undefined): void => {
    asked.push(what);
    if (authorization !== undefined)
      credentials.push(Buffer.from(authorization.replace('Basic ', ''), 'base64').toString());
  };
  const server = createServer((asking, answer) => {
    note(`${asking.method} ${asking.url}`, asking.headers['proxy-authorization']);
    const url = new URL(asking.url ?? '');
    const there = find(`${url.hostname}:${url.port || 80}`);
    if (status !== undefined || there === undefined) {
      answer.writeHead(status ?? 502).end('from the proxy');
      return;
    }
    const { 'proxy-authorization': _, ...headers } = asking.headers;
    request(there + url.pathname + url.search, { headers }, (come) => {
      answer.writeHead(come.statusCode ?? 0, come.headers);
      come.pipe(answer);
    }).end();
  });
  server.on('connect', (asking, socket: Socket) => {
    note(`CONNECT ${asking.url}`, asking.headers['proxy-authorization']);
    const there = find(asking.url ?? '');
    if (status !== undefined || there === undefined) socket.end(`HTTP/1.1 ${status ?? 502} No\r\n\r\n`);
    else join(socket, there, sockets, () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
  });
  server.on('connection', (socket) => remember(socket, sockets));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    credentials,
    ...ending(server, sockets),
  };
}

interface SocksManners {
  /** `name:password` that it insists on. */
  readonly wants?: string;
  /** The reply, instead of doing what is asked. */
  readonly reply?: number;
  /** It accepts, and then says nothing. */
  readonly isMute?: boolean;
}

export async function startSocksProxy(
  find: Find,
  { wants, reply, isMute = false }: SocksManners = {},
): Promise<FakeProxy> {
  const asked: string[] = [];
  const credentials: string[] = [];
  const sockets = new Set<Socket>();
  const speak = async (socket: Socket): Promise<void> => {
    if (isMute) return void socket.resume();
    const [take, end] = reader(socket);
    const [, count = 0] = await take(2);
    const methods = [...(await take(count))];
    const method = wants === undefined ? 0 : 2;
    if (!methods.includes(method)) return void socket.end(Buffer.from([5, 0xff]));
    socket.write(Buffer.from([5, method]));
    if (method === 2) {
      await take(1);
      const name = await take((await take(1))[0] ?? 0);
      const password = await take((await take(1))[0] ?? 0);
      credentials.push(`${name}:${password}`);
      socket.write(Buffer.from([1, `${name}:${password}` === wants ? 0 : 1]));
    }
    const [, , , kind] = await take(4);
    const host = await take(kind === 1 ? 4 : kind === 4 ? 16 : ((await take(1))[0] ?? 0));
    const port = (await take(2)).readUInt16BE();
    const target = `${kind === 1 ? host.join('.') : kind === 4 ? host.toString('hex') : host.toString()}:${port}`;
    end();
    asked.push(target);
    const there = find(target);
    // The answer names where it is bound: a name, here, so that nobody counts on four bytes.
    const answer = (code: number): Buffer => Buffer.from([5, code, 0, 3, 4, 0x74, 0x65, 0x73, 0x74, 0, 80]);
    if (reply !== undefined || there === undefined) socket.end(answer(reply ?? 4));
    else join(socket, there, sockets, () => socket.write(answer(0)));
  };
  const server = createSocketServer((socket) => {
    remember(socket, sockets);
    speak(socket).catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    credentials,
    ...ending(server, sockets),
  };
}

/** Takes bytes, and no more, so that what follows is left for the partner. */
function reader(socket: Socket): [take: (count: number) => Promise<Buffer>, end: () => void] {
  let wake = (): void => {};
  const onReadable = (): void => wake();
  socket.on('readable', onReadable);
  const take = async (count: number): Promise<Buffer> => {
    for (;;) {
      const bytes = socket.read(count) as Buffer | null;
      if (bytes !== null) return bytes;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return [take, () => void socket.off('readable', onReadable)];
}

function join(socket: Socket, there: string, sockets: Set<Socket>, onReady: () => void): void {
  const beyond = connect(Number(new URL(there).port), '127.0.0.1', () => {
    onReady();
    socket.pipe(beyond).pipe(socket);
  });
  remember(beyond, sockets);
  socket.on('close', () => beyond.destroy());
  beyond.on('close', () => socket.end());
}

function remember(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('error', () => socket.destroy()); // either side hanging up is often the point of the test
}

function ending(
  server: ReturnType<typeof createSocketServer>,
  sockets: Set<Socket>,
): Pick<FakeProxy, 'open' | 'close'> {
  return {
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
