/** What tests tell the server beside what Relais does there, and what stands between the two when the way is cut. */
import { connect, createServer, type Socket } from 'node:net';
import { openSession, placeOf } from '../src/store/postgres-session.ts';

/** @param words in the schema that the address names */
export async function tellServer(
  address: string,
  words: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const session = openSession(placeOf(address), 'test');
  try {
    return (await session.say(words)).rows;
  } finally {
    await session.close();
  }
}

/** For tests that are done with theirs. */
export async function dropSchema(address: string): Promise<void> {
  await tellServer(address, `drop schema if exists "${placeOf(address).schema}" cascade`);
}

export interface Way {
  /** The same database, over a way that can be cut. */
  readonly address: string;
  cut(): void;
  /** Leads to the server at that port of this machine from now on, and cuts all that lead elsewhere. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

export async function openWay(address: string): Promise<Way> {
  const { hostname, port } = new URL(address);
  let target = Number(port);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {}).on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = new URL(address);
  own.host = `127.0.0.1:${(server.address() as { port: number }).port}`;
  const cut = (): void => {
    for (const one of sockets) one.destroy();
    sockets.clear();
  };
  return {
    address: own.href,
    cut,
    leadTo(other) {
      target = other;
      cut();
    },
    close() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
