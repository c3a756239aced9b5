/**
 * The clocks of one exchange: what happens in it becomes the first thing that goes wrong, a limit of time among them.
 * Timers here, not the edge's Clock: they must be cancelled when the exchange ends.
 */
import { type Phase, stopped } from './failure.ts';

/** Longest waits; the total holds over all hops of a request, the others begin anew with each. */
export interface Timing {
  /** Name look-up; then, again, connection and TLS handshake. */
  readonly connectMs: number;
  /** From then until the headers are whole; also until a proxy has built its connection. */
  readonly firstByteMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
  readonly totalMs: number;
}

export interface Watch {
  phase(): Phase;
  /** The next phase, with a limit of time of its own. */
  enter(phase: Phase): void;
  /** Something came: the limit of the phase begins anew. */
  readonly progress: () => void;
  /** Waits for something of our own doing: no limit of time runs meanwhile. One at a time. */
  suspended<T>(until: Promise<T>): Promise<T>;
  /** At the latest after so long it ends, whatever it waits for. */
  hurry(ms: number): void;
  /** Ends what is watched; the first call counts. */
  readonly fail: (error: unknown) => void;
  /** What the task comes to, or the first thing that goes wrong. To be called once. */
  over<T>(task: () => Promise<T>): Promise<T>;
  /** To be done at the end, whatever happens, and at once where that has come: nothing stays open. */
  atEnd(undo: () => void): void;
  end(): void;
}

/** Which limit a phase has, and what it means that it is over. */
const phases: Readonly<Record<Phase, readonly [limit: Exclude<keyof Timing, 'totalMs'>, words: string]>> = {
  proxying: ['connectMs', 'no connection to it after'],
  tunnelling: ['firstByteMs', 'the proxy had built no connection after'],
  connecting: ['connectMs', 'no connection after'],
  waiting: ['firstByteMs', 'connected, but no answer after'],
  reading: ['idleMs', 'nothing more came for'],
};

/**
 * Starts the clocks. One timer serves them all: it goes off at the first possible end, and looks whether that has moved.
 * @param leftMs what is left of `timing.totalMs`
 * @param atFault who keeps us waiting in a phase, for the wording
 */
export function startWatch(timing: Timing, leftMs: number, atFault: (phase: Phase) => string): Watch {
  const undos: (() => void)[] = [];
  let phase: Phase = 'connecting';
  let isRunning = true;
  let hasEnded = false;
  let refuse: (error: unknown) => void = () => {};
  const begun = performance.now();
  let phaseEnds = begun + timing.connectMs;
  let totalEnds = begun + leftMs;
  let goesOff = Math.min(phaseEnds, totalEnds);
  let timer = setTimeout(look, goesOff - begun);

  function look(): void {
    const now = performance.now();
    const [limit, words] = phases[phase];
    if (now >= totalEnds) expire('not finished after', timing.totalMs);
    else if (now >= phaseEnds) expire(words, timing[limit]);
    else setTimer(now);
  }
  function setTimer(now: number): void {
    clearTimeout(timer);
    if (!isRunning || hasEnded) return;
    goesOff = Math.min(phaseEnds, totalEnds);
    timer = setTimeout(look, Math.ceil(goesOff - now));
  }
  function expire(words: string, ms: number): void {
    const code = phase === 'proxying' ? 'fetch/proxy' : 'fetch/timeout';
    refuse(stopped(code, `${words} ${Math.round(ms / 100) / 10} s (${atFault(phase)})`));
  }
  function beginAnew(): void {
    const now = performance.now();
    phaseEnds = now + timing[phases[phase][0]];
    if (phaseEnds < goesOff) setTimer(now);
  }

  return {
    phase: () => phase,
    enter(next) {
      phase = next;
      beginAnew();
    },
    progress: beginAnew,
    async suspended(until) {
      const since = performance.now();
      isRunning = false;
      clearTimeout(timer);
      try {
        return await until;
      } finally {
        const now = performance.now();
        isRunning = true;
        totalEnds += now - since;
        phaseEnds = now + timing[phases[phase][0]];
        setTimer(now);
      }
    },
    hurry(ms) {
      const last = setTimeout(() => expire('we were told to stop, and it was not finished after', ms), ms);
      undos.push(() => clearTimeout(last));
    },
    fail: (error) => refuse(error),
    over: (task) =>
      new Promise((resolve, reject) => {
        refuse = reject;
        task().then(resolve, reject);
      }),
    atEnd(undo) {
      if (hasEnded) undo();
      else undos.push(undo);
    },
    end() {
      hasEnded = true;
      clearTimeout(timer);
      for (const undo of undos) undo();
    },
  };
}
