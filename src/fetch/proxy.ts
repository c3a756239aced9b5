/**
 * A proxy's address and the host behind it become a socket that leads there: HTTP CONNECT (RFC 9110 §9.3.6) or SOCKS5
 * (RFC 1928, 1929). Names are resolved by the proxy, never here.
 *
 * SOCKS is spoken here: a library takes three packages for it, and a second hand on the socket, its timers and its end.
 * Exactly the bytes of the proxy's answers are read, so that whatever follows is the host's.
 */
import { once } from 'node:events';
import { STATUS_CODES, request as send } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { parseUrl } from '../text/url.ts';
import { stopped } from './failure.ts';
import { addressBytes } from './guard.ts';
import type { Target } from './route.ts';
import type { Watch } from './watch.ts';

/**
 * The proxy that an address of the configuration means.
 * @throws Stopped with fetch/proxy; its words do not repeat the address, which may hold a password
 */
export function readProxy(written: string): URL {
  const proxy = parseUrl(written.replace(/^socks5h:/i, 'socks5:'));
  if (proxy === undefined || proxy.hostname === '' || !/^(http|socks5):$/.test(proxy.protocol))
    throw stopped('fetch/proxy', 'its address is neither http://host:port nor socks5://host:port');
  return proxy;
}

/** The header that a password in the proxy's address stands for. */
export function proxyAuthorization(proxy: URL): readonly string[] {
  if (proxy.username === '' && proxy.password === '') return [];
  const { name, password } = credentialsIn(proxy);
  return ['Proxy-Authorization', `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`];
}

/** A connection to the proxy itself, under way; for requests that it passes on in its own name. */
export function connectToProxy(proxy: URL, watch: Watch): Socket {
  watch.enter('proxying');
  const port = Number(proxy.port) || (proxy.protocol === 'http:' ? 80 : 1_080);
  const socket = connect({ host: proxy.hostname.replace(/^\[|\]$/g, ''), port });
  socket.on('error', watch.fail);
  watch.atEnd(() => socket.destroy());
  return socket;
}

/**
 * A connection through the proxy, on which the host can be spoken to.
 * @throws Stopped with fetch/proxy where the proxy is at fault, fetch/unreachable where it says that the host is
 */
export async function openTunnel(proxy: URL, target: Target, watch: Watch): Promise<Socket> {
  const socket = connectToProxy(proxy, watch);
  const onClose = (): void => watch.fail(stopped('fetch/proxy', `it closed the connection (${proxy.host})`));
  socket.once('close', onClose);
  await once(socket, 'connect');
  watch.enter('tunnelling');
  await (proxy.protocol === 'http:' ? askByHttp(proxy, target, socket, watch) : askBySocks(proxy, target, socket));
  socket.off('close', onClose);
  watch.enter('connecting');
  return socket;
}

async function askByHttp(proxy: URL, { name, port }: Target, socket: Socket, watch: Watch): Promise<void> {
  const authority = `${name.includes(':') ? `[${name}]` : name}:${port}`;
  const headers = ['Host', authority, ...proxyAuthorization(proxy)];
  const connecting = send({
    method: 'CONNECT',
    path: authority,
    headers,
    createConnection: () => socket,
    maxHeaderSize: 16_384,
  });
  connecting.on('error', watch.fail);
  connecting.end();
  const [{ statusCode: status = 0 }] = (await once(connecting, 'connect')) as [{ statusCode?: number }];
  if (status >= 200 && status <= 299) return;
  const said = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  if (status === 502 || status === 503 || status === 504)
    throw stopped('fetch/unreachable', `the proxy found no way there: ${said} (${name})`);
  const why = status === 407 ? 'it wants another name and password' : `it does not connect us to ${authority}`;
  throw stopped('fetch/proxy', `${why}: ${said} (${proxy.host})`);
}

/** Reply codes of RFC 1928 §6 that speak of the host; all others speak of the proxy. */
const hostReplies: ReadonlyMap<number, string> = new Map([
  [3, 'no way there'],
  [4, 'host not found'],
  [5, 'connection refused'],
  [6, 'no answer on the way'],
]);

async function askBySocks(proxy: URL, target: Target, socket: Socket): Promise<void> {
  const reader = openReader(socket);
  await greet(proxy, socket, reader.take);
  await askForHost(proxy, target, socket, reader.take);
  reader.end();
}

type Take = (count: number) => Promise<Buffer>;

/** RFC 1928 §3 and RFC 1929. With a name, only with it: Tor keeps the streams of different names apart. */
async function greet(proxy: URL, socket: Socket, take: Take): Promise<void> {
  const method = proxy.username === '' ? 0 : 2;
  socket.write(Buffer.from([5, 1, method]));
  const [version, chosen] = await take(2);
  if (version !== 5) throw refused(proxy, 'it does not speak SOCKS5');
  if (chosen !== method)
    throw refused(proxy, method === 0 ? 'it wants a name and a password' : 'it takes no name and password');
  if (method === 0) return;
  const { name, password } = credentialsIn(proxy);
  socket.write(Buffer.concat([Buffer.from([1]), counted(name), counted(password)]));
  const [, verdict] = await take(2);
  if (verdict !== 0) throw refused(proxy, 'it wants another name and password');
}

/** RFC 1928 §4 and §6. */
async function askForHost(proxy: URL, { name, port }: Target, socket: Socket, take: Take): Promise<void> {
  socket.write(Buffer.concat([Buffer.from([5, 1, 0]), socksAddress(name), Buffer.from([port >> 8, port & 0xff])]));
  const [, reply = 1, , kind] = await take(4);
  const words = hostReplies.get(reply);
  if (words !== undefined) throw stopped('fetch/unreachable', `${words}, says the proxy (${name})`);
  if (reply !== 0) throw refused(proxy, `it does not connect us to ${name}:${port} (SOCKS reply ${reply})`);
  const bound = kind === 3 ? ((await take(1))[0] ?? 0) : kind === 4 ? 16 : 4;
  await take(bound + 2);
}

function refused(proxy: URL, why: string): Error {
  return stopped('fetch/proxy', `${why} (${proxy.host})`);
}

/** RFC 1928 §5: the kind of address, and the address. */
function socksAddress(name: string): Buffer {
  if (isIP(name) === 0) return Buffer.concat([Buffer.from([3]), counted(name)]);
  const bytes = addressBytes(name);
  return Buffer.from([bytes.length === 4 ? 1 : 4, ...bytes]);
}

/** A text with its length in a byte before it. */
function counted(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 255);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

/**
 * Takes bytes off a socket, so many and no more. A socket that ends before is the business of its `close`.
 * One listener throughout: Node calls a new one at once while there are bytes left, be they ever too few.
 */
function openReader(socket: Socket): { readonly take: Take; end(): void } {
  let wake = (): void => {};
  const onReadable = (): void => wake();
  socket.on('readable', onReadable);
  return {
    async take(count) {
      for (;;) {
        const bytes = socket.read(count) as Buffer | null;
        if (bytes?.length === count) return bytes;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    end: () => void socket.off('readable', onReadable),
  };
}

function credentialsIn({ username, password }: URL): { readonly name: string; readonly password: string } {
  return { name: decoded(username), password: decoded(password) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % is part of the password
  }
}
