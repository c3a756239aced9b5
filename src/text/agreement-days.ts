/** How an agreement stands on a day of the site's time zone. */
import type { Instant, Source } from '../model.ts';
import { dayMs, localDay } from './wall-clock.ts';

/** So many days before its end a person hears that an agreement ends. */
const warningDays = 30;

export type AgreementState = 'holds' | 'ending' | 'ended';

/** How an agreement stands on a day; undefined where none is noted. */
export function agreementState(
  { agreed }: Pick<Source, 'agreed'>,
  timezone: string,
  now: Instant,
): AgreementState | undefined {
  if (agreed === undefined) return undefined;
  const left = agreed.until === undefined ? Number.POSITIVE_INFINITY : daysUntil(agreed.until, timezone, now);
  return left <= 0 ? 'ended' : left <= warningDays ? 'ending' : 'holds';
}

/** Days from today to another. @param day as it stands in sources.yaml */
export function daysUntil(day: string, timezone: string, now: Instant): number {
  return (Date.parse(`${day}T00:00Z`) - localDay(now, timezone)) / dayMs;
}
