/** What requests are for: how they say so, and how much they take of an answer. */
import type { FetchRequest, NetworkLimits } from '../model.ts';
import type { Caps } from './body.ts';
import type { Timing } from './watch.ts';

export interface Want {
  /** The `Accept` header. */
  readonly accept: string;
  readonly caps: Caps;
  /** Everything from connecting to the last byte. */
  readonly totalMs: number;
}

/** Feeds first: some sites answer one address with a page or a feed, as asked. */
const acceptFeed = [
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml',
  'application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1',
].join(', ');

/** What we can show: servers that choose by this header send no newer kind then. */
const acceptPicture = 'image/jpeg, image/png, image/webp, image/gif, */*;q=0.1';

/** As a browser asks for what a person reads. */
const acceptPage = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5';
/** A page that is longer tells nothing. */
const pageBytes = 1_048_576;

/** A hub that takes longer than this to say yes is asked again later. */
const hubMs = 15_000;

/** A file that a person writes by hand. */
const wishBytes = 65_536;
const wishMs = 15_000;

/** Bounds of one picture, where the settings have none that are tighter. */
const pictureBytes = 8_388_608;
const pictureMs = 30_000;

/** How long the parts of a request may take: as long as is usual, and none longer than the whole. */
export function timingUnder({ totalMs }: NetworkLimits): Timing {
  const atMost = (ms: number): number => Math.min(ms, totalMs);
  return { connectMs: atMost(10_000), firstByteMs: atMost(15_000), idleMs: atMost(15_000), totalMs };
}

export function wantsUnder(limits: NetworkLimits): Readonly<Record<NonNullable<FetchRequest['what']>, Want>> {
  const { wireBytes, unpackedBytes, totalMs } = limits;
  return {
    feed: { accept: acceptFeed, caps: { wireBytes, unpackedBytes }, totalMs },
    picture: {
      accept: acceptPicture,
      caps: { wireBytes: Math.min(wireBytes, pictureBytes), unpackedBytes: Math.min(unpackedBytes, pictureBytes) },
      totalMs: Math.min(totalMs, pictureMs),
    },
    page: {
      accept: acceptPage,
      caps: { wireBytes: Math.min(wireBytes, pageBytes), unpackedBytes },
      totalMs: Math.min(totalMs, pictureMs),
    },
    hub: { accept: '*/*', caps: { wireBytes: 0, unpackedBytes: 0 }, totalMs: Math.min(totalMs, hubMs) },
    wish: {
      accept: 'application/json, */*;q=0.1',
      caps: { wireBytes: Math.min(wireBytes, wishBytes), unpackedBytes: Math.min(unpackedBytes, wishBytes) },
      totalMs: Math.min(totalMs, wishMs),
    },
  };
}
