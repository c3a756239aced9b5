/** A real SMTP server on loopback that keeps what it is given, each mail as it stood on the wire and as mailparser reads it. */
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Sink {
  readonly url: string;
  readonly mails: readonly Taken[];
  close(): Promise<void>;
}

export interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly parsed: ParsedMail;
}

interface SinkOptions extends Pick<SMTPServerOptions, 'onRcptTo' | 'onMailFrom'> {
  /** Called when a mail has come whole, before the server answers; what it throws is the answer. */
  readonly onMail?: (mail: Taken) => void | Promise<void>;
  readonly port?: number;
}

/** An answer that is not "taken". */
export function refusal(code: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode: code });
}

export async function openSink({ onMail, port = 0, ...handlers }: SinkOptions = {}): Promise<Sink> {
  const mails: Taken[] = [];
  const server = new SMTPServer({
    ...handlers,
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 100,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const bytes = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: bytes.toString('latin1'),
          parsed: await simpleParser(bytes),
        };
        try {
          await onMail?.(mail);
          mails.push(mail);
          callback();
        } catch (error) {
          callback(error as Error);
        }
      });
    },
  });
  server.on('error', () => undefined); // clients that break off are what some tests are about
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
