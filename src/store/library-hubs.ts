/** The part of the store's front that is about hubs. */
import type { HubLibrary } from '../hub-library.ts';
import {
  addNotices,
  deleteNotice,
  deleteSubscription,
  readNotices,
  readSubscriptions,
  writeAsked,
  writeCall,
  writeNotice,
  writeSubscription,
} from './hubs.ts';
import type { Access } from './library-pictures.ts';

export function hubLibrary({ db, read, write }: Access): HubLibrary {
  return {
    notices: () => read(() => readNotices(db)),
    addNotices: async (feeds, now) => {
      if (feeds.length > 0) await write((trx) => addNotices(trx, feeds, now));
    },
    keepNotice: (notice) => write((trx) => writeNotice(trx, notice)),
    dropNotice: (feed) => write((trx) => deleteNotice(trx, feed)),
    subscriptions: (ids) => read(() => readSubscriptions(db, ids)),
    keepSubscription: (subscription) => write((trx) => writeSubscription(trx, subscription)),
    noteCall: (id, dueAt) => write((trx) => writeCall(trx, id, dueAt)),
    noteAsked: (id, dueAt, pushedAt) => write((trx) => writeAsked(trx, id, dueAt, pushedAt)),
    dropSubscription: (id) => write((trx) => deleteSubscription(trx, id)),
  };
}
