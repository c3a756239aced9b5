/**
 * The digests of a section: the last week that has closed, and those made before, which lose what is withdrawn like every
 * other page. Each says what has become of stories that one before it has carried.
 */
import type { StoryChange } from '../library.ts';
import type { Section } from '../model.ts';
import { comingUp, eventsIn, phasesIn } from './events.ts';
import type { SectionState } from './section-jobs.ts';
import { openedAt } from './selection.ts';
import { type Job, type Listed, type Supply, stampOf } from './supply.ts';
import type { DigestView, SiteView, StoryView } from './views.ts';
import { type Week, weeksNamed } from './week.ts';

/** Corrections, and withdrawals, that one digest tells of. */
const mostTold = 50;

/**
 * @param published names of all parts on the site
 * @param eventViews stories of the section that tell of something with a date
 */
export function digestJobs(
  state: SectionState,
  supply: Supply,
  site: SiteView,
  published: readonly string[],
  eventViews: () => Promise<readonly StoryView[]>,
): Job[] {
  const { section, announced } = state;
  if (section.digest === undefined) return [];
  const prefix = `${section.id}/digest/`;
  const names = published.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const weeks = weeksNamed(names, section.digest, supply.config.site.timezone, supply.now);
  const made = weeks.filter((week) => storiesIn(week, announced).length > 0);
  return weeks.map((week) => {
    const stories = storiesIn(week, announced);
    const since = stories.length === 0 ? nothing : sinceLast(week, made, announced, supply, section);
    const ahead = { from: week.end, now: supply.now };
    const eventful = phasesIn(state.eventful, supply.config.site.timezone, ahead);
    return {
      name: `${prefix}${week.name}`,
      stamp: stampOf(supply.base, stories, week, since, eventful),
      notesPaths: true,
      async *batches() {
        if (stories.length === 0) return;
        const { digestDocuments } = await import('./digest.ts');
        const views = await supply.views(stories.map(({ id }) => id));
        const coming = comingUp(eventsIn(await eventViews()), ahead);
        const told = await toldOf(since, section, supply);
        yield { documents: await digestDocuments(site, section, week, { stories: views, comingUp: coming, ...told }) };
      },
    };
  });
}

export function storiesIn(week: Week, listed: readonly Listed[]): Listed[] {
  return listed.filter((story) => isIn(openedAt(story), week));
}

function isIn(date: number, { start, end }: Pick<Week, 'start' | 'end'>): boolean {
  return date >= start && date < end;
}

/** What has happened between the digest before and this one. */
interface SinceLast {
  readonly corrected: readonly { readonly listed: Listed; readonly event: StoryChange }[];
  readonly takenBack: readonly StoryChange[];
  /** The weeks whose digests can have carried it. */
  readonly before: readonly Week[];
}

const nothing: SinceLast = { corrected: [], takenBack: [], before: [] };

/** A week without stories has no digest: what was corrected in it is told in the next one that there is. */
function sinceLast(
  week: Week,
  made: readonly Week[],
  announced: readonly Listed[],
  { corrected, takenBack }: Supply,
  { id }: Section,
): SinceLast {
  const before = made.filter(({ end }) => end <= week.start);
  if (before.length === 0) return nothing;
  const window = { start: Math.max(...before.map(({ end }) => end)), end: week.end };
  const byId = new Map(announced.map((listed) => [listed.id, listed]));
  const own = (corrected.get(id) ?? []).flatMap((event) => {
    const listed = byId.get(event.story);
    const isCarried = listed !== undefined && before.some((one) => isIn(openedAt(listed), one));
    return isCarried && isIn(event.at, window) ? [{ listed, event }] : [];
  });
  return {
    corrected: own.slice(0, mostTold),
    takenBack: (takenBack.get(id) ?? []).filter(({ at }) => isIn(at, window)).slice(0, mostTold),
    before,
  };
}

async function toldOf(
  { corrected, takenBack, before }: SinceLast,
  { id }: Section,
  supply: Supply,
): Promise<Pick<DigestView, 'corrected' | 'takenBack'>> {
  const correctedIds = [...new Set(corrected.map(({ listed }) => listed.id))];
  const ids = [...new Set(takenBack.map(({ story }) => story))];
  return {
    corrected: (await supply.views(correctedIds)).flatMap((story, at) => {
      // What a reposter has changed in its copy is no correction of the text.
      const own = corrected.find(
        ({ event }) => event.story === correctedIds[at] && event.sourceKey === story.shownFrom,
      );
      return own === undefined || story.withdrawn !== undefined ? [] : [{ story, at: own.event.at }];
    }),
    takenBack: (await supply.views(ids)).flatMap(({ withdrawn, isCarried, sections, published, original }) =>
      withdrawn !== undefined && isCarried && sections.includes(id) && before.some((week) => isIn(published, week))
        ? [{ name: original.group.name, at: withdrawn.at }]
        : [],
    ),
  };
}
