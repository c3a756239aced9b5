/** Where something stands in a file that a person has written. */

/** Keys and list positions from the top of the file down. */
export type Path = readonly (string | number)[];

/** 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds the place of a path in the file; the nearest setting around it where the path leads nowhere.
 * @param at whether the name is meant, or what stands after it
 */
export type Locate = (path: Path, at: 'key' | 'value') => Place;
