/**
 * The words of written dates in the languages that partners write in: months, halves of the day, zones, and what stands
 * between them. A new language is a row here and a line in the test. All are compared as `foldDate` leaves them.
 */

/** A text as dates are compared: one case, no accents, nothing invisible, digits and dashes of every script as ASCII. */
export function foldDate(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.trim().toLowerCase();
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .normalize('NFC') // Hangul came apart as accents do
    .replaceAll('ı', 'i')
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .trim();
}

/** Twelve months a row, January first; `|` parts the forms of one, `_` its words. A form of two months is none. */
const monthRows: readonly string[] = [
  // English
  'jan|january feb|february mar|march apr|april may jun|june jul|july aug|august sep|sept|september oct|october nov|november dec|december',
  // French
  'janv|janvier fev|fevr|fevrier mars avr|avril mai juin juil|juillet aout septembre octobre novembre dec|decembre',
  // German, with Austria's
  'januar|janner feb|februar|feber mrz|marz|maerz april mai juni juli august september okt|oktober november dez|dezember',
  // Spanish
  'ene|enero feb|febrero mar|marzo abr|abril mayo jun|junio jul|julio ago|agosto set|septiembre|setiembre oct|octubre nov|noviembre dic|diciembre',
  // Catalan
  'gen|gener febr|febrer marc abr|abril maig juny jul|juliol ag|agost set|setembre oct|octubre nov|novembre des|desembre',
  // Basque
  'urt|urtarrila|urtarrilak|urtarrilaren ots|otsaila|otsailak|otsailaren mar|martxoa|martxoak|martxoaren api|apirila|apirilak|apirilaren mai|maiatza|maiatzak|maiatzaren eka|ekaina|ekainak|ekainaren uzt|uztaila|uztailak|uztailaren abu|abuztua|abuztuak|abuztuaren ira|iraila|irailak|irailaren urr|urria|urriak|urriaren aza|azaroa|azaroak|azaroaren abe|abendua|abenduak|abenduaren',
  // Italian
  'gen|gennaio feb|febbraio mar|marzo apr|aprile mag|maggio giu|giugno lug|luglio ago|agosto set|settembre ott|ottobre nov|novembre dic|dicembre',
  // Portuguese
  'jan|janeiro fev|fevereiro mar|marco abr|abril mai|maio jun|junho jul|julho ago|agosto set|setembro out|outubro nov|novembro dez|dezembro',
  // Romanian
  'ian|ianuarie februarie martie aprilie mai iun|iunie iul|iulie august septembrie octombrie noiembrie decembrie',
  // Dutch
  'januari februari mrt|maart april mei juni juli augustus september okt|oktober november december',
  // Swedish, Danish, Norwegian
  'januari|januar februari|februar mars|marts april maj|mai juni juli augusti|august september okt|oktober november dec|des|december|desember',
  // Finnish: short, nominative, partitive
  'tammi|tammikuu|tammikuuta helmi|helmikuu|helmikuuta maalis|maaliskuu|maaliskuuta huhti|huhtikuu|huhtikuuta touko|toukokuu|toukokuuta kesa|kesakuu|kesakuuta heina|heinakuu|heinakuuta elo|elokuu|elokuuta syys|syyskuu|syyskuuta loka|lokakuu|lokakuuta marras|marraskuu|marraskuuta joulu|joulukuu|joulukuuta',
  // Hungarian
  'januar febr|februar marc|marcius apr|aprilis maj|majus jun|junius jul|julius aug|augusztus szept|szeptember okt|oktober november december',
  // Polish
  'sty|styczen|stycznia lut|luty|lutego marzec|marca kwi|kwiecien|kwietnia maj|maja cze|czerwiec|czerwca lip|lipiec|lipca sie|sierpien|sierpnia wrz|wrzesien|wrzesnia paz|pazdziernik|pazdziernika lis|listopad|listopada gru|grudzien|grudnia',
  // Czech
  'led|leden|ledna uno|unor|unora bre|brezen|brezna dub|duben|dubna kve|kveten|kvetna cvn|cerven|cervna cvc|cervenec|cervence srp|srpen|srpna zar|zari rij|rijen|rijna lis|listopad|listopadu pro|prosinec|prosince',
  // Croatian
  'sij|sijecanj|sijecnja velj|veljaca|veljace ozu|ozujak|ozujka tra|travanj|travnja svi|svibanj|svibnja lip|lipanj|lipnja srp|srpanj|srpnja kol|kolovoz|kolovoza ruj|rujan|rujna lis|listopad|listopada stu|studeni|studenoga pro|prosinac|prosinca',
  // Serbian and Bosnian
  'januar|јан|јануар februar|феб|фебруар mart|мар|март april|апр|април maj|мај jun|juni|јун jul|juli|јул avg|avgust|авг|август septembar|сеп|септембар oktobar|окт|октобар novembar|нов|новембар decembar|дец|децембар',
  // Slovak, Slovene
  'januar|januara februar|februara marec|marca april|aprila maj|maja jun|juna|junij jul|jula|julij avgust|augusta september|septembra oktober|oktobra november|novembra december|decembra',
  // Bulgarian
  'януари февруари март април май юни юли август септември октомври ноември декември',
  // Albanian
  'jan|janar shk|shkurt mar|mars pri|prill maj qer|qershor korr|korrik gush|gusht sht|shtator tet|tetor nen|nentor dhj|dhjetor',
  // Russian
  'янв|январь|января фев|февр|февраль|февраля мар|март|марта апр|апрель|апреля май|мая июн|июнь|июня июл|июль|июля авг|август|августа сен|сент|сентябрь|сентября окт|октябрь|октября ноя|нояб|ноябрь|ноября дек|декабрь|декабря',
  // Ukrainian
  'січ|січень|січня лют|лютий|лютого бер|березень|березня квіт|квітень|квітня трав|травень|травня черв|червень|червня лип|липень|липня серп|серпень|серпня вер|вересень|вересня жовт|жовтень|жовтня лист|листопад|листопада груд|грудень|грудня',
  // Greek: short, nominative, genitive
  'ιαν|ιανουαριος|ιανουαριου φεβ|φεβρ|φεβρουαριος|φεβρουαριου μαρ|μαρτ|μαρτιος|μαρτιου απρ|απριλιος|απριλιου μαι|μαιος|μαιου ιουν|ιουνιος|ιουνιου ιουλ|ιουλιος|ιουλιου αυγ|αυγουστος|αυγουστου σεπ|σεπτ|σεπτεμβριος|σεπτεμβριου οκτ|οκτωβριος|οκτωβριου νοε|νοεμβριος|νοεμβριου δεκ|δεκεμβριος|δεκεμβριου',
  // Turkish
  'oca|ocak sub|subat mar|mart nis|nisan mayis haz|haziran tem|temmuz agu|agustos eyl|eylul eki|ekim kas|kasim ara|aralik',
  // Kurmanji
  'rebendan|rebendana|cile sibat|sibata adar|adara nisan|nisana gulan|gulana heziran|hezirana|pusper|puspera tirmeh|tirmeha tebax|tebaxa|gelawej ilon|ilona|rezber cotmeh|cotmeha mijdar|mijdara berfanbar|berfanbara',
  // Arabic: Egypt and the Gulf, the Levant and Iraq, Algeria and Tunisia, Morocco
  'يناير فبراير مارس أبريل|ابريل مايو يونيو|يونيه يوليو|يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر',
  'كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول',
  'جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر',
  'يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر',
  // Farsi and Dari, of the Gregorian year
  'ژانویه|جنوری فوریه|فبروری مارس|مارچ آوریل|اپریل مه|می ژوئن|جون ژوئیه|جولای اوت|آگوست|اگست سپتامبر|سپتمبر اکتبر|اکتوبر نوامبر|نومبر دسامبر|دسمبر',
  // Sorani
  'کانوونی_دووەم|کانوونی_دووەمی|کانونی_دووەم|کانونی_دووەمی شوبات|شوباتی ئازار|ئازاری نیسان|نیسانی ئایار|ئایاری حوزەیران|حوزەیرانی تەمووز|تەمووزی ئاب|ئابی ئەیلوول|ئەیلوولی تشرینی_یەکەم|تشرینی_یەکەمی تشرینی_دووەم|تشرینی_دووەمی کانوونی_یەکەم|کانوونی_یەکەمی|کانونی_یەکەم|کانونی_یەکەمی',
  // Hebrew, with and without the preposition
  'ינואר|בינואר|ינו|בינו פברואר|בפברואר|פבר|בפבר מרץ|במרץ אפריל|באפריל|אפר|באפר מאי|במאי יוני|ביוני יולי|ביולי אוגוסט|באוגוסט|אוג|באוג ספטמבר|בספטמבר|ספט|בספט אוקטובר|באוקטובר|אוק|באוק נובמבר|בנובמבר|נוב|בנוב דצמבר|בדצמבר|דצמ|בדצמ',
];

/** The months of the Iranian year, as Iran and Afghanistan call them. */
const jalaliRow =
  'فروردین|حمل اردیبهشت|ثور خرداد|جوزا تیر|سرطان مرداد|اسد شهریور|سنبله مهر|میزان آبان|عقرب آذر|قوس دی|جدی بهمن|دلو اسفند|حوت';

/** A month, 1 to 12, of which year. */
export interface NamedMonth {
  readonly number: number;
  readonly isJalali: boolean;
}

/** Every form that means one month only. */
export const months: ReadonlyMap<string, NamedMonth> = oneMeaning([
  ...monthRows.flatMap((row) => formsOf(row, false)),
  ...formsOf(jalaliRow, true),
]);

/** Forms of two words, and the keys they have in the table. */
export const twoWordMonths: readonly (readonly [form: string, key: string])[] = monthRows
  .flatMap((row) => row.split(/[ |]/))
  .filter((form) => form.includes('_'))
  .map((form) => [foldDate(form.replace('_', ' ')), foldDate(form)]);

function formsOf(row: string, isJalali: boolean): readonly (readonly [form: string, month: NamedMonth])[] {
  return row
    .split(' ')
    .flatMap((forms, index) =>
      forms.split('|').map((form) => [foldDate(form), { number: index + 1, isJalali }] as const),
    );
}

function oneMeaning(rows: readonly (readonly [form: string, month: NamedMonth])[]): ReadonlyMap<string, NamedMonth> {
  const known = new Map<string, NamedMonth | undefined>();
  for (const [form, month] of rows) {
    const isSame = !known.has(form) || known.get(form)?.number === month.number;
    known.set(form, isSame ? month : undefined);
  }
  return new Map([...known].filter((row): row is [string, NamedMonth] => row[1] !== undefined));
}

/** Words for the halves of the day, before or after the time. */
export const halves: ReadonlyMap<string, 'am' | 'pm'> = new Map(
  (
    [
      ['am', 'am a.m p.d πμ π.μ öö ص صباحا ق.ظ صبح 오전 午前 上午'],
      ['pm', 'pm p.m m.d μμ μ.μ ös م مساء ب.ظ 오후 午後 下午'],
    ] as const
  ).flatMap(([half, words]) => words.split(' ').map((word) => [foldDate(word), half] as const)),
);

/** Words that mean nothing between the parts of a date, `3 de marzo de 2026`, and weekdays of languages that put them last. */
export const fillers: ReadonlySet<string> = new Set(
  `de del di do da dia d le la las les der den am um uhr of on at the in à a às as alle ore h kl klo kello om στις ωρα saat
  godz r u ob ve v o e na në el em ko г год года в у о р года feira ora anul
  شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه في عام سنة الساعة ساعت در سال میلادی کاتژمێر
  ב בשעה שעה יום ראשון שני שלישי רביעי חמישי שישי שבת
  pazartesi salı çarşamba perşembe cuma cumartesi pazar pzt sal çar per cum cmt paz
  hétfő kedd szerda csütörtök péntek szombat vasárnap sze szo hënë martë mërkurë enjte premte shtunë diel
  월요일 화요일 수요일 목요일 금요일 토요일 일요일 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日
  星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日`
    .split(/\s+/)
    .map(foldDate),
);

/** Minutes east of UTC: RFC 822 §5.1, and what servers write where our partners are. IST is India's, CST America's. */
const zoneRows: Readonly<Record<string, string>> = {
  '0': 'ut utc gmt z wet',
  '60': 'bst west cet met mez wat',
  '120': 'cest mest mesz eet cat sast',
  '180': 'eest msk trt eat idt',
  '210': 'irst',
  '240': 'msd gst',
  '270': 'irdt aft',
  '300': 'pkt uzt',
  '330': 'ist',
  '345': 'npt',
  '420': 'ict wib',
  '480': 'sgt hkt myt pht awst',
  '540': 'jst kst',
  '570': 'acst',
  '600': 'aest',
  '630': 'acdt',
  '660': 'aedt',
  '720': 'nzst',
  '780': 'nzdt',
  '-150': 'ndt',
  '-180': 'adt brt art clst uyt',
  '-210': 'nst',
  '-240': 'ast edt clt vet',
  '-300': 'est cdt cot pet',
  '-360': 'cst mdt',
  '-420': 'mst pdt',
  '-480': 'pst akdt',
  '-540': 'akst',
  '-600': 'hst',
};

/** Zones by name: minutes east of UTC, or, where the name leaves out whether it is summer, the place whose clocks decide. */
export const zones: ReadonlyMap<string, number | string> = new Map<string, number | string>([
  ...Object.entries(zoneRows).flatMap(([minutes, names]) =>
    names.split(' ').map((name) => [name, Number(minutes)] as const),
  ),
  ['at', 'America/Halifax'],
  ['et', 'America/New_York'],
  ['ct', 'America/Chicago'],
  ['mt', 'America/Denver'],
  ['pt', 'America/Los_Angeles'],
]);

/** Scripts of one country: a date in one of them that names no zone means that country's, in minutes east of UTC. */
export const zonesOfScripts: readonly { readonly sign: RegExp; readonly zone: number }[] = [
  { sign: /\p{Script=Hangul}/u, zone: 540 },
  { sign: /曜|午[前後]/u, zone: 540 },
];
