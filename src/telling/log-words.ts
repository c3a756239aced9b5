/** What was done to what readers see, in words. */
import type { LogAct } from '../model.ts';

/** Stands between who did it and what it was done to. */
export const did: Readonly<Record<LogAct, string>> = {
  withdrew: 'withdrew',
  'kept-out': 'kept out',
  restored: 'let in again',
  ruled: 'ruled',
  undid: 'took back the ruling',
  accept: 'let in what was held of',
  refuse: 'threw away what was held of',
  stop: 'stopped',
  resume: 'resumed',
  'withdraw-vanished': 'withdrew what had vanished from',
  'keep-vanished': 'kept what had vanished from',
  release: 'released',
};
