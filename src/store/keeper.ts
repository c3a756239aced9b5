/** A database as a whole: what is done with it beside asking it and writing in it. */
import type { Backup } from '../library.ts';
import type { Instant } from '../model.ts';
import type { Awaitable } from '../text/awaitable.ts';
import type { Engine } from './engine.ts';
import type { Gone } from './wiping.ts';

export interface Keeper {
  readonly engine: Engine;
  /**
   * Runs `work`.
   * @param place where the work writes, if that is elsewhere
   * @throws Halt with `store/…` for what a disk or a server has done to it; our own bugs pass as they are
   */
  guard<T>(work: () => Awaitable<T>, place?: string): Promise<T>;
  /** Copies the database while it is in use; the copy is whole and verified before it gets its name. */
  copy(folder: string, name: string, now: Instant): Promise<Backup>;
  /** @returns what is wrong with it, for the maintainer; undefined when it is whole */
  damage(how: 'quick' | 'full'): Awaitable<string | undefined>;
  /** Leaves nothing on the disk of what was deleted. @returns false where that was not possible: another night */
  leaveNoTrace(): Awaitable<boolean>;
  /** Takes the words of what was taken back out of older copies. @returns those that may still hold some */
  scrubCopies(gone: readonly Gone[]): Promise<readonly string[]>;
  /** Gives unused room back. For times when nothing else is done. */
  giveBackRoom(): Awaitable<void>;
  /** What the maintainer knows it by: a path, or an address without its password. */
  readonly place: string;
  close(): Promise<void>;
}
