/** Why a repost is one: what it says itself, and which copies it is the same as, named where readers are shown that they are there. */
import type { Evidence, Member, SourceKey, StoredItem } from '../model.ts';
import type { StoryReading, ViewContext } from './attribution-view.ts';
import { isParkedAtHome, noHolds } from './holding.ts';
import { groupView } from './source-view.ts';
import type { GroupView } from './views.ts';

/** Whose copy it is, where readers are shown that it is there. */
export function shownGroup(item: StoredItem, { sources, memories, holds }: ViewContext): GroupView | undefined {
  const source = sources.get(item.sourceKey);
  if (source === undefined || source.show === 'none' || item.withdrawn !== undefined) return undefined;
  if (isParkedAtHome(item, source.sections, holds ?? noHolds)) return undefined;
  return groupView(source, memories.get(source.key));
}

/** Tells the reasons of each repost. Of the copies that it is word for word the same as, one is told: the author's, if it is among them. */
export function reasonsIn(reading: StoryReading): (repost: Member, group: GroupView) => readonly Evidence[] {
  const names = namesOfCopies(reading);
  const joins = joinsIn(reading);
  const authors = new Set(authorsIn(reading).map(({ key }) => key));
  return ({ itemId, evidence }, group) => {
    const key = reading.items.get(itemId)?.sourceKey;
    const reasons = [...evidence, ...(joins.get(key) ?? [])];
    const named = reasons.filter(isSame).flatMap((one) => {
      const name = names.get(one.targetSource);
      return name === undefined || name === group.name ? [] : [{ ...one, targetName: name }];
    });
    const told = named.find(({ targetSource }) => authors.has(targetSource)) ?? named[0];
    return told === undefined ? reasons : reasons.map((one) => (isSame(one) ? told : one));
  };
}

function isSame({ kind }: Evidence): boolean {
  return kind === 'same-text';
}

function namesOfCopies({ items, context }: StoryReading): ReadonlyMap<SourceKey | undefined, string> {
  return new Map(
    [...items.values()].flatMap((item) => {
      const group = shownGroup(item, context);
      return group === undefined ? [] : [[item.sourceKey, group.name]];
    }),
  );
}

/** By source what the authors' copies prove about its own: a join is noted on the copy that was read later, and holds both ways. */
function joinsIn(reading: StoryReading): ReadonlyMap<SourceKey | undefined, readonly Evidence[]> {
  const found = new Map<SourceKey | undefined, Evidence[]>();
  for (const { key, evidence } of authorsIn(reading)) {
    for (const one of evidence) {
      if (one.says !== 'same') continue;
      const told = found.get(one.targetSource) ?? [];
      told.push({ ...one, targetSource: key });
      found.set(one.targetSource, told);
    }
  }
  return found;
}

/** The copies of those who wrote it, each with its source. */
function authorsIn({ record, items }: StoryReading): (Member & { readonly key: SourceKey | undefined })[] {
  return record.attribution.members
    .filter(({ role }) => role !== 'repost')
    .map((member) => ({ ...member, key: items.get(member.itemId)?.sourceKey }));
}
