/** One mistake in sources.yaml before it has a line number: where in the tree it is, and the sentence about it. */
import type { ProblemCode } from '../problems.ts';
import type { Path } from '../yaml/places.ts';

export interface Fault {
  readonly code: ProblemCode & `config/${string}`;
  readonly path: Path;
  /** Whether the mistake is the name of the setting or what stands after it. */
  readonly at: 'key' | 'value';
  /** A whole sentence: what is there, what was expected, and the nearest correct spelling. */
  readonly text: string;
}
