/** In which sections an item may not be seen, or not yet: those that have parked it, and those that wait a while with everything. Pure. */
import type { ParkedItem } from '../hold-library.ts';
import type { Instant, Section, StoredItem } from '../model.ts';

/** What is parked, or was: item → section. */
export type Holds = ReadonlyMap<number, ReadonlyMap<string, Pick<ParkedItem, 'parkedSince' | 'openedAt'>>>;

type HoldingSection = Pick<Section, 'id' | 'hold'>;
type Seen = Pick<StoredItem, 'id' | 'seen'>;

export const noHolds: Holds = new Map();

export function holdsOf(rows: readonly ParkedItem[]): Holds {
  const holds = new Map<number, Map<string, ParkedItem>>();
  for (const row of rows) holds.set(row.itemId, (holds.get(row.itemId) ?? new Map()).set(row.section, row));
  return holds;
}

/** When a section may show an item, by its hold alone; 0 where that says nothing. */
export function opensIn({ id, hold }: HoldingSection, item: Seen, holds: Holds): Instant | 'never' {
  const { parkedSince, openedAt = 0 } = holds.get(item.id)?.get(id) ?? {};
  if (parkedSince !== undefined) return 'never';
  const delayMs = hold?.delayMs ?? 0;
  return delayMs === 0 ? openedAt : Math.max(openedAt, item.seen + delayMs);
}

/** True for an item that was taken back before the section ever showed it: then there is nothing to tell its readers. */
export function wasNeverIn(
  { id, hold }: HoldingSection,
  item: Seen & Pick<StoredItem, 'withdrawn'>,
  holds: Holds,
): boolean {
  const { parkedSince } = holds.get(item.id)?.get(id) ?? {};
  const isFromTheFirst = parkedSince !== undefined && parkedSince <= item.seen + (hold?.delayMs ?? 0);
  const at = item.withdrawn?.at ?? Number.POSITIVE_INFINITY;
  return isFromTheFirst || at < item.seen + (hold?.delayMs ?? 0);
}

/** True where a section that its source feeds has parked it: nobody is led to it then. */
export function isParkedAtHome(item: Pick<StoredItem, 'id'>, sections: readonly string[], holds: Holds): boolean {
  const own = holds.get(item.id);
  return own !== undefined && sections.some((id) => own.get(id)?.parkedSince !== undefined);
}

/** Since when its readers may have had it, where that is later than it came: what it said before is nothing to them. */
export function openedAtLast(item: Pick<StoredItem, 'id'>, holds: Holds): Instant {
  return Math.max(0, ...[...(holds.get(item.id)?.values() ?? [])].map(({ openedAt = 0 }) => openedAt));
}
