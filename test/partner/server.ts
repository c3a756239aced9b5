/**
 * A fake partner: a real HTTP server on loopback whose answers are scripted per address and per visit, and which
 * remembers what it was asked. For servers that break HTTP itself there is a bare socket.
 */
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer, type Socket } from 'node:net';

/** What was asked, in order. Header names in lower case; `rawHeaders` as they stood on the wire. */
export interface PartnerRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawHeaders: readonly string[];
}

export interface Partner {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  readonly requests: readonly PartnerRequest[];
  /** Those for the file in which it says what it wishes, which come once a day beside all others. */
  readonly wishRequests: readonly PartnerRequest[];
  close(): Promise<void>;
}

/** A whole answer, a text for a 200, or a function that writes it. */
export type Answer =
  | string
  | {
      readonly status?: number;
      readonly headers?: OutgoingHttpHeaders;
      readonly body?: string | Uint8Array;
    }
  | RequestListener;

/** Answers by path (with query, else without); a list is one answer a visit, the last for all further ones. Others: 404. */
export type Script = Readonly<Record<string, Answer | readonly Answer[]>>;

/**
 * Starts a partner on a free port of 127.0.0.1. Close it when the test ends.
 * @param wishes answers for the file in which it says what it wishes; without it there is none
 * @example await startPartner({ '/feed': [{ body: feed, headers: { ETag: '"1"' } }, { status: 304 }], '/old': { status: 410 } })
 */
export async function startPartner(script: Script | RequestListener, wishes?: RequestListener): Promise<Partner> {
  const requests: PartnerRequest[] = [];
  const wishRequests: PartnerRequest[] = [];
  const visits = new Map<string, number>();
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers, rawHeaders } = request;
    const isWish = path === '/.well-known/relais.json';
    (isWish ? wishRequests : requests).push({ method, path, headers, rawHeaders });
    if (isWish) wishes === undefined ? response.writeHead(404).end() : wishes(request, response);
    else if (typeof script === 'function') script(request, response);
    else answer(answerFor(script, path, visits), request, response);
  });
  const url = await listen(server);
  return {
    url,
    requests,
    wishRequests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerFor(script: Script, path: string, visits: Map<string, number>): Answer {
  const [plain = path] = path.split('?', 1);
  const known = [path, plain].find((key) => Object.hasOwn(script, key));
  const scripted = known === undefined ? undefined : script[known];
  if (known === undefined || scripted === undefined) return { status: 404 };
  if (!Array.isArray(scripted)) return scripted as Answer;
  const list: readonly Answer[] = scripted;
  const visit = visits.get(known) ?? 0;
  visits.set(known, visit + 1);
  return list[Math.min(visit, list.length - 1)] ?? { status: 404 };
}

function answer(scripted: Answer, request: IncomingMessage, response: ServerResponse): void {
  if (typeof scripted === 'function') {
    scripted(request, response as Parameters<RequestListener>[1]);
    return;
  }
  const { status = 200, headers = {}, body = '' } = typeof scripted === 'string' ? { body: scripted } : scripted;
  response.writeHead(status, headers).end(body);
}

/** A server that speaks bytes: `speak` gets each connection once the first bytes of a request have come. */
export async function startBarePartner(speak: (socket: Socket) => void): Promise<Partner> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy()); // the client hanging up is often the point of the test
    socket.once('data', () => speak(socket));
  });
  const url = await listen(server);
  return {
    url,
    requests: [],
    wishRequests: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listen(server: Server | ReturnType<typeof createSocketServer>): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}
