/**
 * The subscriptions at partners' hubs, as this process has them at hand: all of them in memory, each change on the disk. Where several
 * processes share a server, any of them asks hubs and hubs call at any of them: what is in memory is then read anew before a call is
 * answered, so that a call from nobody costs no look-up of its own (called-names.ts).
 */
import { openCalledNames } from './called-names.ts';
import type { Claims, Clock } from './edges.ts';
import type { Subscription } from './hub-library.ts';
import type { Library } from './library.ts';
import type { Instant, SourceKey } from './model.ts';

export interface SubscriptionsEdges {
  readonly clock: Clock;
  readonly library: Pick<Library, 'subscriptions' | 'keepSubscription' | 'noteCall' | 'dropSubscription'>;
  /** Where several processes share the sources. */
  readonly claims?: Claims | undefined;
}

export interface Subscriptions {
  get(id: string): Subscription | undefined;
  /**
   * For who calls: as it is by now, whichever process has changed it.
   * @returns 'later' where too many wait for that, or the server does not answer
   */
  find(id: string): Promise<Subscription | 'later' | undefined>;
  all(): readonly Subscription[];
  /** Learns what other processes have changed. @throws Halt with `store/…` */
  catchUp(): Promise<void>;
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

/** Between two visits for the sake of calls about one source; a call that its process has not acted on for so long is another's. */
const gapMs = 60_000;

export async function openSubscriptions({ library, clock, claims }: SubscriptionsEdges): Promise<Subscriptions> {
  const isShared = claims !== undefined;
  const known = new Map((await library.subscriptions()).map((one) => [one.id, one]));
  /** Those called about that this process acts on: whoever was called does so, and of a file all. */
  const ours = new Set(isShared ? [] : known.keys());
  /** Taken and not asked yet: the disk has them as still to be asked. */
  const inHand = new Set<string>();
  const writes = new Set<{ readonly id: string }>();
  /** Changed here since the reading under way began, or being written then: what it brings of them is older. */
  let changed = new Set<string>();
  let reading: Promise<void> = Promise.resolve();

  const write = async (id: string, work: () => Promise<void>): Promise<void> => {
    const one = { id };
    writes.add(one);
    changed.add(id);
    try {
      await work();
    } finally {
      writes.delete(one);
    }
  };
  const keep = async (one: Subscription): Promise<void> => {
    known.set(one.id, one);
    await write(one.id, () => library.keepSubscription(one));
  };
  /** One reading at a time. @param ids undefined for all */
  const readAnew = (ids?: readonly string[]): Promise<void> => {
    reading = reading.catch(() => {}).then(() => readNow(ids));
    return reading;
  };
  const readNow = async (ids?: readonly string[]): Promise<void> => {
    changed = new Set([...writes].map(({ id }) => id));
    const found = new Map((await library.subscriptions(ids)).map((one) => [one.id, one]));
    for (const id of ids ?? [...known.keys(), ...found.keys()]) {
      const one = found.get(id);
      if (changed.has(id)) continue;
      if (one === undefined) known.delete(id);
      else known.set(id, inHand.has(id) ? { ...one, ...calledFor(known.get(id)) } : one);
    }
  };
  const names = openCalledNames(clock, readAnew);
  const dueIn = (now: Instant): Subscription[] =>
    [...known.values()].filter(
      ({ id, dueAt }) => dueAt !== undefined && ours.has(id) && (dueAt <= now || dueAt > now + gapMs),
    );
  return {
    get: (id) => known.get(id),
    async find(id) {
      if (isShared && !(await names.read(id, known.has(id)))) return 'later';
      return known.get(id);
    },
    all: () => [...known.values()],
    async catchUp() {
      if (!isShared) return;
      await readAnew();
      const now = clock.now();
      for (const { id, dueAt } of known.values()) if (dueAt !== undefined && dueAt + gapMs <= now) ours.add(id);
    },
    keep,
    async drop(id) {
      known.delete(id);
      await write(id, () => library.dropSubscription(id));
    },
    async push(id, now) {
      const one = known.get(id);
      if (one === undefined || one.dueAt !== undefined) return false;
      const rested = now - (one.pushedAt ?? Number.NEGATIVE_INFINITY);
      const dueAt = rested >= 0 && rested < gapMs ? now - rested + gapMs : now;
      ours.add(id);
      known.set(id, { ...one, dueAt });
      await write(id, () => library.noteCall(id, { dueAt, pushedAt: one.pushedAt }));
      return dueAt <= now;
    },
    isAnyDue: (now) => dueIn(now).length > 0,
    take(now) {
      const due = dueIn(now);
      for (const one of due) {
        known.set(one.id, { ...one, dueAt: undefined, pushedAt: now });
        ours.delete(one.id);
        inHand.add(one.id);
      }
      return { sources: new Set(due.map(({ sourceKey }) => sourceKey)), ids: due.map(({ id }) => id) };
    },
    async asked({ ids }) {
      for (const id of ids) {
        const one = known.get(id); // as it is by now: a hub may have called again
        try {
          if (one !== undefined) await write(id, () => library.noteCall(id, calledFor(one)));
        } finally {
          inHand.delete(id);
        }
      }
    },
  };
}

/** What is known of calls about it. */
function calledFor(one: Subscription | undefined): Pick<Subscription, 'dueAt' | 'pushedAt'> {
  return { dueAt: one?.dueAt, pushedAt: one?.pushedAt };
}

/** Granted, and not ended yet: its hub calls when there is something new. */
export function isLive({ until, asked }: Pick<Subscription, 'until' | 'asked'>, now: Instant): boolean {
  return until !== undefined && until > now && asked !== 'unsubscribe';
}
