/**
 * Where a document of a source says that more of it is, and what may be taken from there: same domain, never from https down
 * to http, documents of one making.
 */
import type { FeedHead, OpenDocument, OpenFeed } from './edges.ts';
import type { Fetched, FetchRequest, Source } from './model.ts';
import { type Problem, problem } from './problems.ts';
import { parseUrl, politenessKey } from './text/url.ts';

export type Fresh = Fetched & { readonly kind: 'fresh' };

/** RFC 5005 §4 outranks §3: archives stay what they are, while pages move on with every new text. */
export const leads = ['prev-archive', 'next'] as const;
export type Lead = (typeof leads)[number];

/** The address that a document gives for a relation, where it is the source's own and another document. */
export function linkedFrom({ links }: FeedHead, rel: Lead, from: string): string | undefined {
  const url = withoutFragment(links.find((link) => link.rel === rel)?.href ?? '');
  return url !== withoutFragment(from) && isAt(url, from) ? url : undefined;
}

export function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '');
}

function isAt(url: string, from: string): boolean {
  const protocol = parseUrl(url)?.protocol;
  const isSafe = protocol === 'https:' || (protocol === 'http:' && from.startsWith('http:'));
  return isSafe && politenessKey(url) === politenessKey(from);
}

/** It came, and from where it may come. */
export function isOwn(fetched: Fetched, from: string): fetched is Fresh {
  return fetched.kind === 'fresh' && isAt(fetched.url, from);
}

/** A document of the same making as the first, so that its entries are named alike. */
export function partIn(
  document: OpenDocument | undefined,
  { format, areGuidsShared }: Pick<FeedHead, 'format' | 'areGuidsShared'>,
): OpenFeed | undefined {
  if (document?.kind !== 'feed' || document.feed.areGuidsShared !== areGuidsShared) return undefined;
  return (document.feed.format === 'page') === (format === 'page') ? document : undefined;
}

export function requestOf(url: string, { proxy, authorityFile }: Source): FetchRequest {
  const validators = { etag: undefined, lastModified: undefined };
  return { url, validators, bodyHash: undefined, proxy, authorityFile };
}

export function whyNot(document: OpenDocument | undefined, fetched: Fetched): string {
  if (fetched.kind === 'failed') return fetched.problem.happened;
  return document?.kind === 'failed' ? document.problem.happened : 'what is there is no part of it';
}

export function missed(why: string): Problem {
  return problem('fetch/further-page', {}, why);
}
