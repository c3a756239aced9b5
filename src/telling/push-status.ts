/** How it stands with hubs: which sources' posts come by push, and what ours has still to be told; in lines for `relais status`. */
import { hubTroubleFact, hubTroubleIn, type Subscription } from '../hub-library.ts';
import type { Library } from '../library.ts';
import type { Config, Instant, SourceKey } from '../model.ts';
import { isLive } from '../subscriptions.ts';

/** Of one source. Neither secret nor callback is part of it: whoever knows these can speak as the hub. */
export interface PushStatus {
  /** Host of the hub. */
  readonly hub: string;
  /** Its posts come by push until then; undefined where they do not. */
  readonly until: Instant | undefined;
  readonly lastPush: Instant | undefined;
  /** Why they do not, where that is known. */
  readonly why: string | undefined;
  /** When the hub is asked again. */
  readonly nextTry: Instant;
}

export interface OwnHubStatus {
  /** Host of the hub. */
  readonly hub: string;
  /** Feeds that it has still to be told of. */
  readonly waiting: number;
  readonly since: Instant | undefined;
  readonly why: string | undefined;
}

/** @param hide takes the maintainer's secrets out of words */
export async function pushStatuses(
  library: Pick<Library, 'subscriptions'> | undefined,
  now: Instant,
  hide: (text: string) => string,
): Promise<ReadonlyMap<SourceKey, PushStatus>> {
  const all = ((await library?.subscriptions()) ?? []).filter(({ asked }) => asked !== 'unsubscribe');
  return new Map(all.map((one) => [one.sourceKey, statusOf(one, now, hide)]));
}

function statusOf(one: Subscription, now: Instant, hide: (text: string) => string): PushStatus {
  const { hub, until, pushedAt, answer, nextTry } = one;
  return {
    hub: hide(new URL(hub).host),
    until: isLive(one, now) ? until : undefined,
    lastPush: pushedAt,
    why: answer === undefined ? undefined : hide(answer),
    nextTry,
  };
}

export async function ownHubStatus(
  { site }: Pick<Config, 'site'>,
  library: Pick<Library, 'notices' | 'fact'> | undefined,
): Promise<OwnHubStatus | undefined> {
  if (site.hub === undefined) return undefined;
  const notices = (await library?.notices()) ?? [];
  const trouble = hubTroubleIn(await library?.fact(hubTroubleFact));
  const isOurs = trouble?.hub === site.hub;
  return {
    hub: new URL(site.hub).host,
    waiting: notices.length,
    since: notices[0]?.since,
    why: isOurs ? trouble.why : undefined,
  };
}

/** What is said of a source. @param day an instant as the other lines show it */
export function pushRemarks(push: PushStatus | undefined, day: (at: Instant) => string): string[] {
  if (push === undefined) return [];
  const { hub, until, why, nextTry } = push;
  if (until !== undefined) return [`its posts come by push from ${hub}, until ${day(until)}`];
  if (why !== undefined) return [`no hub calls about it: ${why}; asked again from ${day(nextTry)} on`];
  return [`its hub ${hub} has been asked to call us`];
}

/** `Hub hub.example: 3 feeds wait to be told of since 2026-11-23 07:00Z: …` */
export function ownHubLine({ hub, waiting, since, why }: OwnHubStatus, day: (at: Instant) => string): string {
  if (waiting === 0 || since === undefined) return `Hub ${hub}: has been told of all that has changed`;
  const because = why === undefined ? '' : `: ${why}`;
  return `Hub ${hub}: ${waiting === 1 ? '1 feed waits' : `${waiting} feeds wait`} to be told of since ${day(since)}${because}`;
}
