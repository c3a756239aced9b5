/** What a refresh wants written, as plain data: held items, items under new guids, first imports. */
import { describe, expect, test } from 'vitest';
import type { Item, News } from '../../src/model.ts';
import type { Known, KnownItem, ReadItem, Reading } from '../../src/refresh-plan.ts';
import { openDirectory } from '../../src/stories/directory.ts';
import { lookupFor, planRefresh, type RefreshInput } from '../../src/stories/plan.ts';
import { signalsOf } from '../../src/stories/signals.ts';
import { memory } from '../trust/case.ts';
import { item, source, url } from './builders.ts';

const own = source('https://harbour.example/feed', { name: 'Harbour Watch' });
const directory = openDirectory([own], []);
const now = Date.UTC(2026, 10, 20);

const read = (one: Item): ReadItem => ({ item: one, signals: signalsOf(one, own, undefined, directory) });

function reading(items: readonly Item[], given: Partial<Reading> = {}): Reading {
  const entries = items.length;
  return { kind: 'read', entries, items: items.map(read), rekeyed: new Map(), deleted: [], problems: [], ...given };
}

function input(of: Reading, given: Partial<RefreshInput> = {}): RefreshInput {
  const before = memory();
  return {
    source: own,
    before,
    after: before,
    reading: of,
    news: [],
    rhythmOf: () => undefined,
    now,
    ...given,
  };
}

const nothing: Known = { own: new Map(), byId: new Map(), newestDates: [] };

/** One stored item, in a story of its own. */
function knowing(one: Item, how: 'guid' | 'id', given: Partial<KnownItem> = {}): Known {
  const known: KnownItem = {
    id: 7,
    storyId: 3,
    date: now - 9,
    seen: now - 5,
    isWithdrawn: false,
    keptOutBy: undefined,
    isGoneForGood: false,
    isAwaited: false,
    visible: one,
    ...given,
  };
  return how === 'guid'
    ? { ...nothing, own: new Map([[one.guid, known]]) }
    : { ...nothing, byId: new Map([[7, known]]) };
}

const old = item('?p=1', { title: 'Eviction', html: '<p>At dawn.</p>', url: url('https://harbour.example/?p=1') });

describe('what is held', () => {
  const held = reading([old], { kind: 'held', deleted: [{ guid: old.guid, because: 'sold' }] });

  test('is kept apart: no item, no edit, no withdrawal', () => {
    const plan = planRefresh(input(held), knowing({ ...old, title: 'Before' }, 'guid'));
    expect(plan).toMatchObject({ inserts: [], updates: [], withdrawals: [], held: held.items });
    expect(plan.outcome).toMatchObject({ kind: 'held', newItems: 0, withdrawnItems: 0 });
    expect(plan.memory.lastNewItem).toBe(memory().lastNewItem);
  });
  test('asks the store nothing', () => {
    expect(lookupFor(own, held)).toEqual({ sourceKey: own.key, guids: [], ids: [] });
  });
  test('is news once, and no recovery', () => {
    const before = memory({ failures: 3 });
    expect(planRefresh(input(held, { before }), nothing).outcome).toMatchObject({
      isNewlyFailing: true,
      hasRecovered: false,
    });
    const already = memory({ held: { since: now - 1, reasons: [] } });
    expect(planRefresh(input(held, { before: already }), nothing).outcome.isNewlyFailing).toBe(false);
  });
});

describe('an item under a new guid', () => {
  const moved = {
    ...old,
    guid: 'urn:1',
    url: url('https://harbour.example/eviction/'),
    html: item('', { html: '<div>At dawn.</div>' }).html,
  };
  const planFor = (one: Item, given: Partial<KnownItem> = {}) =>
    planRefresh(input(reading([one], { rekeyed: new Map([['urn:1', 7]]) })), knowing(old, 'id', given));

  test('is looked up by its id', () => {
    expect(lookupFor(own, reading([moved], { rekeyed: new Map([['urn:1', 7]]) })).ids).toEqual([7]);
  });
  test('is the item that it was: same story, same date, no correction where the words are the same, and shown anew', () => {
    const plan = planFor(moved);
    expect(plan.inserts).toEqual([]);
    expect(plan.updates).toMatchObject([{ id: 7, item: { guid: 'urn:1' }, isRevision: false, looksOther: true }]);
    expect(plan.outcome).toMatchObject({ newItems: 0, revisedItems: 0 });
  });
  test('is corrected where the words differ', () => {
    const other = { ...moved, html: item('', { html: '<p>At noon.</p>' }).html };
    expect(planFor(other).updates).toMatchObject([{ isRevision: true }]);
  });
  test('does not come back when it was taken back', () => {
    expect(planFor(moved, { isWithdrawn: true })).toMatchObject({ inserts: [], updates: [] });
  });
});

test('other markup around the same words is shown, and is no correction', () => {
  const edited = { ...old, hash: '2', html: item('', { html: '<div>At dawn.</div>' }).html };
  expect(planRefresh(input(reading([edited])), knowing(old, 'guid')).updates).toMatchObject([
    { isRevision: false, looksOther: true },
  ]);
});

test('what our own reading adds or takes is no correction, and is shown', () => {
  for (const [before, after] of [
    ['<p>At dawn.</p>', '<p lang="fr" dir="ltr">At dawn.</p>'],
    ['<p>At\u200b dawn.</p>', '<p>At dawn.</p>'],
  ]) {
    const [stored, reread] = [before, after].map((html = '') => ({ ...old, html: item('', { html }).html }));
    if (stored === undefined || reread === undefined) throw new RangeError('two of them');
    const plan = planRefresh(input(reading([{ ...reread, hash: '2' }])), knowing(stored, 'guid'));
    expect(plan.updates).toMatchObject([{ isRevision: false, looksOther: true, item: { html: after } }]);
  }
});

describe('a first import', () => {
  const isFirst = (given: Partial<RefreshInput>, known = nothing): boolean | undefined =>
    planRefresh(input(reading([old]), given), known).inserts[0]?.isFirstImport;

  test('is what comes while nothing of the source is stored, also when its first document was empty', () => {
    expect(isFirst({ before: memory({ lastSuccess: undefined }) })).toBe(true);
    expect(isFirst({})).toBe(true);
    expect(isFirst({}, { ...nothing, newestDates: [now - 9] })).toBe(false);
  });
  test('is what is let in after it was held, too: it comes late and all at once', () => {
    expect(isFirst({ isBackCatalogue: true }, { ...nothing, newestDates: [now - 9] })).toBe(true);
  });
});

test('its rhythm is told from the newest dates, stored and new together, and only when something is new', () => {
  const asked: (readonly number[])[] = [];
  const rhythmOf = (dates: readonly number[]): number => {
    asked.push(dates);
    return 42;
  };
  const known = { ...nothing, newestDates: [now - 2, now - 4] };
  const dated = item('b', { published: now - 3 });
  expect(planRefresh(input(reading([dated]), { rhythmOf }), known).memory.rhythmMs).toBe(42);
  expect(asked).toEqual([[now - 2, now - 3, now - 4]]);
  expect(planRefresh(input(reading([]), { rhythmOf }), known).memory.rhythmMs).toBe(memory().rhythmMs);
});

test('news is handed on', () => {
  const news: News[] = [
    { sourceKey: own.key, source: 'Harbour Watch', kind: 'back', at: now, words: 'It answers again.' },
  ];
  expect(planRefresh(input(reading([]), { news }), nothing).news).toEqual(news);
});
