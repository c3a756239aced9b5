/** A value as it can be shown in a message. */
import { plainLine } from '../text/safe.ts';

/** Quoted text, a number, or what sort of thing it is. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(plainLine(value, 60));
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'nothing';
  return typeof value === 'object' ? 'a group of settings' : String(value);
}
