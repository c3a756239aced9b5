/** What may happen in a small world of three groups, as plain data: so that a history can be made by dice, played, and cut short. */
import type { Dice } from '../dice.ts';

export const hosts = ['harbour', 'copies', 'third'] as const;
export type Host = (typeof hosts)[number];
export const shows = ['full', 'excerpt', 'link', 'none'] as const;
export type Show = (typeof shows)[number];

/**
 * In order of their dates. Harbour writes all but the last, which is Third's. Copies reposts what it likes of Harbour's, and says
 * so; Third has some of it too, and says nothing.
 */
export const texts = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'other'] as const;
export type Text = (typeof texts)[number];

export type Event =
  | {
      readonly kind: 'publish' | 'repost' | 'edit' | 'vanish' | 'relist' | 'delete' | 'delete-copy';
      readonly text: Text;
    }
  | { readonly kind: 'different'; readonly text: Text }
  | { readonly kind: 'new-guid' | 'page-back' | 'undo' | 'uncredited' | 'mark'; readonly text: Text }
  | { readonly kind: 'withdraw' | 'restore' | 'release'; readonly item: string }
  /** That Third's own text is one story with one of Harbour's, and that it is not. */
  | { readonly kind: 'same' }
  | { readonly kind: 'undo-same' }
  | { readonly kind: 'show'; readonly host: Host; readonly show: Show }
  | { readonly kind: 'fall' | 'theme' | 'theme-words' | 'follow' | 'keep' | 'restart' | 'night' }
  | { readonly kind: 'visit'; readonly hours: number };

export interface Listed {
  readonly text: Text;
  /** Names the post, in its address and its guid. */
  readonly item: string;
  readonly version: number;
  /** It has something in it that a person is to look at first: something else in each version. */
  readonly isMarked?: boolean;
}

/** What the groups' sites say, and the settings: all that the program can see. */
export interface LifeWorld {
  readonly listed: Record<Host, Listed[]>;
  /** Items that feeds say are taken back. */
  readonly deleted: Set<string>;
  /** Items whose pages are not there. */
  readonly gone: Set<string>;
  readonly versions: Map<Text, number>;
  /** Versions of texts that have something in them to be looked at. */
  readonly marked: Set<string>;
  readonly show: Record<Host, Show>;
  readonly different: Set<Text>;
  /** Third's own text and this one of Harbour's are ruled to be one story. */
  isSame: boolean;
  /** They have been. */
  wasSame: boolean;
  theme: number;
  /** Lines that themes have put into all of Harbour's posts. */
  themeLines: number;
  keeps: boolean;
}

export const copyOf = (text: Text): string => `copy-of-${text}`;
export const uncreditedOf = (text: Text): string => `third-has-${text}`;
export const groupOf = (item: string): Host =>
  item.startsWith('copy-of-') ? 'copies' : item === 'other' || item.startsWith('third-has-') ? 'third' : 'harbour';
/** What may be ruled to be one story. */
export const samePair = ['four', 'other'] as const;

export function newWorld(): LifeWorld {
  const first = (text: Text): Listed => ({ text, item: text, version: 0 });
  const listed = { harbour: texts.slice(0, 5).map(first), copies: [], third: [first('other')] };
  return {
    listed,
    deleted: new Set(),
    gone: new Set(),
    versions: new Map(),
    marked: new Set(),
    show: { harbour: 'full', copies: 'full', third: 'full' },
    different: new Set(),
    isSame: false,
    wasSame: false,
    theme: 0,
    themeLines: 0,
    keeps: false,
  };
}

/** Has something happen on the groups' sites or in the settings. @returns false where it cannot happen now */
export function happen(world: LifeWorld, event: Event): boolean {
  const { listed, deleted, gone } = world;
  const own = listed.harbour;
  const drop = (item: string): void => {
    listed.harbour = listed.harbour.filter((one) => one.item !== item);
  };
  const add = (text: Text, item: string): void => {
    const version = world.versions.get(text) ?? 0;
    listed.harbour.push({ text, item, version, isMarked: world.marked.has(`${text} ${version}`) });
  };
  const isListed = (item: string): boolean => own.some((one) => one.item === item);
  switch (event.kind) {
    case 'publish':
    case 'relist':
      if (isListed(event.text) || event.text === 'other') return false;
      deleted.delete(event.text);
      gone.delete(event.text);
      add(event.text, event.text);
      return true;
    case 'new-guid': {
      const item = `${event.text}-2`;
      if (event.text === 'other' || isListed(event.text) || isListed(item) || !deleted.has(event.text)) return false;
      add(event.text, item);
      return true;
    }
    case 'repost': {
      const original = own.find(({ item }) => item === event.text);
      const item = copyOf(event.text);
      if (original === undefined || deleted.has(item) || listed.copies.some((one) => one.item === item)) return false;
      listed.copies.push({ ...original, item });
      return true;
    }
    case 'uncredited': {
      const original = own.find(({ item }) => item === event.text);
      const item = uncreditedOf(event.text);
      if (original === undefined || world.different.has(event.text)) return false;
      if (world.wasSame && event.text === samePair[0]) return false; // two posts of one feed are two stories
      if (deleted.has(item) || listed.third.some((one) => one.item === item)) return false;
      listed.third.push({ ...original, item });
      return true;
    }
    case 'mark':
    case 'edit': {
      if (!isListed(event.text)) return false;
      const version = (world.versions.get(event.text) ?? 0) + 1;
      world.versions.set(event.text, version);
      const isMarked = event.kind === 'mark';
      if (isMarked) world.marked.add(`${event.text} ${version}`);
      listed.harbour = own.map((one) => (one.text === event.text ? { ...one, version, isMarked } : one));
      return true;
    }
    case 'vanish':
      if (!isListed(event.text) || gone.size >= 2) return false;
      drop(event.text);
      gone.add(event.text);
      return true;
    case 'page-back':
      return gone.delete(event.text);
    case 'delete':
      if (!isListed(event.text)) return false;
      drop(event.text);
      deleted.add(event.text);
      return true;
    case 'delete-copy': {
      const before = listed.copies.length;
      listed.copies = listed.copies.filter(({ text }) => text !== event.text);
      if (listed.copies.length === before) return false;
      deleted.add(copyOf(event.text));
      return true;
    }
    case 'fall': {
      const [oldest] = [...own].sort((a, b) => texts.indexOf(a.text) - texts.indexOf(b.text));
      if (oldest === undefined || own.length < 4) return false;
      drop(oldest.item);
      return true;
    }
    case 'theme':
      world.theme += 1;
      return true;
    case 'theme-words':
      world.themeLines += 1;
      return true;
    case 'same':
      if (world.isSame || world.different.has(samePair[0])) return false;
      if (listed.third.some(({ item }) => item === uncreditedOf(samePair[0]))) return false;
      world.isSame = true;
      world.wasSame = true;
      return true;
    case 'undo-same': {
      const { isSame } = world;
      world.isSame = false;
      return isSame;
    }
    case 'show':
      world.show[event.host] = event.show;
      return true;
    case 'follow':
    case 'keep':
      world.keeps = event.kind === 'keep';
      return true;
    case 'different':
      if (world.different.has(event.text) || (world.wasSame && event.text === samePair[0])) return false;
      if (listed.third.some(({ item }) => item === uncreditedOf(event.text))) return false; // of which of the two would it be?
      world.different.add(event.text);
      return true;
    case 'undo':
      return world.different.delete(event.text);
    default:
      return true;
  }
}

/** How often each happens, among all. */
const weights: readonly (readonly [number, (dice: Dice) => Event])[] = [
  [14, (dice) => ({ kind: 'visit', hours: dice.pick([1, 1, 5, 25]) })],
  [6, (dice) => ({ kind: 'repost', text: dice.pick(texts.slice(0, 4)) })],
  [4, (dice) => ({ kind: 'edit', text: dice.pick(texts.slice(0, 4)) })],
  [3, (dice) => ({ kind: 'delete', text: dice.pick(texts.slice(0, 4)) })],
  [3, (dice) => ({ kind: 'vanish', text: dice.pick(texts.slice(2, 4)) })],
  [2, (dice) => ({ kind: 'relist', text: dice.pick(texts.slice(0, 4)) })],
  [2, (dice) => ({ kind: 'new-guid', text: dice.pick(texts.slice(0, 4)) })],
  [4, (dice) => ({ kind: 'withdraw', item: anyItem(dice) })],
  [4, (dice) => ({ kind: 'restore', item: anyItem(dice) })],
  [2, (dice) => ({ kind: 'show', host: dice.pick(hosts), show: dice.pick(shows) })],
  [1, (dice) => ({ kind: 'publish', text: dice.pick(texts.slice(5, 7)) })],
  [1, (dice) => ({ kind: 'page-back', text: dice.pick(texts.slice(2, 4)) })],
  [1, (dice) => ({ kind: 'delete-copy', text: dice.pick(texts.slice(0, 4)) })],
  [1, (dice) => ({ kind: 'different', text: dice.pick(texts.slice(0, 4)) })],
  [1, (dice) => ({ kind: 'undo', text: dice.pick(texts.slice(0, 4)) })],
  [1, () => ({ kind: 'fall' })],
  [1, () => ({ kind: 'theme' })],
  [1, () => ({ kind: 'theme-words' })],
  [2, (dice) => ({ kind: 'uncredited', text: dice.pick(texts.slice(0, 4)) })],
  [2, (dice) => ({ kind: 'mark', text: dice.pick(texts.slice(0, 4)) })],
  [2, (dice) => ({ kind: 'release', item: anyItem(dice) })],
  [1, (dice) => ({ kind: dice.pick(['same', 'same', 'undo-same'] as const) })],
  [2, (dice) => ({ kind: dice.pick(['follow', 'keep'] as const) })],
  [1, () => ({ kind: 'restart' })],
  [2, () => ({ kind: 'night' })],
];

function anyItem(dice: Dice): string {
  const text = dice.pick(texts.slice(0, 4));
  return dice.chance(0.6) ? text : dice.pick([copyOf(text), copyOf(text), uncreditedOf(text), samePair[1]]);
}

export function historyOf(dice: Dice, length: number): Event[] {
  const all = weights.flatMap(([often, make]) => Array.from({ length: often }, () => make));
  return Array.from({ length }, () => dice.pick(all)(dice));
}
