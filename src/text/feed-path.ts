/** Which files of the site are feeds that change, and not documents of their archives. */

/** @param path from the site's root, without a slash before it */
export function isFeedPath(path: string): boolean {
  return /^(?:[a-z0-9][a-z0-9.-]*\/)*(?:feed\.xml|atom\.xml|feed\.json)$/.test(path);
}
