/** A source and what is remembered of it to the request that asks it: which address, and with which validators. */
import type { FetchRequest, Instant, Source, SourceMemory, Validators } from '../model.ts';

const noValidators: Validators = { etag: undefined, lastModified: undefined };

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
  const url = addressOf(source, memory);
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

/** What was found or adopted holds for the configured address of that time: it was asked itself, or led to what was. */
function addressOf(source: Pick<Source, 'url'>, { feedUrl, askedUrl }: SourceMemory): string {
  const isOfThisSource = askedUrl === undefined || askedUrl === feedUrl || askedUrl === source.url;
  return isOfThisSource ? (feedUrl ?? source.url) : source.url;
}

/** The last visit was a 304, and since then the time without a body has grown by a week. */
function wantsWhole({ lastBody, lastSuccess, lastTried }: SourceMemory, now: Instant): boolean {
  if (lastBody === undefined || lastTried === undefined) return false;
  const was304 = lastSuccess === lastTried && lastBody < lastTried;
  return was304 && Math.floor((now - lastBody) / weekMs) > Math.floor((lastTried - lastBody) / weekMs);
}
