/** SIGTERM and SIGINT, which systemd, Docker and a person at a terminal end a process with, from its first step on. */
export interface Stop {
  readonly signal: AbortSignal;
  /** Resolves when the signal is aborted. */
  readonly stopped: Promise<void>;
  /** What comes from now on ends the process as usual. */
  ignore(): void;
}

export function listenForStop(): Stop {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);
  return {
    signal: stop.signal,
    stopped: untilAborted(stop.signal),
    ignore() {
      process.removeListener('SIGTERM', onSignal);
      process.removeListener('SIGINT', onSignal);
    },
  };
}

/** Resolves once it is; never where there is none. */
export function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
