/** What has to be said again and again, lest others take us for dead. */

/**
 * @param everyMs between two beats; one that has not been answered yet is waited for
 * @param patienceMs without a beat that went well, after which others may believe that we are gone
 * @param onLost told then, once until a beat goes well again
 * @returns what ends it
 */
export function startHeartbeat(
  everyMs: number,
  patienceMs: number,
  beat: () => Promise<void>,
  onLost: (error: unknown) => void,
): () => void {
  let lastGood = performance.now();
  let isBeating = false;
  let isLost = false;
  let why: unknown;
  const look = (): void => {
    if (isLost || performance.now() - lastGood < patienceMs) return;
    isLost = true;
    onLost(why ?? new Error('this process stood still'));
  };
  const timer = setInterval(() => {
    look(); // also where the process itself has stood still
    if (isBeating) return;
    isBeating = true;
    const begun = performance.now();
    beat()
      .then(
        () => {
          lastGood = begun; // what the others know is as old as the question
          isLost = false;
          why = undefined;
        },
        (error: unknown) => {
          why = error;
        },
      )
      .finally(() => {
        isBeating = false;
        look();
      });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
