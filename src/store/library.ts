/** The store's front: the Library edge over one open database. */
import type { Library } from '../edges.ts';
import { urlKey } from '../text/url.ts';
import { haltOnDiskTrouble, openDatabase } from './database.ts';
import { readHashes, readUnsettled } from './items.ts';
import { giveBackLease, type Holder, renewLease, takeLease } from './lease.ts';
import { deletePublication, readPublications, rememberOnce, replaceFact, writePublication } from './publications.ts';
import { record } from './record.ts';
import { countItems, readMemories } from './sources.ts';
import { findStory, listChanged, listStories, readAliases, readStories } from './story-records.ts';

/**
 * @param file path of the SQLite database
 * @param holder this process, for the lease
 * @param isAlive whether a process of this machine runs
 * @throws Halt with `store/…`, here and in every method
 */
export async function openLibrary(file: string, holder: Holder, isAlive: (pid: number) => boolean): Promise<Library> {
  const { db, close } = await openDatabase(file);
  const guarded = <T>(work: () => Promise<T>): Promise<T> => haltOnDiskTrouble(file, work);
  return {
    memories: () => guarded(() => readMemories(db)),
    hashes: (source, guids) => guarded(() => readHashes(db, source, guids)),
    record: (lookup, plan) => guarded(() => record(db, lookup, plan)),
    unsettled: () => guarded(() => readUnsettled(db)),
    itemCounts: () => guarded(() => countItems(db)),
    storiesOf: (sources) => guarded(() => listStories(db, sources)),
    stories: (ids) => guarded(() => readStories(db, ids)),
    changedSince: (instant) => guarded(() => listChanged(db, instant)),
    aliases: () => guarded(() => readAliases(db)),
    findStory: (name) => guarded(() => findStory(db, name, urlKey(name))),
    publications: () => guarded(() => readPublications(db)),
    published: (name, publication) => guarded(() => writePublication(db, name, publication)),
    unpublished: (name) => guarded(() => deletePublication(db, name)),
    rememberOnce: (name, value) => guarded(() => rememberOnce(db, name, value)),
    replaceFact: (name, value) => guarded(() => replaceFact(db, name, value)),
    takeLease: (now) => guarded(() => takeLease(db, holder, now, isAlive)),
    renewLease: (now) => guarded(() => renewLease(db, holder.owner, now)),
    giveBackLease: () => guarded(() => giveBackLease(db, holder.owner)),
    close,
  };
}
