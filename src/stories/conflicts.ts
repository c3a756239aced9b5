/**
 * Whether a ruling says what another says already, or the opposite. What is ruled to be the same is one group of posts, through
 * however many rulings; none of these may then be different, and all of them have one author.
 */
import { type KeptRuling, namesIn, type StoryRuling } from '../story-plan.ts';
import { rulingLine } from '../text/ruling-lines.ts';
import type { Directory } from './directory.ts';
import { foldText } from './folding.ts';

interface NumberedRuling {
  /** What it is called by. */
  readonly number: number;
  readonly ruling: StoryRuling;
}

/** The ruling that says so already, or against which it would stand; undefined where there is none. */
export type Clash = { readonly kind: 'known' | 'against'; readonly by: number } | undefined;

export interface StandingRulings {
  clashOf(ruling: StoryRuling): Clash;
  /** From now on it stands too. */
  add(one: NumberedRuling): void;
}

/**
 * @param itemOf what an address or guid stands for: equal for two names of one item
 * @param storyOf the story in which that stands now, if it stands in one
 */
export function openStandingRulings(
  itemOf: (name: string) => string,
  storyOf: (name: string) => number | undefined,
  directory: Pick<Directory, 'areOnePartner' | 'isSource'>,
): StandingRulings {
  const standing: NumberedRuling[] = [];
  const parents = new Map<string, string>();
  const rootOf = (item: string): string => {
    let root = item;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    for (let at = item; at !== root; ) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  const rootsOf = (ruling: StoryRuling): readonly string[] => namesIn(ruling).map((name) => rootOf(itemOf(name)));
  const areOne = (a: string, b: string): boolean =>
    directory.isSource(a) && directory.isSource(b) ? directory.areOnePartner(a, b) : foldText(a) === foldText(b);
  const against = (isIt: (one: StoryRuling) => boolean): Clash => {
    const found = standing.find(({ ruling }) => isIt(ruling));
    return found && { kind: 'against', by: found.number };
  };
  /** The same words on the same items: one that only follows from others is kept beside them, since they may be undone. */
  const isSaid = (one: StoryRuling, ruling: StoryRuling): boolean => {
    if (one.kind === 'alias' || ruling.kind === 'alias')
      return (
        one.kind === 'alias' &&
        ruling.kind === 'alias' &&
        foldText(one.name) === foldText(ruling.name) &&
        one.group === ruling.group
      );
    const [items, others] = [namesIn(one).map(itemOf).sort(), namesIn(ruling).map(itemOf).sort()];
    if (one.kind !== ruling.kind || items.join('\n') !== others.join('\n')) return false;
    return one.kind !== 'original' || ruling.kind !== 'original' || areOne(one.group, ruling.group);
  };
  const originalOf = (root: string): string | undefined => {
    const found = standing.find(({ ruling }) => ruling.kind === 'original' && rootsOf(ruling)[0] === root);
    return found?.ruling.kind === 'original' ? found.ruling.group : undefined;
  };
  const opposite = (ruling: StoryRuling): Clash => {
    if (ruling.kind === 'alias')
      return against((one) => one.kind === 'alias' && foldText(one.name) === foldText(ruling.name));
    const [a = '', b = ''] = rootsOf(ruling);
    if (ruling.kind === 'original') {
      const story = storyOf(ruling.item);
      const isOfIt = (item: string): boolean =>
        rootOf(itemOf(item)) === a || (story !== undefined && storyOf(item) === story);
      return against((one) => one.kind === 'original' && isOfIt(one.item) && !areOne(one.group, ruling.group));
    }
    if (ruling.kind === 'different')
      return a === b ? against((one) => one.kind === 'same' && rootsOf(one)[0] === a) : undefined;
    const apart = against((one) => {
      const [c, d] = rootsOf(one);
      return one.kind === 'different' && ((a === c && b === d) || (a === d && b === c));
    });
    if (apart !== undefined || a === b) return apart;
    const author = originalOf(a);
    return author === undefined
      ? undefined
      : against((one) => one.kind === 'original' && rootsOf(one)[0] === b && !areOne(one.group, author));
  };
  return {
    clashOf(ruling) {
      const said = standing.find((one) => isSaid(one.ruling, ruling));
      return said === undefined ? opposite(ruling) : { kind: 'known', by: said.number };
    },
    add(one) {
      standing.push(one);
      if (one.ruling.kind !== 'same') return;
      const [a, b] = rootsOf(one.ruling);
      if (a !== undefined && b !== undefined && a !== b) parents.set(a, b);
    },
  };
}

/**
 * What stands against a ruling, for the maintainer.
 * @param by a ruling's number, or a line with a minus before it
 */
export function clashWords(
  by: number,
  kept: readonly Pick<KeptRuling, 'id' | 'ruling'>[],
  wanted: readonly { readonly ruling: StoryRuling; readonly line: number }[],
): string {
  const other = kept.find(({ id }) => id === by);
  if (other === undefined) {
    const written = wanted.find(({ line }) => line === -by);
    return `This contradicts line ${-by}${written === undefined ? '' : ` (${rulingLine(written.ruling)})`}.`;
  }
  return `This contradicts ruling ${by} (${rulingLine(other.ruling)}). To take that back first:  relais rule undo ${by}`;
}
