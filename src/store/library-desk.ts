/** The part of the store's front that the web desk alone asks. */
import type { DeskLibrary } from '../desk-library.ts';
import { countReposts, countStoriesByWeek, listNewest } from './desk-figures.ts';
import type { Access } from './library-pictures.ts';

export function deskLibrary({ db, read }: Access): DeskLibrary {
  return {
    storiesByWeek: (first, weeks) => read(() => countStoriesByWeek(db, first, weeks)),
    repostCounts: (since, limit) => read(() => countReposts(db, since, limit)),
    newestStories: (skip, limit) => read(() => listNewest(db, skip, limit)),
  };
}
