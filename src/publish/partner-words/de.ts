/** What Relais says to partners in German. */
import { count, number } from '../words/grammar.ts';
import type { PartnerWords } from './shape.ts';

const locale = 'de';

export const german: PartnerWords = {
  title: (name) => `Wie diese Seite mit ${name} umgeht`,
  about: 'Für die, die sie schreiben: was wir nehmen, wie wir es zeigen und was Sie tun können.',
  taken: 'Was wir nehmen',
  addressKept: 'nicht genannt, weil sie ein Geheimnis enthält',
  asked: 'Gefragt',
  everyHours: (n) => count(locale, n, { one: 'höchstens einmal in der Stunde', other: 'höchstens alle {n} Stunden' }),
  byRhythm: 'etwa so oft, wie sie Neues bringt, höchstens einmal in der Stunde',
  stored: 'Bisher genommen',
  texts: (n) => count(locale, n, { one: '{n} Text', other: '{n} Texte' }),
  shownNow: 'Zurzeit gezeigt',
  firstSeen: 'Zum ersten Mal genommen am',
  only: 'Nur Texte mit einem davon',
  skip: 'Keine Texte mit einem davon',
  parts: {
    title: 'im Titel',
    text: 'im Text',
    author: 'unter den Verfassern',
    tag: 'unter den Schlagwörtern',
    link: 'in der Adresse',
    lang: 'als Sprache',
  },
  tags: 'Schlagwörter, die wir hinzufügen',
  terms: 'Wie wir es zeigen',
  excerptOf: (n) => `der Anfang, höchstens ${number(locale, n)} Wörter, mit einem Link zum Ganzen`,
  images: 'Bilder',
  imagesAre: { copy: 'auf diese Seite kopiert', link: 'verlinkt', none: 'weggelassen' },
  licenceSaidHere: 'wie mit uns vereinbart',
  licenceOfTexts: 'was jeder Text oder Ihr Feed sagt; sagen beide nichts, steht keine da',
  creditedAs: 'Genannt als',
  example: 'Die Nennung bei Ihrem neuesten Text hier',
  embargo: 'Zuerst Ihre eigenen Leser',
  hours: (n) => count(locale, n, { one: '{n} Stunde', other: '{n} Stunden' }),
  agreed: 'Vereinbart',
  agreedOn: (on) => `am ${on}`,
  agreedUntil: (until) => `bis ${until}`,
  agreementEnded: (until) => `Das endete am ${until}: seitdem zeigen wir nur Titel und Links.`,
  notNoted: 'Eine Vereinbarung mit Ihnen ist nicht vermerkt. Wenn es Ihnen so nicht recht ist, sagen Sie es uns.',
  wished: 'Ihre eigene Seite oder Ihr Feed bittet uns, weniger zu zeigen. Wir halten uns daran.',
  yours: 'Was Sie tun können',
  correct: {
    what: 'Einen Text berichtigen',
    mend: 'Ändern Sie ihn auf Ihrer Seite. Sobald Ihr Feed die Änderung enthält, zeigen wir sie beim nächsten Besuch, sagen, dass der Text berichtigt wurde, und teilen es denen mit, die unsere Feeds lesen.',
  },
  withdraw: {
    what: 'Einen Text zurückziehen',
    mend: 'Löschen Sie seine Seite und lassen Sie ihn aus dem Feed weg: er verschwindet hier, wenn seine Seite an zwei Tagen nicht mehr da war. Schneller: sagen Sie in Ihrem Feed, dass er gelöscht ist, dann geht er beim nächsten Besuch, samt den Weitergaben, die Sie nennen. Oder schreiben Sie uns.',
  },
  stop: {
    what: 'Weniger oder gar nicht gezeigt werden',
    mend: 'Sagen Sie es auf Ihrer eigenen Seite oder in Ihrem Feed; es gilt binnen eines Tages, und Sie brauchen uns nicht zu fragen. Statt „none“ können Sie „link“ (nur Link) oder „excerpt“ (Auszug) schreiben.',
  },
  inFile: 'Als Datei unter',
  inFeed: 'Oder in Ihrem RSS- oder Atom-Feed',
  inJsonFeed: 'Oder in Ihrem JSON Feed',
  inFeedToWithdraw: 'In Ihrem RSS- oder Atom-Feed, mit der Kennung (guid) des Textes',
  write: 'Oder schreiben Sie an',
  noContact: 'Diese Seite nennt keine Adresse, an die man schreiben kann.',
  flaws: 'Was an Ihrem Feed nicht stimmt',
  noFlaws: 'Wir haben nichts gefunden.',
  notReadYet: 'Wir konnten ihn noch nicht lesen.',
  flawsAre: {
    markup: {
      what: 'Der Feed ist nicht wohlgeformt.',
      mend: 'Oft steht in einem Text & oder <, wo &amp; oder &lt; hingehört, oder das Dokument bricht ab. Strenge Programme zeigen nichts davon.',
    },
    encoding: {
      what: 'Der Feed nennt eine andere Zeichenkodierung, als er benutzt.',
      mend: 'Schreiben und senden Sie ihn in UTF-8, und sagen Sie das in seiner ersten Zeile.',
    },
    letters: {
      what: 'Manche Bytes stehen für keinen Buchstaben.',
      mend: 'Speichern Sie die Texte neu in UTF-8; an diesen Stellen ist � zu sehen.',
    },
    entry: {
      what: 'Ein Eintrag ist leer oder nicht zu lesen.',
      mend: 'Geben Sie ihm einen Titel, einen Text oder einen Link.',
    },
    'no-guid': {
      what: 'Einträge haben keine eigene Kennung.',
      mend: 'Geben Sie jedem eine guid (RSS) oder id (Atom, JSON), die sich nie ändert: ohne sie kann ein Text nach einer Änderung des Titels doppelt erscheinen.',
    },
    'same-guid': {
      what: 'Mehrere Einträge haben dieselbe Kennung.',
      mend: 'Geben Sie jedem eine Kennung (guid), die kein anderer hat: sonst ist womöglich nur einer zu sehen.',
    },
    'new-guids': {
      what: 'Bekannte Texte sind unter neuen Kennungen wiedergekommen.',
      mend: 'Behalten Sie die Kennungen (guid) bei, wenn Sie umziehen oder die Software wechseln: andere Programme zeigen sonst alles doppelt.',
    },
    'no-date': {
      what: 'Einträge haben kein Datum, das wir lesen können.',
      mend: 'Schreiben Sie pubDate (RSS), published (Atom) oder date_published (JSON), mit Zeitzone.',
    },
    'future-date': {
      what: 'Einträge tragen ein Datum in der Zukunft.',
      mend: 'Prüfen Sie Uhr und Zeitzone Ihrer Seite. Für Termine gibt es eigene Felder.',
    },
    'bad-link': {
      what: 'Einträge haben einen Link, der im Netz nirgendwohin führt.',
      mend: 'Schreiben Sie ganze Adressen, die mit https:// beginnen.',
    },
    'double-encoded': {
      what: 'Zeichen in Titeln sind doppelt kodiert, so dass darin &amp; zu lesen ist.',
      mend: 'Kodieren Sie Titel nur einmal. Oft tut es ein Plug-in ein zweites Mal.',
    },
    beginnings: {
      what: 'Alle Texte brechen nach dem Anfang ab.',
      mend: 'Wenn sie ganz gelesen werden sollen, nehmen Sie die ganzen Texte in den Feed auf: in WordPress unter Einstellungen, Lesen.',
    },
    emptied: {
      what: 'Der Feed enthält nichts mehr.',
      mend: 'Wenn das nicht gewollt ist, prüfen Sie seine Einstellungen.',
    },
    'no-validators': {
      what: 'Ihr Server sagt nicht, ob sich der Feed geändert hat.',
      mend: 'Lassen Sie ihn ETag oder Last-Modified senden: das erspart Ihnen den größten Teil des Datenverkehrs, und wir können öfter fragen.',
    },
    unencrypted: {
      what: 'Der Feed kommt unverschlüsselt.',
      mend: 'Wenn Ihre Seite https kann, nennen Sie uns diese Adresse: unterwegs kann ihn sonst jeder lesen und ändern.',
    },
    'has-https': {
      what: 'Der Feed kommt unverschlüsselt, obwohl Ihre Seite https kann.',
      mend: 'Nennen Sie uns die Adresse mit https, und lassen Sie die alte dauerhaft (301) dorthin weiterleiten.',
    },
    'relative-links': {
      what: 'Texte verweisen mit einem Teil einer Adresse auf Ihre eigene Seite.',
      mend: 'Schreiben Sie ganze Adressen, die mit https:// beginnen: anderswo führen solche Links und Bilder nirgendwohin.',
    },
    certificate: {
      what: 'Das Zertifikat Ihrer Seite läuft bald ab.',
      mend: 'Erneuern Sie es, am besten lassen Sie das den Server von selbst tun: nach diesem Tag liest kaum ein Programm mehr den Feed.',
    },
    moved: {
      what: 'Die Adresse des Feeds leitet dauerhaft zu einer anderen weiter.',
      mend: 'Nennen Sie überall, wo Sie den Feed ankündigen, die neue, und behalten Sie die Weiterleitung. Wir folgen ihr.',
    },
  },
  entries: (n) => count(locale, n, { one: '{n} Eintrag', other: '{n} Einträge' }),
  line: (line, column) => `Zeile ${number(locale, line)}, Spalte ${number(locale, column)}`,
  mends: {
    certificate: 'Lassen Sie auf dem Server die ganze Kette der Zertifikate einrichten.',
    'certificate-expired': 'Erneuern Sie das Zertifikat.',
    refused:
      'Lassen Sie Programme die Adresse des Feeds lesen: eine Ausnahme in der Firewall oder im Schutz gegen Roboter genügt.',
    missing:
      'Wenn der Feed umgezogen ist, leiten Sie die alte Adresse dauerhaft (301) auf die neue um, oder sagen Sie es uns.',
    trouble: 'Bitten Sie die, die Ihren Server betreiben, in sein Protokoll zu sehen.',
    astray: 'Prüfen Sie die Umleitungen Ihrer Seite: sie führen im Kreis oder von https zu http.',
    'no-feed': 'Sehen Sie nach, ob der Feed noch eingeschaltet ist und ob er eine andere Adresse hat.',
    'too-large': 'Nehmen Sie weniger Texte in den Feed auf.',
    slow: 'Fragen Sie die, die Ihren Server betreiben, warum er so lange braucht.',
  },
  network: 'Ihre Texte im Netzwerk',
  passedOn: 'Ihre Texte, die andere hier weitergegeben haben',
  reposts: 'Texte anderer, die Sie weitergegeben haben',
  none: 'Bisher keine.',
  newest: 'Die neuesten:',
  noReaders: 'Leser werden nicht gezählt, weder hier noch sonst auf dieser Seite.',
  nowhereHow: [
    'Manche Gruppen wollen, dass nichts von ihnen hier steht. Dann hat diese Seite keinen Text, keinen Titel, keinen Link und keinen Namen von ihnen und keine Seite über sie; auch Weitergaben ihrer Texte durch andere fallen weg.',
    'Wenn Sie das auf Ihrer eigenen Seite oder in Ihrem Feed verlangt haben und es anders wollen, nehmen Sie es dort heraus: binnen eines Tages werden Sie gezeigt wie vereinbart. Sonst schreiben Sie uns.',
  ],
};
