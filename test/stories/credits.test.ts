import { describe, expect, test } from 'vitest';
import { readCredits } from '../../src/stories/credits.ts';
import { openDirectory } from '../../src/stories/directory.ts';
import { linesOf } from '../../src/stories/lines.ts';
import { safe, source } from './builders.ts';

const cms = source('https://calaissolidarity.example/feed', {
  name: 'Calais Migrant Solidarity',
  aliases: ['CMS Calais', 'تضامن كاليه'],
});
const quai = source('https://quai.example/rss', { name: 'Les Amis du Quai' });
const wire = source('https://wire.example/rss', { name: 'Harbour Newswire' });
const host = source('https://host.example/rss', { name: 'No Borders North East' });
const directory = openDirectory([cms, quai, wire, host], []);

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

test('a credit before the text is known apart from the text', () => {
  const credits = creditsOf(
    '<p>reposted from Calais Migrant Solidarity;</p><p>from Les Amis du Quai: the harbour is shut.</p>',
  );
  expect([...credits.quotes.values()]).toEqual(['reposted from Calais Migrant Solidarity;', 'from Les Amis du Quai:']);
});

test('a very long line costs no more than its length', () => {
  const started = performance.now();
  creditsOf(`<p>${'reposted from the the the '.repeat(20_000)}</p>`);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test.each([
  ['an address', `http://a.example/${').'.repeat(150_000)}x`],
  ['a name', `Aa${' :'.repeat(150_000)}x`],
])('%s that goes on and on in punctuation does not stop the clock', (_, hostile) => {
  expect(creditsOf(`<p>reposted from ${hostile}</p>`).quotes.size).toBeLessThan(2); // a pattern that tries every end would take minutes
});
