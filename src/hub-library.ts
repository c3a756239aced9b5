/** What the store knows of hubs (WebSub): what ours has still to be told, and what partners' hubs are asked for. */
import type { Instant, SourceKey } from './model.ts';

/** That a feed of ours has changed, which our hub has not been told yet. Of each feed there is one at most: the hub reads it as it is then. */
export interface Notice {
  /** Path of the feed from the site's root. */
  readonly feed: string;
  /** Since when it waits. */
  readonly since: Instant;
  /** How often the hub has been told in vain. */
  readonly tries: number;
  readonly nextTry: Instant;
}

/** What a partner's hub is asked for, or has granted: to call us when a feed has changed (WebSub §5). */
export interface Subscription {
  /** The last part of the address at which the hub calls: nobody else can know it. */
  readonly id: string;
  readonly sourceKey: SourceKey;
  /** That address. */
  readonly callback: string;
  readonly hub: string;
  /** The address by which the hub knows the feed. */
  readonly topic: string;
  /** What the hub signs its calls with. */
  readonly secret: string;
  /** What the hub was asked and has not come back about. Who leaves goes on asking, and is then forgotten. */
  readonly asked: 'subscribe' | 'unsubscribe' | undefined;
  /** The end of what is granted. */
  readonly until: Instant | undefined;
  /** Requests since it was last granted. */
  readonly tries: number;
  /** When the hub is asked next: anew, or for more time. */
  readonly nextTry: Instant;
  /** The hub has granted nothing since, although it was asked; and why, in words. */
  readonly failingSince: Instant | undefined;
  readonly answer: string | undefined;
  /** The maintainer has heard of that; once is enough for good. */
  readonly isTold: boolean;
  /** The hub has called: the source is to be asked from then on. */
  readonly dueAt: Instant | undefined;
  /** When it was last asked because of that. */
  readonly pushedAt: Instant | undefined;
}

export interface HubLibrary {
  /** All that wait, the longest waiting first. */
  notices(): Promise<readonly Notice[]>;
  /** Notes that feeds have changed; of those that wait already nothing is changed. */
  addNotices(feeds: readonly string[], now: Instant): Promise<void>;
  keepNotice(notice: Notice): Promise<void>;
  /** The hub has been told, or there is no such feed any more. */
  dropNotice(feed: string): Promise<void>;
  /** In no order. @param ids undefined for all */
  subscriptions(ids?: readonly string[]): Promise<readonly Subscription[]>;
  /** Of one that is there already all but what its hub has called for, which other processes may have noted since it was read. */
  keepSubscription(subscription: Subscription): Promise<void>;
  /** Notes of a subscription that is still there that its hub has called, and nothing else. */
  noteCall(id: string, dueAt: Instant): Promise<void>;
  /**
   * Notes of one that is still there when its source was asked because of a call.
   * @param dueAt of that call: one that another process has noted since is still to be acted on
   */
  noteAsked(id: string, dueAt: Instant, pushedAt: Instant | undefined): Promise<void>;
  dropSubscription(id: string): Promise<void>;
}

/** A fact, as JSON: what our hub does not take, since when, and whether the maintainer has heard of it; '' while it takes all. */
export const hubTroubleFact = 'hub-trouble';

export interface HubTrouble {
  readonly hub: string;
  readonly since: Instant;
  /** What it answered, or why it could not be asked. */
  readonly why: string;
  readonly isTold: boolean;
}

/** Reads the fact. @param fact as the library gives it */
export function hubTroubleIn(fact: string | undefined): HubTrouble | undefined {
  return fact === undefined || fact === '' ? undefined : (JSON.parse(fact) as HubTrouble);
}
