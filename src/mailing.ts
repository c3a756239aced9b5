/**
 * The mails of digests that have closed: each to its address, once. A mail is noted before it is given to the server and
 * again when that has answered. What was being given when the process died may have arrived, so it is not sent again before the
 * maintainer has looked: a list that hears the same twice is annoyed, and a maintainer who is asked is not.
 */
import type { DigestMailing } from './digest-library.ts';
import type { Clock, SiteFolder } from './edges.ts';
import type { Library } from './library.ts';
import type { Config, DigestReceiver, Instant, News, Section } from './model.ts';
import { mailAddressIn, senderIn, withReceiver } from './publish/digest-mail.ts';
import { digestPath } from './publish/period.ts';
import type { deliver as Deliver, Delivered } from './smtp/deliver.ts';

export interface MailingEdges {
  readonly clock: Clock;
  readonly library: Library;
  readonly folder: Pick<SiteFolder, 'read'>;
  /** Undefined for the server that the settings name. */
  readonly deliver?: typeof Deliver | undefined;
}

export interface MailingReport {
  /** Mails that a server has taken. */
  readonly sent: readonly DigestMailing[];
  /** What does not go out, and has not been told before. */
  readonly news: readonly News[];
}

const minuteMs = 60_000;
/** Until the next try, by how many there were. */
const pausesMs = [1, 5, 15, 60, 120, 240, 360].map((minutes) => minutes * minuteMs);
/** RFC 5321 §4.5.4.1: a sender gives up after four or five days. */
const patienceMs = 5 * 24 * 60 * minuteMs;
/** A server that is down for a moment, or wants to be asked twice (greylisting), is no news. */
const passingMs = 60 * minuteMs;

/**
 * Sends what is due, the oldest digest first. To be called with the lease, once the site is as it is to be: what is sent is the
 * mail that was published.
 * @param early id of a section whose mails do not wait for their next try
 */
export async function mailDigests(
  config: Config,
  { clock, library, folder, deliver }: MailingEdges,
  early?: string,
): Promise<MailingReport> {
  const report: { sent: DigestMailing[]; news: News[] } = { sent: [], news: [] };
  const note = async (mailing: DigestMailing, section: Section): Promise<void> => {
    const words = mailing.isTold ? undefined : troubleWords(mailing, clock.now());
    await library.noteMailing({ ...mailing, isTold: mailing.isTold || words !== undefined });
    if (words === undefined) return;
    const { title, id } = section;
    const news = { sourceKey: `${id}/digest`, source: title, kind: 'digest', at: clock.now(), words } as const;
    await library.addNews([news]);
    report.news.push(news);
  };
  let isDown = false;
  for (const mailing of await library.digestMailings()) {
    const section = config.sections.find(({ id }) => id === mailing.section);
    const receiver = section?.digest?.to.find(({ address }) => address === mailing.address);
    if (section === undefined || receiver === undefined) continue; // the maintainer wants it no more
    if (mailing.state === 'sending')
      await note({ ...mailing, state: 'unclear', at: clock.now(), answer: died }, section);
    else if (mailing.state === 'unclear' && !mailing.isTold) await note(mailing, section);
    const isDue = mailing.state === 'waiting' && (section.id === early || mailing.nextTry <= clock.now());
    if (!isDue || isDown) continue;
    const file = await folder.read(`${digestPath(section, { name: mailing.digest })}digest.eml`);
    if (file === undefined) {
      await note({ ...mailing, state: 'empty', at: clock.now() }, section);
      continue;
    }
    const onHandover = (): Promise<void> => note({ ...mailing, state: 'sending', at: clock.now() }, section);
    const delivered = await send(config, receiver, file, onHandover, deliver);
    const after = afterwards(mailing, delivered, clock.now());
    await note(after, section);
    if (after.state === 'sent') report.sent.push(after);
    isDown = !delivered.isAnswered;
  }
  return report;
}

const died = 'Relais ended before the answer of the mail server was noted';
const noServer: Delivered = { kind: 'later', answer: 'RELAIS_SMTP_URL is not set', isAnswered: false };

async function send(
  { smtp, site }: Config,
  receiver: DigestReceiver,
  file: string,
  onHandover: () => Promise<void>,
  given?: MailingEdges['deliver'],
): Promise<Delivered> {
  if (smtp === undefined) return noServer;
  const deliver = given ?? (await import('./smtp/deliver.ts')).deliver;
  const message = withReceiver(file, receiver, mailAddressIn(site.contact));
  const from = senderIn(file) ?? receiver.address;
  return await deliver(smtp, { from, to: receiver.address, message }, onHandover);
}

/** Mails a draft to one address, of which nothing is noted. @param file as published, made out to nobody */
export async function mailTest(config: Config, address: string, file: string): Promise<Delivered> {
  // Under the name of the digest itself it would keep the real one from whoever has both.
  const renamed = file.replace(/^Message-ID: </im, (start) => `${start}test.`);
  return await send(config, { address, isList: false, isAutoSubmitted: true }, renamed, () => Promise.resolve());
}

const states = { taken: 'sent', refused: 'refused', later: 'waiting', unclear: 'unclear' } as const;

function afterwards(mailing: DigestMailing, { kind, answer }: Delivered, now: Instant): DigestMailing {
  const firstTry = mailing.firstTry ?? now;
  const tries = mailing.tries + 1;
  const isTooLate = kind === 'later' && now - firstTry >= patienceMs;
  return {
    ...mailing,
    state: isTooLate ? 'refused' : states[kind],
    tries,
    firstTry,
    nextTry: now + (pausesMs[Math.min(tries, pausesMs.length) - 1] ?? 0),
    at: now,
    answer: isTooLate ? `given up after five days: ${answer}` : answer,
  };
}

/** @returns undefined while there is nothing to tell */
function troubleWords(
  { state, digest, section, address, answer, firstTry }: DigestMailing,
  now: Instant,
): string | undefined {
  const what = `the digest ${digest} to ${address}`;
  const again = `relais digest ${section} --send-again`;
  if (state === 'unclear')
    return `Nobody knows whether ${what} has arrived: ${answer}. It is not sent again by itself. Look whether it is there; if not:  ${again}`;
  if (state === 'refused')
    return `${what} was refused: ${answer}. It is not tried again by itself. When that is mended:  ${again}`;
  if (state !== 'waiting' || now - (firstTry ?? now) < passingMs) return undefined;
  return `${what} cannot be sent: ${answer}. It is tried again for five days. Look at RELAIS_SMTP_URL, or ask whoever runs the mail server.`;
}

/**
 * Puts back what was refused or may have been sent, of the newest digest of a section, so that the next run sends it again. Needs
 * no lease: what is noted as being sent may be just that, and is left alone.
 * @returns how many mails wait now
 */
export async function sendAgain(
  section: string,
  { clock, library }: Pick<MailingEdges, 'clock' | 'library'>,
): Promise<number> {
  const now = clock.now();
  const all = await library.digestMailings(section);
  const newest = all.at(-1)?.digest;
  const stuck = all.filter(({ digest, state }) => digest === newest && (state === 'unclear' || state === 'refused'));
  for (const mailing of stuck)
    await library.noteMailing({
      ...mailing,
      state: 'waiting',
      tries: 0,
      firstTry: undefined,
      nextTry: now,
      at: now,
      answer: undefined,
      isTold: false,
    });
  return stuck.length;
}
