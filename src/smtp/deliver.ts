/**
 * One finished mail to one address over SMTP, by nodemailer. What matters is what is known afterwards: taken, not taken, or
 * neither. The message is given to the server only after it has said that it wants it (RFC 5321 §4.1.1.4), and who sends it
 * hears of that moment: whatever goes wrong before it has sent nothing.
 */
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';

export interface Delivery {
  /** Where bounces go. */
  readonly from: string;
  readonly to: string;
  /** Headers and body, lines ended by CRLF. */
  readonly message: string;
}

export interface Delivered {
  /** `later`: certainly not sent, and worth another try; `unclear`: the connection broke between the message and the answer. */
  readonly kind: 'taken' | 'refused' | 'later' | 'unclear';
  /** What the server said, or why there was no answer. */
  readonly answer: string;
  /** The server was there and answered. */
  readonly isAnswered: boolean;
}

const timeoutMs = 30_000;
/** RFC 5321 §4.5.3.2 wants ten minutes after the message, in which a server may look it over. */
const silenceMs = 10 * 60_000;

/**
 * @param smtp `smtp://user:password@host:port` or `smtps://…`
 * @param onHandover awaited before the first byte of the message leaves
 * @throws what `onHandover` throws; then nothing was sent
 */
export async function deliver(
  smtp: string,
  { from, to, message }: Delivery,
  onHandover: () => Promise<void>,
): Promise<Delivered> {
  const transport = createTransport(smtp, {
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[1]);
  const cut = new AbortController();
  let isHandedOver = false;
  let failure: { readonly error: unknown } | undefined;
  async function* handover(): AsyncGenerator<string> {
    try {
      await onHandover();
    } catch (error) {
      failure = { error };
      cut.abort(); // else the server would wait for the message until it loses patience
      return;
    }
    isHandedOver = true;
    yield message;
  }
  transport.use('stream', (mail, done) => {
    // Read by nodemailer once the server has answered 354 to DATA, and not before.
    mail.message.processFunc(() => Readable.from(handover()));
    done();
  });
  try {
    const info = await transport.sendMail({ envelope: { from, to: [to] }, raw: message, signal: cut.signal } as object);
    return { kind: 'taken', answer: String((info as { response?: unknown }).response ?? ''), isAnswered: true };
  } catch (error) {
    if (failure !== undefined) throw failure.error;
    return failed(error as Error & { responseCode?: number; command?: string }, isHandedOver);
  } finally {
    transport.close();
  }
}

/** Steps at which a refusal is about this mail; before them it is about us or about the server, and may pass. */
const aboutTheMail = /^(MAIL FROM|RCPT TO|DATA)$/;

function failed(
  { message, responseCode, command }: Error & { responseCode?: number; command?: string },
  isHandedOver: boolean,
): Delivered {
  const answer = message.replace(/\s+/g, ' ').slice(0, 300);
  if (responseCode === undefined) return { kind: isHandedOver ? 'unclear' : 'later', answer, isAnswered: false };
  const isForGood = responseCode >= 500 && aboutTheMail.test(command ?? '');
  return { kind: isForGood ? 'refused' : 'later', answer, isAnswered: true };
}
