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
  test('f counts links that edits bring, beside those that were there', () => {
    const edited = known.map((one, at) => ({
      ...one,
      html: `${one.html} <a href="https://casino-${at}.example/">x</a>` as Item['html'],
    }));
    const the = { ...apply(['c: title', 'e: generator'], document(known, known)), newItems: edited };
    expect(judge(the)).toMatchObject({
      kind: 'held',
      reasons: expect.arrayContaining([expect.stringContaining('8 of 8 links')]) as unknown,
    });
    expect(judge({ ...the, newItems: edited.slice(0, 2) }).kind).toBe('ok');
    expect(judge({ ...the, newItems: known.map((one) => ({ ...one, text: `${one.text} more` })) }).kind).toBe('ok');
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
    expect(judge({ ...the, newItems: reused })).toMatchObject({
      kind: 'held',
      reasons: ['none of its 10 items was known before'],
    });
    const nine = document(all.slice(0, 9), all);
    expect(judge({ ...nine, newItems: reused.slice(0, 9) }).kind).toBe('ok'); // fewer than ten are no flood …
    expect(judge({ ...apply(['c: title', 'e: generator'], nine), newItems: reused.slice(0, 9) }).kind).toBe('held'); // … but (b)
    const edited = all.map((one) => ({ ...one, text: `${one.text} and more` }));
    expect(judge({ ...apply(['c: title', 'e: generator'], the), newItems: edited }).kind).toBe('ok');
  });
  test('of more than fifty of them beside known ones is one, of edits that are known again it is none', () => {
    const all = posts(1, 120);
    const strange = (n: number): Item => post(n, { title: `Offer ${n}`, text: words(3_000 + n) });
    const reusing = (count: number): Case => ({
      ...document(all, all),
      newItems: all.slice(0, count).map((_, at) => strange(at + 1)),
    });
    expect(judge(reusing(51)).kind).toBe('held');
    expect(judge({ ...reusing(50), before: memory({ rhythmMs: undefined }) }).kind).toBe('ok');
    const edited = all.map((one) => ({ ...one, hash: 'read anew', text: `${one.text} and more` }));
    expect(judge({ ...document(all, all), newItems: edited }).kind).toBe('ok');
    expect(
      judge({ ...document(all, all), newItems: edited, samples: document(all, all).samples.slice(0, 60) }).kind,
    ).toBe('ok');
  });
  test('is none where guids are only numbers of places: what stands in the next one was known', () => {
    const slot = (place: number, n: number): Item => ({ ...post(n), guid: `slot-${place}` });
    const was = Array.from({ length: 20 }, (_, at) => slot(at, 40 - at));
    const now_ = Array.from({ length: 20 }, (_, at) => slot(at, 41 - at));
    expect(judge({ ...document(was, was), newItems: now_ }).kind).toBe('ok');
  });
  test('is none where what was known has no words any more: they were let go', () => {
    const all = posts(1, 60);
    const the = document(all, all);
    const samples = the.samples.map((one) => ({ ...one, title: '', text: '', html: '' }));
    expect(judge({ ...the, samples, newItems: all }).kind).toBe('ok');
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
    const the = document(there, all, { head: { ...document([], []).head, home: 'http://port.example/' } });
    const judgement = judge({ ...the, fetched: { ...the.fetched, url: 'http://www.port.example/feed' } });
    expect(judgement.kind === 'ok' && judgement.rekeyed.size).toBe(20);
    expect(judge(the).kind).toBe('held'); // while the feed has stayed, anybody may have changed its links
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

describe('known items that lead elsewhere', () => {
  const led = (one: Item, to: string): Item => ({
    ...one,
    url: url(one.url?.replace('harbour.example', to) ?? ''),
    urls: [],
  });
  const leading = (count: number, to = 'slots.example', of = known): Case => ({
    ...document(of, of),
    newItems: of.slice(0, count).map((one) => led(one, to)),
  });

  test('are held by themselves where they are most: nobody else than its owner may send its readers away', () => {
    expect(judge(leading(8))).toMatchObject({
      kind: 'held',
      reasons: ['8 of its 8 known items lead to slots.example now, not to harbour.example'],
    });
    expect(judge(leading(5)).kind).toBe('held');
    expect(judge(leading(4)).kind).toBe('ok');
    expect(judge(leading(2, 'slots.example', posts(1, 2))).kind).toBe('ok'); // two links were mended
  });
  test('under new guids are, too', () => {
    const the = document(
      known.map((one) => renamed(led(one, 'slots.example'))),
      known,
    );
    expect(judge(the).kind).toBe('held');
    expect(judge({ ...the, head: { ...the.head, home: 'https://slots.example/' } }).kind).toBe('held');
  });
  test('are held when they come to be most little by little', () => {
    const first = known.map((one, at) => (at < 4 ? led(one, 'slots.example') : one));
    const then = known.map((one, at) => (at < 7 ? led(one, 'slots.example') : one));
    expect(judge({ ...document(first, first), newItems: then.slice(4, 7) }).kind).toBe('held');
    const one = judge({ ...document(first, first), newItems: then.slice(4, 5) }); // one link a visit
    const reasons = ['5 of its 8 known items lead to slots.example now, not to harbour.example'];
    expect(one).toMatchObject({ kind: 'held', reasons });
  });
  test('are what they should be where the feed has moved there too, or the maintainer knows the place', () => {
    const the = leading(8, 'port.example');
    const there = { ...the.fetched, url: 'https://www.port.example/feed' };
    expect(judge({ ...the, fetched: there }).kind).toBe('ok');
    const known_ = source('https://harbour.example/feed', { hosts: ['port.example'] });
    expect(judge({ ...the, source: known_ }).kind).toBe('ok');
    expect(judge({ ...leading(8, 'slots.example'), fetched: there }).kind).toBe('held'); // a third place
    expect(judge(leading(8, 'blog.harbour.example')).kind).toBe('ok');
  });
  test('are believed of a feed that never linked to its own domain, while they stay where they were', () => {
    const elsewhere = known.map((one) => led(one, 'port.example'));
    const edited = elsewhere.map((one) => ({ ...one, text: `${one.text} more` }));
    const the = document(elsewhere, elsewhere);
    expect(judge({ ...the, newItems: edited }).kind).toBe('ok');
    const scattered = known.map((one, at) => led(one, `press-${at}.example`)); // links to the press
    const mended = scattered.map((one) => ({ ...one, url: url('https://archive.example/1') }));
    expect(judge({ ...document(scattered, scattered), newItems: mended.slice(0, 4) }).kind).toBe('ok');
    expect(judge({ ...document(scattered, scattered), newItems: mended.slice(0, 5) }).kind).toBe('held');
    const swapped = elsewhere.map((one) => ({
      ...one,
      url: url(one.url?.replace('port.example', 'slots.example') ?? ''),
    }));
    expect(judge({ ...the, newItems: swapped }).kind).toBe('held');
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
    ['a few of many known ones changed', { ...document(known, known), newItems: known.slice(0, 2) }, false],
    ['most known ones changed', { ...document(known, known), newItems: known.slice(1) }, true],
    [
      'three of many known ones lead elsewhere',
      {
        ...document(posts(1, 40), posts(1, 40)),
        newItems: posts(1, 3).map((one) => ({ ...one, url: url('https://slots.example/1') })),
      },
      true,
    ],
  ])('%s', (_what, the, isNeeded) => {
    expect(without(the)).toBe(isNeeded);
  });
  test('what is judged without them is judged the same with them', () => {
    fc.assert(
      fc.property(
        fc.subarray(names.filter((name) => !name.startsWith('f'))),
        fc.integer({ min: 0, max: 60 }),
        fc.array(fc.constantFrom('same', 'other words', 'other item', 'elsewhere'), { minLength: 80, maxLength: 80 }),
        (some, count, fates) => {
          const many = posts(101, 180);
          const edited = many.flatMap((one, at): Item[] => {
            if (fates[at] === 'other words') return [{ ...one, text: `${one.text} more` }];
            if (fates[at] === 'other item') return [{ ...one, title: `Offer ${at}`, text: words(5_000 + at) }];
            return fates[at] === 'elsewhere' ? [{ ...one, url: url('https://slots.example/1'), urls: [] }] : [];
          });
          const ordinary = document([...many, ...posts(31, 30 + count)], many);
          const the = apply(some, { ...ordinary, newItems: [...ordinary.newItems, ...edited] });
          return without(the) || judge({ ...the, samples: [] }).kind === judge(the).kind;
        },
      ),
    );
  });
});
