/** A preview for programs: whole, with the markup before and after. */

import type { InSection, ItemPreview, Preview } from '../preview.ts';
import { verdictJson } from '../telling/verdicts.ts';

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
