/**
 * A reader whose documents hold nothing of what they were asked with: the one door through which partners' words come in,
 * before anything is judged, stored or published. Where a source's address holds no secret, it is the reader itself.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { FetchedDocument, OpenDocument, OpenFeed, Reader, ReadingHints } from './edges.ts';
import type { Item, Source } from './model.ts';
import { discreetEntry, discreetHead, discreetItem } from './text/discreet.ts';
import { redactor } from './text/redact.ts';

/** What readers of the site see in place of a secret: its name is nobody's business. */
const omitted = '[…]';

/** Reads as the reader does, without the secrets in the source's address. Problems are left as they are: they are ours. */
export function readDiscreetly({ secrets }: Pick<Source, 'secrets'>, reader: Reader): Reader['read'] {
  if (secrets.length === 0) return (document, hints) => reader.read(document, hints);
  const redact = redactor(secrets, () => omitted);
  return async (document: FetchedDocument, hints: ReadingHints): Promise<OpenDocument> => {
    const read = await reader.read(document, hints);
    return read.kind === 'feed' ? discreetFeed(read, redact) : read;
  };
}

function discreetFeed(document: OpenFeed, redact: (text: string) => string): OpenFeed {
  /** The reader's own names, by those that are known outside; of equal ones the first. */
  const inside = new Map<string, string>();
  const names = document.names.flatMap(({ guid, hash }) => {
    const shown = redact(guid);
    if (inside.has(shown)) return [];
    inside.set(shown, guid);
    return [{ guid: shown, hash }];
  });
  return {
    ...document,
    feed: discreetHead(document.feed, redact),
    names,
    async written(guids) {
      const entries = await document.written(guids.map((guid) => inside.get(guid) ?? guid));
      return entries.map(({ guid, entry }) => ({ guid: redact(guid), entry: discreetEntry(entry, redact) }));
    },
    async normalise(guids, context) {
      const made = await document.normalise(
        guids.map((guid) => inside.get(guid) ?? guid),
        context,
      );
      if (made.kind === 'failed') return made;
      const items: Item[] = [];
      for (const item of made.items) {
        items.push(discreetItem(item, redact));
        await turn(); // a thousand texts of a megabyte must not keep everybody else waiting
      }
      return { ...made, items };
    },
  };
}
