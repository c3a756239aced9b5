/** A letter to the maintainer over SMTP, by nodemailer; what goes wrong becomes a Problem. */
import { createTransport } from 'nodemailer';
import type { MailReport } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import { mailHeader } from '../text/safe.ts';
import type { Letter } from './summary.ts';

const timeoutMs = 30_000;

/**
 * Sends one mail to all addresses. SMTP cannot tell a mail that was lost from an answer that was lost: a connection that
 * breaks after the last line may bring the same mail again, under the same Message-ID.
 * @returns undefined once the server has taken it. Problems: report/mail-failed
 */
export async function sendLetter(letter: Letter, { to, from, smtp }: MailReport): Promise<Problem | undefined> {
  const transport = createTransport(smtp, {
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[1]);
  try {
    await transport.sendMail({
      from: mailHeader(from),
      to: to.map(mailHeader),
      subject: mailHeader(letter.subject),
      text: letter.text,
      messageId: `<${letter.messageId}>`,
      headers: { 'Auto-Submitted': 'auto-generated' }, // RFC 3834: no holiday answers
    });
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return problem('report/mail-failed', {}, `${new URL(smtp).host}: ${said}`);
  } finally {
    transport.close();
  }
}
