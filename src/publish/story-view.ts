/**
 * From a story as it is stored to the story as readers get it: which copy is shown, how much of it its authors allow,
 * who is credited, in which words. Pure.
 */
import type { SourceKey, StoredItem, StoryRecord } from '../model.ts';
import { excerpt } from '../text/html.ts';
import { joinHtml, noHtml, picturesIn } from '../text/safe-html.ts';
import { safeHtmlToText } from '../text/safe-text.ts';
import { type StoryReading, type ViewContext, viewOfOriginal, viewsOfReposts } from './attribution-view.ts';
import { correctionsOf } from './corrections.ts';
import { creditOf } from './credit.ts';
import { cancelledViews, eventViews } from './events.ts';
import { isWanted } from './filters.ts';
import { headingOf } from './heading.ts';
import { isKept } from './selection.ts';
import { bodyOf, excerptWords, languageOf, withoutCreditLine, withoutStanding, withPictures } from './shown-text.ts';
import { groupView } from './source-view.ts';
import { imagesOf, roleOf, showOf } from './terms.ts';
import type { GroupView, StoryView } from './views.ts';
import { formatDay, wordsFor } from './words.ts';

/** Pictures of one story that are copied; those after them are links. */
const mostPictures = 40;

/** The view of a story; a withdrawn one has no words left in it. */
export function storyView(record: StoryRecord, context: ViewContext): StoryView {
  const reading = readingOf(record, context);
  return isWithdrawn(reading) ? withdrawnView(reading) : shownView(reading);
}

/** Addresses of the pictures that a section shows with this story, once there are copies of them; and whose text it is. */
export function picturesWanted(
  record: StoryRecord,
  context: ViewContext,
): { readonly source: SourceKey; readonly addresses: readonly string[] } {
  const reading = readingOf(record, context);
  const { shown } = reading;
  const isShown = !isWithdrawn(reading) && showOf(reading) === 'full' && sectionsOf(reading).length > 0;
  if (!isShown || imagesOf(reading) !== 'copy') return { source: shown.sourceKey, addresses: [] };
  const { html, standing } = withoutStanding(withoutCreditLine(reading), reading);
  const footers = context.sources.get(shown.sourceKey)?.footers;
  const addresses = new Set(picturesIn(footers === 'none' ? html : joinHtml(html, standing)));
  return { source: shown.sourceKey, addresses: [...addresses].slice(0, mostPictures) };
}

function readingOf(record: StoryRecord, context: ViewContext): StoryReading {
  const items = new Map(record.items.map((item) => [item.id, item]));
  const { original: who } = record.attribution;
  const original = who.kind === 'item' ? items.get(who.itemId) : undefined;
  const standing = record.items.filter((item) => item.withdrawn === undefined && context.sources.has(item.sourceKey));
  const copies = standing.filter((item) => roleOf(item, record) === 'copy');
  const shown = standing.find((item) => item.id === original?.id) ?? copies[0] ?? standing[0] ?? record.items[0];
  if (shown === undefined) throw new RangeError(`story ${record.uid} has no item`);
  return { record, items, original, shown, context };
}

function isWithdrawn({ record, original, context }: StoryReading): boolean {
  const isStanding = (item: StoredItem): boolean => item.withdrawn === undefined && context.sources.has(item.sourceKey);
  return original?.withdrawn !== undefined || !record.items.some(isStanding);
}

function shownView(reading: StoryReading): StoryView {
  const { shown, context } = reading;
  const { timezone } = context.config.site;
  const source = context.sources.get(shown.sourceKey);
  const lang = languageOf(reading);
  const { html, standing } = withoutStanding(withoutCreditLine(reading), reading);
  const text = safeHtmlToText(html);
  const show = showOf(reading);
  const originalView = viewOfOriginal(reading, lang);
  const reposts = viewsOfReposts(reading, lang);
  const heading = headingOf(
    { ...shown, html, text },
    { picture: wordsFor(lang).picture, day: formatDay(shown.date, lang, timezone) },
  );
  const { credit, creditHtml } = creditOf({ original: originalView, reposts }, lang, timezone);
  return {
    ...addressOf(reading),
    title: shown.title,
    heading,
    url: originalView.url,
    show,
    body: bodyOf(show, html, text, reading),
    standing:
      show === 'full' && source?.footers !== 'none'
        ? withPictures(standing, wordsFor(shown.lang).picture, reading)
        : noHtml,
    excerpt: show === 'link' ? '' : excerpt(text, excerptWords),
    lang: shown.lang,
    langs: shown.langs,
    dir: shown.dir,
    published: shown.date,
    updated: shown.revisedAt ?? shown.date,
    corrections: correctionsOf(shown, context.versions?.get(reading.record.id) ?? [], show),
    original: originalView,
    reposts,
    related: context.related?.get(reading.record.id) ?? [],
    credit,
    creditHtml,
    licence: source?.licence ?? shown.rights,
    categories: distinct([...shown.categories, ...(source?.tags ?? [])]),
    enclosures: show === 'link' ? [] : shown.enclosures,
    events: eventViews(reading, show, heading),
    sections: sectionsOf(reading),
    translations: [],
    shownFrom: shown.sourceKey,
    isCarried: isCarried(reading),
    withdrawn: undefined,
  };
}

function withdrawnView(reading: StoryReading): StoryView {
  const { shown, original, record, context } = reading;
  const at = original?.withdrawn?.at ?? Math.max(...record.items.map((item) => item.withdrawn?.at ?? 0));
  const { withdrawn, sourceKey } = original ?? shown;
  const source = withdrawn?.by === 'maintainer' ? undefined : context.sources.get(sourceKey);
  const group: GroupView = // nobody is said to have taken back what others have
    source === undefined ? { name: '', url: undefined } : groupView(source, context.memories.get(source.key));
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
    updated: at,
    corrections: [],
    original: {
      group,
      jointly: [],
      creditAs: undefined,
      url: undefined,
      authors: [],
      date: shown.date,
      isGuess: false,
      isRuled: false,
      isHeld: false,
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
    withdrawn: { at },
  };
}

function addressOf({ record, context }: StoryReading): Pick<StoryView, 'uid' | 'id' | 'path'> {
  return { uid: record.uid, id: `${context.tagPrefix}story/${record.uid}`, path: `story/${record.uid}/` };
}

/** False once every source that had it has left sources.yaml, or no section of theirs keeps it: then it has no page. */
function isCarried(reading: StoryReading): boolean {
  return carryingSections(reading).length > 0;
}

/** The sections in which it can have stood: of what was taken back no filter can tell any more. */
function carryingSections(reading: StoryReading): string[] {
  const { record, context } = reading;
  const ids = record.items.flatMap((item) => context.sources.get(item.sourceKey)?.sections ?? []);
  return keptSections(reading).filter((id) => ids.includes(id));
}

function sectionsOf(reading: StoryReading): string[] {
  const ids = reading.record.items.flatMap((item) => {
    const source = reading.context.sources.get(item.sourceKey);
    return source !== undefined && item.withdrawn === undefined && isWanted(item, source) ? source.sections : [];
  });
  return keptSections(reading).filter((id) => ids.includes(id));
}

/** Ids of the sections that keep stories of this date: the original's, or the first copy's. */
function keptSections({ record, original, context }: StoryReading): string[] {
  const date = original?.date ?? Math.min(...record.items.map((item) => item.date));
  return context.config.sections.filter((section) => isKept(date, section, context.now)).map(({ id }) => id);
}

function distinct(words: readonly string[]): string[] {
  const seen = new Map(words.map((word) => [word.toLowerCase(), word]));
  return [...seen.values()];
}
