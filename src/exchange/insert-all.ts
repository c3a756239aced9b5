/** All parts of an arrangement → the text of sources.yaml with them in it, or of a new one. */
import { insertSections, insertSources } from '../config/insertion.ts';
import { written } from '../yaml/written.ts';
import type { Arrangement } from './arrange.ts';

type Inserted =
  | { readonly kind: 'inserted'; readonly text: string }
  /** `why` says what stands in the way, and what to do by hand. */
  | { readonly kind: 'refused'; readonly why: string };

/** @param text of the file as it is */
export function insertAll(text: string, { parts }: Arrangement): Inserted {
  let grown = text;
  for (const { section, sources } of parts.filter(({ isNew }) => !isNew)) {
    const inserted = insertSources(grown, section, sources);
    if (inserted.kind === 'refused') return inserted;
    grown = inserted.text;
  }
  const fresh = parts.filter(({ isNew }) => isNew);
  return fresh.length === 0 ? { kind: 'inserted', text: grown } : insertSections(grown, fresh);
}

/** @param title of the site, where the list has one @param from what the list came from, for people */
export function newFile(title: string | undefined, from: string): string {
  const site = title === undefined ? '' : `site:\n  title: ${written(title, 'block')}\n`;
  return `# Taken from ${from.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}\n${site}`;
}
