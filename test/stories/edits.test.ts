/** Whether another version of an item says anything else: counters and numbers in addresses change with every visit. */
import { describe, expect, test } from 'vitest';
import type { Item, ItemEvent } from '../../src/model.ts';
import { areCorrections } from '../../src/stories/corrections.ts';
import { looksEqual, withOldNoise } from '../../src/stories/edits.ts';
import { expectLinear } from '../expect-linear.ts';
import { item, url } from './builders.ts';

const report = '<p>Four people were injured on the access road.</p>';
const of = (html: string, given: Partial<Omit<Item, 'html'>> = {}): Item =>
  item('1', { title: 'Road', url: url('https://harbour.example/1'), ...given, html });
const isCorrected = (old: Item, now: Item): boolean | undefined =>
  areCorrections([{ old, now, isUnderItsGuid: true }], 1, 0)[0];
/** True where readers are told nothing new. */
const isSame = (old: string | Item, now: string | Item): boolean => {
  const [before, after] = [old, now].map((one) => (typeof one === 'string' ? of(one) : one)) as [Item, Item];
  const kept = withOldNoise(after, before);
  return kept.html === before.html && kept.text === before.text;
};

describe('is no edit', () => {
  test.each<[string, string, string]>([
    ['counters in a line', `${report}<p>12 comments. 68 views</p>`, `${report}<p>13 comments. 1,204 views</p>`],
    ['in the line of the text', '<p>At dawn. 12 comments. 68 views</p>', '<p>At dawn. 12 comments. 69 views</p>'],
    ['and nothing else', '12 comments. 68 views', '13 comments. 70 views'],
    ['one of something', `${report}<p>1 comment</p>`, `${report}<p>2 comments</p>`],
    ['none of something', `${report}<p>No comments</p>`, `${report}<p>1 comment</p>`],
    ['an invitation to write the first', `${report}<p>Leave a comment</p>`, `${report}<p>1 Comment</p>`],
    ['with markup in them', `${report}<p><b>12</b> comments</p>`, `${report}<p><b>13</b> comments</p>`],
    ['with no-break spaces', `${report}<p>12\u00a0comments</p>`, `${report}<p>13\u00a0comments</p>`],
    [
      'in a list',
      `${report}<ul><li>12 comments</li><li>68 views</li></ul>`,
      `${report}<ul><li>13 comments</li><li>70 views</li></ul>`,
    ],
    ['French', `${report}<p>68 vues · 3 commentaires</p>`, `${report}<p>70 vues · 4 commentaires</p>`],
    [
      'French, in a sentence',
      `${report}<p>Cet article a été lu 68 fois</p>`,
      `${report}<p>Cet article a été lu 70 fois</p>`,
    ],
    ['German', `${report}<p>gelesen: 68</p>`, `${report}<p>gelesen: 1.068</p>`],
    [
      'German, in a sentence',
      `${report}<p>Dieser Beitrag wurde 68 mal gelesen.</p>`,
      `${report}<p>Dieser Beitrag wurde 70 mal gelesen.</p>`,
    ],
    ['Spanish', `${report}<p>Visitas: 68</p>`, `${report}<p>Visitas: 70</p>`],
    ['Italian', `${report}<p>68 visualizzazioni | 3 commenti</p>`, `${report}<p>70 visualizzazioni | 3 commenti</p>`],
    ['Dutch', `${report}<p>68 keer bekeken</p>`, `${report}<p>70 keer bekeken</p>`],
    ['Portuguese', `${report}<p>3 comentários</p>`, `${report}<p>4 comentários</p>`],
    ['Turkish', `${report}<p>3 yorum</p>`, `${report}<p>4 yorum</p>`],
    ['Greek', `${report}<p>3 σχόλια</p>`, `${report}<p>4 σχόλια</p>`],
    ['Arabic', `${report}<p>٣ تعليقات</p>`, `${report}<p>٤ تعليقات</p>`],
    ['Farsi', `${report}<p>۱۲ دیدگاه</p>`, `${report}<p>۱۳ دیدگاه</p>`],
    [
      'a picture with a number for caches',
      '<img src="https://a.example/b.jpg?1" alt="b" />',
      '<img src="https://a.example/b.jpg?ver=2" alt="b" />',
    ],
    [
      'a picture that counts',
      '<img src="https://a.example/c.php?id=7&amp;n=1" />',
      '<img src="https://a.example/c.php?id=7&amp;n=2" />',
    ],
    [
      'one with a bare number',
      `${report}<img src="https://a.example/c?8347" />`,
      `${report}<img src="https://a.example/c?9921" />`,
    ],
    [
      'a link to share it',
      `${report}<p><a href="https://s.example/share?u=x&amp;n=1" rel="x">Share</a> | 3 views</p>`,
      `${report}<p><a href="https://s.example/share?u=x&amp;n=2" rel="x">Share</a> | 4 views</p>`,
    ],
  ])('%s', (_what, old, now) => {
    expect(isSame(old, now)).toBe(true);
    expect(isSame(now, old)).toBe(true);
  });
  test('a number at the address of an attached picture', () => {
    const attached = (query: string): Item => of(report, { enclosures: [{ url: `https://a.example/b.png?${query}` }] });
    const kept = withOldNoise(attached('2'), attached('1'));
    expect(kept.enclosures).toEqual(attached('1').enclosures);
  });
});

describe('is an edit', () => {
  test.each<[string, string, string]>([
    ['a number in a sentence', report, report.replace('Four', 'Three')],
    ['in figures', '<p>3 injured</p>', '<p>4 injured</p>'],
    [
      'in a list of such',
      '<ul><li>3 injured</li><li>12 comments</li></ul>',
      '<ul><li>4 injured</li><li>12 comments</li></ul>',
    ],
    [
      'of what a counter counts, in a sentence',
      '<p>The prefect got 12 comments from us.</p>',
      '<p>The prefect got 13 comments from us.</p>',
    ],
    ['far from the end', `<p>12 comments</p>${report.repeat(5)}`, `<p>13 comments</p>${report.repeat(5)}`],
    ['a phone number', `${report}<p>Call 0612345678</p>`, `${report}<p>Call 0687654321</p>`],
    ['a date', `${report}<p>12 May, 18:00</p>`, `${report}<p>13 May, 18:00</p>`],
    ['votes', `${report}<p>12 votes</p>`, `${report}<p>13 votes</p>`],
    ['raids', `${report}<p>3 Zugriffe</p>`, `${report}<p>4 Zugriffe</p>`],
    [
      'words beside a counter',
      `${report}<p>12 comments, two of them kind</p>`,
      `${report}<p>13 comments, none of them kind</p>`,
    ],
    ['a line more', `${report}<p>12 comments</p>`, `${report}<p>12 comments</p><p>They are safe.</p>`],
    ['markup', `${report}<p>12 comments</p>`, `${report}<h3>12 comments</h3>`],
    [
      'another page behind a link',
      '<p>Sign <a href="https://a.example/?petition=12">here</a></p>',
      '<p>Sign <a href="https://a.example/?petition=13">here</a></p>',
    ],
    [
      'of a site that names pages so',
      '<p>Read <a href="https://a.example/?article834">it</a></p>',
      '<p>Read <a href="https://a.example/?article1624">it</a></p>',
    ],
    [
      'a link inside the text',
      '<p>As <a href="https://a.example/?n=1">we</a> said.</p>',
      '<p>As <a href="https://a.example/?n=2">we</a> said.</p>',
    ],
    [
      'another video',
      '<p><a href="https://v.example/watch?v=dQw4w9WgXcQ">Film</a></p>',
      '<p><a href="https://v.example/watch?v=oHg5SJYRHA0">Film</a></p>',
    ],
    ['another picture', '<img src="https://a.example/b.jpg?1" />', '<img src="https://a.example/c.jpg?1" />'],
    [
      'another picture of a program',
      '<img src="https://a.example/p.php?id=1" />',
      '<img src="https://a.example/p.php?id=2" />',
    ],
    [
      'what a picture shows',
      '<img src="https://a.example/b.jpg?1" alt="A" />',
      '<img src="https://a.example/b.jpg?2" alt="B" />',
    ],
  ])('%s', (_what, old, now) => {
    expect(isSame(old, now)).toBe(false);
  });
  test('another title, address, author or file', () => {
    const counting = (n: number, given: Partial<Omit<Item, 'html'>>): Item => of(`${report}<p>${n} views</p>`, given);
    for (const given of [
      { title: 'Roads' },
      { url: url('https://harbour.example/1?n=2') },
      { authors: ['A'] },
      { enclosures: [{ url: 'https://a.example/a.mp3' }] },
    ])
      expect(isSame(counting(1, {}), counting(2, given))).toBe(false);
  });
});

test('time is linear in the length of a text', async () => {
  await expectLinear((size) => {
    const long = '1 2 . '.repeat(size);
    isSame(`<p>${long}</p>`, `<p>${long} 3 views</p>`);
    isSame(`<p>${'.'.repeat(5 * size)}1</p>`, `<p>${'.'.repeat(5 * size)}2</p>`);
    isSame('<p>1</p>'.repeat(size / 2), '<p>2</p>'.repeat(size / 2));
  }, 25_000);
});

describe('when something takes place', () => {
  const march: ItemEvent = {
    start: { kind: 'day', day: '2026-11-28' },
    end: undefined,
    title: undefined,
    place: 'Quay',
    url: undefined,
    isCancelled: false,
  };
  const stored = (events: readonly ItemEvent[]): Item =>
    of(report, { events: JSON.parse(JSON.stringify(events)) as ItemEvent[] });

  test('is the same when it comes again', () => {
    expect(looksEqual(stored([march]), of(report, { events: [march] }))).toBe(true);
  });

  test.each<[string, readonly ItemEvent[]]>([
    ['another day', [{ ...march, start: { kind: 'day', day: '2026-11-29' } }]],
    ['another place', [{ ...march, place: 'Pier' }]],
    ['called off', [{ ...march, isCancelled: true }]],
    ['one more', [march, { ...march, title: 'Vigil' }]],
    ['none', []],
  ])('%s is an edit and a correction', (_what, events) => {
    const [old, now] = [stored([march]), of(report, { events })];
    expect([looksEqual(old, now), isCorrected(old, now)]).toEqual([false, true]);
    expect(withOldNoise(now, old).events).toEqual(events);
  });

  test('said for the first time corrects nothing, and is shown', () => {
    const [old, now] = [stored([]), of(report, { events: [march] })];
    expect([looksEqual(old, now), isCorrected(old, now)]).toEqual([false, false]);
  });
});
