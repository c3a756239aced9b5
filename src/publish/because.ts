/** Evidence as a sentence for readers, in the story's language: how we know who wrote it and who passed it on. */
import type { Evidence, EvidenceKind, Language } from '../model.ts';

/** `{quote}` is the partner's own words or address. */
type Sentences = Readonly<Record<EvidenceKind, string>>;

const sentences: Readonly<Record<string, Sentences>> = {
  en: {
    'same-guid': 'both carry the same identifier',
    'same-url': 'both lead to the same page',
    'same-text': 'the text is the same, word for word',
    'same-post': 'the same post in another feed of the group',
    'source-element': 'the feed names its source: “{quote}”',
    'via-link': 'the post links to where it was found: {quote}',
    'canonical-link': 'the post names this page as its own: {quote}',
    'credit-phrase': 'in its own words: “{quote}”',
    'foreign-link': 'the post leads to {quote}',
  },
  fr: {
    'same-guid': 'les deux portent le même identifiant',
    'same-url': 'les deux mènent à la même page',
    'same-text': 'le texte est le même, mot pour mot',
    'same-post': 'le même article dans un autre flux du groupe',
    'source-element': 'le flux nomme sa source : « {quote} »',
    'via-link': 'l’article renvoie à l’endroit où il a été trouvé : {quote}',
    'canonical-link': 'l’article désigne cette page comme la sienne : {quote}',
    'credit-phrase': 'selon ses propres mots : « {quote} »',
    'foreign-link': 'l’article mène à {quote}',
  },
  de: {
    'same-guid': 'beide tragen dieselbe Kennung',
    'same-url': 'beide führen zur selben Seite',
    'same-text': 'der Text ist derselbe, Wort für Wort',
    'same-post': 'derselbe Beitrag in einem anderen Feed der Gruppe',
    'source-element': 'der Feed nennt seine Quelle: „{quote}“',
    'via-link': 'der Beitrag verweist auf den Fundort: {quote}',
    'canonical-link': 'der Beitrag nennt diese Seite als seine eigene: {quote}',
    'credit-phrase': 'in eigenen Worten: „{quote}“',
    'foreign-link': 'der Beitrag führt zu {quote}',
  },
  es: {
    'same-guid': 'ambos llevan el mismo identificador',
    'same-url': 'ambos llevan a la misma página',
    'same-text': 'el texto es el mismo, palabra por palabra',
    'same-post': 'la misma entrada en otro canal del grupo',
    'source-element': 'el canal nombra su fuente: «{quote}»',
    'via-link': 'la entrada enlaza al lugar donde se encontró: {quote}',
    'canonical-link': 'la entrada señala esta página como la suya: {quote}',
    'credit-phrase': 'en sus propias palabras: «{quote}»',
    'foreign-link': 'la entrada lleva a {quote}',
  },
  it: {
    'same-guid': 'entrambi portano lo stesso identificativo',
    'same-url': 'entrambi conducono alla stessa pagina',
    'same-text': 'il testo è lo stesso, parola per parola',
    'same-post': 'lo stesso articolo in un altro feed del gruppo',
    'source-element': 'il feed nomina la sua fonte: «{quote}»',
    'via-link': 'l’articolo rimanda a dove è stato trovato: {quote}',
    'canonical-link': 'l’articolo indica questa pagina come la propria: {quote}',
    'credit-phrase': 'con le sue parole: «{quote}»',
    'foreign-link': 'l’articolo conduce a {quote}',
  },
  ar: {
    'same-guid': 'كلاهما يحمل المعرّف نفسه',
    'same-url': 'كلاهما يقود إلى الصفحة نفسها',
    'same-text': 'النص هو نفسه كلمةً بكلمة',
    'same-post': 'المنشور نفسه في تغذية أخرى للمجموعة',
    'source-element': 'التغذية تسمّي مصدرها: «{quote}»',
    'via-link': 'المنشور يشير إلى المكان الذي وُجد فيه: {quote}',
    'canonical-link': 'المنشور يعدّ هذه الصفحة صفحته: {quote}',
    'credit-phrase': 'بكلماته: «{quote}»',
    'foreign-link': 'المنشور يقود إلى {quote}',
  },
  fa: {
    'same-guid': 'هر دو شناسهٔ یکسانی دارند',
    'same-url': 'هر دو به یک صفحه می‌رسند',
    'same-text': 'متن واژه به واژه یکی است',
    'same-post': 'همان نوشته در خوراک دیگری از گروه',
    'source-element': 'خوراک منبع خود را نام می‌برد: «{quote}»',
    'via-link': 'نوشته به جایی که پیدا شده پیوند می‌دهد: {quote}',
    'canonical-link': 'نوشته این صفحه را صفحهٔ خود می‌داند: {quote}',
    'credit-phrase': 'به گفتهٔ خودش: «{quote}»',
    'foreign-link': 'نوشته به {quote} می‌رسد',
  },
};

/** One sentence for each kind of evidence, the strongest first; English where we have no words of a language. */
export function becauseOf(evidence: readonly Evidence[], lang: Language): string[] {
  const table = sentences[lang.split('-')[0] ?? ''] ?? sentences.en;
  const byStrength = [...evidence].sort((a, b) => b.strength - a.strength);
  const said = new Map<EvidenceKind, string>();
  for (const one of byStrength) {
    if (!said.has(one.kind))
      said.set(
        one.kind,
        (table?.[one.kind] ?? '').replace('{quote}', () => one.quote),
      );
  }
  return [...said.values()];
}
