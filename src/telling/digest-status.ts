/** How the digest of a section stands: the last one, whether it went out, when the next one closes; in a line for `relais status`. */
import type { ClosedDigest, DigestMailing } from '../digest-library.ts';
import type { Library } from '../library.ts';
import type { Config, Instant } from '../model.ts';
import { nextClosing } from '../publish/period.ts';

export interface DigestStatus {
  readonly section: string;
  readonly next: Instant;
  readonly last: (ClosedDigest & { readonly stories: number; readonly mails: readonly DigestMailing[] }) | undefined;
  /** Mails of older ones that have not gone out. */
  readonly stuck: readonly DigestMailing[];
}

/** @param library undefined before the first run */
export async function digestStatuses(
  config: Config,
  library: Library | undefined,
  now: Instant,
): Promise<DigestStatus[]> {
  const closed = (await library?.digests()) ?? [];
  const carrying = (await library?.carryingDigests()) ?? [];
  const mailings = (await library?.digestMailings()) ?? [];
  return config.sections.flatMap(({ id, digest }) => {
    if (digest === undefined) return [];
    const last = closed.findLast(({ section, end }) => section === id && end <= now);
    const own = mailings.filter(
      ({ section, address }) => section === id && digest.to.some((one) => one.address === address),
    );
    const stories = carrying.find(({ section, name }) => section === id && name === last?.name)?.stories.length ?? 0;
    return [
      {
        section: id,
        next: nextClosing(digest, config.site.timezone, now),
        last: last && { ...last, stories, mails: own.filter((one) => one.digest === last.name) },
        stuck: own.filter(({ digest: name, state }) => name !== last?.name && !done.has(state)),
      },
    ];
  });
}

const done: ReadonlySet<DigestMailing['state']> = new Set(['sent', 'empty']);

/** `Digest of calais: 12 Nov: nothing new, not sent; next 19 Nov, 07:00 (Europe/Paris)`, and a line for each mail in trouble. */
export function digestLines({ section, next, last, stuck }: DigestStatus, timeZone: string): string[] {
  const when = `next ${dayOf(next, timeZone)}, ${timeOf(next, timeZone)} (${timeZone})`;
  const was = last === undefined ? 'none yet' : `${dayOf(last.end, timeZone)}: ${whatOf(last)}`;
  const trouble = [...stuck, ...(last?.mails ?? [])].filter(({ state }) => !done.has(state));
  return [`Digest of ${section}: ${was}; ${when}`, ...trouble.map((mail) => troubleOf(mail, timeZone))];
}

function whatOf({ isEmpty, stories, mails }: NonNullable<DigestStatus['last']>): string {
  if (isEmpty) return 'nothing new, not sent';
  const count = `${stories} ${stories === 1 ? 'story' : 'stories'}`;
  if (mails.length === 0) return count;
  const sent = mails.filter(({ state }) => state === 'sent').length;
  if (sent === mails.length) return `${count}, sent to ${sent} ${sent === 1 ? 'address' : 'addresses'}`;
  if (mails.every(({ state }) => state === 'empty')) return 'all taken back, not sent';
  return `${count}, sent to ${sent} of ${mails.length} addresses`;
}

function troubleOf(
  { section, digest, address, state, tries, nextTry, answer = '' }: DigestMailing,
  timeZone: string,
): string {
  const mail = `→ ${digest} to ${address}`;
  const why = answer === '' ? '' : `: ${answer}`;
  if (state === 'waiting' && tries === 0) return `${mail} waits for the next run`;
  if (state === 'waiting') {
    const next = `${dayOf(nextTry, timeZone)}, ${timeOf(nextTry, timeZone)}`;
    return `${mail} was not sent (${tries} ${tries === 1 ? 'try' : 'tries'}), again from ${next} on${why}`;
  }
  const again = `. To send it again:  relais digest ${section} --send-again`;
  if (state === 'refused') return `${mail} was refused${why}${again}`;
  return `${mail} may have arrived or not${why}. Look whether it has; if not:  relais digest ${section} --send-again`;
}

function dayOf(instant: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short' }).format(instant);
}

function timeOf(instant: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(instant);
}

/** What a script is given. @param iso an instant as ISO 8601 */
export function digestJson(
  { section, next, last, stuck }: DigestStatus,
  iso: (at: Instant | undefined) => unknown,
): unknown {
  const mail = (one: DigestMailing): unknown => ({
    digest: one.digest,
    address: one.address,
    state: one.state,
    tries: one.tries,
    at: iso(one.at),
    nextTry: one.state === 'waiting' ? iso(one.nextTry) : undefined,
    answer: one.answer,
  });
  return {
    section,
    next: iso(next),
    last: last && {
      name: last.name,
      start: iso(last.start),
      end: iso(last.end),
      stories: last.stories,
      empty: last.isEmpty,
      mails: last.mails.map(mail),
    },
    stuck: stuck.map(mail),
  };
}
