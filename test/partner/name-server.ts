/** A name server on loopback (RFC 1035), whose answers are scripted by name. It knows IPv4 addresses only, unless told. */
import { createSocket } from 'node:dgram';
import { isIPv4 } from 'node:net';

/** Addresses of a name; `unknown` for a name that does not exist, `broken` for SERVFAIL, `silent` for no answer at all. */
export type Known = readonly string[] | 'unknown' | 'broken' | 'silent';

export interface NameServer {
  /** `127.0.0.1:port`, as `setServers` takes it. */
  readonly address: string;
  /** Names asked for, each once. */
  readonly asked: ReadonlySet<string>;
  close(): Promise<void>;
}

const codes = { unknown: 3, broken: 2 };
const ipv4Type = 1;
const ipv6Type = 28;

/** Starts it on a free port. @param know what it says of a name, and of a family where they differ */
export async function startNameServer(know: (name: string, family: 4 | 6) => Known): Promise<NameServer> {
  const asked = new Set<string>();
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { name, end, type } = questionIn(query);
    asked.add(name);
    const known = know(name, type === ipv6Type ? 6 : 4);
    if (known === 'silent') return;
    const addresses = typeof known === 'string' ? [] : known.filter((one) => isIPv4(one) === (type === ipv4Type));
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (typeof known === 'string' ? codes[known] : 0), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(addresses.length, 6);
    socket.send(Buffer.concat([head, query.subarray(12, end), ...addresses.map(recordOf)]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function questionIn(query: Buffer): { readonly name: string; readonly end: number; readonly type: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 5, type: query.readUInt16BE(at + 1) };
}

/** The name by a pointer to the question, class IN, a minute to live. */
function recordOf(address: string): Buffer {
  const bytes = isIPv4(address)
    ? address.split('.').map(Number)
    : address.split(':').flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff]);
  return Buffer.from([
    0xc0,
    12,
    0,
    isIPv4(address) ? ipv4Type : ipv6Type,
    0,
    1,
    0,
    0,
    0,
    60,
    0,
    bytes.length,
    ...bytes,
  ]);
}
