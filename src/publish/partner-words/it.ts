/** What Relais says to partners in Italian. */
import { count, number } from '../words/grammar.ts';
import type { PartnerWords } from './shape.ts';

const locale = 'it';

export const italian: PartnerWords = {
  title: (name) => `Come questo sito tratta la fonte ${name}`,
  about: 'Per chi la scrive: che cosa prendiamo, come lo mostriamo e che cosa potete fare.',
  taken: 'Che cosa prendiamo',
  addressKept: 'non mostrato, perché contiene un segreto',
  asked: 'Consultata',
  everyHours: (n) => count(locale, n, { one: 'al massimo una volta l’ora', other: 'al massimo ogni {n} ore' }),
  byRhythm: 'all’incirca tanto spesso quanto porta qualcosa di nuovo, al massimo una volta l’ora',
  stored: 'Presi finora',
  texts: (n) => count(locale, n, { one: '{n} testo', many: '{n} di testi', other: '{n} testi' }),
  shownNow: 'Mostrati ora',
  firstSeen: 'Primo testo preso il',
  only: 'Solo testi con uno di questi',
  skip: 'Nessun testo con uno di questi',
  parts: {
    title: 'nel titolo',
    text: 'nel testo',
    author: 'tra gli autori',
    tag: 'tra le etichette',
    link: 'nell’indirizzo',
    lang: 'come lingua',
  },
  tags: 'Etichette che aggiungiamo',
  terms: 'Come lo mostriamo',
  excerptOf: (n) => `l’inizio, al massimo ${number(locale, n)} parole, con un collegamento al testo intero`,
  images: 'Immagini',
  imagesAre: { copy: 'copiate su questo sito', link: 'come collegamento', none: 'omesse' },
  licenceSaidHere: 'come concordato con noi',
  licenceOfTexts: 'quella che dice ogni testo o il vostro feed; se non dicono nulla, non ne è indicata nessuna',
  creditedAs: 'Menzione',
  example: 'La menzione del vostro testo più recente qui',
  embargo: 'Prima chi legge il vostro sito',
  hours: (n) => count(locale, n, { one: '{n} ora', many: '{n} di ore', other: '{n} ore' }),
  agreed: 'Concordato',
  agreedOn: (on) => `in data ${on}`,
  agreedUntil: (until) => `con termine il ${until}`,
  agreementEnded: (until) => `L’accordo è terminato in data ${until}: da allora mostriamo solo titoli e collegamenti.`,
  notNoted: 'Non è annotato alcun accordo con voi. Se così non va bene, ditecelo.',
  wished: 'Il vostro sito o il vostro feed ci chiede di mostrare meno. Lo rispettiamo.',
  yours: 'Che cosa potete fare',
  correct: {
    what: 'Correggere un testo',
    mend: 'Cambiatelo sul vostro sito. Quando il feed porta la modifica, la mostriamo alla visita successiva, diciamo che il testo è stato corretto e avvisiamo chi legge i nostri feed.',
  },
  withdraw: {
    what: 'Ritirare un testo',
    mend: 'Cancellate la sua pagina e toglietelo dal feed: scompare da qui quando la pagina è mancata per due giorni. Più in fretta: dite nel feed che è stato cancellato, e scompare alla visita successiva, con le riprese che vi nominano. Oppure scriveteci.',
  },
  stop: {
    what: 'Essere mostrati meno, o per nulla',
    mend: 'Ditelo sul vostro sito o nel vostro feed; vale entro un giorno, senza doverci chiedere nulla. Al posto di «none» potete scrivere «link» (collegamento) o «excerpt» (estratto).',
  },
  inFile: 'Come file all’indirizzo',
  inFeed: 'Oppure nel vostro feed RSS o Atom',
  inJsonFeed: 'Oppure nel vostro JSON Feed',
  inFeedToWithdraw: 'Nel vostro feed RSS o Atom, con l’identificatore (guid) del testo',
  write: 'Oppure scrivete a',
  noContact: 'Questo sito non indica alcun indirizzo a cui scrivere.',
  flaws: 'Che cosa non va nel vostro feed',
  noFlaws: 'Non abbiamo trovato nulla.',
  notReadYet: 'Non siamo ancora riusciti a leggerlo.',
  flawsAre: {
    markup: {
      what: 'Il feed non è ben formato.',
      mend: 'Spesso in un testo c’è & o < dove va &amp; o &lt;, oppure il documento si interrompe. I programmi rigorosi non ne mostrano nulla.',
    },
    encoding: {
      what: 'Il feed dichiara una codifica dei caratteri e ne usa un’altra.',
      mend: 'Scrivetelo e inviatelo in UTF-8, e indicatelo nella prima riga.',
    },
    letters: {
      what: 'Alcuni byte non corrispondono ad alcuna lettera.',
      mend: 'Salvate di nuovo i testi in UTF-8; in quei punti si vede �.',
    },
    entry: { what: 'Una voce è vuota o illeggibile.', mend: 'Datele un titolo, un testo o un collegamento.' },
    'no-guid': {
      what: 'Alcune voci non hanno un identificatore proprio.',
      mend: 'Date a ciascuna un guid (RSS) o id (Atom, JSON) che non cambi mai: senza, un testo può apparire due volte se cambia il titolo.',
    },
    'same-guid': {
      what: 'Più voci hanno lo stesso identificatore.',
      mend: 'Date a ciascuna un identificatore (guid) che nessun’altra ha: altrimenti forse se ne vede una sola.',
    },
    'new-guids': {
      what: 'Testi già noti sono tornati con identificatori nuovi.',
      mend: 'Conservate gli identificatori (guid) quando spostate il sito o cambiate programma: altri lettori mostrano tutto due volte.',
    },
    'no-date': {
      what: 'Alcune voci non hanno una data leggibile.',
      mend: 'Scrivete pubDate (RSS), published (Atom) o date_published (JSON), con il fuso orario.',
    },
    'future-date': {
      what: 'Alcune voci hanno una data futura.',
      mend: 'Controllate l’orologio e il fuso orario del sito. Per un appuntamento usate un campo per eventi.',
    },
    'bad-link': {
      what: 'Alcune voci hanno un collegamento che non porta da nessuna parte sul web.',
      mend: 'Scrivete indirizzi completi che comincino con https://.',
    },
    'double-encoded': {
      what: 'Nei titoli alcuni segni sono codificati due volte: vi si legge &amp;.',
      mend: 'Codificate i titoli una volta sola. Spesso un’estensione lo fa di nuovo.',
    },
    beginnings: {
      what: 'Tutti i testi si interrompono dopo l’inizio.',
      mend: 'Se volete che siano letti per intero, mettete i testi interi nel feed: in WordPress, sotto Impostazioni, Lettura.',
    },
    emptied: { what: 'Il feed non contiene più nulla.', mend: 'Se non è voluto, controllate le sue impostazioni.' },
    'no-validators': {
      what: 'Il vostro server non dice se il feed è cambiato.',
      mend: 'Fategli inviare ETag o Last-Modified: vi risparmia gran parte del traffico, e possiamo chiedere più spesso.',
    },
    unencrypted: {
      what: 'Il feed viaggia senza cifratura.',
      mend: 'Se il vostro sito supporta https, diteci quell’indirizzo: lungo la strada chiunque può leggerlo e cambiarlo.',
    },
    'has-https': {
      what: 'Il feed viaggia senza cifratura, benché il vostro sito supporti https.',
      mend: 'Diteci l’indirizzo con https, e fate che il vecchio vi rimandi in modo permanente (301).',
    },
    'relative-links': {
      what: 'Alcuni testi rimandano al vostro stesso sito con una parte di indirizzo.',
      mend: 'Scrivete indirizzi completi che comincino con https://: altrove questi collegamenti e immagini non portano da nessuna parte.',
    },
    certificate: {
      what: 'Il certificato del vostro sito scade presto.',
      mend: 'Rinnovatelo, e lasciate che d’ora in poi lo faccia da sé il vostro server: dopo quel giorno quasi nessun programma leggerà il feed.',
    },
    moved: {
      what: 'L’indirizzo del feed rimanda in modo permanente a un altro.',
      mend: 'Indicate il nuovo ovunque annunciate il feed, e mantenete il rinvio. Noi lo seguiamo.',
    },
  },
  entries: (n) => count(locale, n, { one: '{n} voce', many: '{n} di voci', other: '{n} voci' }),
  line: (line, column) => `Riga ${number(locale, line)}, colonna ${number(locale, column)}`,
  mends: {
    certificate: 'Fate installare sul server l’intera catena dei certificati.',
    'certificate-expired': 'Rinnovate il certificato.',
    refused:
      'Lasciate che i programmi leggano l’indirizzo del feed: basta un’eccezione nel firewall o nella protezione contro i robot.',
    missing:
      'Se il feed si è spostato, reindirizzate il vecchio indirizzo al nuovo in modo permanente (301), o ditecelo.',
    trouble: 'Chiedete a chi gestisce il server di guardare il registro.',
    astray: 'Controllate i reindirizzamenti del sito: girano in tondo, o portano da https a http.',
    'no-feed': 'Controllate se il feed è ancora attivo e se ha un altro indirizzo.',
    'too-large': 'Mettete meno testi nel feed.',
    slow: 'Chiedete a chi gestisce il server perché è così lento.',
  },
  network: 'I vostri testi nella rete',
  passedOn: 'Vostri testi che altri hanno ripreso qui',
  reposts: 'Testi di altri che avete ripreso',
  none: 'Nessuno finora.',
  newest: 'I più recenti:',
  noReaders: 'Chi legge non viene contato, né qui né altrove su questo sito.',
  nowhereHow: [
    'Alcuni gruppi vogliono che qui non si mostri nulla di loro. Allora questo sito non ha di loro né testi, né titoli, né collegamenti, né nomi, né una pagina che ne parli; si omettono anche le riprese dei loro testi da parte di altri.',
    'Se l’avete chiesto sul vostro sito o nel vostro feed e volete altrimenti, toglietelo da lì: entro un giorno sarete mostrati come concordato. Altrimenti scriveteci.',
  ],
};
