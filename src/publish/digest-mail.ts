/**
 * A digest as text and HTML into a mail-ready file (RFC 5322, MIME multipart/alternative) that any mail program or
 * list can send. The same digest gives the same bytes: boundary and date come from what is passed in.
 */
import { createHash } from 'node:crypto';
import type { DigestReceiver, Instant } from '../model.ts';
import { mailHeader, xmlText } from '../text/safe.ts';
import { linkUrl } from '../text/url.ts';

export interface DigestMail {
  readonly subject: string;
  /** `name <address>` or an address. */
  readonly from: string;
  /** May be empty: whoever sends the file then says to whom. */
  readonly to: readonly string[];
  readonly text: string;
  readonly html: string;
  /** Unique for section and week, so that a mail sent twice is one mail to its readers (RFC 5322 §3.6.4). */
  readonly messageId: string;
  readonly date: Instant;
  /** RFC 2919 identifier without angle brackets, `calais.news.example`. */
  readonly listId?: string | undefined;
  /** RFC 5064: the digest's page. */
  readonly archivedAt?: string | undefined;
}

/** Longer values would not fit the 998 octets of a line (RFC 5322 §2.1.1), and these headers are not folded. */
const maxHeaderValue = 900;

/**
 * Builds the file: text part first (RFC 2046 §5.1.4), UTF-8, lines ended by CRLF. No Auto-Submitted:
 * lists run by Sympa drop such mail without a word. No header names the program.
 */
export async function buildDigestMail(mail: DigestMail): Promise<string> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    subject: mailHeader(mail.subject),
    from: mailHeader(mail.from),
    to: mail.to.map(mailHeader),
    messageId: `<${mail.messageId.replace(/[^\x21-\x7e]|[<>]/g, '').slice(0, maxHeaderValue)}>`,
    date: new Date(mail.date),
    text: part(mail.text),
    html: part(mail.html),
    headers: headersOf(mail),
    textEncoding: 'quoted-printable',
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 32),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return (await composer.compile().build()).toString('utf8');
}

/**
 * As quoted-printable, in which people can read what is Latin; a text of other letters is half as long in base64, and a mail
 * of twenty of them would else be clipped.
 */
function part(text: string): { readonly content: string; readonly contentTransferEncoding: Encoding } {
  const content = body(text);
  const bytes = Buffer.byteLength(content);
  let others = 0;
  for (const byte of Buffer.from(content)) if (byte > 0x7e || byte === 0x3d) others++;
  const isShorter = (bytes * 4) / 3 < bytes + 2 * others;
  return { content, contentTransferEncoding: isShorter ? 'base64' : 'quoted-printable' };
}

/** @returns what is a bare address, `tech@example.org`; undefined for a web address, or for what a header cannot hold */
export function mailAddressIn(contact: string | undefined): string | undefined {
  return contact !== undefined && /^[!-'*+\-./0-9=?A-Z^-~]{1,64}@[A-Za-z0-9.[\]:-]{1,255}$/.test(contact)
    ? contact
    : undefined;
}

/** A CR or LF that stands alone ends a line for some programs and not for others (RFC 5322 §2.3 has neither). */
function body(text: string): string {
  return xmlText(text).replace(/\r\n?|\n/g, '\r\n');
}

type Encoding = 'base64' | 'quoted-printable';

interface PreparedHeader {
  readonly key: string;
  /** `prepared`: written as it is; encoded or folded, an address in angle brackets would be none any more. */
  readonly value: { readonly prepared: true; readonly value: string };
}

/** Only characters that are safe unencoded are let in, so neither value can end its line. */
function headersOf({ listId, archivedAt }: DigestMail): PreparedHeader[] {
  const id = listId?.replace(/[^A-Za-z0-9._-]/g, '') ?? '';
  const page = archivedAt === undefined ? undefined : linkUrl(archivedAt);
  const values: readonly (readonly [string, string])[] = [
    ['List-Id', id],
    ['Archived-At', page?.replace(/[^\x21-\x7e]|[<>]/g, encodeURIComponent) ?? ''],
  ];
  return values
    .filter(([, value]) => value !== '' && value.length <= maxHeaderValue)
    .map(([key, value]) => ({ key, value: { prepared: true, value: `<${value}>` } }));
}

/**
 * The mail of a digest made out to somebody. A list says itself how its members leave it; to a person we do, by mail alone: a
 * List-Unsubscribe-Post wants an https address beside it (RFC 8058), and there is none.
 * @param file as buildDigestMail made it, without a receiver
 * @param contact who takes people off
 */
export function withReceiver(file: string, receiver: DigestReceiver, contact: string | undefined): string {
  const { address, isList, isAutoSubmitted } = receiver;
  const headers = [
    `To: ${mailHeader(address)}`,
    ...(isAutoSubmitted ? ['Auto-Submitted: auto-generated'] : []), // RFC 3834
    ...(isList || contact === undefined ? [] : [`List-Unsubscribe: <mailto:${contact}?subject=unsubscribe>`]),
  ];
  return `${headers.join('\r\n')}\r\n${file}`;
}

/** The address that a mail is from, as its headers say. */
export function senderIn(file: string): string | undefined {
  const [head = ''] = file.split('\r\n\r\n', 1);
  const from = /^From:((?:.*\r\n[ \t])*.*)/im.exec(head)?.[1]?.trim();
  return mailAddressIn(/<([^<>]+)>$/.exec(from ?? '')?.[1] ?? from);
}
