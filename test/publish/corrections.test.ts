/** A story's corrections as readers are shown them, under every terms; and reposts that have not followed. */
import { describe, expect, test } from 'vitest';
import type { Show, StoredItem, Version } from '../../src/model.ts';
import { correctionsOf, openStaleness } from '../../src/publish/corrections.ts';
import type { CorrectionView } from '../../src/publish/views.ts';
import { item } from '../stories/builders.ts';

const day = 86_400_000;

function shownItem(given: Partial<StoredItem> = {}): StoredItem {
  const { html: _, ...plain } = given;
  return {
    ...item('a', { title: 'Road', ...plain }),
    id: 1,
    sourceKey: 'quay.example/feed',
    storyId: 1,
    seen: 0,
    isFirstImport: false,
    date: 0,
    revisedAt: 9,
    withdrawn: undefined,
    ...given,
  };
}

function version(until: number, given: Partial<Version> = {}): Version {
  return {
    itemId: 1,
    until,
    isCorrected: true,
    title: 'Road',
    text: 'Three people were hurt.',
    authors: [],
    enclosures: [],
    published: undefined,
    ...given,
  };
}

const now = shownItem({ text: 'Four people were hurt.' });
const textOf = ({ text, title }: CorrectionView): string =>
  [...title, ...text].flatMap(({ pieces }) => pieces.map((piece) => `${piece.kind}:${piece.text}`)).join('|');
const only = (shown: StoredItem, old: Version, show: Show = 'full'): CorrectionView => {
  const [found, ...others] = correctionsOf(shown, [old], { show, excerptWords: 60 });
  expect(others).toEqual([]);
  if (found === undefined) throw new RangeError('there is one');
  return found;
};

test('several in their order, each with what came next, the newest ten', () => {
  const texts = ['Two people were hurt.', 'Three people were hurt.'];
  const versions = texts.map((text, at) => version(at + 1, { text }));
  expect(correctionsOf(now, versions, { show: 'full', excerptWords: 60 }).map((one) => [one.at, textOf(one)])).toEqual([
    [1, 'gone:Two|come:Three|kept:people were hurt.'],
    [2, 'gone:Three|come:Four|kept:people were hurt.'],
  ]);
  const many = Array.from({ length: 15 }, (_, at) => version(at));
  expect(correctionsOf(now, many, { show: 'full', excerptWords: 60 }).map(({ at }) => at)).toEqual([
    5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
  ]);
});

test('what a theme has changed since is in none of them', () => {
  const themed = shownItem({ text: 'Four people were hurt. Share this on the fediverse.' });
  const versions = [version(1), version(2, { isCorrected: false, text: 'Four people were hurt.' })];
  expect(correctionsOf(themed, versions, { show: 'full', excerptWords: 60 }).map(textOf)).toEqual([
    'gone:Three|come:Four|kept:people were hurt.',
  ]);
});

test('another item of the story is no version of this one', () => {
  expect(correctionsOf(now, [version(1, { itemId: 2 })], { show: 'full', excerptWords: 60 })).toEqual([]);
});

test('title, authors, day and files', () => {
  const shown = shownItem({
    text: 'Three people were hurt.',
    title: 'The road',
    authors: ['Amal', 'Bea'],
    published: 3 * day,
    enclosures: [{ url: 'https://quay.example/files/b.pdf?x=1' }],
  });
  const old = version(1, {
    authors: ['Amal', 'Cem'],
    published: day,
    enclosures: [{ url: 'https://quay.example/a.pdf', title: 'Report' }],
  });
  expect(only(shown, old)).toMatchObject({
    authors: { gone: 1, come: ['Bea'] },
    files: { gone: 1, come: ['b.pdf'] },
    date: { from: day, to: 3 * day },
    text: [],
    isCallMoved: false,
    isMore: false,
    isElsewhere: false,
  });
  expect(textOf(only(shown, old))).toBe('come:The|kept:road');
});

test('when and where something takes place', () => {
  const call = (hour: number, place: string) =>
    ({
      start: { kind: 'instant', at: hour },
      end: undefined,
      title: undefined,
      place,
      url: undefined,
      isCancelled: false,
    }) as const;
  const shown = shownItem({ text: 'Three people were hurt.', events: [call(10, 'Quay')] });
  const moved = (events: Version['events']): unknown => {
    const { isCallMoved, isElsewhere } = only(shown, version(1, { events }));
    return { isCallMoved, isElsewhere };
  };
  expect(moved([call(9, 'Quay')])).toEqual({ isCallMoved: true, isElsewhere: false });
  expect(moved([call(10, 'Hall')])).toEqual({ isCallMoved: true, isElsewhere: false });
  expect(moved([call(10, 'Quay')])).toEqual({ isCallMoved: false, isElsewhere: true });
  expect(moved(undefined)).toEqual({ isCallMoved: false, isElsewhere: true }); // kept before events were
  expect(moved([])).toEqual({ isCallMoved: false, isElsewhere: true }); // to say it for the first time corrects nothing
});

test('where a link leads', () => {
  expect(only(shownItem({ text: 'Three people were hurt.' }), version(1))).toMatchObject({
    isElsewhere: true,
    isMore: false,
  });
});

describe('of a text that may not be shown in full', () => {
  const beginning = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ');
  const [old, come] = ['secret', 'other'].map((word) => `${beginning} ${word} end.`);
  test('an excerpt shows what has changed in the excerpt', () => {
    const shown = shownItem({ text: `Four ${come}` });
    const found = only(shown, version(1, { text: `Three ${old}` }), 'excerpt');
    expect(textOf(found)).toContain('gone:Three|come:Four');
    expect(JSON.stringify(found)).not.toMatch(/secret|other/);
    const further = only(shownItem({ text: come ?? '' }), version(1, { text: old }), 'excerpt');
    expect(further).toMatchObject({ text: [], isMore: true, isElsewhere: false });
  });
  test('words that only moved out of the excerpt have not gone', () => {
    const words = Array.from({ length: 80 }, (_, at) => `word${at}`);
    const longer = ['And', 'so', 'they', 'left', 'it,', ...words].join(' ');
    const found = only(shownItem({ text: longer }), version(1, { text: words.join(' ') }), 'excerpt');
    expect(textOf(found)).toMatch(/^come:And so they left it,\|kept:word0 /);
    expect(textOf(found)).not.toMatch(/gone|withheld/);
    const shorter = only(shownItem({ text: words.join(' ') }), version(1, { text: longer }), 'excerpt');
    expect(textOf(shorter)).toMatch(/^withheld:\|kept:word0 /);
    expect(textOf(shorter)).not.toMatch(/come/);
  });
  test('a link shows that it has changed, and its title', () => {
    const shown = shownItem({ title: 'The road', text: 'Four.', enclosures: [{ url: 'https://quay.example/x.pdf' }] });
    const found = only(shown, version(1), 'link');
    expect(found).toMatchObject({ text: [], files: undefined, isMore: true });
    expect(textOf(found)).toBe('come:The|kept:road');
  });
});

test('of a version too long to be compared it is said that it has changed', () => {
  expect(only(now, version(1, { text: undefined }))).toMatchObject({ text: [], isMore: true });
});

describe('a repost still has the old words', () => {
  const whole = 'On Tuesday three people were hurt on the access road to the port.';
  const shown = shownItem({ text: whole.replace('three', 'four') });
  const since = (text: string, title = ''): number | undefined =>
    openStaleness(shown, [version(5, { text: whole })])({ text, title });
  test('where they stand in it, with a comment around and otherwise set', () => {
    expect(since(`From X: “On Tuesday THREE people were hurt on the access road” to the port. Solidarity!`)).toBe(5);
  });
  test('and not where the new ones do, or neither, or both', () => {
    expect(since(shown.text)).toBeUndefined();
    expect(since('Three people were seen.')).toBeUndefined();
    expect(since(`${whole} Correction: on Tuesday four people were hurt on the access road`)).toBeUndefined();
  });
  test('where it has the old title', () => {
    const retitled = openStaleness(shownItem({ title: 'Four hurt' }), [version(5, { title: 'Three hurt', text: '' })]);
    expect(retitled({ title: 'THREE hurt!', text: '' })).toBe(5);
    expect(retitled({ title: 'Four hurt', text: '' })).toBeUndefined();
  });
  test('since the first correction that it lacks', () => {
    const texts = [whole, whole.replace('three', 'five')];
    const stale = openStaleness(
      shown,
      texts.map((text, at) => version(at + 1, { text })),
    );
    expect(texts.map((text) => stale({ text, title: '' }))).toEqual([1, 2]);
  });
  test('of words that its authors have put back nothing is said', () => {
    const back = openStaleness(shownItem({ text: whole }), [
      version(1, { text: whole }),
      version(2, { text: whole.replace('three', 'five') }),
    ]);
    expect(back({ text: whole, title: '' })).toBeUndefined();
  });
});
