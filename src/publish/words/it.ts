/** What Relais says in Italian. */
import { count, list, weekIn } from './grammar.ts';
import type { Words } from './shape.ts';

const locale = 'it';

export const italian: Words = {
  locale,
  from: (name) => `Da ${name}`,
  fromOn: (name, date) => `Da ${name}, ${date}`,
  repostedBy: (names, others) =>
    `ripreso da ${list(locale, names, others, names.length > 0 ? { one: '{n} altro', other: 'altri {n}' } : { one: '{n} gruppo', other: '{n} gruppi' })}`,
  firstSeenAt: (name) => `Visto per la prima volta da ${name}`,
  via: (name) => `via ${name}`,
  carriedBy: (groups) =>
    count(locale, groups, {
      one: '{n} gruppo ha pubblicato questo testo',
      other: '{n} gruppi hanno pubblicato questo testo',
    }),
  readOriginal: 'Leggi l’originale',
  readWhole: (name) => `Leggi il testo intero da ${name}`,
  attribution: 'Il cammino di questo testo',
  writtenBy: 'Scritto da',
  seenFirst: 'Visto per la prima volta da',
  passedOnBy: 'Ripreso da',
  howWeKnow: 'Come lo sappiamo',
  noStatement: 'Pubblicato sul sito del gruppo stesso.',
  earliestKnown: 'Nessuno dice chi lo ha scritto. È la copia più antica che conosciamo.',
  copyOf: (name) =>
    `La copia di chi lo ha scritto non è tra le nostre fonti. Il testo mostrato è quello ripreso da ${name}.`,
  corrected: (date) => `Corretto il ${date}`,
  withdrawnTitle: 'Testo ritirato',
  withdrawn: (name, date) =>
    `Questo testo è stato ritirato${name === '' ? '' : ` da ${name}`} il ${date}. Non è più mostrato qui.`,
  moved: 'Questo testo è risultato essere lo stesso di un altro. Si trova qui:',
  licence: 'Licenza',
  permissionUnknown: 'Nessuna licenza indicata: chiedere a chi lo ha scritto prima di copiarlo.',
  picture: 'Immagine',
  attachments: 'Allegati',
  categories: 'Archiviato in',
  skipToContent: 'Vai al contenuto',
  sections: 'Sezioni',
  backToSection: (title) => `Torna a ${title}`,
  allOf: (title) => `Tutto in ${title}`,
  newestStories: 'Testi più recenti',
  stories: (n) => count(locale, n, { one: '{n} testo', other: '{n} testi' }),
  months: 'Mese per mese',
  earlier: 'Precedenti',
  later: 'Successivi',
  nothingYet: 'Qui non è ancora stato pubblicato nulla.',
  subscribe: 'Abbonarsi',
  subscribeHow:
    'Copiare uno di questi indirizzi in un lettore di feed. Porta ogni nuovo testo, e nessuno viene a sapere che cosa si legge. Uno qualsiasi dei tre va bene.',
  rssFeedForSection: 'Feed RSS di questa sezione',
  atomFeedForSection: 'Feed Atom di questa sezione',
  jsonFeedForSection: 'Feed JSON di questa sezione',
  addressOf: (feed) => `Indirizzo: ${feed}`,
  subscriptionList: 'Tutte le fonti in un elenco per lettori di feed (OPML)',
  weeklyDigest: (week) => weekIn(locale, week, 'Riepilogo settimanale, settimana {week} del {year}'),
  newestDigest: 'La settimana in una pagina',
  digestOrder: 'Prima ciò che più gruppi hanno ripreso, poi il più recente.',
  asPlainText: 'Come testo semplice',
  onTheWeb: 'Questo riepilogo sul web',
  sources: 'Fonti',
  allSources: 'Tutte le fonti e il loro stato',
  sourcesHow:
    'Questi gruppi pubblicano sui propri siti. Mostriamo ciò che ci permettono di mostrare, con il loro nome e un collegamento a loro.',
  feedAddress: 'Feed',
  shown: 'Mostrato qui',
  shows: { full: 'il testo intero', excerpt: 'l’inizio', link: 'titolo e collegamento' },
  states: {
    answering: 'risponde',
    failing: 'non risponde',
    gone: 'scomparsa',
    paused: 'in pausa',
    notAskedYet: 'non ancora consultata',
  },
  since: (date) => `dal ${date}`,
  promise: 'Ogni testo appartiene a chi lo ha scritto. Ciò che viene ritirato scompare anche da qui.',
  writeTo: 'Qualcosa non va? Scrivere a',
  noTracking: 'Niente cookie, niente script, nessun tracciamento. Questa pagina non chiede nulla ad altri siti.',
  timesIn: (zone) => `Date e orari: ${zone}`,
};
