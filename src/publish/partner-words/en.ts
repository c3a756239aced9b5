/** What Relais says to partners in English. */
import { count, number } from '../words/grammar.ts';
import type { PartnerWords } from './shape.ts';

const locale = 'en-GB';

export const english: PartnerWords = {
  title: (name) => `How this site treats ${name}`,
  about: 'For the people who write it: what we take, how we show it, and what you can do.',
  taken: 'What we take',
  addressKept: 'not printed, since it holds a secret',
  asked: 'Asked',
  everyHours: (n) => count(locale, n, { one: 'once an hour at the most', other: 'every {n} hours at the most' }),
  byRhythm: 'about as often as it brings something new, once an hour at the most',
  stored: 'Taken so far',
  texts: (n) => count(locale, n, { one: '{n} text', other: '{n} texts' }),
  shownNow: 'Shown at present',
  firstSeen: 'First taken on',
  only: 'Only texts with one of these',
  skip: 'No texts with one of these',
  parts: {
    title: 'in the title',
    text: 'in the text',
    author: 'among the authors',
    tag: 'among the labels',
    link: 'in the address',
    lang: 'as the language',
  },
  tags: 'Labels that we add',
  terms: 'How we show it',
  excerptOf: (n) => `the beginning, ${number(locale, n)} words at the most, with a link to the whole`,
  images: 'Pictures',
  imagesAre: { copy: 'copied to this site', link: 'linked', none: 'left out' },
  licenceSaidHere: 'as it was agreed with us',
  licenceOfTexts: 'as each text or your feed says; where neither says anything, none is printed',
  creditedAs: 'Credited as',
  example: 'The credit of your newest text here',
  embargo: 'Your own readers first',
  hours: (n) => count(locale, n, { one: '{n} hour', other: '{n} hours' }),
  agreed: 'Agreed',
  agreedOn: (on) => `on ${on}`,
  agreedUntil: (until) => `until ${until}`,
  agreementEnded: (until) => `This ended on ${until}: since then we show titles and links alone.`,
  notNoted: 'Nobody has noted an agreement with you. If this is not as you want it, tell us.',
  wished: 'Your own site or feed asks us to show less. We do as it says.',
  yours: 'What you can do',
  correct: {
    what: 'Correct a text',
    mend: 'Change it on your site. When your feed carries the change, we show it at our next visit, say that it was corrected, and tell those who read our feeds.',
  },
  withdraw: {
    what: 'Take a text back',
    mend: 'Delete its page and leave it out of your feed: it goes here when its page has been gone on two days. Faster: say in your feed that it was deleted, and it goes at our next visit, with the reposts that name you. Or write to us.',
  },
  stop: {
    what: 'Be shown less, or not at all',
    mend: 'Say so on your own site or in your feed; it counts within a day, and you need not ask us. In place of “none” you may write “link” or “excerpt”.',
  },
  inFile: 'As a file at',
  inFeed: 'Or in your RSS or Atom feed',
  inJsonFeed: 'Or in your JSON Feed',
  inFeedToWithdraw: 'In your RSS or Atom feed, with the id (guid) of the text',
  write: 'Or write to',
  noContact: 'This site names no address to write to.',
  flaws: 'What is wrong with your feed',
  noFlaws: 'We have found nothing.',
  notReadYet: 'We have not been able to read it yet.',
  flawsAre: {
    markup: {
      what: 'The feed is not well-formed.',
      mend: 'Often an & or < stands in a text where &amp; or &lt; belongs, or the document breaks off. Strict programs show nothing of it.',
    },
    encoding: {
      what: 'The feed names one character encoding and uses another.',
      mend: 'Write and serve it in UTF-8, and say so in its first line.',
    },
    letters: {
      what: 'Some bytes stand for no letter.',
      mend: 'Save the texts in UTF-8 again; readers see � in these places.',
    },
    entry: { what: 'An entry is empty or cannot be read.', mend: 'Give it a title, a text or a link.' },
    'no-guid': {
      what: 'Entries have no id of their own.',
      mend: 'Give each a guid (RSS) or id (Atom, JSON) that never changes: without one, a changed title may show a text twice.',
    },
    'same-guid': {
      what: 'Several entries have the same id.',
      mend: 'Give each an id (guid) that no other has: readers may miss all but one.',
    },
    'new-guids': {
      what: 'Texts that were known have come again under new ids.',
      mend: 'Keep the ids (guids) when you move the site or change its software: other programs show everything twice.',
    },
    'no-date': {
      what: 'Entries have no date that we can read.',
      mend: 'Write pubDate (RSS), published (Atom) or date_published (JSON), with a time zone.',
    },
    'future-date': {
      what: 'Entries are dated in the future.',
      mend: 'Look at the clock and the time zone of your site. For events, use a field for events.',
    },
    'bad-link': {
      what: 'Entries have a link that leads nowhere on the web.',
      mend: 'Write whole addresses that begin with https://.',
    },
    'double-encoded': {
      what: 'Signs in titles are encoded twice, so readers see &amp; in them.',
      mend: 'Encode titles once. Often an extra plug-in does it again.',
    },
    beginnings: {
      what: 'All texts break off after their beginning.',
      mend: 'If you like them to be read whole, let the feed carry whole texts: in WordPress under Settings, Reading.',
    },
    emptied: { what: 'The feed lists nothing any more.', mend: 'If that is not meant, look at its settings.' },
    'no-validators': {
      what: 'Your server does not say whether the feed has changed.',
      mend: 'Let it send ETag or Last-Modified: it saves you most of the traffic, and we can ask more often.',
    },
    unencrypted: {
      what: 'The feed travels unencrypted.',
      mend: 'If your site can do https, tell us that address: anybody on the way can read and change it.',
    },
    'has-https': {
      what: 'The feed travels unencrypted, though your site can do https.',
      mend: 'Tell us the address with https, and let the old one redirect to it for good (301).',
    },
    'relative-links': {
      what: 'Texts link to places of your own site by a part of an address.',
      mend: 'Write whole addresses that begin with https://: elsewhere such links and pictures lead nowhere.',
    },
    certificate: {
      what: 'The certificate of your site ends soon.',
      mend: 'Renew it, and let your server do so by itself from now on: after that day hardly any program reads the feed.',
    },
    moved: {
      what: 'The address of the feed leads on to another one for good.',
      mend: 'Name the new one wherever you announce the feed, and keep the redirect. We follow it.',
    },
  },
  entries: (n) => count(locale, n, { one: '{n} entry', other: '{n} entries' }),
  line: (line, column) => `Line ${number(locale, line)}, column ${number(locale, column)}`,
  mends: {
    certificate: 'Have the whole chain of certificates installed on your server.',
    'certificate-expired': 'Renew the certificate.',
    refused:
      'Let programs read the address of the feed: an exception in the firewall or the protection against robots is enough.',
    missing: 'If the feed has moved, let the old address redirect to the new one for good (301), or tell us.',
    trouble: 'Ask whoever runs your server to look into its log.',
    astray: 'Look at the redirects of your site: they lead in circles, or from https to http.',
    'no-feed': 'Look whether the feed is still switched on, and whether it has another address.',
    'too-large': 'Let the feed list fewer texts.',
    slow: 'Ask whoever runs your server why it takes so long.',
  },
  network: 'Your texts in the network',
  passedOn: 'Your texts that others here have passed on',
  reposts: 'Texts of others that you have passed on',
  none: 'None so far.',
  newest: 'The newest:',
  noReaders: 'Readers are not counted, here or anywhere on this site.',
  nowhereHow: [
    'Some groups want nothing of theirs shown here. Then this site has no text, no title, no link and no name of theirs, and no page about them; reposts of their texts by others are left out too.',
    'If you have asked for that on your own site or in your feed and want it otherwise, take it out there: within a day you are shown as agreed. Otherwise write to us.',
  ],
};
