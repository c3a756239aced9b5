/**
 * The part of `feed`'s own types that the three writers fill, so that feeds.ts stays the only file that knows the
 * library, and its extension hook under a type that says what it takes.
 */

interface Named {
  readonly name: string;
}

/** What `feed` calls an Item. */
export interface LibraryItem {
  title: string;
  id?: string;
  guid?: string;
  link: string;
  date: Date;
  published: Date;
  description: string;
  content: string;
  category?: Named[];
  enclosure?: { url: string; type: string; length: number };
  author?: (Named & { readonly link?: string })[];
  contributor?: (Named & { readonly link?: string })[];
  extensions?: Extension[];
}

/** An element or JSON member added to an item or to the whole feed, in place of the one of that name if there is one. */
export interface Extension {
  name: string;
  objects: Record<string, unknown>;
}

/**
 * @param objects for RSS an element in the compact notation of xml-js, or a list of them, where [] writes nothing; for
 *   JSON Feed any value
 */
export function extension(name: string, objects: unknown): Extension {
  return { name, objects: objects as Record<string, unknown> }; // lists and plain values are taken too: its type is too narrow
}
