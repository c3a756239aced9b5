/** A preview for programs: whole, with the markup before and after. */

import type { InSection, ItemPreview, Preview } from '../preview.ts';
import type { Hit, Verdict } from '../publish/filters.ts';
import { placeOf } from '../publish/filters.ts';

/** @param section the only one that is asked for */
export function jsonOfPreview({ source, outcome, head, listed, items }: Preview, section: string | undefined): unknown {
  const { url: _url, secrets: _secrets, ...settings } = source;
  return {
    source: settings,
    outcome,
    feed: head,
    listed,
    items: items.map((one) => itemJson(one, section)),
  };
}

function itemJson({ guid, written, taken, aside }: ItemPreview, section: string | undefined): unknown {
  if (taken === undefined) return { guid, written, aside };
  const { item, isNew, leftOut, statements, story, view, opens, sections } = taken;
  return {
    guid,
    written,
    isNew,
    item,
    leftOut,
    statements,
    story: {
      uid: story.uid,
      attribution: story.attribution,
      items: story.items.map(({ id, sourceKey, guid: own, title }) => ({ id, sourceKey, guid: own, title })),
    },
    shown: {
      show: view.show,
      title: view.title,
      excerpt: view.excerpt,
      credit: view.credit,
      licence: view.licence,
      opens,
    },
    sections: sections.filter((one) => section === undefined || one.section.id === section).map(sectionJson),
  };
}

function sectionJson({ section, verdict, isShown, because, opens, finds }: InSection): unknown {
  return {
    section: section.id,
    isShown,
    because,
    opens,
    ...verdictJson(verdict),
    finds: finds.map(({ kind, quote }) => ({ kind, quote })),
  };
}

function verdictJson(verdict: Verdict): object {
  if (verdict.isWanted) return { isWanted: true, by: verdict.hits.map(hitJson) };
  if ('hit' in verdict) return { isWanted: false, skippedBy: hitJson(verdict.hit) };
  return { isWanted: false, missing: { part: verdict.missing, words: verdict.terms.map(writtenOf) } };
}

function hitJson(hit: Hit): unknown {
  return { part: hit.part, word: writtenOf(hit.term), at: placeOf(hit), around: around(hit) };
}

/** A word or expression as it stands in sources.yaml. */
export function writtenOf(term: Hit['term']): string {
  return typeof term === 'string' ? term : term.written;
}

const charactersAround = 30;

/** The word that was met between brackets, with those around it. */
export function around(hit: Hit): string {
  const { text } = hit;
  const place = placeOf(hit);
  if (place === undefined) return text.slice(0, 2 * charactersAround);
  const [from, to] = [Math.max(0, place.from - charactersAround), Math.min(text.length, place.to + charactersAround)];
  const middle = text.slice(place.from, Math.min(place.to, place.from + 2 * charactersAround));
  return `${from > 0 ? '…' : ''}${text.slice(from, place.from)}[${middle}]${text.slice(place.to, to)}${to < text.length ? '…' : ''}`;
}
