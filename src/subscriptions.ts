/**
 * The subscriptions at partners' hubs, as this process has them at hand: all of them in memory, so that a call from nobody costs no
 * look-up, each change on the disk. One process holds them, under the lease.
 */
import type { Subscription } from './hub-library.ts';
import type { Library } from './library.ts';
import type { Instant, SourceKey } from './model.ts';

export interface Subscriptions {
  get(id: string): Subscription | undefined;
  all(): readonly Subscription[];
  /** Keeps it as it is from now on; on the disk when it resolves. */
  keep(subscription: Subscription): Promise<void>;
  drop(id: string): Promise<void>;
  /**
   * A hub has called: its source is to be asked. One that has been asked for that reason within a minute waits for the rest of it,
   * and further calls until then are the same.
   * @returns whether it is to be asked at once
   */
  push(id: string, now: Instant): Promise<boolean>;
  /** True where a source is to be asked by now. */
  isAnyDue(now: Instant): boolean;
  /** Takes out which sources are to be asked by now; calls that come from here on count anew. */
  take(now: Instant): Taken;
  /** Notes that those taken have been asked. Until then the disk has them as still to be asked. */
  asked(taken: Taken): Promise<void>;
}

export interface Taken {
  readonly sources: ReadonlySet<SourceKey>;
  readonly ids: readonly string[];
}

/** Between two visits for the sake of calls about one source. */
const gapMs = 60_000;

export async function openSubscriptions(
  library: Pick<Library, 'subscriptions' | 'keepSubscription' | 'dropSubscription'>,
): Promise<Subscriptions> {
  const known = new Map((await library.subscriptions()).map((one) => [one.id, one]));
  const keep = async (one: Subscription): Promise<void> => {
    known.set(one.id, one);
    await library.keepSubscription(one);
  };
  const dueIn = (now: Instant): Subscription[] =>
    [...known.values()].filter(({ dueAt }) => dueAt !== undefined && (dueAt <= now || dueAt > now + gapMs));
  return {
    get: (id) => known.get(id),
    all: () => [...known.values()],
    keep,
    async drop(id) {
      known.delete(id);
      await library.dropSubscription(id);
    },
    async push(id, now) {
      const one = known.get(id);
      if (one === undefined || one.dueAt !== undefined) return false;
      const rested = now - (one.pushedAt ?? Number.NEGATIVE_INFINITY);
      const dueAt = rested >= 0 && rested < gapMs ? now - rested + gapMs : now;
      await keep({ ...one, dueAt });
      return dueAt <= now;
    },
    isAnyDue: (now) => dueIn(now).length > 0,
    take(now) {
      const due = dueIn(now);
      for (const one of due) known.set(one.id, { ...one, dueAt: undefined, pushedAt: now });
      return { sources: new Set(due.map(({ sourceKey }) => sourceKey)), ids: due.map(({ id }) => id) };
    },
    async asked({ ids }) {
      for (const id of ids) {
        const one = known.get(id); // as it is by now: a hub may have called again
        if (one !== undefined) await library.keepSubscription(one);
      }
    },
  };
}

/** Granted, and not ended yet: its hub calls when there is something new. */
export function isLive({ until, asked }: Pick<Subscription, 'until' | 'asked'>, now: Instant): boolean {
  return until !== undefined && until > now && asked !== 'unsubscribe';
}
