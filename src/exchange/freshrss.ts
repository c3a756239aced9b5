/**
 * What FreshRSS says of a feed in its namespace (FreshRSS/FreshRSS, docs/en/developers/OPML.md and app/views/helpers/export/opml.phtml) →
 * settings of ours.
 */
import { selectorMistake } from '../config/selectors.ts';
import { durationMs, guessDuration, leastEveryMs } from '../config/values.ts';
import type { FilterPart } from '../model.ts';
import { addTerm, expression, type FilterSettings, filterSettings, word } from './filters.ts';
import { spaces } from './outlines.ts';
import { selectorOf } from './xpath.ts';

interface Carried {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly remarks: readonly string[];
}

/** What has no counterpart here, by the beginning of its name. */
const without: readonly (readonly [name: RegExp, what: string])[] = [
  [/^cssFullContent$/, 'fetching the page of each text and cutting its body out'],
  [/^cssContentFilter$/, 'cutting parts out of texts'],
  [/^CURLOPT_PROXY$/, `its proxy: write  proxy:  for it, with a password as  \${NAME}`],
  [/^CURLOPT_(COOKIE|HTTPHEADER|POST)/, 'cookies and headers of its own, which may be secret'],
  [/^CURLOPT_USERAGENT$/, 'a User-Agent of its own: Relais always says who it is'],
  [/^unicityCriteria$/, 'how it tells texts apart: Relais finds that out by itself'],
];

/** @param attributes of an outline */
export function readFreshRss(attributes: ReadonlyMap<string, string>): Carried {
  const start = `${spaces.freshrss} `;
  const own = new Map(
    [...attributes].flatMap(([key, value]) => (key.startsWith(start) ? [[key.slice(start.length), value.trim()]] : [])),
  );
  const remarks: string[] = [];
  for (const [name, value] of own) {
    const what = value === '' ? undefined : without.find(([pattern]) => pattern.test(name))?.[1];
    if (what !== undefined) remarks.push(`not taken from FreshRSS: ${what}`);
  }
  const scraped = readScraper(attributes.get('type') ?? '', own, remarks);
  const seconds = Number(own.get('ttl') ?? '0');
  const isMuted = seconds < 0;
  const every = Number.isInteger(seconds) && seconds > 0 ? everyOf(seconds, remarks) : undefined;
  const isArchived = /^(hidden|archived)$/.test(own.get('priority') ?? '');
  const pausedWhy = isMuted ? 'was muted in FreshRSS' : isArchived ? 'was archived in FreshRSS' : undefined;
  return {
    settings: {
      every,
      skip: filterSettings(readFilters(own.get('filtersActionRead') ?? '', remarks)),
      paused: scraped.paused ?? pausedWhy,
      page: scraped.page,
    },
    remarks,
  };
}

function everyOf(seconds: number, remarks: string[]): string | undefined {
  if (seconds * 1_000 < leastEveryMs)
    remarks.push('it was asked more than once in 15 minutes; here it is asked by its own rhythm');
  const minutes = Math.round(seconds / 60);
  const every =
    minutes % 1_440 === 0
      ? `${minutes / 1_440}d`
      : minutes % 60 === 0
        ? `${minutes / 60}h`
        : guessDuration(`${minutes}`, 'm');
  return every === undefined || durationMs(every) < leastEveryMs ? undefined : every;
}

/** FreshRSS's search language, as far as `skip:` says the same: one word, phrase or expression, with or without a field. */
const search = /^(?<field>intitle:|author:|inurl:|intext:|#)?(?:"(?<double>[^"]+)"|'(?<single>[^']+)'|(?<bare>\S+))$/;
const fields: Readonly<Record<string, FilterPart>> = {
  'intitle:': 'title',
  'author:': 'author',
  'inurl:': 'link',
  'intext:': 'text',
  '#': 'tag',
};

/** Searches, one a line, that mark new texts as read: the nearest to leaving them out. */
function readFilters(written: string, remarks: string[]): FilterSettings {
  const skip: FilterSettings = {};
  const searches = written.split(/\r?\n/).flatMap((line) => line.trim().split(/\s+OR\s+/));
  for (const one of searches.filter((text) => text !== '')) {
    const { field = '', double, single, bare } = search.exec(one)?.groups ?? {};
    const term = double ?? single ?? (bare === undefined ? undefined : termOf(bare));
    if (term === undefined)
      remarks.push(`the filter ${JSON.stringify(one)} is not taken: Relais has none that says the same`);
    else addTerm(skip, [fields[field] ?? 'title'], (double ?? single) ? word(term) : term);
  }
  if (Object.keys(skip).length > 0)
    remarks.push('texts that FreshRSS marked as read at once are left out here, by  skip');
  return skip;
}

/** A word without quotation marks: no operator, and no field of another name. */
function termOf(text: string): string | undefined {
  const [, body, flags = ''] = /^\/(.+)\/([a-z]*)$/.exec(text) ?? [];
  if (body === undefined) return /^[-!(]|[()]|^[a-z]+:/i.test(text) ? undefined : text;
  const made = expression(body);
  return 'why' in made ? undefined : `${made.term}${flags.includes('i') ? 'i' : ''}`;
}

interface Scraped {
  readonly page?: Readonly<Record<string, unknown>> | undefined;
  readonly paused?: string | undefined;
}

const selectorNames: readonly (readonly [ours: string, theirs: string])[] = [
  ['title', 'xPathItemTitle'],
  ['link', 'xPathItemUri'],
  ['date', 'xPathItemTimestamp'],
  ['content', 'xPathItemContent'],
];

function readScraper(type: string, own: ReadonlyMap<string, string>, remarks: string[]): Scraped {
  if (/^(XML\+XPath|JSON\+DotNotation|HTML\+XPath\+JSON\+DotNotation)$/i.test(type)) {
    remarks.push(
      `it was read from ${/XML/.test(type) ? 'XML that is no feed' : 'JSON that is no feed'}, which Relais does not do, so it is paused. Look whether the site has a feed`,
    );
    return { paused: `read as ${type} by FreshRSS, which Relais cannot` };
  }
  if (!/^HTML\+XPath$/i.test(type)) return {};
  const item = selectorFor(own.get('xPathItem') ?? '');
  if (item === undefined) {
    const said = own.get('xPathItem') ?? '';
    remarks.push(
      `its items are found by the XPath ${JSON.stringify(said)}, which no CSS selector says, so it is paused. Write  page: { item: … }  for it; relais preview shows what that catches`,
    );
    return { paused: 'its XPath from FreshRSS has to be written as CSS selectors under  page' };
  }
  const page: Record<string, string> = { item };
  for (const [ours, theirs] of selectorNames) {
    const written = own.get(theirs) ?? '';
    if (written === '') continue;
    const selector = selectorFor(written);
    if (selector !== undefined) page[ours] = selector;
    else
      remarks.push(
        `the XPath of its ${ours}, ${JSON.stringify(written)}, is not taken: no CSS selector says the same. Relais looks for the ${ours} by itself`,
      );
  }
  return { page };
}

function selectorFor(xpath: string): string | undefined {
  const made = selectorOf(xpath)?.selector;
  return made === undefined || selectorMistake(made) !== undefined ? undefined : made;
}
