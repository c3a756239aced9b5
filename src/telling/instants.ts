/** Instants as commands print them: in UTC, so that two people read the same. */

/** `2026-11-28` */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** `2026-11-28 10:00 UTC` */
export function minuteOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
