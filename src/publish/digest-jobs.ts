/**
 * The digests of a section that have closed, which lose what is withdrawn like every other page. Each says what has become of
 * stories that one before it has carried. Which stories stand in which is noted when it closes (digests.ts).
 */
import type { CarryingDigest } from '../digest-library.ts';
import type { StoryChange } from '../library.ts';
import type { DigestSettings, Instant, Section } from '../model.ts';
import { comingUp, eventsIn, phasesIn } from './events.ts';
import { digestPath } from './period.ts';
import type { SectionState } from './section-state.ts';
import { batchSize, type Job, type Listed, type Supply, stampOf } from './supply.ts';
import type { DigestView, SiteView, StoryView } from './views.ts';

/** Corrections, and withdrawals, that one digest tells of. */
const mostTold = 50;

/** A digest with the stories of it that readers may still see. */
interface Standing {
  readonly digest: CarryingDigest;
  readonly stories: readonly Listed[];
}

/** @param eventViews stories of the section that tell of something with a date */
export function digestJobs(
  state: SectionState,
  supply: Supply,
  site: SiteView,
  eventViews: () => Promise<readonly StoryView[]>,
): Job[] {
  const { section } = state;
  const { digest: settings } = section;
  if (settings === undefined) return [];
  return standingIn(state).map((standing) => {
    const { digest, stories } = standing;
    const told = toldIn(standing, state, supply);
    return {
      name: `${section.id}/digest/${digest.name}`,
      stamp: stampOf(supply.base, stories, digest, told.since, told.eventful),
      notesPaths: true,
      async *batches() {
        if (stories.length === 0) return;
        const { digestDocuments } = await import('./digest.ts');
        yield { documents: await digestDocuments(site, await told.view(eventViews)) };
      },
    };
  });
}

/** Digests in the section's feed of them. */
const mostInFeed = 10;

/** The list of a section's digests, and the feed that brings each new one; none before the first. */
export function digestListJob(
  state: SectionState,
  supply: Supply,
  site: SiteView,
  eventViews: () => Promise<readonly StoryView[]>,
): Job[] {
  const { section } = state;
  const standing = standingIn(state).filter(({ stories }) => stories.length > 0);
  if (standing.length === 0) return [];
  const carried = standing.slice(-mostInFeed).map((one) => ({ ...one, told: toldIn(one, state, supply) }));
  const told = carried.map(({ told: { since, eventful } }) => [since, eventful]);
  const counts = standing.map(({ digest, stories }) => [digest.name, stories.length]);
  return [
    {
      name: `${section.id}/digest`,
      stamp: stampOf(
        supply.base,
        counts,
        carried.map(({ stories }) => stories),
        told,
      ),
      notesPaths: true,
      async *batches() {
        const { digestListDocuments } = await import('./digest-list.ts');
        const newest = [];
        for (const one of [...carried].reverse())
          newest.push({ view: await one.told.view(eventViews), updated: updatedOf(one, section, supply) });
        const list = [...standing].reverse().map(({ digest, stories }) => ({ digest, count: stories.length }));
        yield { documents: digestListDocuments(site, section, { newest, list, tagPrefix: supply.tagPrefix }) };
      },
    },
  ];
}

/** Moves with its stories, and with those that are taken out of it. */
function updatedOf({ digest, stories }: Standing, { id }: Section, { takenBack }: Supply): Instant {
  const carried = new Set(digest.stories);
  const gone = (takenBack.get(id) ?? []).filter(({ story }) => carried.has(story)).map(({ at }) => at);
  return Math.max(digest.end, ...stories.map(({ changed }) => changed), ...gone);
}

/** The oldest first. */
export function standingIn({ listed, digests }: Pick<SectionState, 'listed' | 'digests'>): readonly Standing[] {
  const byId = new Map(listed.map((story) => [story.id, story]));
  return digests.map((digest) => ({ digest, stories: digest.stories.flatMap((id) => byId.get(id) ?? []) }));
}

/** What one digest tells. */
export interface Told {
  readonly since: SinceLast;
  readonly eventful: unknown;
  readonly view: (eventViews: () => Promise<readonly StoryView[]>) => Promise<DigestView>;
}

/** @param settings that the order is made by */
export function toldIn({ digest, stories }: Standing, state: SectionState, supply: Supply): Told {
  const { section } = state;
  const since = stories.length === 0 ? nothing : sinceLast(digest, state, supply);
  const ahead = { from: digest.end, now: supply.now };
  return {
    since,
    eventful: phasesIn(state.eventful, supply.config.site.timezone, ahead),
    async view(eventViews) {
      const { digestView } = await import('./digest.ts');
      const views: StoryView[] = [];
      for (let at = 0; at < stories.length; at += batchSize)
        views.push(...(await supply.views(stories.slice(at, at + batchSize).map(({ id }) => id))));
      return digestView(section, section.digest as DigestSettings, digest, {
        stories: views,
        comingUp: comingUp(eventsIn(await eventViews()), ahead),
        ...(await changesIn(since, section, supply)),
      });
    },
  };
}

/** What has happened between the digest before and this one. */
export interface SinceLast {
  readonly corrected: readonly { readonly listed: Listed; readonly event: StoryChange }[];
  readonly takenBack: readonly StoryChange[];
}

const nothing: SinceLast = { corrected: [], takenBack: [] };

/** Of stories that an earlier one has carried, and only of those: nobody is told that a text is gone that they have not had. */
function sinceLast(digest: CarryingDigest, { section, listed, digests }: SectionState, supply: Supply): SinceLast {
  const before = digests.filter(({ end }) => end <= digest.start);
  if (before.length === 0) return nothing;
  const start = Math.max(...before.map(({ end }) => end));
  const carried = new Set(before.flatMap(({ stories }) => stories));
  const isMeant = ({ story, at }: StoryChange): boolean => carried.has(story) && at >= start && at < digest.end;
  const byId = new Map(listed.map((one) => [one.id, one]));
  const corrected = (supply.corrected.get(section.id) ?? []).filter(isMeant).flatMap((event) => {
    const story = byId.get(event.story);
    return story === undefined ? [] : [{ listed: story, event }];
  });
  return {
    corrected: corrected.slice(0, mostTold),
    takenBack: (supply.takenBack.get(section.id) ?? []).filter(isMeant).slice(0, mostTold),
  };
}

async function changesIn(
  { corrected, takenBack }: SinceLast,
  { id }: Section,
  supply: Supply,
): Promise<Pick<DigestView, 'corrected' | 'takenBack'>> {
  const correctedIds = [...new Set(corrected.map(({ listed }) => listed.id))];
  const ids = [...new Set(takenBack.map(({ story }) => story))];
  return {
    corrected: (await supply.views(correctedIds)).flatMap((story) => {
      // What a reposter has changed in its copy is no correction of the text.
      const own = corrected.find(({ event }) => event.story === story.story && event.sourceKey === story.shownFrom);
      return own === undefined || story.withdrawn !== undefined ? [] : [{ story, at: own.event.at }];
    }),
    takenBack: (await supply.views(ids)).flatMap(({ withdrawn, isCarried, sections, original }) =>
      withdrawn !== undefined && isCarried && sections.includes(id)
        ? [{ name: original.group.name, at: withdrawn.at }]
        : [],
    ),
  };
}

/** The newest that still has a story. */
export function newestOf(state: Pick<SectionState, 'section' | 'listed' | 'digests'>): { path: string } | undefined {
  const made = standingIn(state).filter(({ stories }) => stories.length > 0);
  const last = made.at(-1);
  return last && { path: digestPath(state.section, last.digest) };
}
