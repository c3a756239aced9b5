/** A section as it stands: what it holds, and what of it goes on which of its pages. */
import type { CarryingDigest } from '../digest-library.ts';
import type { Language, Section } from '../model.ts';
import { newestOf } from './digest-jobs.ts';
import { languagePath } from './feed-jobs.ts';
import { announcedIn, firstPageOf, isKept, languagesOf } from './selection.ts';
import { absenceOf } from './source-view.ts';
import type { Listed, Supply } from './supply.ts';
import type { SectionView, SourceView, StoryView } from './views.ts';

/** Stories on a page, so that it stays under 50 KB without its pictures; older ones are on the months' pages. */
export const pageSize = 25;
/** Months named beside the stories; where there are more, a page names them all. */
export const monthsBeside = 24;
/** Sources named in a section's margin; the page of all sources names the rest. */
const mostNamed = 30;

/** A section as it stands: what every page of it needs to know. */
export interface SectionState {
  readonly section: Section;
  /** Newest first, like all lists here: everything that the archive holds. */
  readonly listed: readonly Listed[];
  /** What feeds and digests may carry. */
  readonly announced: readonly Listed[];
  readonly firstPage: readonly Listed[];
  /** None while one page holds everything. */
  readonly months: readonly { readonly month: string; readonly stories: readonly Listed[] }[];
  /** Those that were made, the oldest first; none where the section has no digest. */
  readonly digests: readonly CarryingDigest[];
  /** The newest of them in which there is a story. */
  readonly newest: SectionView['digest'];
  readonly sources: readonly SourceView[];
  /** Items that tell of something with a date: of its stories, and of those that its sources took back. */
  readonly eventful: Supply['eventful'];
  /** Those that have feeds of their own. */
  readonly languages: readonly Language[];
}

/** What the section holds now, and what of it goes where. */
export function stateOf(section: Section, supply: Supply): SectionState {
  const { timezone } = supply.config.site;
  const all = supply.listed.get(section.id) ?? [];
  const listed = all.filter(({ date }) => isKept(date, section, supply.now));
  const announced = announcedIn(section, supply);
  const digests = section.digest === undefined ? [] : (supply.digests.get(section.id) ?? []);
  return {
    section,
    listed,
    announced,
    firstPage: firstPageOf(listed, announced, pageSize),
    months: listed.length > pageSize ? byMonth(listed, timezone) : [],
    digests,
    newest: newestOf({ section, listed, digests }),
    sources: supply.sources.filter((source) => source.sections.includes(section.id)).slice(0, mostNamed),
    eventful: eventfulOf(section, listed, supply),
    languages: languagesOf(announced),
  };
}

function eventfulOf({ id }: Section, listed: readonly Listed[], { config, eventful }: Supply): Supply['eventful'] {
  if (eventful.length === 0) return eventful;
  const stories = new Set(listed.map((story) => story.id));
  const sources = new Set(config.sources.filter(({ sections }) => sections.includes(id)).map(({ key }) => key));
  return eventful.filter(
    ({ storyId, sourceKey, takenBack }) => stories.has(storyId) || (takenBack !== undefined && sources.has(sourceKey)),
  );
}

/**
 * Stories in parts of so many, but for the newest, which has what is left: counted from the oldest on, so that each stays what it is once it
 * is full, and a new one changes the newest part alone.
 * @param stories newest first
 * @returns the part of the oldest first; the number of the newest is that of how many there are
 */
export function partsFromOldest(
  stories: readonly Listed[],
  size: number,
): { readonly part: number; readonly of: number; readonly stories: readonly Listed[] }[] {
  const of = Math.ceil(stories.length / size);
  return Array.from({ length: of }, (_, older) => {
    const end = stories.length - older * size;
    return { part: older + 1, of, stories: stories.slice(Math.max(0, end - size), end) };
  });
}

/** In the order in which they are listed. @param timezone by whose clocks a month begins */
export function byMonth(listed: readonly Listed[], timezone: string): SectionState['months'] {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit' });
  const months = new Map<string, Listed[]>();
  for (const story of listed) {
    const month = format.format(story.date).slice(0, 7);
    const known = months.get(month);
    if (known === undefined) months.set(month, [story]);
    else known.push(story);
  }
  return [...months].map(([month, stories]) => ({ month, stories }));
}

/** What a section's pages say of its sources: whether one is away, and not why. */
export function besideOf({ sources }: SectionState): readonly unknown[] {
  return sources.map((source) => [source.name, source.home, absenceOf(source)]);
}

/** What the renderers of a section's pages are given. @param shown the stories on the page */
export function sectionView(
  { section, months, newest: digest, sources, languages }: SectionState,
  shown: readonly StoryView[],
): SectionView {
  return {
    section,
    path: `${section.id}/`,
    languages: languages.map((lang) => ({ lang, path: languagePath(section, lang) })),
    stories: shown,
    months: months.map(({ month, stories: inMonth }) => ({
      month,
      path: `${section.id}/${month}/`,
      count: inMonth.length,
    })),
    comingUp: [],
    calendar: undefined,
    digest,
    sources,
  };
}
