/** How a source is treated → what its page says to the people who write it: settings, flaws, and what became of its texts. Pure. */
import type { Treatment } from '../library.ts';
import type { Agreement, FilterPart, Flaw, Instant, SafeHtml, Source, SourceMemory } from '../model.ts';
import { hasSecret } from '../source-status.ts';
import { agreementState } from '../text/agreement-days.ts';
import { bareHost, parseUrl } from '../text/url.ts';
import { dayMs } from '../text/wall-clock.ts';
import { wholeWish, wishFile } from '../text/wishes.ts';
import { publicFeedUrl } from './source-view.ts';
import type { SourceView, StoryView } from './views.ts';

/** Words of one part of a filter. */
export interface FilterView {
  /** Ids of the sections for which it holds; none where it holds for all that the source feeds. */
  readonly sections: readonly string[];
  readonly part: FilterPart;
  readonly words: readonly string[];
}

/** Stories of one kind: how many there are, and the newest. */
export interface StoriesView {
  readonly count: number;
  readonly newest: readonly StoryView[];
}

/** Where a partner says on its own site that nothing is to be republished, and the text of the file. */
export interface StopFile {
  readonly address: string;
  readonly text: string;
}

export interface PartnerView {
  readonly source: SourceView;
  readonly path: string;
  /** Whole hours; undefined where its own rhythm counts. */
  readonly everyHours: number | undefined;
  readonly lastNewItem: Instant | undefined;
  readonly since: Instant | undefined;
  readonly items: number;
  readonly shown: number;
  readonly only: readonly FilterView[];
  readonly skip: readonly FilterView[];
  readonly tags: readonly string[];
  readonly excerptWords: number;
  readonly images: Source['images'];
  readonly creditAs: string | undefined;
  readonly example: SafeHtml | undefined;
  readonly embargoHours: number;
  /** Without the name of who has agreed: to print that is for nobody but them to decide. */
  readonly agreed: (Pick<Agreement, 'on' | 'until'> & { readonly isEnded: boolean }) | undefined;
  readonly isWished: boolean;
  readonly stopFile: StopFile | undefined;
  /** Undefined while it has never been read. */
  readonly flaws: readonly Flaw[] | undefined;
  readonly passedOn: StoriesView;
  readonly reposts: StoriesView;
}

/** What a view is made from. */
export interface PartnerReading {
  readonly source: Source;
  readonly memory: SourceMemory | undefined;
  readonly view: SourceView;
  readonly path: string;
  readonly now: Instant;
  readonly timezone: string;
  readonly items: number;
  readonly treatment: Treatment;
  /** How many of its stories stand in a section. */
  readonly shown: number;
  /** The newest that it carries; those that others have passed on; those of others that it has. */
  readonly stories: Readonly<Record<'own' | 'passedOn' | 'reposts', readonly StoryView[]>>;
  readonly hide: (text: string) => string;
}

const hourMs = 3_600_000;
/** Named of each kind. */
const mostNamed = 10;

export function partnerView(reading: PartnerReading): PartnerView {
  const { source, memory, view, treatment, stories, hide } = reading;
  const { agreed } = source;
  const wish = wholeWish(memory?.wishes);
  return {
    source: view,
    path: reading.path,
    everyHours: source.everyMs === undefined ? undefined : Math.max(1, Math.round(source.everyMs / hourMs)),
    lastNewItem: memory?.lastNewItem,
    since: treatment.since,
    items: reading.items,
    shown: reading.shown,
    only: filterViews('only', source, hide),
    skip: filterViews('skip', source, hide),
    tags: source.tags.map(hide),
    excerptWords: source.excerptWords,
    images: source.images,
    creditAs: source.credit,
    example: stories.own.find((story) => isShown(story) && story.shownFrom === source.key)?.creditHtml,
    embargoHours: Math.ceil(source.embargoMs / hourMs),
    agreed: agreed && {
      on: agreed.on,
      until: agreed.until,
      isEnded: agreementState(source, reading.timezone, reading.now) === 'ended',
    },
    isWished: wish.republish !== undefined || wish.images !== undefined,
    stopFile: stopFileOf(source, memory),
    flaws:
      memory?.lastSuccess === undefined && memory?.flaws === undefined
        ? undefined
        : flawsOf(source, memory, reading.now),
    passedOn: storiesView(
      treatment.passedOn,
      stories.passedOn.filter(({ reposts }) => reposts.length > 0),
    ),
    reposts: storiesView(treatment.reposts, stories.reposts),
  };
}

/** What it could do better: what was remembered, and what can be told from the memory. */
export function flawsOf(source: Source, memory: SourceMemory | undefined, now: Instant): Flaw[] {
  if (memory === undefined) return [];
  const { etag, lastModified } = memory.validators;
  const isRead = memory.bodyHash !== undefined && memory.failures === 0;
  const address = memory.feedUrl ?? source.url;
  const plain = /^http:/i.test(address) ? parseUrl(address) : undefined; // asked of all sources at every publication
  const told: Flaw[] = [...(memory.flaws ?? [])];
  if (memory.areGuidsShared === true && told.every(({ kind }) => kind !== 'same-guid'))
    told.push({ kind: 'same-guid' });
  if (memory.problem?.code === 'trust/emptied') told.push({ kind: 'emptied' });
  if (isRead && etag === undefined && lastModified === undefined) told.push({ kind: 'no-validators' });
  if (plain !== undefined && !/\.(?:onion|i2p)$/.test(plain.hostname))
    told.push({ kind: isAlsoEncrypted(plain.hostname, memory) ? 'has-https' : 'unencrypted' });
  const { certificateUntil: until } = memory;
  // One that has ended keeps the feed from being read, and is told as the reason for that.
  if (isRead && until !== undefined && until > now && until - now <= endsSoonMs)
    told.push({ kind: 'certificate', at: until });
  const leadsOn = memory.movedFrom !== undefined ? memory.feedUrl : memory.move?.to;
  if (leadsOn !== undefined) told.push({ kind: 'moved', detail: hasSecret(source) ? undefined : leadsOn });
  return told;
}

/** Whatever renews them by itself does so a month before, so that two weeks are a sign that nothing does. */
const endsSoonMs = 14 * dayMs;

/** What it redirects to for the moment, or its own home page, is encrypted on the same host. */
function isAlsoEncrypted(host: string, { bodyUrl, home }: SourceMemory): boolean {
  return [bodyUrl, home].some((url) => {
    const parsed = url === undefined ? undefined : parseUrl(url);
    return parsed?.protocol === 'https:' && bareHost(parsed.hostname) === bareHost(host);
  });
}

/** What several sections say alike is said once. */
function filterViews(
  which: 'only' | 'skip',
  { sections, filters }: Pick<Source, 'sections' | 'filters'>,
  hide: (text: string) => string,
): FilterView[] {
  const rows = filters.flatMap((one) =>
    one[which].flatMap((filter) =>
      Object.entries(filter).map(([part, terms = []]) => ({
        section: one.section,
        part: part as FilterPart,
        words: terms.map((term) => hide(typeof term === 'string' ? term : term.written)),
      })),
    ),
  );
  const views = new Map<string, FilterView>();
  for (const { section, part, words } of rows.filter(({ words }) => words.length > 0)) {
    const name = JSON.stringify([part, words]);
    const known = views.get(name)?.sections ?? [];
    views.set(name, { sections: [...new Set([...known, section])], part, words });
  }
  return [...views.values()].map((view) =>
    sections.every((id) => view.sections.includes(id)) ? { ...view, sections: [] } : view,
  );
}

function isShown({ isCarried, withdrawn, heading }: StoryView): boolean {
  return isCarried && withdrawn === undefined && heading !== '';
}

/** Few enough to be all named are counted as they are named: the store cannot know what is not shown of them. */
function storiesView({ count, newest }: Treatment['passedOn'], views: readonly StoryView[]): StoriesView {
  const named = views.filter(isShown);
  const isAll = count <= newest.length || named.length === 0;
  return { count: isAll ? named.length : count, newest: named.slice(0, mostNamed) };
}

/** A host speaks for the group whose home is its root; of others it names the feed (text/wishes.ts). */
function stopFileOf(source: Source, memory: SourceMemory | undefined): StopFile | undefined {
  const feed = hasSecret(source) ? undefined : parseUrl(publicFeedUrl(source, memory) ?? '');
  const home = parseUrl(memory?.home ?? '');
  if (home !== undefined && home.pathname === '/' && home.search === '')
    return { address: `${home.origin}${wishFile}`, text: '{ "republish": "none" }' };
  if (feed === undefined) return undefined;
  const path = JSON.stringify(`${feed.pathname}${feed.search}`);
  return { address: `${feed.origin}${wishFile}`, text: `{ "feeds": { ${path}: "none" } }` };
}
