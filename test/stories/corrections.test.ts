/** Which changes of items are their source's corrections: each by itself, and among others of one document. */
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model.ts';
import { cleanHtml } from '../../src/normalise/clean-html.ts';
import type { Known, KnownItem } from '../../src/refresh-plan.ts';
import { openDirectory } from '../../src/stories/directory.ts';
import { planRefresh } from '../../src/stories/plan.ts';
import { signalsOf } from '../../src/stories/signals.ts';
import { expectLinear } from '../expect-linear.ts';
import { memory } from '../trust/case.ts';
import { item, source, url } from './builders.ts';

const own = source('https://harbour.example/feed', { name: 'Harbour Watch' });
const directory = openDirectory([own], []);
const now = Date.UTC(2026, 10, 20);
const day = 86_400_000;

/** As it is read of a feed: cleaned. */
function post(html: string, given: Partial<Omit<Item, 'html'>> = {}): Item {
  const clean = cleanHtml({ html, base: 'https://harbour.example/', lang: undefined }, 'https://harbour.example/').html;
  return item('1', {
    title: 'Road',
    url: url('https://harbour.example/1'),
    published: now - 9 * day,
    ...given,
    html: clean,
  });
}

/** Guids of those that are corrected when a document brings these. */
function correctedAmong(pairs: readonly (readonly [Item, Item])[], quiet = 0): string[] {
  const named = pairs.map(([old, come], at) => [
    { ...old, guid: `g${at}` },
    { ...come, guid: `g${at}`, hash: 'other' },
  ]) as [Item, Item][];
  const known = named.map(([visible], at): [string, KnownItem] => [
    visible.guid,
    {
      id: at + 1,
      storyId: at + 1,
      date: now - day,
      seen: now - day,
      isWithdrawn: false,
      keptOutBy: undefined,
      isGoneForGood: false,
      isAwaited: false,
      visible,
    },
  ]);
  const stored: Known = { own: new Map(known), byId: new Map(), newestDates: [now - day] };
  const reading = {
    kind: 'read' as const,
    entries: pairs.length + quiet,
    items: named.map(([, one]) => ({ item: one, signals: signalsOf(one, own, undefined, directory) })),
    rekeyed: new Map(),
    deleted: [],
    problems: [],
  };
  const before = memory();
  const plan = planRefresh(
    { source: own, before, after: before, reading, news: [], rhythmOf: () => undefined, now },
    stored,
  );
  expect(plan.updates.every((one) => one.looksOther || !one.isRevision)).toBe(true);
  expect(plan.outcome.revisedItems).toBe(plan.updates.filter((one) => one.isRevision).length);
  return plan.updates.filter((one) => one.isRevision).map((one) => one.item.guid);
}

const isCorrection = (old: Item, come: Item): boolean => correctedAmong([[old, come]]).length === 1;
const report = '<p>Three people were injured on the access road.</p>';

describe('is a correction', () => {
  test.each<[string, Item, Item]>([
    ['another word', post(report), post(report.replace('Three', 'Four'))],
    ['another number', post('<p>It cost 1.5 %</p>'), post('<p>It cost 15 %</p>')],
    ['a word taken out', post(report), post(report.replace('injured ', ''))],
    ['a paragraph put in', post(report), post(`${report}<p>One of them has died.</p>`)],
    ['words in another order', post('<p>Three dead, none hurt.</p>'), post('<p>None dead, three hurt.</p>')],
    ['an accent', post('<p>Il est tue.</p>'), post('<p>Il est tué.</p>')],
    ['one of letters without spaces between', post('<p>三人受伤</p>'), post('<p>四人受伤</p>')],
    ['another title', post(report), post(report, { title: 'The road' })],
    ['another author', post(report, { authors: ['Amal'] }), post(report, { authors: ['Amal', 'Bea'] })],
    ['another day', post(report), post(report, { published: now - 7 * day })],
    ['another file', post(report), post(report, { enclosures: [{ url: 'https://harbour.example/a.pdf' }] })],
    [
      'a link that leads elsewhere',
      post('<p>Sign <a href="https://a.example/?petition=12">here</a></p>'),
      post('<p>Sign <a href="https://a.example/?petition=13">here</a></p>'),
    ],
    ['another picture', post('<img src="/a.jpg" alt="A">'), post('<img src="/b.jpg" alt="A">')],
  ])('%s', (_what, old, come) => {
    expect(isCorrection(old, come)).toBe(true);
  });
});

describe('is no correction', () => {
  const files = [{ url: 'https://harbour.example/a.pdf' }, { url: 'https://harbour.example/b.mp3' }];
  test.each<[string, Item, Item]>([
    ['a counter', post(`${report}<p>12 comments. 3 views</p>`), post(`${report}<p>13 comments. 9 views</p>`)],
    ['other markup', post(report), post(`<div><h2>Three people</h2> were <em>injured</em> on the access road.</div>`)],
    [
      'attributes in another order',
      post('<p><a href="https://a.example/" title="A" lang="en">Sign</a></p>'),
      post('<p><a lang="en" title="A" href="https://a.example/">Sign</a></p>'),
    ],
    [
      'a parameter that tracks',
      post('<p><a href="https://a.example/p">Sign</a> this now</p>'),
      post('<p><a href="https://a.example/p?utm_source=feed&fbclid=x">Sign</a> this now</p>'),
    ],
    [
      'what keeps caches apart',
      post('<p><a href="https://a.example/p?id=1&nonce=4">Sign</a> this now</p>'),
      post('<p><a href="https://a.example/p?id=1&nonce=5">Sign</a> this now</p>'),
    ],
    [
      'the way to write an address',
      post('<p><a href="http://a.example/p/">Sign</a></p>'),
      post('<p><a href="https://www.a.example/p">Sign</a></p>'),
    ],
    [
      'quotation marks, dashes, spaces',
      post(`<p>"They" - all - left...</p>`),
      post('<p>“They” — all —&nbsp;left…</p>'),
    ],
    ['entities', post('<p>caf&eacute; &amp; bar</p>'), post('<p>café &#38; bar</p>')],
    ['capitals', post('<p>They left</p>', { title: 'THEY LEFT' }), post('<p>They left</p>', { title: 'They left' })],
    ['a stroke that stretches letters', post('<p>العـــربية</p>'), post('<p>العربية</p>')],
    [
      'a picture in another size',
      post('<img src="/a-300x200.jpg">'),
      post('<img src="https://cdn.example/x/a-1024x683.jpg">'),
    ],
    ['files in another order', post(report, { enclosures: files }), post(report, { enclosures: [...files].reverse() })],
    ['authors in another order', post(report, { authors: ['A', 'B'] }), post(report, { authors: ['B', 'A'] })],
    ['an hour', post(report), post(report, { published: now - 9 * day + day / 24 })],
    ['being moved to the top again', post(report), post(report, { published: now })],
    ['labels', post(report), post(report, { categories: ['News'] })],
    ['another address of the post', post(report), post(report, { url: url('https://harbour.example/road/') })],
  ])('%s', (_what, old, come) => {
    expect(isCorrection(old, come)).toBe(false);
  });
});

describe('a site with another theme corrects nothing', () => {
  const texts = [
    'The quay is shut.',
    'Forty tents are gone.',
    'A demonstration on Saturday.',
    'Two boats have landed.',
    'They are free.',
  ];
  const all = (
    theme: (text: string, at: number) => string,
    given: (at: number) => Partial<Item> = () => ({}),
  ): [Item, Item][] => texts.map((text, at) => [post(`<p>${text}</p>`), post(theme(`<p>${text}</p>`, at), given(at))]);

  test.each<[string, [Item, Item][]]>([
    ['that prints a line under every text', all((text) => `${text}<p>Share this on the fediverse</p>`)],
    [
      'that takes one away',
      all((text) => text).map(([old, come], at) => [
        post(`<p>${texts[at]}</p><p>Follow us</p>`, { title: old.title }),
        come,
      ]),
    ],
    [
      'that prints date and author in a line',
      all((text, at) => `<p>Published on ${at + 2} March in Reports by Group ${'ABCDE'[at]}</p>${text}`),
    ],
    [
      'that puts its name behind every title',
      all(
        (text) => text,
        () => ({ title: 'Road – Harbour Watch' }),
      ),
    ],
    [
      'that names other authors',
      all(
        (text) => text,
        (at) => ({ authors: [`person ${at}`] }),
      ),
    ],
    [
      'that has lost the dates',
      all(
        (text) => text,
        (at) => ({ published: now - (30 + at) * day }),
      ),
    ],
    [
      'that links every text to itself',
      all((text, at) => text.replace('</p>', ` <a href="https://harbour.example/?p=${at}">#</a></p>`)),
    ],
    [
      'that gives whole texts',
      texts.map((text, at) => [
        post(`<p>It is known that ${text}</p>`),
        post(`<p>It is known that ${text}</p><p>More of it, text ${'abcde'[at]}</p>`),
      ]),
    ],
  ])('%s', (_what, pairs) => {
    expect(correctedAmong(pairs)).toEqual([]);
  });

  test('and what it has corrected at the same time is a correction', () => {
    const pairs = all((text) => `${text.replace('Forty', 'Fifty')}<p>Share this on the fediverse</p>`);
    expect(correctedAmong(pairs)).toEqual(['g1']);
    const retitled = all(
      (text) => `${text}<p>Share this</p>`,
      (at) => (at === 3 ? { title: 'Two boats' } : {}),
    );
    expect(correctedAmong(retitled)).toEqual(['g3']);
    const shorter = all((text) => `${text}<p>Share this</p>`).map(([old, come], at): [Item, Item] =>
      at === 0 ? [post(`<p>${texts[0]}</p><p>Named: N. N.</p>`), come] : [old, come],
    );
    expect(correctedAmong(shorter)).toEqual(['g0']);
  });
  test('while the same words in a few of many texts are corrections', () => {
    const pairs = all((text) => `${text}<p>Update: the court has decided</p>`);
    expect(correctedAmong(pairs, 20)).toHaveLength(5);
    expect(correctedAmong(pairs.slice(0, 2))).toHaveLength(2);
  });
});

test('time is linear in the length of texts', async () => {
  await expectLinear(
    (size) => correctedAmong([[post(`<p>${'word '.repeat(size)}</p>`), post(`<p>${'other word '.repeat(size)}</p>`)]]),
    4_000,
  );
});
