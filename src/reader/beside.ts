/**
 * The steps of reading, taken in a process beside this one, with a deadline and a bound on memory. A process and not a
 * thread: V8 keeps a thread's heap limit by ending the whole process when one call of its own (`JSON.parse`, a
 * `replace`) asks for too much, and a thread that is in such a call cannot be stopped.
 */
import { type ChildProcess, fork } from 'node:child_process';
import type { EntryContext, FetchedDocument, NormalisedEntries, Reader, ReadingHints } from '../edges.ts';
import type { Item } from '../model.ts';
import { problem } from '../problems.ts';
import type { ReadDocument, Steps } from './steps.ts';
import { takeTurns } from './turns.ts';

export type Question =
  | {
      readonly step: 'read';
      /** The body follows on standard input: as part of the message it would be copied three times on its way. */
      readonly bytes: number;
      readonly document: Omit<FetchedDocument, 'body'>;
      readonly hints: ReadingHints;
      readonly most: number | undefined;
    }
  | { readonly step: 'normalise'; readonly guids: readonly string[]; readonly context: EntryContext };

export type Answer = ReadDocument | NormalisedEntries | { readonly kind: 'defect'; readonly message: string };

/** An answer's items come some at a time, before it: a message is in memory three times over while it is on its way. */
export type Message = Answer | { readonly kind: 'some-items'; readonly items: readonly Item[] };

export interface ReaderLimits {
  /** For each of the two steps of a document, by a clock that nobody sets. */
  readonly deadlineMs: number;
  /** Of V8's heap; buffers come on top. */
  readonly heapMb: number;
  /** After so long without a document the process ends, and with it the memory it has taken. */
  readonly idleMs: number;
  /** Entries of a document, as the settings want it now; undefined for as many as is usual. */
  readonly entries: () => number | undefined;
}

const usual: ReaderLimits = { deadlineMs: 10_000, heapMb: 128, idleMs: 30_000, entries: () => undefined };

/** How an exchange with the other process ended. */
type Ending =
  | { readonly how: 'answered'; readonly answer: Answer }
  | { readonly how: 'late' }
  | { readonly how: 'ended'; readonly code: number | null; readonly signal: NodeJS.Signals | null };

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
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;

  const stop = async (): Promise<void> => {
    clearTimeout(idle);
    const stopped = child;
    child = undefined;
    if (stopped !== undefined) await end(stopped);
  };

  const ask = async (question: Question, body?: Uint8Array): Promise<Answer> => {
    clearTimeout(idle);
    if (child?.connected !== true) child = start(program, limits.heapMb);
    const asked = child;
    const asking = exchange(asked, question, limits.deadlineMs);
    if (body !== undefined) asked.stdin?.write(body);
    const ending = await asking;
    if (child !== asked) throw new Error('the reader was closed');
    if (ending.how !== 'answered') await stop();
    return answerIn(ending, limits);
  };

  return {
    read: ({ body, ...document }, hints, most) =>
      ask({ step: 'read', bytes: body.byteLength, document, hints, most }, body) as Promise<ReadDocument>,
    normalise: (guids, context) => ask({ step: 'normalise', guids, context }) as Promise<NormalisedEntries>,
    rest() {
      clearTimeout(idle);
      idle = setTimeout(stop, limits.idleMs).unref();
    },
    close: stop,
  };
}

/** It inherits neither our environment, where secrets are, nor our terminal, on which V8 would print its last words. */
function start(program: URL, heapMb: number): ChildProcess {
  const child = fork(program, [], {
    execArgv: [`--max-old-space-size=${heapMb}`, '--max-semi-space-size=4'], // V8's own 16 would come three times on top
    env: {},
    serialization: 'advanced',
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  });
  child.stdin?.on('error', () => {}); // it has ended in the middle of a body, and that is noticed
  child.unref();
  child.channel?.unref();
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.ref();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Asks and waits, for a tenth of the deadline ten times: one in which we were busy ourselves counts as one, however long. */
function exchange(child: ChildProcess, question: Question, deadlineMs: number): Promise<Ending> {
  return new Promise((resolve, reject) => {
    let tenths = 0;
    const timer = setInterval(() => {
      if (++tenths === 10) settle(() => resolve({ how: 'late' }));
    }, deadlineMs / 10);
    const items: Item[] = [];
    const onMessage = (message: unknown): void => {
      const said = message as Message;
      if (said.kind === 'some-items') items.push(...said.items);
      else settle(() => resolve({ how: 'answered', answer: said.kind === 'items' ? { ...said, items } : said }));
    };
    const onExit = (code: number | null, signal: NodeJS.Signals | null): void =>
      settle(() => resolve({ how: 'ended', code, signal }));
    const onError = (error: Error): void => settle(() => reject(error));
    const settle = (finish: () => void): void => {
      clearInterval(timer);
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      finish();
    };
    child.on('message', onMessage).once('exit', onExit).once('error', onError);
    child.send(question, () => {}); // a question that cannot be put goes to a process that is ending, and says so
  });
}

/** @throws for a mistake of ours: an exception there, or an end that no document can bring about */
function answerIn(ending: Ending, limits: ReaderLimits): Answer {
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

/** Of a process that V8 ends for want of memory, where there are no signals. */
const abortCode = 134;
