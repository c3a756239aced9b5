/**
 * The small words by which a reader tells a language in half a line: articles, pronouns, prepositions, forms of to be. In
 * short texts they beat trigrams by far. Only languages in Latin letters: the others are told by their letters.
 */
import type { Language } from '../model.ts';
import { isAllAscii } from './ascii.ts';
import { listWords } from './word-list.ts';

/** Words of the languages that our sections are written in. A word that several share counts the less for each. */
const words: Readonly<Record<Language, string>> = {
  en: `the of and to in is are was were be been that this these those it its he she they them their his her we us our you your i my
    for with on at by from as not no but or if when who what which why how there here have has had do does did will would can could
    about after before again against all any because between during every more most other out over since so some than then through
    until up very while under into only also just near still new people last night every said say says don didn isn an a open two`,
  fr: `le la les l un une des du de d et est sont était étaient être a ont avait ce cet cette ces c il elle ils elles on nous vous je j
    tu me te se s ne n pas plus que qu qui quoi dont où pour par sur sous dans en avec sans chez entre vers depuis pendant après avant
    au aux leur leurs son sa ses notre nos votre vos mon ma mes mais ou donc car si comme quand très aussi tout toute tous toutes même
    encore toujours ici là contre fait faire peut peuvent doit deux nouveau nouvelle été lors y il pourquoi appel chaque sera seront`,
  de: `der die das den dem des ein eine einen einem einer eines und ist sind war waren sein wird werden wurde wurden hat haben hatte
    hatten ich du er sie es wir ihr uns euch mich mir dich ihn ihm ihnen nicht kein keine keinen mit von vom zu zum zur in im an am auf
    aus bei beim nach vor für über unter gegen ohne durch um bis seit während wegen zwischen dass daß wenn weil ob als wie was wer wo
    warum aber oder auch noch nur schon sehr mehr alle allen jeden jede jeder dieser diese dieses sich man kann können muss müssen soll
    unsere unserer unser mein dein seine ihre wohin niemand würde würden hätte hätten ab hier dort doch immer wieder zwei neue neuen erneut so`,
  es: `el la los las lo un una unos unas de del y e es son era eran fue fueron ser está están estaba ha han había que quien quienes
    cual cuando donde adónde como por para con sin en sobre entre desde hasta hacia contra según durante tras ante bajo al se su sus
    mi mis tu tus nos nuestro nuestra nuestros nuestras no sí ni pero o u si porque qué más menos muy también ya todavía aún otra otro
    otros otras todo toda todos todas este esta estos estas ese esa eso le les me te yo él ella ellos ellas nosotros nosotras hay hoy
    puede pueden hemos sido dos tres cada nadie siguen sigue están dicen anoche ayer gracias nuevas nuevos antes después aunque mientras así cómo cuándo dónde quién favor
    casi nunca siempre fin`,
  it: `il lo la i gli le l un uno una un di del dello della dei degli delle dell e ed è sono era erano essere ha hanno aveva avevano
    che chi cui quando dove come perché per con senza in nel nello nella nei negli nelle nell su sul sulla sui sugli sulle fra tra da
    dal dalla dai dagli dalle dall al allo alla ai agli alle all si ci vi mi ti se non più meno molto anche già ancora ma o però
    quello quella quelli quelle questo questa questi queste suo sua suoi sue loro nostro nostra nostri nostre noi voi io lui lei tutti
    tutte tutto tutta ogni contro dopo prima fino c d stato stata stati state può possono due nessuno di nuovo nuove nuovi grazie`,
  pt: `o a os as um uma uns umas de do da dos das e é são era eram foi foram ser está estão estava estavam há tem têm tinha que quem
    quando onde como por pelo pela pelos pelas para com sem em no na nos nas num numa sobre entre desde até contra depois antes ao aos
    à às se seu sua seus suas meu minha nosso nossa nossos nossas não nem mas ou porque porquê mais menos muito também já ainda outra
    outro todos todas todo toda este esta estes estas esse essa isso isto lhe lhes me te eu ele ela eles elas nós vós pode podem dois
    duas ninguém ontem hoje vão vai aqui cada após obrigada obrigado às novas novos continuam três enquanto assim nunca sempre`,
  nl: `de het een en van is zijn was waren wordt worden werd werden heeft hebben had hadden ik jij je hij zij ze wij we jullie u ons
    onze hun hen haar mijn jouw niet geen met voor op in aan uit bij naar over onder tegen zonder door om tot sinds tijdens tussen na
    dat die deze dit als wie wat waar waarom hoe maar of ook nog al meer zeer alle allen elke ieder er hier daar te kan kunnen moet
    moeten zal zullen mag mochten mocht wil toch weer opnieuw dan toen zich men veel twee nieuwe iedereen niemand omdat s`,
  tr: `ve bir bu şu o için ile de da ne daha çok gibi kadar olarak olan var yok değil ki mi mı mu mü her ben sen biz siz onlar bize
    bizim onu onun onları bunu en ama ya veya hem sonra önce oldu olduğu olduğunu edildi etti ediyor göre karşı tüm bütün neden nasıl
    kim kimse hiç iki yeni gün yine herkes herkese üzere arasında yıl yıldır tarafından dün bugün gece şimdi hâlâ lütfen ise dışarıda
    içinde bizden sizden üç devam sabah beri kişi olacak ettiler diye ancak yanında yakınında`,
  ku: `û ku li ji bi di de da ez em ew hûn wan wî wê me min te xwe re ve ne na ye in e dike dikin dibe dibin dibêjin bo her hemû yê yên
    ya ên bû bûn kir kirin hatin hat heye nîne tu çi çima kî jî hîn din roj roja jin jinên gel kes kesê kesî bê gelek tevî piştî berî
    niha îro şeva nav navbera kurd welat şer dîsa du çend an lê nû ser bin`,
  so: `waxay waxaan waxa waxaa waxuu ayaa ayay ayuu ayaan oo iyo ka ku la u in waa ee uu aan soo si loo lagu laga kale badan dadka
    dalka mar markii inay inuu inaan kadib hadda laba qof qofka sano maalinta magaalada isaga iyada annagu iyaga leh ah ahayd ahaa jira
    noo nagu naga haddii ama laakiin weli tan ilaa hore ka mid ma aha sida halka weyn cusub kasta maxaa gal mahadsan fadlan dhammaan`,
  sq: `të e i dhe në për me nga një është janë ishte ishin që se si ky kjo këto këta ai ajo ata ato ne ju unë nuk s po më u do ka kanë
    kishte pas para mbi nën deri pa por ose edhe kur ku pse çfarë cili çdo të gjithë sot dje tani dy shumë duke duhet mund tek te`,
};

/** Words of neighbours that we do not tell: where they are heard best, nothing is said. */
const neighbours: Readonly<Record<string, string>> = {
  sv: 'och att det som en ett är var i på för med av den de inte till från han hon vi ni jag har hade kan ska men om eller när där här efter vid under mot utan alla mycket också nu sig sin deras',
  da: 'og at det som en et er var i på for med af den de ikke til fra han hun vi jeg har havde kan skal men om eller når der her efter ved under mod uden alle meget også nu sig blev blir ble etter hvor hva ikke etter mer',
  ro: 'și şi de la în in cu pe din pentru care este sunt a fost nu ce mai sau un o unei unui lui le se sa să au are al ale dar după până când unde noi voi ei ele această acest aceste toate fără',
  ca: 'el la els les un una de del dels i és són era que per amb sense en al als a no més però o si com quan on molt també ja aquest aquesta aquests seva seu nostre nostra tots totes hi ha fins des han estat avui perquè pel pels què qui uns unes ens ells elles nosaltres aquestes aquí ahir nit dia gent carrer davant vora hem havia havien van vam fa fan tothom cap res fer dir molts moltes tres',
  gl: 'unha dunha nunha unhas non nin á ás polo pola polos polas co coa cos coas xente xunto hai había foron está están tamén máis moi pero quen seu súa seus súas xa ata sen dende teñen lle lles aínda hoxe onte onde ten',
  oc: 'lo los las del dels de la e es son èra que per amb sens dins non pas mai mas o coma quand ont tanben aqueste aquesta aquestes sus son sa sos nòstre totes tot an a fins dempuèi gent totas nos vos',
  eu: 'eta ez da dira zen ziren du dute zuen zuten bat baina ere edo hau hori zer nor non nola noiz gure bere guztiak guztiei egin izan dela duten diegu dugu gabe arte gaur atzo orain beste asko',
  af: 'die nie het is en van vir met wat te om hulle hy sy ons jy julle hierdie daardie ook maar as baie na by uit op ’n was word deur kan sal moet nog gisteraand vandag mense almal geen hoe waar toe',
  lb: 'd an de den der dem déi dat vun vum net ass sinn huet hunn gouf goufen mat fir bei op och awer wéi wat wou mir si hien keng keen vill all no virun nees haut gëschter',
  az: 'və bir bu da də ki üçün ilə olan deyil var yox hər kəs kəsdən biz siz onlar mən sən daha çox amma sonra əvvəl gecə dünən bu gün kimi qədər onların bizim',
  om: 'fi kan akka ni hin keessa irra irraa waan yoo ta’e ture turan jira jiru kana sana isaan nuti ani ati garuu hundi namni namoota har’a kaleessa booda dura malee wajjin gara bakka',
  eo: 'la kaj de en estas ne al por ke kun ni ili ŝi ĝi vi mi kiu kiuj kiun tiu tiuj sed aŭ el ĉe ĉiuj ĉiujn ĝis post antaŭ pri kiel kiam sen sub jam ankaŭ oni ilia nia',
  ht: 'yo ki nou mwen ou pou ak nan pa gen te ap ka kote moun sa epi tout men yon se lè anpil san toupre jodi fè',
  et: 'ja on ei et see oli olid ta nad me te mis kes kui ka aga või ning oma pärast enne juures kõik ära välja meie teie nende tema üle',
  hr: 'i u je su se na da za od s sa iz do po kao što koji koja koje nije bio bila bili ali ili ako kad gdje ovo to taj ta mi vi oni njih naš svi samo još već nakon prije bez kod',
  fi: 'ja on ei se että oli ovat hän he me te minä mutta tai kun jos mikä joka jotka myös vain nyt sitten kuin ilman kanssa jälkeen ennen kaikki',
  hu: 'a az és egy hogy nem is van volt ez azt de ha mint csak meg már még aki ami nagyon után előtt vagy minden nekem',
  id: 'yang dan di ke dari untuk dengan ini itu tidak ada adalah pada oleh akan mereka kami kita saya dia juga atau sudah telah karena',
  sw: 'na ya wa kwa ni za la katika hii hiyo kuwa watu wao sisi yeye lakini pia baada kabla kama hata ili',
};

/** Letters and marks that few of these languages have; the last says of some that they are written with plain letters too. */
const signs: readonly (readonly [signs: RegExp, languages: readonly string[], withPlainLetters?: true])[] = [
  [/ß/g, ['de']],
  [/ə/g, ['az']],
  [/[ĉĝĥĵŝŭ]/g, ['eo']],
  [/l·l|ció(?!\p{L})/gu, ['ca'], true],
  [/[òè]/g, ['ca', 'oc']],
  [/[ñ¿¡]/g, ['es']],
  [/[ãõ]/g, ['pt']],
  [/[ğıİ]/g, ['tr']],
  [/œ/g, ['fr']],
  [/[îû]/g, ['fr', 'ku']],
  [/[ìò]/g, ['it']],
  [/å/g, ['sv', 'da']],
  [/[æø]/g, ['da']],
  [/[ăâțţ]/g, ['ro']],
  [/[čšžđć]/g, ['hr']],
  [/[őű]/g, ['hu']],
];
/** Nothing of them is in a text without these. */
const signLetters = /[\u00a1-\u02af]/;
/** Most of a text, in which no other sign is. */
const plainLetters = /[\0-\xa0]+/g;

const languages = [...Object.keys(words), ...Object.keys(neighbours)];
const ours = Object.keys(words).length;

function indexLanguages(): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  for (const [place, list] of [...Object.values(words), ...Object.values(neighbours)].entries()) {
    for (const word of new Set(list.split(/\s+/))) {
      const known = index.get(word);
      if (known === undefined) index.set(word, [place]);
      else known.push(place);
    }
  }
  return index;
}
/** Languages, by their place, of each word. */
const wordList = listWords(indexLanguages());
const signsByPlace = signs.map(([letters, langs, withPlainLetters = false]) => ({
  letters,
  withPlainLetters,
  places: langs.map((lang) => languages.indexOf(lang)),
}));

/** What the small words of a text say. */
export interface Heard {
  /** Undefined where nothing, or a neighbour, is heard best. */
  readonly lang: Language | undefined;
  /** A neighbour is heard best. */
  readonly isNeighbour: boolean;
  /** Enough words, and enough more of them than of any other language. */
  readonly isSure: boolean;
  /** So many words and hardly a small one among them: it is none of the languages known here. */
  readonly isStrange: boolean;
}

const fewest = 1.4;
const lead = 1.5;
const share = 0.18;
const manyWords = 60;
const hardlyAny = 0.05;

/** By place, while a text is heard, and nothing before and after; kept, since to make one costs as much as hearing a line. */
const scores = new Float64Array(languages.length);

/** @param sample plain text in Latin letters */
export function hearWords(sample: string): Heard {
  /** Places in the order they are first heard in: of two that are heard as much, the first. */
  const heard: number[] = [];
  let known = 0;
  const add = (places: readonly number[], weight: number): void => {
    for (const place of places) {
      if (scores[place] === 0) heard.push(place);
      scores[place] = (scores[place] ?? 0) + weight / places.length;
    }
  };
  const all = wordList.visit(sample.toLowerCase(), (places) => {
    known++;
    add(places, 1);
  });
  if (!isAllAscii(sample) && signLetters.test(sample)) {
    const marked = sample.replace(plainLetters, '');
    for (const { letters, withPlainLetters, places } of signsByPlace) {
      const signCount = (withPlainLetters ? sample : marked).match(letters)?.length ?? 0;
      if (signCount > 0) add(places, Math.min(3, signCount) / 2);
    }
  }
  let [best, most, second] = [-1, 0, 0];
  for (const place of heard) {
    const score = scores[place] ?? 0;
    if (score > most) [best, most, second] = [place, score, most];
    else if (score > second) second = score;
    scores[place] = 0;
  }
  const isSure = most >= fewest && most >= lead * second && known >= share * all;
  const isStrange = all >= manyWords && known < hardlyAny * all;
  const lang = best >= 0 && best < ours ? languages[best] : undefined;
  return { lang, isNeighbour: lang === undefined && most >= fewest, isSure, isStrange };
}
