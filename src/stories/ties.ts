/** What ties two items beside their passages: keys that both have, and what one says of the other. */
import type { SourceKey } from '../model.ts';
import type { ItemKey } from '../refresh-plan.ts';
import { believable, type Compared } from '../story-plan.ts';
import type { Directory } from './directory.ts';

/** One of the two says so of the other. */
export interface Claim {
  readonly by: number;
  readonly kind: 'page' | 'group';
  readonly detail: string;
}

export interface Ties {
  readonly guid: boolean;
  /** The address that both have, or that several items have. */
  readonly url: string | undefined;
  readonly hasSharedAddress: boolean;
  readonly text: boolean;
  readonly post: boolean;
  readonly title: boolean;
  readonly claims: readonly Claim[];
  /** Ids of those that name the other's page as theirs in another language. */
  readonly alternates: readonly number[];
}

/**
 * Keys that two items of one source have name neither: a link blog, a feed that links every item to its home page. What others
 * have under it they have all the same, or any source could untie them by writing it down twice.
 */
export type Ambiguous = (key: ItemKey, sourceKey: SourceKey) => boolean;

type Holder = ItemKey & { readonly itemId: number; readonly sourceKey: SourceKey };

/** @param holders of all the keys that will be asked about */
export function ambiguousAmong(holders: readonly Holder[]): Ambiguous {
  const first = new Map<string, number>();
  const ambiguous = new Set<string>();
  for (const { kind, key, itemId, sourceKey } of holders) {
    if (!isTie(kind) || kind === 'title') continue;
    const name = `${kind} ${sourceKey} ${key}`;
    const known = first.get(name);
    if (known === undefined) first.set(name, itemId);
    else if (known !== itemId) ambiguous.add(name);
  }
  return ({ kind, key }, sourceKey) => ambiguous.has(`${kind} ${sourceKey} ${key}`);
}

/**
 * @param items of which pairs are asked about
 * @returns those of their keys that may tie two of them: what only one of them has, and none of them names, ties nobody
 */
export function keysThatMayTie(items: readonly Pick<Compared, 'keys'>[]): ItemKey[] {
  const pages = new Set<string>();
  const times = new Map<string, number>();
  for (const { keys } of items)
    for (const { kind, key } of keys) {
      if (kind === 'cite' || kind === 'alternate') pages.add(key);
      else if (isTie(kind)) times.set(`${kind} ${key}`, (times.get(`${kind} ${key}`) ?? 0) + 1);
    }
  const mayTie = ({ kind, key }: ItemKey): boolean =>
    (times.get(`${kind} ${key}`) ?? 0) > 1 || (kind === 'url' && pages.has(key));
  return items.flatMap(({ keys }) => keys.filter((one) => isTie(one.kind) && mayTie(one)));
}

const tyingNothing: ReadonlySet<ItemKey['kind']> = new Set(['cite', 'alternate', 'names', 'said', 'phrase']);

/** Keys that both have tie them, but for those that name another's address, or only find. */
function isTie(kind: ItemKey['kind']): boolean {
  return !tyingNothing.has(kind);
}

export function tiesOf(a: Compared, b: Compared, isAmbiguous: Ambiguous, partners: Directory): Ties {
  const ofB = new Set(b.keys.map(({ kind, key }) => `${kind} ${key}`));
  const shared = a.keys.filter(({ kind, key }) => isTie(kind) && ofB.has(`${kind} ${key}`));
  const isShared = (key: ItemKey): boolean => isAmbiguous(key, a.sourceKey) || isAmbiguous(key, b.sourceKey);
  const clear = shared.filter((key) => !isShared(key));
  const has = (kind: ItemKey['kind']): boolean => clear.some((key) => key.kind === kind);
  const urls = shared.filter(({ kind }) => kind === 'url');
  return {
    guid: has('guid'),
    url: urls.find((key) => !isShared(key))?.key,
    hasSharedAddress: urls.some(isShared),
    text: has('text'),
    post: has('post') && partners.areOnePartner(a.sourceKey, b.sourceKey),
    title: shared.some(({ kind }) => kind === 'title'),
    claims: [...claimsOf(a, b, isAmbiguous, partners), ...claimsOf(b, a, isAmbiguous, partners)],
    alternates: [
      ...(pageNamed(a, 'alternate', b, isAmbiguous) === undefined ? [] : [a.id]),
      ...(pageNamed(b, 'alternate', a, isAmbiguous) === undefined ? [] : [b.id]),
    ],
  };
}

export function areTied({ guid, hasSharedAddress, url, text, post, title, claims, alternates }: Ties): boolean {
  const isOne = guid || hasSharedAddress || url !== undefined || text || post || title;
  return isOne || claims.length > 0 || alternates.length > 0;
}

/** The address of the other under which one of them names it, if it names it so. */
function pageNamed(
  one: Compared,
  how: 'cite' | 'alternate',
  other: Compared,
  isAmbiguous: Ambiguous,
): string | undefined {
  const named = one.keys.filter(({ kind }) => kind === how);
  if (named.length === 0) return undefined; // as most name none
  const isPage = (key: ItemKey): boolean => key.kind === 'url' && !isAmbiguous(key, other.sourceKey);
  const pages = new Set(other.keys.filter(isPage).map(({ key }) => key));
  return named.find(({ key }) => pages.has(key))?.key;
}

/** Sources whose groups it says, believably, wrote it. */
export function creditedBy({ statements }: Pick<Compared, 'statements'>): SourceKey[] {
  return statements.flatMap(({ targetSource, strength }) =>
    targetSource !== undefined && strength >= believable ? [targetSource] : [],
  );
}

/** Naming another's page or crediting its group. */
function claimsOf(one: Compared, other: Compared, isAmbiguous: Ambiguous, partners: Directory): Claim[] {
  const page = pageNamed(one, 'cite', other, isAmbiguous);
  const claims: Claim[] = page === undefined ? [] : [{ by: one.id, kind: 'page', detail: page }];
  if (partners.areOnePartner(one.sourceKey, other.sourceKey)) return claims;
  const credit = one.statements.find(
    ({ targetSource, strength }) =>
      targetSource !== undefined && strength >= believable && partners.areOnePartner(targetSource, other.sourceKey),
  );
  return credit === undefined ? claims : [...claims, { by: one.id, kind: 'group', detail: credit.quote }];
}
