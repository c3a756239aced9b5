/** The part of the store's front that is about what has happened: days, news, and hosts that want to be left alone. */
import type { Library } from '../library.ts';
import type { NewsLibrary } from '../news-library.ts';
import { markTold, readDays, readNews, readSilences, readUntold, writeNews, writeSilence } from './chronicle.ts';
import type { Access } from './library-pictures.ts';
import { markSaid, readTroubled, readUnsaid } from './said.ts';

type Chronicle = NewsLibrary & Pick<Library, 'silences' | 'silence'>;

export function chronicleLibrary({ db, read, write }: Access): Chronicle {
  return {
    days: (since, sources) => read(() => readDays(db, since, sources)),
    untold: () => read(() => readUntold(db)),
    news: (since) => read(() => readNews(db, since)),
    addNews: async (news) => (news.length === 0 ? undefined : await write((trx) => writeNews(trx, news))),
    told: (ids) => write((trx) => markTold(trx, ids)),
    unsaid: (kinds) => read(() => readUnsaid(db, kinds)),
    troubled: () => read(() => readTroubled(db)),
    said: (said, now) => write((trx) => markSaid(trx, said, now)),
    silences: () => read(() => readSilences(db)),
    silence: (host, until) => write((trx) => writeSilence(trx, host, until)),
  };
}
