/**
 * From a story as it is stored to the story as readers get it: which copy is shown, how much of it its authors allow,
 * who is credited, in which words. Pure.
 */
import type { Language, Section, SourceKey, StoredItem, StoryRecord, Version } from '../model.ts';
import { joinHtml, noHtml, picturesIn } from '../text/safe-html.ts';
import { type StoryReading, type ViewContext, viewOfOriginal, viewsOfReposts } from './attribution-view.ts';
import { correctionsOf } from './corrections.ts';
import { creditOf } from './credit.ts';
import { cancelledViews, eventViews } from './events.ts';
import { sectionsTaking } from './filters.ts';
import { headingOf } from './heading.ts';
import { noHolds, openedAtLast, opensIn, wasNeverIn } from './holding.ts';
import { isKept } from './selection.ts';
import { beginningOf, bodyOf, languageOf, shownText, withPictures } from './shown-text.ts';
import { groupView } from './source-view.ts';
import { storyId } from './taken-back.ts';
import { licenceOf, opensAt, roleOf, shownOf, termsOf, wishOf } from './terms.ts';
import type { GroupView, StoryView } from './views.ts';
import { formatDay, wordsFor } from './words.ts';

/** Pictures of one story that are copied; those after them are links. */
const mostPictures = 40;

/** The view of a story; one that is withdrawn, or may not be shown, has no words left in it. */
export function storyView(record: StoryRecord, context: ViewContext): StoryView {
  const reading = readingOf(record, context);
  const { original, shown } = reading;
  const isSilent = context.sources.get((original ?? shown).sourceKey)?.show === 'none'; // not even what it took back is told
  if (isWithdrawn(reading) && !isSilent) return withdrawnView(reading);
  return isClosed(reading) ? { ...wordless(reading), events: [], sections: [], isCarried: false } : shownView(reading);
}

/** Ids of the sections in which the story stands: what its view says, and without making one. */
export function sectionsShowing(record: StoryRecord, context: ViewContext): readonly string[] {
  const reading = readingOf(record, context);
  if (isWithdrawn(reading)) return carryingSections(reading);
  return isClosed(reading) ? [] : sectionsOf(reading);
}

/** Addresses of the pictures that a section shows with this story, once there are copies of them; and whose text it is. */
export function picturesWanted(
  record: StoryRecord,
  context: ViewContext,
): { readonly source: SourceKey; readonly addresses: readonly string[] } {
  const reading = readingOf(record, context);
  const { shown } = reading;
  const terms = termsOf(reading);
  const isShown = !isWithdrawn(reading) && !isClosed(reading) && sectionsOf(reading).length > 0;
  if (!isShown || terms.show !== 'full' || terms.images !== 'copy') return { source: shown.sourceKey, addresses: [] };
  const { html, standing } = shownText(reading, terms);
  const footers = context.sources.get(shown.sourceKey)?.footers;
  const addresses = new Set(picturesIn(footers === 'none' ? html : joinHtml(html, standing)));
  return { source: shown.sourceKey, addresses: [...addresses].slice(0, mostPictures) };
}

function readingOf(record: StoryRecord, context: ViewContext): StoryReading {
  const items = new Map(record.items.map((item) => [item.id, item]));
  const { original: who } = record.attribution;
  const own = who.kind === 'item' ? items.get(who.itemId) : undefined;
  const shown = shownOf(record, context.sources) ?? record.items.find(isStanding(context)) ?? record.items[0];
  if (shown === undefined) throw new RangeError(`story ${record.uid} has no item`);
  // Of an author who keeps one feed to itself and not another, the other is all that readers hear of.
  const isKept = own !== undefined && context.sources.get(own.sourceKey)?.show === 'none';
  const original = isKept && roleOf(shown, record) === 'copy' ? shown : own;
  return { record, items, original, shown, context };
}

function isStanding({ sources }: ViewContext): (item: StoredItem) => boolean {
  return ({ withdrawn, sourceKey }) => withdrawn === undefined && sources.has(sourceKey);
}

function isWithdrawn({ record, original, context }: StoryReading): boolean {
  return original?.withdrawn !== undefined || !record.items.some(isStanding(context));
}

/** Its authors, or all who have it, want nothing shown, or not yet. */
function isClosed({ record, context }: StoryReading): boolean {
  const opens = opensAt(record, context.sources);
  return opens === 'never' || opens > context.now;
}

function shownView(reading: StoryReading): StoryView {
  const { shown, context } = reading;
  const { site } = context.config;
  const source = context.sources.get(shown.sourceKey);
  const lang = languageOf(reading);
  const terms = termsOf(reading);
  const { show } = terms;
  const { html, text, standing } = shownText(reading, terms);
  const beginning = beginningOf(text, terms, lang);
  const originalView = viewOfOriginal(reading, lang);
  const reposts = viewsOfReposts(reading, lang);
  const heading = headingOf(
    { ...shown, html, text },
    { picture: wordsFor(lang, site).picture, day: dayOf(reading, lang) },
  );
  const { credit, creditHtml } = creditOf({ original: originalView, reposts }, lang, site);
  return {
    ...addressOf(reading),
    title: shown.title,
    heading,
    url: originalView.url,
    show,
    body: bodyOf(terms, html, beginning, reading),
    standing:
      show === 'full' && source?.footers !== 'none'
        ? withPictures(standing, wordsFor(shown.lang, site).picture, reading, terms)
        : noHtml,
    excerpt: beginning,
    lang: shown.lang,
    langs: shown.langs,
    dir: shown.dir,
    published: shown.date,
    isDated: shown.published !== undefined,
    firstPublished: reading.record.published ?? shown.date,
    updated: shown.revisedAt ?? shown.date,
    corrections: correctionsOf(shown, versionsSeen(reading), terms),
    original: originalView,
    reposts,
    related: context.related?.get(reading.record.id) ?? [],
    credit,
    creditHtml,
    licence: licenceOf(reading),
    categories: distinct([...shown.categories, ...(source?.tags ?? [])]),
    enclosures: show === 'link' ? [] : shown.enclosures,
    events: eventViews(reading, show, heading),
    sections: sectionsOf(reading),
    translations: [],
    shownFrom: shown.sourceKey,
    isCarried: isCarried(reading),
    wish: wishOf(reading),
    withdrawn: undefined,
  };
}

/** The day on which it was published; of what has none, that it was seen on one. */
function dayOf({ shown, context }: StoryReading, lang: Language): string {
  const { site } = context.config;
  const day = formatDay(shown.date, lang, site);
  return shown.published === undefined ? wordsFor(lang, site).seenHere(day) : day;
}

/** Of a text that was parked nobody is told what it said until then. */
function versionsSeen({ record, shown, context }: StoryReading): readonly Version[] {
  const versions = context.versions?.get(record.id) ?? [];
  const opened = openedAtLast(shown, context.holds ?? noHolds);
  return opened === 0 ? versions : versions.filter(({ until }) => until > opened);
}

function withdrawnView(reading: StoryReading): StoryView {
  const { shown, original, record, context } = reading;
  const at = original?.withdrawn?.at ?? Math.max(...record.items.map((item) => item.withdrawn?.at ?? 0));
  const { withdrawn, sourceKey } = original ?? shown;
  const source = withdrawn?.by === 'maintainer' ? undefined : context.sources.get(sourceKey);
  const group: GroupView = // nobody is said to have taken back what others have
    source === undefined ? { name: '', url: undefined } : groupView(source, context.memories.get(source.key));
  const blank = wordless(reading);
  return { ...blank, original: { ...blank.original, group }, updated: at, withdrawn: { at } };
}

/** What is left of a story of which nothing is to be read. */
function wordless(reading: StoryReading): StoryView {
  const { shown } = reading;
  return {
    ...addressOf(reading),
    title: '',
    heading: '',
    url: undefined,
    show: 'link',
    body: noHtml,
    standing: noHtml,
    excerpt: '',
    lang: shown.lang,
    langs: shown.langs,
    dir: shown.dir,
    published: shown.date,
    isDated: shown.published !== undefined,
    firstPublished: reading.record.published ?? shown.date,
    updated: shown.date,
    corrections: [],
    original: {
      group: { name: '', url: undefined },
      jointly: [],
      creditAs: undefined,
      url: undefined,
      authors: [],
      date: shown.date,
      isDated: false,
      isGuess: false,
      isRuled: false,
      isHeld: false,
      translatedFrom: undefined,
      feed: undefined,
      because: [],
    },
    reposts: [],
    related: [],
    credit: '',
    creditHtml: noHtml,
    licence: undefined,
    categories: [],
    enclosures: [],
    events: cancelledViews(reading),
    sections: carryingSections(reading),
    translations: [],
    shownFrom: shown.sourceKey,
    isCarried: isCarried(reading),
    wish: undefined,
    withdrawn: undefined,
  };
}

function addressOf({ record, context }: StoryReading): Pick<StoryView, 'story' | 'uid' | 'id' | 'path'> {
  return {
    story: record.id,
    uid: record.uid,
    id: storyId(context.tagPrefix, record.uid),
    path: `story/${record.uid}/`,
  };
}

/** False once every source that had it has left sources.yaml, or no section of theirs keeps it: then it has no page. */
function isCarried(reading: StoryReading): boolean {
  return carryingSections(reading).length > 0;
}

/** The sections in which it can have stood: of what was taken back no filter can tell any more. */
function carryingSections(reading: StoryReading): string[] {
  const { record, context } = reading;
  const ids = record.items.flatMap((item) => {
    const source = context.sources.get(item.sourceKey);
    return source === undefined || source.show === 'none' ? [] : source.sections;
  });
  return keptSections(reading).filter((id) => ids.includes(id));
}

function sectionsOf(reading: StoryReading): string[] {
  const ids = reading.record.items.flatMap((item) => {
    const source = reading.context.sources.get(item.sourceKey);
    const isShown = source !== undefined && source.show !== 'none' && item.withdrawn === undefined;
    return isShown ? sectionsTaking(item, source) : [];
  });
  return keptSections(reading).filter((id) => ids.includes(id));
}

/** Ids of the sections that keep stories of this date: the original's, or the first copy's. */
function keptSections(reading: StoryReading): string[] {
  const { record, original, context } = reading;
  const date = original?.date ?? Math.min(...record.items.map((item) => item.date));
  return context.config.sections
    .filter((section) => isKept(date, section, context.now) && !isWithheldIn(section, reading))
    .map(({ id }) => id);
}

/** It waits there for a person, or for its time; one that was taken back has never been there, under any of its authors' guids. */
function isWithheldIn(section: Section, { record, original, shown, context }: StoryReading): boolean {
  const holds = context.holds ?? noHolds;
  if ((original ?? shown).withdrawn !== undefined) {
    const own = record.items.filter((item) => item.withdrawn !== undefined && roleOf(item, record) !== 'repost');
    return [original ?? shown, ...own].every((item) => wasNeverIn(section, item, holds));
  }
  const opens = opensIn(section, shown, holds);
  return opens === 'never' || opens > context.now;
}

function distinct(words: readonly string[]): string[] {
  const seen = new Map(words.map((word) => [word.toLowerCase(), word]));
  return [...seen.values()];
}
