/**
 * What would be taken from a source, item by item: it is asked once and read by the way of every run, in a rehearsal's house, and what
 * has come of it there is looked at: as written, as cleaned, with which stories, under which terms, in which sections.
 */
import type { FeedHead, OpenFeed } from './edges.ts';
import { noValidators } from './fetch/ask.ts';
import type { Config, Entry, Evidence, Instant, Outcome, Section, Source, StoredItem, StoryRecord } from './model.ts';
import { signed } from './new-items.ts';
import { openDesk } from './pass.ts';
import { type Desk, refresh } from './pipeline.ts';
import { circumstancesNow } from './publication.ts';
import { judged, type Verdict } from './publish/filters.ts';
import { holdsOf, opensIn } from './publish/holding.ts';
import { isKept } from './publish/selection.ts';
import { opensAt } from './publish/terms.ts';
import type { StoryView } from './publish/views.ts';
import { type Finding, findingsIn } from './stories/holding.ts';
import { parseDate } from './text/dates.ts';
import { type LeftOut, leftOut } from './text/left-out.ts';
import type { House } from './wire.ts';

/** Whether an item, or its story by another, stands in a section. */
export interface InSection {
  readonly section: Section;
  readonly verdict: Verdict;
  readonly isShown: boolean;
  /** What keeps it out, or not yet in, beside the filter; undefined where nothing does. */
  readonly because: 'nothing-shown' | 'embargo' | 'a-person-looks' | 'delay' | 'too-old' | 'another-copy' | undefined;
  readonly opens: Instant | undefined;
  /** What a person has to look at before the section shows it. */
  readonly finds: readonly Finding[];
}

/** An item of the source, from its document to what readers get. */
export interface ItemPreview {
  readonly guid: string;
  /** As it stands in the document; undefined of one that comes from a further page. */
  readonly written: Entry | undefined;
  /** Undefined where nothing was made of it, or it stands aside. */
  readonly taken: Taken | undefined;
  /** Why it stands in no story: its source is held, it waits for its time, or it says nothing. */
  readonly aside: 'held' | 'waits' | 'dropped' | undefined;
}

export interface Taken {
  readonly item: StoredItem;
  /** It was not stored before. */
  readonly isNew: boolean;
  readonly leftOut: LeftOut;
  /** Who it says wrote it, or where it was taken from. */
  readonly statements: readonly Evidence[];
  readonly story: StoryRecord;
  /** What readers see of the story. */
  readonly view: StoryView;
  readonly opens: Instant | 'never';
  readonly sections: readonly InSection[];
}

export interface Preview {
  readonly source: Source;
  readonly outcome: Outcome;
  /** What the document says of itself; undefined where none was read. */
  readonly head: FeedHead | undefined;
  /** Items that it lists. */
  readonly listed: number;
  readonly items: readonly ItemPreview[];
}

/** Items that are looked for among the stored ones, newest first. */
const mostLookedFor = 2_000;

/**
 * Asks a source and shows what comes of it. It changes what is stored in the house: give it one that is thrown away.
 * @param most of its newest items, newest first; those without a date come last, as the document has them
 * @throws Halt with `store/…`
 */
export async function previewOf(
  source: Source,
  config: Config,
  house: House,
  { most, signal }: { readonly most: number; readonly signal?: AbortSignal },
): Promise<Preview> {
  const begun = house.clock.now();
  let head: FeedHead | undefined;
  let listed = 0;
  let guids: readonly string[] = [];
  const written = new Map<string, Entry>();
  const desk = await openDesk(config, house.library);
  const asked: Desk = {
    ...desk,
    memory(key) {
      const memory = desk.memory(key);
      // All of the document is wanted, also where nothing in it has changed; what it is known by goes on.
      return key === source.key && head === undefined
        ? { ...memory, validators: noValidators, bodyHash: undefined }
        : memory;
    },
    mostItems: 0, // its archive is left in peace
    async look(document) {
      head = document.feed;
      listed = document.names.length;
      guids = (await newestFirst(document)).slice(0, most);
      for (const { guid, entry } of await document.written(guids)) written.set(guid, entry);
    },
  };
  const outcome = await refresh(source, asked, house, signal);
  const stored = await storedOf(source, guids, house);
  const looked = await lookAt(
    [...stored.values()].map(({ record }) => record),
    config,
    house,
  );
  const items: ItemPreview[] = [];
  for (const guid of guids) {
    const entry = written.get(guid);
    const found = stored.get(guid);
    const view = found === undefined ? undefined : looked.views.get(found.record.id);
    if (found === undefined || view === undefined) {
      items.push({ guid, written: entry, taken: undefined, aside: await asideOf(guid, outcome, house) });
      continue;
    }
    const { item, record } = found;
    const raw = entry?.content?.html ?? entry?.summary?.html;
    const [read] = await signed([item], source, desk.memory(source.key), desk);
    const taken: Taken = {
      item,
      isNew: item.seen >= begun,
      leftOut: leftOut(raw ?? item.html, item.html),
      statements: read?.signals.statements ?? [],
      story: record,
      view,
      opens: opensAt(record, looked.sources),
      sections: looked.sectionsOf(item, record, view),
    };
    items.push({ guid, written: entry, taken, aside: undefined });
  }
  return { source, outcome, head, listed, items };
}

/** Entries read at once: a document may be large. */
const batch = 200;

/** Not every feed lists what is newest first. */
async function newestFirst(document: Pick<OpenFeed, 'names' | 'written'>): Promise<string[]> {
  const guids = document.names.map(({ guid }) => guid);
  const dates = new Map<string, Instant>();
  for (let at = 0; at < guids.length; at += batch)
    for (const { guid, entry } of await document.written(guids.slice(at, at + batch))) {
      const date = parseDate(entry.publishedText ?? '') ?? parseDate(entry.updatedText ?? '');
      if (date !== undefined) dates.set(guid, date);
    }
  return guids.sort((one, other) => (dates.get(other) ?? 0) - (dates.get(one) ?? 0));
}

interface Found {
  readonly item: StoredItem;
  readonly record: StoryRecord;
}

/** By their guids, those of a source that stand in a story. */
async function storedOf(
  { key }: Source,
  guids: readonly string[],
  { library }: House,
): Promise<ReadonlyMap<string, Found>> {
  const wanted = new Set(guids);
  const samples = (await library.samples(key, mostLookedFor)).filter(({ guid }) => wanted.has(guid));
  const carried = await library.carriedWith(samples.map(({ id }) => id));
  const records = await library.stories([...new Set(carried.map(({ id }) => id))]);
  const found = new Map<string, Found>();
  for (const record of records)
    for (const item of record.items)
      if (item.sourceKey === key && wanted.has(item.guid)) found.set(item.guid, { item, record });
  return found;
}

async function asideOf(guid: string, { kind }: Outcome, { library }: House): Promise<ItemPreview['aside']> {
  if (kind === 'held') return 'held';
  const aside = await library.findAside(guid);
  return aside?.waitsUntil === undefined ? 'dropped' : 'waits';
}

/** What publication makes of stories now. */
async function lookAt(records: readonly StoryRecord[], settings: Config, house: House) {
  const circumstances = await circumstancesNow(settings, house);
  const { config, now } = circumstances;
  const sources = new Map(config.sources.map((source) => [source.key, source]));
  const holds = holdsOf(await house.library.holds());
  const ids = [...new Set(records.map(({ id }) => id))];
  const shown = await circumstances.views(ids);
  const uids = new Map(shown.map((view) => [view.uid, view]));
  const views = new Map(
    records.flatMap(({ id, uid }) => {
      const view = uids.get(uid);
      return view === undefined ? [] : [[id, view] as const];
    }),
  );
  const sectionsOf = (item: StoredItem, record: StoryRecord, view: StoryView): readonly InSection[] => {
    const source = sources.get(item.sourceKey);
    if (source === undefined) return [];
    return config.sections
      .filter(({ id }) => source.sections.includes(id))
      .map((section): InSection => {
        const verdict = judged(
          item,
          source.filters.find((one) => one.section === section.id),
        );
        const isShown = view.sections.includes(section.id);
        const opens = opensAt(record, sources);
        const opensThere = opensIn(section, item, holds);
        const waits = opens === 'never' ? undefined : Math.max(opens, opensThere === 'never' ? 0 : opensThere);
        const because = ((): InSection['because'] => {
          if (isShown) return verdict.isWanted ? undefined : 'another-copy';
          if (source.show === 'none' || opens === 'never') return 'nothing-shown';
          if (!verdict.isWanted) return undefined;
          if (opens > now) return 'embargo';
          if (opensThere === 'never') return 'a-person-looks';
          if (opensThere > now) return 'delay';
          return isKept(view.published, section, now) ? undefined : 'too-old';
        })();
        const finds = section.hold === undefined ? [] : findingsIn(item, { hold: section.hold, source });
        return {
          section,
          verdict,
          isShown,
          because,
          opens: waits !== undefined && waits > now ? waits : undefined,
          finds,
        };
      });
  };
  return { sources, views, sectionsOf };
}
