/**
 * The entries of one document to names that stay: each entry gets an identity inside its source and a hash of what it
 * says, from the document alone. Runs on every entry of every fresh document, so it reads no markup.
 */
import { hash as hashOf } from 'node:crypto';
import type { Entry } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import { hashName, shortened, toldApart } from '../text/entry-names.ts';
import { grouped } from '../text/grouped.ts';
import { plainLine } from '../text/safe.ts';
import { canonicalUrl, isHomePage } from '../text/url.ts';

/** Part of every hash: raised when entries are read differently, so that all stored items are read again. */
const READING_VERSION = 6;

/** An entry with its name and the hash of what it says. */
export interface Identified {
  readonly entry: Entry;
  readonly guid: string;
  readonly hash: string;
}

/** A larger share of guids that another entry has already, and none of the source's guids says anything. */
const mostShared = 0.05;

interface Names {
  /** In document order, without repetitions. */
  readonly identified: readonly Identified[];
  /**
   * normalise/same-guid and normalise/duplicate-entry, one for each name; normalise/empty-entry for each that has another's.
   * Their subject holds the entry only.
   */
  readonly problems: Problem[];
  /** The guids do not tell the entries apart: they are not what entries are named by. */
  readonly areGuidsShared: boolean;
}

/**
 * Names entries. The name is the guid as written; without one the canonical address; without both a hash of title and
 * text. A name that entries with different links or titles share is no name: each of them gets its link, then its title,
 * added (spec requirements §6). The order of the document changes no name.
 *
 * Where more than a twentieth of the guids are another entry's, the next document may give any of them to any post: then
 * entries are named as if they had none.
 * @param areGuidsShared what earlier documents of the source have shown: names stay what they are once they are links
 */
export function identify(entries: readonly Entry[], areGuidsShared = false): Names {
  const share = shareOfOthers(entries);
  const isShared = areGuidsShared || share > mostShared;
  const { identified, problems } = nameAll(entries, isShared ? nameWithoutGuid : nameOf);
  return {
    identified,
    problems: [...(share > mostShared ? [toldOf(share)] : []), ...problems],
    areGuidsShared: isShared,
  };
}

function toldOf(share: number): Problem {
  return problem('normalise/same-guid', {}, `${Math.round(share * 100)} % of its guids are another entry’s too`);
}

/** The share of guids that an entry before has, which says something else. */
function shareOfOthers(entries: readonly Entry[]): number {
  const named = entries.filter((entry) => hasGuid(entry) && !isEmpty(entry));
  const guids = new Set(named.map(({ guid }) => guid)).size;
  if (guids === named.length) return 0; // as nearly always: no link is looked at
  const different = new Set(named.map((entry) => JSON.stringify([entry.guid, linkOf(entry), titleOf(entry)]))).size;
  return (different - guids) / named.length;
}

function nameAll(entries: readonly Entry[], nameFor: (entry: Entry) => string): Pick<Names, 'identified' | 'problems'> {
  const problems: Problem[] = [];
  const listed = entries.map((entry): Listed => ({ entry, name: nameFor(entry), isLeftOut: false }));
  // Entries that say nothing are all alike; normalise drops each of them and says so. Not under the name of one that says
  // something: of two hashes one is never the stored one, and that entry would be read again with every document.
  const sayingSomething = listed.filter(({ entry }) => !isEmpty(entry));
  for (const [name, group] of grouped(sayingSomething, (one) => one.name)) {
    if (group.length > 1) problems.push(...tellApart(name, group));
  }
  const taken = new Set(sayingSomething.map(({ name }) => name));
  for (const one of listed) {
    if (!isEmpty(one.entry) || !taken.has(one.name)) continue;
    one.isLeftOut = true;
    const shown = plainLine(one.name, 200);
    problems.push(problem('normalise/empty-entry', { entry: shown }, shown));
  }
  const identified = listed
    .filter((one) => !one.isLeftOut)
    .map(({ entry, name }) => ({ entry, guid: name, hash: entryHash(entry) }));
  return { identified, problems };
}

interface Listed {
  readonly entry: Entry;
  name: string;
  isLeftOut: boolean;
}

/** Gives entries that share a name names of their own, and leaves out those that say the same as one before them. */
function tellApart(name: string, group: readonly Listed[]): Problem[] {
  const problems: Problem[] = [];
  const subject = { entry: plainLine(name, 200) };
  const byLink = grouped(group, ({ entry }) => linkOf(entry) ?? '');
  const titles = grouped(group, ({ entry }) => titleOf(entry)).size;
  if (byLink.size > 1 || titles > 1) {
    problems.push(problem('normalise/same-guid', subject, `${group.length} entries share ${subject.entry}`));
  }
  for (const [link, linked] of byLink) {
    const byTitle = grouped(linked, ({ entry }) => titleOf(entry));
    for (const [title, same] of byTitle) {
      // The link where links differ, the title only where that is not enough: a name must not grow for nothing.
      const parts = [name, ...(byLink.size > 1 ? [link] : []), ...(byTitle.size > 1 ? [title] : [])];
      for (const [index, one] of same.entries()) {
        // Under a prefix of our own, or a feed could write the composite as another entry's guid.
        one.name = parts.length > 1 ? `${toldApart}${shortened(parts.join(' '))}` : name;
        one.isLeftOut = index > 0;
      }
      const shown = plainLine(title, 200) || subject.entry;
      if (same.length > 1) problems.push(problem('normalise/duplicate-entry', subject, shown));
    }
  }
  return problems;
}

function nameOf(entry: Entry): string {
  if (!hasGuid(entry)) return nameWithoutGuid(entry);
  // A guid that looks like a name of our making gets one of our making, so that none can be taken on purpose.
  return /^(told-apart|hash):/.test(entry.guid) ? hashName(entry.guid) : shortened(entry.guid);
}

function hasGuid(entry: Entry): entry is Entry & { readonly guid: string } {
  return entry.guid !== undefined && entry.guid.trim() !== '';
}

function nameWithoutGuid(entry: Entry): string {
  const link = linkOf(entry);
  if (link !== undefined && !isHomePage(link)) return link; // many entries "link" to the front page
  return hashName(`${titleOf(entry)}\n${textOf(entry)}`);
}

function isEmpty(entry: Entry): boolean {
  return titleOf(entry) === '' && textOf(entry).trim() === '' && linkOf(entry) === undefined;
}

function linkOf(entry: Entry): string | undefined {
  const link = entry.origLink ?? entry.links.find((one) => one.rel === 'alternate')?.href;
  return link === undefined ? undefined : canonicalUrl(link);
}

function titleOf(entry: Entry): string {
  return entry.title?.html.trim() ?? '';
}

function textOf(entry: Entry): string {
  return entry.content?.html ?? entry.summary?.html ?? '';
}

/**
 * What an entry says, as one string. Left out is what changes without anything being said: `updated`, on which many
 * servers put the time of the request; the guid, which is the name; the order of links, categories and enclosures.
 */
function entryHash(entry: Entry): string {
  const texts = [entry.title, entry.content, entry.summary].map((text) => measured(text?.html));
  const others = [
    entry.links.map((link) => `${link.rel} ${link.href}`).sort(),
    entry.origLink,
    entry.content?.base ?? entry.summary?.base,
    entry.authors.map((person) => [person.name, person.email, person.url]),
    entry.publishedText,
    entry.categories.map((one) => one.label ?? one.term).sort(),
    entry.enclosures.map((one) => `${one.url} ${one.type ?? ''} ${one.bytes ?? ''} ${one.title ?? ''}`).sort(),
    [entry.source?.title, entry.source?.feedUrl, entry.source?.home],
    entry.rights,
    entry.events,
    entry.lang ?? entry.content?.lang,
    ...(entry.wish === undefined ? [] : [entry.wish.republish, entry.wish.images]), // or every stored entry would be another
  ];
  return shortHash(`${READING_VERSION} ${texts.join('')}${JSON.stringify(others)}`);
}

/** A text so that where it ends shows before it begins: no two rows of texts come to the same string. */
function measured(text: string | undefined): string {
  return text === undefined ? '- ' : `${text.length} ${text}`;
}

function shortHash(text: string): string {
  return hashOf('sha256', text, 'hex').slice(0, 32);
}
