/** On which terms a story is shown: what its authors allow, and whoever passed it on. Pure. */
import type { Images, Role, Show, Source, StoredItem, StoryRecord } from '../model.ts';
import { showUnder, stricterOf } from '../text/wishes.ts';
import type { StoryReading } from './attribution-view.ts';

/** How much of the text the shown copy's group and the credited author's group allow: the stricter of both. */
export function showOf(reading: StoryReading): Show {
  return strictest(['link', 'excerpt', 'full'], reading, ({ show }, { wish = {} }) => showUnder(show, wish));
}

/** The same for the pictures in it. */
export function imagesOf(reading: StoryReading): Images {
  return strictest(['none', 'link', 'copy'], reading, (source, { wish = {} }) => stricterOf(source, wish).images);
}

/** @param order strictest first; among them is `link` */
function strictest<Policy extends string>(
  order: readonly (Policy | 'link')[],
  { record, shown, original, context }: StoryReading,
  policyOf: (source: Source, item: Pick<StoredItem, 'wish'>) => Policy,
): Policy | 'link' {
  const { original: who } = record.attribution;
  const isAuthors = roleOf(shown, record) !== 'repost';
  const authorKey = who.kind === 'elsewhere' ? who.sourceKey : isAuthors ? shown.sourceKey : original?.sourceKey;
  // A group that has left sources.yaml allows a link and no more; a stranger's text stands under its reposter's terms.
  const items = new Map([
    [authorKey, original],
    [shown.sourceKey, shown],
  ]);
  const policies = [shown.sourceKey, authorKey].flatMap((key): (Policy | 'link')[] => {
    if (key === undefined) return [];
    const source = context.sources.get(key);
    return [source === undefined ? 'link' : policyOf(source, items.get(key) ?? {})];
  });
  return order.find((policy) => policies.includes(policy)) ?? 'link';
}

/** What a copy is in its story; undefined of one that attribution does not know. */
export function roleOf(item: StoredItem, { attribution }: StoryRecord): Role | undefined {
  return attribution.members.find((member) => member.itemId === item.id)?.role;
}
