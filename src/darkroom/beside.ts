/** The darkroom in a process beside this one: a picture that is a trap costs that process, and itself. */
import { abortCode, type Bounds, openBeside } from '../beside.ts';
import type { Darkroom, Developed } from '../edges.ts';

export interface Question {
  /** Of the picture, which follows on standard input. */
  readonly bytes: number;
}

export type Answer = Developed | { readonly kind: 'defect'; readonly message: string };

export interface DarkroomLimits extends Bounds {
  /** Of the whole process: thirty-two million pixels of the usual kinds need less. */
  readonly memoryMb: number;
}

const usual: DarkroomLimits = { deadlineMs: 10_000, heapMb: 64, idleMs: 30_000, memoryMb: 400 };

/**
 * Pictures one after the other, in a process that is started at the first. One that takes too long or breaks the process
 * down is refused; the next one gets a fresh process.
 * @param program the built darkroom-child.ts
 */
export function openDarkroomBeside(
  limits: Partial<DarkroomLimits> = {},
  program = new URL('./darkroom-child.js', import.meta.url),
): Darkroom {
  const all = { ...usual, ...limits };
  const beside = openBeside<Question, Answer>(all, program, [String(all.memoryMb)]);
  let last: Promise<unknown> = Promise.resolve();

  const develop = async (picture: Uint8Array): Promise<Developed> => {
    const ending = await beside.ask({ bytes: picture.byteLength }, (answer: Answer) => answer, picture);
    beside.rest();
    if (ending.how === 'late') return refused(`it takes more than ${all.deadlineMs / 1_000} seconds`);
    if (ending.how === 'ended') {
      if (ending.signal === null && ending.code !== abortCode)
        throw new Error(`the darkroom ended with exit code ${ending.code}`);
      return refused(`it takes more than ${all.memoryMb} MB, or breaks the decoder (${ending.signal ?? ending.code})`);
    }
    if (ending.answer.kind === 'defect') throw new Error(ending.answer.message);
    return ending.answer;
  };

  const developUnless = async (signal: AbortSignal | undefined, picture: Uint8Array): Promise<Developed> => {
    const stop = (): void => void beside.stop();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      signal?.throwIfAborted();
      return await develop(picture);
    } finally {
      signal?.removeEventListener('abort', stop);
      signal?.throwIfAborted();
    }
  };

  return {
    develop(picture, signal) {
      const turn = last.then(() => developUnless(signal, picture));
      last = turn.catch(() => {});
      return turn;
    },
    close: beside.stop,
  };
}

function refused(why: string): Developed {
  return { kind: 'refused', why };
}
