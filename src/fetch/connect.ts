/** A way to a host becomes a socket to speak HTTP on: straight or through a proxy, encrypted where the address says so. */
import { isIP, type LookupFunction, connect as openPlain, type Socket, type TcpNetConnectOpts } from 'node:net';
import type { ConnectionOptions, PeerCertificate, TLSSocket } from 'node:tls';
import type { Instant, ServerMarks } from '../model.ts';
import type { Context } from './authority.ts';
import type { IpAddress } from './names.ts';
import { connectToProxy, openTunnel } from './proxy.ts';
import type { Route } from './route.ts';
import type { Watch } from './watch.ts';

/**
 * Opens it; it may still be under way. Everything that goes wrong with it, then or later, goes to the watch, and so
 * does its end.
 * @param context the authorities to believe
 */
export function openSocket(route: Route, context: Context, watch: Watch): Socket | Promise<Socket> {
  return route.isSecure ? openSecureSocket(route, context, watch) : openPlainSocket(route, watch);
}

async function openSecureSocket(route: Route, context: Context, watch: Watch): Promise<Socket> {
  const { connect } = await import('node:tls');
  const options: ConnectionOptions = {
    host: route.name,
    ...(isIP(route.name) === 0 ? { servername: route.name } : {}),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: true, // said aloud: the environment must not undo it
    secureContext: await context(),
  };
  // Node tries addresses one after the other only on sockets that it opens itself.
  const socket =
    route.kind === 'direct'
      ? connect({ ...options, ...connectionTo(route) })
      : connect({ ...options, socket: await openPlainSocket(route, watch) });
  return watched(socket, 'secureConnect', watch);
}

function openPlainSocket(route: Route, watch: Watch): Socket | Promise<Socket> {
  if (route.kind === 'direct') return watched(openPlain(connectionTo(route)), 'connect', watch);
  if (route.kind === 'passed-on') return watched(connectToProxy(route.proxy, watch), 'connect', watch);
  return openTunnel(route.proxy, route, watch).then((socket) => {
    if (!route.isSecure) watch.enter('waiting');
    return socket;
  });
}

function watched(socket: Socket, whenReady: 'connect' | 'secureConnect', watch: Watch): Socket {
  // Once an answer has begun, it tells by itself whether it is whole; what happens to the socket then is no matter.
  socket.on('error', (error) => watch.phase() === 'reading' || watch.fail(error));
  socket.once(whenReady, () => watch.enter('waiting'));
  watch.atEnd(() => socket.destroy());
  return socket;
}

/** To the addresses that were checked and to no others. */
function connectionTo({ addresses, port }: Route & { readonly kind: 'direct' }): TcpNetConnectOpts {
  const [first] = addresses;
  if (first !== undefined && addresses.length === 1) return { host: first.address, port };
  return {
    host: 'checked', // looked up below, and nowhere else
    port,
    lookup: answering(addresses),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 2_500, // Node's quarter of a second gives up on hosts at the far end of a slow line
  };
}

function answering(addresses: readonly IpAddress[]): LookupFunction {
  return (_name, options, done) => {
    const [first] = addresses;
    if (options.all === true) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family ?? 4);
  };
}

/**
 * What can be told of the server at the other end.
 * @param software its `Server` header
 */
export function marksOf(socket: Socket, route: Route, software: string | undefined): ServerMarks {
  return {
    address: route.kind === 'direct' ? socket.remoteAddress : undefined,
    tlsIssuer: isEncrypted(socket) ? issuerOf(socket.getPeerCertificate()) : undefined,
    software,
  };
}

/** When the certificate of the server at the other end ends; undefined without encryption, or where it does not say. */
export function certificateEnd(socket: Socket): Instant | undefined {
  // Not as an X509Certificate: in Node 20 that leaves getPeerCertificate() nothing to give.
  const shown: Partial<PeerCertificate> = isEncrypted(socket) ? socket.getPeerCertificate() : {};
  const end = Date.parse(shown.valid_to ?? '');
  return Number.isNaN(end) ? undefined : end;
}

function isEncrypted(socket: Socket): socket is TLSSocket {
  return 'encrypted' in socket;
}

/** Certificates may name several organisations; an empty one names none. */
function issuerOf({ issuer }: Partial<PeerCertificate>): string | undefined {
  const named: string | string[] | undefined = issuer?.O ?? issuer?.CN;
  return Array.isArray(named) ? named.join(', ') : named;
}
