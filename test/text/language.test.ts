import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { detectLanguage } from '../../src/text/language.ts';
import { directionOf, tagOf } from '../../src/text/language-tags.ts';
import { expectLinear } from '../expect-linear.ts';

const sentences: Readonly<Record<string, readonly [string, string]>> = {
  en: [
    'Last night the police cleared the camp near the harbour and took away tents and blankets.',
    'We ask everyone who can to bring dry clothes to the warehouse this weekend, and to tell their friends.',
  ],
  fr: [
    'Cette nuit la police a évacué le campement près du port et emporté les tentes et les couvertures.',
    'Nous demandons à toutes celles et ceux qui le peuvent d’apporter des vêtements secs au dépôt.',
  ],
  de: [
    'In der Nacht hat die Polizei das Lager am Hafen geräumt und Zelte und Decken mitgenommen.',
    'Wer kann, bringt am Wochenende bitte trockene Kleidung in die Halle und sagt es weiter.',
  ],
  es: [
    'Anoche la policía desalojó el campamento junto al puerto y se llevó las tiendas y las mantas.',
    'Pedimos a quien pueda que traiga ropa seca al almacén este fin de semana y que avise a sus amigos.',
  ],
  it: [
    'Stanotte la polizia ha sgomberato il campo vicino al porto e ha portato via le tende e le coperte.',
    'Chiediamo a chi può di portare dei vestiti asciutti al magazzino e di dirlo agli amici.',
  ],
  pt: [
    'Esta noite a polícia despejou o acampamento junto ao porto e levou as tendas e os cobertores.',
    'Pedimos a quem puder que traga roupa seca para o armazém neste fim de semana e que avise os amigos.',
  ],
  nl: [
    'Vannacht heeft de politie het kamp bij de haven ontruimd en de tenten en dekens meegenomen.',
    'Wie dat kan, brengt dit weekend droge kleren naar de loods en vertelt het aan vrienden.',
  ],
  tr: [
    'Dün gece polis limanın yanındaki kampı boşalttı, çadırları ve battaniyeleri götürdü.',
    'Gelebilen herkesten hafta sonu depoya kuru giysi getirmesini ve arkadaşlarına söylemesini istiyoruz.',
  ],
  ku: [
    'Şeva çûyî polîsan kampa li nêzîkî benderê vala kir û kon û betaniyên me bi xwe re birin.',
    'Em ji her kesê ku dikare dixwazin ku di dawiya hefteyê de cilên hişk bîne embarê.',
  ],
  so: [
    'Xalay booliisku waxay kala direen xerada u dhow dekedda, waxayna qaateen teendhooyinkii iyo bustayaashii.',
    'Waxaan ka codsaneynaa qof kasta oo awood u leh inuu keeno dhar qalalan dhammaadka toddobaadka.',
  ],
  el: [
    'Χθες το βράδυ η αστυνομία εκκένωσε τον καταυλισμό δίπλα στο λιμάνι και πήρε τις σκηνές.',
    'Ζητάμε από όποιον μπορεί να φέρει στεγνά ρούχα στην αποθήκη το Σαββατοκύριακο.',
  ],
  ar: [
    'أخلت الشرطة الليلة الماضية المخيم القريب من الميناء وأخذت الخيام والبطانيات.',
    'نطلب من كل من يستطيع أن يحضر ملابس جافة إلى المستودع في نهاية الأسبوع.',
  ],
  fa: [
    'دیشب پلیس اردوگاه نزدیک بندر را تخلیه کرد و چادرها و پتوها را با خود برد.',
    'از همه کسانی که می‌توانند خواهش می‌کنیم آخر هفته لباس خشک به انبار بیاورند.',
  ],
  ps: [
    'تېره شپه پولیسو د بندر ترڅنګ کمپ تش کړ او خېمې او کمپلې یې له ځانه سره یوړې.',
    'موږ له هر چا څخه غواړو چې د اونۍ په پای کې وچې جامې ګودام ته راوړي.',
  ],
  ckb: [
    'دوێنێ شەو پۆلیس کەمپەکەی نزیک بەندەرەکەی چۆڵ کرد و خێمە و بەتانییەکانی برد.',
    'داوا لە هەموو ئەوانە دەکەین کە دەتوانن جلی وشک بهێنن بۆ کۆگاکە لە کۆتایی هەفتەدا.',
  ],
  ur: [
    'کل رات پولیس نے بندرگاہ کے قریب کیمپ خالی کرا دیا اور خیمے اور کمبل لے گئی۔',
    'ہم ہر اس شخص سے درخواست کرتے ہیں جو کر سکتا ہے کہ وہ خشک کپڑے گودام میں لائے۔',
  ],
  he: [
    'המשטרה פינתה אתמול בלילה את המחנה ליד הנמל ולקחה את האוהלים.',
    'אנחנו מבקשים ממי שיכול להביא בגדים יבשים למחסן בסוף השבוע.',
  ],
  ti: ['ትማሊ ለይቲ ፖሊስ ኣብ ጥቓ ወደብ ዝነበረ መዓስከር ኣፍሪሱ ድንኳናትን ኮበርታታትን ወሲዱ።', 'ዝኽእል ሰብ ኩሉ ንቑጽ ክዳን ናብ መኽዘን ከምጽእ ንሓትት።'],
  am: ['ትናንት ማታ ፖሊስ ከወደቡ አጠገብ ያለውን ካምፕ አፍርሶ ድንኳኖችንና ብርድ ልብሶችን ወሰደ።', 'የሚችል ሰው ሁሉ ደረቅ ልብስ ወደ መጋዘኑ እንዲያመጣ እንጠይቃለን።'],
  ru: [
    'Прошлой ночью полиция разогнала лагерь у порта и забрала палатки и одеяла.',
    'Мы просим всех, кто может, принести сухую одежду на склад в эти выходные.',
  ],
  uk: [
    'Минулої ночі поліція розігнала табір біля порту і забрала намети та ковдри.',
    'Ми просимо всіх, хто може, принести сухий одяг на склад цими вихідними.',
  ],
};

describe('detectLanguage', () => {
  for (const [lang, [first, second]] of Object.entries(sentences)) {
    test(`${lang}: each sentence alone, both together, and against a feed that says en-US`, () => {
      for (const text of [first, second, `${first} ${second}`]) expect(detectLanguage(text, [])).toBe(lang);
      expect(detectLanguage(`${first} ${second}`, ['en-US'])).toBe(lang === 'en' ? 'en-US' : lang);
    });
  }

  test('a text too short to tell is what the feed says, and und where the feed says nothing', () => {
    expect(detectLanguage('Calais', ['fr'])).toBe('fr');
    expect(detectLanguage('Calais 12/03', [undefined, 'und', 'pt-BR', 'en'])).toBe('pt-BR');
    expect(detectLanguage('', [])).toBe('und');
    expect(detectLanguage('12345 ☎ 67890 – 2026', [])).toBe('und');
  });

  test('a declared region stays when the language is right', () => {
    expect(detectLanguage(sentences.pt?.join(' ') ?? '', ['pt-BR'])).toBe('pt-BR');
  });

  test('a language that we cannot tell apart is taken from the feed', () => {
    const swedish =
      'I natt utrymde polisen lägret vid hamnen och tog med sig tält och filtar. Vi ber alla som kan att ta med torra kläder till lagret i helgen.';
    expect(detectLanguage(swedish, ['sv'])).toBe('sv');
    expect(detectLanguage(swedish, [])).toBe('und');
    const slovak =
      'V noci polícia vypratala tábor pri prístave a vzala stany a prikrývky. Prosíme každého, kto môže, aby priniesol suché oblečenie.';
    expect(detectLanguage(slovak, ['sk'])).toBe('sk');
    expect(detectLanguage(slovak, ['en'])).toBe('en'); // not known to be wrong
  });

  test('an address is no language', () => {
    expect(
      detectLanguage(
        'https://partner.example/anoche-la-policia-desalojo-el-campamento-junto-al-puerto-y-las-tiendas',
        [],
      ),
    ).toBe('und');
  });

  test('a foreign name or quotation does not change the language of a text', () => {
    expect(detectLanguage(`${sentences.en?.join(' ')} (حرية)`, [])).toBe('en');
    expect(detectLanguage(`${sentences.ar?.join(' ')} No Borders Kitchen`, [])).toBe('ar');
  });

  test('a megabyte of one letter costs nothing', async () => {
    await expectLinear(
      (text: string) => detectLanguage(text, []),
      250_000,
      (size) => 'ە'.repeat(size),
    );
  });
});

describe('short texts', () => {
  const folder = new URL('../cases/language/', import.meta.url);
  const cases = readdirSync(folder).flatMap((file) =>
    readFileSync(new URL(file, folder), 'utf8')
      .trim()
      .split('\n')
      .map((line) => ({
        lang: file.slice(0, -'.txt'.length),
        isTitle: line.startsWith('# '),
        text: line.replace(/^# /, ''),
      })),
  );
  const heard = cases.map((one) => ({ ...one, heard: detectLanguage(one.text, []) }));
  const shareOf = (all: typeof heard, is: (one: (typeof heard)[number]) => boolean): number =>
    all.filter(is).length / all.length;

  test('of forty characters or more are told in 97 of 100 cases, and hardly ever wrongly', () => {
    const long = heard.filter((one) => !one.isTitle && one.text.length >= 40);
    expect(long.length).toBeGreaterThan(150);
    expect(shareOf(long, (one) => one.heard === one.lang)).toBeGreaterThanOrEqual(0.97);
    expect(shareOf(long, (one) => one.heard !== one.lang && one.heard !== 'und')).toBeLessThanOrEqual(0.01);
  });

  test('that are titles are rather left undetermined than told wrongly', () => {
    const titles = heard.filter((one) => one.isTitle);
    expect(shareOf(titles, (one) => one.heard === one.lang)).toBeGreaterThanOrEqual(0.8);
    expect(shareOf(titles, (one) => one.heard !== one.lang && one.heard !== 'und')).toBeLessThanOrEqual(0.02);
  });

  test('of neighbouring languages are none of ours', () => {
    const neighbours = readFileSync(new URL('../cases/language-neighbours.txt', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(neighbours.length).toBeGreaterThan(50);
    const taken = neighbours.filter(([, text = '']) => detectLanguage(text, []) !== 'und');
    expect(taken.length / neighbours.length).toBeLessThanOrEqual(0.06);
    expect(taken.filter(([lang]) => lang === 'ca' || lang === 'af')).toEqual([]);
  });
});

describe('directionOf', () => {
  test.each([
    ['ar', 'rtl'],
    ['fa-AF', 'rtl'],
    ['ckb', 'rtl'],
    ['ps', 'rtl'],
    ['he', 'rtl'],
    ['ku', 'ltr'],
    ['ku-Arab', 'rtl'],
    ['ku-Arab-IQ', 'rtl'],
    ['ar-Latn', 'ltr'],
    ['fr', 'ltr'],
    ['und', 'ltr'],
    ['', 'ltr'],
  ])('%s is %s', (lang, direction) => {
    expect(directionOf(lang)).toBe(direction);
  });
});

describe('tagOf', () => {
  test.each([
    ['en_US', 'en-US'],
    [' FR ', 'fr'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['iw', 'he'],
    ['ckb', 'ckb'],
    ['und', undefined],
    ['', undefined],
    [undefined, undefined],
    ['English', undefined],
    ['en-', undefined],
    ['en-a', undefined],
    ['fr_FR.UTF-8', undefined],
    ['"><script>', undefined],
  ])('%s → %s', (written, tag) => {
    expect(tagOf(written)).toBe(tag);
  });
});
