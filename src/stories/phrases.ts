/**
 * The words by which groups credit each other, by language: data only. credit-words.ts finds them, credits.ts reads them.
 * Most were found on real pages of this field, the rest in public themes and plug-ins (spec reposts §3).
 * Words that also say who translated ("traduction de X", "tradotto da X") are left out: who translated wrote nothing. So are
 * plurals ("Sources: X, Y"), which stand before what was read and not before who wrote.
 */

/** The forms that a credit takes. All but `plain`, `translation`, `own` and `reblog` count only where a line or bracket begins. */
export interface PhraseTable {
  /** Says so whatever follows: "reposted from X, who were there at dawn". */
  readonly plain: readonly string[];
  /** Everyday words, which count only before a mark: "from X:", "(Source: X)". */
  readonly terse: readonly string[];
  /** Who wrote it, in everyday words too: "by X". */
  readonly byline: readonly string[];
  /** Says only where it was found, not who wrote it. */
  readonly via: readonly string[];
  /** The author's own link inside a copy: "our blog: URL". */
  readonly own: readonly string[];
  /** Before the names of several authors. */
  readonly joint: readonly string[];
  /** Before whom it was translated from. */
  readonly translation: readonly string[];
  /** Reblog buttons, and other links to the original. */
  readonly reblog: readonly string[];
  /** Stands after the name, in languages that put it there; as `plain`. */
  readonly after?: readonly string[];
}

const row = (phrases: string): readonly string[] => phrases.split('|').map((phrase) => phrase.trim());

export const creditPhrases: Readonly<Record<string, PhraseTable>> = {
  en: {
    plain:
      row(`reposted from | re posted from | repost from | repost of a post by | cross posted from | crossposted from |
      republished from | reblogged from | reprinted from | reproduced from | copied from | forwarded from | shared from |
      crossposted with permission from | reposted with permission from | republished with permission from |
      republished with permission of | reprinted with permission from | reprinted with permission of |
      reprinted with kind permission of | republished with kind permission of |
      syndicated from | originally from | originally published by | originally published on | originally published at |
      originally published in | originally posted by | originally posted on | originally posted at |
      originally appeared on | originally appeared at | originally written by | first published by | first published on |
      first published at | first posted on | first appeared on | first appeared at | original post by |
      original article by | received from | communique published on | communique published by |
      statement published on | see this article on | read this article on`),
    terse:
      row(`from | source | original source | taken from | original | original article | original articles | original post |
      original posts | update from | message from | communique from | statement from | press release from | report from |
      call from | published by | published on | published at`),
    byline: row(`by | written by | words by | text | text by | author | authors | posted by | article by | report by |
      statement by | communique by | press release by`),
    via: row('via | found on | found at | seen on | seen at | h t | hat tip'),
    own: row('our blog | our website | our web site | our site | our page | our facebook | our facebook page'),
    joint: row(`joint statement by | joint statement from | joint statement of | a joint statement by | joint call by |
      joint press release by | joint letter by | statement signed by | signed by | signed | signatories |
      first signatories | signatory groups`),
    translation: row(`translated from | translation of | translation from | translation of a text by |
      translation of a statement by | translation of an article by | translation of a communique by |
      translation of an article from`),
    reblog: row(`view original post | view original | read the original post | read the original article |
      read the original here | see the original post | see the original here | the original is here | original here`),
  },
  fr: {
    plain: row(`repris de | repris du | repris depuis | repris sur | reprise de | texte repris de | article repris de |
      repost de | republié depuis | republié de | reproduit depuis | relayé depuis | relayé de | rediffusé depuis |
      publié initialement sur | publié initialement par | initialement publié sur | initialement publié par |
      publié à l origine sur | publié à l origine par | paru initialement sur | paru à l origine sur |
      publié d abord sur | publié d abord par | publié pour la première fois sur | publié pour la première fois par |
      publiée pour la première fois sur | publiée pour la première fois par | tiré de`),
    terse: row(`de | du | source | article original | texte original | paru sur | publié sur | publié par |
      reçu de | reçu par mail de | reçu par courriel de | communiqué de | communiqué du | communiqué de presse de |
      communiqué de presse du | appel de | appel du | lancé à l initiative de | lancé à l initiative du |
      lancée à l initiative de | lancée à l initiative du | à l initiative de | à l initiative du`),
    byline: row('par | écrit par | rédigé par | texte | auteur | auteure | autrice | auteurs | texte de | un texte de'),
    via: row('via | vu sur | lu sur | trouvé sur | reçu via'),
    own: row('notre blog | notre site | notre page | notre page facebook'),
    joint: row(`communiqué commun de | communiqué commun | déclaration commune de | déclaration commune |
      tribune collective de | signé par | signataires | premiers signataires | organisations signataires`),
    translation:
      row(`traduit de | traduction d un texte de | traduction d un article de | traduction d un communiqué de |
      traduction d un texte du | traduction d un communiqué du | traduction d un texte paru sur`),
    reblog: row(`voir l article original | voir l original | lire l article original | lire l original |
      l original est ici | original ici`),
  },
  de: {
    plain: row(`übernommen von | übernommen aus | repost von | gerepostet von | weiterverbreitet von |
      wiederveröffentlicht von | nachdruck aus | kopiert von | zuerst erschienen bei | zuerst erschienen auf |
      zuerst erschienen in | erschien zuerst bei | erschien zuerst auf | erschien zuerst in |
      zuerst veröffentlicht bei | zuerst veröffentlicht auf | zuerst veröffentlicht von | erstveröffentlicht auf |
      erstveröffentlicht bei | erstveröffentlichung bei | ursprünglich veröffentlicht von |
      ursprünglich veröffentlicht auf | ursprünglich veröffentlicht bei | ursprünglich erschienen bei |
      ursprünglich erschienen auf | im original erschienen bei | im original erschienen auf`),
    terse: row(`von | aus | quelle | original | originaltext | originalbeitrag | originalartikel | veröffentlicht von |
      veröffentlicht auf | pressemitteilung von | pressemitteilung der | pressemitteilung des | erklärung von | mitteilung von | aufruf von`),
    byline: row('verfasst von | geschrieben von | text | autor | autorin | autorinnen | text von | ein text von'),
    via: row('via | über | gefunden auf | gefunden bei | gesehen bei | gesehen auf'),
    own: row('unser blog | unsere webseite | unsere website | unsere seite | unsere homepage'),
    joint: row(`gemeinsame erklärung von | gemeinsames statement von | gemeinsame pressemitteilung von |
      gemeinsamer aufruf von | unterzeichnet von | unterzeichnende | erstunterzeichnende | unterzeichner innen`),
    translation: row(`übersetzt aus | übersetzung eines textes von | übersetzung eines artikels von |
      übersetzung einer erklärung von | übersetzung eines textes von der seite`),
    reblog: row(`ursprünglichen post anzeigen | ursprünglichen beitrag anzeigen | original anzeigen | original ansehen |
      das original findet sich hier | das original findet ihr hier | das original gibt es hier | hier das original |
      original hier`),
  },
  es: {
    plain:
      row(`tomado de | tomado del | republicado de | republicado desde | reproducido de | repost de | reblogueado de |
      extraído de | recogido de | copiado de | sacado de | recibido de | publicado originalmente en |
      publicado originalmente por | originalmente publicado en | originalmente publicado por |
      publicado inicialmente en | publicado por primera vez en | publicado primero en | publicado primero por |
      apareció originalmente en | apareció primero en`),
    terse: row(`de | del | desde | fuente | artículo original | texto original | comunicado de |
      comunicado del | publicado en | publicado por | llamamiento de`),
    byline: row('por | escrito por | texto | autor | autora | autoría | texto de | un texto de'),
    via: row('vía | visto en | encontrado en | a través de'),
    own: row('nuestro blog | nuestra web | nuestra página | nuestro sitio'),
    joint: row(`comunicado conjunto de | comunicado conjunto | declaración conjunta de | declaración conjunta |
      manifiesto conjunto de | firmado por | firman | firmantes | organizaciones firmantes`),
    translation: row(`traducido de | traducción de un texto de | traducción de un comunicado de |
      traducción de un artículo de | traducción que hemos hecho de un comunicado de |
      traducción que hemos hecho de un texto de`),
    reblog: row(`ver la entrada original | ver entrada original | ver post original | ver original | leer el original |
      ver el original | original aquí`),
  },
  pt: {
    plain: row(`retirado de | retirado do | retirado da | republicado de | republicado do | republicado a partir de |
      reproduzido de | repost de | extraído de | copiado de | recebido de | publicado originalmente em |
      publicado originalmente no | publicado originalmente na | publicado originalmente por |
      publicado originalmente pelo | publicado originalmente pela | originalmente publicado em |
      originalmente publicado no | originalmente publicado na | originalmente publicado por | publicado primeiro em |
      publicado pela primeira vez em | apareceu primeiro em | republicamos em baixo o comunicado da |
      republicamos em baixo o comunicado do | republicamos em baixo o comunicado de | republicamos o comunicado da |
      republicamos o comunicado do | republicamos o comunicado de`),
    terse: row(`de | do | da | fonte | artigo original | texto original | comunicado de | comunicado do |
      comunicado da | publicado em | publicado no | publicado na | publicado por | publicado pela | apelo de`),
    byline: row('por | escrito por | texto | autor | autora | autoria | texto de | um texto de'),
    via: row('via | visto em | encontrado em | através de'),
    own: row('o nosso blog | o nosso blogue | nosso blog | o nosso site | nosso site | a nossa página'),
    joint: row(`comunicado conjunto de | comunicado conjunto | declaração conjunta de | declaração conjunta |
      assinado por | assinam | subscrevem | signatários | organizações signatárias`),
    translation: row(`traduzido de | traduzido do | tradução de um texto de | tradução de um comunicado de |
      tradução de um artigo de`),
    reblog: row(`ver post original | ver o post original | ver artigo original | ver o artigo original | ver original |
      visualizar post original | ler o original | original aqui`),
  },
  it: {
    plain: row(`tratto da | tratto dal | ripreso da | ripreso dal | ripubblicato da | riprodotto da | repost da |
      copiato da | ricevuto da | estratto da | pubblicato originariamente su | pubblicato originariamente da |
      originariamente pubblicato su | originariamente pubblicato da | pubblicato originalmente su |
      pubblicato inizialmente su | pubblicato per la prima volta su | pubblicato prima su | apparso originariamente su |
      apparso per la prima volta su`),
    terse: row(`da | dal | di | fonte | articolo originale | testo originale | comunicato di | comunicato del |
      pubblicato su | pubblicato da | appello di`),
    byline: row('scritto da | testo | autore | autrice | a cura di | testo di | un testo di'),
    via: row('via | tramite | visto su | letto su | trovato su'),
    own: row('il nostro blog | il nostro sito | la nostra pagina'),
    joint: row(`comunicato congiunto di | comunicato congiunto | dichiarazione congiunta di | dichiarazione congiunta |
      firmato da | firmatari | primi firmatari | firmano`),
    translation: row('traduzione di un testo di | traduzione di un comunicato di | traduzione di un articolo di'),
    reblog: row(`visualizza articolo originale | visualizza l articolo originale | visualizza post originale |
      vedi articolo originale | leggi l originale | leggi l articolo originale | originale qui`),
  },
  nl: {
    plain: row(`overgenomen van | overgenomen uit | reblog van | repost van | gereblogd van | herplaatst van |
      doorgeplaatst van | ontvangen van | eerder verschenen op | eerder verschenen bij | eerder gepubliceerd op |
      verscheen eerder op | verscheen eerst op | eerst verschenen op | oorspronkelijk verschenen op |
      oorspronkelijk verschenen bij | oorspronkelijk gepubliceerd op | oorspronkelijk gepubliceerd door |
      oorspronkelijk geplaatst op | oorspronkelijk geplaatst door | voor het eerst gepubliceerd op`),
    terse: row(`van | uit | bron | origineel | oorspronkelijk artikel | originele tekst | persbericht van |
      verklaring van | oproep van | gepubliceerd op | gepubliceerd door`),
    byline: row('door | geschreven door | tekst | auteur | auteurs | tekst van | een tekst van'),
    via: row('via | gevonden op | gezien op | gelezen op'),
    own: row('ons blog | onze blog | onze website | onze site | onze pagina'),
    joint: row(`gezamenlijke verklaring van | gezamenlijk persbericht van | gezamenlijke oproep van | ondertekend door |
      ondertekenaars`),
    translation: row('vertaling van een tekst van | vertaling van een artikel van | vertaald uit'),
    reblog: row(`bekijk origineel bericht | bekijk het originele bericht | origineel bericht bekijken |
      oorspronkelijk bericht bekijken | lees het origineel | origineel hier`),
  },
  el: {
    plain: row(`αναδημοσίευση από | αναδημοσίευση από το | αναδημοσιεύεται από | αναδημοσιεύουμε από | πάρθηκε από |
      παρμένο από | λήφθηκε από | πρώτη δημοσίευση στο | αρχική δημοσίευση στο | δημοσιεύτηκε αρχικά στο |
      δημοσιεύθηκε αρχικά στο | δημοσιεύτηκε αρχικά από | δημοσιεύθηκε αρχικά από | δημοσιεύτηκε πρώτα στο |
      εμφανίστηκε πρώτα στο`),
    terse: row('από | από το | από την | πηγή | πρωτότυπο | ανακοίνωση από | δελτίο τύπου από | κάλεσμα από'),
    byline: row('συντάκτης | συγγραφέας | γράφει | κείμενο από'),
    via: row('μέσω | via | βρέθηκε στο'),
    own: row('το blog μας | το ιστολόγιό μας | η σελίδα μας | η ιστοσελίδα μας'),
    joint: row('κοινή ανακοίνωση των | κοινή ανακοίνωση | κοινό κείμενο των | υπογράφουν | συνυπογράφουν'),
    translation: row(
      'μετάφραση κειμένου από | μετάφραση κειμένου του | μετάφραση ανακοίνωσης του | μεταφράστηκε από το',
    ),
    reblog: row(`δείτε την αρχική δημοσίευση | προβολή αρχικής δημοσίευσης | προβολή πρωτότυπης δημοσίευσης |
      το πρωτότυπο εδώ`),
  },
  tr: {
    plain: row('ilk olarak yayınlandığı yer | ilk yayınlandığı yer | alıntı kaynağı | yeniden yayın'),
    terse: row('kaynak | alıntı | orijinal metin | özgün metin'),
    byline: row('yazan | yazar | yazarlar'),
    via: row('üzerinden | via'),
    own: row('blogumuz | web sitemiz | sitemiz | sayfamız'),
    joint: row('ortak açıklama | ortak bildiri | imzacılar | imzalayanlar | imzacı kurumlar'),
    translation: row('çevirinin kaynağı | çeviri kaynağı'),
    reblog: row(`orijinal yazıyı görüntüle | özgün yazıyı görüntüle | orijinal gönderiyi görüntüle |
      özgün gönderiyi görüntüle | yazının aslı için`),
    after: row(`den alınmıştır | dan alınmıştır | ten alınmıştır | tan alınmıştır | sitesinden alınmıştır |
      den alıntıdır | dan alıntıdır | ten alıntıdır | tan alıntıdır | sitesinden alıntıdır | den aktarılmıştır |
      dan aktarılmıştır | ten aktarılmıştır | tan aktarılmıştır | sitesinden aktarılmıştır |
      in açıklamasını paylaşıyoruz | ın açıklamasını paylaşıyoruz | un açıklamasını paylaşıyoruz |
      ün açıklamasını paylaşıyoruz | nin açıklamasını paylaşıyoruz | nın açıklamasını paylaşıyoruz |
      in metnini paylaşıyoruz | ın metnini paylaşıyoruz | nin metnini paylaşıyoruz | nın metnini paylaşıyoruz`),
  },
  ar: {
    plain: row(`نقلا عن | منقول عن | منقول من | نقلناه عن | أعيد نشره من | أعيد نشره عن | إعادة نشر من | إعادة نشر عن |
      نعيد نشره عن | نشر أولا في | نشر أولا على | نشر لأول مرة في | نشر أصلا في | نشر أصلا على | نشر في الأصل على`),
    terse: row('المصدر | مصدر | عن | من | بيان صادر عن | بيان من | صادر عن | النص الأصلي'),
    byline: row('بقلم | كتبه | كتبته | كتابة | تأليف'),
    via: row('عبر | من خلال'),
    own: row('مدونتنا | موقعنا | صفحتنا'),
    joint: row('بيان مشترك من | بيان مشترك صادر عن | بيان مشترك | الموقعون | الموقعون على البيان | التوقيعات'),
    translation: row('مترجم عن | ترجمة لبيان | ترجمة لنص | ترجمة لمقال'),
    reblog: row(
      'عرض المقال الأصلي | عرض التدوينة الأصلية | مشاهدة المقالة الأصلية | مشاهدة المنشور الأصلي | النص الأصلي هنا',
    ),
  },
  fa: {
    plain:
      row(`برگرفته از | به نقل از | بازنشر از | بازنشر شده از | باز نشر از | نقل از | نقل شده از | منتشر شده در ابتدا در |
      نخستین بار منتشر شده در | اولین بار منتشر شده در`),
    terse: row('منبع | از | متن اصلی | بیانیه | فراخوان'),
    byline: row('نوشته | نویسنده | به قلم | نوشته شده توسط'),
    via: row('از طریق | از راه'),
    own: row('وبلاگ ما | سایت ما | وبسایت ما | صفحه ما'),
    joint: row('بیانیه مشترک | بیانیه مشترک از | امضا کنندگان | امضاکنندگان | امضاها'),
    translation: row('ترجمه از متن | ترجمه متنی از | ترجمه بیانیه | برگردان متنی از'),
    reblog: row('دیدن نوشته اصلی | نمایش نوشته اصلی | مشاهده نوشته اصلی | مشاهده نوشتهٔ اصلی | متن اصلی اینجا'),
  },
};

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** May stand between a phrase and the name: "reposted from the blog of X". Folded. */
export const fillers = words(`
  the our friends at of on blog website site web page newsletter channel facebook group comrades from
  le la les l du de des d sur site page groupe collectif notre nos ami es
  der die das den dem des blogs seite webseite gruppe von auf bei
  el los las del al en blog pagina web grupo colectivo
  o a os as do da dos das no na pagina grupo coletivo
  il lo gli di della dello del sito pagina gruppo dal
  het een de van website pagina groep
  το τη την του τησ των στο ιστολογιο σελιδα
  sitesi sayfasi grubu
  موقع مدونة صفحة مجموعة سايت سایت وبلاگ صفحه گروه`);

/** May stand after it and are no part of another group's: "Originally published by X [Facebook page]". Folded. */
export const trailers = words(`
  blog blogs website web site page page's facebook fb twitter telegram instagram mastodon channel newsletter group team
  webseite homepage seite kanal sito pagina sitio sayfasi sitesi σελιδα ιστολογιο`);

/** After a name, in folded words: what stands here is the name's text in another language. */
export const languagesAfter: readonly string[] = row(`in english | in french | in german | in spanish | in italian |
  en anglais | en allemand | en espagnol | en italien | auf englisch | auf franzosisch | auf spanisch | auf italienisch |
  en ingles | en frances | en aleman | en italiano | em ingles | em frances | em alemao | em espanhol | em castelhano |
  in inglese | in francese | in tedesco | in spagnolo | in het engels | in het frans | in het duits`);

/** After a name: what the passing on goes on with, or ends. */
export const deedsAfter: readonly string[] =
  row(`translated by | traduit par | traduite par | übersetzt von | traducido por |
  tradotto da | traduzido por | vertaald door | puis relayé | puis repris | veröffentlicht | publiziert |
  de yayımlandı | da yayımlandı | de yayınlandı | da yayınlandı | te yayımlandı | ta yayımlandı | te yayınlandı |
  ta yayınlandı | sitesinde yayımlandı | sitesinde yayınlandı | sitesinden alınmıştır | den alınmıştır | dan alınmıştır |
  ten alınmıştır | tan alınmıştır | منتشر شد | منتشر شده`);

/** Part of the name or host of any newswire: groups publish there side by side. Folded. */
export const newswireWords: readonly string[] = ['indymedia', 'linksunten'];
