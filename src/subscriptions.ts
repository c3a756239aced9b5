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
  readonly library: Pick<Library, 'subscriptions' | 'keepSubscription' | 'noteCall' | 'noteAsked' | 'dropSubscription'>;
  /** Where several processes share the sources. */
  readonly claims?: Claims | undefined;
}

export interface Subscriptions {
  /** As it is by now, whichever process has changed it. @throws Halt with `store/…` */
  latest(id: string): Promise<Subscription | undefined>;
  /**
   * The same for who calls, and may have thought it up.
   * @returns 'later' where too many wait for that, or the server does not answer
   */
  find(id: string): Promise<Subscription | 'later' | undefined>;
  all(): readonly Subscription[];
  /** Learns what other processes have changed. @throws Halt with `store/…` */
  catchUp(): Promise<void>;
  /** Keeps it as it is from now on, but for what its hub has called for; on the disk when it resolves. */
  keep(subscription: Subscription): Promise<void>;
  drop(id: string): Promise<void>;
  /**
   * A hub has called: its source is to be asked. One that has been asked for that reason within a minute waits for the rest of it,
   * and further calls until then are the same; but not as one that another process may have acted on before this call came.
   * @returns whether it is to be asked at once
   */
  push(id: string, now: Instant): Promise<boolean>;
  /** True where a source is to be asked by now. */
  isAnyDue(now: Instant): boolean;
  /** Takes out which sources are to be asked by now; calls that come from here on count anew. */
  take(now: Instant): Taken;
  /**
   * Notes that those taken have been asked. Until then the disk has them as still to be asked.
   * @param unasked but for these, which are to be asked as if they had not been taken
   * @throws Halt with `store/…`
   */
  asked(taken: Taken, unasked?: ReadonlySet<SourceKey>): Promise<void>;
}

export interface Taken {
  readonly sources: ReadonlySet<SourceKey>;
  readonly calls: readonly Call[];
}

/** What was called for, as the disk has it until it is noted as asked. */
interface Call extends Pick<Subscription, 'id' | 'sourceKey' | 'pushedAt'> {
  readonly dueAt: Instant;
}

/** Between two visits for the sake of calls about one source; a call that its process has not acted on for so long is another's. */
const gapMs = 60_000;

export async function openSubscriptions({ library, clock, claims }: SubscriptionsEdges): Promise<Subscriptions> {
  const isShared = claims !== undefined;
  const known = new Map((await library.subscriptions()).map((one) => [one.id, one]));
  /** Those called about that this process acts on, where several share a server: whoever was called does so. */
  const ours = new Set<string>();
  const isOurs = (id: string): boolean => !isShared || ours.has(id);
  /** Taken and not asked yet: the disk has them as still to be asked, since when. */
  const inHand = new Map<string, Instant>();
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
    const before = known.get(one.id);
    if (before === undefined && one.dueAt !== undefined) ours.add(one.id); // it takes the place of another
    const { dueAt, pushedAt } = before ?? one;
    known.set(one.id, { ...one, dueAt, pushedAt });
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
      else known.set(id, joined(one));
    }
  };
  /** As it was read, but for what this process alone knows of calls: what it has in hand, and what it is to act on. */
  const joined = (read: Subscription): Subscription => {
    const here = known.get(read.id);
    const own = ours.has(read.id) ? here?.dueAt : undefined;
    const taken = inHand.get(read.id);
    const pushedAt = taken === undefined ? read.pushedAt : here?.pushedAt;
    if (read.dueAt !== undefined)
      return { ...read, dueAt: own ?? (read.dueAt === taken ? undefined : read.dueAt), pushedAt };
    ours.delete(read.id); // another has acted on it
    return { ...read, pushedAt };
  };
  const names = openCalledNames(clock, readAnew);
  const dueIn = (now: Instant): Subscription[] =>
    [...known.values()].filter(
      ({ id, dueAt, pushedAt }) => isOurs(id) && isDueBy(dueAt, now) && restEnd(pushedAt, now) <= now,
    );
  return {
    async latest(id) {
      if (isShared) await readAnew([id]);
      return known.get(id);
    },
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
      if (one === undefined) return false;
      const { dueAt: noted, pushedAt } = one;
      const isFresh = restEnd(noted, now) > now; // of one that is older others may have taken charge
      const isToCome = !isShared || !isDueBy(noted, now) || (isFresh && ours.has(id));
      if (noted !== undefined && isToCome) return false;
      // Whoever else was called may be asking at this moment, and note that when this is on the disk already.
      const dueAt = isFresh ? now + gapMs : restEnd(pushedAt, now);
      ours.add(id);
      known.set(id, { ...one, dueAt });
      await write(id, () => library.noteCall(id, dueAt));
      return dueAt <= now;
    },
    isAnyDue: (now) => dueIn(now).length > 0,
    take(now) {
      const calls: Call[] = [];
      for (const { dueAt, ...one } of dueIn(now)) {
        if (dueAt === undefined) continue;
        known.set(one.id, { ...one, dueAt: undefined, pushedAt: now });
        ours.delete(one.id);
        inHand.set(one.id, dueAt);
        calls.push({ id: one.id, sourceKey: one.sourceKey, dueAt, pushedAt: one.pushedAt });
      }
      return { sources: new Set(calls.map(({ sourceKey }) => sourceKey)), calls };
    },
    async asked({ calls }, unasked = new Set()) {
      for (const { id, sourceKey, ...call } of calls) {
        const one = known.get(id);
        if (one === undefined || one.dueAt !== undefined || !unasked.has(sourceKey)) continue;
        known.set(id, { ...one, ...call });
        ours.add(id);
      }
      try {
        for (const { id, sourceKey, dueAt } of calls) {
          const one = known.get(id);
          if (one !== undefined && !unasked.has(sourceKey))
            await write(id, () => library.noteAsked(id, dueAt, one.pushedAt));
        }
      } finally {
        for (const { id } of calls) inHand.delete(id);
      }
    },
  };
}

function isDueBy(dueAt: Instant | undefined, now: Instant): boolean {
  return dueAt !== undefined && (dueAt <= now || dueAt > now + gapMs); // or the clock was set back
}

/** When the minute that began then is over; now where it is, or where the clock was set back. */
function restEnd(begun: Instant | undefined, now: Instant): Instant {
  return begun !== undefined && begun <= now && now - begun < gapMs ? begun + gapMs : now;
}

/** Granted, and not ended yet: its hub calls when there is something new. */
export function isLive({ until, asked }: Pick<Subscription, 'until' | 'asked'>, now: Instant): boolean {
  return until !== undefined && until > now && asked !== 'unsubscribe';
}
