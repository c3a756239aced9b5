/** The part of the library that knows what sections have parked. */
import type { HoldLibrary } from '../hold-library.ts';
import { markHoldsTold, readHolds, releaseItems, writeFinds } from './holds.ts';
import { readItemsAfter } from './items.ts';
import type { Access } from './library-pictures.ts';
import { touch } from './stories.ts';
import { readPosts } from './story-records.ts';

export function holdLibrary({ db, read, write }: Access): HoldLibrary {
  return {
    holds: () => read(() => readHolds(db)),
    release: (items, section, said, now) =>
      write(async (trx) => {
        const sections = await releaseItems(trx, items, { ...said, section, now });
        const stories = (await readPosts(trx, items)).map(({ storyId }) => ({ story: storyId }));
        if (sections.length > 0) await touch(trx, stories, now);
        return sections;
      }),
    toldOfHolds: (told) => write((trx) => markHoldsTold(trx, told)),
    itemsAfter: (id, limit) => read(() => readItemsAfter(db, id, limit)),
    noteFinds: (found, now) =>
      write(async (trx) => {
        const other: { readonly story: number }[] = [];
        for (const { item, finds, isLetPass } of found)
          if (await writeFinds(trx, item.id, { finds, now, isLetPass })) other.push({ story: item.storyId });
        if (other.length > 0) await touch(trx, other, now);
      }),
  };
}
