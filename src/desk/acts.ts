/**
 * What can be done at the web desk: each act is one or more commands (`relais rule`, `withdraw`, `restore-item`, `release`, `held`,
 * `vanished`), carried out by the same functions, noted in the same log. Acts are named by the path that their forms are sent to.
 */
import type { Library } from '../library.ts';
import type { Config, Instant } from '../model.ts';
import { acceptOrRefuse, release, ruleOnVanished } from './held-acts.ts';
import type { Form } from './requests.ts';
import { credit, differ, join, undo } from './ruling-acts.ts';
import type { Told } from './sessions.ts';
import { restore, withdraw } from './withdrawal-acts.ts';

/** Who is named in the log. */
export const who = 'desk';

export interface Bench {
  readonly config: Config;
  readonly library: Library;
  readonly now: Instant;
  readonly who: string;
}

export interface Done {
  /** Where the outcome is told: a path below the desk, '' for the board. */
  readonly to: string;
  readonly told: Told;
  /** The next run has something to do. */
  readonly isChanged: boolean;
}

export type Act = (form: Form, bench: Bench) => Promise<Done>;

export const acts: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['held/source', acceptOrRefuse],
  ['held/vanished', ruleOnVanished],
  ['held/release', release],
  ['story/same', join],
  ['story/different', differ],
  ['story/credit', credit],
  ['story/undo', undo],
  ['story/withdraw', withdraw],
  ['story/restore', restore],
]);
