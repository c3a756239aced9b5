/**
 * Who has a say in a story that others carry too. A date and a line under a text are written by whoever brings it, so that neither
 * lets its writer take the text off the site for the others: that takes another group's word, or the maintainer's. Pure.
 */
import type { Carried } from '../library.ts';
import type { Source, SourceKey } from '../model.ts';

export type SaySources = ReadonlyMap<SourceKey, Pick<Source, 'partner' | 'show' | 'unasked'>>;

/** True where a source is an author by what the maintainer has said, or by a copy of another group that credits it. */
export function hasSay({ attribution, items }: Carried, key: SourceKey, sources: SaySources): boolean {
  const { confidence, jointly, members } = attribution;
  if (confidence === 'ruled') return true;
  if (confidence !== 'said') return false;
  const partner = sources.get(key)?.partner;
  const isTheirs = (other: SourceKey): boolean =>
    other === key || (partner !== undefined && sources.get(other)?.partner === partner);
  const standing = new Map(items.flatMap((item) => (item.withdrawn === undefined ? [[item.id, item.sourceKey]] : [])));
  return members.some(({ itemId, role, evidence }) => {
    const source = standing.get(itemId);
    if (source === undefined || isTheirs(source)) return false;
    if (jointly.length === 0 && role !== 'repost') return false; // another feed of theirs, by the home page alone
    return evidence.some(
      ({ says, targetSource }) =>
        (says === 'original' || says === 'translation') && targetSource !== undefined && isTheirs(targetSource),
    );
  });
}

/** What the maintainer allows, whatever the partner asks. */
export function unasked<Given extends Pick<Source, 'show' | 'unasked'>>(source: Given): Given {
  return source.unasked === undefined ? source : { ...source, ...source.unasked };
}

/** True where its partner asks that less than the whole of this copy be shown than the maintainer would. */
export function isKeptShort({ sourceKey, wish }: Carried['items'][number], sources: SaySources): boolean {
  const source = sources.get(sourceKey);
  const isAskedOfAll = source?.unasked !== undefined && source.unasked.show !== source.show;
  return isAskedOfAll || (wish?.republish !== undefined && wish.republish !== 'full');
}
