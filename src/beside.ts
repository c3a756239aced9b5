/**
 * A process of ours beside this one, for work that other people's bytes may draw out, blow up or break: it has a deadline,
 * a bound on memory and no environment, and is replaced when it has been ended. A process and not a thread: V8 keeps a
 * thread's heap limit by ending the whole process when one call of its own asks for too much, and a thread that is in such
 * a call, or in a library's machine code, cannot be stopped.
 */
import { type ChildProcess, fork } from 'node:child_process';

export interface Bounds {
  /** For each question, by a clock that nobody sets. */
  readonly deadlineMs: number;
  /** Of V8's heap; buffers and what a library takes come on top. */
  readonly heapMb: number;
  /** After so long without a question the process ends, and with it the memory it has taken. */
  readonly idleMs: number;
}

/** How an exchange with the other process ended. */
export type Ending<Answer> =
  | { readonly how: 'answered'; readonly answer: Answer }
  | { readonly how: 'late' }
  | { readonly how: 'ended'; readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** Where there are no signals, the exit code of a process that V8 ends for want of memory. */
export const abortCode = 134;

export interface ProcessBeside<Question, Message> {
  /**
   * One question at a time. A process that does not answer in time, or ends, makes room for a fresh one.
   * @param take a message to the answer; undefined while more are to come
   * @param body goes to its standard input: as part of the message it would be copied three times on its way
   * @throws when `stop` is called meanwhile
   */
  ask<Answer>(
    question: Question,
    take: (message: Message) => Answer | undefined,
    body?: Uint8Array,
  ): Promise<Ending<Answer>>;
  /** Nothing is asked for now. */
  rest(): void;
  stop(): Promise<void>;
}

/**
 * The process is started at the first question, and keeps no process of ours from ending.
 * @param program a built file, which begins with apart.ts; arguments for it
 */
export function openBeside<Question extends object, Message>(
  { deadlineMs, heapMb, idleMs }: Bounds,
  program: URL,
  args: readonly string[] = [],
): ProcessBeside<Question, Message> {
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;

  const stop = async (): Promise<void> => {
    clearTimeout(idle);
    const stopped = child;
    child = undefined;
    if (stopped !== undefined) await end(stopped);
  };

  return {
    async ask(question, take, body) {
      clearTimeout(idle);
      if (child?.connected !== true) child = start(program, args, heapMb);
      const asked = child;
      const asking = exchange(asked, question, take, deadlineMs);
      if (body !== undefined) asked.stdin?.write(body);
      const ending = await asking;
      if (child !== asked) throw new Error('the process beside us was closed');
      if (ending.how !== 'answered') await stop();
      return ending;
    },
    rest() {
      clearTimeout(idle);
      idle = setTimeout(stop, idleMs).unref();
    },
    stop,
  };
}

/** It inherits neither our environment, where secrets are, nor our terminal, on which V8 would print its last words. */
function start(program: URL, args: readonly string[], heapMb: number): ChildProcess {
  const child = fork(program, args, {
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
function exchange<Message, Answer>(
  child: ChildProcess,
  question: object,
  take: (message: Message) => Answer | undefined,
  deadlineMs: number,
): Promise<Ending<Answer>> {
  return new Promise((resolve, reject) => {
    let tenths = 0;
    const timer = setInterval(() => {
      if (++tenths === 10) settle(() => resolve({ how: 'late' }));
    }, deadlineMs / 10);
    const onMessage = (message: unknown): void => {
      const answer = take(message as Message);
      if (answer !== undefined) settle(() => resolve({ how: 'answered', answer }));
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
