/**
 * Closing digests: when one is due, which stories it carries, and noting both. A story comes into the first digest that
 * closes after readers could see it, and into no other; a night that was slept through moves nothing out of it.
 */
import { type CarryingDigest, type ClosedDigest, type DigestMailing, digestsUnknownUntil } from './digest-library.ts';
import type { Library } from './library.ts';
import type { Instant, Section } from './model.ts';
import { freeName, lastPeriod, nameAt, type Period } from './publish/period.ts';
import { announcedIn, openedAt } from './publish/selection.ts';
import type { Listed, Supply } from './publish/supply.ts';
import { dayMs } from './text/wall-clock.ts';

/** What comes to us late is told in the next digest; older than this it is no news. */
const latestMs = 31 * dayMs;

export type DigestsBySection = ReadonlyMap<string, readonly CarryingDigest[]>;

interface ClosingOptions {
  /** Id of the section whose digest is to close now, whatever its schedule. */
  readonly early?: string | undefined;
  /** Names of the parts that are on the site. */
  readonly published: readonly string[];
}

/**
 * Closes what is due, or the digest of one section before its time.
 * @returns all that were made, with the stories they carried
 */
export async function closeDigests(
  supply: Omit<Supply, 'digests'>,
  library: Library,
  { early, published }: ClosingOptions,
): Promise<DigestsBySection> {
  const carrying = bySection(await library.carryingDigests());
  const { closed, config, now } = supply;
  const unknownUntil = Number((await library.fact(digestsUnknownUntil)) ?? 0);
  let hasClosed = false;
  for (const section of config.sections) {
    let own = closed.filter((one) => one.section === section.id);
    if (own.length === 0) {
      own = await noteEarlier(section, published, supply, library);
      hasClosed ||= own.length > 0;
    }
    const due = dueDigest(section, own, { timezone: config.site.timezone, now, isEarly: early === section.id });
    if (due === undefined) continue;
    const stories = await storiesFor(due, section, { supply, library, carried: carrying.get(section.id) ?? [] });
    const mails = mailsOf(section, due.period.end <= unknownUntil);
    if (early === section.id && stories.length === 0) continue; // nothing to send is no reason to note anything
    await library.closeDigest({ section: section.id, ...due.period }, stories, mails, now);
    hasClosed = true;
  }
  return hasClosed ? bySection(await library.carryingDigests()) : carrying;
}

/** @param isDoubtful they may have gone out before a copy of the database was put back: the maintainer is asked */
function mailsOf({ digest }: Section, isDoubtful: boolean): Pick<DigestMailing, 'address' | 'state' | 'answer'>[] {
  const addresses = [...new Set(digest?.to.map(({ address }) => address))];
  return addresses.map((address) =>
    isDoubtful
      ? { address, state: 'unclear', answer: 'a copy of the database was put back since' }
      : { address, state: 'waiting', answer: undefined },
  );
}

/** Weeks further back are forgotten. */
const mostWeeks = 520;

/** Weekly digests that were published before anybody noted what they carried: by the dates of their stories, as they were made. */
async function noteEarlier(
  section: Section,
  published: readonly string[],
  supply: Omit<Supply, 'digests'>,
  library: Library,
): Promise<ClosedDigest[]> {
  const prefix = `${section.id}/digest/`;
  const weekly = /^\d{4}-W\d\d$/;
  const names = published.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const wanted = new Set(names.filter((name) => weekly.test(name)));
  if (section.digest === undefined || wanted.size === 0) return [];
  const schedule = { ...section.digest, when: 'weekly' as const };
  const open = announcedIn(section, supply);
  const noted: ClosedDigest[] = [];
  let week = lastPeriod(schedule, supply.config.site.timezone, supply.now);
  for (let back = 0; wanted.size > 0 && back < mostWeeks; back++) {
    if (wanted.delete(week.name)) {
      const { start, end } = week;
      const stories = idsOf(open.filter((story) => openedAt(story) >= start && openedAt(story) < end));
      await library.closeDigest({ section: section.id, ...week }, stories, [], supply.now);
      noted.unshift({ section: section.id, ...week, isEmpty: stories.length === 0 });
    }
    week = lastPeriod(schedule, supply.config.site.timezone, week.end - 1);
  }
  return noted;
}

/** What a section's digest would carry, and be called, if it closed now. */
export async function openDigest(
  section: Section,
  supply: Omit<Supply, 'digests'>,
  library: Library,
): Promise<CarryingDigest | undefined> {
  const { closed, config, now } = supply;
  const own = closed.filter((one) => one.section === section.id);
  const due = dueDigest(section, own, { timezone: config.site.timezone, now, isEarly: true });
  if (due === undefined) return undefined;
  const carried = (await library.carryingDigests()).filter((one) => one.section === section.id);
  const stories = await storiesFor(due, section, { supply, library, carried });
  return { section: section.id, ...due.period, isEmpty: stories.length === 0, stories };
}

function bySection(digests: readonly CarryingDigest[]): DigestsBySection {
  const found = new Map<string, CarryingDigest[]>();
  for (const digest of digests) found.set(digest.section, [...(found.get(digest.section) ?? []), digest]);
  return found;
}

interface DueDigest {
  readonly period: Period;
  /** When the first one of the section began; undefined for the first. */
  readonly begun: Instant | undefined;
}

/**
 * From the end of the last one that was made to the last closing. The first goes back one day, week or month. One that lies
 * ahead was closed under a wrong clock, and counts for nothing.
 * @param own those of the section, the oldest first
 */
function dueDigest(
  { digest }: Pick<Section, 'digest'>,
  own: readonly ClosedDigest[],
  { timezone, now, isEarly }: { readonly timezone: string; readonly now: Instant; readonly isEarly: boolean },
): DueDigest | undefined {
  if (digest === undefined) return undefined;
  const past = own.filter(({ end }) => end <= now);
  const last = lastPeriod(digest, timezone, now);
  const isClosed = past.some(({ end }) => end >= last.end);
  if (isClosed && !isEarly) return undefined;
  const taken = new Set(own.map(({ name }) => name));
  const name = freeName(isEarly ? nameAt(digest, timezone, now) : last.name, taken);
  const begun = past[0]?.start;
  const start = past.findLast(({ isEmpty }) => !isEmpty)?.end ?? begun ?? last.start;
  return { period: { name, start, end: isEarly ? now : last.end }, begun };
}

interface Around {
  readonly supply: Omit<Supply, 'digests'>;
  readonly library: Library;
  readonly carried: readonly CarryingDigest[];
}

/** What readers could see first since the last one, and no digest has carried; the newest of a first import, as in feeds. */
async function storiesFor(
  { period: { start, end }, begun }: DueDigest,
  section: Section,
  { supply, library, carried }: Around,
): Promise<number[]> {
  const known = new Set(carried.flatMap(({ stories }) => stories));
  const open = announcedIn(section, supply).filter((story) => openedAt(story) < end && !known.has(story.id));
  const since = open.filter((story) => openedAt(story) >= start);
  if (begun === undefined) return idsOf(since);
  const earliest = Math.max(begun, start - latestMs);
  const before = open.filter(
    (story) => openedAt(story) < start && openedAt(story) >= earliest && story.firstImportOf === undefined,
  );
  const seen = await library.firstSeen(idsOf(before));
  return idsOf([...since, ...before.filter(({ id }) => (seen.get(id) ?? 0) >= start)]);
}

function idsOf(stories: readonly Listed[]): number[] {
  return stories.map(({ id }) => id);
}
