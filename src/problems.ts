/**
 * The table of everything that can go wrong that is not our bug. A Problem is plain data, returned and never thrown
 * out of a room; its words come from this table alone, so that they can be documented, tested and translated.
 * A bug of ours is a Defect: an ordinary exception, caught once per source and once in cli/main.
 */

export type Severity = 'note' | 'warning' | 'failure';

export interface Subject {
  /** The source or partner it happened to, as a person knows it. */
  readonly source?: string | undefined;
  /** The entry, by title or guid. */
  readonly entry?: string | undefined;
  readonly file?: string | undefined;
  /** 1-based. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly happened: string;
  /** What Relais did about it. */
  readonly did: string;
  /** What the person who reads this can do; '' when nothing is needed. */
  readonly todo: string;
}

interface Row {
  readonly severity: Severity;
  /** `{}` stands for the detail that the place of the problem knows. */
  readonly happened: string;
  readonly did: string;
  readonly todo: string;
}

const kept = 'Kept what we have; will ask again later.';
const refused = 'Nothing was run.';
const spokenOtherwise = 'Says in its place what Relais says by itself, in this language or in English.';

/** Code = room/what. docs/problems.md is generated from this table. */
export const problemTable = {
  'config/unreadable': {
    severity: 'failure',
    happened: 'cannot be read: {}',
    did: refused,
    todo: 'It is to be a file of text that the user who runs relais may read. An editor saves it as UTF-8 where that is chosen beside the name.',
  },
  'config/no-file': {
    severity: 'failure',
    happened: 'cannot be read: {}',
    did: refused,
    todo: 'To begin a new one, type  relais init  ; else run relais in the folder that holds sources.yaml, or name the file with --config.',
  },
  'config/syntax': { severity: 'failure', happened: '{}', did: refused, todo: 'Mend the line and run  relais check.' },
  'config/unknown-setting': { severity: 'failure', happened: '{}', did: refused, todo: '' },
  'config/wrong-type': { severity: 'failure', happened: '{}', did: refused, todo: '' },
  'config/missing': { severity: 'failure', happened: '{}', did: refused, todo: '' },
  'config/duplicate': { severity: 'failure', happened: '{}', did: refused, todo: '' },
  'config/contradiction': { severity: 'failure', happened: '{}', did: refused, todo: '' },
  'config/bad-url': { severity: 'failure', happened: '{}', did: refused, todo: '' },
  'config/no-pictures': {
    severity: 'warning',
    happened: 'images: copy  does nothing where texts are not shown in full: {}',
    did: 'Their pictures are not asked for.',
    todo: 'Where the group agrees that its texts are shown in full, write  show: full  beside it.',
  },

  'config/secret': { severity: 'warning', happened: '{}', did: 'Uses it as it stands.', todo: '' },
  'config/agreement': {
    severity: 'warning',
    happened: '{}',
    did: 'From the day on which an agreement ends only titles and links are shown.',
    todo: 'Ask the group, and write under  agreed:  what you have agreed.',
  },
  'config/never-shown': {
    severity: 'warning',
    happened: '{}',
    did: 'Does as the settings say.',
    todo: 'Look whether that is meant.',
  },
  'config/filters': {
    severity: 'warning',
    happened: '{}',
    did: 'Does as the settings say.',
    todo: 'To see what is taken and what is left:  relais preview SOURCE',
  },
  'config/idle-hold': {
    severity: 'warning',
    happened: '{}',
    did: 'Looks for the other things that the section names, if it names any.',
    todo: 'Write  pictures_show_faces: true  at the sources whose pictures show faces.',
  },

  'config/colour': {
    severity: 'note',
    happened: '{}',
    did: 'Keeps its hue, and makes it darker or lighter until letters in it can be read (WCAG 2.2, 4.5:1).',
    todo: '',
  },
  'config/digest-mail': {
    severity: 'warning',
    happened: '{}',
    did: 'Makes the digests, and keeps their mails for five days.',
    todo: 'See docs/digest.md.',
  },

  'messages/unreadable': { severity: 'warning', happened: '{}', did: spokenOtherwise, todo: '' },
  'messages/missing': { severity: 'note', happened: '{}', did: 'Says these in English.', todo: '' },
  'messages/syntax': { severity: 'warning', happened: '{}', did: spokenOtherwise, todo: 'Mend the line.' },
  'messages/unknown': { severity: 'warning', happened: '{}', did: 'Left it out.', todo: '' },
  'messages/wrong-type': { severity: 'warning', happened: '{}', did: spokenOtherwise, todo: '' },
  'messages/plural': { severity: 'warning', happened: '{}', did: spokenOtherwise, todo: '' },
  'messages/placeholder': { severity: 'warning', happened: '{}', did: spokenOtherwise, todo: '' },
  'messages/lost-placeholder': { severity: 'warning', happened: '{}', did: 'Says it as it is written.', todo: '' },
  'messages/markup': { severity: 'warning', happened: '{}', did: 'Prints it as it is written.', todo: '' },

  'look/unreadable': { severity: 'warning', happened: '{}', did: 'Publishes the site without it.', todo: '' },
  'look/broken': {
    severity: 'warning',
    happened: '{}',
    did: 'Uses nothing of this file, as if it were not there.',
    todo: 'Until it is mended nothing of this file is used.',
  },
  'look/left-out': { severity: 'warning', happened: '{}', did: 'Left it out.', todo: '' },
  'look/as-it-is': { severity: 'warning', happened: '{}', did: 'Published it as it is.', todo: '' },

  'fetch/unreachable': {
    severity: 'failure',
    happened: 'could not be reached: {}',
    did: kept,
    todo: 'Nothing to do if it comes back. If the site has moved, change its url; if it is down for long, write  paused: reason.',
  },
  'fetch/timeout': {
    severity: 'failure',
    happened: 'did not answer in time: {}',
    did: kept,
    todo: 'Nothing to do if it comes back.',
  },
  'fetch/cut-off': {
    severity: 'failure',
    happened: 'stopped in the middle of its answer: {}',
    did: `Threw the half answer away. ${kept}`,
    todo: 'Nothing to do if it comes back.',
  },
  'fetch/tls': {
    severity: 'failure',
    happened: 'has a certificate that cannot be trusted: {}',
    did: kept,
    todo: 'Write to the partner: their certificate needs renewing or mending.',
  },
  'fetch/refused-address': {
    severity: 'failure',
    happened: 'points at an address that Relais does not ask: {}',
    did: 'Did not connect.',
    todo: 'If it is your own server, name it under  network: allow.  Otherwise remove the source.',
  },
  'fetch/too-many-redirects': {
    severity: 'failure',
    happened: 'sends us round in circles: {}',
    did: kept,
    todo: 'Open the address in a browser and put the one you end up at into sources.yaml.',
  },
  'fetch/bad-redirect': {
    severity: 'failure',
    happened: 'redirects to somewhere we do not go: {}',
    did: kept,
    todo: 'Open the address in a browser and put the one you end up at into sources.yaml.',
  },
  'fetch/too-large': {
    severity: 'failure',
    happened: 'sends more than we take: {}',
    did: `Stopped reading. ${kept}`,
    todo: 'Ask the partner for a feed with fewer items, or raise  network: max_size.',
  },
  'fetch/bad-answer': {
    severity: 'failure',
    happened: 'answered with something that is not HTTP as we know it: {}',
    did: kept,
    todo: 'Nothing to do if it comes back.',
  },
  'fetch/server-error': {
    severity: 'failure',
    happened: 'has trouble on its own side: {}',
    did: kept,
    todo: 'Nothing to do if it comes back.',
  },
  'fetch/proxy': {
    severity: 'failure',
    happened: 'could not be asked, since the proxy does not work: {}',
    did: kept,
    todo: 'Look whether the proxy is running, and whether its address, name and password in sources.yaml are right.',
  },
  'fetch/authority': {
    severity: 'failure',
    happened: 'could not be asked, since its certificate authority cannot be read: {}',
    did: 'Did not connect.',
    todo: 'Look at the file that stands under  authority:  in sources.yaml. It must be in the PEM format.',
  },
  'fetch/told-to-wait': {
    severity: 'note',
    happened: 'asked us to wait: {}',
    did: 'Will wait as long as it said, a week at the most.',
    todo: '',
  },
  'fetch/kept-waiting': {
    severity: 'failure',
    happened: 'asks us to wait, time after time: {}',
    did: 'Goes on waiting as long as it says and longer, and asks once a day at the most.',
    todo: 'Ask the partner how often the feed may be asked for, and write that under  every: .',
  },
  'fetch/challenge': {
    severity: 'failure',
    happened: 'answers programs with a test for people: {}',
    did: kept,
    todo: 'Write to the partner: their protection against robots keeps feed readers out. It can let the address of the feed through.',
  },
  'fetch/not-allowed': {
    severity: 'failure',
    happened: 'does not let us in: {}',
    did: kept,
    todo: 'Write to the partner: their server refuses programs. Or write  paused: reason.',
  },
  'fetch/robots': {
    severity: 'failure',
    happened: 'asks programs not to read this page: {}',
    did: 'Did not ask for the page.',
    todo: 'Ask the partner: they can let Relais in with two lines in that file,  User-agent: relais  and  Allow: /  . A feed would be better still.',
  },
  'fetch/robots-unknown': {
    severity: 'failure',
    happened: 'cannot say whether programs may read this page: {}',
    did: `Did not ask for the page. ${kept}`,
    todo: 'Nothing to do if it comes back. If it does not, tell the partner that their robots.txt is broken.',
  },
  'fetch/further-page': {
    severity: 'note',
    happened: 'goes on at another address, which could not be read: {}',
    did: 'Took what had come before.',
    todo: '',
  },
  'fetch/not-found': {
    severity: 'failure',
    happened: 'says there is nothing at this address: {}',
    did: kept,
    todo: 'Look whether the feed has moved and change its url.',
  },
  'fetch/gone': {
    severity: 'failure',
    happened: 'says the feed is gone for good: {}',
    did: 'Kept the items we have and will not ask again.',
    todo: 'Remove the source, or run  relais run --now  with its name or address to try once more.',
  },
  'fetch/address-gone': {
    severity: 'failure',
    happened: 'says that what it led us to is gone for good: {}',
    did: 'Kept what we have; asks the address in sources.yaml from now on.',
    todo: 'Nothing to do if it comes back.',
  },
  'fetch/moved': {
    severity: 'note',
    happened: 'has moved for good: {}',
    did: 'Asks the new address from now on.',
    todo: 'Put the new address into sources.yaml when you next open it.',
  },
  'fetch/unexpected-status': {
    severity: 'failure',
    happened: 'gave an answer that makes no sense here: {}',
    did: kept,
    todo: 'Open the address in a browser.',
  },

  'parse/not-a-feed': {
    severity: 'failure',
    happened: 'sent something that is not a feed: {}',
    did: kept,
    todo: 'Open the address in a browser. If it is a page, look there for the address of the feed.',
  },
  'parse/parked-domain': {
    severity: 'failure',
    happened: 'answers with the page of somebody who trades in domains: {}',
    did: kept,
    todo: 'Ask the partner whether the domain is still theirs. If it is lost, remove the source: whoever buys the domain can write there.',
  },
  'parse/challenge-page': {
    severity: 'failure',
    happened: 'wants proof that a person is reading: {}',
    did: kept,
    todo: 'Write to the partner: their protection against robots keeps feed readers out. It can let the address of the feed through.',
  },
  'parse/maintenance-page': {
    severity: 'failure',
    happened: 'is closed for maintenance: {}',
    did: kept,
    todo: 'Nothing to do if it comes back.',
  },
  'parse/login-page': {
    severity: 'failure',
    happened: 'wants a name and a password: {}',
    did: kept,
    todo: 'Ask the partner whether the feed can be open to all. Otherwise write  paused: reason.',
  },
  'parse/empty': {
    severity: 'failure',
    happened: 'sent an empty answer',
    did: kept,
    todo: 'Nothing to do if it comes back.',
  },
  'parse/broken-xml': {
    severity: 'failure',
    happened: 'sent a feed too broken to read: {}',
    did: kept,
    todo: 'Write to the partner: their feed is broken at this place.',
  },
  'parse/broken-json': {
    severity: 'failure',
    happened: 'sent a JSON feed too broken to read: {}',
    did: kept,
    todo: 'Write to the partner: their feed is broken at this place.',
  },
  'parse/repaired': {
    severity: 'note',
    happened: 'sent a feed with mistakes in it: {}',
    did: 'Read it all the same.',
    todo: '',
  },
  'parse/always-cut': {
    severity: 'warning',
    happened: 'arrives cut off, time after time: nothing of it can be read',
    did: 'Kept all items that we have, and goes on asking.',
    todo: 'Tell the partner that their feed ends before its first entry does: their server, or one on the way, breaks it off.',
  },
  'parse/bad-encoding': {
    severity: 'note',
    happened: 'names one character encoding and uses another: {}',
    did: 'Read it as what it is.',
    todo: '',
  },
  'parse/invalid-bytes': {
    severity: 'warning',
    happened: 'sent bytes that stand for no letter: {}',
    did: 'Put � in the place of each.',
    todo: 'Tell the partner: some of their letters cannot be read.',
  },
  'parse/entry-skipped': {
    severity: 'warning',
    happened: 'has an entry that cannot be read: {}',
    did: 'Left out that entry and kept the others.',
    todo: 'Tell the partner.',
  },
  'parse/too-many-entries': {
    severity: 'warning',
    happened: 'has more entries than we take at once: {}',
    did: 'Took the newest ones.',
    todo: 'If you want more of them, raise  network: max_items.',
  },
  'parse/too-slow': {
    severity: 'failure',
    happened: 'sent a document that takes too long to read: {}',
    did: `Stopped reading it. ${kept}`,
    todo: 'Ask the partner for a feed with fewer items. If you wrote  page:  selectors for it, make them simpler.',
  },
  'parse/too-heavy': {
    severity: 'failure',
    happened: 'sent a document that takes too much memory to read: {}',
    did: `Stopped reading it. ${kept}`,
    todo: 'Ask the partner for a feed with fewer items.',
  },
  'parse/no-match': {
    severity: 'failure',
    happened: 'answers, but the selectors in sources.yaml find nothing: {}',
    did: kept,
    todo: 'Look at the page and change  page: .',
  },

  'normalise/no-date': {
    severity: 'note',
    happened: 'has an entry without a date we can read: {}',
    did: 'Used the moment we first saw it.',
    todo: '',
  },
  'normalise/future-date': {
    severity: 'note',
    happened: 'has an entry dated in the future: {}',
    did: 'Used the moment we first saw it.',
    todo: '',
  },
  'normalise/duplicate-entry': {
    severity: 'warning',
    happened: 'lists the same entry twice: {}',
    did: 'Kept the first.',
    todo: '',
  },
  'normalise/same-guid': {
    severity: 'note',
    happened: 'gives different entries the same guid: {}',
    did: 'Told them apart by their links and titles.',
    todo: '',
  },
  'normalise/bad-link': {
    severity: 'note',
    happened: 'has an entry with a link we do not follow: {}',
    did: 'Kept the entry without the link.',
    todo: '',
  },
  'normalise/empty-entry': {
    severity: 'warning',
    happened: 'has an entry with neither title nor text nor link: {}',
    did: 'Left it out.',
    todo: '',
  },

  'trust/held': {
    severity: 'failure',
    happened: 'does not look like itself any more: {}',
    did: 'Keeps what it sends out of the site until you have looked.',
    todo: 'Look at its site, then run  relais held: it lists what came, and what to type if it is theirs, or not.',
  },
  'trust/emptied': {
    severity: 'warning',
    happened: 'lists nothing any more, where it listed items before',
    did: 'Kept all items that we have.',
    todo: 'Look at its site. If that is as it should be, tell the partner that the feed is empty.',
  },
  'trust/re-keyed': {
    severity: 'note',
    happened: 'has new guids for items that we know: {}',
    did: 'Knew them again by their addresses, titles, dates and texts, and published nothing twice.',
    todo: '',
  },

  'stories/unknown-credit': {
    severity: 'note',
    happened: 'credits a group that is no source of ours: {}',
    did: 'Printed the credit as written.',
    todo: 'If it is one of your sources, write below its url:  aliases: [{}]',
  },

  'store/unreachable': {
    severity: 'failure',
    happened: 'the database server does not answer: {}',
    did: 'Undid the step in hand; what was stored before is safe.',
    todo: 'Look whether the server runs and can be reached from here. relais work  and  relais start  wait for it and go on by themselves.',
  },
  'store/refused': {
    severity: 'failure',
    happened: 'the database server does not let Relais in: {}',
    did: 'Changed nothing.',
    todo: 'Compare name, password and database in  database:  (or RELAIS_DATABASE_URL) with what the server knows; the user needs the right to make a schema there.',
  },
  'store/standby': {
    severity: 'failure',
    happened: 'the database server takes nothing, as a copy of another does: {}',
    did: 'Undid the step in hand; what was stored before is safe.',
    todo: 'Name the server that takes changes. After a failover Relais finds it by itself where the address leads to it.',
  },
  'store/server-full': {
    severity: 'failure',
    happened: 'the database server has no room left: {}',
    did: 'Undid the step in hand; what was stored before is safe.',
    todo: 'Make room on the server; relais work  and  relais start  go on by themselves.',
  },
  'store/on-server': {
    severity: 'failure',
    happened: 'the database is on a server, and a copy cannot be put in its place: {}',
    did: 'Changed nothing.',
    todo: 'Copy it into a new schema:  relais copy --from FILE --to ADDRESS?schema=NAME  and name that in  database:  afterwards.',
  },
  'store/half-copied': {
    severity: 'failure',
    happened: 'the database is a copy that is not whole yet: {}',
    did: 'Did not touch it.',
    todo: 'Finish it with the  relais copy  that began it: that goes on where it was. If it is of no use any more, delete it.',
  },
  'store/copy-refused': {
    severity: 'failure',
    happened: 'the copy cannot be written there: it holds {}',
    did: 'Changed nothing.',
    todo: 'Name a file that is not there yet, or a schema that is empty:  ?schema=NAME  behind the address.',
  },
  'store/copy-differs': {
    severity: 'failure',
    happened: 'the copy is not what it was made of: {}',
    did: 'Left it marked as not whole: nobody works with it.',
    todo: 'Run the same  relais copy  again: it looks for what differs, and begins anew if it must.',
  },
  'store/locked': {
    severity: 'failure',
    happened: 'the database is in use by another program: {}',
    did: 'Changed nothing.',
    todo: 'Close the other program, or wait and run again.',
  },
  'store/disk-full': {
    severity: 'failure',
    happened: 'the disk is full: {}',
    did: 'Undid the step in hand; what was stored before is safe.',
    todo: 'Make room and run again.',
  },
  'store/not-writable': {
    severity: 'failure',
    happened: 'cannot write to the data folder: {}',
    did: 'Changed nothing.',
    todo: 'Give the user that runs relais the right to write there. If it is on a disk of its own, look whether that is there.',
  },
  'store/read-only': {
    severity: 'warning',
    happened: 'the database can only be looked at: {}',
    did: 'Shows what is stored.',
    todo: 'Make room on the disk, or give the user that runs relais the right to write there.',
  },
  'store/newer-schema': {
    severity: 'failure',
    happened: 'the database was written by a newer Relais: {}',
    did: 'Did not touch it.',
    todo: 'Run the newer version, or put back the copy made before the upgrade:  relais restore --list  shows it.',
  },
  'store/damaged': {
    severity: 'failure',
    happened: 'the database is damaged: {}',
    did: 'Did not touch it.',
    todo: 'Run  relais restore : it puts the newest whole copy in its place and keeps the damaged file beside it. If there is no copy, move the file away and run again: what the feeds still list comes back.',
  },
  'store/not-ours': {
    severity: 'failure',
    happened: 'the file in the place of the database is none of Relais: {}',
    did: 'Did not touch it.',
    todo: 'Move it away, or name another folder with --data.',
  },
  'store/not-built': {
    severity: 'failure',
    happened: 'the part of Relais that keeps the database (better-sqlite3) does not run on this Node: {}',
    did: 'Nothing was run.',
    todo: 'In the folder where Relais is installed:  npm install && npm rebuild better-sqlite3    Where npm refuses to run its install script, allow it:  npm install-scripts approve better-sqlite3',
  },
  'store/bad-copy': {
    severity: 'failure',
    happened: 'the copy cannot be put back: {}',
    did: 'Changed nothing.',
    todo: 'Choose another:  relais restore --list  shows what there is.',
  },

  'store/low-disk': {
    severity: 'warning',
    happened: 'the disk is getting full: {}',
    did: 'Went on.',
    todo: 'Make room soon: on a full disk Relais stops until there is some.',
  },
  'store/backup-failed': {
    severity: 'warning',
    happened: 'a copy of the database could not be made: {}',
    did: 'Went on without; the older copies are untouched.',
    todo: 'Look whether there is room on the disk and whether data/backup may be written.',
  },
  'store/words-left': {
    severity: 'warning',
    happened: 'words that were taken back may still be in a file: {}',
    did: 'Readers do not see them; the next night tries again.',
    todo: 'Look whether there is room on the disk and whether the file may be written. A copy that is damaged: delete it.',
  },
  'store/pictures-failed': {
    severity: 'warning',
    happened: 'copies of pictures could not be kept or tidied: {}',
    did: 'Went on without; new pictures are links until they can be kept.',
    todo: 'Look whether there is room on the disk and whether the user that runs relais may write to data/images.',
  },

  'publish/not-writable': {
    severity: 'failure',
    happened: 'cannot write the site: {}',
    did: 'Left the files that are there as they are.',
    todo: 'Give the user that runs relais the right to write there, or make room on the disk.',
  },
  'publish/bucket-denied': {
    severity: 'failure',
    happened: 'may not publish into {}',
    did: 'Left the files that are there; the next run goes on where this one ended.',
    todo: 'Look whether AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are those of a key that may list, read, write and delete there.',
  },
  'publish/bucket-not-found': {
    severity: 'failure',
    happened: 'cannot publish into {}',
    did: 'Published nothing.',
    todo: 'Look whether  site: bucket  is right: url, endpoint and region. Relais makes no bucket by itself.',
  },
  'publish/bucket-unreachable': {
    severity: 'failure',
    happened: 'cannot reach {}',
    did: 'Tried several times and left the files that are there; the next run goes on where this one ended.',
    todo: 'Nothing, if it passes. Else look whether  site: bucket: endpoint  is right, or ask whoever runs the storage.',
  },
  'publish/bucket-refused': {
    severity: 'failure',
    happened: 'cannot publish into {}',
    did: 'Left the files that are there; the next run goes on where this one ended.',
    todo: 'Look whether the bucket is full or locked, or ask whoever runs the storage.',
  },
  'publish/no-address': {
    severity: 'warning',
    happened: 'site: url  is not set, so feeds cannot name their own address',
    did: 'Published them without it.',
    todo: 'Write the public address of the site under  site: url.',
  },

  'hub/not-told': {
    severity: 'warning',
    happened: 'your hub could not be told that feeds have changed: {}',
    did: 'Keeps what it has to be told, and tries again for as long as it takes.',
    todo: 'Look whether  site: hub  is right, or ask whoever runs it.',
  },
  'hub/no-subscription': {
    severity: 'warning',
    happened: 'no hub calls us when this has changed: {}',
    did: 'Asks for it in turn, as without a hub, and tries the hub again ever more seldom.',
    todo: 'Nothing has to be done. For posts within seconds, look whether the address under  network: push  is reached from outside (docs/push.md).',
  },

  'darkroom/not-here': {
    severity: 'warning',
    happened: 'pictures cannot be copied on this machine: {}',
    did: 'Left them links; will try again in a day.',
    todo: 'Run  npm ci  again on the machine itself. If that does not help, there is no libvips ready-made for its system: write  images: link.',
  },

  'run/defect': {
    severity: 'failure',
    happened: 'made Relais stumble over a mistake of its own: {}',
    did: 'Left the source as it was and refreshed the others.',
    todo: 'Please report it, with this line.',
  },
  'schedule/already-running': {
    severity: 'note',
    happened: 'another run holds the lease: {}',
    did: 'Left the work to it.',
    todo: '',
  },
  'report/mail-failed': {
    severity: 'warning',
    happened: 'the mail with the news of the relay could not be sent: {}',
    did: 'Will try again in a quarter of an hour.',
    todo: 'Look at  report: mail  in sources.yaml, or ask whoever runs the mail server.',
  },
  'report/ping-failed': {
    severity: 'warning',
    happened: 'the address under  report: ping  could not be called: {}',
    did: 'Went on; it is called again after the next run.',
    todo: 'Look whether the address is right. If it is on your own network, name it under  network: allow.',
  },
  'serve/no-such-address': {
    severity: 'failure',
    happened: 'cannot listen: this machine has no address {}',
    did: 'Did not start the web server.',
    todo: 'Write after --listen an address of this machine: 127.0.0.1 for itself alone, 0.0.0.0 for all it has.',
  },
  'serve/port-in-use': {
    severity: 'failure',
    happened: 'cannot listen: {}',
    did: 'Did not start the web server.',
    todo: 'Choose another port with --port.',
  },
} as const satisfies Record<string, Row>;

/** A detail may quote a server: controls and bidi overrides would act on pages and terminals that show it. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

export type ProblemCode = keyof typeof problemTable;

/** What happened, what Relais did about it and what to do: the same for mails, logs and news. */
export function problemWords({ happened, did, todo }: Pick<Problem, 'happened' | 'did' | 'todo'>): string {
  return `${happened}. ${did} ${todo}`.trim();
}

/**
 * Makes a Problem from the table.
 * @param detail what only the place of the problem knows, in words a maintainer understands; cut at 500 characters
 */
export function problem(code: ProblemCode, subject: Subject, detail = ''): Problem {
  const row: Row = problemTable[code];
  const plain = detail.slice(0, 600).replace(unprintable, ' ');
  const shown = plain.length > 500 ? `${plain.slice(0, 499)}…` : plain;
  const filled = (words: string): string => words.replace('{}', () => shown);
  return {
    code,
    severity: row.severity,
    subject,
    happened: filled(row.happened),
    did: row.did,
    todo: filled(row.todo),
  };
}

/** Each but once, where several have met the same. */
export function toldOnce(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.code} ${one.happened}`, one])).values()];
}

/** Thrown at an edge that cannot go on (database, disk); carries the Problem to cli/main, which ends with exit code 3. */
export class Halt extends Error {
  readonly problem: Problem;
  constructor(halting: Problem, options?: ErrorOptions) {
    super(halting.happened, options);
    this.name = 'Halt';
    this.problem = halting;
  }
}
