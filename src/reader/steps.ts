/** A document's bytes to names, then its new entries to items: the two steps of reading, done in the process that asks. */
import type {
  EntryContext,
  EntryName,
  FeedHead,
  FetchedDocument,
  NormalisedEntries,
  ReadingHints,
  WrittenEntry,
} from '../edges.ts';
import type { Feed, Item, Parsed } from '../model.ts';
import { flawsIn } from '../normalise/flaws.ts';
import { identify } from '../normalise/identity.ts';
import { withMarkedEvents } from '../parse/events/marked.ts';
import { parseDocument } from '../parse/parse.ts';
import { type Problem, problem } from '../problems.ts';

/** What the first step finds: plain data, so that it can cross from one process to another. */
export type ReadDocument =
  | {
      readonly kind: 'feed';
      readonly feed: FeedHead;
      readonly names: readonly EntryName[];
      readonly problems: readonly Problem[];
    }
  | Exclude<Parsed, { kind: 'feed' }>;

/** The steps, here or elsewhere. Whoever takes them remembers the entries of the last document read. */
export interface Steps {
  /** Reads a document and names its entries. @param most entries; undefined for as many as is usual */
  read(document: FetchedDocument, hints: ReadingHints, most: number | undefined): Promise<ReadDocument>;
  /** Entries of the document just read, as they are written. */
  written(guids: readonly string[]): Promise<readonly WrittenEntry[]>;
  /** Makes items of entries of the document just read. */
  normalise(guids: readonly string[], context: EntryContext): Promise<NormalisedEntries>;
  /** No document is open for now. */
  rest(): void;
  close(): Promise<void>;
}

/** Characters of the items of one document. No honest one comes near; short links below a long base come to gigabytes. */
const mostCharacters = 32 * 1_048_576;

interface Remembered {
  readonly feed: Feed;
  readonly url: string;
  readonly identified: ReturnType<typeof identify>['identified'];
}

/** The steps in this process: no limits but those of the stages. The cleaner is loaded at the first new entry. */
export function openSteps(): Steps {
  let remembered: Remembered | undefined;
  return {
    async read(document, hints, most) {
      const parsed = await parseDocument(document, hints.page, most);
      if (parsed.kind !== 'feed') return parsed;
      const { entries, ...head } = parsed.feed;
      const { identified, problems, areGuidsShared } = identify(entries, hints.areGuidsShared);
      remembered = { feed: parsed.feed, url: document.url, identified };
      return {
        kind: 'feed',
        feed: { ...head, entryCount: entries.length, areGuidsShared, flaws: flawsIn(entries, head.format) },
        names: identified.map(({ guid, hash }) => ({ guid, hash })),
        problems: [...parsed.problems, ...problems],
      };
    },
    async written(guids) {
      const wanted = new Set(guids);
      return (remembered?.identified ?? []).flatMap(({ guid, entry }) => (wanted.has(guid) ? [{ guid, entry }] : []));
    },
    async normalise(guids, context) {
      if (remembered === undefined) throw new Error('no document is open');
      return await normaliseSome(remembered, new Set(guids), context);
    },
    rest() {
      remembered = undefined;
    },
    close: () => Promise.resolve(),
  };
}

/** Kept once it is loaded: to ask the loader again costs as much as an entry. */
let cleaner: Promise<typeof import('../normalise/normalise.ts')> | undefined;

async function normaliseSome(
  { feed, url, identified }: Remembered,
  wanted: ReadonlySet<string>,
  { source, now }: EntryContext,
): Promise<NormalisedEntries> {
  cleaner ??= import('../normalise/normalise.ts');
  const { normaliseEntry } = await cleaner;
  const about = { feed, source, sourceTitle: source.name ?? feed.title, documentUrl: url, now };
  const items: Item[] = [];
  const problems: Problem[] = [];
  let characters = 0;
  for (const { entry, guid, hash } of identified) {
    if (!wanted.has(guid)) continue;
    const made = normaliseEntry(withMarkedEvents(entry), { ...about, guid, hash });
    if (made.kind === 'dropped') problems.push(made.problem);
    else {
      items.push(made.item);
      problems.push(...made.problems);
      characters += made.item.html.length + made.item.text.length;
      if (characters > mostCharacters) {
        const why = `its items come to more than ${mostCharacters} characters`;
        return { kind: 'failed', problem: problem('parse/too-heavy', {}, why) };
      }
    }
  }
  return { kind: 'items', items, problems };
}
