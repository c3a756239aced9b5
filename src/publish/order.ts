/**
 * Which paths documents may have, and the order in which readers may meet them, wherever the site is: what is new before what is
 * replaced, and what is linked to before what links to it.
 */

/** What a segment of a path may look like; `..` and hidden names are none. */
const segment = /^[a-z0-9][a-z0-9.-]{0,199}$/;

/** A document that differs from what is there. */
export interface Laid {
  readonly path: string;
  readonly isNew: boolean;
}

export function isDocumentPath(path: string): boolean {
  return path.split('/').every((name) => segment.test(name));
}

/** @throws Error for a path that no document may have: a bug of ours */
export function mustBePath(path: string): void {
  if (!isDocumentPath(path)) throw new Error(`no path for a document: ${JSON.stringify(path)}`);
}

/**
 * Notes that a draft was given a path.
 * @throws Error for a path that no document may have or that was given before: a bug of ours
 */
export function take(path: string, given: Set<string>): void {
  mustBePath(path);
  if (given.has(path)) throw new Error(`two documents with the path ${path}`);
  given.add(path);
}

/** Paths in the order in which readers could meet them. */
export function inOrder(laid: readonly Laid[]): string[] {
  return [...laid].sort((a, b) => Number(b.isNew) - Number(a.isNew) || byRank(a.path, b.path)).map(({ path }) => path);
}

export function byRank(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || (a < b ? -1 : 1);
}

/**
 * Rank of a path; lower comes first. Style sheet, icon and pictures before the pages that use them; a story's page before the
 * feeds and lists that link to it; the deeper of two pages before the one that leads to it; the front page last.
 */
export function rankOf(path: string): number {
  const depth = path.split('/').length;
  if (path.startsWith('story/')) return 1;
  if (depth > 2) return 2;
  if (path.endsWith('.html')) return 6 - depth;
  return /\.(xml|json|ics)$/.test(path) ? 3 : 0;
}
