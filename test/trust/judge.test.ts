import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model.ts';
import { type Case, judge, needsSamples } from '../../src/trust/judge.ts';
import { item, source, url } from '../stories/builders.ts';
import { day, document, hour, marks, memory, now, post, posts, words } from './case.ts';

const known = posts(1, 8);

/** Each sign of the table alone, on a document that is otherwise the source's own with one new item. */
const signs: Readonly<Record<string, (the: Case) => Partial<Case>>> = {
  'a: a parking page seven weeks ago': (the) => ({ before: { ...the.before, lastAbandoned: now - 49 * day } }),
  'c: title': (the) => ({ head: { ...the.head, title: 'Best Casino Bonus' } }),
  'd: language tag': (the) => ({ head: { ...the.head, lang: 'id' } }),
  'e: generator': (the) => ({ head: { ...the.head, generator: 'Hugo 0.130' } }),
  'f: links': (the) => ({ newItems: the.newItems.map(linking), samples: the.samples }),
  'g: issuer and address': (the) => ({
    fetched: { ...the.fetched, marks: marks({ address: '198.51.100.1', tlsIssuer: 'ZeroSSL' }) },
  }),
  'i: redirect': (the) => ({
    fetched: { ...the.fetched, url: 'https://other.example/feed' },
  }),
};

function linking(one: Item): Item {
  const html = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `<a href="https://casino-${n}.example/">x</a>`).join(' ');
  return { ...one, html: html as Item['html'] };
}

const renamed = (one: Item): Item => ({ ...one, guid: `urn:${one.guid}` });

function apply(names: readonly string[], the: Case = document([...known, post(9)], known)): Case {
  let changed = the;
  for (const name of names) changed = { ...changed, ...signs[name]?.(changed) };
  return changed;
}

const names = Object.keys(signs);
const pairs = names.flatMap((one, at) => names.slice(at + 1).map((other) => [one, other]));
const triples = pairs.flatMap(([one = '', other = '']) =>
  names.slice(names.indexOf(other) + 1).map((third) => [one, other, third]),
);

describe('signs of another owner', () => {
  test('an ordinary document is let in', () => {
    expect(judge(apply([]))).toEqual({ kind: 'ok', rekeyed: new Map(), hasOverlap: true, problems: [] });
  });
  test.each(names)('one is not enough: %s', (name) => {
    expect(judge(apply([name])).kind).toBe('ok');
  });
  test.each(pairs)('two are not: %s, %s', (...two) => {
    expect(judge(apply(two)).kind).toBe('ok');
  });
  test.each(triples)('three are: %s, %s, %s', (...three) => {
    const judgement = judge(apply(three));
    expect(judgement).toMatchObject({ kind: 'held', problems: [{ code: 'trust/held', severity: 'failure' }] });
    expect(judgement.kind === 'held' && judgement.reasons).toHaveLength(3);
  });
  test('b: nothing known is one of three', () => {
    const strange = [item('x', { title: 'Roulette', published: now - hour, text: words(99) })];
    const the = document(strange, known);
    expect(judge(the).kind).toBe('ok');
    expect(judge(apply(['c: title'], the)).kind).toBe('ok');
    expect(judge(apply(['c: title', 'e: generator'], the))).toMatchObject({
      kind: 'held',
      reasons: [
        'its only item was not known before',
        'its title changed from “Harbour Watch” to “Best Casino Bonus”',
        'its software changed from “https://wordpress.org/?v=6.4” to “Hugo 0.130”',
      ],
    });
  });
  test('h: more than ten times its own pace is one of three, the tenfold is not', () => {
    const burst = (count: number): Case =>
      apply(['c: title', 'e: generator'], document([...known, ...posts(9, 8 + count)], known));
    expect(judge(burst(10)).kind).toBe('ok');
    expect(judge(burst(11))).toMatchObject({ kind: 'held' });
    expect(judge({ ...burst(11), before: memory({ rhythmMs: undefined }) }).kind).toBe('ok');
  });
  test('title, link, language and all items at once are', () => {
    const the = document([item('x', { published: now, title: 'Slot' })], known);
    const head = { title: 'Slots', home: 'https://slots.example/', lang: 'id', generator: undefined };
    expect(judge({ ...the, head })).toMatchObject({ kind: 'held' });
  });
  test('a redirect to another domain with nothing known is held at once; with a known item it is not', () => {
    const strange = document([item('x', { published: now, title: 'Slot' })], known);
    expect(judge(apply(['i: redirect'], strange)).kind).toBe('held');
    expect(judge(apply(['i: redirect'])).kind).toBe('ok');
  });
  test('nor does one known item vouch for strangers there: half of the document must be known', () => {
    const there = (strangers: number, of: readonly Item[]): Case =>
      apply(['i: redirect'], document([...of, ...posts(101, 100 + strangers)], known));
    expect(judge(there(50, known.slice(-1)))).toMatchObject({
      kind: 'held',
      reasons: expect.arrayContaining([
        'only 1 of its 51 items was known before',
        'it leads to other.example',
      ]) as unknown,
    });
    expect(judge(there(9, known))).toMatchObject({ kind: 'held' });
    expect(judge(there(8, known)).kind).toBe('ok');
    const copied = document([...known, ...posts(101, 108)].map(renamed), known);
    expect(judge(apply(['i: redirect'], copied)).kind).toBe('ok'); // under other guids, too
    expect(judge(document([...posts(101, 150), ...known.slice(-1)], known)).kind).toBe('ok'); // at home
  });
  test('a document from another domain is one without a redirect too, and a way back is one', () => {
    const strange = document([item('x', { published: now, title: 'Slot' })], known);
    const found = { ...strange.fetched, url: 'https://slots.example/feed' }; // a page has named it
    expect(judge({ ...strange, fetched: found }).kind).toBe('held');
    const before = memory({ marks: marks({ domain: 'port.example' }) }); // where it has moved to
    expect(judge({ ...strange, before }).kind).toBe('held');
    expect(judge({ ...strange, before: memory({ marks: marks({ domain: 'harbour.example' }) }) }).kind).toBe('ok');
  });
});

describe('what is no sign', () => {
  const two = ['a: a parking page seven weeks ago', 'c: title'];
  test.each<[string, Partial<Case> | ((the: Case) => Partial<Case>)]>([
    [
      'a newer version of the same software',
      { head: { ...document([], []).head, title: 'x', generator: 'https://wordpress.org/?v=7.1' } },
    ],
    ['another region of the same language', { head: { ...document([], []).head, title: 'x', lang: 'en-US' } }],
    [
      'a head that says nothing',
      { head: { title: undefined, home: undefined, lang: undefined, generator: undefined } },
    ],
    ['another issuer alone', (the) => ({ fetched: { ...the.fetched, marks: marks({ tlsIssuer: 'ZeroSSL' }) } })],
    ['another address alone', (the) => ({ fetched: { ...the.fetched, marks: marks({ address: '198.51.100.1' }) } })],
    [
      'an address of the other kind',
      (the) => ({ fetched: { ...the.fetched, marks: marks({ address: '2001:db8::1', tlsIssuer: 'ZeroSSL' }) } }),
    ],
    [
      'a redirect that was there before',
      (the) => ({
        before: { ...the.before, marks: marks({ domain: 'other.example' }) },
        fetched: { ...the.fetched, url: 'https://other.example/feed' },
      }),
    ],
    [
      'a redirect to a host of the source',
      (the) => ({
        source: source('https://harbour.example/feed', { hosts: ['www.other.example'] }),
        fetched: { ...the.fetched, url: 'https://other.example/feed' },
      }),
    ],
    [
      'a redirect inside the domain',
      (the) => ({ fetched: { ...the.fetched, url: 'https://blog.harbour.example/feed' } }),
    ],
    [
      'one post with a link to a new place',
      (the) => ({
        newItems: [post(9, { html: '<a href="https://lemonde.example/1">here</a>' })],
        samples: the.samples,
      }),
    ],
    ['one post in another language', { newItems: [post(9, { lang: 'ar' })] }],
    ['a parking page three months ago', (the) => ({ before: { ...the.before, lastAbandoned: now - 90 * day } })],
  ])('%s', (_what, change) => {
    const the = apply(two);
    const changed = typeof change === 'function' ? change(the) : change;
    expect(judge({ ...the, ...changed })).toMatchObject({ kind: 'ok' });
  });

  test('two failures in a row are (a), one is not', () => {
    const the = apply(['c: title', 'e: generator']);
    expect(judge({ ...the, before: memory({ failures: 1 }) }).kind).toBe('ok');
    expect(judge({ ...the, before: memory({ failures: 2 }) }).kind).toBe('held');
  });
  test('three new items in a language that none has been in are (d)', () => {
    const arabic = posts(9, 11).map((one): Item => ({ ...one, lang: 'ar' }));
    const the = apply(['c: title', 'e: generator'], document([...known, ...arabic], known));
    expect(judge(the)).toMatchObject({ kind: 'held' });
    const bilingual = the.samples.map((one, at) => (at === 0 ? { ...one, lang: 'ar' } : one));
    expect(judge({ ...the, samples: bilingual }).kind).toBe('ok');
  });
});

describe('a flood', () => {
  const strangers = (count: number, published = now - hour): Item[] =>
    Array.from({ length: count }, (_, n) =>
      item(`s${n}`, { title: `Offer ${n}`, published: published - n * 60_000, text: words(1_000 + n) }),
    );
  test.each([
    ['nine of which none is known', strangers(9), 'ok'],
    ['ten of which none is known', strangers(10), 'held'],
    ['ten beside one that is known', [...strangers(10), ...known.slice(-1)], 'ok'],
    ['fifty beside known ones', [...strangers(50), ...known], 'ok'],
    ['fifty-one beside known ones', [...strangers(51), ...known], 'held'],
  ])('%s', (_what, listed, kind) => {
    expect(judge(document(listed, known)).kind).toBe(kind);
  });
  test('is no flood on a first import, whatever comes', () => {
    const first = document(strangers(500), []);
    expect(judge(first).kind).toBe('ok');
    expect(judge({ ...document(strangers(500), known), before: memory({ lastSuccess: undefined }) }).kind).toBe('ok');
  });
  test('is none where a newswire has written as it always does since it was asked last', () => {
    const wire = (given: object): Case => {
      const listed = Array.from({ length: 20 }, (_, n) =>
        item(`w${n}`, { title: `Wire ${n}`, published: now - n * hour }),
      );
      return { ...document(listed, known), before: memory({ rhythmMs: 1.2 * hour, lastSuccess: now - day, ...given }) };
    };
    expect(judge(wire({})).kind).toBe('ok');
    expect(judge(wire({ failures: 1 })).kind).toBe('held');
    expect(judge(wire({ lastAbandoned: now - day })).kind).toBe('held');
    expect(judge(wire({ lastAbandoned: now - 61 * day })).kind).toBe('ok'); // a bad hour of its name server, long ago
    expect(judge(wire({ lastSuccess: now - 2 * hour })).kind).toBe('held');
    expect(judge(wire({ rhythmMs: undefined })).kind).toBe('held');
  });
  test('of old guids with other items behind them is not taken for known', () => {
    const reused = Array.from({ length: 10 }, (_, n) => post(n + 1, { title: `Offer ${n}`, text: words(2_000 + n) }));
    const all = posts(1, 10);
    const the = document(all, all);
    expect(judge({ ...the, newItems: reused }).kind).toBe('ok'); // fewer than ten of them new guids: no flood …
    expect(judge({ ...apply(['c: title', 'e: generator'], the), newItems: reused })).toMatchObject({ kind: 'held' }); // … but (b)
    const edited = all.map((one) => ({ ...one, text: `${one.text} and more` }));
    expect(judge({ ...apply(['c: title', 'e: generator'], the), newItems: edited }).kind).toBe('ok');
  });
});

describe('a move', () => {
  const elsewhere = (n: number, given: Partial<Item> = {}): Item => ({
    ...post(n),
    guid: `urn:hugo:${n}`,
    url: url(`https://harbour.example/posts/${n}/`),
    ...given,
  });
  const all = posts(1, 20);
  const moved = all.map((_, at) => elsewhere(at + 1));

  test('of all guids with the same texts is recognised, and nothing is new', () => {
    const the = document(moved, all, { head: { ...document([], []).head, generator: 'Hugo' } });
    const judgement = judge(the);
    expect(judgement).toMatchObject({
      kind: 'ok',
      hasOverlap: true,
      problems: [{ code: 'trust/re-keyed', severity: 'note' }],
    });
    expect(judgement.kind === 'ok' && [...judgement.rekeyed]).toEqual(moved.map((one, at) => [one.guid, at + 1]));
  });
  test('with two new posts keeps those new', () => {
    const judgement = judge(document([...moved.slice(2), elsewhere(21), elsewhere(22)], all));
    expect(judgement.kind === 'ok' && judgement.rekeyed.size).toBe(18);
  });
  test('is none where few of the old items are the source’s', () => {
    const copied = [
      ...moved.slice(0, 4),
      ...Array.from({ length: 16 }, (_, n) => item(`s${n}`, { title: `Slot ${n}` })),
    ];
    expect(judge(document(copied, all)).kind).toBe('held');
  });
  test('to https, to another domain, with the same paths', () => {
    const there = all.map((one, at) => ({
      ...one,
      guid: one.guid.replace('https://harbour.example', 'http://www.port.example'),
      url: url(one.url?.replace('https://harbour.example', 'http://www.port.example') ?? ''),
      title: one.title,
      text: at % 2 === 0 ? 'An excerpt.' : one.text,
      published: undefined,
    }));
    const judgement = judge(document(there, all, { head: { ...document([], []).head, home: 'http://port.example/' } }));
    expect(judgement.kind === 'ok' && judgement.rekeyed.size).toBe(20);
  });
  test('of one guid beside known ones needs the same page with the same words', () => {
    const other = (given: Partial<Item>): Item => ({ ...post(3), guid: 'new', ...given });
    const judgeOne = (one: Item): number => {
      const judgement = judge(document([...all.slice(4), one], all));
      return judgement.kind === 'ok' ? judgement.rekeyed.size : -1;
    };
    expect(judgeOne(other({}))).toBe(1);
    expect(judgeOne(other({ url: url('https://harbour.example/again'), urls: [] }))).toBe(0); // an appeal that is repeated
    expect(judgeOne(other({ text: words(77), published: now }))).toBe(0); // the next comment on one page
  });
});

test('while a source is held, so is everything, for the same reasons', () => {
  const before = memory({ held: { since: now - day, reasons: ['it redirects to slots.example'] } });
  expect(judge({ ...apply([]), before })).toMatchObject({ kind: 'held', reasons: ['it redirects to slots.example'] });
});

test('reasons are safe to print', () => {
  const the = apply(['d: language tag', 'e: generator']);
  const judgement = judge({ ...the, head: { ...the.head, title: `\u202e\u001b[31m${'x'.repeat(5_000)}` } });
  if (judgement.kind !== 'held') throw new Error('is held');
  for (const reason of judgement.reasons) {
    expect(reason).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/);
    expect(reason.length).toBeLessThan(400);
  }
});

describe('stored items are asked for only when they are needed', () => {
  const without = (the: Case): boolean => needsSamples({ ...the, samples: undefined } as unknown as Case);
  test.each<[string, Case, boolean]>([
    ['one new post beside known ones', document([...known, post(9, { published: now - hour })], known), false],
    ['nothing new', document(known, known), false],
    ['a first import', { ...document(known, []), before: memory({ lastSuccess: undefined }) }, false],
    [
      'a source that is held',
      { ...document(posts(20, 25), known), before: memory({ held: { since: 0, reasons: [] } }) },
      false,
    ],
    ['nothing known', document([post(9)], known), true],
    ['an old date on a new guid', document([...known, post(9, { published: now - day })], known), true],
    ['no date on a new guid', document([...known, post(9, { published: undefined })], known), true],
    ['a sign', apply(['c: title']), true],
    ['all known ones changed', { ...document(known, known), newItems: known }, true],
    ['no entries at all', document([], known), true],
  ])('%s', (_what, the, isNeeded) => {
    expect(without(the)).toBe(isNeeded);
  });
  test('what is judged without them is judged the same with them', () => {
    fc.assert(
      fc.property(
        fc.subarray(names.filter((name) => !name.startsWith('f'))),
        fc.integer({ min: 0, max: 60 }),
        (some, count) => {
          const the = apply(some, document([...known, ...posts(31, 30 + count)], known));
          return without(the) || judge({ ...the, samples: [] }).kind === judge(the).kind;
        },
      ),
    );
  });
});
