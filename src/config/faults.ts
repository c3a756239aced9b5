/** One mistake in sources.yaml before it has a line number: where in the tree it is, and the sentence about it. */
import type { ProblemCode } from '../problems.ts';

/** Keys and list positions from the top of the file down. */
export type Path = readonly (string | number)[];

export interface Fault {
  readonly code: ProblemCode & `config/${string}`;
  readonly path: Path;
  /** Whether the mistake is the name of the setting or what stands after it. */
  readonly at: 'key' | 'value';
  /** A whole sentence: what is there, what was expected, and the nearest correct spelling. */
  readonly text: string;
}

/** Finds the place of a path in the file; the nearest setting around it where the path leads nowhere. 1-based. */
export type Locate = (path: Path, at: Fault['at']) => Place;

export interface Place {
  readonly line: number;
  readonly column: number;
}
