/** The real clock. Everything else is handed one. */
import type { Clock } from './edges.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
