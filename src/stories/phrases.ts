/**
 * The words by which groups credit each other, by language: data only. credits.ts reads them.
 * Most were found on real pages of this field, the rest in public themes and plug-ins (spec reposts §3).
 */

/**
 * `plain` says so whatever follows: "reposted from X, who were there at dawn".
 * `terse` is an everyday word and counts only at the beginning of a line and before a mark: "from X:", "(Source: X)".
 */
export interface PhraseTable {
  readonly plain: readonly string[];
  readonly terse: readonly string[];
  /** Says only where it was found, not who wrote it. */
  readonly via: readonly string[];
}

export const creditPhrases: Readonly<Record<string, PhraseTable>> = {
  en: {
    plain: [
      'reposted from',
      're posted from',
      'repost from',
      'repost of a post by',
      'cross posted from',
      'crossposted from',
      'republished from',
      'reblogged from',
      'reprinted from',
      'reproduced from',
      'copied from',
      'forwarded from',
      'originally published by',
      'originally published on',
      'originally published at',
      'originally published in',
      'originally posted by',
      'originally posted on',
      'originally posted at',
      'originally appeared on',
      'originally written by',
      'first published by',
      'first published on',
      'first published at',
      'first appeared on',
      'this post first appeared on',
      'original post by',
      'original article by',
      'received from',
    ],
    terse: ['from', 'source', 'taken from', 'original', 'original article', 'update from', 'message from'],
    via: ['via', 'found on', 'seen on', 'h t'],
  },
  fr: {
    plain: [
      'repris de',
      'repris du',
      'repris depuis',
      'reprise de',
      'texte repris de',
      'article repris de',
      'repost de',
      'republié depuis',
      'republié de',
      'relayé depuis',
      'publié initialement sur',
      'publié initialement par',
      'initialement publié sur',
      'initialement publié par',
      'publié à l origine sur',
      'publié à l origine par',
      'paru initialement sur',
      'paru à l origine sur',
      'publié d abord sur',
      'publié d abord par',
      'tiré de',
    ],
    terse: ['de', 'du', 'par', 'source', 'article original', 'paru sur', 'reçu de', 'communiqué de'],
    via: ['via', 'vu sur', 'trouvé sur', 'reçu via'],
  },
  de: {
    plain: [
      'übernommen von',
      'übernommen aus',
      'repost von',
      'gerepostet von',
      'weiterverbreitet von',
      'wiederveröffentlicht von',
      'zuerst erschienen bei',
      'zuerst erschienen auf',
      'zuerst erschienen in',
      'zuerst veröffentlicht bei',
      'zuerst veröffentlicht auf',
      'zuerst veröffentlicht von',
      'ursprünglich veröffentlicht von',
      'ursprünglich veröffentlicht auf',
      'ursprünglich veröffentlicht bei',
      'ursprünglich erschienen bei',
      'ursprünglich erschienen auf',
      'im original erschienen bei',
      'im original erschienen auf',
    ],
    terse: ['von', 'aus', 'quelle', 'original', 'originaltext'],
    via: ['via', 'über', 'gefunden auf', 'gefunden bei', 'gesehen bei'],
  },
  es: {
    plain: [
      'tomado de',
      'republicado de',
      'republicado desde',
      'reproducido de',
      'repost de',
      'extraído de',
      'publicado originalmente en',
      'publicado originalmente por',
      'originalmente publicado en',
      'originalmente publicado por',
      'publicado primero en',
      'publicado primero por',
    ],
    terse: ['de', 'desde', 'fuente', 'artículo original', 'comunicado de'],
    via: ['vía', 'visto en'],
  },
  it: {
    plain: [
      'tratto da',
      'ripreso da',
      'ripubblicato da',
      'riprodotto da',
      'repost da',
      'pubblicato originariamente su',
      'pubblicato originariamente da',
      'originariamente pubblicato su',
      'originariamente pubblicato da',
      'pubblicato inizialmente su',
      'apparso originariamente su',
    ],
    terse: ['da', 'fonte', 'articolo originale', 'comunicato di'],
    via: ['via', 'tramite', 'visto su'],
  },
  ar: {
    plain: [
      'نقلا عن',
      'منقول عن',
      'منقول من',
      'أعيد نشره من',
      'أعيد نشره عن',
      'إعادة نشر من',
      'نشر أولا في',
      'نشر أصلا في',
    ],
    terse: ['المصدر', 'عن', 'من'],
    via: ['عبر'],
  },
};

/** Words that may stand between a phrase and the name: "reposted from the blog of X". */
export const fillers: ReadonlySet<string> = new Set(
  (
    'the our friends at of on blog website site page group comrades from ' +
    'le la les l du de des d blog site page groupe notre nos ami es ' +
    'der die das den dem des blogs seite webseite gruppe von ' +
    'el los las del al blog pagina web grupo ' +
    'il lo gli della dello del sito pagina gruppo ' +
    'موقع مدونة صفحة مجموعة'
  ).split(' '),
);
