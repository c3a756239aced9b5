/** The part of the store's front that is about pictures. */
import type { PictureLibrary } from '../picture-library.ts';
import type { Database } from './database.ts';
import {
  clearPictureUses,
  forgetUnusedPictures,
  noteLostFiles,
  readDuePictures,
  readPictureCopies,
  readPicturesOf,
  readShownFiles,
  withdrawalStamp,
  withPictures,
  writePictureFate,
  writePictureUses,
} from './pictures.ts';

/** An open database, and how it is read and written so that trouble with the disk is told as such. */
export interface Access {
  readonly db: Database;
  readonly read: <T>(work: () => T | Promise<T>) => Promise<T>;
  readonly write: <T>(work: (db: Database) => Promise<T>) => Promise<T>;
}

export function pictureLibrary({ db, read, write }: Access): PictureLibrary {
  return {
    withPictures: (stories, sources) => read(() => withPictures(db, stories, sources)),
    usePictures: (stories, uses) => write((trx) => writePictureUses(trx, stories, uses)),
    useNoPictures: () => write((trx) => clearPictureUses(trx)),
    duePictures: (sources, now, limit) => read(() => readDuePictures(db, sources, now, limit)),
    decidePicture: (address, fate, now) => write((trx) => writePictureFate(trx, address, fate, now)),
    pictureCopies: (stories) => read(() => readPictureCopies(db, stories)),
    picturesOf: (story) => read(() => readPicturesOf(db, story)),
    shownFiles: () => read(() => readShownFiles(db)),
    noteLostFiles: (files, now) => write((trx) => noteLostFiles(trx, files, now)),
    withdrawalStamp: () => read(() => withdrawalStamp(db)),
    forgetUnusedPictures: () => write((trx) => forgetUnusedPictures(trx)),
  };
}
