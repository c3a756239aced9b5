/** What the store knows of digests: which have closed, which stories they carried, how far their mails are. */
import type { Instant } from './model.ts';

/** A digest that has closed. */
export interface ClosedDigest {
  readonly section: string;
  /** Unique in its section: `2026-W47`. */
  readonly name: string;
  readonly start: Instant;
  /** Exclusive. */
  readonly end: Instant;
  /** There was nothing to tell: it was neither made nor sent. */
  readonly isEmpty: boolean;
}

/** With the stories that what it carried belongs to now, those among them that were taken back. */
export interface CarryingDigest extends ClosedDigest {
  readonly stories: readonly number[];
}

/**
 * How far a mail is. `waiting` to be sent; `sending` from the moment at which its first byte is given to the server until the
 * answer is noted; `sent`; `unclear` where nobody knows whether the server took it; `refused` for good; `empty`, since
 * all that it told of has been taken back.
 */
export type DigestMailState = 'waiting' | 'sending' | 'sent' | 'unclear' | 'refused' | 'empty';

/** The mail of a digest to one address. */
export interface DigestMailing {
  readonly section: string;
  readonly digest: string;
  readonly address: string;
  readonly state: DigestMailState;
  /** Since it last waited for the first time. */
  readonly tries: number;
  readonly firstTry: Instant | undefined;
  readonly nextTry: Instant;
  /** When its state was noted. */
  readonly at: Instant;
  /** What the server said, or why it could not be asked. */
  readonly answer: string | undefined;
  /** The maintainer has heard that it does not go out. */
  readonly isTold: boolean;
}

export interface DigestLibrary {
  /** Of all sections, the oldest first. */
  digests(): Promise<readonly ClosedDigest[]>;
  /** Those that were made, with their stories, the oldest first. */
  carryingDigests(): Promise<readonly CarryingDigest[]>;
  /** When the first item of each of these stories was seen. */
  firstSeen(stories: readonly number[]): Promise<ReadonlyMap<number, Instant>>;
  /** Notes that one has closed with these stories, and its mails, in one transaction. */
  closeDigest(
    digest: Omit<ClosedDigest, 'isEmpty'>,
    stories: readonly number[],
    mails: readonly Pick<DigestMailing, 'address' | 'state' | 'answer'>[],
    now: Instant,
  ): Promise<void>;
  /** The mails of all digests, or of one section's, the oldest digest first. */
  digestMailings(section?: string): Promise<readonly DigestMailing[]>;
  noteMailing(mailing: DigestMailing): Promise<void>;
}

/** A fact, set where a copy took the place of a database that could say nothing: up to this instant digests may have gone out. */
export const digestsUnknownUntil = 'digests-unknown-until';
