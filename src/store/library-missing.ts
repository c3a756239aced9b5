/** The part of the store's front that is about items that their feeds list no more. */
import type { MissingLibrary } from '../library.ts';
import type { Access } from './library-pictures.ts';
import { readDueMissing, readMissing, readStillListed, writePageFate } from './missing.ts';

export function missingLibrary({ db, read, write }: Access): MissingLibrary {
  return {
    dueMissing: (sources, now, limit) => read(() => readDueMissing(db, sources, now, limit)),
    missing: (of = {}) => read(() => readMissing(db, of)),
    decideMissing: (item, fate) => write((trx) => writePageFate(trx, item, fate)),
    stillListed: (source, limit) => read(() => readStillListed(db, source, limit)),
  };
}
