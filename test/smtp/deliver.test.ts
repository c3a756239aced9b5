/** What is known of a mail after each way in which a server, or the line to it, can fail. */
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Delivered, deliver } from '../../src/smtp/deliver.ts';
import { openSink, refusal } from './sink.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const mail = {
  from: 'relay@news.example',
  to: 'list@lists.example',
  message: 'To: list@lists.example\r\nSubject: x\r\n\r\n.\r\n..\r\nFrom here\r\n',
};

/** A server that says what it is told to, line by line, and hangs up at `undefined`. */
async function rude(answers: (line: string) => string | undefined): Promise<string> {
  const server = createServer((socket: Socket) => {
    let heard = '';
    socket.on('error', () => undefined);
    socket.write('220 here\r\n');
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      for (let end = heard.indexOf('\r\n'); end >= 0; end = heard.indexOf('\r\n')) {
        const answer = answers(heard.slice(0, end));
        heard = heard.slice(end + 2);
        if (answer === undefined) socket.destroy();
        else if (answer !== '') socket.write(`${answer}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return `smtp://127.0.0.1:${(server.address() as { port: number }).port}`;
}

async function tried(url: string): Promise<Pick<Delivered, 'kind' | 'isAnswered'> & { handovers: number }> {
  let handovers = 0;
  const { kind, isAnswered } = await deliver(url, mail, async () => {
    handovers++;
  });
  return { kind, isAnswered, handovers };
}

describe('a mail', () => {
  test('arrives byte for byte, and its handover is told before it leaves', async () => {
    const order: string[] = [];
    const sink = await openSink({ onMail: () => void order.push('came') });
    closing.push(sink.close);
    const { kind } = await deliver(sink.url, mail, async () => void order.push('handover'));
    expect(kind).toBe('taken');
    expect(order).toEqual(['handover', 'came']);
    expect(sink.mails[0]).toMatchObject({ from: mail.from, to: [mail.to], raw: mail.message });
  });

  test.each([
    ['MAIL FROM', 421],
    ['MAIL FROM', 550],
    ['RCPT TO', 450],
    ['RCPT TO', 550],
    ['the message', 451],
    ['the message', 554],
  ])('whose server answers %s with %i', async (step, code) => {
    const no = refusal(code, 'no');
    const sink = await openSink({
      onMailFrom: (_address, _session, done) => done(step === 'MAIL FROM' ? no : null),
      onRcptTo: (_address, _session, done) => done(step === 'RCPT TO' ? no : null),
      onMail: () => {
        if (step === 'the message') throw no;
      },
    });
    closing.push(sink.close);
    expect(await tried(sink.url)).toEqual({
      kind: code >= 500 ? 'refused' : 'later',
      isAnswered: true,
      handovers: step === 'the message' ? 1 : 0,
    });
    expect(sink.mails).toEqual([]);
  });

  test('for which nobody is there', async () => {
    const sink = await openSink();
    await sink.close();
    expect(await tried(sink.url)).toEqual({ kind: 'later', isAnswered: false, handovers: 0 });
  });

  test.each([
    ['before it says what it can', 'EHLO', 'later', 0],
    ['at the sender', 'MAIL', 'later', 0],
    ['at the receiver', 'RCPT', 'later', 0],
    ['when it is to take the message', 'DATA', 'later', 0],
    ['when it has the message', '.', 'unclear', 1],
  ])('whose server hangs up %s', async (_when, at, kind, handovers) => {
    const url = await rude((line) => {
      if (line.startsWith(at) && (at !== '.' || line === '.')) return undefined;
      if (/^DATA/.test(line)) return '354 go on';
      return /^[A-Z]{4}/.test(line) ? '250 fine' : '';
    });
    expect(await tried(url)).toEqual({ kind, isAnswered: false, handovers });
  });

  test('is not sent where its handover cannot be noted', async () => {
    const sink = await openSink();
    closing.push(sink.close);
    const noting = deliver(sink.url, mail, () => Promise.reject(new Error('the disk is full')));
    await expect(noting).rejects.toThrow('the disk is full');
    expect(sink.mails).toEqual([]);
  });
});
