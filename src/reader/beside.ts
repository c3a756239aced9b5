/** The steps of reading, taken in a process beside this one, with a deadline and a bound on memory. */
import { abortCode, type Bounds, type Ending, openBeside } from '../beside.ts';
import type { EntryContext, FetchedDocument, NormalisedEntries, Reader, ReadingHints, WrittenEntry } from '../edges.ts';
import type { Item } from '../model.ts';
import { problem } from '../problems.ts';
import type { ReadDocument, Steps } from './steps.ts';
import { takeTurns } from './turns.ts';

export type Question =
  | {
      readonly step: 'read';
      /** The body follows on standard input. */
      readonly bytes: number;
      readonly document: Omit<FetchedDocument, 'body'>;
      readonly hints: ReadingHints;
      readonly most: number | undefined;
    }
  | { readonly step: 'written'; readonly guids: readonly string[] }
  | { readonly step: 'normalise'; readonly guids: readonly string[]; readonly context: EntryContext };

export type Answer =
  | ReadDocument
  | NormalisedEntries
  | { readonly kind: 'written'; readonly entries: readonly WrittenEntry[] }
  | { readonly kind: 'defect'; readonly message: string };

/** An answer's items come some at a time, before it: a message is in memory three times over while it is on its way. */
type Message = Answer | { readonly kind: 'some-items'; readonly items: readonly Item[] };

/** The deadline is for each of the two steps of a document. */
export interface ReaderLimits extends Bounds {
  /** Entries of a document, as the settings want it now; undefined for as many as is usual. */
  readonly entries: () => number | undefined;
}

const usual: ReaderLimits = { deadlineMs: 10_000, heapMb: 128, idleMs: 30_000, entries: () => undefined };

/**
 * A reader in a process of its own, started at the first document. It keeps no process of ours from ending. A document
 * that takes too long or breaks the process down is parse/too-slow or parse/too-heavy; the next one gets a fresh process.
 * @param program the built child.ts
 */
export function openReaderBeside(
  limits: Partial<ReaderLimits> = {},
  program = new URL('./child.js', import.meta.url),
): Reader {
  const all = { ...usual, ...limits };
  return takeTurns(stepsBeside(all, program), all.entries);
}

function stepsBeside(limits: ReaderLimits, program: URL): Steps {
  const beside = openBeside<Question, Message>(limits, program);
  const ask = async (question: Question, body?: Uint8Array): Promise<Answer> => {
    const items: Item[] = [];
    const take = (said: Message): Answer | undefined => {
      if (said.kind !== 'some-items') return said.kind === 'items' ? { ...said, items } : said;
      items.push(...said.items);
      return undefined;
    };
    return answerIn(await beside.ask(question, take, body), limits);
  };
  return {
    read: ({ body, ...document }, hints, most) =>
      ask({ step: 'read', bytes: body.byteLength, document, hints, most }, body) as Promise<ReadDocument>,
    async written(guids) {
      const answer = await ask({ step: 'written', guids });
      return answer.kind === 'written' ? answer.entries : []; // what cannot be shown is missed by nobody else
    },
    normalise: (guids, context) => ask({ step: 'normalise', guids, context }) as Promise<NormalisedEntries>,
    rest: beside.rest,
    close: beside.stop,
  };
}

/** @throws for a mistake of ours: an exception there, or an end that no document can bring about */
function answerIn(ending: Ending<Answer>, limits: ReaderLimits): Answer {
  if (ending.how === 'late') {
    return { kind: 'failed', problem: problem('parse/too-slow', {}, `more than ${limits.deadlineMs / 1_000} seconds`) };
  }
  if (ending.how === 'answered') {
    if (ending.answer.kind === 'defect') throw new Error(ending.answer.message);
    return ending.answer;
  }
  const { code, signal } = ending;
  if (signal === null && code !== abortCode) throw new Error(`the reader ended with exit code ${code}`);
  const isHeap = signal === 'SIGABRT' || code === abortCode;
  const why = isHeap ? `more than ${limits.heapMb} MB` : `the process that read it was ended by ${signal}`;
  return { kind: 'failed', problem: problem('parse/too-heavy', {}, why) };
}
