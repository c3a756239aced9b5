/**
 * From a story as it is stored to the story as readers get it: which copy is shown, how much of it its authors allow,
 * who is credited, in which words. Pure.
 */
import type {
  Config,
  Evidence,
  Language,
  Member,
  SafeHtml,
  Show,
  Source,
  SourceKey,
  SourceMemory,
  StoredItem,
  StoryRecord,
} from '../model.ts';
import { excerpt, htmlToText } from '../text/html.ts';
import { linkPhrase, noHtml, paragraph, picturesAsLinks, removeParagraph } from '../text/safe-html.ts';
import { hostOf, isHomePage } from '../text/url.ts';
import { becauseOf } from './because.ts';
import { creditOf } from './credit.ts';
import { isWanted } from './filters.ts';
import { groupView, publicFeedUrl, sourceName } from './source-view.ts';
import type { GroupView, OriginalView, RepostView, StoryView } from './views.ts';
import { wordsFor } from './words.ts';

export interface ViewContext {
  readonly config: Config;
  readonly sources: ReadonlyMap<SourceKey, Source>;
  readonly memories: ReadonlyMap<SourceKey, SourceMemory>;
  /** What stands before the story's name in its `tag:` URI (RFC 4151), e.g. `tag:news.example,2026:`. */
  readonly tagPrefix: string;
}

const excerptWords = 60;
const headingWords = 12;

interface Reading {
  readonly record: StoryRecord;
  readonly items: ReadonlyMap<number, StoredItem>;
  /** The author's own copy, if we hold it. */
  readonly original: StoredItem | undefined;
  /** The copy whose text is shown. */
  readonly shown: StoredItem;
  readonly context: ViewContext;
}

/** The view of a story; a withdrawn one has no words left in it. */
export function storyView(record: StoryRecord, context: ViewContext): StoryView {
  const items = new Map(record.items.map((item) => [item.id, item]));
  const { original: who } = record.attribution;
  const original = who.kind === 'item' ? items.get(who.itemId) : undefined;
  const standing = record.items.filter((item) => item.withdrawn === undefined && context.sources.has(item.sourceKey));
  const shown =
    original !== undefined && original.withdrawn === undefined ? original : (standing[0] ?? record.items[0]);
  if (shown === undefined) throw new RangeError(`story ${record.uid} has no item`);
  const reading: Reading = { record, items, original, shown, context };
  const isWithdrawn = original?.withdrawn !== undefined || standing.length === 0;
  return isWithdrawn ? withdrawnView(reading) : shownView(reading);
}

function shownView(reading: Reading): StoryView {
  const { shown, context } = reading;
  const source = context.sources.get(shown.sourceKey);
  const lang = shown.lang === 'und' ? (source?.lang ?? context.config.site.lang) : shown.lang;
  const html = withoutCreditLine(reading);
  const text = htmlToText(html);
  const show = policyOf(reading);
  const originalView = viewOfOriginal(reading, lang);
  const reposts = viewsOfReposts(reading, lang);
  const { credit, creditHtml } = creditOf({ original: originalView, reposts }, lang, context.config.site.timezone);
  return {
    ...addressOf(reading),
    title: shown.title,
    heading: shown.title === '' ? excerpt(text, headingWords) : shown.title,
    url: originalView.url,
    show,
    body: bodyOf(show, html, text, lang),
    excerpt: show === 'link' ? '' : excerpt(text, excerptWords),
    lang: shown.lang,
    dir: shown.dir,
    published: shown.date,
    updated: shown.revisedAt ?? shown.date,
    original: originalView,
    reposts,
    credit,
    creditHtml,
    licence: source?.licence ?? shown.rights,
    categories: distinct([...shown.categories, ...(source?.tags ?? [])]),
    enclosures: show === 'link' ? [] : shown.enclosures,
    sections: sectionsOf(reading),
    shownFrom: shown.sourceKey,
    withdrawn: undefined,
  };
}

function withdrawnView(reading: Reading): StoryView {
  const { shown, original, record, context } = reading;
  const at = original?.withdrawn?.at ?? Math.max(...record.items.map((item) => item.withdrawn?.at ?? 0));
  const source = context.sources.get((original ?? shown).sourceKey);
  const group: GroupView =
    source === undefined ? { name: '', url: undefined } : groupView(source, context.memories.get(source.key));
  return {
    ...addressOf(reading),
    title: '',
    heading: '',
    url: undefined,
    show: 'link',
    body: noHtml,
    excerpt: '',
    lang: shown.lang,
    dir: shown.dir,
    published: shown.date,
    updated: at,
    original: {
      group,
      creditAs: undefined,
      url: undefined,
      authors: [],
      date: shown.date,
      isGuess: false,
      isHeld: false,
      feed: undefined,
      because: [],
    },
    reposts: [],
    credit: '',
    creditHtml: noHtml,
    licence: undefined,
    categories: [],
    enclosures: [],
    sections: sectionsOf(reading),
    shownFrom: shown.sourceKey,
    withdrawn: { at },
  };
}

function addressOf({ record, context }: Reading): Pick<StoryView, 'uid' | 'id' | 'path'> {
  return { uid: record.uid, id: `${context.tagPrefix}story/${record.uid}`, path: `story/${record.uid}/` };
}

/** The strictest of what the shown copy's group and the credited author's group allow. */
function policyOf({ record, shown, context }: Reading): Show {
  const { original } = record.attribution;
  const authorKey = original.kind === 'elsewhere' ? original.sourceKey : shown.sourceKey;
  const policies = [shown.sourceKey, authorKey].map((key) =>
    key === undefined ? undefined : context.sources.get(key)?.show,
  );
  return policies.includes('link')
    ? 'link'
    : policies.every((show) => show === 'full' || show === undefined)
      ? 'full'
      : 'excerpt';
}

function bodyOf(show: Show, html: SafeHtml, text: string, lang: Language): SafeHtml {
  if (show === 'link') return noHtml;
  if (show === 'full') return picturesAsLinks(html, wordsFor(lang).picture);
  const beginning = excerpt(text, excerptWords);
  return beginning === '' ? noHtml : paragraph(beginning);
}

/** A credit line made by hand becomes a real link: ours takes its place where it stands alone, else the name is linked. */
function withoutCreditLine({ record, shown, context }: Reading): SafeHtml {
  const member = record.attribution.members.find((one) => one.itemId === shown.id);
  let html = shown.html;
  for (const one of member?.evidence ?? []) {
    if (one.kind !== 'credit-phrase') continue;
    const source = one.targetSource === undefined ? undefined : context.sources.get(one.targetSource);
    const url = one.targetUrl ?? (source && groupView(source, context.memories.get(source.key)).url);
    const removed = url === undefined && one.says !== 'original' ? html : removeParagraph(html, one.quote);
    html =
      removed !== html || url === undefined || one.targetName === undefined
        ? removed
        : linkPhrase(html, one.quote, one.targetName, url);
  }
  return html;
}

function viewOfOriginal(reading: Reading, lang: Language): OriginalView {
  const { record, shown, original } = reading;
  const { original: who } = record.attribution;
  if (who.kind === 'item' && original !== undefined) {
    const author = authorView(original.sourceKey, reading.context);
    return {
      ...author,
      url: original.url,
      authors: original.authors.filter((name) => name !== author.group.name),
      date: original.date,
      isGuess: isByDateAlone(record),
      isHeld: true,
      because: because(reading, original.id, lang),
    };
  }
  const elsewhere = who.kind === 'elsewhere' ? who : undefined;
  const name = elsewhere?.name ?? (elsewhere?.url === undefined ? undefined : hostOf(elsewhere.url)) ?? '';
  const stranger = { group: { name, url: elsewhere?.url }, creditAs: undefined, feed: undefined };
  return {
    ...(elsewhere?.sourceKey === undefined ? stranger : authorView(elsewhere.sourceKey, reading.context)),
    url: elsewhere?.url !== undefined && !isHomePage(elsewhere.url) ? elsewhere.url : shown.url,
    authors: [],
    date: shown.date,
    isGuess: false,
    isHeld: false,
    because: because(reading, shown.id, lang),
  };
}

/** A source of ours as an author; one that has left sources.yaml is still named. */
function authorView(
  key: SourceKey,
  { sources, memories }: ViewContext,
): Pick<OriginalView, 'group' | 'creditAs' | 'feed'> {
  const source = sources.get(key);
  const memory = memories.get(key);
  if (source === undefined)
    return { group: { name: memory?.title ?? key, url: memory?.home }, creditAs: undefined, feed: undefined };
  const url = publicFeedUrl(source, memory);
  return {
    group: groupView(source, memory),
    creditAs: source.credit,
    feed: url === undefined ? undefined : { url, title: sourceName(source, memory) },
  };
}

/** One entry a group: its copies in several feeds are one repost. */
function viewsOfReposts({ record, items, context }: Reading, lang: Language): RepostView[] {
  const byGroup = new Map<string, RepostView>();
  for (const member of record.attribution.members) {
    const item = items.get(member.itemId);
    const source = item && context.sources.get(item.sourceKey);
    if (member.role !== 'repost' || item === undefined || source === undefined || item.withdrawn !== undefined)
      continue;
    const group = groupView(source, context.memories.get(source.key));
    if (byGroup.has(group.name)) continue;
    byGroup.set(group.name, {
      group,
      url: item.url,
      date: item.date,
      because: becauseOf([...member.evidence, ...joinsTo(item.sourceKey, record)], lang),
    });
  }
  return [...byGroup.values()];
}

/** What the others' copies prove about this one: a join is noted on the copy that was read later, and holds both ways. */
function joinsTo(key: SourceKey, record: StoryRecord): Evidence[] {
  return record.attribution.members
    .filter((member) => member.role !== 'repost')
    .flatMap((member) => member.evidence.filter((one) => one.says === 'same' && one.targetSource === key));
}

/** How we know who wrote it: its own words, not that others carry the same. */
function because({ record }: Reading, itemId: number, lang: Language): string[] {
  const member: Member | undefined = record.attribution.members.find((one) => one.itemId === itemId);
  return becauseOf(member?.evidence.filter((one) => one.says !== 'same') ?? [], lang);
}

/** Several groups carry it and none says from whom: only the dates speak, so nobody is named the author. */
function isByDateAlone({ attribution }: StoryRecord): boolean {
  const hasReposts = attribution.members.some((member) => member.role === 'repost');
  return hasReposts && !attribution.members.some((member) => member.evidence.some((one) => one.says !== 'same'));
}

function sectionsOf({ record, context }: Reading): string[] {
  const ids = record.items.flatMap((item) => {
    const source = context.sources.get(item.sourceKey);
    return source !== undefined && item.withdrawn === undefined && isWanted(item, source) ? source.sections : [];
  });
  return context.config.sections.map((section) => section.id).filter((id) => ids.includes(id));
}

function distinct(words: readonly string[]): string[] {
  const seen = new Map(words.map((word) => [word.toLowerCase(), word]));
  return [...seen.values()];
}
