/** What a sources.yaml says already, as far as an import has to look out for it. */
import { readListings } from '../config/listings.ts';
import type { Standing } from './arrange.ts';
import type { KnownSection } from './places.ts';

/** In the place of secrets: they are neither needed for this nor wanted in what is printed. */
const noSecret = 'https://secret.invalid/';

/** @param value of the file, without mistakes; null of none */
export function standingOf(value: unknown): Standing {
  const { listings } = readListings(value, () => noSecret);
  const sections = (value as { readonly sections?: Readonly<Record<string, unknown>> } | null)?.sections ?? {};
  return {
    listings,
    sections: Object.entries(sections).map(([id, body]): KnownSection => {
      const title = (body as { readonly title?: unknown } | null)?.title;
      return { id, title: typeof title === 'string' ? title : undefined };
    }),
  };
}
