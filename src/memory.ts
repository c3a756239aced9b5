/**
 * What a visit to a source teaches: its memory before and what came → its memory after, and what of that is news to a
 * person. Pure; the pipeline hands it on to the plan, so that memory never runs ahead of the items.
 */

import type { FeedHead } from './edges.ts';
import { noValidators } from './fetch/ask.ts';
import { hasToldUsToWait, isLasting, nextDue, type Visit } from './fetch/due.ts';
import { confirmMove, sightMove } from './fetch/moves.ts';
import { flawsAfter } from './flaws.ts';
import type { Fetched, Hold, Instant, News, NewsKind, Source, SourceMemory, Validators } from './model.ts';
import { isEmptied, muteNews, muteVisitsAfter, whyMute } from './mute.ts';
import { type Problem, problem, problemWords } from './problems.ts';
import type { Reading } from './refresh-plan.ts';
import { hubOfferIn } from './text/hub-offer.ts';
import { redactor } from './text/redact.ts';
import { politenessKey } from './text/url.ts';
import { stricterOf, wholeWish, wishWords } from './text/wishes.ts';

export interface Lesson {
  readonly source: Source;
  readonly before: SourceMemory;
  /** The address that was asked. */
  readonly asked: string;
  readonly fetched: Fetched;
  /** Undefined where none was asked for. */
  readonly permissions?: SourceMemory['permissions'];
  /** Undefined where no feed was read. */
  readonly head: FeedHead | undefined;
  readonly reading: Reading;
  readonly held: Hold | undefined;
  /** What the files of its site ask, where they were looked at, else as it was; that of the feed as it was. */
  readonly wishes: SourceMemory['wishes'];
  /** Items of the document were known, or nothing has changed. */
  readonly hasOverlap: boolean;
  /** Paragraphs that the source repeats; undefined where nothing new was read. */
  readonly standing: readonly string[] | undefined;
  readonly now: Instant;
  /** In [0, 1). */
  readonly random: number;
}

const dayMs = 86_400_000;
/** A page that is not found for so long has probably gone for good. */
const probablyGoneMs = 30 * dayMs;

/** The memory to keep. Validators are kept only of a body that was read to its end. */
export function learn(lesson: Lesson): SourceMemory {
  const { source, before, fetched, reading, now } = lesson;
  const hasFailed = reading.kind === 'failed';
  const why = hasFailed ? whyNow(lesson) : undefined;
  const isGone = why?.code === 'fetch/gone';
  const isFailure = why?.severity === 'failure' && !hasToldUsToWait({ problem: why });
  const feedHints = lesson.head?.hints ?? before.feedHints;
  const failures = isFailure ? before.failures + 1 : hasFailed ? before.failures : 0;
  const failingSince = hasFailed ? Math.min(before.failingSince ?? now, now) : undefined;
  const visit: Visit = {
    now,
    everyMs: source.everyMs,
    hasValidators: canAskConditionally(lesson),
    result: isGone ? 'gone' : hasFailed ? 'failed' : fetched.kind === 'unchanged' ? 'unchanged' : 'fresh',
    failures: hasFailed ? before.failures + 1 : 0,
    failingSince,
    waitedMs: hasToldUsToWait({ problem: why }) && !isUnasked(fetched) ? waitedIn(before) : undefined,
    hints: fetched.hints,
    feedHints,
    rhythmMs: before.rhythmMs,
    lastNewItem: before.lastNewItem,
    random: lesson.random,
  };
  const { retryAfterMs } = fetched.hints;
  const waitUntil = retryAfterMs === undefined ? undefined : now + retryAfterMs;
  const permissions = lesson.permissions ?? (isAFeedNow(lesson) ? undefined : before.permissions);
  const wishes = withFeedWish(lesson);
  const flaws = flawsAfter(before, lesson.head, reading);
  const visited = { ...before, permissions, wishes, flaws, lastTried: now, nextDue: nextDue(visit), waitUntil };
  const common = { ...visited, failures, failingSince, isGone };
  if (hasFailed) {
    const lastAbandoned = why !== undefined && isAbandoned(why) ? now : before.lastAbandoned;
    const feedUrl = why?.code === 'fetch/address-gone' ? undefined : before.feedUrl;
    const presumedGoneSince = before.presumedGoneSince ?? (isProbablyGone(why, failingSince, now) ? now : undefined);
    return { ...common, feedUrl, lastAbandoned, presumedGoneSince, problem: why };
  }
  const visits = muteVisitsAfter(lesson);
  const well = {
    lastSuccess: now,
    presumedGoneSince: undefined,
    ...visits,
    problem: whyMute(visits) ?? remarkIn(lesson),
  };
  return { ...common, ...documentIn(lesson), ...moveAfter(lesson), ...well };
}

/**
 * What a feed asks counts as soon as it is read. That it asks nothing any more is believed only of a document that is believed in
 * what it does not say.
 */
function withFeedWish(lesson: Lesson): SourceMemory['wishes'] {
  const { head, held, wishes } = lesson;
  if (head === undefined) return wishes;
  const isWhole = held === undefined && head.isCut !== true && !isEmptied(lesson);
  const feed = head.wish ?? (isWhole ? undefined : wishes?.feed);
  return feed === undefined && wishes === undefined ? undefined : { sites: [], ...wishes, feed };
}

/** Whatever was read from a page before is read from a feed now, and asks no leave any more. */
function isAFeedNow({ head, held }: Lesson): boolean {
  return head !== undefined && head.format !== 'page' && held === undefined;
}

/** Being asked to wait is patience at first; after a day of nothing else a person must hear of it. */
function whyNow({ before, reading, now }: Lesson): Problem | undefined {
  const why = reading.problems.at(-1);
  if (why?.code !== 'fetch/told-to-wait' || now - (before.failingSince ?? now) < dayMs) return why;
  return problem('fetch/kept-waiting', why.subject, why.happened.replace(/^[^:]*: /, '')); // with the words of its own row
}

/** Who was left alone for a neighbour's sake has asked for nothing himself. */
function isUnasked(fetched: Fetched): boolean {
  return fetched.kind === 'failed' && fetched.isUnasked === true;
}

function waitedIn(before: SourceMemory): number | undefined {
  const { lastTried, nextDue } = before;
  return hasToldUsToWait(before) && lastTried !== undefined ? nextDue - lastTried : undefined;
}

/** What was cut once is asked for again as soon as usual; what always is, as seldom as what has no validators. */
function canAskConditionally({ before, fetched, head }: Lesson): boolean {
  const { etag, lastModified } = fetched.kind === 'failed' ? before.validators : fetched.validators;
  const wasCut = before.lastSuccess !== undefined && before.bodyHash === undefined;
  return (etag !== undefined || lastModified !== undefined) && !(head?.isCut === true && wasCut);
}

/**
 * The memory after a mistake of ours: it counts as a failure, so that the partner is not asked every minute because of it.
 * Problems: run/defect
 */
export function stumble(
  source: Source,
  before: SourceMemory,
  error: unknown,
  now: Instant,
  random: number,
): SourceMemory {
  const failures = before.failures + 1;
  const failingSince = Math.min(before.failingSince ?? now, now);
  const noHints = { maxAgeMs: undefined, retryAfterMs: undefined };
  const { everyMs } = source;
  const { feedHints, rhythmMs, lastNewItem } = before;
  const result = 'failed';
  const hasValidators = true;
  const visit: Visit = {
    now,
    everyMs,
    hasValidators,
    result,
    failures,
    failingSince,
    hints: noHints,
    feedHints,
    rhythmMs,
    lastNewItem,
    random,
  };
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const why = problem('run/defect', {}, redactor(source.secrets)(said));
  return { ...before, lastTried: now, nextDue: nextDue(visit), failures, failingSince, problem: why };
}

/**
 * An answer that brings the same bytes without any, from another machine behind the same name or through a cache, takes nothing
 * from what names these bytes: the next may be a 304 again.
 */
function validatorsOfSame(before: SourceMemory, { validators, url }: Fetched & { kind: 'unchanged' }): Validators {
  const { etag, lastModified } = validators;
  const isNamed = etag !== undefined || lastModified !== undefined;
  return isNamed || before.bodyUrl !== url ? validators : before.validators;
}

/**
 * What a body that was read leaves behind. Of one that was cut neither validators nor hash: with them its rest would not
 * come before it changes. A held one is not believed in anything but its bytes; nor is one without items
 * where there were some: whoever sends it would make himself familiar before he sends his own.
 */
function documentIn(lesson: Lesson): Partial<SourceMemory> {
  const { source, before, fetched, head, asked, held, now } = lesson;
  if (fetched.kind === 'failed') return {};
  const { validators, url: bodyUrl, certificateUntil } = fetched;
  if (fetched.kind === 'unchanged') {
    const lastBody = fetched.how === 'same-body' ? now : before.lastBody;
    return { validators: validatorsOfSame(before, fetched), bodyUrl, certificateUntil, lastBody };
  }
  const isCut = head?.isCut === true;
  const body = {
    askedUrl: asked,
    bodyUrl,
    certificateUntil,
    validators: isCut ? noValidators : validators,
    bodyHash: isCut ? undefined : fetched.bodyHash,
    feedHints: head?.hints,
    lastBody: now,
    held,
  };
  // A document that was cut before its first entry may be cut in the middle of its title.
  if (held !== undefined || isEmptied(lesson) || (isCut && head?.entryCount === 0)) return body;
  return {
    ...body,
    title: head?.title ?? before.title,
    home: head?.home ?? before.home,
    lang: head?.lang ?? before.lang,
    generator: head?.generator ?? before.generator,
    areGuidsShared: head?.areGuidsShared === true || before.areGuidsShared,
    standing: lesson.standing ?? before.standing,
    marks: { ...fetched.marks, domain: politenessKey(fetched.url) },
    hubOffer: source.secrets.length > 0 ? undefined : hubOfferIn(head?.links ?? [], fetched.hubLinks, fetched.url),
  };
}

/** Where the source is to be asked from now on. A feed found behind a page is asked itself the next time. */
function moveAfter({ source, before, fetched, asked, held, hasOverlap, now }: Lesson): Partial<SourceMemory> {
  const known = asked === source.url ? undefined : asked;
  const movedFrom = known === undefined ? undefined : before.movedFrom;
  if (fetched.kind === 'failed' || held !== undefined) return { feedUrl: known, movedFrom };
  const sighted = sightMove(before.move, asked, fetched.trail, now);
  const { move, adopt } = confirmMove(sighted, asked, hasOverlap);
  // What was read came from there.
  return adopt === undefined
    ? { feedUrl: known, movedFrom, move }
    : { feedUrl: adopt, askedUrl: adopt, movedFrom: asked, move };
}

/** What the last document cost us stays known while the document stays the same. */
function remarkIn({ before, reading }: Lesson): Problem | undefined {
  const remark =
    reading.kind === 'unchanged' ? before.problem : reading.problems.find((one) => one.severity === 'warning');
  return remark?.severity === 'warning' ? remark : undefined;
}

/** Signs that nobody pays for the domain any more. */
function isAbandoned({ code, happened }: Problem): boolean {
  return code === 'parse/parked-domain' || (code === 'fetch/unreachable' && happened.includes('name not found'));
}

/** What changed for a source in a way that a person should hear of, once each. */
export function newsOf(source: Source, before: SourceMemory, after: SourceMemory, now: Instant): News[] {
  const name = source.name ?? after.title ?? source.key;
  const tell = (kind: NewsKind, words: string): News => ({ sourceKey: source.key, source: name, kind, at: now, words });
  const why = (one: Problem | undefined): string => (one === undefined ? '' : problemWords(one));
  const news: News[] = [];
  const mute = muteNews(before, after);
  const wasDown = before.isGone || isDownAt(before.lastTried ?? now, before);
  const isDown = !after.isGone && isDownAt(now, after);
  if (after.isGone && !before.isGone) news.push(tell('gone', why(after.problem)));
  if (isDown && !wasDown) news.push(tell('failing', `${sinceWords(after)}: ${why(after.problem)}`));
  if (after.presumedGoneSince !== undefined && before.presumedGoneSince === undefined)
    news.push(tell('gone', `${sinceWords(after)}: ${why(after.problem)} After a month it is probably gone for good.`));
  if (wasDown && after.failingSince === undefined && !after.isGone)
    news.push(tell('back', 'It answers again. Nothing needs doing.'));
  else if (mute?.kind === 'back') news.push(tell(mute.kind, mute.words));
  if (mute !== undefined && mute.kind !== 'back') news.push(tell(mute.kind, mute.words));
  if (after.held !== undefined && before.held === undefined)
    news.push(tell('held', `${why(problem('trust/held', {}, after.held.reasons.join('; ')))}`));
  news.push(...wishNews(source, before, after, now));
  if (
    after.feedUrl !== undefined &&
    after.feedUrl !== before.feedUrl &&
    before.lastSuccess !== undefined &&
    after.held === undefined &&
    after.move === undefined
  )
    news.push(tell('moved', why(problem('fetch/moved', {}, `${before.feedUrl ?? source.url} → ${after.feedUrl}`))));
  return news;
}

/** What its partner asks has changed what is shown of it: told in one sentence, or none. */
export function wishNews(source: Source, before: SourceMemory, after: SourceMemory, now: Instant): News[] {
  if (before.wishes === after.wishes) return [];
  const [old, wish] = [wholeWish(before.wishes), wholeWish(after.wishes)];
  const [was, is] = [stricterOf(source, old), stricterOf(source, wish)];
  if (was.republish === is.republish && was.images === is.images) return [];
  const asked = wishWords(wish);
  const words =
    asked === ''
      ? 'It asks nothing of us any more: it is shown as your settings say again. Nothing needs doing.'
      : `It asks by itself that ${asked}: so it is done from now on. Nothing needs doing.`;
  return [{ sourceKey: source.key, source: source.name ?? after.title ?? source.key, kind: 'wish', at: now, words }];
}

/** At a visit, the last of those that brought nothing good: it has failed lastingly, or kept us waiting for a day. */
function isDownAt(visit: Instant, memory: SourceMemory): boolean {
  const { failures, failingSince } = memory;
  return isLasting({ failures, failingSince, now: visit }) || visit - (failingSince ?? visit) >= dayMs;
}

function sinceWords({ failingSince = 0 }: SourceMemory): string {
  return `It has not answered since ${new Date(failingSince).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function isProbablyGone(why: Problem | undefined, failingSince: Instant | undefined, now: Instant): boolean {
  return why?.code === 'fetch/not-found' && failingSince !== undefined && now - failingSince >= probablyGoneMs;
}
