/** A section's list → its parts of the site: the months' pages, the digests, and the page with its feeds. */
import { noHtml } from '../text/safe-html.ts';
import type { Archive } from './archive.ts';
import { digestJobs, digestListJob } from './digest-jobs.ts';
import { comingUp, eventsIn, inCalendar, phasesOf } from './events.ts';
import {
  agingOf,
  archiveFor,
  archiveJobs,
  feedDocuments,
  languageJobs,
  sectionPlace,
  sourcesOf,
  viewsOf,
  youngEnough,
} from './feed-jobs.ts';
import { allMonthsJob, monthJobs } from './month-jobs.ts';
import { besideOf, type SectionState, sectionView } from './section-state.ts';
import { batchSize, type Job, type Supply, stampOf } from './supply.ts';
import { type TakenBack, takenBackIn } from './taken-back.ts';
import type { SectionView, SiteDocument, SiteView, StoryEvent, StoryView } from './views.ts';

/** The parts of one section, in the order in which they are to be written. */
export function sectionJobs(state: SectionState, supply: Supply, site: SiteView): readonly Job[] {
  const gone = takenBackIn([state.section], supply);
  const archive = archiveFor(sectionPlace(state, site), state, sourcesOf(state.section, supply), supply);
  return [
    ...monthJobs(state, supply, site),
    ...allMonthsJob(state, supply, site),
    ...digestJobs(state, supply, site, () => eventViewsOf(state, supply)),
    ...digestListJob(state, supply, site, () => eventViewsOf(state, supply)),
    ...languageJobs(state, supply, site, gone),
    ...archiveJobs(state.section.id, sectionPlace(state, site), archive, supply, site),
    sectionJob(state, supply, site, { gone, archive }),
  ];
}

interface InFeeds {
  readonly gone: TakenBack;
  readonly archive: Archive;
}

function sectionJob(state: SectionState, supply: Supply, site: SiteView, { gone, archive }: InFeeds): Job {
  const { section, listed, firstPage, newest: digest } = state;
  const { carried } = archive;
  return {
    name: section.id,
    stamp: stampOf(
      supply.base,
      listed,
      digest,
      besideOf(state),
      agingOf(sourcesOf(section, supply), supply),
      eventStamp(state, supply),
      gone.state,
      carried.map(({ id }) => id),
      archive.documents.at(-1)?.number,
    ),
    notesPaths: true,
    async *batches() {
      const { renderSection } = await import('./pages/section-page.tsx');
      const shown = await viewsOf(firstPage, supply);
      const isSame = carried.length === firstPage.length && carried.every((story, at) => story === firstPage[at]);
      const stories = youngEnough(isSame ? shown : await viewsOf(carried, supply), supply);
      const deleted = await gone.tombstones();
      const events = eventsIn(await eventViewsOf(state, supply));
      const kept = inCalendar(events, supply.now);
      const calendar = kept.length > 0 ? `${section.id}/calendar.ics` : undefined;
      const ahead = { from: undefined, now: supply.now };
      const view = { ...sectionView(state, shown), comingUp: comingUp(events, ahead), calendar };
      const feeds = await feedDocuments(site, sectionPlace(state, site), { stories, deleted, archive }, supply);
      const page = { path: `${section.id}/index.html`, body: renderSection(site, view) };
      yield { documents: [...feeds, ...(await calendarOf(view, kept, site)), page] };
    },
  };
}

/** None while there is nothing in it. */
async function calendarOf(
  { section, calendar }: SectionView,
  events: readonly StoryEvent[],
  site: SiteView,
): Promise<readonly SiteDocument[]> {
  if (calendar === undefined) return [];
  const { renderCalendar } = await import('./calendar.ts');
  return [{ path: calendar, body: renderCalendar(site, section, events) }];
}

/** Which of the events are over, coming up, or further ahead. */
function eventStamp({ eventful }: SectionState, { config, now }: Supply): unknown {
  return phasesOf(eventful, config.site.timezone, now);
}

/** The stories that tell of something with a date, without their texts: there may be many. */
export async function eventViewsOf({ section, eventful }: SectionState, supply: Supply): Promise<readonly StoryView[]> {
  const ids = [...new Set(eventful.map(({ storyId }) => storyId))];
  const views: StoryView[] = [];
  for (let at = 0; at < ids.length; at += batchSize)
    for (const view of await supply.views(ids.slice(at, at + batchSize)))
      if ((view.withdrawn !== undefined && view.isCarried) || view.sections.includes(section.id))
        views.push({ ...view, body: noHtml, standing: noHtml });
  return views;
}
