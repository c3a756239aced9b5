/** Evidence as a sentence for readers, in the story's language: how we know who wrote it and who passed it on. */
import type { Evidence, EvidenceKind, Language } from '../model.ts';
import { number } from './words/grammar.ts';
import { wordsFor } from './words.ts';

/** `{quote}` is the partner's own words or address; `{shared}` of `{all}` passages were found. */
type Sentences = Readonly<Record<EvidenceKind, string>>;

const sentences: Readonly<Record<string, Sentences>> = {
  en: {
    'same-guid': 'both carry the same identifier',
    'same-passages': '{shared} of the {all} passages of the shorter text stand in the other one',
    'same-title': 'both carry the same title',
    'same-url': 'both lead to the same page',
    'same-text': 'the text is the same, word for word',
    'same-post': 'the same post in another feed of the group',
    'source-element': 'the feed names its source: “{quote}”',
    'via-link': 'the post links to where it was found: {quote}',
    'canonical-link': 'the post names this page as its own: {quote}',
    'credit-phrase': 'in its own words: “{quote}”',
    'foreign-link': 'the post leads to {quote}',
    'appeared-first': 'its last line says where it appeared first: “{quote}”',
    byline: 'it names its author: “{quote}”',
    joint: 'it names its authors: “{quote}”',
    'translation-of': 'it says what it was translated from: “{quote}”',
    'closing-name': 'it ends with the name of the group: “{quote}”',
    'foreign-guid': 'its identifier is an address of the group: {quote}',
    'outbound-link': 'it links to a page with the same title: {quote}',
  },
  fr: {
    'same-guid': 'les deux portent le même identifiant',
    'same-passages': '{shared} des {all} passages du texte le plus court se trouvent dans l’autre',
    'same-title': 'les deux portent le même titre',
    'same-url': 'les deux mènent à la même page',
    'same-text': 'le texte est le même, mot pour mot',
    'same-post': 'le même article dans un autre flux du groupe',
    'source-element': 'le flux nomme sa source : « {quote} »',
    'via-link': 'l’article renvoie à l’endroit où il a été trouvé : {quote}',
    'canonical-link': 'l’article désigne cette page comme la sienne : {quote}',
    'credit-phrase': 'selon ses propres mots : « {quote} »',
    'foreign-link': 'l’article mène à {quote}',
    'appeared-first': 'sa dernière ligne dit où il est d’abord paru : « {quote} »',
    byline: 'il nomme son auteur : « {quote} »',
    joint: 'il nomme ses auteurs : « {quote} »',
    'translation-of': 'il dit d’où il a été traduit : « {quote} »',
    'closing-name': 'il se termine par le nom du groupe : « {quote} »',
    'foreign-guid': 'son identifiant est une adresse du groupe : {quote}',
    'outbound-link': 'il renvoie à une page du même titre : {quote}',
  },
  de: {
    'same-guid': 'beide tragen dieselbe Kennung',
    'same-passages': '{shared} von {all} Stellen des kürzeren Textes stehen auch im anderen',
    'same-title': 'beide tragen denselben Titel',
    'same-url': 'beide führen zur selben Seite',
    'same-text': 'der Text ist derselbe, Wort für Wort',
    'same-post': 'derselbe Beitrag in einem anderen Feed der Gruppe',
    'source-element': 'der Feed nennt seine Quelle: „{quote}“',
    'via-link': 'der Beitrag verweist auf den Fundort: {quote}',
    'canonical-link': 'der Beitrag nennt diese Seite als seine eigene: {quote}',
    'credit-phrase': 'in eigenen Worten: „{quote}“',
    'foreign-link': 'der Beitrag führt zu {quote}',
    'appeared-first': 'seine letzte Zeile sagt, wo er zuerst erschien: „{quote}“',
    byline: 'er nennt, wer ihn verfasst hat: „{quote}“',
    joint: 'er nennt alle, die ihn verfasst haben: „{quote}“',
    'translation-of': 'er sagt, woraus er übersetzt wurde: „{quote}“',
    'closing-name': 'er endet mit dem Namen der Gruppe: „{quote}“',
    'foreign-guid': 'seine Kennung ist eine Adresse der Gruppe: {quote}',
    'outbound-link': 'er verweist auf eine Seite mit demselben Titel: {quote}',
  },
  es: {
    'same-guid': 'ambos llevan el mismo identificador',
    'same-passages': '{shared} de los {all} pasajes del texto más corto están en el otro',
    'same-title': 'ambos llevan el mismo título',
    'same-url': 'ambos llevan a la misma página',
    'same-text': 'el texto es el mismo, palabra por palabra',
    'same-post': 'la misma entrada en otro canal del grupo',
    'source-element': 'el canal nombra su fuente: «{quote}»',
    'via-link': 'la entrada enlaza al lugar donde se encontró: {quote}',
    'canonical-link': 'la entrada señala esta página como la suya: {quote}',
    'credit-phrase': 'en sus propias palabras: «{quote}»',
    'foreign-link': 'la entrada lleva a {quote}',
    'appeared-first': 'su última línea dice dónde apareció primero: «{quote}»',
    byline: 'nombra a quien la escribió: «{quote}»',
    joint: 'nombra a quienes la escribieron: «{quote}»',
    'translation-of': 'dice de dónde se tradujo: «{quote}»',
    'closing-name': 'termina con el nombre del grupo: «{quote}»',
    'foreign-guid': 'su identificador es una dirección del grupo: {quote}',
    'outbound-link': 'enlaza a una página con el mismo título: {quote}',
  },
  it: {
    'same-guid': 'entrambi portano lo stesso identificativo',
    'same-passages': '{shared} dei {all} passaggi del testo più breve si trovano nell’altro',
    'same-title': 'entrambi portano lo stesso titolo',
    'same-url': 'entrambi conducono alla stessa pagina',
    'same-text': 'il testo è lo stesso, parola per parola',
    'same-post': 'lo stesso articolo in un altro feed del gruppo',
    'source-element': 'il feed nomina la sua fonte: «{quote}»',
    'via-link': 'l’articolo rimanda a dove è stato trovato: {quote}',
    'canonical-link': 'l’articolo indica questa pagina come la propria: {quote}',
    'credit-phrase': 'con le sue parole: «{quote}»',
    'foreign-link': 'l’articolo conduce a {quote}',
    'appeared-first': 'l’ultima riga dice dove è apparso prima: «{quote}»',
    byline: 'nomina chi l’ha scritto: «{quote}»',
    joint: 'nomina tutti quelli che l’hanno scritto: «{quote}»',
    'translation-of': 'dice da che cosa è stato tradotto: «{quote}»',
    'closing-name': 'finisce con il nome del gruppo: «{quote}»',
    'foreign-guid': 'il suo identificativo è un indirizzo del gruppo: {quote}',
    'outbound-link': 'rimanda a una pagina con lo stesso titolo: {quote}',
  },
  ar: {
    'same-guid': 'كلاهما يحمل المعرّف نفسه',
    'same-passages': '{shared} من أصل {all} من مقاطع النص الأقصر موجودة في الآخر',
    'same-title': 'كلاهما يحمل العنوان نفسه',
    'same-url': 'كلاهما يقود إلى الصفحة نفسها',
    'same-text': 'النص هو نفسه كلمةً بكلمة',
    'same-post': 'المنشور نفسه في تغذية أخرى للمجموعة',
    'source-element': 'التغذية تسمّي مصدرها: «{quote}»',
    'via-link': 'المنشور يشير إلى المكان الذي وُجد فيه: {quote}',
    'canonical-link': 'المنشور يعدّ هذه الصفحة صفحته: {quote}',
    'credit-phrase': 'بكلماته: «{quote}»',
    'foreign-link': 'المنشور يقود إلى {quote}',
    'appeared-first': 'سطره الأخير يقول أين ظهر أولاً: «{quote}»',
    byline: 'يذكر كاتبه: «{quote}»',
    joint: 'يذكر كتّابه: «{quote}»',
    'translation-of': 'يقول عمّا تُرجم: «{quote}»',
    'closing-name': 'ينتهي باسم المجموعة: «{quote}»',
    'foreign-guid': 'معرّفه عنوان من عناوين المجموعة: {quote}',
    'outbound-link': 'يقود إلى صفحة بالعنوان نفسه: {quote}',
  },
  fa: {
    'same-guid': 'هر دو شناسهٔ یکسانی دارند',
    'same-passages': '{shared} از {all} بخش متن کوتاه‌تر در متن دیگر هست',
    'same-title': 'هر دو یک عنوان دارند',
    'same-url': 'هر دو به یک صفحه می‌رسند',
    'same-text': 'متن واژه به واژه یکی است',
    'same-post': 'همان نوشته در خوراک دیگری از گروه',
    'source-element': 'خوراک منبع خود را نام می‌برد: «{quote}»',
    'via-link': 'نوشته به جایی که پیدا شده پیوند می‌دهد: {quote}',
    'canonical-link': 'نوشته این صفحه را صفحهٔ خود می‌داند: {quote}',
    'credit-phrase': 'به گفتهٔ خودش: «{quote}»',
    'foreign-link': 'نوشته به {quote} می‌رسد',
    'appeared-first': 'سطر آخرش می‌گوید نخست کجا منتشر شد: «{quote}»',
    byline: 'نویسندهٔ خود را نام می‌برد: «{quote}»',
    joint: 'نویسندگان خود را نام می‌برد: «{quote}»',
    'translation-of': 'می‌گوید از چه ترجمه شده است: «{quote}»',
    'closing-name': 'با نام گروه پایان می‌یابد: «{quote}»',
    'foreign-guid': 'شناسه‌اش نشانی‌ای از گروه است: {quote}',
    'outbound-link': 'به صفحه‌ای با همان عنوان پیوند می‌دهد: {quote}',
  },
};

/** One sentence for each kind of evidence, the strongest first; English where we have no words of a language. */
export function becauseOf(evidence: readonly Evidence[], lang: Language): string[] {
  const table = sentences[lang.split('-')[0] ?? ''] ?? sentences.en;
  const { locale } = wordsFor(lang);
  const byStrength = [...evidence].sort((a, b) => b.strength - a.strength);
  const said = new Map<EvidenceKind, string>();
  for (const { kind, quote } of byStrength) {
    const [shared = '', all = ''] = quote.split('/');
    if (!said.has(kind))
      said.set(
        kind,
        (table?.[kind] ?? '')
          .replace('{shared}', () => number(locale, Number(shared)))
          .replace('{all}', () => number(locale, Number(all)))
          .replace('{quote}', () => quote),
      );
  }
  return [...said.values()];
}
