/** What Relais says to partners in Spanish. */
import { count, number } from '../words/grammar.ts';
import type { PartnerWords } from './shape.ts';

const locale = 'es';

export const spanish: PartnerWords = {
  title: (name) => `Cómo trata este sitio a ${name}`,
  about: 'Para quienes la escriben: qué tomamos, cómo lo mostramos y qué pueden hacer ustedes.',
  taken: 'Qué tomamos',
  addressKept: 'no se muestra, porque contiene un secreto',
  asked: 'Se consulta',
  everyHours: (n) => count(locale, n, { one: 'una vez por hora como máximo', other: 'cada {n} horas como máximo' }),
  byRhythm: 'más o menos tan a menudo como trae algo nuevo, una vez por hora como máximo',
  stored: 'Tomados hasta ahora',
  texts: (n) => count(locale, n, { one: '{n} texto', many: '{n} de textos', other: '{n} textos' }),
  shownNow: 'Se muestran ahora',
  firstSeen: 'Primer texto tomado el',
  only: 'Solo textos con uno de estos',
  skip: 'Ningún texto con uno de estos',
  parts: {
    title: 'en el título',
    text: 'en el texto',
    author: 'entre los autores',
    tag: 'entre las etiquetas',
    link: 'en la dirección',
    lang: 'como idioma',
  },
  tags: 'Etiquetas que añadimos',
  terms: 'Cómo lo mostramos',
  excerptOf: (n) => `el comienzo, ${number(locale, n)} palabras como máximo, con un enlace al texto completo`,
  images: 'Imágenes',
  imagesAre: { copy: 'copiadas en este sitio', link: 'enlazadas', none: 'omitidas' },
  licenceSaidHere: 'según lo acordado con nosotros',
  licenceOfTexts: 'la que diga cada texto o su canal; si no dicen nada, no se indica ninguna',
  creditedAs: 'Mención',
  example: 'La mención de su texto más reciente aquí',
  embargo: 'Primero sus propios lectores',
  hours: (n) => count(locale, n, { one: '{n} hora', many: '{n} de horas', other: '{n} horas' }),
  agreed: 'Acordado',
  agreedOn: (on) => `el ${on}`,
  agreedUntil: (until) => `hasta el ${until}`,
  agreementEnded: (until) => `Terminó el ${until}: desde entonces mostramos solo títulos y enlaces.`,
  notNoted: 'No consta ningún acuerdo con ustedes. Si no les parece bien, dígannoslo.',
  wished: 'Su propio sitio o su canal nos pide que mostremos menos. Lo respetamos.',
  yours: 'Qué pueden hacer',
  correct: {
    what: 'Corregir un texto',
    mend: 'Cámbienlo en su sitio. Cuando su canal traiga el cambio, lo mostramos en nuestra próxima visita, decimos que el texto fue corregido y avisamos a quienes leen nuestros canales.',
  },
  withdraw: {
    what: 'Retirar un texto',
    mend: 'Borren su página y quítenlo del canal: desaparece de aquí cuando la página haya faltado dos días. Más rápido: digan en su canal que se borró, y desaparece en nuestra próxima visita, junto con las copias que los nombran. O escríbannos.',
  },
  stop: {
    what: 'Que se muestre menos, o nada',
    mend: 'Díganlo en su propio sitio o en su canal; vale en menos de un día y no hace falta pedírnoslo. En lugar de «none» pueden escribir «link» (enlace) o «excerpt» (extracto).',
  },
  inFile: 'Como archivo en',
  inFeed: 'O en su canal RSS o Atom',
  inJsonFeed: 'O en su canal JSON',
  inFeedToWithdraw: 'En su canal RSS o Atom, con el identificador (guid) del texto',
  write: 'O escriban a',
  noContact: 'Este sitio no indica ninguna dirección a la que escribir.',
  flaws: 'Qué falla en su canal',
  noFlaws: 'No hemos encontrado nada.',
  notReadYet: 'Todavía no hemos podido leerlo.',
  flawsAre: {
    markup: {
      what: 'El canal no está bien formado.',
      mend: 'A menudo hay en un texto un & o un < donde corresponde &amp; o &lt;, o el documento se corta. Los programas estrictos no muestran nada.',
    },
    encoding: {
      what: 'El canal anuncia una codificación de caracteres y usa otra.',
      mend: 'Escríbanlo y sírvanlo en UTF-8, e indíquenlo en su primera línea.',
    },
    letters: {
      what: 'Algunos bytes no corresponden a ninguna letra.',
      mend: 'Guarden los textos de nuevo en UTF-8; en esos lugares se ve �.',
    },
    entry: { what: 'Una entrada está vacía o no se puede leer.', mend: 'Denle un título, un texto o un enlace.' },
    'no-guid': {
      what: 'Hay entradas sin identificador propio.',
      mend: 'Den a cada una un guid (RSS) o id (Atom, JSON) que no cambie nunca: sin él, un texto puede aparecer dos veces al cambiar su título.',
    },
    'same-guid': {
      what: 'Varias entradas tienen el mismo identificador.',
      mend: 'Den a cada una un identificador (guid) que ninguna otra tenga: si no, quizá solo se vea una.',
    },
    'new-guids': {
      what: 'Textos conocidos han vuelto con identificadores nuevos.',
      mend: 'Conserven los identificadores (guid) al mudar el sitio o cambiar de programa: otros lectores lo muestran todo dos veces.',
    },
    'no-date': {
      what: 'Hay entradas sin fecha que podamos leer.',
      mend: 'Escriban pubDate (RSS), published (Atom) o date_published (JSON), con la zona horaria.',
    },
    'future-date': {
      what: 'Hay entradas con fecha futura.',
      mend: 'Revisen el reloj y la zona horaria de su sitio. Para una cita, usen un campo de evento.',
    },
    'bad-link': {
      what: 'Hay entradas con un enlace que no lleva a ningún lugar de la web.',
      mend: 'Escriban direcciones completas que empiecen por https://.',
    },
    'double-encoded': {
      what: 'Hay signos codificados dos veces en los títulos: se lee &amp; en ellos.',
      mend: 'Codifiquen los títulos una sola vez. A menudo una extensión lo hace de nuevo.',
    },
    beginnings: {
      what: 'Todos los textos se cortan tras el comienzo.',
      mend: 'Si quieren que se lean enteros, pongan los textos completos en el canal: en WordPress, en Ajustes, Lectura.',
    },
    emptied: { what: 'El canal ya no contiene nada.', mend: 'Si no es intencionado, revisen su configuración.' },
    'no-validators': {
      what: 'Su servidor no dice si el canal ha cambiado.',
      mend: 'Hagan que envíe ETag o Last-Modified: les ahorra casi todo el tráfico, y podemos consultar más a menudo.',
    },
    unencrypted: {
      what: 'El canal viaja sin cifrar.',
      mend: 'Si su sitio admite https, dígannos esa dirección: cualquiera en el camino puede leerlo y cambiarlo.',
    },
    'has-https': {
      what: 'El canal viaja sin cifrar, aunque su sitio admite https.',
      mend: 'Dígannos la dirección con https y hagan que la antigua redirija a ella de forma permanente (301).',
    },
    'relative-links': {
      what: 'Hay textos que enlazan a su propio sitio con una parte de la dirección.',
      mend: 'Escriban direcciones completas que empiecen por https://: en otros lugares esos enlaces e imágenes no llevan a nada.',
    },
    certificate: {
      what: 'El certificado de su sitio caduca pronto.',
      mend: 'Renuévenlo y dejen que su servidor lo haga solo en adelante: después de ese día casi ningún programa leerá el canal.',
    },
    moved: {
      what: 'La dirección del canal redirige de forma permanente a otra.',
      mend: 'Indiquen la nueva dondequiera que anuncien el canal y mantengan la redirección. Nosotros la seguimos.',
    },
  },
  entries: (n) => count(locale, n, { one: '{n} entrada', many: '{n} de entradas', other: '{n} entradas' }),
  line: (line, column) => `Línea ${number(locale, line)}, columna ${number(locale, column)}`,
  mends: {
    certificate: 'Hagan instalar en el servidor la cadena completa de certificados.',
    'certificate-expired': 'Renueven el certificado.',
    refused:
      'Dejen que los programas lean la dirección del canal: basta una excepción en el cortafuegos o en la protección contra robots.',
    missing: 'Si el canal se mudó, redirijan la dirección antigua a la nueva de forma permanente (301), o dígannoslo.',
    trouble: 'Pidan a quien lleva su servidor que mire el registro.',
    astray: 'Revisen las redirecciones de su sitio: dan vueltas, o llevan de https a http.',
    'no-feed': 'Comprueben si el canal sigue activado y si tiene otra dirección.',
    'too-large': 'Pongan menos textos en el canal.',
    slow: 'Pregunten a quien lleva su servidor por qué tarda tanto.',
  },
  network: 'Sus textos en la red',
  passedOn: 'Textos suyos que otros han difundido aquí',
  reposts: 'Textos de otros que ustedes han difundido',
  none: 'Ninguno hasta ahora.',
  newest: 'Los más recientes:',
  noReaders: 'No se cuentan los lectores, ni aquí ni en ningún lugar de este sitio.',
  nowhereHow: [
    'Algunos grupos quieren que aquí no se muestre nada suyo. Entonces este sitio no tiene de ellos ni texto, ni título, ni enlace, ni nombre, ni página sobre ellos; también se omiten las copias de sus textos que publiquen otros.',
    'Si lo han pedido en su propio sitio o en su canal y lo quieren de otro modo, quítenlo allí: en menos de un día se les muestra según lo acordado. Si no, escríbannos.',
  ],
};
