import { describe, expect, test } from 'vitest';
import { readCredits } from '../../src/stories/credits.ts';
import { openDirectory } from '../../src/stories/directory.ts';
import { linesOf } from '../../src/stories/lines.ts';
import { creditPhrases, type PhraseTable } from '../../src/stories/phrases.ts';
import { expectLinear } from '../expect-linear.ts';
import { safe, source } from './builders.ts';

const cms = source('https://calaissolidarity.example/feed', {
  name: 'Calais Migrant Solidarity',
  aliases: ['CMS Calais', 'تضامن كاليه'],
});
const quai = source('https://quai.example/rss', { name: 'Les Amis du Quai' });
const wire = source('https://wire.example/rss', { name: 'Harbour Newswire', role: 'newswire' });
const watch = source('https://watch.example/rss', { name: 'Watch the Sea and the Coast' });
const host = source('https://host.example/rss', { name: 'No Borders North East' });
const directory = openDirectory([cms, quai, wire, watch, host], []);

function creditsOf(html: string) {
  return readCredits(linesOf(safe(html)), host.key, directory);
}

function saidIn(html: string): string[] {
  return creditsOf(html).evidence.map((one) => `${one.says} ${one.targetSource ?? one.targetUrl ?? one.targetName}`);
}

describe('a credit is read in every form that groups write it', () => {
  test.each([
    ['reposted from Calais Migrant Solidarity;'],
    ['Reposted from the Calais Migrant Solidarity blog'],
    ['from Calais Migrant Solidarity:'],
    ['From: Calais Migrant Solidarity'],
    ['(Source: Calais Migrant Solidarity)'],
    ['[originally published by Calais Migrant Solidarity]'],
    ['Originally published on CMS Calais, translated by us'],
    ['Repris de Calais Migrant Solidarity.'],
    ['Publié initialement sur le blog de Calais Migrant Solidarity'],
    ['Source : Calais Migrant Solidarity'],
    ['Übernommen von Calais Migrant Solidarity'],
    ['Zuerst erschienen bei Calais Migrant Solidarity.'],
    ['Quelle: Calais Migrant Solidarity'],
    ['Tomado de Calais Migrant Solidarity'],
    ['Publicado originalmente en Calais Migrant Solidarity'],
    ['Tratto da Calais Migrant Solidarity'],
    ['Fonte: Calais Migrant Solidarity'],
    ['نقلاً عن تضامن كاليه'],
    ['المصدر: تضامن كاليه'],
    ['Publicado originalmente por Calais Migrant Solidarity'],
    ['[retirado de https://calaissolidarity.example/2026/11/eviction]'],
    ['Fonte: Calais Migrant Solidarity/https://calaissolidarity.example/eviction'],
    ['Republicamos em baixo o comunicado da Calais Migrant Solidarity.'],
    ['(reblog van Calais Migrant Solidarity)'],
    ['Bron: Calais Migrant Solidarity'],
    ['Αναδημοσίευση από το Calais Migrant Solidarity'],
    ['Πηγή: CMS Calais'],
    ['Kaynak: Calais Migrant Solidarity'],
    ['CMS Calais’ten alınmıştır.'],
    ['به نقل از تضامن كاليه'],
    ['منبع: تضامن كاليه'],
    ['Originally published by CMS Calais [Facebook page]. Translated by Les Amis du Quai.'],
    ['[Communique published on the Calais Migrant Solidarity BLOG]'],
    ['Update from CMS Calais, translated by Les Amis du Quai'],
    ['Lancée à l’initiative de CMS Calais puis relayée par d’autres, la pétition court.'],
    ['Source: calaissolidarity.example'],
    ['See this article on calaissolidarity.example'],
    ['Calais, 3 December (from Calais Migrant Solidarity)'],
    ['The lorries left at noon. Source: Calais Migrant Solidarity'],
    ['By Calais Migrant Solidarity'],
    ['Verfasst von: Calais Migrant Solidarity. Verfasst am: 12.06.2026'],
    ['Calais Migrant Solidarity | 12.06.2026 14:00 | Grenzen'],
    ['Mehr dazu: unser Blog https://calaissolidarity.example/'],
    ['More on our blog: https://calaissolidarity.example/category/evictions'],
    ['Republished with permission from Calais Migrant Solidarity.'],
    ['Original source: <a href="https://calaissolidarity.example/eviction">CMS</a>'],
    ['This piece first ran on Calais Migrant Solidarity.'],
    ['Text: Calais Migrant Solidarity'],
    ['Article publié pour la première fois par Calais Migrant Solidarity le 3 mars 2026.'],
    ['Communiqué de presse de Calais Migrant Solidarity'],
    ['Gespiegelt von Calais Migrant Solidarity'],
    ['Pressemitteilung der Calais Migrant Solidarity vom 3. März 2026'],
    ['Oorspronkelijk gepubliceerd op de site van Calais Migrant Solidarity'],
    ['بيان من تضامن كاليه:'],
    ['بازنشر از سایت تضامن كاليه'],
  ])('%s', (line) => {
    expect(saidIn(`<p>${line}</p><p>Something happened in the night.</p>`)).toEqual([`original ${cms.key}`]);
  });

  test('“X via Y” names the author and the passer-on', () => {
    expect(saidIn('<p>Calais Migrant Solidarity via Harbour Newswire</p>')).toEqual([
      `original ${cms.key}`,
      `via ${wire.key}`,
    ]);
  });

  test('a phrase before an address', () => {
    expect(saidIn('<p>Reposted from https://calaissolidarity.example/2026/11/eviction</p>')).toEqual([
      `original ${cms.key}`,
    ]);
  });

  test('a linked name brings the address of the original', () => {
    const [evidence] = creditsOf(
      '<p>from <a href="https://calaissolidarity.example/eviction">Calais Migrant Solidarity</a>: police came</p>',
    ).evidence;
    expect(evidence).toMatchObject({
      targetSource: cms.key,
      targetUrl: 'https://calaissolidarity.example/eviction',
      targetName: 'Calais Migrant Solidarity',
    });
  });

  test('in the middle of the first paragraph, when the words say so outright', () => {
    expect(saidIn('<p>Last night (reposted from Calais Migrant Solidarity) the police came.</p>')).toEqual([
      `original ${cms.key}`,
    ]);
  });

  test('in the last lines', () => {
    const body = '<p>The police came at dawn and took the tents away.</p>'.repeat(40);
    expect(saidIn(`${body}<p>Source: Les Amis du Quai</p>`)).toEqual([`original ${quai.key}`]);
  });

  test('a group that is no source of ours is kept by name and reported', () => {
    const credits = creditsOf('<p>Reposted from The Lighthouse Keepers;</p><p>Text.</p>');
    expect(credits.evidence[0]).toMatchObject({
      says: 'original',
      targetSource: undefined,
      targetName: 'The Lighthouse Keepers',
    });
    expect(credits.unknownNames).toEqual(['The Lighthouse Keepers']);
    expect(credits.hasUnresolved).toBe(true);
  });
});

describe('a sentence by which a text is passed on', () => {
  test.each([
    ['We repost this statement by Calais Migrant Solidarity:'],
    ['We are republishing this report from Calais Migrant Solidarity.'],
    ['The following statement is from Calais Migrant Solidarity.'],
    ['The following text was published by our friends at Calais Migrant Solidarity.'],
    ['We received and publish this from Calais Migrant Solidarity:'],
    ['Here is a statement from Calais Migrant Solidarity:'],
    ['Hier der Bericht von Calais Migrant Solidarity'],
    ['Nous relayons ce communiqué de Calais Migrant Solidarity :'],
    ['Nous publions ci-dessous un texte de Calais Migrant Solidarity.'],
    ['Nous reproduisons ici l’appel de Calais Migrant Solidarity.'],
    ['Im Folgenden dokumentieren wir eine Erklärung von Calais Migrant Solidarity:'],
    ['Wir spiegeln einen Beitrag von Calais Migrant Solidarity.'],
    ['Dieser Artikel wurde zuerst auf Calais Migrant Solidarity veröffentlicht.'],
    ['Compartimos el comunicado de Calais Migrant Solidarity:'],
    ['Reproducimos a continuación el comunicado de Calais Migrant Solidarity.'],
    ['Partilhamos o comunicado da Calais Migrant Solidarity:'],
    ['Riceviamo e pubblichiamo da Calais Migrant Solidarity:'],
    ['Riprendiamo dal sito di Calais Migrant Solidarity'],
    ['Wij delen hieronder de oproep van Calais Migrant Solidarity'],
    ['Αναδημοσιεύουμε το κείμενο των Calais Migrant Solidarity:'],
    ['Λάβαμε και δημοσιεύουμε από Calais Migrant Solidarity'],
    ['CMS Calais’in açıklamasını paylaşıyoruz:'],
    ['Bu yazı ilk olarak Calais Migrant Solidarity’de yayımlandı.'],
    ['Bu yazı CMS Calais sitesinden alınmıştır.'],
    ['نعيد نشر بيان تضامن كاليه'],
    ['نُشر هذا المقال أولاً على موقع تضامن كاليه'],
    ['این مطلب نخستین بار در تضامن كاليه منتشر شد'],
  ])('%s', (line) => {
    expect(saidIn(`<p>${line}</p><p>Something happened in the night.</p>`)).toEqual([`original ${cms.key}`]);
  });

  test.each([
    ['about another text', 'We publish a reply to the statement by CMS Calais.'],
    ['of what is shared and no text', 'We share the concerns of CMS Calais.'],
    ['that goes on', 'We share the call of CMS Calais to come to the harbour on Saturday.'],
    ['that is denied', 'We do not publish the statement by CMS Calais.'],
    ['with another deed', 'Der Brand wurde zuerst von CMS Calais gemeldet.'],
    ['of where something is', 'Voici le local de CMS Calais.'],
    ['of what it is about', 'The following report is about CMS Calais.'],
    ['of who came', 'İlk olarak CMS Calais geldi.'],
    ['of a stranger', 'We repost this statement by The Lighthouse Keepers:'],
    ['of a picture', 'Credit: Calais Migrant Solidarity'],
    ['of a ferry', 'The ferry first ran on Sunday.'],
    ['of a likeness', 'Das wird gespiegelt von Berichten aus dem Lager.'],
    ['of leave to print a picture', 'Foto mit freundlicher Genehmigung von Les Amis du Quai'],
  ])('is none: %s', (_, line) => {
    expect(saidIn(`<p>${line}</p><p>Something happened in the night.</p>`)).toEqual([]);
  });
});

describe('what looks like a credit and is none', () => {
  test.each([
    ['From 9pm on Wednesday evening the police were there.'],
    ['From Calais Migrant Solidarity we heard that two people were taken.'],
    ['Via the website you can find the form.'],
    ['Source of the fire is unknown.'],
    ['We come from Calais.'],
    ['De nombreuses personnes attendent.'],
    ['Von 9 bis 12 Uhr gibt es Tee.'],
    ['من المهم أن نتذكر.'],
    ['Reposted from 9pm onwards.'],
    ['Via CMS Calais we heard of it.'],
    ['Calais Migrant Solidarity reported last September that the fence would grow.'],
    ['Translated by Calais Migrant Solidarity'],
    ['Traduction de Calais Migrant Solidarity'],
    ['The petition was signed by Les Amis du Quai and others.'],
    ['Signed by everybody who was there, and by Les Amis du Quai.'],
    ['By Les Amis du Quai we mean everybody at the quay.'],
    ['Our blog is down.'],
    ['Read our blog: https://stranger.example/'],
    ['Source: https'],
    ['Sources: Calais Migrant Solidarity, Les Amis du Quai'],
    ['Reblogged this on Les Amis du Quai.'],
    ['People came (by bus, from Calais Migrant Solidarity they heard).'],
    ['Les Amis du Quai | our friends'],
    ['Bron: de gemeente'],
    ['Kaynak: belediye'],
    ['منبع: شهرداری'],
    ['The post office appeared first on our list of places to close.'],
  ])('%s', (line) => {
    expect(saidIn(`<p>${line}</p>`)).toEqual([]);
  });

  test('a credit inside a quotation or a caption is somebody else’s', () => {
    expect(
      saidIn(
        '<blockquote><p>Source: Les Amis du Quai</p></blockquote><figure><figcaption>From: Calais Migrant Solidarity</figcaption></figure>',
      ),
    ).toEqual([]);
  });

  test('a name that goes on is another group’s', () => {
    expect(saidIn('<p>Reposted from Calais Migrant Solidarity London;</p>')).toEqual([
      'original Calais Migrant Solidarity London',
    ]);
  });

  test('a credit to oneself', () => {
    expect(saidIn('<p>Originally published by No Borders North East</p>')).toEqual([]);
  });

  test('in the middle of a long text', () => {
    const body = '<p>The police came at dawn and took the tents away.</p>'.repeat(30);
    expect(saidIn(`${body}<p>Source: Les Amis du Quai</p>${body}`)).toEqual([]);
  });
});

describe('several authors', () => {
  test.each([
    ['Joint statement by Calais Migrant Solidarity, Les Amis du Quai and The Lighthouse Keepers'],
    ['Signed by: Calais Migrant Solidarity; Les Amis du Quai; The Lighthouse Keepers.'],
    ['Communiqué commun de Calais Migrant Solidarity, Les Amis du Quai et The Lighthouse Keepers'],
    ['Unterzeichnet von Calais Migrant Solidarity, Les Amis du Quai und The Lighthouse Keepers'],
  ])('stay several: %s', (line) => {
    const { evidence, unknownNames } = creditsOf(`<p>${line}</p>`);
    expect(
      evidence.map(({ kind, says, targetSource, targetName }) => [kind, says, targetSource ?? targetName]),
    ).toEqual([
      ['joint', 'original', cms.key],
      ['joint', 'original', quai.key],
      ['joint', 'original', 'The Lighthouse Keepers'],
    ]);
    expect(unknownNames).toEqual([]);
  });

  test('a name with “and” in it is one', () => {
    expect(saidIn('<p>Joint statement by Watch the Sea and the Coast, Les Amis du Quai</p>')).toEqual([
      `original ${watch.key}`,
      `original ${quai.key}`,
    ]);
  });

  test('who signs with others has written it too', () => {
    expect(saidIn('<p>Joint statement by No Borders North East, Les Amis du Quai</p>')).toEqual([
      `original ${host.key}`,
      `original ${quai.key}`,
    ]);
    expect(saidIn('<p>Signed by: No Borders North East</p>')).toEqual([]);
  });
});

describe('whose text it was in another language', () => {
  test.each([
    ['Translated from Calais Migrant Solidarity'],
    ['Translation of a statement by Calais Migrant Solidarity'],
    ['Traduit de <a href="https://calaissolidarity.example/eviction">cette page</a>'],
    ['Es una traducción que hemos hecho de un comunicado de Calais Migrant Solidarity.'],
    ['Übersetzung eines Textes von Calais Migrant Solidarity'],
    ['Publicado no Calais Migrant Solidarity em Inglês – 12/06/2026'],
  ])('%s', (line) => {
    expect(saidIn(`<p>${line}</p>`)).toEqual([`translation ${cms.key}`]);
  });

  test('a language is nobody', () => {
    expect(saidIn('<p>Translated from French</p>')).toEqual([]);
  });
});

describe('a reblog button', () => {
  test.each([
    ['View original post', '1,013 more words'],
    ['Voir l’article original', '140 mots de plus'],
    ['Ursprünglichen Post anzeigen', '149 weitere Wörter'],
    ['Ver la entrada original', '20 palabras más'],
    ['Ver post original', '20 mais palavras'],
    ['Visualizza articolo originale', '20 altre parole'],
    ['Bekijk origineel bericht', '20 woorden meer'],
    ['Das Original findet sich hier:', ''],
  ])('%s leads to the original', (button, count) => {
    const page = 'https://calaissolidarity.example/eviction';
    const { evidence } = creditsOf(`<p>The police came …</p><p><a href="${page}">${button}</a> ${count}</p>`);
    expect(evidence).toMatchObject([{ says: 'original', strength: 3, targetSource: cms.key, targetUrl: page }]);
  });

  test('that has lost its link: the blog stands in the first line', () => {
    const html = '<p>Calais Migrant Solidarity</p><p>The police came</p><p>View original post 1,013 more words</p>';
    expect(saidIn(html)).toEqual([`original ${cms.key}`]);
    expect(saidIn(html.replace('Calais Migrant Solidarity', 'A morning'))).toEqual([]);
  });
});

describe('a list of those who sign', () => {
  const list = (...names: string[]): string => `<ul>${names.map((name) => `<li>${name}</li>`).join('')}</ul>`;
  const prose = `<p>${'We shall not be moved from here. '.repeat(40)}</p>`;
  const others = Array.from({ length: 30 }, (_, at) => `Neighbourhood Kitchen number ${at}`);

  test.each([
    [
      'below its heading, one a line',
      `${prose}<p>Signatories:</p>${list('Les Amis du Quai', 'The Lighthouse Keepers', 'CMS Calais')}`,
    ],
    [
      'before an address',
      `${prose}<p>Signatories</p>${list('Les Amis du Quai', 'CMS Calais', 'The Lighthouse Keepers')}<p>www.quai.example</p>`,
    ],
    ['with line breaks', `${prose}<p>Signataires :<br>Les Amis du Quai<br>CMS Calais<br>The Lighthouse Keepers</p>`],
  ])('%s: all of them wrote it, known ones first', (_, html) => {
    expect(saidIn(html)).toEqual([`original ${quai.key}`, `original ${cms.key}`, 'original The Lighthouse Keepers']);
  });

  test('who signs with them has written it too; a long list is read from its heading', () => {
    const html = `${prose}<p>Signed by</p>${list('No Borders North East', 'Les Amis du Quai', ...others)}`;
    const { evidence, quotes } = creditsOf(html);
    expect(evidence).toHaveLength(12);
    expect(evidence.slice(0, 2).map(({ kind, targetSource }) => [kind, targetSource])).toEqual([
      ['joint', host.key],
      ['joint', quai.key],
    ]);
    expect(evidence[0]?.quote).toMatch(/^Signed by: No Borders North East, Les Amis du Quai, Neighbourhood/);
    expect([...quotes]).toEqual([]);
  });

  test.each([
    ['of strangers alone', `${prose}<p>Signatories:</p>${list('The Lighthouse Keepers', 'Night Kitchen')}`],
    ['of one', `${prose}<p>Signed</p>${list('Les Amis du Quai')}`],
    [
      'that goes on in sentences',
      `${prose}<p>Signatories</p><p>We thank Les Amis du Quai. ${'And others. '.repeat(20)}</p>`,
    ],
    ['in a quotation', `${prose}<blockquote><p>Signatories:</p>${list('Les Amis du Quai', 'CMS Calais')}</blockquote>`],
    ['above the text', `<p>Signatories:</p>${list('Les Amis du Quai', 'CMS Calais')}${prose}${prose}`],
  ])('%s says nothing', (_, html) => {
    expect(saidIn(html)).toEqual([]);
  });
});

describe('WordPress’s footer', () => {
  const footer = (blog: string): string =>
    `<p>The police came.</p><p>The post <a href="https://calaissolidarity.example/eviction">Eviction</a> appeared first on ${blog}.</p>`;

  test.each([['Calais Migrant Solidarity'], ['<a href="https://calaissolidarity.example/">CMS, the blog</a>']])(
    'names another blog: %s',
    (blog) => {
      const { evidence, quotes } = creditsOf(footer(blog));
      expect(evidence).toMatchObject([
        { kind: 'appeared-first', strength: 4, says: 'original', targetSource: cms.key },
      ]);
      expect([...quotes.values()]).toEqual([evidence[0]?.quote]); // kept out of what is compared
    },
  );

  test('brings the address of the text', () => {
    const { evidence } = creditsOf(footer('<a href="https://calaissolidarity.example/">Calais Migrant Solidarity</a>'));
    expect(evidence[0]?.targetUrl).toBe('https://calaissolidarity.example/eviction');
  });

  test('names a stranger: with a link that is a credit, and without one it may be the blog’s own', () => {
    const linked = creditsOf(
      '<p>Text.</p><p>The post T appeared first on <a href="https://keepers.example/">The Lighthouse Keepers</a>.</p>',
    );
    expect(linked.evidence).toMatchObject([
      { targetName: 'The Lighthouse Keepers', targetUrl: 'https://keepers.example/' },
    ]);
    const plain = creditsOf('<p>Text.</p><p>The post T appeared first on The Lighthouse Keepers.</p>');
    expect(plain.evidence).toEqual([]);
    expect(plain.unknownNames).toEqual(['The Lighthouse Keepers']);
    expect(plain.hasUnresolved).toBe(true);
  });
});

describe('a newswire', () => {
  test.each([
    ['Reposted from Harbour Newswire', `via ${wire.key}`],
    ['Source: Harbour Newswire', `via ${wire.key}`],
    ['Reposted from Indymedia Atlantis', 'via Indymedia Atlantis'],
    ['Source: https://atlantis.indymedia.example/1', 'via https://atlantis.indymedia.example/1'],
  ])('says where it was found: %s', (line, said) => {
    expect(saidIn(`<p>${line}</p>`)).toEqual([said]);
  });

  test('and a byline beside it who wrote it', () => {
    expect(saidIn('<p>Source: Harbour Newswire (by Calais Migrant Solidarity)</p>')).toEqual([
      `via ${wire.key}`,
      `original ${cms.key}`,
    ]);
  });
});

test('a text without paragraphs has a head, a middle and a tail too', () => {
  const body = 'The police came at dawn and took the tents away. '.repeat(80);
  expect(saidIn(`<p>${body}Reposted from Les Amis du Quai.</p>`)).toEqual([`original ${quai.key}`]);
  expect(saidIn(`<p>${body}Reposted from Les Amis du Quai. ${body}</p>`)).toEqual([]);
  expect(saidIn(`<p>Reposted from Les Amis du Quai. ${body}</p>`)).toEqual([`original ${quai.key}`]);
});

test('the middle of a text may only say again what its ends say', () => {
  const body = '<p>The police came at dawn and took the tents away.</p>'.repeat(30);
  const middle = `${body}<p>All this is reposted from Les Amis du Quai, with thanks.</p>${body}`;
  expect(saidIn(middle)).toEqual([]);
  const { evidence } = creditsOf(`<p>Source: Les Amis du Quai</p>${middle}`);
  expect(evidence.map(({ targetSource, strength }) => [targetSource, strength])).toEqual([
    [quai.key, 2],
    [quai.key, 1],
  ]);
});

test('a credit before the text is known apart from the text', () => {
  const credits = creditsOf(
    '<p>reposted from Calais Migrant Solidarity;</p><p>from Les Amis du Quai: the harbour is shut.</p>',
  );
  expect([...credits.quotes.values()]).toEqual(['reposted from Calais Migrant Solidarity;', 'from Les Amis du Quai:']);
});

describe('every phrase of the catalogue', () => {
  const page = 'https://calaissolidarity.example/eviction';
  const name = 'Calais Migrant Solidarity';
  const says: Readonly<Record<keyof PhraseTable, (phrase: string) => string>> = {
    plain: (phrase) => `${phrase} ${name}.`,
    terse: (phrase) => `${phrase}: ${name}`,
    byline: (phrase) => `${phrase} ${name}`,
    via: (phrase) => `${phrase} ${name}`,
    own: (phrase) => `${phrase}: ${page}`,
    joint: (phrase) => `${phrase}: ${name}, Les Amis du Quai`,
    translation: (phrase) => `${phrase} ${name}.`,
    reblog: (phrase) => `<a href="${page}">${phrase}</a>`,
    after: (phrase) => `${name}’${phrase}.`,
  };
  const expected: Readonly<Record<keyof PhraseTable, string>> = {
    plain: 'credit-phrase original 3',
    terse: 'credit-phrase original 2',
    byline: 'byline original 2',
    via: 'credit-phrase via 1',
    own: 'byline original 2',
    joint: 'joint original 2',
    translation: 'translation-of translation 3',
    reblog: 'credit-phrase original 3',
    after: 'credit-phrase original 3',
  };
  const rows = Object.entries(creditPhrases).flatMap(([lang, table]) =>
    Object.entries(table).map(
      ([kind, phrases]) => [lang, kind as keyof PhraseTable, phrases as readonly string[]] as const,
    ),
  );

  test.each(rows)('%s, %s: is read as what it is', (_lang, kind, phrases) => {
    const read = phrases.map((phrase) => {
      const [first] = creditsOf(`<p>${says[kind](phrase)}</p><p>Text.</p>`).evidence;
      return `${phrase}: ${first?.kind} ${first?.says} ${first?.strength} ${first?.targetSource}`;
    });
    expect(read).toEqual(phrases.map((phrase) => `${phrase}: ${expected[kind]} ${cms.key}`));
  });

  test.each(rows)('%s, %s: credits nobody before words that name nobody', (_lang, kind, phrases) => {
    const strangers = phrases.map((phrase) =>
      says[kind](phrase).replaceAll(name, 'nine in the morning').replaceAll(page, 'nine'),
    );
    expect(strangers.flatMap((line) => creditsOf(`<p>${line}</p><p>Text.</p>`).evidence)).toEqual([]);
  });
});

test.each([
  ['brackets', (size: number) => '(from '.repeat(size)],
  ['names of a list', (size: number) => `Signed by: ${'Les Amis du Quai, '.repeat(size)}`],
  ['sentences', (size: number) => 'It ended. Source : '.repeat(size)],
  ['bars', (size: number) => 'Les Amis du Quai | '.repeat(size)],
  ['footers', (size: number) => 'The post T appeared first on '.repeat(size)],
  ['phrases without a name', (size: number) => 'our blog the reposted from translation of '.repeat(size)],
])('%s by the thousand cost no more than their length', async (_, line) => {
  await expectLinear((size) => creditsOf(`<p>${line(size)}</p>`.repeat(2)), 4_000);
});

test('a very long line costs no more than its length', async () => {
  await expectLinear((size) => creditsOf(`<p>${'reposted from the the the '.repeat(size)}</p>`), 5_000);
});

test.each([
  ['an address', `http://a.example/${').'.repeat(150_000)}x`],
  ['a name', `Aa${' :'.repeat(150_000)}x`],
])('%s that goes on and on in punctuation does not stop the clock', (_, hostile) => {
  expect(creditsOf(`<p>reposted from ${hostile}</p>`).quotes.size).toBeLessThan(2); // a pattern that tries every end would take minutes
});
