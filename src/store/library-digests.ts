/** The part of the store's front that is about digests. */
import type { DigestLibrary, DigestMailing } from '../digest-library.ts';
import type { Instant } from '../model.ts';
import { readCarrying, readDigests, readFirstSeen, readMailings, writeDigest, writeMailing } from './digests.ts';
import type { Access } from './library-pictures.ts';

export function digestLibrary({ db, read, write }: Access): DigestLibrary {
  return {
    digests: () => read(() => readDigests(db)),
    carryingDigests: () => read(() => readCarrying(db)),
    firstSeen: (stories) => read(() => readFirstSeen(db, stories)),
    closeDigest: (digest, stories, mails, now) =>
      write(async (trx) => {
        await writeDigest(trx, digest, stories);
        if (stories.length === 0) return;
        for (const mail of mails) await writeMailing(trx, mailingOf(digest, mail, now));
      }),
    digestMailings: (section) => read(() => readMailings(db, section)),
    noteMailing: (mailing) => write((trx) => writeMailing(trx, mailing)),
  };
}

function mailingOf(
  { section, name }: { readonly section: string; readonly name: string },
  mail: Pick<DigestMailing, 'address' | 'state' | 'answer'>,
  now: Instant,
): DigestMailing {
  return { section, digest: name, ...mail, tries: 0, firstTry: undefined, nextTry: now, at: now, isTold: false };
}
