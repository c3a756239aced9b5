/** A source and what is remembered of it to the request that asks it: which address, and with which validators. */
import type { FetchRequest, Instant, Source, SourceMemory, Validators } from '../model.ts';
import type { ProblemCode } from '../problems.ts';
import { politenessKey } from '../text/url.ts';
import { isLasting } from './due.ts';

/** Of a request that wants the body, whatever we have. */
export const noValidators: Validators = { etag: undefined, lastModified: undefined };

/** A server that answers 304 for ever may be stuck: once a week it is asked as if for the first time. */
const weekMs = 7 * 24 * 3_600_000;

/**
 * The request for the next visit. Validators go only to the address that they came from (RFC 9110 §13.1 compares within
 * one resource), which may be the end of a redirect, and the body hash with the address that led to the body; an address
 * remembered for another configured one is not asked.
 *
 * Where only 304s have come for a week, one request goes without validators, and another after each further week. The one
 * after it has them again, whatever came of it: never two such in a row. The body hash is kept: equal bytes cost nothing.
 * @param memory `lastTried` and `lastSuccess` are equal after a visit that brought a feed or nothing new; `lastBody` too
 *   where it brought a body
 */
export function requestFor(
  source: Pick<Source, 'url' | 'proxy' | 'authorityFile'>,
  memory: SourceMemory,
  now: Instant,
): FetchRequest {
  const url = addressOf(source, memory, now);
  const isKnown = memory.bodyUrl !== undefined && !wantsWhole(memory, now);
  return {
    url,
    validators: isKnown ? memory.validators : noValidators,
    bodyUrl: memory.bodyUrl,
    bodyHash: memory.askedUrl === url ? memory.bodyHash : undefined,
    proxy: source.proxy,
    authorityFile: source.authorityFile,
  };
}

/**
 * What was found or adopted holds for the configured address of that time: it was asked itself, or led to what was.
 * And it holds while it works: where it is lost, the configured address has every other turn.
 */
function addressOf(source: Pick<Source, 'url'>, memory: SourceMemory, now: Instant): string {
  const { feedUrl, askedUrl } = memory;
  const isOfThisSource = askedUrl === undefined || askedUrl === feedUrl || askedUrl === source.url;
  if (feedUrl === undefined || feedUrl === source.url || !isOfThisSource) return source.url;
  return memory.failures % 2 === 0 && isLost(feedUrl, source, memory, now) ? source.url : feedUrl;
}

/** Failures that say nothing of the address asked: they are of our own way there. */
const ours: ReadonlySet<ProblemCode> = new Set(['fetch/proxy', 'fetch/authority', 'run/defect']);

/**
 * True where a remembered address has failed for longer than a passing trouble. One at another domain than the configured
 * address has a week: a domain that a group has left may belong to somebody else by now.
 */
function isLost(
  feedUrl: string,
  source: Pick<Source, 'url'>,
  { failures, failingSince = 0, problem }: SourceMemory,
  now: Instant,
): boolean {
  if (problem === undefined || ours.has(problem.code) || !isLasting({ failures, failingSince, now })) return false;
  return politenessKey(feedUrl) === politenessKey(source.url) || now - failingSince >= weekMs;
}

/** The last visit was a 304, and since then the time without a body has grown by a week. */
function wantsWhole({ lastBody, lastSuccess, lastTried }: SourceMemory, now: Instant): boolean {
  if (lastBody === undefined || lastTried === undefined) return false;
  const was304 = lastSuccess === lastTried && lastBody < lastTried;
  return was304 && Math.floor((now - lastBody) / weekMs) > Math.floor((lastTried - lastBody) / weekMs);
}
