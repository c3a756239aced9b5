/** A section's list → the stories of it that are kept, those that are announced, and those on its first page. Pure. */
import type { Instant, Language, Section, Source, SourceKey } from '../model.ts';
import { dayMs } from '../text/wall-clock.ts';
import type { Listed, Supply } from './supply.ts';

/**
 * True while the section keeps a story listed under this date. Stories leave at midnight UTC, so that a list changes
 * once a day; up to a day early, never late: the night's work takes their texts out of the database.
 */
export function isKept(date: Instant, { keepMs }: Pick<Section, 'keepMs'>, now: Instant): boolean {
  return keepMs === undefined || date >= Math.ceil((now - keepMs) / dayMs) * dayMs;
}

/**
 * Without the back catalogue that a new source brought: of each first import only the newest stories, as many as the
 * source's `first_import` allows. What feeds and digests carry; everything is in the archive.
 * @param listed newest first
 */
export function announcedOf(listed: readonly Listed[], sources: readonly Source[]): readonly Listed[] {
  const allowed = new Map(sources.map(({ key, firstImport }) => [key, firstImport]));
  const taken = new Map<SourceKey, number>();
  return listed.filter(({ firstImportOf: key }) => {
    if (key === undefined) return true;
    const number = (taken.get(key) ?? 0) + 1;
    taken.set(key, number);
    return number <= (allowed.get(key) ?? Number.POSITIVE_INFINITY);
  });
}

/** What feeds and digests of a section may carry, the newest to subscribers first. */
export function announcedIn(
  section: Section,
  { listed, config, now }: Pick<Supply, 'listed' | 'config' | 'now'>,
): readonly Listed[] {
  const kept = (listed.get(section.id) ?? []).filter(({ date }) => isKept(date, section, now));
  return byOpening(announcedOf(kept, config.sources));
}

/**
 * The stories on a section's first page, newest first. A new source that dates everything today pushes nobody off it:
 * what is announced comes before the rest of a first import, which takes the room that is left.
 */
export function firstPageOf(listed: readonly Listed[], announced: readonly Listed[], size: number): readonly Listed[] {
  if (announced.length === listed.length) return listed.slice(0, size);
  const isAnnounced = new Set(announced);
  const rest = listed.filter((story) => !isAnnounced.has(story));
  const chosen = new Set([...announced, ...rest].slice(0, size));
  return listed.filter((story) => chosen.has(story));
}

/** Feeds of one language each that a section has at the most: which languages there are, partners decide. */
const mostLanguages = 12;
/** What a folder may be called: the tags of partners are theirs. */
const primaryTag = /^[a-z]{2,3}$/;

/** The language of a tag, without script and region: `pt-BR` is read by whoever reads `pt`. */
export function primaryLanguage(lang: Language): Language {
  return lang.toLowerCase().split('-')[0] ?? lang;
}

/** The languages that a section's stories are in, most used first; none while all are in one. */
export function languagesOf(listed: readonly Listed[]): readonly Language[] {
  const counts = new Map<Language, number>();
  for (const { langs } of listed)
    for (const lang of new Set(langs.map(primaryLanguage)))
      if (lang !== 'und' && primaryTag.test(lang)) counts.set(lang, (counts.get(lang) ?? 0) + 1);
  if (counts.size < 2) return [];
  const mostUsed = [...counts].sort(([a, most], [b, fewer]) => fewer - most || (a < b ? -1 : 1));
  return mostUsed.slice(0, mostLanguages).map(([lang]) => lang);
}

/** When subscribers may first have it: an embargo moves a story into a later week, and to the top of the feeds at its end. */
export function openedAt({ date, opened = date }: Listed): Instant {
  return opened;
}

/** As feeds have them: newest to subscribers first. */
export function byOpening(listed: readonly Listed[]): readonly Listed[] {
  if (listed.every(({ opened }) => opened === undefined)) return listed;
  return [...listed].sort((one, other) => openedAt(other) - openedAt(one));
}

/** Newest first; of one instant, in the order of their names. */
export function newestFirst<T extends Pick<Listed, 'date' | 'uid'>>(listed: Iterable<T>): readonly T[] {
  return [...listed].sort((a, b) => b.date - a.date || (a.uid < b.uid ? -1 : 1));
}
