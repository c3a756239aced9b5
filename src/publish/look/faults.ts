/** What is wrong in a file of the look, before it has a line number. */
import type { ProblemCode } from '../../problems.ts';
import type { Place } from '../../yaml/places.ts';

export interface Fault {
  readonly code: ProblemCode & `look/${string}`;
  /** Index in the text; undefined where the file as a whole is meant. */
  readonly at: number | undefined;
  /** A whole sentence: what is there, and what to write. */
  readonly text: string;
}

export function placeIn(text: string, at: number | undefined): Partial<Place> {
  if (at === undefined) return {};
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}
