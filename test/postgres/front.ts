/**
 * A PostgreSQL inside this process behind a TCP port, so that any number of sessions can be had of it. There is but one that works
 * (PGlite knows no other way), and whoever is in a transaction has it to the end: a session that asks while another's transaction
 * is open waits for its end. Settings and the names of prepared statements are each session's own, as with a server
 * (https://www.postgresql.org/docs/current/protocol-message-formats.html).
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';

interface Session {
  readonly number: number;
  readonly socket: Socket;
  /** Statements that give it its settings. */
  readonly settings: string;
  readonly prepared: Set<string>;
}

interface Piece {
  readonly session: Session;
  /** Undefined when it has gone. */
  readonly messages: Buffer | undefined;
}

const idle = 'I';

/** @returns the port on loopback */
export async function openFront(database: Pick<PGlite, 'execProtocolRaw'>): Promise<number> {
  const waiting: Piece[] = [];
  let owner: Session | undefined;
  let last: Session | undefined;
  let isAtWork = false;
  let count = 0;

  const ask = async (messages: Buffer): Promise<Buffer> =>
    Buffer.from(await database.execProtocolRaw(messages, { syncToFs: false }));
  const next = (): Piece | undefined => {
    const at = owner === undefined ? 0 : waiting.findIndex(({ session }) => session === owner);
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  };
  const answer = async ({ session, messages }: Piece): Promise<void> => {
    if (messages === undefined) {
      if (owner === session) await ask(query('rollback'));
      await ask(closing(session.prepared));
      owner = undefined;
      return;
    }
    if (last !== session) await ask(query(session.settings));
    last = session;
    const answered = await ask(messages);
    owner = answered.toString('latin1', answered.length - 1) === idle ? undefined : session;
    session.socket.write(answered);
  };
  const work = async (): Promise<void> => {
    if (isAtWork) return;
    isAtWork = true;
    for (let piece = next(); piece !== undefined; piece = next()) await answer(piece);
    isAtWork = false;
  };

  const server = createServer((socket) => {
    let session: Session | undefined;
    let unread = Buffer.alloc(0);
    let gathered: Buffer[] = [];
    const begin = (message: Buffer): void => {
      if (message.readInt32BE(4) !== protocol) return void socket.write('N'); // no TLS
      session = { number: ++count, socket, settings: settingsIn(message), prepared: new Set() };
      socket.write(greeting);
    };
    const take = (own: Session, message: Buffer): void => {
      const type = String.fromCharCode(message[0] ?? 0);
      if (type === 'X') return void socket.end();
      gathered.push(named(own, type, message));
      if (type !== 'S' && type !== 'Q') return;
      waiting.push({ session: own, messages: Buffer.concat(gathered) });
      gathered = [];
      void work();
    };
    socket.setNoDelay();
    socket.on('data', (bytes) => {
      unread = Buffer.concat([unread, bytes]);
      for (;;) {
        const lengthAt = session === undefined ? 0 : 1;
        if (unread.length < lengthAt + 4) return;
        const length = lengthAt + unread.readInt32BE(lengthAt);
        if (unread.length < length) return;
        const message = unread.subarray(0, length);
        unread = unread.subarray(length);
        if (session === undefined) begin(message);
        else take(session, message);
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (session === undefined) return;
      waiting.push({ session, messages: undefined });
      void work();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const protocol = 196_608;

/** What a client asks for as it begins: `-c name=value …` among its options. */
function settingsIn(message: Buffer): string {
  const words = message.toString('utf8', 8).split('\0');
  const options = words[words.indexOf('options') + 1] ?? '';
  const sets = [...options.matchAll(/-c (\w+)=(\S+)/g)].map(([, name = '', value = '']) =>
    name === 'search_path' ? `set search_path to ${value}` : `set ${name} to '${value}'`,
  );
  return ['reset all', ...sets].join(';');
}

/** Where the name of a prepared statement begins, by the type of message. */
function nameAt(type: string, message: Buffer): number | undefined {
  if (type === 'P') return 5;
  if (type === 'B') return message.indexOf(0, 5) + 1;
  const isOfStatement = (type === 'D' || type === 'C') && message[5] === 'S'.charCodeAt(0);
  return isOfStatement ? 6 : undefined;
}

/** The same message with the session's own name for a prepared statement. */
function named({ number, prepared }: Session, type: string, message: Buffer): Buffer {
  const at = nameAt(type, message);
  if (at === undefined || message[at] === 0) return message;
  const name = `${number} ${message.toString('utf8', at, message.indexOf(0, at))}`;
  prepared.add(name);
  return made(type, message.subarray(5, at), name, message.subarray(message.indexOf(0, at)));
}

function made(type: string, ...parts: readonly (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const query = (words: string): Buffer => made('Q', words, '\0');
const closing = (names: Iterable<string>): Buffer =>
  Buffer.concat([...[...names].map((name) => made('C', 'S', name, '\0')), made('S')]);

/** Come in; and it waits for a question. */
const greeting = Buffer.concat([
  made('R', Buffer.alloc(4)),
  made('S', 'client_encoding\0UTF8\0'),
  made('K', Buffer.alloc(8)),
  made('Z', idle),
]);
