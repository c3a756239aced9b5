/** A mail server on loopback that takes every mail and keeps it: enough of SMTP (RFC 5321) for one client at a time. */
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

export interface MailServer {
  readonly url: string;
  /** Whole messages as they stood on the wire, dot-stuffing undone. */
  readonly mails: readonly string[];
  close(): Promise<void>;
}

/** @param refusal answered to DATA in place of taking the mail */
export async function startMailServer(refusal?: string): Promise<MailServer> {
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let heard = '';
    let isData = false;
    socket.setEncoding('utf8').write('220 ready\r\n');
    socket.on('error', () => socket.destroy());
    socket.on('data', (text: string) => {
      heard += text;
      for (;;) {
        const end = isData ? heard.indexOf('\r\n.\r\n') : heard.indexOf('\r\n');
        if (end < 0) return;
        const said = heard.slice(0, end);
        heard = heard.slice(end + (isData ? 5 : 2));
        if (isData) {
          mails.push(said.replace(/^\.\./gm, '.'));
          isData = false;
          socket.write('250 taken\r\n');
        } else if (/^DATA/i.test(said) && refusal === undefined) {
          isData = true;
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(said)) socket.end('221 bye\r\n');
        else socket.write(/^DATA/i.test(said) ? `${refusal}\r\n` : '250 fine\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
